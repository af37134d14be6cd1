"""Makes the stored exchange between programs of two versions: `python -m tests.skew.make` (into tests/data/skew).

`office.db.zst`: the office's store as this program left it, and `laptop-newer.db.zst`: a laptop's store as the next
version left it, both as plain SQLite files, packed; `newer.saha`, `newer-raised.saha`, `older.saha`: bundles for that
office. `facts.json`: ids, and the sum of the migration they were made with. Nothing here is about a real person.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import zstandard

from app.keys import slots
from app.models import migrations
from app.models.engine import open_encrypted
from app.models.store import FILE, Store
from tests.skew import newer
from tests.sync.build import PASSPHRASE, Country, a_person, put

DATA = Path(__file__).resolve().parents[1] / "data" / "skew"
FIRST = Path(migrations.__file__).parent / "versions" / "0001_first.py"

WRITE_NEWER = """
import sys
from pathlib import Path
from app.models.store import Store
from app.sync import send
folder, person, target, first = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4] == "first"
with Store.open(folder, "practice") as store:
    if first:
        store.write(lambda w: w.put("person", {"blood_group": "A+", "phone": "111"}, person))
        store.write(lambda w: w.put("commendation", {"person": person, "words": "Well done"}))
    else:
        store.write(lambda w: w.put("person", {"blood_group": "B-"}, person))
    send.send(store, target)
print("null")
"""


def sum_of_first() -> str:
    """The migration that the stored files were made with; until the first release it may be drawn anew."""
    return hashlib.sha256(FIRST.read_bytes()).hexdigest()


def pack(store: Store, target: Path) -> None:
    """The store's database as a plain file, packed."""
    plain = target.with_suffix("")
    plain.unlink(missing_ok=True)
    store.sweep()
    store.raw.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
    store.raw.execute("SELECT sqlcipher_export('plain')").fetchall()
    store.raw.execute("DETACH DATABASE plain")
    target.write_bytes(zstandard.compress(plain.read_bytes(), 19))
    plain.unlink()


def unpack(packed: Path, folder: Path) -> Path:
    """A store in a folder again, with the passphrase of the practice."""
    folder.mkdir(parents=True)
    plain = folder / "plain.db"
    plain.write_bytes(zstandard.decompress(packed.read_bytes()))
    key = slots.create(folder, PASSPHRASE, "user", work=slots.LIGHT, practice=True).dek
    database = open_encrypted(folder / FILE, key)
    database.raw.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
    database.raw.execute("SELECT sqlcipher_export('main', 'plain')").fetchall()
    database.raw.execute("DETACH DATABASE plain")
    database.close()
    plain.unlink()
    return folder


def make(target: Path) -> None:
    """Make every file anew."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        country = Country.found(folder)
        for name in ("g1", "g2"):
            country.join(name, "ganja")
        country.round(2)
        person = a_person(country["g1"], "Fərziyev", phone="000")
        country.round(2)
        pack(country.office, target / "office.db.zst")
        put(country["g2"], "person", person, unit="Gəncə 2")
        shutil.copy(country.bundle(country["g2"]), target / "older.saha")
        country.close()
        newer.run(WRITE_NEWER, folder / "g1", person, target / "newer.saha", "first")
        newer.run(WRITE_NEWER, folder / "g1", person, target / "newer-raised.saha", "second", min_reader=2)
        database = open_encrypted(folder / "g1" / FILE, slots.unlock(folder / "g1", PASSPHRASE).dek)
        (target / "laptop-newer.db.zst").unlink(missing_ok=True)
        pack_raw(database.raw, target / "laptop-newer.db.zst")
        database.close()
    facts = {"person": person, "first": sum_of_first()}
    (target / "facts.json").write_text(json.dumps(facts, indent=1) + "\n", "utf-8")


def pack_raw(raw: object, target: Path) -> None:
    """As `pack`, of a store that this program would refuse to open."""
    plain = target.with_suffix("")
    raw.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))  # type: ignore[attr-defined]
    raw.execute("SELECT sqlcipher_export('plain')").fetchall()  # type: ignore[attr-defined]
    raw.execute("DETACH DATABASE plain")  # type: ignore[attr-defined]
    target.write_bytes(zstandard.compress(plain.read_bytes(), 19))
    plain.unlink()


if __name__ == "__main__":
    make(DATA)
