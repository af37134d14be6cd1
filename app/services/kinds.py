"""Kinds of activity that the office makes, and fields it adds to any kind; every change is one ordinary record."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from app.basics.ids import id_of
from app.errors import Invalid, Problem, UserError
from app.models.writer import Reader, Writer
from app.specs import choices, definitions, kind_drafts, kinds
from app.specs.records import RECORDS

RECORD = "activity_kind"


def raw_of(r: Reader, code: str) -> dict[str, Any]:
    """The definition that the office wrote for a kind; {} for a shipped one that it left alone."""
    row = r.get(RECORD, id_of(RECORD, code))
    return dict(definitions.mapping(row["definition"])) if row else {}


def create(w: Writer, values: Mapping[str, Any], based_on: str = "") -> str:
    """A new kind out of a draft, perhaps with everything that another kind has; gives its code."""
    label = values.get("label_en")
    if not label:
        raise Invalid([Problem("required", RECORD, "label_en")])
    taken = set(kinds.kinds()) | {row["code"] for row in [*w.list(RECORD), *w.list(RECORD, deleted=True)]}
    code = kind_drafts.code_from(label, taken)
    raw: dict[str, Any] = {"code": code, **({"extends": based_on} if based_on else {})}
    _keep(w, code, kind_drafts.compose(raw, values, _kind(w, based_on)), values)
    return code


def change(w: Writer, code: str, values: Mapping[str, Any]) -> None:
    """Change a kind of the office's by values of its draft; of a shipped one only what `OF_SHIPPED` names."""
    raw = raw_of(w, code)
    if kinds.shipped(code) is not None:
        values = {name: value for name, value in values.items() if name in kind_drafts.OF_SHIPPED}
        raw = raw or {"code": code, "extends": code}
    base = kinds.shipped(code) or _kind(w, raw.get("extends", ""))
    _keep(w, code, kind_drafts.compose(raw, values, base), values)


def keep_field(w: Writer, code: str, name: str, values: Mapping[str, Any]) -> str:
    """Add a field to a kind (`name` empty) or change one that the office added; gives its permanent name.

    Its own list of values, given as lines, is kept as records of type `choice`; a line that goes is retired.
    """
    if not values.get("label_en"):
        raise Invalid([Problem("required", RECORD, "label_en")])
    raw = raw_of(w, code) or {"code": code, "extends": code}
    rows = list(raw.get("field", []))
    known = next((row for row in rows if row["name"] == name), None)
    if known is None:
        made = _kind(w, code)
        taken = {*(made.by_name if made else ()), *(row["name"] for row in rows), *RECORDS["activity"].by_name}
        name = kind_drafts.code_from(values["label_en"], taken)
        known = {"name": name}
        rows.append(known)
    values = dict(values)
    if values.get("type") in ("choice", "choices"):
        lines = kind_drafts.read_values(values.get("values") or "")
        own = f"{code[:29]}_{name[:30]}"
        if lines:
            values["list"] = own
            _keep_list(w, own, lines)
        elif values.get("list") in (None, "", own):
            raise Invalid([Problem("required", RECORD, "values")])
    rows = [kind_drafts.compose_field(row, values) if row["name"] == name else row for row in rows]
    _keep(w, code, {**raw, "field": rows}, {})
    return name


def retire_field(w: Writer, code: str, name: str, retired: bool = True) -> None:
    """Ask for a field no more, or again; activities that hold a value go on showing it."""
    raw = raw_of(w, code)
    rows = []
    for row in raw.get("field", []):
        kept = {key: value for key, value in row.items() if key != "retired"}
        rows.append(
            {**kept, "retired": True} if row["name"] == name and retired else kept if row["name"] == name else row
        )
    _keep(w, code, {**raw, "field": rows}, {})


def move_field(w: Writer, code: str, name: str, by: int) -> None:
    """Move a field of the office's up (-1) or down (1) in the form."""
    raw = raw_of(w, code)
    rows = list(raw.get("field", []))
    at = next((n for n, row in enumerate(rows) if row["name"] == name), -1)
    to = at + by
    if at >= 0 and 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
        _keep(w, code, {**raw, "field": rows}, {})


def retire(w: Writer, code: str, retired: bool = True) -> None:
    """Offer a kind no more for new activities, or again; a shipped one too."""
    if not raw_of(w, code):
        _keep(w, code, {"code": code, "extends": code}, {})
    w.put(RECORD, {"retired": retired}, id_of(RECORD, code))


def lines_of(r: Reader, list_name: str) -> str:
    """The values of a list that the office made for a field, as lines; '' for a shipped list."""
    return kind_drafts.write_values(_entries(r, list_name))


def _entries(r: Reader, list_name: str) -> Sequence[dict[str, Any]]:
    return sorted((e for e in r.list("choice", list=list_name) if not e["retired"]), key=lambda e: e["code"])


def _keep_list(w: Writer, list_name: str, lines: Sequence[Mapping[str, str]]) -> None:
    """Codes begin with the place in the list, so that the order in which they are written is that of the form."""
    before = {entry["code"]: entry for entry in w.list("choice", list=list_name)}
    by_label = {entry["label_en"]: code for code, entry in before.items()}
    shown = [entry["code"] for entry in _entries(w, list_name)]
    kept: set[str] = set()
    for number, line in enumerate(lines):
        code = by_label.get(line["label_en"])
        if (
            code is None
            and len(shown) == len(lines)
            and shown[number] not in (by_label.get(o["label_en"]) for o in lines)
        ):
            code = shown[number]  # as many as before, and only this one is new: it was renamed
        if code is None:
            place = f"v{len(before) + len(kept - set(before)) + 1:02d}"
            code = kind_drafts.code_from(f"{place} {line['label_en']}", {*before, *kept})
        kept.add(code)
        w.put("choice", {"list": list_name, "code": code, "retired": False, **_three(line)})
    for code in set(before) - kept:
        w.put("choice", {"list": list_name, "code": code, "retired": True})


def _three(line: Mapping[str, str]) -> dict[str, str | None]:
    return {f"label_{lang}": line.get(f"label_{lang}") for lang in kind_drafts.LANGUAGES}


def _keep(w: Writer, code: str, raw: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    row = w.get(RECORD, id_of(RECORD, code), deleted=True)
    kept: dict[str, Any] = {"code": code, "definition": json.dumps(raw, ensure_ascii=False, indent=1)}
    base = _kind(w, raw.get("extends", ""))
    for lang in kind_drafts.LANGUAGES:
        name = f"label_{lang}"
        if name in values:
            kept[name] = values[name]
        elif row is None:
            kept[name] = (raw.get("label") or {}).get(lang) or (base.labels.get(lang) if base else None)
    if "recommended_by" in values:
        kept["recommended_by"] = values["recommended_by"]
    w.put(RECORD, kept)


def _kind(r: Reader, code: str) -> kinds.Kind | None:
    if not code:
        return None
    found = r.kind(code)
    if found is None:
        raise UserError("no_such_kind", kind=code[:80])
    return found


def list_label(name: str) -> str:
    """What a shipped list holds, told by its first values."""
    try:
        return ", ".join(entry.label() for entry in list(choices.offered(name).values())[:4])
    except KeyError:
        return name
