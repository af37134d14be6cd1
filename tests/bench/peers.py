"""Others that carry changes from one database file to another, on the rows of the exchange bench: SQLite's session
extension (`apsw`), `pygeodiff`, and the naive way, JSON lines with upserts. None of them merges, signs or encrypts.

All work on plain files with the same tables, columns and indexes, without links. CPU seconds; a peer that is not
installed (`pip install apsw pygeodiff`) or fails is told as such.
"""

from __future__ import annotations

import importlib
import json
import shutil
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import zstandard

from app.models.engine import Database
from app.models.tables import RECORD_TABLES

Figures = dict[str, Any]


def _cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    before = time.process_time()
    value = work()
    return time.process_time() - before, value


def copy_plain(database: Database, records: Sequence[str], target: Path) -> None:
    """These record tables of an open encrypted file, written as a plain one."""
    target.unlink(missing_ok=True)
    raw = database.raw
    raw.execute("ATTACH DATABASE ? AS plain KEY ''", (str(target),))
    for name in records:
        for statement in _schema(name, "plain."):
            raw.execute(statement)
        raw.execute(f"INSERT INTO plain.{name} SELECT * FROM main.{name}")
    raw.execute("DETACH DATABASE plain")


def _schema(name: str, prefix: str = "") -> list[str]:
    """The table as the program has it, its indexes, and no links."""
    table = RECORD_TABLES[name]
    columns = ", ".join(
        f'"{column.name}" {column.type.compile()}' + (" PRIMARY KEY NOT NULL" if column.primary_key else "")
        for column in table.columns
    )
    indexes = [
        f'CREATE INDEX {prefix}"{index.name}" ON {name} (' + ", ".join(f'"{c.name}"' for c in index.columns) + ")"
        for index in table.indexes
    ]
    return [f"CREATE TABLE {prefix}{name} ({columns})", *indexes]


def _empty(records: Sequence[str], target: Path) -> Path:
    target.unlink(missing_ok=True)
    with sqlite3.connect(target) as made:
        for name in records:
            for statement in _schema(name):
                made.execute(statement)
    made.close()
    return target


def measure(before: Path | None, after: Path, records: Sequence[str], folder: Path) -> dict[str, Figures]:
    """What it costs each to bring `before` (None: empty tables) to `after`: writing, receiving, bytes under zstd."""
    start = before or _empty(records, folder / "peer-empty.db")
    found: dict[str, Figures] = {"floor, plain": _floor(start, after, records, folder)}
    for name, peer in (("naive", _naive), ("session", _session), ("geodiff", _geodiff)):
        try:
            found[name] = peer(start, after, records, folder)
        except ImportError as error:
            found[name] = {"not_installed": error.name}
        except Exception as error:  # a peer's failure is a finding of the bench
            found[name] = {"failed": f"{type(error).__name__}: {error}"[:200]}
    return found


def _fresh(path: Path, target: Path) -> Path:
    for end in ("", "-wal", "-journal"):
        target.with_name(target.name + end).unlink(missing_ok=True)
    return Path(shutil.copyfile(path, target))


def _news(raw: Any, records: Sequence[str]) -> list[tuple[str, list[Any]]]:
    """(record, rows) that are in `after` and not, or not so, in `main`."""
    different = "SELECT * FROM after.{0} EXCEPT SELECT * FROM main.{0}"
    return [(name, raw.execute(different.format(name)).fetchall()) for name in records]


def _floor(start: Path, after: Path, records: Sequence[str], folder: Path) -> Figures:
    """SQLite alone: read the rows that differ; INSERT … SELECT of them from the attached file."""
    with sqlite3.connect(_fresh(start, folder / "peer-floor.db"), isolation_level=None) as raw:
        raw.execute("ATTACH DATABASE ? AS after", (str(after),))
        raw.execute("CREATE TEMP TABLE news (record TEXT, id TEXT PRIMARY KEY)")
        for name, rows in _news(raw, records):
            raw.executemany("INSERT INTO news VALUES (?, ?)", [(name, row[0]) for row in rows])
        chosen = "WHERE id IN (SELECT id FROM temp.news)"
        read, rows = _cpu(lambda: [raw.execute(f"SELECT * FROM after.{n} {chosen}").fetchall() for n in records])
        plain = "\n".join(json.dumps(row, ensure_ascii=False) for some in rows for row in some).encode()

        def receive() -> None:
            raw.execute("BEGIN IMMEDIATE")
            for name in records:
                raw.execute(f"DELETE FROM main.{name} {chosen}")
                raw.execute(f"INSERT INTO main.{name} SELECT * FROM after.{name} {chosen}")
            raw.execute("COMMIT")

        received, _ = _cpu(receive)
    return _figures(read, received, plain)


