"""What happens at the registration desk: sessions, the list, marks; services never commit or show anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from app.errors import UserError
from app.models.writer import Writer

_FROZEN = ("rank", "unit", "organisation", "service", "sex")
"""What a participation keeps as it was at the event."""
_NUMBERS = re.compile(r"\s*(\d+)\s*(?:[-–]\s*(\d+))?\s*")


def plan_sessions(
    w: Writer, activity: str, *, parts: Iterable[str] = ("full_day",), hours: float | None = None
) -> list[str]:
    """Make sure that each day of an activity has a session for each part of the day; gives all their ids in order."""
    about = _activity(w, activity)
    first = date.fromisoformat(about["start"])
    last = date.fromisoformat(about["end"] or about["start"])
    if (last - first).days > 366:
        raise UserError("activity_too_long", days=(last - first).days + 1)
    known = {(s["date"], s["part"]): s["id"] for s in w.list("session", activity=activity)}
    ids = []
    for day in range((last - first).days + 1):
        for part in parts:
            when = (first + timedelta(days=day)).isoformat()
            values = {"activity": activity, "date": when, "part": part, "hours": hours}
            ids.append(known.get((when, part)) or w.put("session", values))
    return ids


def add_person(
    w: Writer,
    activity: str,
    person: str,
    *,
    session: str | None = None,
    role: str = "participant",
    source: str = "door",
    row: int | None = None,
) -> str:
    """Put a person on the list of an activity, with rank and unit as they are today, and mark them in `session`.

    A person who is there already keeps their row. Returns the id of the participation.
    """
    about = w.get("person", person)
    if about is None:
        raise UserError("no_such_row", record="person")
    person = about["merged_into"] or person
    known = next(iter(w.list("participation", activity=activity, person=person)), None)
    if known is None:
        participation = w.put(
            "participation",
            {
                "activity": activity,
                "person": person,
                "role": role,
                "source": source,
                "state": "attended" if session else "invited",
                "sheet_row": row or next_row(w, activity),
                **{name: about[name] for name in _FROZEN if about.get(name)},
            },
        )
    else:
        participation = known["id"]
        if session and known["state"] != "attended":
            w.put("participation", {"state": "attended"}, participation)
    if session:
        mark(w, participation, session, "present", source=source)
    return participation


def add_new_person(w: Writer, activity: str, person: Mapping[str, Any], **more: Any) -> tuple[str, str]:
    """Register somebody who was never here and put them on the list; gives (person, participation)."""
    made = w.put("person", person)
    return made, add_person(w, activity, made, **more)


def next_row(w: Writer, activity: str) -> int:
    """The next free row number of the sheet."""
    return max((p["sheet_row"] or 0 for p in w.list("participation", activity=activity)), default=0) + 1


def mark(
    w: Writer,
    participation: str,
    session: str,
    state: str,
    *,
    hours: float | None = None,
    source: str = "door",
    signed: bool | None = None,
) -> str:
    """Say whether somebody was there: present, absent, late, left_early or excused; `hours` when it was a part."""
    values: dict[str, Any] = {
        "participation": participation,
        "session": session,
        "state": state,
        "hours": hours,
        "source": source,
    }
    if signed is not None:
        values["signed"] = signed
    return w.put("attendance", values)


def mark_all(w: Writer, activity: str, session: str, state: str = "present", *, source: str = "sheet") -> int:
    """Mark everybody on the list who has no mark in this session yet; gives how many were marked."""
    marked = {a["participation"] for a in w.list("attendance", session=session)}
    done = 0
    for participation in w.list("participation", activity=activity):
        if participation["id"] not in marked and participation["state"] != "declined":
            if participation["state"] != "attended":
                w.put("participation", {"state": "attended"}, participation["id"])
            mark(w, participation["id"], session, state, source=source)
            done += 1
    return done


def read_rows(typed: str) -> list[int]:
    """Row numbers as a person types them: "7, 19" or "3-5 8". Raises UserError(row_numbers_unclear)."""
    rows: list[int] = []
    for part in re.split(r"[,;\s]+(?![-–])", typed.strip()):
        if not part:
            continue
        found = _NUMBERS.fullmatch(part)
        if found is None:
            raise UserError("row_numbers_unclear", typed=part)
        first, last = int(found[1]), int(found[2] or found[1])
        if last < first or last - first > 1000:
            raise UserError("row_numbers_unclear", typed=part)
        rows += range(first, last + 1)
    return rows


def mark_rows(w: Writer, activity: str, session: str, typed: str, state: str = "absent") -> list[str]:
    """Mark the people in these rows of the sheet; raises UserError(no_such_rows) and then marks nobody."""
    wanted = read_rows(typed)
    by_row = {p["sheet_row"]: p["id"] for p in w.list("participation", activity=activity)}
    missing = [row for row in wanted if row not in by_row]
    if missing:
        raise UserError("no_such_rows", rows=", ".join(map(str, missing)))
    for row in wanted:
        mark(w, by_row[row], session, state, source="sheet")
    return [by_row[row] for row in wanted]


def repeat_session(w: Writer, activity: str, earlier: str, later: str) -> int:
    """Begin a session with the marks of an earlier one (day 2 from day 1); marks already made stay."""
    marked = {a["participation"] for a in w.list("attendance", session=later)}
    done = 0
    for before in w.list("attendance", session=earlier):
        if before["participation"] not in marked:
            state = "present" if before["state"] in ("late", "left_early") else before["state"]
            mark(w, before["participation"], later, state, source=before["source"] or "sheet")
            done += 1
    return done


def take_off(w: Writer, participation: str) -> None:
    """Take a person off the list with all their marks; the bin keeps both."""
    for attendance in w.list("attendance", participation=participation):
        w.delete("attendance", attendance["id"])
    w.delete("participation", participation)


def _activity(w: Writer, activity: str) -> dict[str, Any]:
    found = w.get("activity", activity)
    if found is None:
        raise UserError("no_such_row", record="activity")
    return found
