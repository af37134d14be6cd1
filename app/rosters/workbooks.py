"""Bytes of a file to sheets of cells, whatever the format; runs only inside the limited child and follows no link."""

from __future__ import annotations

import io
from typing import Any

import python_calamine as calamine

from app.rosters import container, delimited, marks
from app.rosters.container import Damaged
from app.rosters.grid import (
    LONGEST_TEXT,
    MOST_ROWS,
    MOST_SHEETS,
    MOST_TEXT,
    Cell,
    Grid,
    TooLarge,
    Workbook,
    square,
    tidy,
)

_MOST_CELLS = 8_000_000
"""Cells between the first and the last filled one: the reader makes room for all of them."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def workbook_of(data: bytes) -> Workbook:
    """The sheets in these bytes: xlsx, xlsm, xlsb, xls, ods, CSV or TSV, told apart by what is inside.

    Raises Damaged, Bomb, TooLarge or NotAWorkbook.
    """
    if data.startswith(b"PK"):
        return _zipped(data)
    if data.startswith(OLE):
        return _calamine(data, {}, False, "xls")
    return delimited.workbook_of(data)


def _zipped(data: bytes) -> Workbook:
    parts = container.unpack(data)
    from_1904, sheet_marks, kind = False, {}, "xlsx"
    if "content.xml" in parts:
        kind = "ods"
        sheet_marks = marks.marks_of_ods(parts)
    elif any(name.startswith("xl/") for name in parts):
        if "xl/workbook.bin" in parts:
            kind = "xlsb"
            marks.refuse_document_types(parts)
        else:
            sheet_marks, from_1904 = marks.marks_of_xlsx(parts)
    else:
        raise delimited.NotAWorkbook
    for name, found in sheet_marks.items():
        _check_extent(name, found)
    return _calamine(container.repack(parts), sheet_marks, from_1904, kind)


def _check_extent(sheet: str, found: marks.Marks) -> None:
    if found.last_row >= MOST_ROWS:
        raise TooLarge("rows", sheet, found.last_row + 1, MOST_ROWS)
    if (found.last_row + 1) * (found.last_column + 1) > _MOST_CELLS:
        raise TooLarge("columns", sheet, found.last_column + 1, _MOST_CELLS // (found.last_row + 1))


def _calamine(data: bytes, sheet_marks: dict[str, marks.Marks], from_1904: bool, kind: str) -> Workbook:
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.PasswordError:
        raise Damaged("password") from None
    except calamine.CalamineError:
        if kind == "xls" and b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in data:
            raise Damaged("password") from None
        raise Damaged("archive") from None
    if len(book.sheets_metadata) > MOST_SHEETS:
        raise TooLarge("sheets", "", len(book.sheets_metadata), MOST_SHEETS)
    grids, text = [], 0
    for about in book.sheets_metadata:
        if about.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        known = sheet_marks.get(about.name, marks.Marks())
        hidden = known.hidden or about.visible != calamine.SheetVisibleEnum.Visible
        try:
            sheet = book.get_sheet_by_name(about.name)
            rows, text = _rows(sheet, text)
            merged = known.merged or [(*a, *b) for a, b in sheet.merged_cell_ranges or []]
        except calamine.WorksheetNotFound:
            grids.append(Grid(about.name, [], hidden=hidden))  # a sheet that is named and not there
            continue
        except calamine.CalamineError:
            raise Damaged("archive") from None
        grids.append(
            square(
                about.name,
                rows,
                merged=[area for area in merged if area[0] < len(rows) and area[2] >= area[0]],
                hidden_rows=frozenset(known.hidden_rows),
                hidden_columns=frozenset(known.hidden_columns),
                hidden=hidden,
                date1904=from_1904,
            )
        )
    return Workbook(grids, kind=kind)


def _rows(sheet: Any, text: int) -> tuple[list[list[Cell]], int]:
    if sheet.end is not None:
        last_row, last_column = sheet.end
        if last_row >= MOST_ROWS:
            raise TooLarge("rows", sheet.name, last_row + 1, MOST_ROWS)
        if (last_row + 1) * (last_column + 1) > _MOST_CELLS:
            raise TooLarge("columns", sheet.name, last_column + 1, _MOST_CELLS // (last_row + 1))
    rows: list[list[Cell]] = []
    lead = sheet.start[1] if sheet.start else 0
    for _ in range(sheet.start[0] if sheet.start else 0):
        rows.append([])
    for values in sheet.to_python(skip_empty_area=True):
        row: list[Cell] = [None] * lead
        for value in values:
            if isinstance(value, str):
                text += min(len(value), LONGEST_TEXT)
            row.append(tidy(value))
        if text > MOST_TEXT:
            raise TooLarge("text", sheet.name, text, MOST_TEXT)
        rows.append(row)
    return rows, text
