"""Opens the database: SQLCipher by the recipe that survives power cuts, or any other engine by its address.

The only module that knows the encrypted driver. It never runs a query of the register.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool
from sqlalchemy.util import LRUCache

from app.errors import StoreError

SQLITE_AT_LEAST = (3, 51, 3)
"""Older ones can corrupt the write-ahead log when it is reset."""

_RECIPE: tuple[tuple[str, str, tuple[object, ...]], ...] = (
    ("cipher_memory_security", "ON", ("1", 1)),
    ("locking_mode", "EXCLUSIVE", ("exclusive",)),
    ("journal_mode", "WAL", ("wal",)),
    ("synchronous", "FULL", (2,)),
    ("foreign_keys", "ON", (1,)),
    ("trusted_schema", "OFF", (0,)),
    ("cell_size_check", "ON", (1,)),
    ("mmap_size", "0", (0, None)),
    ("secure_delete", "ON", (1,)),
    ("temp_store", "MEMORY", (2,)),
    ("cache_size", "-20480", (-20480,)),  # 20 MB: every page that falls out is deciphered again
)


_MANY_ROWS = 64
_ROOM_TO_OPEN = 1_000_000
_IDLE_STATEMENTS = 24


@dataclass
class Scratch:
    """The connection's small fixed memory, kept free for statements over many rows.

    With `cipher_memory_security` every other piece of memory is locked and wiped one by one, which costs several times
    what inserting a row does. Each statement that the driver keeps prepared would sit in the fixed memory for good, so
    a few idle statements fill it while others are prepared, and step aside while one runs over many rows.
    """

    raw: Any
    _idle: list[Any] = field(default_factory=list)

    def fill(self) -> None:
        """Keep others out."""
        while len(self._idle) < _IDLE_STATEMENTS:
            idle = self.raw.cursor()
            idle.execute("SELECT 1 UNION ALL SELECT 2").fetchone()  # half done, so it keeps its place
            self._idle.append(idle)

    def clear(self) -> None:
        """Let the idle statements go (VACUUM wants to be the only one running, too)."""
        for idle in self._idle:
            idle.close()
        self._idle.clear()

    @contextmanager
    def free(self) -> Iterator[None]:
        """The fixed memory is there for what runs within the block."""
        self.clear()
        try:
            yield
        finally:
            self.fill()


@dataclass(frozen=True)
class Database:
    """An engine and the driver's own connection under it (for integrity checks, copies and closing)."""

    engine: Engine
    raw: Any
    scratch: Scratch

    def close(self) -> None:
        """Give the file back."""
        self.scratch.clear()
        self.engine.dispose()
        self.raw.close()

    @contextmanager
    def links_unwatched(self, wanted: bool = True) -> Iterator[None]:
        """Foreign keys are not watched in a transaction within the block, which looks at them all before it ends."""
        if not wanted:
            yield
            return
        self.raw.execute("PRAGMA foreign_keys = OFF")
        try:
            yield
        finally:
            self.raw.execute("PRAGMA foreign_keys = ON")

    def sweep(self) -> None:
        """Empty the write-ahead log into the file, so that the file alone is whole."""
        self.raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def copy_into(self, target: Path) -> None:
        """A compact copy of the whole file under the same key, not verified."""
        with self.scratch.free():
            self.raw.execute("VACUUM INTO ?", (str(target),))

    def findings(self) -> list[tuple[str, str]]:
        """What is wrong with the file, page by page: (code, where). The log must have been swept into it before."""
        import sqlcipher3.dbapi2 as driver

        found: list[tuple[str, str]] = []
        try:
            found += [("page_damaged", str(page)) for (page,) in self.raw.execute("PRAGMA cipher_integrity_check")]
            found += [("file_inconsistent", said) for (said,) in self.raw.execute("PRAGMA quick_check") if said != "ok"]
            found += [
                ("foreign_key", f"{table} {row}") for table, row, *_ in self.raw.execute("PRAGMA foreign_key_check")
            ]
        except driver.DatabaseError as error:
            found.append(("file_inconsistent", str(error)))
        return found


