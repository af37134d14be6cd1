"""The store: opens the register, lets commands read and write it, and is the only place where a transaction ends."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DatabaseError, OperationalError

from app.basics import clock, machine
from app.basics.ids import id_of, new_id
from app.errors import StoreError, UserError
from app.keys import passphrase as passphrases
from app.keys import slots
from app.models import migrations, permits, upgrade
from app.models.engine import Database, broken_links, open_encrypted
from app.models.oplog import SEED_STORE, fold
from app.models.writer import Changes, Identity, Reader, Step, Writer, _no_steps
from app.specs import choices, kinds
from app.specs.records import RECORDS

T = TypeVar("T")
PRACTICE_PASSPHRASE = "practice"  # noqa: S105 – public on purpose: opens stores of made-up data only
FILE = "saha.db"
OPEN_MARK = "saha.open"


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What a command returned and what it changed."""

    value: T
    changes: Changes


class Store:
    """One register on disk, open. `read` and `write` may be called from any thread, one at a time."""

    def __init__(self, database: Database, folder: Path, key: bytes) -> None:
        self.folder = folder
        self.key = key
        self.raw = database.raw
        self._database = database
        self._engine = engine = database.engine
        self._lock = threading.RLock()
        self._subscribers: list[Callable[[Changes], None]] = []
        self._ceiling = permits.ADMINISTRATOR
        with self._lock, engine.connect() as connection:
            reader = Reader(connection, Identity("", ""))
            self.identity = _identity(reader)
            choices.use_own(reader.list("choice"))
            kinds.use_own(reader.list("activity_kind"))
        self._unmark = weakref.finalize(self, _unmark, _mark(folder))

    # --- opening -----------------------------------------------------------------------------------------
    @classmethod
    def create(
        cls,
        folder: Path,
        passphrase: str,
        *,
        name: str,
        role: str = "office",
        user: str = "",
        practice: bool | None = None,
        work: slots.Work = slots.NORMAL,
        facts: dict[str, Any] | None = None,
    ) -> Store:
        """Make a new, seeded store in an empty folder.

        `role` is office or laptop; `facts` are further entries for `meta`. The passphrase `practice` makes a store
        that is marked as practice. Raises StoreError(store_exists) or UserError (weak passphrase), leaving nothing.
        """
        practice = passphrase == PRACTICE_PASSPHRASE if practice is None else practice
        passphrases.check(passphrase, practice=practice)
        if (folder / FILE).exists() or slots.exists(folder):
            raise StoreError("store_exists", folder=folder.name)
        made = not folder.exists()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            user_id = new_id()
            key = slots.create(folder, passphrase, user_id, work=work, practice=practice).dek
            store = cls._set_up(
                folder,
                key,
                {
                    "role": role,
                    "name": name,
                    "user": {"id": user_id, "name": user or name},
                    "practice": practice,
                    "made": clock.stamp(),
                    **(facts or {}),
                },
            )
        except OSError as error:
            raise StoreError(
                "store_cannot_be_made", folder=folder.name, reason=os.strerror(error.errno or 0)
            ) from error
        except BaseException:
            _remove(folder, made)
            raise
        return store

    @classmethod
    def _set_up(cls, folder: Path, key: bytes, facts: dict[str, Any]) -> Store:
        database = open_encrypted(folder / FILE, key)
        engine = database.engine
        try:
            _migrate(database)
            with engine.begin() as connection:
                writer = Writer(connection, Identity("", ""))
                for fact, value in {"store_id": os.urandom(16).hex(), "parents": [], **facts}.items():
                    writer.set_meta(fact, value)
            store = cls(database, folder, key)
            store._plant()
        except BaseException:
            database.close()
            raise
        return store

    @classmethod
    def open(cls, folder: Path, passphrase: str) -> Store:
        """Open an existing store, bringing an older one up to date after a verified copy.

        Raises StoreError: store_missing, wrong_passphrase, header_damaged, store_in_use, store_damaged, store_newer.
        """
        if not (folder / FILE).exists():
            if slots.exists(folder):
                raise StoreError("store_file_missing", folder=folder.name)
            raise StoreError("store_missing", folder=folder.name)
        return cls.open_with_key(folder, slots.unlock(folder, passphrase).dek)

    @classmethod
    def open_with_key(cls, folder: Path, key: bytes) -> Store:
        """Open with the key itself (after a code or the office has unlocked it)."""
        lost = (folder / OPEN_MARK).exists() and not (folder / f"{FILE}-wal").exists()
        database = open_encrypted(folder / FILE, key)
        engine = database.engine
        try:
            revision = _revision(engine)
            if revision is None:  # an emptied file is no new register: it must never be taken for one
                raise StoreError("store_damaged", folder=folder.name)
            if revision > migrations.HEAD:
                raise StoreError("store_newer", folder=folder.name)
            if revision != migrations.HEAD:
                database = _bring_up(database, folder, key)
            store = cls(database, folder, key)
            if not store.identity.store_id:
                raise StoreError("store_damaged", folder=folder.name)
            store._plant()
            if lost:
                store.write(_note_lost)
        except DatabaseError as error:
            database.close()
            raise StoreError("store_damaged", folder=folder.name) from error
        except BaseException:
            database.close()
            raise
        return store

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        with self._lock:
            self._unmark()  # first: a stop between the two leaves a log without a mark, which says nothing wrong
            self._database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- using -------------------------------------------------------------------------------------------
    @contextmanager
    def read(self, step: Step = _no_steps) -> Iterator[Reader]:
        """A reader for the length of a block."""
        try:
            with self._lock, self._engine.connect() as connection:
                yield Reader(connection, self.identity, step)
        except DatabaseError as error:
            raise _told(error, self.folder) or error from error

    def write(self, command: Callable[[Writer], T], step: Step = _no_steps, *, links_last: bool = False) -> Outcome[T]:
        """Run one command in one transaction: all of it is kept, or, when it raises, none.

        Subscribers hear of the changes after they are safe on disk. `links_last`: for a command that brings many rows
        and looks itself, at its end, whether every link leads somewhere (`exchange.lost_links`): to have the database
        look for every row costs more than writing it.
        """
        try:
            with self._lock:
                with self._database.links_unwatched(links_last), self._engine.begin() as connection:
                    writer = Writer(connection, self.identity, step)
                    value = command(writer)
                    changes = writer.finish()
                self._refresh(changes)
        except DatabaseError as error:
            raise _told(error, self.folder) or error from error
        for subscriber in list(self._subscribers):
            subscriber(changes)
        return Outcome(value, changes)

    def _refresh(self, changes: Changes) -> None:
        """Follow what a write may have changed about this store itself: who it is, the office's own lists and kinds."""
        with self._engine.connect() as connection:
            reader = Reader(connection, self.identity)
            self.identity = _identity(reader, self._ceiling)
            if changes.touch("choice"):
                choices.use_own(reader.list("choice"))
            if changes.touch("activity_kind", "choice"):  # a kind waits for the lists that its fields draw on
                kinds.use_own(reader.list("activity_kind"))

    def lower(self, level: str) -> None:
        """From now on whoever is at the keyboard may no more than this level of `permits`; only opening raises it."""
        with self._lock:
            self._ceiling = permits.lower(self._ceiling, level)
            self.identity = replace(self.identity, level=permits.lower(self.identity.level, level))

    def subscribe(self, hear: Callable[[Changes], None]) -> None:
        """Call `hear` with the changes of every write from now on."""
        self._subscribers.append(hear)

    def sweep(self) -> None:
        """Empty the write-ahead log into the file, so that the file alone is whole."""
        with self._lock:
            self._database.sweep()

    def file_findings(self) -> list[tuple[str, str]]:
        """What is wrong with the file itself: (code, where), empty when it is whole."""
        with self._lock:
            self.sweep()
            return self._database.findings()

    def copy_to(self, target: Path) -> None:
        """A verified, encrypted copy under the same key. Raises StoreError(copy_failed), leaving nothing half-made."""
        with self._lock:
            _copy_verified(self._database, target, self.key)

    def _plant(self) -> None:
        """Write the shipped reference data, once for each version, under a fixed author: the same on every store."""
        from app.specs import seeds

        with self.read() as reader:
            if reader.meta("seed_version", 0) >= seeds.SEED_VERSION:
                return

        def plant(writer: Writer) -> None:
            seeder = SeedWriter(writer)
            for record, row, values in seeds.seed_rows():
                seeder.put(record, values, row)
            seeder.hand_back(seeds.SEED_VERSION)

        self.write(plant)


