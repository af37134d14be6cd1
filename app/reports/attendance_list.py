"""The attendance list of one activity: who was on it, what they were then, which sessions they attended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.basics import clock
from app.basics.words import text
from app.errors import UserError
from app.models.queries.attendance import sheet
from app.models.queries.facts import Facts, Scope, participant_roles
from app.models.writer import Reader
from app.reports.tables import Column, Report, Row, Section, Table
from app.reports.wording import Wording, day, days, moment, spoken
from app.specs import choices

_MARKS = {"full": "x", "part": "x", "none": "–"}


def attendance_list(reader: Reader, activity: str, language: str) -> Report:
    """The list of an activity, those who took part first. Raises UserError(no_such_row)."""
    found = sheet(reader, activity)
    if found is None:
        raise UserError("no_such_row", record="activity")
    words = Wording(reader, language)
    about, sessions = found.activity, found.sessions

    def say(key: str, **params: object) -> str:
        return text(key, lang=language, **params)

    dates = sorted({s["date"] for s in sessions}) or [about["start"]]
    columns = [
        Column(say("reports.row_no"), "count", 6, adds=False),
        Column(say("reports.name"), "text", 34),
        Column(say("reports.rank"), "text", 18),
        Column(say("reports.unit"), "text", 24),
        *(Column(_session(words, s), "text", 9) for s in sessions),
        Column(say("reports.hours"), "hours", 8),
        *(Column(say("reports.signature_of", day=day(d)[:5]), "text", 20) for d in dates),
    ]
    attended = _seats(reader, about)
    parts: dict[bool, list[Row]] = {True: [], False: []}
    last = max((row["sheet_row"] or 0 for row in found.rows), default=0)
    for row in found.rows:
        last += not row["sheet_row"]
        seat = attended.get(row["id"])
        takes_part = row["role"] in participant_roles()
        name = words.person(row) if row["person"] else say("reports.unnamed")
        if not takes_part:
            name = f"{name} ({words.choice('participation_role', row['role']).lower()})"
        parts[takes_part].append(
            Row(
                [
                    row["sheet_row"] or last,
                    name,
                    words.choice("rank", row["rank"]),
                    row["unit"] or words.choice("service", row["service"]),
                    *(_mark(row["marks"].get(s["id"]), language) for s in sessions),
                    round(seat.hours, 2) if takes_part and seat and seat.hours is not None else None,
                    *[""] * len(dates),
                ]
            )
        )
    sections = [Section(parts[True], say("reports.participants"), say("reports.total"))]
    if parts[False]:
        sections.append(Section(parts[False], say("reports.other_roles")))
    numbers = _numbers(found.rows)
    return Report(
        say("reports.attendance_title"),
        language,
        [
            (say("reports.title"), words.activity(about)),
            (say("reports.kind"), words.kind(about["kind"])),
            (say("reports.site"), words.site(about["site"])),
            (say("reports.place"), about["place"] or words.name("venue", about["venue"])),
            (say("reports.period"), days(about["start"], about["end"])),
            (say("reports.status"), words.choice("activity_status", about["status"])),
            (
                say("reports.participants"),
                say(
                    "reports.so_many",
                    all=sum(numbers.values()),
                    women=numbers["f"],
                    men=numbers["m"],
                    other=numbers[""],
                ),
            ),
            (say("reports.made"), moment(clock.stamp())),
        ],
        [
            Table(
                say("reports.sheet_attendance"),
                words.activity(about),
                columns,
                sections,
                [say("reports.marks_legend")],
                landscape=True,
                tall=8.5,
            )
        ],
        warning=say("reports.practice") if reader.meta("practice", False) else "",
    )


def _seats(reader: Reader, about: Mapping[str, Any]) -> dict[str, Any]:
    """Participation → its seat, for hours; none before the activity was held."""
    facts = Facts(reader, Scope(about["start"], about["start"], (about["site"],)))
    return {row: seat for seat in facts.seats if seat.activity["id"] == about["id"] for row in seat.ids}


def _session(words: Wording, session: Mapping[str, Any]) -> str:
    part = words.choice("day_part", session["part"]).lower() if session["part"] else session["start"] or ""
    return f"{day(session['date'])[:5]} {part}".strip()


def _mark(mark: Mapping[str, Any] | None, language: str) -> str:
    if mark is None:
        return ""
    entry = choices.choices("attendance_state").get(mark["state"])
    counts = entry.more.get("hours", "none") if entry else "none"
    said = _MARKS.get(counts, "–")
    if counts == "part":
        hours = mark.get("hours")
        label = entry.label(language).lower() if entry else ""
        return f"{said} {spoken(hours, 'hours', language)} h" if hours is not None else f"{said} {label}"
    if mark["state"] == "excused":
        return f"({said})"
    return said


def _numbers(rows: list[dict[str, Any]]) -> dict[str, int]:
    """Those who take part by sex; '' where it was not recorded."""
    numbers = {"f": 0, "m": 0, "": 0}
    for row in rows:
        if row["role"] in participant_roles():
            numbers[row["sex"] if row["sex"] in numbers else ""] += 1
    return numbers