def _figures(write: float, receive: float, plain: bytes) -> Figures:
    return {"write": round(write, 3), "receive": round(receive, 3), "zstd_bytes": len(zstandard.compress(plain, 3))}


def _naive(start: Path, after: Path, records: Sequence[str], folder: Path) -> Figures:
    """The rows that differ as JSON lines; an upsert for each."""
    with sqlite3.connect(_fresh(start, folder / "peer-naive.db"), isolation_level=None) as raw:
        raw.execute("ATTACH DATABASE ? AS after", (str(after),))
        chosen = _news(raw, records)

        def write() -> bytes:
            return "\n".join(
                json.dumps([name, *row], ensure_ascii=False) for name, rows in chosen for row in rows
            ).encode()

        def receive(data: bytes) -> None:
            raw.execute("BEGIN IMMEDIATE")
            for line in data.decode().split("\n"):
                name, *row = json.loads(line)
                raw.execute(_upsert(name, len(row)), row)
            raw.execute("COMMIT")

        wrote, data = _cpu(write)
        received, _ = _cpu(lambda: receive(data))
    return _figures(wrote, received, data)


_UPSERTS: dict[str, str] = {}


def _upsert(name: str, count: int) -> str:
    if name not in _UPSERTS:
        columns = [column.name for column in RECORD_TABLES[name].columns]
        changes = ", ".join(f'"{column}" = excluded."{column}"' for column in columns if column != "id")
        holes = ", ".join("?" * count)
        _UPSERTS[name] = f"INSERT INTO {name} VALUES ({holes}) ON CONFLICT (id) DO UPDATE SET {changes}"
    return _UPSERTS[name]


def _session(start: Path, after: Path, records: Sequence[str], folder: Path) -> Figures:
    """The session extension: what it notes while the rows are written, and applying that elsewhere."""
    apsw = importlib.import_module("apsw")
    source = apsw.Connection(str(_fresh(start, folder / "peer-session-1.db")))
    source.execute("ATTACH DATABASE ? AS after", (str(after),))
    chosen = _news(source, records)

    def change() -> None:
        with source:
            for name, rows in chosen:
                source.executemany(_upsert(name, len(RECORD_TABLES[name].columns)), rows)

    session = apsw.Session(source, "main")
    for name in records:
        session.attach(name)

    def write() -> bytes:
        change()
        return bytes(session.changeset())

    wrote, data = _cpu(write)
    plain = apsw.Connection(str(_fresh(start, folder / "peer-session-3.db")))
    plain.execute("ATTACH DATABASE ? AS after", (str(after),))
    with plain:
        bare, _ = _cpu(lambda: [plain.executemany(_upsert(n, len(RECORD_TABLES[n].columns)), r) for n, r in chosen])
    target = apsw.Connection(str(_fresh(start, folder / "peer-session-2.db")))
    received, _ = _cpu(lambda: apsw.Changeset.apply(data, target))
    for connection in (source, plain, target):
        connection.close()
    return _figures(max(0.0, wrote - bare), received, data)


def _geodiff(start: Path, after: Path, _records: Sequence[str], folder: Path) -> Figures:
    geodiff = importlib.import_module("pygeodiff").GeoDiff()
    target, changes = _fresh(start, folder / "peer-geodiff.db"), folder / "peer-geodiff.diff"
    changes.unlink(missing_ok=True)
    wrote, _ = _cpu(lambda: geodiff.create_changeset(str(start), str(after), str(changes)))
    received, _ = _cpu(lambda: geodiff.apply_changeset(str(target), str(changes)))
    return _figures(wrote, received, changes.read_bytes())
