"""Records of any type from the outside: lines of JSON in, canonical lines out; knows no file and no window."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.errors import Invalid, Problem, UserError
from app.models.writer import Reader, Writer
from app.specs.fields import RecordSpec
from app.specs.records import RECORDS
from app.specs.types import Reference, References, is_id

_LONGEST_LINE = 4_000_000


def apply_lines(w: Writer, lines: Iterable[str]) -> list[str]:
    """Carry out one change a line: `{"type", "id"?, "fields"}` creates or edits, `"delete": true` deletes.

    Gives the ids in the order of the lines. References may be given as the code of a site, organisation, project …
    instead of its id, and may name a row that only a later line makes. A line for a row in the bin takes it out again,
    so that what `dump_lines` gave can always be put back.
    Raises UserError(record_line_…) or Invalid, whose problems carry the line number; then nothing is kept.
    """
    waiting = [(number, _read(line, number)) for number, line in enumerate(lines, 1) if line.strip()]
    ids: dict[int, str] = {}
    while waiting:
        later, first = _round(w, waiting, ids)
        if first is not None and len(later) == len(waiting):
            raise first
        waiting = later
    return [row for _, row in sorted(ids.items())]


_Waiting = list[tuple[int, dict[str, Any]]]


def _round(w: Writer, waiting: _Waiting, ids: dict[int, str]) -> tuple[_Waiting, Invalid | None]:
    """Carry out what can be; gives the lines that have to wait for a row of a later one, and why the first has to."""
    to_come = {change["id"] for _, change in waiting if change.get("id")}
    later: _Waiting = []
    held: set[str] = set()  # the lines of one row keep their order
    first = None
    for number, change in waiting:
        row = change.get("id")
        if row in held:
            later.append((number, change))
            continue
        try:
            ids[number] = _apply(w, change, number)
            to_come.discard(ids[number])
        except Invalid as error:
            told = Invalid([Problem(p.code, p.record, p.field, {**p.params, "line": number}) for p in error.problems])
            absent = all(p.code == "no_such_record" for p in error.problems)
            if not absent or not _mentioned(change["fields"]) & (to_come - {row}):
                raise told from error
            later.append((number, change))
            first = first or told
            if row:
                held.add(row)
    return later, first


def _mentioned(fields: Mapping[str, Any]) -> set[str]:
    """Every text among the values of a line: ids of other rows are some of them."""
    values = [entry for value in fields.values() for entry in (value if isinstance(value, list) else [value])]
    return {value for value in values if isinstance(value, str)}


def _read(line: str, number: int) -> dict[str, Any]:
    if len(line) > _LONGEST_LINE:
        raise UserError("record_line_too_long", line=number)
    try:
        change = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UserError("record_line_not_json", line=number) from error
    if not isinstance(change, dict) or not isinstance(change.get("type"), str):
        raise UserError("record_line_without_type", line=number)
    if change["type"] not in RECORDS:
        raise UserError("record_line_unknown_type", line=number, type=change["type"][:60])
    if change.get("id") is not None and not is_id(change["id"]):
        raise UserError("record_line_bad_id", line=number)
    if not isinstance(change.get("delete", False), bool):
        raise UserError("record_line_bad_delete", line=number)
    return change


def _apply(w: Writer, change: Mapping[str, Any], number: int) -> str:
    spec = RECORDS[change["type"]]
    row = change.get("id")
    if change.get("delete"):
        if row is None:
            raise UserError("record_line_bad_id", line=number)
        if w.get(spec.name, row) is None:
            raise UserError("record_line_no_such_row", line=number)
        w.delete(spec.name, row)
        return row
    fields = change.get("fields")  # a mistyped "feilds" must not be taken for a change of nothing
    if not isinstance(fields, dict):
        raise UserError("record_line_without_fields", line=number)
    known = w.get(spec.name, row, deleted=True) if row else None
    if row and known and known["deleted"]:
        w.restore(spec.name, row)
    return w.put(spec.name, _resolve(w, spec, fields), row)


def _resolve(w: Writer, spec: RecordSpec, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with codes of referenced records turned into their ids; dotted details gathered."""
    values: dict[str, Any] = {}
    for name, value in fields.items():
        field = spec.by_name.get(name)
        target = field.type.record if field and isinstance(field.type, Reference | References) else ""
        if name == "owner_site":
            target = "site"
        if target and isinstance(value, str) and not is_id(value):
            value = by_code(w, target, value) or value
        elif target and isinstance(value, list):
            value = [(by_code(w, target, v) or v) if isinstance(v, str) and not is_id(v) else v for v in value]
        if name.startswith("details.") and spec.details:
            values.setdefault("details", {})[name[8:]] = value
        else:
            values[name] = value
    return values


def by_code(r: Reader, record: str, code: str) -> str | None:
    """The id of a record with this code, or None; upper and lower case are one."""
    if "code" not in RECORDS[record].by_name:
        return None
    found = r.list(record, code=code) or r.list(record, code=code.lower())
    return found[0]["id"] if found else None


def dump_lines(r: Reader, record: str | None = None, site: str | None = None) -> Iterator[str]:
    """Every live record as a canonical line, in the order of the registry and then of ids.

    `record` limits to one type (UserError(unknown_record_type)), `site` (an id) to what that site owns.
    """
    if record is not None and record not in RECORDS:
        raise UserError("unknown_record_type", type=record[:60])
    for spec in RECORDS.values():
        if record in (None, spec.name):
            for row in r.list(spec.name, owner_site=site) if site else r.list(spec.name):
                yield line_of(spec, row)


def line_of(spec: RecordSpec, row: Mapping[str, Any]) -> str:
    """The canonical line of a row: its fields that have a value, by name."""
    fields = {
        name: value for name, value in row.items() if name not in ("id", "deleted") and value not in (None, [], {})
    }
    line = {"type": spec.name, "id": row["id"], "fields": fields}
    told = json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # What some readers take for the end of a line must not stand in one as it is.
    return told.replace("\x85", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def types() -> list[dict[str, Any]]:
    """Every record type with its fields, their types, lists and bounds, as plain data."""
    described = []
    for spec in RECORDS.values():
        fields = [{"name": f.name, "type": f.type.name, "required": f.required, **_bounds(f.type)} for f in spec.fields]
        described.append(
            {"type": spec.name, "scope": spec.scope, "natural_key": list(spec.natural_key), "fields": fields}
        )
    return described


def _bounds(kind: Any) -> dict[str, Any]:
    names = ("list", "record", "longest", "least", "most")
    return {name: getattr(kind, name) for name in names if getattr(kind, name, None) not in (None, "")}
