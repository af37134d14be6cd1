"""Opens the database: SQLCipher by the recipe that survives power cuts, or any other engine by its address.

The only module that knows the encrypted driver. It never runs a query of the register.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import StaticPool

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
    ("cache_size", "-65536", (-65536,)),  # 64 MB: every page that falls out is deciphered again
)


@dataclass(frozen=True)
class Database:
    """An engine and the driver's own connection under it (for integrity checks, copies and closing)."""

    engine: Engine
    raw: Any

    def close(self) -> None:
        """Give the file back."""
        self.engine.dispose()
        self.raw.close()

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
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        _apply_recipe(connection)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.OperationalError as error:
        connection.close()
        if "locked" in str(error):
            raise StoreError("store_in_use", folder=path.parent.name) from error
        raise StoreError("store_unreadable", folder=path.parent.name, reason=str(error)) from error
    except driver.DatabaseError as error:
        connection.close()
        raise StoreError("store_damaged", folder=path.parent.name) from error
    except StoreError:
        connection.close()
        raise
    return _database(connection, driver)


def open_unencrypted_memory() -> Database:
    """An engine over a register in memory, for measurements that must not touch a disk."""
    import sqlcipher3.dbapi2 as driver

    connection = driver.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys = ON")
    return _database(connection, driver)


def _apply_recipe(connection: Any) -> None:
    for name, value, _ in _RECIPE:
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
    for name, value, accepted in _RECIPE:
        row = connection.execute(f"PRAGMA {name}").fetchone()
        if (row[0] if row else None) not in accepted:
            raise StoreError("store_unsafe", setting=name, wanted=value)
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise StoreError("store_unsafe", setting="cipher_version", wanted="4")


def _database(connection: Any, driver: Any) -> Database:
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool, module=driver)

    @event.listens_for(engine, "begin")
    def _begin(started: Any) -> None:
        # The driver's own transactions do not cover DDL; ours do, and a write takes its lock at once.
        started.exec_driver_sql("BEGIN IMMEDIATE")

    return Database(engine, connection)
