"""The attendance sheet of an activity as plain rows, whole or only the rows that changed; writes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from app.models.tables import RECORD_TABLES
from app.models.writer import Reader

_PARTICIPATION, _PERSON = RECORD_TABLES["participation"], RECORD_TABLES["person"]
_ATTENDANCE, _SESSION = RECORD_TABLES["attendance"], RECORD_TABLES["session"]
_NAME = ("surname", "given", "patronymic", "suffix", "name_ru", "name_printed", "aliases", "birth_year")
_PARTS = {"am": 0, "full_day": 1, "pm": 2, "evening": 3}
_CHUNK = 400
PRESENT = ("present", "late", "left_early")
"""The marks of those who were there, wholly or in part."""

Row = dict[str, Any]


@dataclass
class Sheet:
    """Everything the desk shows: the activity, its sessions in order of time, one row a participation.

    A row is the participation with the person's name fields, `sex`, `rank`, `unit` and `service` as at the event (those
    of the person's card where the event has none), and `marks`: session → mark.
    """

    activity: Row
    sessions: list[Row] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


def sheet(reader: Reader, activity: str) -> Sheet | None:
    """The sheet of an activity, rows in the order of their numbers; None if there is no such activity."""
    about = reader.get("activity", activity)
    if about is None:
        return None
    return Sheet(about, sessions_of(reader, activity), _rows(reader, activity=activity))


def sessions_of(reader: Reader, activity: str) -> list[Row]:
    """The sessions of an activity in order of time."""
    return sorted(
        reader.list("session", activity=activity),
        key=lambda s: (s["date"], s["start"] or "", _PARTS.get(s["part"] or "", 1), s["id"]),
    )


def rows_of(reader: Reader, participations: Iterable[str]) -> list[Row]:
    """The rows of these participations alone; those that are in the bin are left out."""
    wanted = sorted(set(participations))
    found: list[Row] = []
    for start in range(0, len(wanted), _CHUNK):
        found += _rows(reader, ids=wanted[start : start + _CHUNK])
    return sorted(found, key=_order)


def participations_touched(reader: Reader, activity: str, changes: Mapping[str, Collection[str]]) -> set[str]:
    """The participations of an activity whose rows some changes (record → ids) concern, deleted ones too."""
    touched: set[str] = set()
    for record, column in (("participation", _PARTICIPATION.c.id), ("person", _PARTICIPATION.c.person)):
        touched |= _ids(reader, select(_PARTICIPATION.c.id), column, changes.get(record, ()), activity)
    through = select(_PARTICIPATION.c.id).join(_ATTENDANCE, _ATTENDANCE.c.participation == _PARTICIPATION.c.id)
    return touched | _ids(reader, through, _ATTENDANCE.c.id, changes.get("attendance", ()), activity)


def last_of_kind(reader: Reader, kind: str, before: str) -> Row | None:
    """The latest activity of a kind that began before a day, to clone it."""
    table = RECORD_TABLES["activity"]
    query = (
        select(table)
        .where(table.c.deleted.is_(False), table.c.kind == kind, table.c.start < before)
        .order_by(table.c.start.desc(), table.c.id)
        .limit(1)
    )
    found = reader.rows(query)
    return found[0] if found else None


def counts_of(reader: Reader, activities: Collection[str]) -> dict[str, dict[str, int]]:
    """For each activity how many are on the list (`listed`) and in how many sessions anybody is marked (`marked`)."""
    wanted = sorted(activities)
    found: dict[str, dict[str, int]] = {a: {"listed": 0, "sessions": 0, "marked": 0} for a in wanted}
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        for name, table in (("listed", _PARTICIPATION), ("sessions", _SESSION)):
            query = (
                select(table.c.activity, func.count())
                .where(table.c.deleted.is_(False), table.c.activity.in_(chunk))
                .group_by(table.c.activity)
            )
            for activity, n in reader.connection.execute(query):
                found[activity][name] = n
        marked = (
            select(_SESSION.c.activity, func.count(_SESSION.c.id.distinct()))
            .join(_ATTENDANCE, _ATTENDANCE.c.session == _SESSION.c.id)
            .where(_ATTENDANCE.c.deleted.is_(False), _SESSION.c.deleted.is_(False), _SESSION.c.activity.in_(chunk))
            .group_by(_SESSION.c.activity)
        )
        for activity, n in reader.connection.execute(marked):
            found[activity]["marked"] = n
    return found


def last_row(reader: Reader, activity: str) -> int:
    """The highest row number of the sheet, 0 when nobody has one; asked at every arrival, so it reads no rows."""
    query = select(func.max(_PARTICIPATION.c.sheet_row)).where(
        _PARTICIPATION.c.deleted.is_(False), _PARTICIPATION.c.activity == activity
    )
    return int(reader.connection.execute(query).scalar() or 0)


def count_there(rows: Sequence[Row], session: str | None, by: str) -> dict[str, int]:
    """How many were there in a session, by `sex` or `service`; `not_recorded` for those of whom nobody said."""
    counted: dict[str, int] = {}
    for row in rows:
        if session is None or state_of(row, session) in PRESENT:
            key = row[by] or "not_recorded"
            counted[key] = counted.get(key, 0) + 1
    return dict(sorted(counted.items(), key=lambda item: (item[0] == "not_recorded", -item[1], item[0])))


def missing(rows: Sequence[Row], session: str) -> list[Row]:
    """The rows of those who were not there: marked absent or excused, or not marked at all."""
    return [row for row in rows if row["state"] != "declined" and state_of(row, session) not in PRESENT]


def state_of(row: Row, session: str) -> str | None:
    """The mark of a row in a session, or None."""
    mark = row["marks"].get(session)
    return mark["state"] if mark else None


def _rows(reader: Reader, *, activity: str | None = None, ids: Sequence[str] | None = None) -> list[Row]:
    mine = _PARTICIPATION.c.activity == activity if ids is None else _PARTICIPATION.c.id.in_(ids)
    query = (
        select(
            _PARTICIPATION,
            *(_PERSON.c[name] for name in _NAME),
            *(_PERSON.c[name].label(f"card_{name}") for name in ("sex", "rank", "unit", "service")),
        )
        .outerjoin(_PERSON, _PARTICIPATION.c.person == _PERSON.c.id)
        .where(_PARTICIPATION.c.deleted.is_(False), mine)
    )
    rows = reader.rows(query)
    marks: dict[str, dict[str, Row]] = {}
    marked = (
        select(_ATTENDANCE)
        .join(_PARTICIPATION, _ATTENDANCE.c.participation == _PARTICIPATION.c.id)
        .where(_ATTENDANCE.c.deleted.is_(False), mine)
    )
    for mark in reader.rows(marked):
        marks.setdefault(mark["participation"], {})[mark["session"]] = mark
    for row in rows:
        for name in ("sex", "rank", "unit", "service"):
            row[name] = row[name] or row.pop(f"card_{name}")
        row["marks"] = marks.get(row["id"], {})
    return sorted(rows, key=_order)


def _order(row: Row) -> tuple[bool, int, str]:
    return (row["sheet_row"] is None, row["sheet_row"] or 0, row["id"])


def _ids(reader: Reader, query: Any, column: Any, wanted: Collection[str], activity: str) -> set[str]:
    found: set[str] = set()
    ids = sorted(wanted)
    for start in range(0, len(ids), _CHUNK):
        chosen = query.where(column.in_(ids[start : start + _CHUNK]), _PARTICIPATION.c.activity == activity)
        found.update(reader.connection.execute(chosen).scalars())
    return found
