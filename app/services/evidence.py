"""The papers that speak of a row: its own attachments, else those of the activity it belongs to; it opens none."""

from __future__ import annotations

from typing import Any

from app.models.writer import Reader
from app.services import attachments
from app.specs.records import RECORDS
from app.specs.types import Reference

_UPWARDS = ("activity", "session", "participation", "tally", "group", "person")
_SHEETS = ("sign_in_sheet", "signed_minutes", "evidence")


def papers_of(r: Reader, record: str, row: str, limit: int = 3) -> list[dict[str, Any]]:
    """Live attachments, scans of sheets first, the latest event first for a person who was at several."""
    found = attachments.of_row(r, record, row)
    for parent, name in _parents(r, record, row):
        if len(found) >= limit:
            break
        found += [one for one in papers_of(r, parent, name, limit) if one not in found]
    if record == "person" and len(found) < limit:
        for activity in _attended(r, row):
            found += attachments.of_row(r, "activity", activity)
            if len(found) >= limit:
                break
    return sorted(found, key=lambda one: one["purpose"] not in _SHEETS)[:limit]


def _parents(r: Reader, record: str, row: str) -> list[tuple[str, str]]:
    if record == "person":
        return []
    values = r.get(record, row, deleted=True) or {}
    return [
        (field.type.record, values[field.name])
        for name in _UPWARDS
        if (field := RECORDS[record].by_name.get(name)) is not None
        and isinstance(field.type, Reference)
        and values.get(field.name)
    ]


def _attended(r: Reader, person: str) -> list[str]:
    there = {one["activity"] for one in r.list("participation", person=person)}
    rows = r.list("activity", id=sorted(there)) if there else []
    return [row["id"] for row in sorted(rows, key=lambda row: row["start"], reverse=True)]
