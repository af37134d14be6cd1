"""Registers: what a period holds of each record type, row by row, as a workbook of lists; it adds nothing up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from app.basics.words import known, text
from app.models.queries.titles import names_of
from app.models.writer import Reader
from app.reports.frame import Frame
from app.reports.quarterly import period_name
from app.reports.tables import Column, Kind, Report, Row, Section, Table
from app.reports.wording import Wording, day
from app.specs.fields import FieldSpec, RecordSpec
from app.specs.records import RECORDS
from app.specs.types import Boolean, Choice, Choices, Date, Decimal, Integer, Moment, Reference, References

SHEETS: tuple[str, ...] = (
    "project", "plan_line", "indicator", "target", "site", "organisation", "venue", "activity", "session",
    "programme_element", "competition", "result", "headcount", "evaluation", "travel", "cost", "request",
    "recommendation", "milestone", "policy_document", "expert_mission", "output", "distribution", "airing", "mechanism",
    "reading", "survey", "question", "answer_count", "press_item", "quote", "legacy_figure", "group", "action_item",
)  # fmt: skip
"""The record types that have a sheet where the period holds any of them. Persons are not listed; see `experts`."""

_DAYS = ("date", "start", "received_on", "due", "state_date", "departure", "as_of", "adopted_on")
_LANGUAGES = ("en", "az", "ru")


def registers(reader: Reader, start: str, end: str, sites: Iterable[str] | None, language: str) -> Report:
    """Every sheet that has rows, the roster of experts last."""
    frame = Frame(reader, start, end, sites, language)
    tables = [register(frame, record) for record in SHEETS]
    made = [table for table in [*tables, experts(frame)] if any(section.rows for section in table.sections)]
    title = frame.say("registers.title", period=period_name(frame))
    return Report(title, language, frame.facts(), made, [frame.say("registers.note")], frame.warning())


def register(frame: Frame, record: str) -> Table:
    """The rows of one record type that belong to the period: by their own day, else by that of what they belong to.

    Rows without any day (projects, organisations) are always there; with sites chosen, only what is at one of them.
    """
    spec = RECORDS[record]
    rows = [row for row in frame.reader.list(record) if _in_scope(frame, spec, row)]
    columns = _columns(spec)
    names = _names(frame, spec, rows, columns)
    lines = [
        Row(
            [
                *(_cell(frame, field, row, names) for field in columns),
                *([_details(frame, row)] if spec.details else []),
            ],
            row["id"],
        )
        for row in rows
    ]
    lines.sort(key=lambda line: tuple(str(cell) if cell is not None else "" for cell in line.cells))
    return Table(
        _said(frame.language, f"records.{record}.many") or record,
        _said(frame.language, f"records.{record}.many") or record,
        [
            *(
                Column(_label(frame.language, record, field), _kind(field), _width(field), adds=False)
                for field in columns
            ),
            *([Column(frame.say("registers.details"), "text", 44)] if spec.details else []),
        ],
        [Section(lines)],
    )


def experts(frame: Frame) -> Table:
    """The roster of experts: who, of which sex, for what, in which languages, on how many missions; counted by sex."""
    found = [
        person
        for person in frame.reader.list("person")
        if (person["expert_fields"] or "expert" in (person["roles"] or [])) and not person["merged_into"]
    ]
    missions = Counter(mission["expert"] for mission in frame.reader.list("expert_mission"))
    words = frame.words
    rows = [
        Row(
            [
                words.person(person),
                words.choice("sex", person["sex"] or "not_recorded"),
                words.choices("person_role", person["roles"]),
                words.choices("topic", person["expert_fields"]),
                words.choices("language", person["languages"]),
                words.choice("country", person["expert_country"]),
                person["expert_availability"] or "",
                missions[person["id"]],
            ],
            person["id"],
        )
        for person in found
    ]
    by_sex = Counter(person["sex"] or "not_recorded" for person in found)
    counted = ", ".join(f"{words.choice('sex', sex)}: {by_sex[sex]}" for sex in sorted(by_sex))
    return Table(
        frame.say("registers.experts"),
        frame.say("registers.experts"),
        [
            Column(frame.say("records.person.one"), "text", 32),
            Column(frame.say("records.sex"), "text", 14),
            Column(frame.say("records.roles"), "text", 30),
            Column(frame.say("records.expert_fields"), "text", 44),
            Column(frame.say("records.languages"), "text", 24),
            Column(frame.say("records.expert_country"), "text", 18),
            Column(frame.say("records.expert_availability"), "text", 24),
            Column(frame.say("records.expert_mission.many"), "count", 12, adds=False),
        ],
        [Section(sorted(rows, key=lambda row: str(row.cells[0])))],
        [counted] if counted else [],
    )


def _in_scope(frame: Frame, spec: RecordSpec, row: Mapping[str, Any]) -> bool:
    """Whether a row, or the row it belongs to, is of these days and sites."""
    scope = frame.figures.scope
    seen: Mapping[str, Any] | None = row
    record = spec.name
    dated = placed = False
    for _ in range(4):  # a result belongs to a competition, that to an activity
        if seen is None:
            break
        about = RECORDS[record]
        first = next((seen[name] for name in _DAYS if seen.get(name) and name in about.by_name), None)
        if first is not None and not dated and about.scope == "site":
            dated = True
            last = max(str(seen.get("end") or first), str(first))
            standing = record in ("mechanism", "group")
            if not (str(first) <= scope.end and (standing or last >= scope.start or seen.get("as_of"))):
                return False
        if not placed and seen.get("site"):
            placed = True
            if not scope.at(seen["site"]):
                return False
        parent = "activity" if "activity" in about.by_name and seen.get("activity") else about.parent
        if not parent or not seen.get(parent):
            break
        target = about.by_name[parent].type
        assert isinstance(target, Reference)
        record = target.record
        seen = frame.reader.get(record, seen[parent], deleted=True)
    return placed or row.get("owner_site") is None or scope.at(row["owner_site"])


def _columns(spec: RecordSpec) -> list[FieldSpec]:
    """The fields to show: all but long texts, a title in three languages once; what is marked as personal never."""
    found = []
    for field in spec.fields:
        stem, _, language = field.name.rpartition("_")
        twin = bool(stem) and language in _LANGUAGES and f"{stem}_en" in spec.by_name
        long = getattr(field.type, "longest", 0) > 1000
        if field.personal or field.restricted or (twin and language != "en") or (long and not field.table):
            continue
        found.append(field)
    return found


def _names(
    frame: Frame, spec: RecordSpec, rows: list[dict[str, Any]], columns: list[FieldSpec]
) -> dict[str, dict[str, str]]:
    """Record type → id → what it is called, for everything that these rows refer to."""
    wanted: dict[str, set[str]] = {}
    for field in columns:
        if isinstance(field.type, Reference | References):
            ids = wanted.setdefault(field.type.record, set())
            for row in rows:
                value = row.get(field.name)
                ids |= {value} if isinstance(value, str) else set(value or ())
    return {
        record: {one: _title(frame.words, record, row) for one, row in names_of(frame.reader, record, ids).items()}
        for record, ids in wanted.items()
    }


def _title(words: Wording, record: str, row: Mapping[str, Any]) -> str:
    if record == "person":
        return words.person(row)
    if record == "activity":
        return words.activity(row)
    parts = [words.title(row, name) or str(row.get(name) or "") for name in RECORDS[record].title]
    return " ".join(filter(None, parts))


def _cell(
    frame: Frame, field: FieldSpec, row: Mapping[str, Any], names: Mapping[str, Mapping[str, str]]
) -> str | int | float | None:
    words, kind = frame.words, field.type
    stem, _, language = field.name.rpartition("_")
    value = row.get(field.name)
    if language == "en" and f"{stem}_az" in row:
        return words.title(row, stem)
    if value is None:
        return "" if _kind(field) in ("text", "date") else None
    if isinstance(kind, Choice):
        return words.kind(value) if kind.list == "activity_kind" else words.choice(kind.list, value)
    if isinstance(kind, Choices):
        return words.choices(kind.list, value)
    if isinstance(kind, Reference):
        return names.get(kind.record, {}).get(value, "")
    if isinstance(kind, References):
        known_names = names.get(kind.record, {})
        return ", ".join(known_names[one] for one in value if one in known_names)
    if isinstance(kind, Boolean):
        return frame.say("ui.yes" if value else "ui.no")
    if isinstance(kind, Moment):
        return day(value)
    return value if isinstance(value, int | float) else str(value)


def _details(frame: Frame, row: Mapping[str, Any]) -> str:
    """What the activity's kind asks for besides, a line each."""
    kind = frame.reader.kind(row["kind"])
    if kind is None:
        return ""
    names: dict[str, dict[str, str]] = {}
    said = []
    for field in kind.shown_fields(row["details"]):
        shown = _cell(frame, field, row["details"], names) if row["details"].get(field.name) is not None else ""
        if shown not in ("", None):
            said.append(f"{kind.field_label(field.name, frame.language)}: {shown}")
    return "\n".join(said)


def _kind(field: FieldSpec) -> Kind:
    if isinstance(field.type, Date):
        return "date"
    if isinstance(field.type, Decimal):
        return "money" if field.name in ("amount", "fee", "rate") else "hours"
    return "count" if isinstance(field.type, Integer) else "text"


def _width(field: FieldSpec) -> float:
    if _kind(field) != "text":
        return 13
    return 44 if getattr(field.type, "longest", 0) > 200 or field.name.startswith("title") else 24


def _label(language: str, record: str, field: FieldSpec) -> str:
    stem, _, tail = field.name.rpartition("_")
    names = [field.name, stem] if tail in _LANGUAGES else [field.name]
    keys = [key for name in names for key in (f"records.{record}.{name}", f"records.{name}")]
    return next((said for key in keys if (said := _said(language, key))), field.name.replace("_", " "))


def _said(language: str, key: str) -> str:
    return text(key, lang=language) if known(key) else ""
