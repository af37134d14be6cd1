"""Everything the register holds about one person: for their page, and to hand out to them; it writes nothing."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.basics import clock, words
from app.basics.words import known, text
from app.errors import UserError
from app.models.queries import persons
from app.models.queries.titles import names_of
from app.models.writer import Reader
from app.services import people
from app.specs import choices
from app.specs.fields import FieldSpec
from app.specs.records import RECORDS
from app.specs.types import Boolean, Choice, Choices, Reference, References

Row = dict[str, Any]


@dataclass
class Dossier:
    """One person with what speaks of them. Rows are plain; `names` gives the words for the ids in them."""

    person: Row
    postings: list[Row] = field(default_factory=list)
    activities: list[Row] = field(default_factory=list)
    groups: list[Row] = field(default_factory=list)
    certificates: list[Row] = field(default_factory=list)
    merged: list[Row] = field(default_factory=list)
    stands_for: Row | None = None
    attachments: list[Row] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


def dossier(reader: Reader, person: str) -> Dossier | None:
    """The dossier of a person, with what was recorded under cards merged into theirs; None if there is no such row."""
    row = reader.get("person", person)
    if row is None:
        return None
    merged = persons.merged_into(reader, person)
    cards = [person, *merged]
    attended = persons.activities_attended(reader, cards)
    activities = sorted(
        (one for rows in attended.values() for one in rows), key=lambda one: (one["start"], one["id"]), reverse=True
    )
    marks = persons.marks_of(reader, [one["id"] for one in activities])
    for one in activities:
        one["marks"] = marks.get(one["id"], [])
    certificates = persons.certificates_of(reader, [one["id"] for one in activities])
    about = {("person", card) for card in cards} | {("participation", one["id"]) for one in activities}
    found = Dossier(
        row,
        postings=persons.postings_of(reader, cards),
        activities=activities,
        groups=persons.memberships_of(reader, cards),
        certificates=certificates,
        merged=reader.list("person", id=merged) if merged else [],
        stands_for=reader.get("person", row["merged_into"]) if row["merged_into"] else None,
        attachments=[
            one
            for record, id_ in sorted(about)
            for one in reader.list("attachment", linked_record=record, linked_id=id_)
        ],
    )
    found.names = _names(reader, found)
    return found


def _names(reader: Reader, found: Dossier) -> dict[str, str]:
    wanted: dict[str, set[str]] = {"organisation": set(), "site": set()}
    for row in (found.person, *found.postings, *found.activities, *found.groups, *found.merged):
        for record in wanted:
            wanted[record] |= {value for value in (row.get(record), row.get("owner_site")) if value}
    named = {}
    for record, ids in wanted.items():
        for id_, row in names_of(reader, record, ids).items():
            named[id_] = spoken(row, "name")
    return named


def spoken(row: Mapping[str, Any], stem: str) -> str:
    """A title in three languages, in the one spoken now or else in any."""
    order = (words.language(), "en", "az", "ru")
    return next((row[key] for language in order if row.get(key := f"{stem}_{language}")), "")


def label(record: str, name: str) -> str:
    """What a field is called."""
    stem = name.rpartition("_")[0] if name.rpartition("_")[2] in words.LANGUAGES else name
    for key in (f"records.{record}.{name}", f"records.{record}.{stem}", f"records.{name}", f"records.{stem}"):
        if known(key):
            return text(key)
    return name.replace("_", " ").capitalize()


def shown(spec: FieldSpec, value: Any, names: Mapping[str, str]) -> str:
    """A value in words."""
    if value is None or value == []:
        return ""
    if isinstance(spec.type, Choice):
        return choices.label(spec.type.list, value)
    if isinstance(spec.type, Choices):
        return ", ".join(choices.label(spec.type.list, code) for code in value)
    if isinstance(spec.type, Boolean):
        return text("ui.yes" if value else "ui.no")
    if isinstance(spec.type, Reference):
        return names.get(value, str(value))
    if isinstance(spec.type, References):
        return ", ".join(names.get(one, str(one)) for one in value)
    return str(value)


def filled(record: str, row: Mapping[str, Any], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """(label, value in words) of the fields of a row that have a value."""
    return [
        (label(record, spec.name), words_)
        for spec in RECORDS[record].fields
        if (words_ := shown(spec, row.get(spec.name), names))
    ]


def export(reader: Reader, person: str) -> dict[str, Any]:
    """All of it as plain data, history included. Raises UserError(no_such_row)."""
    found = dossier(reader, person)
    if found is None:
        raise UserError("no_such_row", record="person")
    cards = [found.person, *found.merged]
    history = [
        {"card": card["id"], "when": entry["wall"], "user": entry["user"], "changed": _plain(entry["fields"])}
        for card in cards
        for entry in reader.history("person", card["id"])
    ]
    return {
        "made": clock.stamp(),
        "person": _filled(found.person),
        "merged": [_filled(card) for card in found.merged],
        "postings": [_filled(row) for row in found.postings],
        "activities": [_filled(row) for row in found.activities],
        "groups": [_filled(row) for row in found.groups],
        "certificates": [_filled(row) for row in found.certificates],
        "attachments": [_filled(row) for row in found.attachments],
        "names": found.names,
        "history": history,
    }


def _filled(row: Mapping[str, Any]) -> Row:
    return {name: value for name, value in row.items() if value not in (None, [], "") and name != "deleted"}


def _plain(fields: Mapping[str, tuple[Any, Any]]) -> dict[str, list[Any]]:
    return {name: [before, after] for name, (before, after) in fields.items()}


def as_json(data: Mapping[str, Any]) -> str:
    """An export for programs."""
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True, default=str)


def told(data: Mapping[str, Any]) -> list[tuple[str, list[list[tuple[str, str]]]]]:
    """An export in words: sections of (heading, blocks), a block being (label, value) pairs; the card comes first."""
    names = data["names"]
    found = [(text("people.tab_card"), [filled("person", data["person"], names)])]
    sections = (
        ("merged", "person"), ("postings", "posting"), ("groups", "membership"), ("certificates", "certificate"),
        ("attachments", "attachment"),
    )  # fmt: skip
    for part, record in sections:
        blocks = []
        for row in data[part]:
            extra = [(text("people.group"), spoken(row, "name"))] if part == "groups" else []
            blocks.append([*extra, *filled(record, row, names)])
        found.append((text(f"people.section_{part}"), blocks))
    activities = []
    for row in data["activities"]:
        marks = ", ".join(
            f"{mark['date']}: {choices.label('attendance_state', mark['state'])}" for mark in row.get("marks", ())
        )
        about = [
            (text("people.activity"), f"{spoken(row, 'title') or choices.label('activity_kind', row['kind'])}"),
            (label("activity", "start"), row["start"]),
            (text("people.attendance"), marks),
        ]
        own = {name: row.get(name) for name in ("role", "state", "rank", "unit", "pre_test", "post_test", "hours")}
        activities.append([pair for pair in about if pair[1]] + filled("participation", own, names))
    found.append((text("people.section_activities"), activities))
    history = [(entry["when"].replace("T", " ").rstrip("Z"), _changes(entry)) for entry in data["history"]]
    found.append((text("people.section_history"), [history] if history else []))
    return [(heading, blocks) for heading, blocks in found if blocks]


def as_html(data: Mapping[str, Any]) -> str:
    """An export to read and print: one page without scripts, links or anything from outside."""
    title = people.full_name(dict(data["person"]))
    parts = [
        f'<!doctype html><html lang="{words.language()}"><head><meta charset="utf-8">',
        f"<title>{html.escape(title)}</title>",
        "<style>body{font:11pt/1.5 'Noto Sans',sans-serif;max-width:50em;margin:2em auto;padding:0 1em;color:#1b1f22}",
        "h1{font-size:1.6em}h2{font-size:1.15em;margin-top:2em;border-bottom:1px solid #ccc}",
        "table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.2em .8em .2em 0}",
        "th{font-weight:normal;color:#556;width:14em}</style></head><body>",
        f"<h1>{html.escape(title)}</h1><p>{html.escape(text('people.export_intro', day=data['made'][:10]))}</p>",
    ]
    for number, (heading, blocks) in enumerate(told(data)):
        if number:
            parts.append(f"<h2>{html.escape(heading)}</h2>")
        parts += [_table(block) for block in blocks]
    return "\n".join([*parts, "</body></html>"])


def _changes(entry: Mapping[str, Any]) -> str:
    told = []
    for name, (_, after) in entry["changed"].items():
        stem, _, member = name.partition("/")
        spec = RECORDS["person"].by_name.get(stem)
        value = member if member else shown(spec, after, {}) if spec else str(after)
        told.append(f"{label('person', stem)}: {value or '–'}")
    return "; ".join(told)


def _table(rows: Sequence[tuple[str, str]]) -> str:
    body = "".join(f"<tr><th>{html.escape(name)}</th><td>{html.escape(value)}</td></tr>" for name, value in rows)
    return f"<table>{body}</table><br>"
