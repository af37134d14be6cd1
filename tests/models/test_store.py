"""The file: encrypted by the recipe, one owner at a time, refused with words, whole after kill -9."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from app.errors import StoreError, UserError
from app.keys import slots
from app.keys.slots import LIGHT
from app.models import engine, integrity
from app.models.store import FILE, OPEN_MARK, SEED_STORE, Store
from app.models.tables import CONFLICT, OP
from app.services.records import dump_lines
from app.specs import seeds
from tests.conftest import PASSPHRASE

RECIPE = {
    "locking_mode": "exclusive",
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "secure_delete": 1,
    "temp_store": 2,
}


def test_the_connection_follows_the_recipe(store: Store) -> None:
    read_back = {name: store.raw.execute(f"PRAGMA {name}").fetchone()[0] for name in RECIPE}
    assert read_back == RECIPE
    assert store.raw.execute("PRAGMA cipher_version").fetchone()


def test_a_weaker_recipe_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weak = tuple(("synchronous", "NORMAL", (2,)) if line[0] == "synchronous" else line for line in engine._RECIPE)
    monkeypatch.setattr(engine, "_RECIPE", weak)
    with pytest.raises(StoreError) as refused:
        engine.open_encrypted(tmp_path / "x.db", b"k" * 32)
    assert (refused.value.code, refused.value.params["setting"]) == ("store_unsafe", "synchronous")


def test_no_name_can_be_read_from_the_folder(store: Store) -> None:
    store.write(lambda w: w.put("person", {"surname": "Kanarəyev", "phone": "+994501234567"}))
    store.sweep()
    store.write(lambda w: w.put("person", {"surname": "Kanarəyeva"}))
    found = [p.name for p in store.folder.rglob("*") if p.is_file() and b"Kanar" in p.read_bytes()]
    assert found == []
    plain = store.folder / "control.txt"
    plain.write_text("Kanarəyev", encoding="utf-8")
    assert b"Kanar" in plain.read_bytes()  # the search does find what is there to find


def test_each_refusal_has_its_own_code(store: Store, tmp_path: Path) -> None:
    def code(folder: Path, passphrase: str = PASSPHRASE) -> str:
        with pytest.raises(StoreError) as refused:
            Store.open(folder, passphrase).close()
        return refused.value.code

    assert code(store.folder) == "store_in_use"
    store.close()
    assert code(store.folder, "not the passphrase") == "wrong_passphrase"
    assert code(tmp_path / "nowhere") == "store_missing"
    raw = bytearray((store.folder / FILE).read_bytes())
    raw[100] ^= 1
    (store.folder / FILE).write_bytes(raw)
    assert code(store.folder) == "store_damaged"
    (store.folder / FILE).unlink()
    assert code(store.folder) == "store_file_missing"


def test_a_store_of_a_newer_program_is_refused_and_left_alone(store: Store) -> None:
    store.raw.execute("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    before = (store.folder / FILE).read_bytes()
    with pytest.raises(StoreError, match="store_newer"):
        Store.open(store.folder, PASSPHRASE)
    assert (store.folder / FILE).read_bytes() == before


def test_a_store_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="passphrase_too_short"):
        Store.create(tmp_path / "weak", "short", name="x", work=LIGHT)
    assert not (tmp_path / "weak").exists()
    (tmp_path / "file").write_text("here")
    with pytest.raises(StoreError, match="store_cannot_be_made"):
        Store.create(tmp_path / "file" / "below", PASSPHRASE, name="x", work=LIGHT)


def test_two_stores_are_born_with_the_same_reference_data_under_the_same_ids(store: Store, tmp_path: Path) -> None:
    with (
        Store.create(tmp_path / "other", PASSPHRASE, name="Gəncə", role="laptop", work=LIGHT) as other,
        store.read() as one,
        other.read() as two,
    ):
        assert list(dump_lines(one)) == list(dump_lines(two))
        ids = [
            set(map(bytes, r.connection.execute(OP.select().with_only_columns(OP.c.id)).scalars())) for r in (one, two)
        ]
        assert ids[0] == ids[1]
        assert one.meta("store_id") != two.meta("store_id") != SEED_STORE


def test_a_flipped_bit_is_found(store: Store) -> None:
    store.write(lambda w: w.put_many("person", [{"surname": f"Quliyev{n}"} for n in range(500)]))
    store.sweep()
    assert integrity.check(store).sound
    store.close()
    path = store.folder / FILE
    sound = path.read_bytes()
    for place in range(5000, len(sound), len(sound) // 40):
        broken = bytearray(sound)
        broken[place] ^= 1 << (place % 8)
        path.write_bytes(broken)
        try:
            with Store.open(store.folder, PASSPHRASE) as opened:
                assert not integrity.check(opened).sound, place
        except (StoreError, DatabaseError):
            pass
    path.write_bytes(sound)
    with Store.open(store.folder, PASSPHRASE) as opened:
        assert integrity.check(opened).sound


def test_an_emptied_file_is_never_taken_for_a_new_register(store: Store) -> None:
    """A full disk or a broken copy leaves such files; opening one must not plant an empty register in its place."""
    store.close()
    path = store.folder / FILE
    path.write_bytes(b"")
    for _ in range(2):
        with pytest.raises(StoreError) as refused:
            Store.open(store.folder, PASSPHRASE)
        assert refused.value.code == "store_damaged"


def test_a_register_without_its_own_facts_is_damaged(store: Store) -> None:
    store.raw.execute("DELETE FROM meta")
    store.close()
    with pytest.raises(StoreError) as refused:
        Store.open(store.folder, PASSPHRASE)
    assert refused.value.code == "store_damaged"


def test_a_page_found_damaged_while_reading_or_writing_is_told_as_damage(store: Store) -> None:
    store.write(lambda w: w.put_many("person", [{"surname": f"Quliyev{n}"} for n in range(500)]))
    store.close()
    path = store.folder / FILE
    broken = bytearray(path.read_bytes())
    for page in range(len(broken) - 20 * 4096, len(broken), 4096):  # what opening does not look at
        broken[page] ^= 1
    path.write_bytes(broken)
    with Store.open(store.folder, PASSPHRASE) as opened:
        many = [{"surname": f"Əliyev{n}"} for n in range(500)]
        for step in (lambda: everybody(opened), lambda: opened.write(lambda w: w.put_many("person", many))):
            with pytest.raises(StoreError) as refused:
                step()
            assert refused.value.code == "store_damaged"


def everybody(store: Store) -> None:
    with store.read() as reader:
        for record in ("person", "activity", "site", "choice"):
            reader.list(record)


# --- kill -9 ---------------------------------------------------------------------------------------------------

_WRITER = """
import sys, time
from pathlib import Path
from app.models.store import Store
store = Store.open_with_key(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
too_early = sys.argv[3] == "too_early"  # known bad: says so before the transaction is kept
def save(w, n):
    w.put("person", {"surname": f"Quliyev{n}"})
    if too_early:
        print(n, flush=True)
        time.sleep(0.05)
for n in range(1, 100000):
    store.write(lambda w: save(w, n))
    if not too_early:
        print(n, flush=True)
"""


def _killed_while_saving(folder: Path, key: bytes, mode: str, acknowledgements: int) -> tuple[int, int]:
    """(highest number acknowledged before the kill, how many of those the store has afterwards)."""
    child = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(folder), key.hex(), mode],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert child.stdout is not None
    last = 0
    for _ in range(acknowledgements):
        line = child.stdout.readline()
        assert line, "the child stopped by itself"
        last = int(line)
    child.send_signal(signal.SIGKILL)
    with child.stdout as acknowledged:
        rest = acknowledged.read().split()
    child.wait()
    last = max([last, *map(int, rest)])
    with Store.open_with_key(folder, key) as store:
        assert integrity.check(store).sound
        with store.read() as reader:
            names = {row["surname"] for row in reader.list("person")}
    return last, sum(f"Quliyev{n}" in names for n in range(1, last + 1))


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
@pytest.mark.parametrize("acknowledgements", [1, 3, 7, 20])
def test_kill_during_save_loses_nothing_acknowledged(store: Store, acknowledgements: int) -> None:
    folder, key = store.folder, store.key
    store.close()
    acknowledged, kept = _killed_while_saving(folder, key, "honest", acknowledgements)
    assert acknowledged >= acknowledgements
    assert kept == acknowledged


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
@pytest.mark.parametrize("gone", [True, False])
def test_a_lost_write_ahead_log_is_noticed(store: Store, gone: bool) -> None:
    folder, key, before = store.folder, store.key, store.identity.store_id
    store.close()
    assert not (folder / OPEN_MARK).exists(), "closed as it should be"
    child = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(folder), key.hex(), "honest"],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert child.stdout is not None
    with child.stdout as acknowledged:
        assert acknowledged.readline() == b"1\n"
        child.send_signal(signal.SIGKILL)
        child.wait()
    if gone:
        (folder / f"{FILE}-wal").unlink()
    for _ in range(2):
        with Store.open_with_key(folder, key) as opened:
            assert [code for code, _ in integrity.check(opened).bad] == (["log_lost"] if gone else [])
            assert (opened.identity.store_id != before) == gone, "numbers of lost writes are not used again"
            now = opened.identity.store_id
    with Store.open_with_key(folder, key) as opened:
        assert opened.identity.store_id == now
        assert integrity.check(opened, repair=True).left == []
        assert integrity.check(opened).sound


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
def test_the_kill_does_find_a_loss_where_there_is_one(store: Store) -> None:
    folder, key = store.folder, store.key
    store.close()
    acknowledged, kept = _killed_while_saving(folder, key, "too_early", 5)
    assert kept < acknowledged


def test_the_passphrase_can_be_changed_without_touching_the_data(store: Store) -> None:
    store.write(lambda w: w.put("person", {"surname": "Quliyev"}))
    store.close()
    slots.change_passphrase(store.folder, PASSPHRASE, "mavi dəniz üstündə ay", work=LIGHT)
    with pytest.raises(StoreError, match="wrong_passphrase"):
        Store.open(store.folder, PASSPHRASE)
    with Store.open(store.folder, "mavi dəniz üstündə ay") as opened, opened.read() as reader:
        assert reader.count("person") == 1


def test_a_new_edition_of_the_shipped_rows_leaves_what_people_wrote(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = {values["code"]: (record, row, values) for record, row, values in seeds.seed_rows() if record == "site"}
    (_, edited, _), (_, binned, _), (_, left, _) = rows["ganja"], rows["guba"], rows["shirvan"]
    store.write(lambda w: w.put("site", {"name_en": "Ganja, new building"}, edited))
    store.write(lambda w: w.delete("site", binned))
    newer = [(record, row, values | {"name_en": "Ed. 2", "name_ru": "Изд. 2"}) for record, row, values in rows.values()]
    monkeypatch.setattr(seeds, "SEED_VERSION", seeds.SEED_VERSION + 1)
    monkeypatch.setattr(seeds, "seed_rows", lambda: newer)
    store._plant()
    with store.read() as reader:
        shown = {row: reader.get("site", row) for row in (edited, binned, left)}
        assert shown[binned] is None
        assert shown[edited]["name_en"] == "Ganja, new building"  # type: ignore[index]
        assert shown[edited]["name_ru"] == shown[left]["name_en"].replace("Ed", "Изд")  # type: ignore[index]
        assert not reader.rows(select(CONFLICT))
    assert integrity.check(store).sound
