"""I14 and F19: programs of two versions exchange, both ways, from stored files; the unknown is kept and later shown.

The stored files (tests/data/skew, made by `python -m tests.skew.make`) are an office's store and bundles of the program
as it is, and a laptop's store and bundles of one a version newer. Until the first release the first migration may be
drawn anew; the same files are then made for the run, and nothing is skipped.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from app.basics.words import text
from app.errors import StoreError, UserError
from app.models import exchange, integrity, migrations
from app.models.store import FILE, Store
from app.models.upgrade import mark
from app.services import records
from app.sync import receive, send
from tests.faults import drives, injectors
from tests.skew import make, newer
from tests.sync.build import PASSPHRASE, put

# What the newer program says of a store: it opens it (and so brings it up), takes what waits and what it is given.
TELL = """
import json, sys
from pathlib import Path
from app.models import exchange, integrity
from app.models.store import Store
from app.models.upgrade import mark
from app.services import records
from app.sync import receive
with Store.open(Path(sys.argv[1]), "practice") as store:
    receive.receive_waiting(store)
    for path in sys.argv[2:]:
        receive.receive(store, Path(path), safety_copy=False)
    with store.read() as r:
        told = {
            "dump": list(records.dump_lines(r, None, None)),
            "parked": [dict(p)["record"] for p in exchange.parked_rows(r)],
            "writes": mark(r.connection)[0],
            "conflicts": [[c["row"], c["field"]] for c in exchange.conflict_rows(r)],
        }
    told["bad"] = integrity.check(store).bad
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stored files, or, where the first migration has been drawn anew since, others made just now."""
    facts = json.loads((make.DATA / "facts.json").read_text("utf-8"))
    if facts["first"] == make.sum_of_first():
        return make.DATA
    assert migrations.HEAD == "0001", "after a release these files are never made anew"
    target = tmp_path_factory.mktemp("skew")
    make.make(target)
    return target


@pytest.fixture
def person(files: Path) -> str:
    return str(json.loads((files / "facts.json").read_text("utf-8"))["person"])


@pytest.fixture
def office(files: Path, tmp_path: Path) -> Path:
    """The office's store, as the older program left it."""
    return make.unpack(files / "office.db.zst", tmp_path / "office")


def fields_of(told: dict[str, Any], record: str) -> list[dict[str, Any]]:
    return [line["fields"] for line in map(json.loads, told["dump"]) if line["type"] == record]


def test_the_older_program_takes_what_it_knows_and_keeps_the_rest(files: Path, office: Path, person: str) -> None:
    with Store.open(office, PASSPHRASE) as store:
        got = receive.receive(store, files / "newer.saha", safety_copy=False)
        assert got.new >= 2 and got.refused == 0
        assert receive.receive(store, files / "older.saha", safety_copy=False).new == 1
        with store.read() as r:
            row = r.get("person", person)
            assert row is not None and (row["phone"], row["unit"]) == ("111", "Gəncə 2")
            assert [p["record"] for p in exchange.parked_rows(r)] == [newer.RECORD]
            assert any(newer.FIELD in op.fields for op in r.ops_of(person))
        assert integrity.check(store).sound


def test_a_bundle_that_an_older_program_would_read_with_losses_waits(files: Path, office: Path) -> None:
    with Store.open(office, PASSPHRASE) as store:
        with store.read() as r:
            before = mark(r.connection)
        with pytest.raises(UserError, match="bundle_newer_program"):
            receive.receive(store, files / "newer-raised.saha", safety_copy=False)
        with store.read() as r:
            assert mark(r.connection) == before
        assert len(list((store.folder / receive.WAITING).iterdir())) == 1
    told = newer.run(TELL, office)
    assert [line["blood_group"] for line in fields_of(told, "person")] == ["B-"], "taken after the update, and shown"
    assert not list((office / receive.WAITING).iterdir())


