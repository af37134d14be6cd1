"""What one register has written that another copy of it has not; compares two logs and reads no values."""

from __future__ import annotations

from sqlalchemy import select

from app.models.exchange import digest_at
from app.models.tables import OP
from app.models.writer import Reader


def writes_beyond(present: Reader, copy: Reader) -> list[tuple[str, str]]:
    """(record, row) of each write of `present` that `copy` does not have, in order."""
    end, digest = copy.position()
    query = select(OP.c.id, OP.c.record, OP.c.row).order_by(OP.c.arr)
    if end and digest_at(present, end) == digest:  # the copy is the beginning of the present one
        rows = present.connection.execute(query.where(OP.c.arr > end))
        return [(record, row) for _, record, row in rows]
    known = {bytes(one) for one in copy.connection.execute(select(OP.c.id)).scalars()}
    return [(record, row) for one, record, row in present.connection.execute(query) if bytes(one) not in known]
