"""The figures of the register: every function says what it counts and gives the rows behind; adds no unlike things.

Each method of `Figures` answers a dict: the values of the dimensions asked for in `by` → a figure; `by=()` gives one
figure under the empty key. Dimensions: of activities site, kind, approach, shape, status, owner_unit, month, quarter,
field_of_work, topic; of persons sex, service, rank; of a seat role, audience. An activity with two topics stands under
both, and a person who was trained at two sites under both, so such columns are not to be added up: `total` gives what
the whole is. Sex that nobody recorded is the value `not_recorded` and is always shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import wraps
from statistics import median
from typing import Any, TypeVar

from sqlalchemy import or_, select

from app.basics import clock
from app.models.queries.counts import Count, Figure, people, rows
from app.models.queries.facts import NOT_RECORDED, Facts, Scope, Seat, trainer_roles
from app.models.tables import RECORD_TABLES
from app.models.writer import Reader
from app.specs import choices

Key = tuple[str, ...]
Split = dict[Key, Figure]
T = TypeVar("T")

PARTITIONS = frozenset({"sex", "service", "rank"})
"""Dimensions in each of which a person stands once, so that the parts of a figure of people add up to it."""
_COUNTING_METHODS = ("entrance_count", "tickets", "sign_in_sheets")


def _once(method: Callable[..., Any]) -> Callable[..., Any]:
    """Work a figure out once: a workbook asks for the same split for every site."""

    @wraps(method)
    def remembered(self: Figures, *args: Any, **more: Any) -> Any:
        key = (method.__name__, args, tuple(sorted(more.items())))
        if key not in self._known:
            self._known[key] = method(self, *args, **more)
        return self._known[key]

    return remembered


class Figures:
    """The figures of one period and some sites (None: all), computed from rows that are read once."""

    def __init__(self, reader: Reader, start: str, end: str, sites: Iterable[str] | None = None) -> None:
        self.facts = Facts(reader, Scope(start, end, None if sites is None else tuple(sites)))
        self.scope = self.facts.scope
        self.as_of = min(end, clock.today().isoformat())
        self._known: dict[Any, Any] = {}

    # --- activities ------------------------------------------------------------------------------------------------
    @_once
    def activities(self, by: Key = (), status: str = "held") -> Split:
        """Activities that were held (things); those with another status only when it is asked for by name."""
        found = [a for a in self.facts.activities if a["status"] == status]
        return self._group(found, by, lambda some: rows("activity", [a["id"] for a in some]))

    @_once
    def trainings(self, by: Key = ()) -> Split:
        """Held activities whose kind counts as training (things)."""
        found = [a for a in self.facts.held.values() if self.facts.trains(a)]
        return self._group(found, by, lambda some: rows("activity", [a["id"] for a in some]))

    @_once
    def by_status(self, by: Key = ()) -> Split:
        """Activities of every status (things); the first dimension of the answer is the status."""
        return self._group(
            self.facts.activities, ("status", *by), lambda some: rows("activity", [a["id"] for a in some])
        )

    # --- people ----------------------------------------------------------------------------------------------------
    @_once
    def participations(self, by: Key = (), *, training: bool = False) -> Split:
        """Participations: somebody took part in a held activity. A person at three trainings makes three."""
        return self._group(self._participants(training), by, _participations)

    @_once
    def person_hours(self, by: Key = (), *, training: bool = False) -> Split:
        """Hours attended, summed over participants; sessions whose length nobody wrote down add nothing."""

        def hours(seats: list[Seat]) -> Figure:
            known = [seat for seat in seats if seat.hours]
            total = round(sum(seat.hours or 0 for seat in known), 2)
            return Figure(Count(total, "hours"), "participation", tuple(seat.id for seat in known))

        return self._group(self._participants(training), by, hours)

    @_once
    def hours_unknown(self, by: Key = ()) -> Split:
        """Participations of which the hours are not known, because no session says how long it was."""
        return self._group([s for s in self.facts.participants if s.hours is None], by, _participations)

    @_once
    def trained(self, by: Key = (), rule: str = "threshold") -> Split:
        """Different persons who attended enough of at least one activity whose kind counts as training.

        Enough is the activity's threshold, 75 % where it has none; `rule="donor"`: 3 days or 15 contact hours.
        Participants without a name cannot be told apart and are left to `unnamed`.
        """
        seats = [seat for seat in self.facts.trained(rule) if seat.person]
        return self._group(seats, by, lambda some: people(s.person for s in some if s.person), self._persons(seats))

    @_once
    def trained_participations(self, by: Key = (), rule: str = "threshold") -> Split:
        """Participations in which the trained attended enough, named or not."""
        return self._group(self.facts.trained(rule), by, _participations)

    @_once
    def unnamed(self, by: Key = ()) -> Split:
        """Participations of persons without a name: they are participations, and nobody's for `trained`."""
        return self._group([s for s in self.facts.participants if not s.person], by, _participations)

    @_once
    def trainers(self, by: Key = (), *, peers: bool = False) -> Split:
        """Different persons who gave sessions, or (`peers`) colleagues who did; none of them is a participant of it."""
        seats = [s for s in self.facts.seats if s.person and s.role in trainer_roles(peers) and s.attended]
        if not peers:
            seats += self._session_trainers({s.person for s in self.facts.seats if s.role in trainer_roles(True)})
        return self._group(seats, by, lambda some: people(s.person for s in some if s.person), self._persons(seats))

    def _participants(self, training: bool) -> list[Seat]:
        return [s for s in self.facts.participants if not training or self.facts.trains(s.activity)]

    def _session_trainers(self, peers: set[str | None]) -> list[Seat]:
        """Trainers who stand only in the list of a session, as seats of their own."""
        listed = {(s.activity["id"], s.person) for s in self.facts.seats if s.role in trainer_roles(False)}
        found = []
        for activity, sessions in self.facts.sessions.items():
            for person in {self.facts.canonical(p) for s in sessions for p in s["trainers"] or []}:
                if (activity, person) not in listed and person not in peers:
                    row = self.facts.reader.get("person", person, deleted=True) or {}
                    found.append(
                        Seat(
                            ids=(),
                            activity=self.facts.held[activity],
                            person=person,
                            role="trainer",
                            sex=row.get("sex") or NOT_RECORDED,
                            service=row.get("service") or NOT_RECORDED,
                            rank=row.get("rank") or NOT_RECORDED,
                            audience="",
                            attended=True,
                            share=1.0,
                            hours=None,
                            days=0,
                            marked=False,
                        )
                    )
        return found

    def _persons(self, seats: list[Seat]) -> Mapping[str, Mapping[str, str]]:
        """One sex, service and rank for each person, so that parts add up: the card's sex, else that of a seat; service
        and rank as at their latest seat."""
        found: dict[str, dict[str, str]] = {}
        for seat in sorted(seats, key=lambda s: (s.activity["start"], s.activity["id"])):
            person = seat.person or ""
            about = found.setdefault(person, {"sex": self.facts.sex_of.get(person, NOT_RECORDED)})
            for name, value in (("sex", seat.sex), ("service", seat.service), ("rank", seat.rank)):
                if value != NOT_RECORDED and (name != "sex" or about["sex"] == NOT_RECORDED):
                    about[name] = value
        return {person: {d: about.get(d, NOT_RECORDED) for d in PARTITIONS} for person, about in found.items()}

    # --- heads -----------------------------------------------------------------------------------------------------
    @_once
    def counted(self, by: Key = ()) -> Split:
        """Heads counted at the doors (headcount), corrections taken off; dimension `category` besides the usual."""
        return self._tallies("counted", "headcount", by)

    @_once
    def estimated(self, by: Key = ()) -> Split:
        """Heads estimated at the doors (estimate), never added to those counted."""
        return self._tallies("estimated", "estimate", by)

    def _tallies(self, wanted: str, type: str, by: Key) -> Split:
        found = [t for t in self._of_held("tally") if (t["type"] or "counted") == wanted]
        return self._group(
            found, by, lambda some: Figure(Count(sum(t["delta"] for t in some), type), "tally", _ids(some))
        )

    @_once
    def statements(self) -> list[dict[str, Any]]:
        """Every statement of how many came, with its `activity_row` and `type` (headcount or estimate); never added
        up with each other: several may speak of the same crowd."""
        found = self._of_held("headcount")
        return [{**row, "type": "headcount" if row["method"] in _COUNTING_METHODS else "estimate"} for row in found]

    @_once
    def official(self, by: Key = (), type: str = "headcount") -> Split:
        """Official statements: those from counting, or (`type="estimate"`) those estimated, with their ranges.

        Of several official statements of one activity and audience only the newest counts.
        """
        newest = {(s["activity"], s["audience"]): s for s in self.statements() if s["official"]}

        def total(some: list[dict[str, Any]]) -> Figure:
            count = Count(0, type)
            for row in some:
                count = count + Count(row["figure"], type, low=row["low"], high=row["high"])
            return Figure(count, "headcount", _ids(some))

        return self._group([s for s in newest.values() if s["type"] == type], by, total)

    # --- groups ----------------------------------------------------------------------------------------------------
    @_once
    def groups(self, by: Key = ()) -> Split:
        """Working and advisory groups that exist at the end of the period (things); dimensions site, type, status."""
        table = RECORD_TABLES["group"]
        query = select(table).where(
            table.c.deleted.is_(False),
            or_(table.c.founded.is_(None), table.c.founded <= self.scope.end),
            or_(table.c.status.is_(None), table.c.status.not_in(("planned", "dissolved"))),
        )
        return self._group(self.facts.placed(query), by, lambda some: rows("group", _ids(some)))

    @_once
    def meetings(self, by: Key = ()) -> Split:
        """Held meetings of groups (things)."""
        found = [a for a in self.facts.held.values() if a["group"]]
        return self._group(found, by, lambda some: rows("activity", _ids(some), unit="meeting"))

    @_once
    def actions(self, what: str, by: Key = ()) -> Split:
        """Action items (things): `opened`, `closed` or `dropped` in the period; `open` or `overdue` at its end.

        The end is today for a period that is not over. An item closed without a day counts as closed in no period.
        """
        return self._group(self._actions(what), by, lambda some: rows("action_item", _ids(some)))

    @_once
    def days_to_close(self, by: Key = ()) -> Split:
        """The median of the days from opening to closing, of the items closed in the period (a share: never added)."""

        def middle(some: list[dict[str, Any]]) -> Figure:
            days = [
                (date.fromisoformat(i["closed_on"]) - date.fromisoformat(i["opened_on"])).days
                for i in some
                if i["opened_on"]
            ]
            return Figure(Count(median(days) if days else 0, "share", "days"), "action_item", _ids(some))

        return self._group(self._actions("closed"), by, middle)

    @_once
    def action_items(self) -> list[dict[str, Any]]:
        """Every action item of these sites, with `site`, `opened_on` and `closed` (whether it is done or dropped)."""
        groups = {group["id"]: group["site"] for group in self.facts.reader.list("group")}
        found = []
        for item in self.facts.reader.list("action_item"):
            origin = self.facts.all_activities.get(item["activity"] or "")
            item["site"] = groups.get(item["group"] or "") or (origin["site"] if origin else item["owner_site"])
            item["opened_on"] = origin["start"] if origin else self._first_written(item["id"])
            state = choices.choices("action_state").get(item["state"])
            item["closed"] = state is not None and state.more["closed"] == "yes"
            if self.scope.at(item["site"]):
                found.append(item)
        return found

    def _actions(self, what: str) -> list[dict[str, Any]]:
        return [item for item in self.action_items() if self._is(item, what)]

    def _is(self, item: Mapping[str, Any], what: str) -> bool:
        if what == "opened":
            return self.scope.has(item["opened_on"])
        if what in ("closed", "dropped"):
            done = (item["state"] == "dropped") == (what == "dropped")
            return item["closed"] and done and self.scope.has(item["closed_on"])
        begun = item["opened_on"] is None or item["opened_on"] <= self.as_of
        still = not item["closed"] or (item["closed_on"] is not None and item["closed_on"] > self.as_of)
        if what == "open":
            return begun and still
        if what == "overdue":
            return begun and still and item["due"] is not None and item["due"] < self.as_of
        raise ValueError(what)

    def _first_written(self, row: str) -> str | None:
        ops = self.facts.reader.ops_of(row)
        return ops[0].wall[:10] if ops and ops[0].wall else None

    # --- outputs and mechanisms ------------------------------------------------------------------------------------
    @_once
    def outputs(self, by: Key = ()) -> Split:
        """Outputs that were published in the period (things); dimensions site, output_kind."""
        return self._group(self._published(), by, lambda some: rows("output", _ids(some)))

    @_once
    def copies_made(self, by: Key = ()) -> Split:
        """Copies printed of the outputs published in the period (things, copies)."""
        return self._group(self._published(), by, lambda some: _sum("output", some, "print_run", "copies"))

    @_once
    def copies_given(self, by: Key = ()) -> Split:
        """Copies distributed in the period, returns taken off (things, copies); dimensions site, output_kind."""
        kinds = {o["id"]: o["kind"] for o in self.facts.reader.list("output")}
        found = [
            {**d, "kind": kinds[d["output"]]} for d in self.facts.dated("distribution", "date") if d["output"] in kinds
        ]
        return self._group(found, by, lambda some: _sum("distribution", some, "quantity", "copies"))

    @_once
    def airings(self, by: Key = ()) -> Split:
        """Airings of programmes and films in the period (things)."""
        outputs = {o["id"]: o for o in self.facts.reader.list("output")}
        found = [
            {**a, "site": outputs[a["output"]]["site"] or a["site"], "kind": outputs[a["output"]]["kind"]}
            for a in self.facts.dated("airing", "date", site="owner_site")
            if a["output"] in outputs
        ]
        return self._group(found, by, lambda some: rows("airing", _ids(some)))

    @_once
    def _published(self) -> list[dict[str, Any]]:
        return [o for o in self.facts.dated("output", "date") if o["stage"] == "published"]

    @_once
    def mechanisms(self, by: Key = ()) -> Split:
        """Complaint boxes, hotlines, web pages … running at the end of the period (things); dimensions site, type."""
        table = RECORD_TABLES["mechanism"]
        query = select(table).where(
            table.c.deleted.is_(False),
            or_(table.c.start.is_(None), table.c.start <= self.scope.end),
            or_(table.c.end.is_(None), table.c.end >= self.scope.end),
        )
        return self._group(self.facts.placed(query), by, lambda some: rows("mechanism", _ids(some)))

    @_once
    def readings(self, by: Key = ()) -> Split:
        """What was read off mechanisms in the period (things, their unit is the reading's type, so they never mix).

        The first dimension of the answer is the reading's type; besides the usual there is `category`.
        """

        def total(some: list[dict[str, Any]]) -> Figure:
            return _sum("reading", some, "count", some[0]["type"])

        return self._group(self._readings(), ("type", *by), total)

    @_once
    def openings(self, by: Key = ()) -> Split:
        """Openings of complaint boxes (things): the days on which one was opened, however many categories were read."""
        days: dict[tuple[str, str], dict[str, Any]] = {}
        for reading in self._readings():
            if reading["type"] == "box_opening":
                days.setdefault((reading["mechanism"], reading["date"]), reading)
        return self._group(list(days.values()), by, lambda some: rows("reading", _ids(some), unit="openings"))

    @_once
    def _readings(self) -> list[dict[str, Any]]:
        sites = {m["id"]: m["site"] for m in self.facts.reader.list("mechanism")}
        found = self.facts.dated("reading", "date", site="owner_site")
        return [{**r, "site": sites[r["mechanism"]] or r["site"]} for r in found if r["mechanism"] in sites]

    # --- money and earlier figures ---------------------------------------------------------------------------------
    @_once
    def costs(self, by: Key = ()) -> Split:
        """Costs of the activities held, in manats at the rate fixed with each (money AZN); dimension cost_type."""

        def total(some: list[dict[str, Any]]) -> Figure:
            manats = round(sum(c["amount"] * (1 if c["rate"] is None else c["rate"]) for c in some), 2)
            return Figure(Count(manats, "money", "AZN"), "cost", _ids(some))

        return self._group(self._of_held("cost"), by, total)

    @_once
    def costs_as_paid(self, by: Key = ()) -> Split:
        """The same costs in the currency each was paid in; the first dimension of the answer is the currency."""

        def total(some: list[dict[str, Any]]) -> Figure:
            amount = round(sum(c["amount"] for c in some), 2)
            return Figure(Count(amount, "money", some[0]["currency"]), "cost", _ids(some))

        return self._group(self._of_held("cost"), ("currency", *by), total)

    @_once
    def legacy(self) -> list[tuple[dict[str, Any], Figure]]:
        """Opening figures of earlier papers as of a day up to the end of the period, each by itself.

        Their unit is their own row, so that no two of them, and nothing else, can be added to them.
        """
        found = []
        for row in self.facts.reader.list("legacy_figure"):
            sites = {row["site"], *(row["sites"] or [])} - {None}
            if row["as_of"] <= self.scope.end and (
                self.scope.sites is None or not sites or sites & {*self.scope.sites}
            ):
                found.append((row, Figure(Count(row["figure"], "legacy", row["id"]), "legacy_figure", (row["id"],))))
        return found

    # --- grouping --------------------------------------------------------------------------------------------------
    @_once
    def _of_held(self, record: str) -> list[dict[str, Any]]:
        return [{**row, "activity_row": self.facts.held[row["activity"]]} for row in self.facts.of_held(record)]

    def _group(
        self,
        items: Iterable[T],
        by: Key,
        figure: Callable[[list[T]], Figure],
        persons: Mapping[str, Mapping[str, str]] | None = None,
    ) -> Split:
        parts: dict[Key, list[T]] = defaultdict(list)
        for item in items:
            for key in self._keys(item, by, persons):
                parts[key].append(item)
        if not by:
            parts.setdefault((), [])
        return {key: figure(some) for key, some in parts.items() if some or not by}

    def _keys(self, item: Any, by: Key, persons: Mapping[str, Mapping[str, str]] | None) -> list[Key]:
        keys: list[Key] = [()]
        for dimension in by:
            keys = [(*key, value) for value in self._values(item, dimension, persons) for key in keys]
        return keys

    def _values(self, item: Any, dimension: str, persons: Mapping[str, Mapping[str, str]] | None) -> list[str]:
        if isinstance(item, Seat):
            if dimension in PARTITIONS and persons is not None and item.person:
                return [persons[item.person][dimension]]
            if dimension in ("sex", "service", "rank", "role", "audience"):
                return [getattr(item, dimension) or NOT_RECORDED]
            row: Mapping[str, Any] = item.activity
        else:
            row = item
        own = {"output_kind": "kind", "cost_type": "type"}.get(dimension, dimension)
        if own not in row or (dimension in ("kind", "site") and "activity_row" in row):
            row = row.get("activity_row", row)
        if dimension in ("month", "quarter"):
            day = str(row["start"])
            return [day[:7] if dimension == "month" else f"{day[:4]}-q{(int(day[5:7]) + 2) // 3}"]
        if dimension == "shape":
            return [self.facts.shape(row) or NOT_RECORDED]
        if dimension == "approach":
            kind = self.facts.kind(row["kind"])
            return [kind.approach if kind else NOT_RECORDED]
        if dimension == "topic":
            return list(row["topics"] or [NOT_RECORDED])
        return [row.get(own) or NOT_RECORDED]


def total(split: Split) -> Figure:
    """The figure of an answer that was asked with `by=()`."""
    return split[()]


def _participations(seats: list[Seat]) -> Figure:
    """One for each seat; a person who was entered twice has one seat with two rows behind it."""
    return Figure(Count(len(seats), "participations"), "participation", tuple(seat.id for seat in seats))


def _sum(record: str, some: list[dict[str, Any]], field: str, unit: str) -> Figure:
    return Figure(Count(sum(row[field] or 0 for row in some), "things", unit), record, _ids(some))


def _ids(some: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(row["id"] for row in some)
