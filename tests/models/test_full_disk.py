"""A disk that takes no more: nothing acknowledged is lost, the refusal has words, and work goes on once there is room.

The limit on the size of files plays the full disk: it needs no rights, and every write beyond it fails as one would.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path
from typing import Any

import pytest

from app.basics import words
from app.errors import StoreError
from app.models import engine
from app.models.store import Store
from tests.conftest import PASSPHRASE

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="the limit is POSIX")

_CHILD = """
import json, resource, signal, sys
from pathlib import Path
from app.errors import UserError
from app.models import integrity
from app.models.store import Store
from app.services import backup

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = Store.open_with_key(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
kept, told = [], []

def save(mark):
    names = [f"{mark}-{n}" for n in range(30)]
    rows = [{"surname": name, "note": "x" * 900} for name in names]
    store.write(lambda w: w.put_many("person", rows))
    kept.extend(names)

do = {"save": save, "backup": lambda mark: backup.make(store)}[sys.argv[3]]
for step in range(int(sys.argv[4])):
    store.sweep()
    resource.setrlimit(resource.RLIMIT_FSIZE, (step * int(sys.argv[5]), resource.RLIM_INFINITY))
    try:
        do(f"full{step}")
        told.append("done")
    except UserError as error:
        told.append(error.code)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    save(f"after{step}")
with store.read() as reader:
    names = {row["surname"] for row in reader.list("person")}
print(json.dumps({
    "told": told,
    "lost": sorted(set(kept) - names),
    "half": sorted(name for name in names - set(kept)),
    "sound": integrity.check(store).sound,
    "files": sorted(path.name for path in store.folder.rglob("*") if path.suffix in (".part", ".db")),
}))
"""


def on_a_full_disk(store: Store, what: str, steps: int, room: int) -> dict[str, Any]:
    """Do it again and again, with `room` bytes more each time; what the child found afterwards."""
    folder, key = store.folder, store.key.hex()
    store.close()
    ended = subprocess.run(
        [sys.executable, "-c", _CHILD, str(folder), key, what, str(steps), str(room)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=300,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    told: dict[str, Any] = json.loads(ended.stdout)
    return told


@posix
def test_saving_on_a_full_disk_keeps_all_or_nothing(store: Store) -> None:
    found = on_a_full_disk(store, "save", steps=14, room=16_384)
    assert found["lost"] == [] and found["half"] == [] and found["sound"]
    assert "disk_failing" in found["told"] and found["told"][-1] == "done", "it must fail first and pass in the end"
    assert all(code == "done" or words.known(f"errors.{code}") for code in found["told"])


@posix
def test_a_backup_on_a_full_disk_leaves_no_half_copy(store: Store) -> None:
    found = on_a_full_disk(store, "backup", steps=3, room=150_000)
    assert set(found["told"]) == {"copy_failed"}
    assert found["lost"] == [] and found["sound"] and found["files"] == ["saha.db"]


def test_a_register_on_a_full_disk_says_why_it_does_not_open(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlcipher3.dbapi2 as driver

    folder = store.folder
    store.close()

    def refuse(*_: object) -> None:
        raise driver.OperationalError("disk I/O error")

    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(engine, "_apply_recipe", refuse)
    for free, code in ((0, "store_on_full_disk"), (10_000_000_000, "store_unreadable")):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: usage(1, 1, free))
        with pytest.raises(StoreError) as refused:
            Store.open(folder, PASSPHRASE)
        assert refused.value.code == code
