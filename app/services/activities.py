"""Planning and running activities: from a plan line, as a copy of another, through their states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from app.errors import UserError
from app.models.writer import Writer
from app.services import attendance
from app.specs import choices, plans
from app.specs.seeds import site_id

_COPIED = (
    "kind", "title_en", "title_az", "title_ru", "project", "plan_line", "site", "sites", "venue", "place", "country",
    "owner_unit", "group", "field_of_work", "fields_of_work", "topics", "audiences", "co_sponsors", "partners",
    "decisions", "dimension", "gender_marker", "languages", "quorum_percent", "threshold_percent",
)  # fmt: skip


def plan(w: Writer, kind_code: str, values: Mapping[str, Any]) -> str:
    """A new activity of a kind, with what the kind proposes (titles, topics, audiences, field of work) filled in."""
    kind = w.kind(kind_code)
    if kind is None:
        raise UserError("no_such_kind", kind=kind_code)
    proposed: dict[str, Any] = {
        "kind": kind_code,
        **{f"title_{lang}": kind.title(lang) for lang in ("en", "az", "ru")},
        "field_of_work": kind.field_of_work or None,
        "fields_of_work": list(kind.fields_of_work),
        "topics": list(kind.topics),
        "audiences": list(kind.audiences),
        "dimension": kind.dimension or None,
    }
    details = {field.name: field.default for field in kind.shown_fields({}) if field.default is not None}
    if details:
        values = {**values, "details": {**details, **(values.get("details") or {})}}
    activity = w.put("activity", {**proposed, **values})
    if "sessions" in kind.facets:
        attendance.plan_sessions(w, activity)
    for number, element in enumerate(kind.programme, 1):
        w.put(
            "programme_element",
            {"activity": activity, "title": choices.label("programme_element", element), "kind": element},
        )
        if number > 50:
            break
    return activity


def plan_from_line(w: Writer, plan_line: str, values: Mapping[str, Any]) -> str:
    """A new activity for a line of the plan: kind, titles, project and topics come from the line."""
    line = w.get("plan_line", plan_line)
    if line is None:
        raise UserError("no_such_row", record="plan_line")
    if not line["kind"]:
        raise UserError("plan_line_without_kind")
    given: dict[str, Any] = {
        f"title_{lang}": line[f"title_{lang}"] for lang in ("en", "az", "ru") if line[f"title_{lang}"]
    }
    if line["topics"]:
        given["topics"] = line["topics"]
    kind = w.kind(line["kind"])
    asked = kind.by_name.get("site_scope") if kind is not None else None
    if asked is not None and asked.default and line["sites"]:  # one event for all of them
        scope = _scope_of(line["sites"])
        given |= {"details": {"site_scope": scope}} if scope else {"sites": line["sites"]}
    return plan(w, line["kind"], {**given, "project": line["project"], "plan_line": plan_line, **values})


def _scope_of(sites: Sequence[str]) -> str:
    """The named scope that is exactly these sites, or ''."""
    for code, entry in choices.offered("site_scope").items():
        named = entry.more.get("sites", "").split()
        if named and {site_id(site) for site in named} == set(sites):
            return code
    return ""


def load_plan(w: Writer, code: str, year: int | None = None) -> tuple[str, int]:
    """Take a plan that ships into the register, perhaps for another year than its own: (its project's id, rows made).

    Rows that are there already (or in the bin) are left alone, so loading twice changes nothing.
    UserError(plan_unknown).
    """
    rows = plans.plan_rows(code, year)
    made = 0
    for record, row, values in rows:
        if w.get(record, row, deleted=True) is None:
            w.put(record, values, row)
            made += 1
    return rows[0][1], made


def clone(w: Writer, activity: str, start: str) -> str:
    """A planned copy beginning on `start`: same people invited, same sessions shifted by as many days, no marks."""
    old = w.get("activity", activity)
    if old is None:
        raise UserError("no_such_row", record="activity")
    shift = date.fromisoformat(start) - date.fromisoformat(old["start"])
    values = {name: old[name] for name in _COPIED if old[name] is not None}
    values |= {"start": start, "status": "planned", "cloned_from": activity, "details": old["details"]}
    if old["end"]:
        values["end"] = _shifted(old["end"], shift)
    new = w.put("activity", values)
    for session in w.list("session", activity=activity):
        kept = {n: session[n] for n in ("part", "start", "end", "hours", "topics", "title", "trainers", "mode")}
        w.put("session", {**kept, "activity": new, "date": _shifted(session["date"], shift)})
    for element in w.list("programme_element", activity=activity):
        kept = {n: element[n] for n in ("title", "kind", "planned_at", "unit")}
        w.put("programme_element", {**kept, "activity": new})
    for participation in sorted(w.list("participation", activity=activity), key=lambda p: p["sheet_row"] or 0):
        if participation["person"]:
            attendance.add_person(w, new, participation["person"], role=participation["role"])
    return new


def set_status(w: Writer, activity: str, status: str, reason: str = "") -> None:
    """Move an activity to planned, confirmed, held, postponed or cancelled; the last two want a reason."""
    w.put("activity", {"status": status, "status_reason": reason or None}, activity)


def _shifted(day: str, shift: timedelta) -> str:
    return (date.fromisoformat(day) + shift).isoformat()


def propose_start(old_start: str, today: date) -> str:
    """When a copy might begin: the same day of the week as the old one, the first that is after today and the old."""
    old = date.fromisoformat(old_start)
    first = max(today, old) + timedelta(days=1)
    return (first + timedelta(days=(old.weekday() - first.weekday()) % 7)).isoformat()


def begin(w: Writer, what: str, values: Mapping[str, Any]) -> str:
    """A new activity of what was chosen, `line:<id of a plan line>` or `kind:<code>`; remembers the site for the next.

    Without a site in `values` it is the plan line's if that has one only, else this register's, else the last used.
    Raises UserError(no_site_known) when none is known.
    """
    source, _, key = what.partition(":")
    given = {name: value for name, value in values.items() if value not in (None, "")}
    if not given.get("site"):
        line = w.get("plan_line", key) if source == "line" else None
        sites = (line["sites"] or []) if line else []
        known = sites[0] if len(sites) == 1 else w.identity.default_site or w.meta("last_site")
        if not known:
            raise UserError("no_site_known")
        given["site"] = known
    activity = plan_from_line(w, key, given) if source == "line" else plan(w, key, given)
    w.set_meta("last_site", given["site"])
    return activity
