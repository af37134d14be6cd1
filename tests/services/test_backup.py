"""Backups: read back before they count, thinned, restored under a new identity with what would be lost said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.basics import clock
from app.errors import UserError
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
