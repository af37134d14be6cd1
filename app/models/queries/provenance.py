"""Which laptops' data a store holds, and how far; never what they say."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from app.models.tables import BUNDLE_IN, ROSTER
from app.models.writer import Reader


@dataclass(frozen=True)
class Source:
    """One laptop: its name, the ids of its sites, the number and day of the last bundle taken from it (None: none)."""

    name: str
    sites: tuple[str, ...]
    last_no: int | None
    last_received: str | None


def sources(reader: Reader) -> list[Source]:
    """Every laptop that is on the list of this store, by name; bundles that were taken back do not count."""
    received = (
        select(BUNDLE_IN.c.device, func.max(BUNDLE_IN.c.no).label("no"), func.max(BUNDLE_IN.c.received).label("moment"))
        .where(BUNDLE_IN.c.undone.is_(None))
        .group_by(BUNDLE_IN.c.device)
        .subquery()
    )
    query = (
        select(ROSTER.c.name, ROSTER.c.sites, received.c.no, received.c.moment)
        .outerjoin(received, received.c.device == ROSTER.c.device)
        .where(ROSTER.c.role != "office")
        .order_by(ROSTER.c.name)
    )
    return [
        Source(name, tuple(sites or ()), no, moment) for name, sites, no, moment in reader.connection.execute(query)
    ]