def test_any_mixture_ends_as_if_all_had_been_new_from_the_start(files: Path, office: Path, tmp_path: Path) -> None:
    """Old office, all three bundles, then the update – against the update first; and half before, half after."""
    bundles = [files / name for name in ("newer.saha", "older.saha", "newer-raised.saha")]
    first = shutil.copytree(office, tmp_path / "first")
    half = shutil.copytree(office, tmp_path / "half")
    for folder, taken in ((office, bundles), (half, bundles[1:2])):
        with Store.open(folder, PASSPHRASE) as store:
            _, refused = receive.receive_all(store, taken, safety_copy=False)
            assert {one.error.code for one in refused} <= {"bundle_newer_program"}
    new_from_the_start = newer.run(TELL, first, *bundles)
    mixed = newer.run(TELL, office)
    halved = newer.run(TELL, half, *reversed(bundles))
    for told in (mixed, halved, new_from_the_start):
        assert told["bad"] == [] and told["parked"] == []
        assert sorted(told["dump"]) == sorted(new_from_the_start["dump"])
        assert told["conflicts"] == new_from_the_start["conflicts"] and told["writes"] == mixed["writes"]
    (row,) = fields_of(mixed, "person")
    assert (row["blood_group"], row["phone"], row["unit"]) == ("B-", "111", "Gəncə 2")
    assert [line["words"] for line in fields_of(mixed, newer.RECORD)] == ["Well done"]


def test_nothing_unknown_is_lost_on_a_round_trip(files: Path, office: Path, person: str, tmp_path: Path) -> None:
    """Through an older office, which edits the row meanwhile, to a newer laptop that starts from nothing."""
    with Store.open(office, PASSPHRASE) as store:
        receive.receive(store, files / "newer.saha", safety_copy=False)
        put(store, "person", person, note="seen at the office")
        (path,) = [sent.path for sent in send.send(store, tmp_path / "out", "g1")]
    laptop = tmp_path / "laptop"
    make.unpack(files / "laptop-newer.db.zst", laptop)
    told = newer.run(TELL, laptop, path)
    (row,) = fields_of(told, "person")
    assert (row["blood_group"], row["note"]) == ("B-", "seen at the office"), "its own newer value stands"
    assert told["bad"] == [] and told["conflicts"] == []


def test_a_newer_store_is_refused_with_a_sentence_and_not_touched(files: Path, tmp_path: Path) -> None:
    folder = make.unpack(files / "laptop-newer.db.zst", tmp_path / "laptop")
    before = hashlib.sha256((folder / FILE).read_bytes()).hexdigest()
    names = {path.name for path in folder.iterdir()}
    with pytest.raises(StoreError) as refused:
        Store.open(folder, PASSPHRASE)
    assert refused.value.code == "store_newer"
    assert len(text("errors.store_newer", **refused.value.params)) > 20
    assert hashlib.sha256((folder / FILE).read_bytes()).hexdigest() == before
    assert {path.name for path in folder.iterdir()} == names
    assert newer.run(TELL, folder)["bad"] == [], "control: the program that made it opens it"


def test_an_older_store_is_brought_up_on_a_copy(office: Path, files: Path) -> None:
    with Store.open(office, PASSPHRASE) as store:
        receive.receive(store, files / "newer.saha", safety_copy=False)
        with store.read() as r:
            writes = mark(r.connection)[0]
            lines = len(list(records.dump_lines(r, None, None)))
    told = newer.run(TELL, office)
    assert told["writes"] == writes and len(told["dump"]) == lines + 1 and told["bad"] == []
    assert (office / f"before-{newer.HEAD}.db").exists() and not (office / "upgrade.db").exists()
    # what it was stands beside it, whole, for the older program
    (office / FILE).unlink()
    (office / f"before-{newer.HEAD}.db").rename(office / FILE)
    with Store.open(office, PASSPHRASE) as store, store.read() as r:
        assert mark(r.connection)[0] == writes


BREAK = """
import sys
from pathlib import Path
from app.models import migrations, store
sound = migrations.upgrade
def broken(connection):
    sound(connection)
    if sys.argv[2] == "loses":
        connection.exec_driver_sql("DELETE FROM op WHERE arr = (SELECT max(arr) FROM op)")
    else:
        raise ValueError("in the middle of a migration")
migrations.upgrade = broken
try:
    store.Store.open(Path(sys.argv[1]), "practice")
except Exception as error:
    print('"' + getattr(error, "code", type(error).__name__) + '"')
"""


@pytest.mark.parametrize(("how", "code"), [("loses", "migration_failed"), ("fails", "ValueError")])
def test_a_migration_that_fails_or_loses_a_write_leaves_the_older_store(office: Path, how: str, code: str) -> None:
    before = hashlib.sha256((office / FILE).read_bytes()).hexdigest()
    assert newer.run(BREAK, office, how) == code
    assert hashlib.sha256((office / FILE).read_bytes()).hexdigest() == before
    assert not (office / "upgrade.db").exists()
    with Store.open(office, PASSPHRASE) as store:
        assert integrity.check(store).sound
    assert newer.run(TELL, office)["bad"] == [], "control: a sound migration takes it"


