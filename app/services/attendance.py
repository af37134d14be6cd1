"""What happens at the registration desk: sessions, the list, marks; services never commit or show anything."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.errors import UserError
from app.models.queries.attendance import last_row, sessions_of
from app.models.writer import Reader, Writer
from app.names import match
from app.names.fold import fold
from app.names.parse import SURNAME_FIRST, parse_name
from app.services import people
from app.specs.paper_codes import badge_code

_FROZEN = ("rank", "unit", "organisation", "service", "sex")
"""What a participation keeps as it was at the event."""
_NUMBERS = re.compile(r"(\d{1,5})(?:[-–](\d{1,5}))?")
_OTHER_LAYOUTS = str.maketrans("ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬÜİ", "QWERTYUIOPASDFGHJKLZXCVBNMWI")
"""What a scanner types while the Russian or the Azerbaijani layout is on: it presses keys, not letters."""
_SURE, _SURE_WITH_FATHER = 0.75, 0.92
"""From which likeness Enter means the person found; a father's name tells namesakes apart, so with one it is higher."""


@dataclass(frozen=True)
class Candidate:
    """A person found at the desk: the row of the person, the likeness, and the participation if already on the list."""

    person: Mapping[str, Any]
    name: str
    score: float
    participation: str | None = None


@dataclass(frozen=True)
class Listed:
    """Somebody on the list, as the search needs them: made once, because every key looks through all of them."""

    participation: str
    name: str
    words: tuple[str, ...]
    person: Mapping[str, Any]
    badges: tuple[str, ...] = ()


def seat_of(row: Mapping[str, Any]) -> Listed:
    """The seat of a row of the sheet."""
    name = people.full_name(dict(row))
    about = {"id": row["person"], "rank": row["rank"], "unit": row["unit"]}
    badges = tuple(code.upper() for code in (badge_code(row["id"]), row["badge"]) if code)
    return Listed(row["id"], name, tuple(fold(name).split()), about, badges)


def find(
    r: Reader,
    typed: str,
    listed: Mapping[str, Listed],
    there: Collection[str] = (),
    limit: int = 7,
) -> list[Candidate]:
    """Whom the typed letters may mean, surest first. Of equally likely ones first those on the list of this event who
    are not marked yet, in the order of the list, then those who are `there` already, then all others.

    `listed`: person → seat of those on the list, in its order. The code of a badge finds its holder alone.
    """
    scanned = typed.strip().upper()
    meant = {scanned, scanned.translate(_OTHER_LAYOUTS)}
    for seat in listed.values():
        if not meant.isdisjoint(seat.badges):
            return [Candidate(seat.person, seat.name, 1.0, seat.participation)]
    if not fold(typed):
        return []
    found = {
        hit.person["id"]: Candidate(hit.person, people.full_name(hit.person), hit.score)
        for hit in people.find(r, typed, limit=4 * limit)
    }
    wanted = fold(typed).split()
    for person, seat in listed.items():
        if person not in found and all(any(word.startswith(begun) for word in seat.words) for begun in wanted):
            found[person] = Candidate(seat.person, seat.name, match.score(typed, seat.name))
    ranked = [
        Candidate(c.person, c.name, c.score, listed[c.person["id"]].participation if c.person["id"] in listed else None)
        for c in found.values()
    ]
    place = {person: number for number, person in enumerate(listed)}

    def order(c: Candidate) -> tuple[float, int, str, str]:
        person = c.person["id"]
        known = 0.0 if c.participation is None else 0.05 if person in there else 0.1
        return -round(c.score + known, 2), place.get(person, len(place)), fold(c.name), person

    return sorted(ranked, key=order)[:limit]


def is_sure(typed: str, candidate: Candidate) -> bool:
    """Whether Enter may take this candidate for the person typed, rather than begin a new one."""
    return candidate.score >= (_SURE if len(fold(typed).split()) < 3 else _SURE_WITH_FATHER)


def typed_name(typed: str) -> dict[str, str]:
    """Surname, given name, father's name and suffix out of one typed line, surname first as the forms ask for it."""
    name = parse_name(typed, SURNAME_FIRST)
    suffix = {"oğlu": "oglu", "qızı": "qizi"}.get(name.suffix, "")
    parts = {"surname": name.surname, "given": name.given, "patronymic": name.patronymic, "suffix": suffix}
    return {field: part for field, part in parts.items() if part}


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
    return last_row(w, activity) + 1


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
            mark(w, participation["id"], session, state, source=source, signed=_signed(state, source))
            done += 1
    return done


def _signed(state: str, source: str) -> bool | None:
    """What a mark says of the signature: one taken from the signed sheet says it is there, or is not."""
    return state in ("present", "late", "left_early") if source == "sheet" else None


def unmark(w: Writer, participation: str, session: str) -> bool:
    """Take a mark away, as if nobody had said anything; False when there was none."""
    for attendance in w.list("attendance", participation=participation, session=session):
        w.delete("attendance", attendance["id"])
        return True
    return False


def sign(w: Writer, participation: str, session: str, signed: bool) -> None:
    """Say whether the signature stands on the sheet; UserError(not_marked) for somebody without a mark."""
    for attendance in w.list("attendance", participation=participation, session=session):
        w.put("attendance", {"signed": signed}, attendance["id"])
        return
    raise UserError("not_marked")


def session_before(r: Reader, activity: str, session: str) -> str | None:
    """The session to copy marks from: the latest one before this, on the earlier day if this begins a day."""
    ids = [s["id"] for s in sessions_of(r, activity)]
    at = ids.index(session) if session in ids else 0
    return ids[at - 1] if at > 0 else None


def read_rows(typed: str) -> list[int]:
    """Row numbers as a person types them: "7, 19" or "3-5 8". Raises UserError(row_numbers_unclear)."""
    rows: list[int] = []
    for part in re.split(r"[,;\s]+", re.sub(r"\s*([-–])\s*", r"\1", typed.strip())):
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
    wanted = list(dict.fromkeys(read_rows(typed)))
    by_row: dict[int, list[str]] = {}
    for participation in w.list("participation", activity=activity):
        by_row.setdefault(participation["sheet_row"], []).append(participation["id"])
    missing = [row for row in wanted if row not in by_row]
    if missing:
        raise UserError("no_such_rows", rows=", ".join(map(str, missing)))
    twice = [row for row in wanted if len(by_row[row]) > 1]
    if twice:
        raise UserError("rows_twice", rows=", ".join(map(str, twice)))
    for row in wanted:
        mark(w, by_row[row][0], session, state, source="sheet", signed=_signed(state, "sheet"))
    return [by_row[row][0] for row in wanted]


def number_rows(w: Writer, activity: str) -> int:
    """Give a number to everybody who has none, and another one to whoever shares theirs (two laptops at one event).

    The first holder of a number keeps it. Gives how many got a new one.
    """
    taken: set[int] = set()
    without = []
    for participation in w.list("participation", activity=activity):
        number = participation["sheet_row"]
        if number is None or number in taken:
            without.append(participation["id"])
        else:
            taken.add(number)
    free = max(taken, default=0)
    for number, participation in enumerate(without, free + 1):
        w.put("participation", {"sheet_row": number}, participation)
    return len(without)


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
