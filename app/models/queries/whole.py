"""Every live row of a record type, one after the other, for what takes the whole register along; keeps none of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from app.models.tables import ERASED, RECORD_TABLES
from app.models.writer import Reader


def stream(reader: Reader, record: str) -> Iterator[dict[str, Any]]:
    """The live rows of a record type by id, without ever holding all of them."""
    table = RECORD_TABLES[record]
    query = select(table).where(table.c.deleted.is_(False)).order_by(table.c.id)
    result = reader.connection.execution_options(yield_per=1000).execute(query)
    for row in result.mappings():
        yield dict(row)


def erased(reader: Reader) -> set[str]:
    """The ids of rows whose personal data the office has had erased."""
    return set(reader.connection.execute(select(ERASED.c.row)).scalars())
