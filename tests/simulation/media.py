"""Where the stores and bundles of a simulated country lie: in memory, or as files; nothing happens to them by itself.

`World` is given one of the two and does not know which. In memory a store is an unencrypted database and a bundle its
bytes. On files both are what the program itself would have left on a disk and a stick: encrypted, written, read back.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from app.models.engine import Database, open_encrypted, open_unencrypted_memory
from app.models.store import FILE, SeedWriter, Store, _migrate
from app.models.writer import Identity, Writer
from app.specs import seeds
from app.sync.package import SUFFIX, load_package, save_package

KEY = bytes(range(32))
"""Of every file: which key it is decides nothing here."""
ROLES = ("office", "laptop")
_NOWHERE = Path("/nonexistent-simulation")
_TO_BE_NAMED = "0" * 32
_PAGE, _RESERVED, _IV = 4096, 80, 16


class Medium(Protocol):
    """What lies somewhere. An image is a whole copy of a store's disk; a laid bundle is whatever `fetch` can read."""

    def found(self, role: str) -> Store:
        """A new computer: an open, seeded store that nobody has used."""

    def image(self, store: Store) -> Any:
        """A copy of the disk as it is now; it is kept until the end."""

    def put_back(self, store: Store, image: Any) -> Store:
        """The computer of this store with what stood on the image in its place."""

    def twin(self, store: Store) -> Store:
        """Another computer with a copy of the disk."""

    def lay(self, data: bytes) -> Any:
        """Put a bundle where it can be fetched from, any number of times."""

    def fetch(self, laid: Any) -> bytes:
        """The bytes of a bundle."""

    def pages(self, store: Store) -> bytes:
        """The deciphered pages of a store as they stand on its disk after a VACUUM."""

    def close(self) -> None:
        """Nothing of it is left."""


def _seed(database: Database, role: str) -> None:
    """Make a store of an empty database: without a name, with the sites and nothing else of the reference data."""
    _migrate(database)
    with database.engine.begin() as connection:
        writer = Writer(connection, Identity("", ""))
        facts = {"store_id": _TO_BE_NAMED, "parents": [], "role": role, "seed_version": seeds.SEED_VERSION}
        for key, value in facts.items():
            writer.set_meta(key, value)

    def plant(w: Writer) -> None:
        seeder = SeedWriter(w)
        for record, row, values in seeds.seed_rows():
            if record == "site":
                seeder.put(record, values, row)
        seeder.hand_back(seeds.SEED_VERSION)

    Store(database, _NOWHERE, b"").write(plant)


@contextmanager
def _vacuumed(store: Store) -> Iterator[Any]:
    """The connection, on which no statement is kept half done."""
    with store._database.scratch.free():
        store.raw.execute("VACUUM")
        yield store.raw


# --- in memory -------------------------------------------------------------------------------------------------------


@cache
def _template_in_memory(role: str) -> Database:
    """Made once in a process."""
    database = open_unencrypted_memory()
    _seed(database, role)
    return database


class Memory:
    """Stores are unencrypted databases in memory, bundles are bytes."""

    def __init__(self) -> None:
        self._open: list[Any] = []

    def found(self, role: str) -> Store:
        return self._store(_template_in_memory(role).raw)

    def image(self, store: Store) -> Any:
        return self._copy(store.raw).raw

    def put_back(self, store: Store, image: Any) -> Store:
        store.close()
        return self._store(image)

    def twin(self, store: Store) -> Store:
        return self._store(store.raw)

    def lay(self, data: bytes) -> bytes:
        return data

    def fetch(self, laid: bytes) -> bytes:
        return laid

    def pages(self, store: Store) -> bytes:
        with _vacuumed(store) as raw, tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "pages.db"
            raw.execute("VACUUM INTO ?", (str(path),))
            return path.read_bytes()

    def close(self) -> None:
        for database in self._open:
            database.close()

    def _store(self, raw: Any) -> Store:
        return Store(self._copy(raw), _NOWHERE, b"")

    def _copy(self, raw: Any) -> Database:
        fresh = open_unencrypted_memory()
        raw.backup(fresh.raw)
        self._open.append(fresh)
        return fresh


# --- as files --------------------------------------------------------------------------------------------------------


@cache
def _folder_of_templates() -> tempfile.TemporaryDirectory[str]:
    """Gone with the process."""
    return tempfile.TemporaryDirectory(prefix="saha-templates-")


@cache
def _template_file(role: str) -> Path:
    """Made once in a process."""
    path = Path(_folder_of_templates().name) / f"{role}.db"
    path.unlink(missing_ok=True)
    database = open_encrypted(path, KEY)
    try:
        _seed(database, role)
        database.sweep()
    finally:
        database.close()
    return path


class Files:
    """Every store an encrypted file that the program opens, every bundle a file that it saved, in one folder."""

    def __init__(self) -> None:
        # Where there is a disk in memory it lies there: a flush is asked for as everywhere, but waits for no platter.
        place = Path("/dev/shm")
        self._place = tempfile.TemporaryDirectory(prefix="saha-country-", dir=place if place.is_dir() else None)
        self._folder = Path(self._place.name)
        self._stores: dict[Path, Store] = {}
        self._count = 0

    def found(self, role: str) -> Store:
        return self._opened(self._next("computer"), _template_file(role))

    def image(self, store: Store) -> Path:
        store.sweep()
        target = self._next("image").with_suffix(".db")
        shutil.copyfile(store.folder / FILE, target)
        return target

    def put_back(self, store: Store, image: Path) -> Store:
        store.close()
        return self._opened(store.folder, image)

    def twin(self, store: Store) -> Store:
        store.sweep()
        return self._opened(self._next("computer"), store.folder / FILE)

    def lay(self, data: bytes) -> Path:
        path = self._next("bundle").with_suffix(SUFFIX)
        save_package(data, path)
        return path

    def fetch(self, laid: Path) -> bytes:
        return load_package(laid)

    def pages(self, store: Store) -> bytes:
        with _vacuumed(store):
            store.sweep()
            return b"".join(_deciphered((store.folder / FILE).read_bytes()))

    def close(self) -> None:
        for store in self._stores.values():
            store.close()
        self._place.cleanup()

    def _opened(self, folder: Path, source: Path) -> Store:
        folder.mkdir(exist_ok=True)
        shutil.copyfile(source, folder / FILE)
        self._stores[folder] = store = Store.open_with_key(folder, KEY)
        return store

    def _next(self, what: str) -> Path:
        self._count += 1
        return self._folder / f"{self._count:05d}-{what}"


def _deciphered(file: bytes) -> Iterator[bytes]:
    """Every page of an encrypted file: AES-256-CBC under the key itself, the vector at the head of what is reserved."""
    for at in range(0, len(file), _PAGE):
        page = file[at : at + _PAGE]
        begin, end = (_IV if at == 0 else 0), _PAGE - _RESERVED  # the first page begins with the salt
        opener = Cipher(algorithms.AES(KEY), modes.CBC(page[end : end + _IV])).decryptor()
        yield opener.update(page[begin:end]) + opener.finalize()


def forget_templates() -> None:
    """Make anew what stores are copied from: the rules by which writes get their ids have changed."""
    _template_in_memory.cache_clear()
    _template_file.cache_clear()


def make_templates() -> None:
    """Make what stores are copied from, while every rule stands."""
    for role in ROLES:
        _template_in_memory(role), _template_file(role)
