"""What the office looks at before it trusts numbers: completeness by site, values that cannot be; changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, case, distinct, func, or_, select

from app.models.tables import RECORD_TABLES
from app.models.writer import Reader
from app.specs import wording

_PERSON = RECORD_TABLES["person"]
_ACTIVITY = RECORD_TABLES["activity"]
_PARTICIPATION = RECORD_TABLES["participation"]
_ATTENDANCE = RECORD_TABLES["attendance"]
_SESSION = RECORD_TABLES["session"]
_HEADCOUNT = RECORD_TABLES["headcount"]
_ATTACHMENT = RECORD_TABLES["attachment"]
_THERE = ("present", "late", "left_early")
_OPEN = ("planned", "confirmed")
YOUNGEST, OLDEST = 6, 100
"""Ages at which people take part in anything; a birth year outside of it is mistyped."""
MOST = 3000
"""How many findings are named; the numbers by site count all."""


@dataclass(frozen=True)
class Finding:
    """One thing that is missing or cannot be. `kind`: sex_missing, no_sheet, nobody_marked, unfinished, two_places,
    sum_differs, signature_differs, hours_too_many, day_outside, age_impossible; `params` fill its words, days ISO."""

    kind: str
    record: str
    row: str
    title: str
    site: str | None
    day: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SiteQuality:
    """How complete a site's records are: people and those without sex or unit, events held, with sheet, with marks."""

    site: str | None
    people: int = 0
    sex_missing: int = 0
    unit_missing: int = 0
    held: int = 0
    listed: int = 0
    no_sheet: int = 0
    nobody_marked: int = 0
    unfinished: int = 0


@dataclass(frozen=True)
class Quality:
    """By site, and what was found, the impossible before the merely missing; at most MOST of it is named."""

    sites: list[SiteQuality]
    findings: list[Finding]