_SEED_WALL = "2026-11-01T00:00:00Z"


class SeedWriter(Writer):
    """Writes reference data as the program's maker, with numbers and times that are the same everywhere."""

    def __init__(self, outer: Writer) -> None:
        super().__init__(outer.connection, Identity(SEED_STORE, "seed"), outer.step)
        self._outer = outer
        self.seq = outer.meta("seed_seq", 0)
        self.lamport = 0
        self.changes = outer.changes

    def put(self, record: str, values: Mapping[str, Any], row: str | None = None) -> str:
        """Bring a shipped row up to date, but for what people wrote of it: their fields and their deletion stay."""
        if row is not None and (ops := self.ops_of(row)):
            state = fold(RECORDS[record], ops)
            if state.deleted:
                return row
            theirs = {
                key.partition("/")[0].partition(".")[0]
                for key, live in state.live.items()
                if live[0].store != SEED_STORE
            }
            values = {name: value for name, value in values.items() if name not in theirs}
        return super().put(record, values, row)

    def _next_op(self, record: str, row: str, fields: Any, replaced: Any, note: str = "") -> Any:
        self.lamport, self._last_wall = 0, ""
        return super()._next_op(record, row, fields, replaced, note)

    def _stamp(self) -> str:
        return _SEED_WALL

    def hand_back(self, version: int) -> None:
        """Continue the outer writer where this one ended."""
        self.set_meta("seed_seq", self.seq)
        self.set_meta("seed_version", version)
        self._outer.arr, self._outer.digest = self.arr, self.digest
        self._outer.lamport = max(self._outer.lamport, 1)


