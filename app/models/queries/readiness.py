"""What a coordinator would want to put right before sending; writes nothing and forbids nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.models import exchange
from app.models.tables import RECORD_TABLES
from app.models.writer import Reader

_OPEN = ("planned", "confirmed")
_COLUMNS = ("id", "kind", "title_en", "title_az", "title_ru", "start", "end", "status", "site")


@dataclass(frozen=True)
class Readiness:
    """Rows that are not finished: persons without a sex, held activities without a scanned sheet or without anybody
    marked, and those whose day is over while they still stand as planned."""

    sex_missing: list[dict[str, Any]] = field(default_factory=list)
    no_sheet: list[dict[str, Any]] = field(default_factory=list)
    nobody_marked: list[dict[str, Any]] = field(default_factory=list)
    unfinished: list[dict[str, Any]] = field(default_factory=list)

    @property
    def ready(self) -> bool:
        """Whether nothing was found."""
        return not (self.sex_missing or self.no_sheet or self.nobody_marked or self.unfinished)


def before_sending(r: Reader, after: int, day: str) -> Readiness:
    """What is unfinished among the rows written after a position of the log, at our own sites; `day` is today."""
    touched = exchange.rows_touched_after(r, after)
    person, activity = RECORD_TABLES["person"], RECORD_TABLES["activity"]
    participation, attachment = RECORD_TABLES["participation"], RECORD_TABLES["attachment"]
    sites = list(r.identity.sites)
    nameless = select(person.c.id, person.c.surname, person.c.given).where(
        person.c.deleted.is_(False), person.c.sex.is_(None), person.c.merged_into.is_(None)
    )
    events = select(*(activity.c[name] for name in _COLUMNS)).where(activity.c.deleted.is_(False))
    if sites:
        nameless = nameless.where(person.c.owner_site.in_(sites))
        events = events.where(activity.c.owner_site.in_(sites))
    people = [row for row in r.rows(nameless.order_by(person.c.surname, person.c.id)) if row["id"] in touched]
    rows = r.rows(events.order_by(activity.c.start, activity.c.id))
    lists = select(participation.c.activity, participation.c.state).where(participation.c.deleted.is_(False))
    marked: dict[str, bool] = {}
    moved: set[str] = set()
    for name, state, row in r.connection.execute(lists.add_columns(participation.c.id)):
        marked[name] = marked.get(name, False) or state == "attended"
        if row in touched:
            moved.add(name)
    sheets = select(attachment.c.linked_id).where(
        attachment.c.deleted.is_(False),
        attachment.c.linked_record == "activity",
        (attachment.c.purpose == "sign_in_sheet") | attachment.c.page_code.is_not(None),
    )
    papered = set(r.connection.execute(sheets).scalars())
    held = [row for row in rows if row["status"] == "held" and (row["id"] in touched or row["id"] in moved)]
    return Readiness(
        people,
        [row for row in held if row["id"] in marked and row["id"] not in papered],
        [row for row in held if row["id"] in marked and not marked[row["id"]]],
        [row for row in rows if row["status"] in _OPEN and (row["end"] or row["start"]) < day],
    )
