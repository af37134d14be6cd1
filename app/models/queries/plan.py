"""The plan as people read it: projects, their lines, what was done of each and where nothing was; writes nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import distinct, func, select

from app.models.tables import RECORD_TABLES
from app.models.writer import Reader
from app.specs import choices

Row = dict[str, Any]
_ACTIVITY, _PARTICIPATION = RECORD_TABLES["activity"], RECORD_TABLES["participation"]
_SITE, _OUTPUT = RECORD_TABLES["site"], RECORD_TABLES["output"]
_DOCUMENT = RECORD_TABLES["policy_document"]
_COLUMNS = ("id", "kind", "title_en", "title_az", "title_ru", "site", "start", "end", "status", "plan_line", "group")
_AHEAD = ("planned", "confirmed")
_OVER = ("done", "dropped")
_APPROACHES = ("strategic", "training", "operational", "other")
_QUARTER_ENDS = {"1": "03-31", "2": "06-30", "3": "09-30", "4": "12-31"}


@dataclass(frozen=True)
class PlanLine:
    """A line with what was made of it.

    `done` is counted in the line's own unit (unique persons for people, held activities for events …), None where the
    unit cannot be counted from activities; figures of different units are never added up. `missing`: sites of the line
    where nothing is held or planned; `late`: its last quarter is over and it is not fulfilled.
    """

    row: Row
    depth: int
    done: int | None
    held: int
    planned: int
    missing: tuple[str, ...]
    late: bool
    activities: tuple[Row, ...]


@dataclass(frozen=True)
class Plan:
    """A project and its lines, each after the one it belongs to."""

    project: Row
    lines: tuple[PlanLine, ...]


def plans(reader: Reader, today: str, sites: Iterable[str] | None = None, until: str | None = None) -> list[Plan]:
    """Every live project with its lines, by code.

    `sites` counts only what was done there, and only asks for them; `until` leaves out what begins after that day.
    """
    within = None if sites is None else set(sites)
    by_line = _activities(reader, within, until)
    lines = reader.list("plan_line")
    told = []
    for project in sorted(reader.list("project"), key=lambda p: (p["status"] != "active", p["code"])):
        mine = [line for line in lines if line["project"] == project["id"]]
        shown = [
            _told(reader, project, line, depth, by_line.get(line["id"], []), within, today)
            for line, depth in _ordered(mine)
        ]
        told.append(Plan(project, tuple(shown)))
    return told


def _ordered(lines: Sequence[Row]) -> list[tuple[Row, int]]:
    """Lines in the order of approach and code, those below a line after it; one whose parent is gone stands on top."""
    known = {line["id"] for line in lines}
    below: dict[str, list[Row]] = defaultdict(list)
    for line in lines:
        below[line["parent"] if line["parent"] in known else ""].append(line)
    found: list[tuple[Row, int]] = []
    seen: set[str] = set()

    def walk(parent: str, depth: int) -> None:
        for line in sorted(below[parent], key=_order):
            if line["id"] not in seen:
                seen.add(line["id"])
                found.append((line, depth))
                walk(line["id"], depth + 1)

    walk("", 0)
    for line in sorted(lines, key=_order):  # lines that name each other as parent, by two laptops say, are not lost
        if line["id"] not in seen:
            seen.add(line["id"])
            found.append((line, 0))
            walk(line["id"], 1)
    return found


def _order(line: Row) -> tuple[Any, ...]:
    approach = _APPROACHES.index(line["approach"]) if line["approach"] in _APPROACHES else len(_APPROACHES)
    parts = [(int(p), "") if p.isdigit() else (-1, p) for p in re.findall(r"\d+|[^\d.]+", line["code"] or "~")]
    return (approach if line["parent"] is None else 0, parts, line["id"])


def _activities(reader: Reader, within: set[str] | None, until: str | None) -> Mapping[str, list[Row]]:
    """The activities of each line, oldest first, with the names of their sites."""
    query = (
        select(
            *(_ACTIVITY.c[name] for name in _COLUMNS),
            *(_SITE.c[f"name_{language}"].label(f"site_name_{language}") for language in ("en", "az", "ru")),
        )
        .outerjoin(_SITE, _ACTIVITY.c.site == _SITE.c.id)
        .where(_ACTIVITY.c.deleted.is_(False), _ACTIVITY.c.plan_line.is_not(None))
        .order_by(_ACTIVITY.c.start, _ACTIVITY.c.id)
    )
    found: dict[str, list[Row]] = defaultdict(list)
    for row in reader.rows(query):
        if (within is None or row["site"] in within) and (until is None or row["start"] <= until):
            found[row["plan_line"]].append(row)
    return found


def _told(
    reader: Reader, project: Row, line: Row, depth: int, here: list[Row], within: set[str] | None, today: str
) -> PlanLine:
    held = [row for row in here if row["status"] == "held"]
    ahead = [row for row in here if row["status"] in _AHEAD]
    there = {row["site"] for row in (*held, *ahead)}
    wanted = [site for site in line["sites"] or [] if within is None or site in within]
    done = _done(reader, line["unit"], held) if line["kind"] else None
    return PlanLine(
        line,
        depth,
        done,
        len(held),
        len(ahead),
        tuple(site for site in wanted if site not in there) if line["kind"] else (),
        _late(project, line, done, len(held), today),
        tuple(here),
    )


def _done(reader: Reader, unit: str | None, held: Sequence[Row]) -> int | None:
    ids = [row["id"] for row in held]
    if unit in ("events", "meetings", "visits", None):
        return len(held)
    if unit == "sites":
        return len({row["site"] for row in held})
    if unit == "groups":
        return len({row["group"] for row in held if row["group"]})
    counting = {
        "people": _attended(func.count(distinct(_PARTICIPATION.c.person))).where(_PARTICIPATION.c.person.is_not(None)),
        "participations": _attended(func.count()),
        "issues": _published(func.count()),
        "products": _published(func.count()),
        "copies": _published(func.coalesce(func.sum(_OUTPUT.c.print_run), 0)),
        "documents": select(func.count()).where(
            _DOCUMENT.c.deleted.is_(False), _DOCUMENT.c.stage.in_(("approved", "published"))
        ),
    }.get(unit or "")
    if counting is None:
        return None
    column = {"documents": _DOCUMENT, "people": _PARTICIPATION, "participations": _PARTICIPATION}.get(
        unit or "", _OUTPUT
    )
    total = 0
    if unit == "people":  # a person of two trainings is one, so the chunks cannot be added
        return int(reader.connection.execute(counting.where(column.c.activity.in_(ids))).scalar_one()) if ids else 0
    for start in range(0, len(ids), 400):
        chunk = counting.where(column.c.activity.in_(ids[start : start + 400]))
        total += int(reader.connection.execute(chunk).scalar_one())
    return total


def _attended(what: Any) -> Any:
    roles = [code for code, role in choices.choices("participation_role").items() if role.more.get("trained") == "yes"]
    return select(what).where(
        _PARTICIPATION.c.deleted.is_(False), _PARTICIPATION.c.state == "attended", _PARTICIPATION.c.role.in_(roles)
    )


def _published(what: Any) -> Any:
    return select(what).where(_OUTPUT.c.deleted.is_(False), _OUTPUT.c.stage == "published")


def _late(project: Row, line: Row, done: int | None, held: int, today: str) -> bool:
    if not line["kind"] or line["status"] in _OVER or project["status"] not in (None, "active"):
        return False
    end = project["end"] or "9999-12-31"
    if line["quarters"] and project["start"]:
        last = max(_QUARTER_ENDS.get(str(quarter)[-1], "12-31") for quarter in line["quarters"])
        end = min(end, f"{project['start'][:4]}-{last}")
    reached = held > 0 if line["target"] is None or done is None else done >= line["target"]
    return end < today and not reached