def quality(r: Reader, today: str) -> Quality:
    """The board of quality over everything that is here; `today` is an ISO day."""
    counts: dict[str | None, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in r.rows(_people()):
        counts[row.pop("owner_site")].update(row)
    events = r.rows(
        select(_ACTIVITY.c.id, _ACTIVITY.c.site, _ACTIVITY.c.status, _ACTIVITY.c.start, _ACTIVITY.c.end, *_titles())
        .where(_ACTIVITY.c.deleted.is_(False))
        .order_by(_ACTIVITY.c.start.desc(), _ACTIVITY.c.id)
    )
    lacking = list(_lacking(r, events, counts, today))
    impossible = [*_two_places(r), *_sums(r, events), *_signatures(r, events), *_mistyped(r)]
    nameless = select(_PERSON.c.id, _PERSON.c.surname, _PERSON.c.given, _PERSON.c.patronymic, _PERSON.c.owner_site)
    for row in r.rows(nameless.where(_one_self(), _PERSON.c.sex.is_(None)).order_by(_PERSON.c.surname).limit(MOST)):
        lacking.append(Finding("sex_missing", "person", row["id"], _name(row), row["owner_site"], ""))
    return Quality([SiteQuality(site, **told) for site, told in counts.items()], [*impossible, *lacking][:MOST])


def _people() -> Any:
    missing = {"sex_missing": _PERSON.c.sex, "unit_missing": _PERSON.c.unit}
    told = [func.sum(case((column.is_(None), 1), else_=0)).label(name) for name, column in missing.items()]
    return (
        select(_PERSON.c.owner_site, func.count().label("people"), *told).where(_one_self())
        .group_by(_PERSON.c.owner_site)
    )  # fmt: skip


def _one_self() -> ColumnElement[bool]:
    return and_(_PERSON.c.deleted.is_(False), _PERSON.c.merged_into.is_(None))


def _lacking(
    r: Reader, events: list[dict[str, Any]], counts: dict[str | None, dict[str, int]], today: str
) -> Iterator[Finding]:
    lists = select(
        _PARTICIPATION.c.activity, func.max(case((_PARTICIPATION.c.state == "attended", 1), else_=0))
    ).where(_PARTICIPATION.c.deleted.is_(False)).group_by(_PARTICIPATION.c.activity)  # fmt: skip
    marked = {row[0]: bool(row[1]) for row in r.connection.execute(lists)}
    papered = _papered(r)
    for row in events:
        here = counts[row["site"]]
        found = []
        if row["status"] == "held":
            here["held"] += 1
            if row["id"] in marked:
                here["listed"] += 1
                found += ["no_sheet"] if row["id"] not in papered else []
                found += ["nobody_marked"] if not marked[row["id"]] else []
        elif row["status"] in _OPEN and (row["end"] or row["start"]) < today:
            found.append("unfinished")
        for kind in found:
            here[kind] += 1
            yield _about(kind, row)


def _papered(r: Reader) -> set[str]:
    sheets = select(_ATTACHMENT.c.linked_id).where(
        _ATTACHMENT.c.deleted.is_(False),
        _ATTACHMENT.c.linked_record == "activity",
        or_(_ATTACHMENT.c.purpose == "sign_in_sheet", _ATTACHMENT.c.page_code.is_not(None)),
    )
    return set(r.connection.execute(sheets).scalars())


def _there() -> Any:
    """Everybody's marks of having been there, with the person they stand for, the day and the event."""
    who = func.coalesce(_PERSON.c.merged_into, _PERSON.c.id).label("person")
    return (
        select(who, _SESSION.c.date, _ACTIVITY.c.site, _ACTIVITY.c.id.label("activity"))
        .select_from(_ATTENDANCE)
        .join(_SESSION, _SESSION.c.id == _ATTENDANCE.c.session)
        .join(_PARTICIPATION, _PARTICIPATION.c.id == _ATTENDANCE.c.participation)
        .join(_ACTIVITY, _ACTIVITY.c.id == _SESSION.c.activity)
        .join(_PERSON, _PERSON.c.id == _PARTICIPATION.c.person)
        .where(
            *(table.c.deleted.is_(False) for table in (_ATTENDANCE, _SESSION, _PARTICIPATION, _ACTIVITY)),
            _ATTENDANCE.c.state.in_(_THERE),
        )
    )


def _two_places(r: Reader) -> Iterator[Finding]:
    """Who is marked present at events of two sites on one day."""
    marks = _there().subquery()
    sites = func.count(distinct(marks.c.site))
    twice = select(marks.c.person, marks.c.date, func.min(marks.c.site), func.max(marks.c.site)).group_by(
        marks.c.person, marks.c.date
    )
    for person, day, one, other in r.connection.execute(twice.having(sites > 1).order_by(marks.c.date.desc())):
        row = r.get("person", person) or {}
        places = [wording.title_word("site", r.get("site", site, deleted=True) or {}) for site in (one, other)]
        about = {"one": places[0], "other": places[1]}
        yield Finding("two_places", "person", person, _name(row), row.get("owner_site"), day, about)


def _sums(r: Reader, events: list[dict[str, Any]]) -> Iterator[Finding]:
    """Headcounts taken from the sign-in sheets that differ from who is marked as having been there."""
    attended: dict[str, int] = dict(
        r.connection.execute(
            select(_PARTICIPATION.c.activity, func.sum(case((_PARTICIPATION.c.state == "attended", 1), else_=0)))
            .where(_PARTICIPATION.c.deleted.is_(False))
            .group_by(_PARTICIPATION.c.activity)
        ).all()
    )
    figures = select(_HEADCOUNT.c.activity, _HEADCOUNT.c.figure).where(
        _HEADCOUNT.c.deleted.is_(False), _HEADCOUNT.c.method == "sign_in_sheets", _HEADCOUNT.c.audience.is_(None)
    )
    about = {row["id"]: row for row in events}
    for activity, figure in r.connection.execute(figures):
        typed = attended.get(activity)
        if activity in about and typed is not None and figure != typed:  # without a list nothing was to be typed
            yield _about("sum_differs", about[activity], figure=figure, typed=typed)


def _signatures(r: Reader, events: list[dict[str, Any]]) -> Iterator[Finding]:
    """Events whose signatures were looked at, and where a mark and a signature say different things."""
    there = _ATTENDANCE.c.state.in_(_THERE)
    differs = case((or_(and_(there, _ATTENDANCE.c.signed.is_(False)), and_(~there, _ATTENDANCE.c.signed.is_(True))), 1),
                   else_=0)  # fmt: skip
    query = (
        select(_SESSION.c.activity, func.sum(differs))
        .join(_SESSION, _SESSION.c.id == _ATTENDANCE.c.session)
        .where(_ATTENDANCE.c.deleted.is_(False), _SESSION.c.deleted.is_(False))
        .group_by(_SESSION.c.activity)
        .having(func.sum(differs) > 0)
    )
    about = {row["id"]: row for row in events}
    for activity, n in r.connection.execute(query):
        if activity in about:
            yield _about("signature_differs", about[activity], n=n)


def _mistyped(r: Reader) -> Iterator[Finding]:
    """More hours than the session had, sessions outside the days of their event, ages nobody has."""
    columns = (_ACTIVITY.c.id, _ACTIVITY.c.site, _ACTIVITY.c.start, _ACTIVITY.c.end, *_titles())
    hours = (
        select(*columns, func.count().label("n"))
        .select_from(_ATTENDANCE)
        .join(_SESSION, _SESSION.c.id == _ATTENDANCE.c.session)
        .join(_ACTIVITY, _ACTIVITY.c.id == _SESSION.c.activity)
        .where(_ATTENDANCE.c.deleted.is_(False), _ACTIVITY.c.deleted.is_(False))
        .where(_ATTENDANCE.c.hours > _SESSION.c.hours)
        .group_by(*columns)
    )
    for row in r.rows(hours):
        yield _about("hours_too_many", row, n=row["n"])
    outside = (
        select(*columns, _SESSION.c.date)
        .join(_ACTIVITY, _ACTIVITY.c.id == _SESSION.c.activity)
        .where(_SESSION.c.deleted.is_(False), _ACTIVITY.c.deleted.is_(False))
        .where(
            or_(
                _SESSION.c.date < _ACTIVITY.c.start,
                _SESSION.c.date > func.coalesce(_ACTIVITY.c.end, _ACTIVITY.c.start),
            )
        )
    )
    for row in r.rows(outside):
        yield _about("day_outside", row, date=row["date"])
    year = func.substr(func.min(_ACTIVITY.c.start), 1, 4)
    who = (_PERSON.c.id, _PERSON.c.surname, _PERSON.c.given, _PERSON.c.patronymic, _PERSON.c.owner_site,
           _PERSON.c.birth_year)  # fmt: skip
    first = (
        select(*who, year.label("year"))
        .join(_PARTICIPATION, _PARTICIPATION.c.person == _PERSON.c.id)
        .join(_ACTIVITY, _ACTIVITY.c.id == _PARTICIPATION.c.activity)
        .where(_one_self(), _PERSON.c.birth_year.is_not(None), _PARTICIPATION.c.deleted.is_(False))
        .group_by(*who)
    )
    for row in r.rows(first):
        age = int(row["year"] or 0) - row["birth_year"]
        if row["year"] and not YOUNGEST <= age <= OLDEST:
            about = {"year": row["birth_year"], "age": age}
            yield Finding("age_impossible", "person", row["id"], _name(row), row["owner_site"], "", about)


def _titles() -> tuple[Any, ...]:
    return (_ACTIVITY.c.title_en, _ACTIVITY.c.title_az, _ACTIVITY.c.title_ru)


def _about(kind: str, row: Mapping[str, Any], **params: Any) -> Finding:
    title = wording.title_word("activity", row) or row["id"]
    return Finding(kind, "activity", row["id"], title, row["site"], row["start"], params)


def _name(row: Mapping[str, Any]) -> str:
    return wording.title_word("person", row) or str(row.get("id", ""))
