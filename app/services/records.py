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

    Gives the ids in order. References may be given as the code of a site, organisation, project … instead of its id.
    Raises UserError(record_line_…) or Invalid, whose problems carry the line number; then nothing is kept.
    """
    ids = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            change = _read(line, number)
            try:
                ids.append(_apply(w, change, number))
            except Invalid as error:
                raise Invalid(
                    [Problem(p.code, p.record, p.field, {**p.params, "line": number}) for p in error.problems]
                ) from error
    return ids


def _read(line: str, number: int) -> dict[str, Any]:
    if len(line) > _LONGEST_LINE:
        raise UserError("record_line_too_long", line=number)
    try:
        change = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UserError("record_line_not_json", line=number) from error
    if not isinstance(change, dict) or not isinstance(change.get("type"), str):
        raise UserError("record_line_without_type", line=number)
    return change


def _apply(w: Writer, change: Mapping[str, Any], number: int) -> str:
    spec = RECORDS.get(change["type"])
    if spec is None:
        raise UserError("record_line_unknown_type", line=number, type=change["type"][:60])
    row = change.get("id")
    if row is not None and not is_id(row):
        raise UserError("record_line_bad_id", line=number)
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
    return json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


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
