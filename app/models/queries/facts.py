"""The rows that figures are made of, read once for a period and some sites; counts nothing and writes nothing.

How an activity is placed: whole in the period in which it began, at the one site in its `site` field. A person merged
into another is that other, and somebody entered twice in one activity is one seat.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Select, func, select

from app.models.tables import RECORD_TABLES
from app.models.writer import Reader
from app.specs import choices
from app.specs.kinds import Kind

HELD = "held"
NOT_RECORDED = "not_recorded"
THRESHOLD_PERCENT = 75
"""How much of the sessions somebody must attend to count as trained, where the activity says nothing else."""
DONOR_DAYS, DONOR_HOURS = 3, 15
"""The donors' rule: somebody counts as trained after so many days or so many contact hours."""
_PART = 0.5
"""What late or left early counts of a session for which nobody wrote down the hours."""
_TRAINERS = ("trainer", "resource_person")
_PEERS = ("peer_trainer",)
_OF_A_MEETING = ("chair", "secretary")

_ACTIVITY = RECORD_TABLES["activity"]
_SESSION = RECORD_TABLES["session"]
_PARTICIPATION = RECORD_TABLES["participation"]
_ATTENDANCE = RECORD_TABLES["attendance"]
_PERSON = RECORD_TABLES["person"]
_SEAT_COLUMNS = ("id", "activity", "person", "role", "rank", "service", "audience", "state", "sex", "hours", "unit")


@dataclass(frozen=True)
class Scope:
    """What a report is about: first and last day (ISO, both included) and the ids of sites; None means all of them."""

    start: str
    end: str
    sites: tuple[str, ...] | None = None

    def has(self, day: str | None) -> bool:
        """Whether a day lies in the period."""
        return day is not None and self.start <= day <= self.end

    def at(self, site: str | None) -> bool:
        """Whether a site is meant."""
        return self.sites is None or site in self.sites


@dataclass
class Seat:
    """One person's (or one unnamed head's) part in one held activity.

    `share` is the part of the sessions that was attended, 0 to 1; `hours` is None where no session says how long it
    was; `marked` tells whether there is any mark for them in the grid of sessions. `ids` are the rows it was made from.
    """

    ids: tuple[str, ...]
    activity: Mapping[str, Any]
    person: str | None
    role: str
    sex: str
    service: str
    rank: str
    audience: str
    attended: bool
    share: float
    hours: float | None
    days: int
    marked: bool

    @property
    def id(self) -> str:
        """The participation that it was made from, the first of them."""
        return self.ids[0]


def _live(table: Any) -> Any:
    return table.c.deleted.is_(False)


