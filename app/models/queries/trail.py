"""What stands in the chained log of this store; adds nothing to it and checks nothing."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.models.tables import AUDIT
from app.models.writer import Reader


def entries(reader: Reader, action: str, limit: int) -> list[dict[str, Any]]:
    """The latest entries of an action, newest first."""
    query = select(AUDIT).where(AUDIT.c.action == action).order_by(AUDIT.c.no.desc()).limit(limit)
    return [dict(entry) for entry in reader.connection.execute(query).mappings()]