OPEN_ALL = """
import json, sys
from pathlib import Path
from app.models.store import Store
told = []
for folder in sys.argv[1:]:
    try:
        Store.open(Path(folder), "practice").close()
        told.append("opened")
    except Exception as error:
        told.append(getattr(error, "code", repr(error)))
print(json.dumps(told))
"""


def test_a_full_disk_while_an_older_store_is_brought_up(office: Path, pytestconfig: pytest.Config) -> None:
    """F5 of a migration: room for no copy, one, or two and not for the change: it stays the older store, whole."""
    injectors.need("drive")
    size = sum(path.stat().st_size for path in office.iterdir())
    rooms = [1 + n / 100 for n in range(8, 230)] if pytestconfig.getoption("--long") else [1.1, 2.1, 3.05, 3.08]
    rooms.append(8)
    with ExitStack() as stack:
        folders = []
        for room in rooms:
            drive = stack.enter_context(drives.small_drive(int(size * room)))
            folders.append(shutil.copytree(office, drive / "office"))
        before = hashlib.sha256((office / FILE).read_bytes()).hexdigest()
        told = newer.run(OPEN_ALL, *folders)
        assert set(told) <= {"disk_full", "store_on_full_disk", "copy_failed", "opened"} and told[-1] == "opened", told
        assert told[0] != "opened", "control: the disk was full"
        for said, folder in zip(told, folders, strict=True):
            if said != "opened":
                assert hashlib.sha256((folder / FILE).read_bytes()).hexdigest() == before
                assert not list(folder.glob("upgrade*"))
                with Store.open(folder, PASSPHRASE) as store:
                    assert integrity.check(store).sound, "and the older program goes on"


# Known bad: the migration in the store's own file, in steps of their own, as a program without a copy might do it.
IN_PLACE = """
import sys, time
from pathlib import Path
from app.keys import slots
from app.models.engine import open_encrypted
folder = Path(sys.argv[1])
database = open_encrypted(folder / "saha.db", slots.unlock(folder, "practice").dek)
print("ready", flush=True)
database.raw.execute("ALTER TABLE person ADD COLUMN blood_group TEXT")
time.sleep(6)
database.raw.execute("UPDATE alembic_version SET version_num = '0002'")
"""
OPEN = """
import sys
from pathlib import Path
from app.keys import slots
from app.models.store import Store
folder = Path(sys.argv[1])
key = slots.unlock(folder, "practice").dek
print("ready", flush=True)
Store.open_with_key(folder, key).close()
print("done", flush=True)
"""


def killed(script: str, folder: Path, delay: float) -> bool:
    """Run it in the newer program and kill it so long after it is ready; whether it had finished."""
    begin = "from tests.skew import newer\nnewer.become()\n"
    child = subprocess.Popen(
        [sys.executable, "-c", begin + script, str(folder)], cwd=newer.ROOT, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None and child.stdout.readline() == "ready\n"
    time.sleep(delay)
    child.send_signal(signal.SIGKILL)
    rest = child.stdout.read()
    child.wait()
    child.stdout.close()
    return "done" in rest


@pytest.mark.timeout(36_000)  # with --long
def test_killed_while_an_older_store_is_brought_up(office: Path, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    """F1 of a migration: afterwards it is the older store or the newer one, whole, and either opens and goes on."""
    times = 60 if pytestconfig.getoption("--long") else 3
    chance = random.Random(8)
    wanted = sorted(newer.run(TELL, shutil.copytree(office, tmp_path / "control"))["dump"])
    finished = []
    for number in range(times):
        folder = shutil.copytree(office, tmp_path / f"try{number}")
        finished.append(killed(OPEN, folder, chance.random() * 0.9 if number else 0.02))
        told = newer.run(TELL, folder)
        assert sorted(told["dump"]) == wanted and told["bad"] == []
        shutil.rmtree(folder)
    assert not all(finished), "the kills hit nothing"
    bad = shutil.copytree(office, tmp_path / "bad")
    killed(IN_PLACE, bad, 2.0)
    with pytest.raises(AssertionError):  # control: half of a migration is in the file
        newer.run(TELL, bad)
