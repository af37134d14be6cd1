"""The titles of all live rows of a type, for lists to choose from and for Ctrl+K; reads no other column."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from app.models.tables import OP, RECORD_TABLES
from app.models.writer import Reader
from app.specs.records import RECORDS

_HELPFUL = ("code", "start", "date", "place", "site", "short_name", "former_names", "type")


def titles(reader: Reader, record: str) -> list[dict[str, Any]]:
    """One dict a row with `id`, the title fields (in every language) and what helps to tell namesakes apart."""
    table = RECORD_TABLES[record]
    wanted = ["id"]
    for name in RECORDS[record].title:
        wanted += [column for column in (name, f"{name}_en", f"{name}_az", f"{name}_ru") if column in table.c]
    wanted += [name for name in _HELPFUL if name in table.c and name not in wanted]
    query = select(*(table.c[name] for name in wanted)).where(table.c.deleted.is_(False))
    return reader.rows(query)


def names_of(reader: Reader, record: str, ids: set[str]) -> dict[str, dict[str, Any]]:
    """The title fields of these rows by id, those in the bin too."""
    table = RECORD_TABLES[record]
    found: dict[str, dict[str, Any]] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), 400):
        chunk = wanted[start : start + 400]
        for row in reader.rows(select(table).where(table.c.id.in_(chunk))):
            found[row["id"]] = row
    return found


def written_since(reader: Reader, position: int) -> tuple[int, set[str]]:
    """Where the log ends now, and the record types that were written to after a position in it."""
    last = int(reader.connection.execute(select(func.coalesce(func.max(OP.c.arr), 0))).scalar_one())
    if last == position:
        return last, set()
    touched = select(OP.c.record).where(OP.c.arr > position).distinct()
    return last, set(reader.connection.execute(touched).scalars())
