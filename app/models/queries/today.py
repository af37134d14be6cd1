"""What the first page tells: what is on, what is coming, what is late, the numbers of the quarter; writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from app.models.queries.activities import listed
from app.models.queries.attendance import counts_of
from app.models.queries.departments import Scope, uncovered
from app.models.queries.duties import Due, duties
from app.models.queries.figures import Figures, total
from app.models.queries.plan import plans
from app.models.writer import Reader

AHEAD = 14
"""Days that are coming."""
DEPARTMENTS_AHEAD = 60
"""Days before an event in which a department without a delegate is told: letters to ministries take weeks."""
_OPEN = ("planned", "confirmed")
_ACTIVE = (*_OPEN, "held")

Row = dict[str, Any]


@dataclass
class Today:
    """The rows of the first page. `running` carry `listed`, `sessions` and `marked` besides the columns of a list.

    `late` are activities that are over and still planned or confirmed; `duties` those overdue and those still open in
    their window, the overdue first; `actions` the open items past their day; `departments` what is ahead and should
    have a delegate of every department and has not; `late_lines` the lines of the plan whose time is over, unfulfilled.
    """

    running: list[Row] = field(default_factory=list)
    coming: list[Row] = field(default_factory=list)
    late: list[Row] = field(default_factory=list)
    duties: list[Due] = field(default_factory=list)
    actions: list[Row] = field(default_factory=list)
    departments: list[tuple[Row, Scope]] = field(default_factory=list)
    late_lines: list[Row] = field(default_factory=list)
    any: bool = False


@dataclass(frozen=True)
class Number:
    """A figure of the quarter: the code of its indicator, the number, its target (None: nobody set one)."""

    code: str
    value: float
    target: float | None = None


def today(reader: Reader, day: date) -> Today:
    """What matters on a day, at the sites of this register (at the office: at all)."""
    sites = sites_of(reader)
    now, soon = day.isoformat(), (day + timedelta(days=AHEAD)).isoformat()
    found = Today(any=reader.count("activity") > 0)
    for row in reversed(listed(reader, now, soon, sites)):
        if row["status"] not in _ACTIVE:
            continue
        (found.running if row["start"] <= now else found.coming).append(row)
    counts = counts_of(reader, [row["id"] for row in found.running])
    for row in found.running:
        row.update(counts[row["id"]])
    year_ago = (day - timedelta(days=365)).isoformat()
    yesterday = (day - timedelta(days=1)).isoformat()
    found.late = [
        row
        for row in listed(reader, year_ago, yesterday, sites)
        if row["status"] in _OPEN and (row["end"] or row["start"]) < now
    ]
    found.actions = _late_actions(reader, now, sites)
    found.duties = _open_duties(reader, day, sites)
    ahead = (day + timedelta(days=DEPARTMENTS_AHEAD)).isoformat()
    found.departments = [
        (row, scope)
        for row, scope in uncovered(reader, now, ahead, sites)
        if row["status"] in _OPEN and (scope.missing or scope.several)
    ]
    found.late_lines = [line.row for plan in plans(reader, now, sites) for line in plan.lines if line.late]
    return found


def quarter(reader: Reader, day: date) -> list[Number]:
    """The main numbers of the quarter so far, each with its target. They are of different kinds and never added."""
    first, last = bounds(day)
    sites = sites_of(reader)
    figures = Figures(reader, first, last, sites)
    people = total(figures.trained()).value
    women = figures.trained(("sex",)).get(("f",))
    numbers = {
        "trainings_held": total(figures.trainings()).value,
        "persons_trained": people,
        "training_participations": total(figures.participations(training=True)).value,
        "group_meetings": total(figures.meetings()).value,
        "open_day_attendance": total(figures.counted()).value,
    }
    targets = _targets(reader, list(numbers), day, sites)
    told = [Number(code, value, targets.get(code)) for code, value in numbers.items()]
    if people:
        told.append(Number("women_percent", round(100 * (women.value if women else 0) / people)))
    return told


def bounds(day: date) -> tuple[str, str]:
    """The first and the last day of the quarter of a day."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    last = (first + timedelta(days=95)).replace(day=1) - timedelta(days=1)
    return first.isoformat(), last.isoformat()


def sites_of(reader: Reader) -> Sequence[str] | None:
    """The sites this register is for; None at the office, which sees all."""
    return reader.identity.sites or None


def _late_actions(reader: Reader, now: str, sites: Sequence[str] | None) -> list[Row]:
    rows = [
        row
        for row in reader.list("action_item", state=["open", "in_progress", "overdue"])
        if row["due"] and row["due"] < now and (sites is None or row["owner_site"] in sites)
    ]
    return sorted(rows, key=lambda row: (row["due"], row["id"]))


def _open_duties(reader: Reader, day: date, sites: Sequence[str] | None) -> list[Due]:
    """The overdue ones of this and the last quarter, and those that can still be done; none done or planned."""
    start = (date.fromisoformat(bounds(day)[0]) - timedelta(days=1)).replace(day=1) - timedelta(days=62)
    owed = duties(reader, start.replace(day=1).isoformat(), bounds(day)[1], sites, day.isoformat())
    wanted = [due for due in owed if due.state == "overdue" or (due.state == "open" and due.start <= day.isoformat())]
    return sorted(wanted, key=lambda due: (due.state != "overdue", due.end, due.kind, due.site))


def _targets(reader: Reader, codes: Sequence[str], day: date, sites: Sequence[str] | None) -> dict[str, float]:
    """The targets of this quarter by indicator code: that of the whole, else the sites' together."""
    indicators = {row["id"]: row["code"] for row in reader.list("indicator", code=list(codes))}
    if not indicators:
        return {}
    rows = [
        row
        for row in reader.list("target", indicator=list(indicators), year=day.year)
        if (row["quarter"] or "")[-1:] == str((day.month + 2) // 3)
    ]
    told: dict[str, float] = {}
    for indicator, code in indicators.items():
        mine = [row for row in rows if row["indicator"] == indicator]
        whole = [row for row in mine if row["site"] is None]
        parts = [row for row in mine if row["site"] is not None and (sites is None or row["site"] in sites)]
        chosen = whole if whole and sites is None else parts
        if chosen:
            told[code] = sum(row["value"] for row in chosen)
    return told
