"""Reads from a sheet's XML what the cell reader leaves out: hidden rows, columns and sheets, extent, the 1904 calendar.

It never follows a document type, an entity or a link: a file that has a document type is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from app.rosters.container import Damaged
from app.rosters.grid import MOST_COLUMNS, MOST_ROWS, Range

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})\Z")
_MOST_RANGES = 20_000


@dataclass
class Marks:
    """Of one sheet, counted from 0; `last_row` and `last_column` are of cells that hold something (-1: none)."""

    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Range] = field(default_factory=list)
    last_row: int = -1
    last_column: int = -1


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _walk(
    content: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> int:
        raise Damaged("xml")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.StartElementHandler = lambda name, values: start(
        _local(name), {_local(key): value for key, value in values.items()}
    )
    if end is not None:
        closes = end
        parser.EndElementHandler = lambda name: closes(_local(name))
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise Damaged("xml") from None


def refuse_document_types(parts: dict[str, bytes]) -> None:
    """Raise Damaged if any XML part declares a document type: no office program writes one, only attacks need it."""
    for name, content in parts.items():
        head = content[:4096]
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            head = head.decode("utf-16", "replace").encode()
        if name.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in head or b"<!ENTITY" in head):
            raise Damaged("xml")


def column_of(letters: str) -> int:
    """The column number, from 0, of letters like "A" or "XFD"."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _cell_of(reference: str) -> tuple[int, int] | None:
    found = _REFERENCE.match(reference.replace("$", "").upper())
    return (int(found[2]) - 1, column_of(found[1])) if found else None


def _true(value: str | None) -> bool:
    return value in ("1", "true", "on")


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def marks_of_xlsx(parts: dict[str, bytes]) -> tuple[dict[str, Marks], bool]:
    """Marks by sheet name, and whether days count from 1904. Empty for what is not an xlsx."""
    refuse_document_types(parts)
    book = next((target for target in _links(parts, "").values() if target in parts and "workbook" in target), "")
    if not book:
        return {}, False
    sheets: list[tuple[str, str, bool]] = []
    from_1904 = False

    def in_book(name: str, values: dict[str, str]) -> None:
        nonlocal from_1904
        if name == "workbookPr":
            from_1904 = _true(values.get("date1904"))
        elif name == "sheet":
            hidden = values.get("state", "visible") != "visible"
            sheets.append((values.get("name", ""), values.get("id", ""), hidden))

    _walk(parts[book], in_book)
    targets = _links(parts, book)
    found = {}
    for sheet, link, hidden in sheets:
        content = parts.get(targets.get(link, ""))
        marks = _marks_of_sheet(content) if content is not None and b"<" in content[:200] else Marks()
        marks.hidden = hidden
        found[sheet] = marks
    return found, from_1904


def _links(parts: dict[str, bytes], owner: str) -> dict[str, str]:
    """The parts that a part ("" for the whole file) refers to, by the id of the reference; nothing outside the file."""
    folder, _, name = owner.rpartition("/")
    folder = f"{folder}/" if folder else ""
    targets: dict[str, str] = {}

    def start(element: str, values: dict[str, str]) -> None:
        if element == "Relationship" and values.get("TargetMode") != "External":
            target = values.get("Target", "")
            targets[values.get("Id", "")] = target.lstrip("/") if target.startswith("/") else folder + target

    content = parts.get(f"{folder}_rels/{name}.rels")
    if content is not None:
        _walk(content, start)
    return targets


def _marks_of_sheet(content: bytes) -> Marks:
    marks = Marks()
    row, column, inside = -1, -1, False

    def start(name: str, values: dict[str, str]) -> None:
        nonlocal row, column, inside
        if name == "c":
            place = _cell_of(values.get("r", ""))
            if place is None:
                column += 1
            else:
                row, column = place
            inside = True
        elif name in ("v", "is"):
            if inside:
                marks.last_row, marks.last_column = max(marks.last_row, row), max(marks.last_column, column)
        elif name == "row":
            row, column = _whole(values.get("r"), row + 2) - 1, -1
            if _true(values.get("hidden")) and row < MOST_ROWS:
                marks.hidden_rows.add(row)
        elif name == "col" and _true(values.get("hidden")):
            first, last = _whole(values.get("min"), 1) - 1, _whole(values.get("max"), 1) - 1
            marks.hidden_columns.update(range(first, min(last, MOST_COLUMNS - 1) + 1))
        elif name == "mergeCell" and len(marks.merged) < _MOST_RANGES:
            first_cell, _, last_cell = values.get("ref", "").partition(":")
            start_place, end_place = _cell_of(first_cell), _cell_of(last_cell or first_cell)
            if start_place and end_place:
                marks.merged.append((*start_place, *end_place))

    def end(name: str) -> None:
        nonlocal inside
        if name == "c":
            inside = False

    _walk(content, start, end)
    return marks


def marks_of_ods(parts: dict[str, bytes]) -> dict[str, Marks]:
    """Marks by table name from an OpenDocument sheet."""
    refuse_document_types(parts)
    found: dict[str, Marks] = {}
    marks = Marks()
    row, column, row_step, column_step = -1, -1, 1, 1
    place: tuple[int, int, int, int] | None = None

    def start(name: str, values: dict[str, str]) -> None:
        nonlocal marks, row, column, row_step, column_step, place
        if name == "table":
            marks = Marks()
            found[values.get("name", "")] = marks
            row, row_step, column, column_step = -1, 1, 0, 0
        elif name == "table-column":
            step = _whole(values.get("number-columns-repeated"), 1)
            if values.get("visibility") in ("collapse", "filter"):
                marks.hidden_columns.update(range(column, min(column + step, MOST_COLUMNS)))
            column += step
        elif name == "table-row":
            row += row_step
            row_step = _whole(values.get("number-rows-repeated"), 1)
            column, column_step = -1, 1
            if values.get("visibility") in ("collapse", "filter"):
                marks.hidden_rows.update(range(row, min(row + row_step, MOST_ROWS)))
        elif name in ("table-cell", "covered-table-cell"):
            column += column_step
            column_step = _whole(values.get("number-columns-repeated"), 1)
            down, right = (
                _whole(values.get("number-rows-spanned"), 1),
                _whole(values.get("number-columns-spanned"), 1),
            )
            if (down > 1 or right > 1) and len(marks.merged) < _MOST_RANGES:
                marks.merged.append((row, column, row + down - 1, column + right - 1))
            place = (row, column, row + row_step - 1, column + column_step - 1)
            if "value-type" in values:
                marks.last_row = max(marks.last_row, place[2])
                marks.last_column = max(marks.last_column, place[3])
        elif name == "p" and place is not None:
            marks.last_row, marks.last_column = max(marks.last_row, place[2]), max(marks.last_column, place[3])

    if "content.xml" in parts:
        _walk(parts["content.xml"], start)
    return found
