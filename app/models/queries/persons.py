"""Persons for comparing and for their page: narrow rows of all, and everything that speaks of one; writes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from app.models.tables import RECORD_TABLES
from app.models.writer import Reader

_PERSON = RECORD_TABLES["person"]
_PARTICIPATION = RECORD_TABLES["participation"]
_ATTENDANCE = RECORD_TABLES["attendance"]
_SESSION = RECORD_TABLES["session"]
_ACTIVITY = RECORD_TABLES["activity"]
_MEMBERSHIP = RECORD_TABLES["membership"]
_GROUP = RECORD_TABLES["group"]
_CERTIFICATE = RECORD_TABLES["certificate"]
_POSTING = RECORD_TABLES["posting"]
_CHUNK = 400
_THERE = ("present", "late", "left_early")

_COMPARED = (
    "id", "surname", "given", "patronymic", "suffix", "name_ru", "aliases", "sex", "birth_year", "phone", "email",
    "unit", "rank", "organisation", "service", "owner_site",
)  # fmt: skip
_LISTED = (*_COMPARED, "name_printed", "roles", "expert_fields", "consent", "notice_date", "languages")

Row = dict[str, Any]


def compared(reader: Reader) -> list[Row]:
    """Everybody who stands for themselves, with the columns that tell people apart."""
    return _living(reader, _COMPARED)


def listed(reader: Reader, ids: Iterable[str] | None = None, limit: int = -1) -> list[Row]:
    """Who stands for themselves, with the columns that a list may show: these persons, or the first by surname."""
    if ids is None:
        return _living(reader, _LISTED, limit)
    query = select(*(_PERSON.c[name] for name in _LISTED)).where(_PERSON.c.deleted.is_(False))
    return [row for chunk in _chunks(ids) for row in reader.rows(query.where(_PERSON.c.id.in_(chunk)))]


def experts(reader: Reader) -> list[str]:
    """The ids of those who are experts by their role or by a field of theirs."""
    rows = _living(reader, ("id", "roles", "expert_fields"))
    return [row["id"] for row in rows if row["expert_fields"] or "expert" in (row["roles"] or ())]


def count_living(reader: Reader) -> int:
    """How many stand for themselves."""
    query = select(func.count()).where(_PERSON.c.deleted.is_(False), _PERSON.c.merged_into.is_(None))
    return int(reader.connection.execute(query).scalar_one())


def _living(reader: Reader, columns: tuple[str, ...], limit: int = -1) -> list[Row]:
    query = select(*(_PERSON.c[name] for name in columns))
    query = query.where(_PERSON.c.deleted.is_(False), _PERSON.c.merged_into.is_(None))
    return reader.rows(query.order_by(_PERSON.c.surname).limit(limit) if limit >= 0 else query)


def sessions_signed(reader: Reader, persons: Iterable[str]) -> dict[str, set[str]]:
    """For each person the sessions at which they were present."""
    found: dict[str, set[str]] = defaultdict(set)
    for chunk in _chunks(persons):
        query = (
            select(_PARTICIPATION.c.person, _ATTENDANCE.c.session)
            .join(_ATTENDANCE, _ATTENDANCE.c.participation == _PARTICIPATION.c.id)
            .where(
                _PARTICIPATION.c.person.in_(chunk),
                _PARTICIPATION.c.deleted.is_(False),
                _ATTENDANCE.c.deleted.is_(False),
                _ATTENDANCE.c.state.in_(_THERE),
            )
        )
        for row in reader.rows(query):
            found[row["person"]].add(row["session"])
    return found


def activities_attended(reader: Reader, persons: Iterable[str]) -> dict[str, list[Row]]:
    """For each person what they took part in, newest first: kind, titles, start, end, site, role, state, tests."""
    found: dict[str, list[Row]] = defaultdict(list)
    for chunk in _chunks(persons):
        query = (
            select(
                _PARTICIPATION.c.id,
                _PARTICIPATION.c.person,
                _PARTICIPATION.c.activity,
                _PARTICIPATION.c.role,
                _PARTICIPATION.c.state,
                _PARTICIPATION.c.rank,
                _PARTICIPATION.c.unit,
                _PARTICIPATION.c.pre_test,
                _PARTICIPATION.c.post_test,
                _PARTICIPATION.c.hours,
                _ACTIVITY.c.kind,
                _ACTIVITY.c.title_en,
                _ACTIVITY.c.title_az,
                _ACTIVITY.c.title_ru,
                _ACTIVITY.c.start,
                _ACTIVITY.c.end,
                _ACTIVITY.c.site,
            )
            .join(_ACTIVITY, _ACTIVITY.c.id == _PARTICIPATION.c.activity)
            .where(
                _PARTICIPATION.c.person.in_(chunk),
                _PARTICIPATION.c.deleted.is_(False),
                _ACTIVITY.c.deleted.is_(False),
            )
            .order_by(_ACTIVITY.c.start.desc(), _PARTICIPATION.c.id)
        )
        for row in reader.rows(query):
            found[row["person"]].append(row)
    return found


def marks_of(reader: Reader, participations: Iterable[str]) -> dict[str, list[Row]]:
    """For each participation its marks in order of time: date, part, state, hours, signed."""
    found: dict[str, list[Row]] = defaultdict(list)
    for chunk in _chunks(participations):
        query = (
            select(
                _ATTENDANCE.c.participation,
                _SESSION.c.date,
                _SESSION.c.part,
                _ATTENDANCE.c.state,
                _ATTENDANCE.c.hours,
                _ATTENDANCE.c.signed,
            )
            .join(_SESSION, _SESSION.c.id == _ATTENDANCE.c.session)
            .where(_ATTENDANCE.c.participation.in_(chunk), _ATTENDANCE.c.deleted.is_(False))
            .order_by(_SESSION.c.date, _SESSION.c.part)
        )
        for row in reader.rows(query):
            found[row["participation"]].append(row)
    return found


def certificates_of(reader: Reader, participations: Iterable[str]) -> list[Row]:
    """The certificates of these participations, newest first."""
    found: list[Row] = []
    for chunk in _chunks(participations):
        query = select(_CERTIFICATE).where(_CERTIFICATE.c.participation.in_(chunk), _CERTIFICATE.c.deleted.is_(False))
        found += reader.rows(query)
    return sorted(found, key=lambda row: (row["issued_on"], row["serial"]), reverse=True)


def memberships_of(reader: Reader, persons: Iterable[str]) -> list[Row]:
    """The groups these persons sit in: the membership with the group's names."""
    query = (
        select(_MEMBERSHIP, _GROUP.c.name_en, _GROUP.c.name_az, _GROUP.c.name_ru, _GROUP.c.site)
        .join(_GROUP, _GROUP.c.id == _MEMBERSHIP.c.group)
        .where(_MEMBERSHIP.c.person.in_(list(persons)), _MEMBERSHIP.c.deleted.is_(False))
    )
    return sorted(reader.rows(query), key=lambda row: (row["start"] or "", row["id"]), reverse=True)


def postings_of(reader: Reader, persons: Iterable[str]) -> list[Row]:
    """Where these persons served, newest first."""
    query = select(_POSTING).where(_POSTING.c.person.in_(list(persons)), _POSTING.c.deleted.is_(False))
    return sorted(reader.rows(query), key=lambda row: (row["start"] or "", row["id"]), reverse=True)


def merged_into(reader: Reader, person: str) -> list[str]:
    """Whoever was merged into this person, directly or through another."""
    found: list[str] = []
    waiting = [person]
    while waiting:
        query = select(_PERSON.c.id).where(_PERSON.c.merged_into == waiting.pop(), _PERSON.c.deleted.is_(False))
        for row in reader.rows(query):
            if row["id"] not in found and row["id"] != person:
                found.append(row["id"])
                waiting.append(row["id"])
    return sorted(found)


def _chunks(ids: Iterable[str]) -> list[list[str]]:
    wanted = sorted(set(ids))
    return [wanted[at : at + _CHUNK] for at in range(0, len(wanted), _CHUNK)]
