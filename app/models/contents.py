"""Drops the contents of attachments that no row here names any more; a row in the bin still names its own."""

from __future__ import annotations

from sqlalchemy import delete, select

from app.models.tables import BLOB, RECORD_TABLES
from app.models.writer import Writer


def drop_unnamed(w: Writer) -> int:
    """Called where rows have left or were erased; gives how many contents went. One that a late row names is asked for
    again, as any that has not come."""
    named = select(RECORD_TABLES["attachment"].c.sha256).where(RECORD_TABLES["attachment"].c.sha256.is_not(None))
    return w.connection.execute(delete(BLOB).where(BLOB.c.sha256.not_in(named))).rowcount