class Facts:
    """Everything that the figures of one scope need, each part read when it is first asked for."""

    def __init__(self, reader: Reader, scope: Scope) -> None:
        self.reader = reader
        self.scope = scope
        self._kinds: dict[str, Kind | None] = {}
        self._trained: dict[str, list[Seat]] = {}

    def kind(self, code: str) -> Kind | None:
        """The kind of an activity; None for one that this program does not know."""
        if code not in self._kinds:
            self._kinds[code] = self.reader.kind(code)
        return self._kinds[code]

    def shape(self, activity: Mapping[str, Any]) -> str:
        """The shape of an activity's kind, '' where the kind is not known."""
        kind = self.kind(activity["kind"])
        return kind.shape if kind else ""

    def trains(self, activity: Mapping[str, Any]) -> bool:
        """Whether the kind of an activity counts as training."""
        kind = self.kind(activity["kind"])
        return kind is not None and kind.counts_as_trained

    # --- activities ------------------------------------------------------------------------------------------------
    @cached_property
    def activities(self) -> list[dict[str, Any]]:
        """Every live activity that began in the period at these sites, whatever became of it, by day."""
        query = (
            select(_ACTIVITY)
            .where(_live(_ACTIVITY), _ACTIVITY.c.start.between(self.scope.start, self.scope.end))
            .order_by(_ACTIVITY.c.start, _ACTIVITY.c.id)
        )
        if self.scope.sites is not None:
            query = query.where(_ACTIVITY.c.site.in_(self.scope.sites))
        return self.reader.rows(query)

    @cached_property
    def held(self) -> dict[str, dict[str, Any]]:
        """Those that took place, by id. Planned, confirmed, postponed and cancelled ones count nowhere."""
        return {row["id"]: row for row in self.activities if row["status"] == HELD}

    @cached_property
    def all_activities(self) -> dict[str, dict[str, Any]]:
        """Id, site, start, status, kind and group of every live activity, for what refers to one of any time."""
        names = ("id", "site", "start", "status", "kind", "group")
        query = select(*(_ACTIVITY.c[name] for name in names)).where(_live(_ACTIVITY))
        return {row["id"]: row for row in self.reader.rows(query)}

    def of_held(self, record: str) -> list[dict[str, Any]]:
        """The live rows of a record type (with a field `activity`) that belong to activities held in the scope."""
        table = RECORD_TABLES[record]
        query = select(table).join(_ACTIVITY, table.c.activity == _ACTIVITY.c.id).where(_live(table), *self._in_scope())
        return self.reader.rows(query.order_by(table.c.id))

    def _in_scope(self) -> list[Any]:
        wanted = [
            _live(_ACTIVITY),
            _ACTIVITY.c.status == HELD,
            _ACTIVITY.c.start.between(self.scope.start, self.scope.end),
        ]
        if self.scope.sites is not None:
            wanted.append(_ACTIVITY.c.site.in_(self.scope.sites))
        return wanted

    def dated(self, record: str, day: str, site: str = "site") -> list[dict[str, Any]]:
        """The live rows of a record type whose field `day` lies in the period, at these sites.

        A row without a site is at that of its activity, else at that of its owner; the answer's `site` says which.
        """
        table = RECORD_TABLES[record]
        query = select(table).where(_live(table), table.c[day].between(self.scope.start, self.scope.end))
        return self.placed(query.order_by(table.c[day], table.c.id), site)

    def placed(self, query: Select[Any], site: str = "site") -> list[dict[str, Any]]:
        """The rows of a query that belong to these sites, each with its `site` filled in."""
        found = []
        for row in self.reader.rows(query):
            activity = self.all_activities.get(row.get("activity") or "")
            row["site"] = row.get(site) or (activity["site"] if activity else None) or row["owner_site"]
            if self.scope.at(row["site"]):
                found.append(row)
        return found

    # --- people ----------------------------------------------------------------------------------------------------
    @cached_property
    def merged(self) -> dict[str, str]:
        """Persons that were merged into another: id → the one that stands for them in the end."""
        query = select(_PERSON.c.id, _PERSON.c.merged_into).where(_PERSON.c.merged_into.is_not(None))
        return ends_of({row["id"]: row["merged_into"] for row in self.reader.rows(query)})

    def canonical(self, person: str) -> str:
        """The person that stands for this one."""
        return self.merged.get(person, person)

    @cached_property
    def sex_of(self) -> dict[str, str]:
        """The sex on the card of each person that anybody in the scope is, by canonical id."""
        wanted = {seat.person for seat in self.seats if seat.person}
        query = select(_PERSON.c.id, _PERSON.c.sex).where(_PERSON.c.sex.is_not(None))
        return {row["id"]: row["sex"] for row in self.reader.rows(query) if row["id"] in wanted}

    @cached_property
    def sessions(self) -> dict[str, list[dict[str, Any]]]:
        """Sessions by activity, each with its `length` in hours (None where nobody said)."""
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for session in self.of_held("session"):
            found[session["activity"]].append({**session, "length": length(session)})
        return found

    @cached_property
    def marks(self) -> dict[str, dict[str, tuple[str, float | None]]]:
        """Participation → session → (state, hours)."""
        query = (
            select(_ATTENDANCE.c.participation, _ATTENDANCE.c.session, _ATTENDANCE.c.state, _ATTENDANCE.c.hours)
            .join(_PARTICIPATION, _ATTENDANCE.c.participation == _PARTICIPATION.c.id)
            .join(_ACTIVITY, _PARTICIPATION.c.activity == _ACTIVITY.c.id)
            .where(_live(_ATTENDANCE), _live(_PARTICIPATION), *self._in_scope())
        )
        found: dict[str, dict[str, tuple[str, float | None]]] = defaultdict(dict)
        for participation, session, state, hours in self.reader.connection.execute(query):
            found[participation][session] = (state, hours)
        return found

    @cached_property
    def seats(self) -> list[Seat]:
        """Everybody on the lists of the held activities in whatever role, each person once in each activity and role.

        What a person did as a trainer and as a participant stands in two seats.
        """
        query = (
            select(
                *(_PARTICIPATION.c[name] for name in _SEAT_COLUMNS),
                _PERSON.c.sex.label("person_sex"),
                _PERSON.c.service.label("person_service"),
                _PERSON.c.rank.label("person_rank"),
            )
            .join(_ACTIVITY, _PARTICIPATION.c.activity == _ACTIVITY.c.id)
            .outerjoin(_PERSON, _PARTICIPATION.c.person == _PERSON.c.id)
            .where(_live(_PARTICIPATION), *self._in_scope())
            .order_by(_PARTICIPATION.c.sheet_row, _PARTICIPATION.c.id)
        )
        together: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
        for row in self.reader.rows(query):
            row["person"] = self.canonical(row["person"]) if row["person"] else None
            group = "participant" if self.takes_part(row["role"], row["activity"]) else row["role"]
            together.setdefault((row["activity"], row["person"] or row["id"], group), []).append(row)
        return [self._seat(rows) for rows in together.values()]

    def takes_part(self, role: str, activity: str) -> bool:
        """Whether a role is one of those who came to take part: not trainers, organisers, guests, press, performers.

        Whoever chairs a meeting or writes its minutes takes part in it.
        """
        if role in _OF_A_MEETING and self.shape(self.held[activity]) == "meeting":
            return True
        return role in participant_roles()

    def _seat(self, rows: Sequence[Mapping[str, Any]]) -> Seat:
        first = rows[0]
        activity = self.held[first["activity"]]
        marks: dict[str, tuple[str, float | None]] = {}
        for row in rows:
            for session, mark in self.marks.get(row["id"], {}).items():
                if session not in marks or _weight(*mark, None) > _weight(*marks[session], None):
                    marks[session] = mark
        sessions = every = self.sessions.get(activity["id"], [])
        if first["person"] and first["role"] not in (*_TRAINERS, *_PEERS):
            # Whoever gives a session is not a participant of it: it counts neither for nor against them.
            sessions = [s for s in sessions if first["person"] not in map(self.canonical, s["trainers"] or [])]
        gave_all = bool(every) and not sessions
        said = not gave_all and any(row["state"] == "attended" for row in rows)
        typed = next((row["hours"] for row in rows if row["hours"] is not None), None)
        share, hours, days = _attended(sessions, marks, typed, said, activity["id"] in self._in_use)
        return Seat(
            ids=tuple(row["id"] for row in rows),
            activity=activity,
            person=first["person"],
            role=first["role"],
            sex=_first(rows, "sex", "person_sex"),
            service=_first(rows, "service", "person_service"),
            rank=_first(rows, "rank", "person_rank"),
            audience=first["audience"] or "",
            attended=share > 0 or (said and not marks),
            share=share,
            hours=hours,
            days=days,
            marked=bool(marks),
        )

    @cached_property
    def _in_use(self) -> set[str]:
        """Activities in whose grid of sessions anybody is marked."""
        query = (
            select(_PARTICIPATION.c.activity)
            .join(_ATTENDANCE, _ATTENDANCE.c.participation == _PARTICIPATION.c.id)
            .join(_ACTIVITY, _PARTICIPATION.c.activity == _ACTIVITY.c.id)
            .where(_live(_ATTENDANCE), _live(_PARTICIPATION), *self._in_scope())
            .distinct()
        )
        return set(self.reader.connection.execute(query).scalars())

    @cached_property
    def participants(self) -> list[Seat]:
        """The seats of those who came to take part and were there."""
        return [s for s in self.seats if s.attended and self.takes_part(s.role, s.activity["id"])]

    def passes(self, seat: Seat, rule: str = "threshold") -> bool:
        """Whether somebody attended enough to count as trained, by the activity's threshold or by the donors' rule."""
        if rule == "donor":
            return seat.days >= DONOR_DAYS or (seat.hours or 0) >= DONOR_HOURS
        # The grid's quarters and halves are exact; a thousandth forgives sums of decimals such as 0.1.
        return seat.share * 100 + 0.001 >= (seat.activity["threshold_percent"] or THRESHOLD_PERCENT)

    def trained(self, rule: str = "threshold") -> list[Seat]:
        """The participants of trainings who attended enough of them."""
        if rule not in self._trained:
            found = [s for s in self.participants if self.trains(s.activity) and self.passes(s, rule)]
            self._trained[rule] = found
        return self._trained[rule]

    def counts(self, record: str) -> int:
        """How many live rows there are of a record type in the whole store."""
        table = RECORD_TABLES[record]
        query = select(func.count()).select_from(table).where(_live(table))
        return int(self.reader.connection.execute(query).scalar_one())


