"""Activities as lists and calendars show them: only the columns that are seen, with how many came; writes nothing."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import and_, func, or_, select

from app.models.tables import RECORD_TABLES
from app.models.writer import Reader
from app.specs.kind import Kind, records_of
from app.specs.records import RECORDS
from app.specs.types import Reference

_ACTIVITY, _PARTICIPATION = RECORD_TABLES["activity"], RECORD_TABLES["participation"]
_TALLY, _SITE = RECORD_TABLES["tally"], RECORD_TABLES["site"]
_COLUMNS = (
    "id", "kind", "title_en", "title_az", "title_ru", "site", "start", "end", "status", "place", "plan_line",
    "field_of_work", "group",
)  # fmt: skip

Row = dict[str, Any]


def listed(
    reader: Reader, since: str | None = None, until: str | None = None, sites: Collection[str] | None = None
) -> list[Row]:
    """The live activities that touch a period, by their beginning, the newest first.

    Each has its `site_name_…` in three languages, `people` (participants who attended; None where there is no list) and
    `heads` (counted at the doors; None where nothing was counted). The two are never added.
    """
    attended = (
        select(_PARTICIPATION.c.activity, func.count().label("n"))
        .where(_PARTICIPATION.c.deleted.is_(False), _PARTICIPATION.c.state == "attended")
        .group_by(_PARTICIPATION.c.activity)
        .subquery()
    )
    counted = (
        select(_TALLY.c.activity, func.sum(_TALLY.c.delta).label("n"))
        .where(_TALLY.c.deleted.is_(False), or_(_TALLY.c.type.is_(None), _TALLY.c.type == "counted"))
        .group_by(_TALLY.c.activity)
        .subquery()
    )
    query = (
        select(
            *(_ACTIVITY.c[name] for name in _COLUMNS),
            *(_SITE.c[f"name_{language}"].label(f"site_name_{language}") for language in ("en", "az", "ru")),
            attended.c.n.label("people"),
            counted.c.n.label("heads"),
        )
        .outerjoin(_SITE, _ACTIVITY.c.site == _SITE.c.id)
        .outerjoin(attended, attended.c.activity == _ACTIVITY.c.id)
        .outerjoin(counted, counted.c.activity == _ACTIVITY.c.id)
        .where(_ACTIVITY.c.deleted.is_(False))
        .order_by(_ACTIVITY.c.start.desc(), _ACTIVITY.c.id)
    )
    if until is not None:
        query = query.where(_ACTIVITY.c.start <= until)
    if since is not None:
        query = query.where(func.coalesce(_ACTIVITY.c.end, _ACTIVITY.c.start) >= since)
    if sites is not None:
        query = query.where(_ACTIVITY.c.site.in_(sites))
    return reader.rows(query)


def facet_counts(reader: Reader, activity: str, kind: Kind) -> dict[str, int]:
    """How many rows each part of an activity has: record type → count, for the parts that name the activity."""
    counts = {}
    for record in linked_records(kind):
        table = RECORD_TABLES[record]
        query = select(func.count()).where(and_(table.c.deleted.is_(False), table.c.activity == activity))
        counts[record] = int(reader.connection.execute(query).scalar_one())
    return counts


def linked_records(kind: Kind) -> list[str]:
    """The record types of a kind's facets whose rows name the activity itself, in the order of the facets."""
    return [record for record in records_of(kind) if "activity" in RECORDS[record].by_name]


def children_of(record: str) -> list[str]:
    """The record types whose rows belong to one of this type (results to a competition, answers to a question)."""
    found = []
    for spec in RECORDS.values():
        parent = spec.by_name.get(spec.parent)
        if parent is not None and isinstance(parent.type, Reference) and parent.type.record == record:
            found.append(spec.name)
    return found


def plan_choices(reader: Reader) -> list[Row]:
    """The plan lines that have a kind and are not finished, for choosing what to plan, by their codes."""
    lines = [line for line in reader.list("plan_line") if line["kind"] and line["status"] not in ("done", "dropped")]
    return sorted(lines, key=lambda line: (line["code"] or "~", line["id"]))
