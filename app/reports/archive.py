"""The register as a plain SQLite file for Datasette, sqlite-utils, R: not encrypted, so it is made only when asked for.

Left out: what is in the bin, persons who were erased, fields that never leave the office, contents of attachments.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from app.basics import clock
from app.basics.words import LANGUAGES, text
from app.models.queries.whole import erased, stream
from app.models.writer import Reader
from app.reports.files import draft_of, put_in_place
from app.specs import choices
from app.specs.fields import FieldSpec, RecordSpec
from app.specs.records import RECORDS
from app.specs.types import Boolean, Choice, Choices, Decimal, Integer, Reference, References, Text

_SEARCHED = {
    "person": ("surname", "given", "patronymic", "name_ru", "name_printed", "aliases", "unit"),
    "activity": ("title_en", "title_az", "title_ru", "place", "summary"),
    "meeting_item": ("agenda", "decision", "discussion"),
}
"""What full-text search looks at besides the titles; other record types are searched by their title alone."""
_CODES = "choices"


def write(reader: Reader, out: Path) -> dict[str, int]:
    """Write the archive, whole or not at all; gives how many rows of each record type are in it. OSError if it fails.

    The caller shows the warning of `archive_warning` first.
    """
    draft = draft_of(out)
    try:
        counts = _fill(reader, draft)
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        put_in_place(draft, out)
    finally:
        draft.unlink(missing_ok=True)
    return counts


def archive_warning(language: str | None = None) -> str:
    """What must be said before an archive is written."""
    return text("reports.archive_warning", lang=language)


def _fill(reader: Reader, draft: Path) -> dict[str, int]:
    connection = sqlite3.connect(draft)  # the plain driver on a fresh file, never the encrypted one
    try:
        # Nothing of it may lie in a second file, not even while it is being written.
        for pragma in ("journal_mode = MEMORY", "temp_store = MEMORY", "foreign_keys = OFF", "synchronous = OFF"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        database = Database(connection)
        _write_codes(reader, database)
        kept: dict[str, set[str]] = {}
        gone = erased(reader)
        counts = {}
        for spec in RECORDS.values():
            counts[spec.name] = _write_record(reader, database, spec, kept, gone)
        for spec in RECORDS.values():
            _index_and_search(database, spec)
            database.create_view(f"{spec.name}_named", named_view(spec))
        _write_about(reader, database, counts)
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"foreign keys point nowhere in {sorted({row[0] for row in broken})}")
        return counts
    finally:
        connection.close()


# --- tables ---------------------------------------------------------------------------------------------------------


def _fields(spec: RecordSpec) -> list[FieldSpec]:
    return [field for field in spec.fields if not field.restricted]


def _write_record(
    reader: Reader, database: Database, spec: RecordSpec, kept: dict[str, set[str]], gone: set[str]
) -> int:
    fields = _fields(spec)
    columns: dict[str, Any] = {"id": str, "owner_site": str}
    columns |= {field.name: _affinity(field) for field in fields}
    if spec.details:
        columns["details"] = str
    links: dict[str, list[tuple[str, str]]] = {f.name: [] for f in fields if isinstance(f.type, Choices | References)}
    ids = kept.setdefault(spec.name, set())
    ids.update(_ids(reader, spec, kept, gone))
    foreign = [(f.name, f.type.record, "id") for f in fields if isinstance(f.type, Reference)]
    foreign.append(("owner_site", "site", "id"))
    table: Any = database[spec.name]
    table.create(columns, pk="id", foreign_keys=foreign)

    def rows() -> Iterator[dict[str, Any]]:
        for row in stream(reader, spec.name):
            if row["id"] not in ids:
                continue
            line = {name: _plain(row.get(name)) for name in columns}
            for name, target, _ in foreign:
                if line[name] is not None and line[name] not in kept.get(target, ()):
                    line[name] = None
            for name, found in links.items():
                found += [(row["id"], value) for value in row[name] or []]
            yield line

    table.insert_all(rows(), batch_size=500)
    for name, found in links.items():
        _write_links(database, spec, spec.by_name[name], found, kept)
    return len(ids)


def _ids(reader: Reader, spec: RecordSpec, kept: Mapping[str, set[str]], gone: set[str]) -> Iterator[str]:
    """The rows that go in: not erased, and everything that they must refer to is in too."""
    must = [
        (f.name, f.type.record)
        for f in spec.fields
        if f.required and isinstance(f.type, Reference) and f.type.record != spec.name
    ]
    for row in stream(reader, spec.name):
        if row["id"] not in gone and all(row[name] in kept.get(record, ()) for name, record in must):
            yield row["id"]


def _write_links(
    database: Database, spec: RecordSpec, field: FieldSpec, found: list[tuple[str, str]], kept: Mapping[str, set[str]]
) -> None:
    """A table of its own for a field with several values: the row, and a row or a code."""
    table: Any = database[f"{spec.name}_{field.name}"]
    record = field.type.record if isinstance(field.type, References) else None
    foreign = [(f"{spec.name}_id", spec.name, "id")] + ([("value", record, "id")] if record else [])
    table.create({f"{spec.name}_id": str, "value": str}, pk=(f"{spec.name}_id", "value"), foreign_keys=foreign)
    if record:
        found = [pair for pair in found if pair[1] in kept.get(record, ())]
    table.insert_all(({f"{spec.name}_id": row, "value": value} for row, value in found), batch_size=500)


def _write_codes(reader: Reader, database: Database) -> None:
    """Every code of every list with its labels, those of activity kinds among them, the office's own too."""
    table: Any = database[_CODES]
    labels = {f"label_{language}": str for language in ("en", "az", "ru")}
    table.create({"list": str, "code": str, **labels, "parent": str, "retired": int}, pk=("list", "code"))
    lines: dict[tuple[str, str], dict[str, Any]] = {}
    for name in choices.lists():
        for code, entry in choices.choices(name).items():
            lines[name, code] = {label: entry.labels.get(label[-2:]) or "" for label in labels}
            lines[name, code] |= {"parent": entry.parent or None, "retired": int(entry.retired)}
    for row in reader.list("choice"):
        lines[row["list"], row["code"]] = {label: row[label] or "" for label in labels}
        lines[row["list"], row["code"]] |= {"parent": row["parent"], "retired": int(row["retired"] or 0)}
    for row in reader.list("activity_kind"):
        lines[choices.KINDS, row["code"]] = {label: row[label] or "" for label in labels}
        lines[choices.KINDS, row["code"]] |= {"parent": None, "retired": int(row["retired"] or 0)}
    table.insert_all({"list": name, "code": code, **line} for (name, code), line in lines.items())