def participant_roles() -> frozenset[str]:
    """The roles of those who come to take part (`trained` in participation_role.csv)."""
    return frozenset(c for c, entry in choices.choices("participation_role").items() if entry.more["trained"] == "yes")


def trainer_roles(peers: bool) -> tuple[str, ...]:
    """The roles of those who give sessions: colleagues, or the others."""
    return _PEERS if peers else _TRAINERS


def length(session: Mapping[str, Any]) -> float | None:
    """How many hours a session has: as written, else from its beginning to its end; None where nobody said."""
    if session["hours"] is not None:
        return float(session["hours"])
    if session["start"] and session["end"] and session["start"] < session["end"]:
        return (_minutes(session["end"]) - _minutes(session["start"])) / 60
    return None


def ends_of(links: Mapping[str, str]) -> dict[str, str]:
    """Each key with the end of its chain; a circle ends at its smallest id, on every store alike."""
    ends = {}
    for first in links:
        seen = [first]
        while (following := links.get(seen[-1])) is not None and following not in seen:
            seen.append(following)
        if following is None:
            ends[first] = seen[-1]
        else:
            ends[first] = min(seen[seen.index(following) :])
    return {first: end for first, end in ends.items() if first != end}


def _attended(
    sessions: Collection[Mapping[str, Any]],
    marks: Mapping[str, tuple[str, float | None]],
    typed: float | None,
    said: bool,
    in_use: bool,
) -> tuple[float, float | None, int]:
    """(share, hours, days) of one seat.

    Where the grid is used, marks decide and an unmarked session is not attended. A list without a grid is believed:
    whoever is on it as attended was there for the whole, or for the hours typed beside the name.
    """
    lengths = [s["length"] for s in sessions]
    total = sum(lengths) if lengths and None not in lengths else None
    days = {s["date"] for s in sessions}
    if not marks:
        if typed is not None:
            return (min(typed / total, 1) if total else 1.0 if typed > 0 else 0.0), typed, len(days) if typed else 0
        if not said or in_use:
            return 0.0, 0.0, 0
        return 1.0, total, max(len(days), 1)
    share = hours = 0.0
    there = set()
    for session in sessions:
        if session["id"] not in marks:
            continue
        part = _weight(*marks[session["id"]], session["length"])
        if part > 0:
            there.add(session["date"])
        hours += part * (session["length"] or 0)
        share += part * (1 if total is None else session["length"])
    whole = len(sessions) if total is None else total
    return (share / whole if whole else 0.0), (None if total is None else hours), len(there)


def _weight(state: str, hours: float | None, whole: float | None) -> float:
    """The part of a session that a mark stands for, 0 to 1."""
    entry = choices.choices("attendance_state").get(state)
    counts = entry.more.get("hours") if entry else "none"
    if counts == "full":
        return 1.0
    if counts != "part":
        return 0.0
    if hours is None or not whole:
        return _PART
    return min(hours / whole, 1.0)


def _first(rows: Sequence[Mapping[str, Any]], *names: str) -> str:
    """The first value that says something, in the order of the names; `not_recorded` where none does."""
    for name in names:
        for row in rows:
            if row[name] and row[name] != NOT_RECORDED:
                return str(row[name])
    return NOT_RECORDED


def _minutes(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:5])
