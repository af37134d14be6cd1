"""A report as it was told: a snapshot that cannot drift, and what has changed since. Writes no record itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from app.basics.words import text
from app.models.writer import Reader
from app.reports.tables import Column, Report, Row, Section, Table, number
from app.reports.wording import day, spoken

_FORMAT = 1


def snapshot(report: Report) -> str:
    """The numbers and words of a report as canonical JSON; persons' ids and typed lists are not in it.

    Two reports that say the same give the same text, whenever and wherever they are made.
    """
    tables = [
        {
            "name": table.name,
            "columns": [column.title for column in table.columns],
            "sections": [
                {
                    "title": section.title,
                    "rows": [[_told(cell) for cell in row.cells] for row in section.rows],
                    "total": [table.total(section, i) for i in range(len(table.columns))]
                    if section.total_label
                    else [],
                }
                for section in table.sections
            ],
        }
        for table in report.tables
    ]
    whole = {"format": _FORMAT, "title": report.title, "language": report.language, "tables": tables}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(taken: str) -> str:
    """The fingerprint of a snapshot, to be printed and compared: 32 hex digits of its SHA-256."""
    return sha256(taken.encode("utf-8")).hexdigest()[:32]


def freeze_values(report: Report, name: str, start: str, end: str, made_by: str) -> dict[str, Any]:
    """The values of a `report_freeze` record; whoever holds a writer puts it."""
    taken = snapshot(report)
    return {
        "report": name,
        "period_start": start,
        "period_end": end,
        "snapshot": taken,
        "hash": digest(taken),
        "made_by": made_by or None,
    }


def is_whole(freeze: Mapping[str, Any]) -> bool:
    """Whether a frozen snapshot is still what its fingerprint says."""
    return digest(freeze["snapshot"]) == freeze["hash"]


def latest(reader: Reader, name: str, start: str, end: str) -> dict[str, Any] | None:
    """The newest freeze of a report for a period."""
    found = reader.list("report_freeze", report=name, period_start=start, period_end=end)
    return max(found, key=lambda row: str(row["id"])) if found else None


def changes(report: Report, taken: str) -> Report:
    """What the report says now and did not say when it was frozen: a row for each number that moved or is new.

    Rows are matched by their words, so a table must have been frozen in the same language; otherwise all of it is new.
    """
    before = _cells(json.loads(taken)["tables"])
    after = _cells(json.loads(snapshot(report))["tables"])
    rows = []
    for key in [*after, *(k for k in before if k not in after)]:
        then, now = before.get(key), after.get(key)
        if then != now:
            name, section, label, column = key
            where = " · ".join(filter(None, (section, label)))
            rows.append(Row([name, where, column, _shown(then, report.language), _shown(now, report.language)]))

    def say(key: str, **params: object) -> str:
        return text(key, lang=report.language, **params)

    table = Table(
        say("reports.sheet_changes"),
        say("reports.changes_title"),
        [
            Column(say("reports.table"), "text", 24),
            Column(say("reports.row"), "text", 48),
            Column(say("reports.column"), "text", 26),
            Column(say("reports.then"), "text", 14),
            Column(say("reports.now"), "text", 14),
        ],
        [Section(rows)],
        [] if rows else [say("reports.nothing_changed")],
    )
    facts = [*report.facts, (say("reports.frozen_as"), digest(taken))]
    return Report(f"{report.title}: {say('reports.changes_title')}", report.language, facts, [table])


def since_frozen(reader: Reader, report: Report, name: str, start: str, end: str, language: str) -> Report | None:
    """What changed since the newest freeze; None when the report was never frozen for this period."""
    frozen = latest(reader, name, start, end)
    if frozen is None:
        return None
    told = changes(report, frozen["snapshot"])
    if is_whole(frozen):
        return told
    warning = text("reports.freeze_damaged", lang=language, day=day(end))
    return Report(told.title, told.language, told.facts, told.tables, told.notes, warning)


def _told(cell: Any) -> Any:
    value = number(cell)
    return cell if value is None else round(value, 4)


def _cells(tables: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str, str, str], Any]:
    """(table, section, row, column) → number; equal rows are told apart by their place among equals."""
    found: dict[tuple[str, str, str, str], Any] = {}
    for table in tables:
        for section in table["sections"]:
            seen: dict[str, int] = {}
            lines = [(_label(row), row) for row in section["rows"]]
            if section["total"]:
                lines.append(("Σ", section["total"]))
            for label, row in lines:
                seen[label] = seen.get(label, 0) + 1
                label = label if seen[label] == 1 else f"{label} ({seen[label]})"
                for column, cell in zip(table["columns"], row, strict=True):
                    if isinstance(cell, int | float):
                        found[table["name"], section["title"], label, column] = cell
    return found


def _label(row: Iterable[Any]) -> str:
    return ", ".join(cell for cell in row if isinstance(cell, str) and cell)


def _shown(value: Any, language: str) -> str:
    if value is None:
        return "–"
    return spoken(value, "count" if float(value).is_integer() else "hours", language)