def _index_and_search(database: Database, spec: RecordSpec) -> None:
    table: Any = database[spec.name]
    for field in _fields(spec):
        if isinstance(field.type, Reference):
            table.create_index([field.name])
    searched = _SEARCHED.get(spec.name) or _title_columns(spec)
    texts = [name for name in searched if isinstance(spec.by_name[name].type, Text)]
    if texts:
        table.enable_fts(texts, tokenize="unicode61 remove_diacritics 2")


def _write_about(reader: Reader, database: Database, counts: Mapping[str, int]) -> None:
    table: Any = database["about"]
    lines = [{"key": f"warning_{language}", "value": archive_warning(language)} for language in LANGUAGES]
    lines += [
        {"key": "made", "value": clock.stamp()},
        {"key": "store", "value": str(reader.meta("name", ""))},
        {"key": "practice", "value": str(int(bool(reader.meta("practice", False))))},
        {"key": "left_out", "value": "deleted rows; erased persons; confidential notes; contents of attachments"},
        {"key": "counting", "value": text("reports.note_types", lang="en")},
        {"key": "persons", "value": "a person with merged_into is the person named there; count persons through it"},
        {"key": "views", "value": "each <record>_named shows codes and references in words"},
        *({"key": f"rows_{record}", "value": str(number)} for record, number in counts.items()),
    ]
    table.insert_all(lines, pk="key")


# --- views ----------------------------------------------------------------------------------------------------------


def named_view(spec: RecordSpec) -> str:
    """The SELECT of a view that adds words to a table: labels in three languages for codes, titles for references."""
    parts = ["t.*"]
    joins = []
    for no, field in enumerate(_fields(spec)):
        if isinstance(field.type, Choice):
            alias = f"c{no}"
            joins.append(
                f"LEFT JOIN {_CODES} {alias} ON {alias}.list = '{field.type.list}'"
                f" AND {alias}.code = t.{_q(field.name)}"
            )
            parts += [f"{alias}.label_{lang} AS {_q(f'{field.name}_label_{lang}')}" for lang in ("en", "az", "ru")]
        elif isinstance(field.type, Reference):
            alias = f"r{no}"
            titles = _titles(RECORDS[field.type.record], alias)
            if titles:
                joins.append(f"LEFT JOIN {_q(field.type.record)} {alias} ON {alias}.id = t.{_q(field.name)}")
                parts += [f"{sql} AS {_q(f'{field.name}_{name}')}" for name, sql in titles]
    # Only names of our own specs stand in it, nothing that anybody typed.
    return f"SELECT {', '.join(parts)} FROM {_q(spec.name)} t {' '.join(joins)}"  # noqa: S608


def _titles(spec: RecordSpec, alias: str) -> list[tuple[str, str]]:
    """What to call a row of a record type: (column, SQL); a person's name is one column, in one piece."""
    if spec.name == "person":
        names = ", ".join(f"{alias}.{part}" for part in ("surname", "given", "patronymic"))
        return [("name", f"trim({' || '.join(f'coalesce({n}, {_SPACE}) || {_SPACE}' for n in names.split(', '))})")]
    return [(column, f"{alias}.{_q(column)}") for column in _title_columns(spec)]


_SPACE = "' '"


def _title_columns(spec: RecordSpec) -> list[str]:
    found = []
    for name in spec.title:
        found += [c for c in (name, f"{name}_en", f"{name}_az", f"{name}_ru") if c in spec.by_name]
    return found


def _q(name: str) -> str:
    return f'"{name}"'


def _affinity(field: FieldSpec) -> type:
    if isinstance(field.type, Integer | Boolean):
        return int
    return float if isinstance(field.type, Decimal) else str


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