def broken_links(connection: Connection) -> list[tuple[str, str]]:
    """(table, row) of rows whose references lead nowhere; none where the database itself never lets one in."""
    if connection.dialect.name != "sqlite":
        return []
    return [(table, str(row)) for table, row, *_ in connection.exec_driver_sql("PRAGMA foreign_key_check").all()]


def open_encrypted(path: Path, key: bytes) -> Database:
    """An engine over the one connection to an encrypted file, which nobody else can open meanwhile.

    Raises StoreError: store_in_use, store_damaged (the key is right, so the file is not), store_unsafe (a setting that
    guards the data did not take).
    """
    import sqlcipher3.dbapi2 as driver

    if driver.sqlite_version_info < SQLITE_AT_LEAST:
        raise StoreError("database_library_too_old", version=driver.sqlite_version)
    connection = driver.connect(
        str(path), isolation_level=None, check_same_thread=False, timeout=2.0, cached_statements=512
    )
    scratch = Scratch(connection)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        scratch.fill()
        _apply_recipe(connection)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.OperationalError as error:
        connection.close()
        if "locked" in str(error):
            raise StoreError("store_in_use", folder=path.parent.name) from error
        if not os.access(path.parent, os.W_OK) or not os.access(path, os.W_OK):
            raise StoreError("store_on_read_only", folder=path.parent.name) from error
        if shutil.disk_usage(path.parent).free < _ROOM_TO_OPEN:
            raise StoreError("store_on_full_disk", folder=path.parent.name) from error
        raise StoreError("store_unreadable", folder=path.parent.name, reason=str(error)) from error
    except driver.DatabaseError as error:
        connection.close()
        raise StoreError("store_damaged", folder=path.parent.name) from error
    except StoreError:
        connection.close()
        raise
    return _database(connection, driver, scratch)


def open_unencrypted_memory() -> Database:
    """An engine over a register in memory, for measurements that must not touch a disk."""
    import sqlcipher3.dbapi2 as driver

    connection = driver.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys = ON")
    return _database(connection, driver, Scratch(connection))


def _apply_recipe(connection: Any) -> None:
    for name, value, _ in _RECIPE:
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
    for name, value, accepted in _RECIPE:
        row = connection.execute(f"PRAGMA {name}").fetchone()
        if (row[0] if row else None) not in accepted:
            raise StoreError("store_unsafe", setting=name, wanted=value)
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise StoreError("store_unsafe", setting="cipher_version", wanted="4")


def _database(connection: Any, driver: Any, scratch: Scratch) -> Database:
    # One dialect for all databases of the process: SQLAlchemy keeps what it has compiled by dialect.
    first = _first_engine(driver)
    pool = StaticPool(lambda: connection)
    # Without `hide_parameters` an error would carry what it was about to write: names and numbers of persons.
    engine = Engine(pool, first.dialect, first.url, hide_parameters=True)
    engine.update_execution_options(compiled_cache=_COMPILED, scratch=scratch)

    @event.listens_for(engine, "begin")
    def _begin(started: Any) -> None:
        # The driver's own transactions do not cover DDL; ours do, and a write takes its lock at once.
        started.exec_driver_sql("BEGIN IMMEDIATE")

    return Database(engine, connection, scratch)


_COMPILED: LRUCache[Any, Any] = LRUCache(1500)


@cache
def _first_engine(driver: Any) -> Engine:
    """An engine over a database in memory, for its dialect, which has seen what the driver can do."""
    engine = create_engine("sqlite://", module=driver, poolclass=StaticPool)

    @event.listens_for(engine, "do_executemany")  # listens to the dialect, so to every database
    def _many(cursor: Any, statement: str, parameters: Sequence[Any], context: Any) -> bool | None:
        scratch = context.execution_options.get("scratch")
        if scratch is None or len(parameters) < _MANY_ROWS:
            return None
        cursor.execute(statement, parameters[0])  # prepared here, outside the memory that the rest is to run in
        with scratch.free():
            cursor.executemany(statement, parameters[1:])
        return True

    engine.connect().close()
    return engine
