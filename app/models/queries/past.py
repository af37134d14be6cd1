"""Rows as they were at an earlier moment of this store's log; writes nothing."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.models.oplog import Op, fold, read_line
from app.models.tables import OP, RECORD_TABLES
from app.models.writer import Reader
from app.specs.records import RECORDS


def writes_of(reader: Reader, row: str) -> list[tuple[int, Op]]:
    """Every known write of a row with its position in this store's log, in order of arrival."""
    query = select(OP.c.arr, OP.c.id, OP.c.body).where(OP.c.row == row, OP.c.body.is_not(None)).order_by(OP.c.arr)
    return [(arr, read_line(body, bytes(known))) for arr, known, body in reader.connection.execute(query)]


def row_at(reader: Reader, record: str, row: str, position: int) -> dict[str, Any] | None:
    """The row as it was when the log ended at this position; None if it was not there or in the bin."""
    known = [op for arr, op in writes_of(reader, row) if arr <= position]
    if not known:
        return None
    state = fold(RECORDS[record], known)
    return None if state.deleted else {"id": row, **state.values}


def children_at(reader: Reader, record: str, field: str, parent: str, position: int) -> dict[str, dict[str, Any]]:
    """The rows that had this value in a field then, by id; rows that have since been thrown away among them."""
    table = RECORD_TABLES[record]
    ids = reader.connection.execute(select(table.c.id).where(table.c[field] == parent)).scalars().all()
    found = {}
    for row in ids:
        then = row_at(reader, record, row, position)
        if then is not None and then.get(field) == parent:
            found[row] = then
    return found


def signed_before(reader: Reader, activity: str, version: int) -> tuple[int, str | None] | None:
    """Where the version of minutes before this one ended: (position, day of signature); None if there was none.

    That is where it was signed, else where it got its number.
    """
    writes = writes_of(reader, activity)
    begun = [arr for arr, op in writes if op.fields.get("minutes_version") == version]
    if not begun:
        return None
    signed = [
        (arr, op.fields["minutes_signed"]) for arr, op in writes if arr < begun[-1] and op.fields.get("minutes_signed")
    ]
    if signed:
        return signed[-1]
    numbered = [arr for arr, op in writes if arr < begun[-1] and op.fields.get("minutes_version") == version - 1]
    return (numbered[-1], None) if numbered else (begun[-1] - 1, None)
