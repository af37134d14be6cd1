"""Backups: read back before they count, thinned, restored under a new identity with what would be lost said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.basics import clock
from app.errors import StoreError, UserError
from app.models import integrity
from app.models.store import FILE, Store
from app.services import backup
from tests.conftest import PASSPHRASE


def add(store: Store, surname: str) -> None:
    store.write(lambda w: w.put("person", {"surname": surname}))


def test_a_backup_restores_with_a_new_identity_and_tells_what_is_lost(store: Store) -> None:
    add(store, "Early")
    made = backup.make(store)
    add(store, "Late")
    before = store.identity.store_id
    store.close()
    told = backup.restore(store.folder, made.path, PASSPHRASE)
    assert told.lost_writes == 1
    with Store.open(store.folder, PASSPHRASE) as restored:
        with restored.read() as reader:
            assert [row["surname"] for row in reader.list("person")] == ["Early"]
            assert [parent for parent, _ in reader.meta("parents")] == [before]
        assert restored.identity.store_id != before
        assert integrity.check(restored).sound
    with Store.open_with_key(_as_store(told.kept_as, store.folder), store.key) as kept, kept.read() as reader:
        assert reader.count("person") == 2  # what was there is not lost


def _as_store(file: Path, folder: Path) -> Path:
    other = folder.parent / "kept"
    other.mkdir()
    (other / FILE).write_bytes(file.read_bytes())
    return other


def test_a_damaged_backup_is_refused_and_the_store_stays(store: Store) -> None:
    add(store, "Early")
    made = backup.make(store)
    store.close()
    made.path.write_bytes(made.path.read_bytes()[:5000])
    before = (store.folder / FILE).read_bytes()
    with pytest.raises(UserError, match="backup_unusable"):
        backup.restore(store.folder, made.path, PASSPHRASE)
    assert (store.folder / FILE).read_bytes() == before
    with pytest.raises(UserError, match="backup_missing"):
        backup.restore(store.folder, store.folder / "nothing.db", PASSPHRASE)


def test_a_backup_with_a_flipped_bit_is_refused_before_anything_is_replaced(store: Store) -> None:
    store.write(lambda w: w.put_many("person", [{"surname": f"Quliyev{n}"} for n in range(200)]))
    made = backup.make(store)
    store.close()
    flipped = bytearray(made.path.read_bytes())
    flipped[-50] ^= 1  # a page that opening does not look at
    made.path.write_bytes(flipped)
    present = (store.folder / FILE).read_bytes()
    with pytest.raises(UserError) as refused:
        backup.restore(store.folder, made.path, PASSPHRASE)
    assert refused.value.code == "backup_unusable"
    assert (store.folder / FILE).read_bytes() == present
    assert not (store.folder / "restoring").exists()


@pytest.mark.parametrize("harm", ["damaged", "gone"])
def test_key_slots_come_back_with_the_backup(store: Store, harm: str) -> None:
    made = backup.make(store)
    store.close()
    for header in store.folder.glob("header.*"):
        header.write_bytes(b"junk" * 50) if harm == "damaged" else header.unlink()
    with pytest.raises(StoreError):
        Store.open(store.folder, PASSPHRASE)
    with pytest.raises(StoreError):
        backup.restore(store.folder, made.path, "not this passphrase")
    backup.restore(store.folder, made.path, PASSPHRASE)
    Store.open(store.folder, PASSPHRASE).close()


def test_a_store_that_is_gone_comes_back_from_its_backup_alone(store: Store) -> None:
    add(store, "Early")
    made = backup.make(store)
    store.close()
    for name in (FILE, f"{FILE}-wal", "header.a", "header.b"):
        (store.folder / name).unlink(missing_ok=True)
    backup.restore(store.folder, made.path, PASSPHRASE)
    with Store.open(store.folder, PASSPHRASE) as restored, restored.read() as reader:
        assert reader.count("person") == 1


def test_old_backups_are_thinned_but_never_below_three(store: Store) -> None:
    start = datetime(2026, 11, 21, 9, tzinfo=UTC)
    folder = store.folder / backup.FOLDER
    folder.mkdir()
    for day in range(40):  # thinning goes by the names
        made = start + timedelta(days=day)
        for ending in (".db", ".keys"):
            (folder / f"{made.strftime('%Y%m%d-%H%M%S')}-{day:09d}{ending}").write_bytes(b"")
    try:
        clock.turn(lambda: start + timedelta(days=40))
        backup.make(store)
        kept = backup.listed(store.folder)
        assert 14 <= len(kept) < 40
        assert len(list(folder.glob("*.keys"))) == len(kept)
        clock.turn(lambda: start + timedelta(days=400))
        backup.make(store)
        assert len(backup.listed(store.folder)) == 3
    finally:
        clock.turn(None)
    assert [b.made for b in kept] == sorted((b.made for b in kept), reverse=True)


def test_a_copy_says_what_is_in_it_and_what_would_be_lost(store: Store) -> None:
    add(store, "Early")
    made = backup.make(store)
    add(store, "Late")
    row = store.write(lambda w: w.put("person", {"surname": "Later"})).value
    store.write(lambda w: w.put("person", {"phone": "1"}, row))
    beside = backup.look_beside(store, made.path)
    assert (beside.counts["person"], beside.now["person"]) == (1, 3)
    assert (beside.lost, beside.lost_rows) == (3, {"person": 2})
    store.close()
    assert backup.look(store.folder, made.path, PASSPHRASE) == beside
    with pytest.raises(StoreError, match="wrong_passphrase"):
        backup.look(store.folder, made.path, "something else entirely")


def test_a_stick_keeps_the_two_newest_and_a_dead_laptop_comes_back_from_it(store: Store, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    start = datetime(2026, 11, 21, 9, tzinfo=UTC)
    try:
        for day in range(3):
            clock.turn(lambda day=day: start + timedelta(days=day))  # type: ignore[misc]
            add(store, f"Day{day}")
            backup.keep_on(store, stick)
        store.close()
        fresh = tmp_path / "new laptop"
        found = backup.candidates(fresh, [stick])
        assert [one.kind for one in found] == ["stick", "stick"] and found[0].made > found[1].made
        told = backup.look(fresh, found[0].path, PASSPHRASE)
        assert told.counts["person"] == 3 and told.lost is None
        backup.restore(fresh, found[0].path, PASSPHRASE)
    finally:
        clock.turn(None)
    with Store.open(fresh, PASSPHRASE) as restored, restored.read() as reader:
        assert reader.count("person") == 3 and restored.identity.store_id != store.identity.store_id


def test_the_copies_to_choose_from_are_named_by_where_they_come_from(store: Store, tmp_path: Path) -> None:
    first = backup.make(store)
    store.copy_to(store.folder / "before-receive.db")
    store.close()
    backup.restore(store.folder, first.path, PASSPHRASE)
    kinds = [one.kind for one in backup.candidates(store.folder)]
    assert sorted(kinds) == ["before", "own", "replaced"]


def test_the_yearly_drill_restores_into_a_copy_and_leaves_the_register(store: Store) -> None:
    with pytest.raises(UserError, match="no_backup_yet"):
        backup.drill(store)
    add(store, "Early")
    backup.make(store)
    add(store, "Late")
    before = store.identity.store_id
    told = backup.drill(store)
    assert told.sound and told.contents.counts["person"] == 1 and told.contents.lost == 1
    with store.read() as reader:
        assert reader.meta("last_drill") and reader.count("person") == 2
    assert store.identity.store_id == before
