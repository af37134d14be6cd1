"""The content of a stored picture or scan by its attachment; never decodes it."""

from __future__ import annotations

from sqlalchemy import select

from app.models.tables import BLOB
from app.models.writer import Reader


def picture(reader: Reader, attachment: str) -> bytes | None:
    """The bytes of an attachment (its id); None where it is not there, was thrown away, or its content is not here."""
    row = reader.get("attachment", attachment)
    if row is None:
        return None
    content = reader.connection.execute(select(BLOB.c.content).where(BLOB.c.sha256 == row["sha256"])).scalar()
    return None if content is None else bytes(content)