def _identity(reader: Reader, ceiling: str = permits.ADMINISTRATOR) -> Identity:
    user = reader.meta("user", {"id": "", "name": ""})
    sites = tuple(reader.meta("sites", []))
    return Identity(
        reader.meta("store_id", ""),
        user["id"],
        sites[0] if sites else None,
        sites,
        role := reader.meta("role", "office"),
        permits.lower(permits.level_of(role, reader.meta("level")), ceiling),
    )


def _mark(folder: Path) -> Path:
    """Leave a mark that the file is open: found by the next opening, it tells that this one was killed."""
    path = folder / OPEN_MARK
    with suppress(OSError):
        path.touch()
    return path


def _unmark(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _note_lost(w: Writer) -> None:
    """The write-ahead log of a killed program is gone, perhaps with changes: their numbers are not used again."""
    from app.models import exchange  # needs the store's own modules, and only here

    exchange.take_new_id(w)
    w.set_meta("log_lost", clock.stamp())


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(database: Database) -> None:
    """All missing steps in one transaction; foreign keys are off before it begins and looked at before it ends."""
    with database.links_unwatched(), database.engine.begin() as connection:
        migrations.upgrade(connection)
        if broken_links(connection):
            raise StoreError("migration_failed")


def _bring_up(database: Database, folder: Path, key: bytes) -> Database:
    """An older store in the present form, opened: a copy is brought up, looked at, and only then put in its place.

    Whatever fails or is killed on the way, the store is the old one or the new one, whole; the old one stays beside it
    as `before-….db`. Raises StoreError(copy_failed, disk_full, migration_failed), and the store is as it was.
    """
    former, fresh = folder / f"before-{migrations.HEAD}.db", folder / "upgrade.db"
    copy: Database | None = None
    try:
        _copy_verified(database, former, key)
        _copy_verified(database, fresh, key)
        copy = open_encrypted(fresh, key)
        with copy.engine.begin() as connection:
            before = upgrade.mark(connection)
        _migrate(copy)
        with copy.engine.begin() as connection:
            writer = Writer(connection, _identity(Reader(connection, Identity("", ""))))
            upgrade.show_unknown(writer)
            writer.finish()
            after = upgrade.mark(connection)
        copy.sweep()
        if after != before or copy.findings():
            raise StoreError("migration_failed")
        database.sweep()
    except BaseException as error:
        if copy is not None:
            copy.close()
        for copied in (fresh, former):  # on a full disk they would keep even the old store from being opened
            _drop(copied)
        if isinstance(error, (DatabaseError, database.raw.Error)) and "full" in str(error):
            raise StoreError("disk_full") from error
        raise
    copy.close()
    database.close()
    for beside in ("-wal", "-shm"):  # empty by now; beside another file they would be taken for its own
        (folder / f"{FILE}{beside}").unlink(missing_ok=True)
    machine.replace_file(fresh, folder / FILE)
    return open_encrypted(folder / FILE, key)


def _drop(path: Path) -> None:
    for leftover in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        leftover.unlink(missing_ok=True)


def _copy_verified(database: Database, target: Path, key: bytes) -> None:
    draft = target.with_suffix(".part")
    draft.unlink(missing_ok=True)
    try:
        try:
            database.copy_into(draft)
        except database.raw.Error as error:
            # Not a word of the register can be lost by it: only the copy is not there.
            full = "full" in str(error)
            raise StoreError("disk_full" if full else "copy_failed") from error
        check = open_encrypted(draft, key)
        try:
            if check.findings():
                raise StoreError("copy_failed")
        finally:
            check.close()
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        _drop(draft)


def _told(error: DatabaseError, folder: Path) -> UserError | None:
    """What the file's or the disk's refusal means for a person; None for what is a fault of ours."""
    said = str(error.orig)
    if "malformed" in said or "not a database" in said:
        return StoreError("store_damaged", folder=folder.name)
    if not isinstance(error, OperationalError):
        return None
    if "full" in said:
        return StoreError("disk_full")
    if "readonly" in said:
        return StoreError("store_read_only", folder=folder.name)
    if "disk I/O" in said:
        return StoreError("disk_failing")
    return StoreError("store_unreadable", folder=folder.name, reason=said)


def _remove(folder: Path, whole: bool) -> None:
    for name in (FILE, f"{FILE}-wal", f"{FILE}-shm", "header.a", "header.b"):
        (folder / name).unlink(missing_ok=True)
    if whole and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def site_id(code: str) -> str:
    """The id of a seeded site by its code."""
    return id_of("site", code)
