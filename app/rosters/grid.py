"""What a workbook is to the rest of this package: sheets of plain cells; it knows no file format and no meaning."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

Cell = str | int | float | bool | date | datetime | None
Range = tuple[int, int, int, int]
"""First row, first column, last row, last column; counted from 0, both ends included."""

MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_TEXT = 2_000
MOST_TEXT = 10_000_000
"""Characters of one whole file."""
MOST_SHEETS = 100

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_SPACES = re.compile(r"[^\S\n]+")
_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA"})


@dataclass
class Grid:
    """One sheet. `rows` all have the same width and begin at A1; `merged` are the joined areas.

    `cut_columns` is how many columns stood further right than is read; `pasted` text may come without headings.
    """

    name: str
    rows: list[list[Cell]]
    merged: list[Range] = field(default_factory=list)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    date1904: bool = False
    cut_columns: int = 0
    pasted: bool = False

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rows[0]) if self.rows else 0


@dataclass
class Workbook:
    """All sheets of one file in its order; `name` is the file's name without its folder ("" for pasted text)."""

    sheets: list[Grid]
    name: str = ""
    kind: str = ""


class TooLarge(Exception):
    """More rows or text than is read; `what` is "rows", "text" or "sheets"."""

    def __init__(self, what: str, sheet: str = "", found: int = 0, most: int = 0) -> None:
        super().__init__(what)
        self.what, self.sheet, self.found, self.most = what, sheet, found, most


def tidy_text(text: str) -> str:
    """Text in composed form, without control and direction characters, single spaces; at most 2,000 letters."""
    text = _INVISIBLE.sub("", text[: LONGEST_TEXT * 2].replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", ""))
    text = unicodedata.normalize("NFC", text).replace("\x85", "\n").replace("\u2028", "\n")
    lines = [_SPACES.sub(" ", line).strip() for line in text.split("\n")]
    return "\n".join(line for line in lines if line)[:LONGEST_TEXT]


def tidy(value: Any) -> Cell:
    """Any value a reader gives as a cell: whole floats become int, empty text and error marks become None."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        text = tidy_text(value)
        return None if not text or text in _ERRORS else text
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return None
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, datetime):
        return value.date() if not (value.hour or value.minute or value.second) else value.replace(microsecond=0)
    if isinstance(value, int):
        return value if abs(value) < 10**15 else str(value)
    if isinstance(value, date):
        return value
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02d}"
    return tidy(str(value))


def square(name: str, rows: list[list[Cell]], **more: Any) -> Grid:
    """A grid of these rows: empty ends cut off, all rows as wide as the widest, at most 60 columns.

    Raises TooLarge for more than 20,000 rows.
    """
    while rows and not any(cell is not None for cell in rows[-1]):
        rows.pop()
    if len(rows) > MOST_ROWS:
        raise TooLarge("rows", name, len(rows), MOST_ROWS)
    full = max((index + 1 for row in rows for index, cell in enumerate(row) if cell is not None), default=0)
    width = min(full, MOST_COLUMNS)
    rows = [row[:width] + [None] * (width - len(row)) for row in rows]
    return Grid(name=name, rows=rows, cut_columns=full - width, **more)


def to_json(workbook: Workbook) -> dict[str, Any]:
    """The workbook as plain JSON values; a day becomes {"d": …}, a moment {"t": …}."""

    def cell(value: Cell) -> Any:
        if isinstance(value, datetime):
            return {"t": value.isoformat()}
        return {"d": value.isoformat()} if isinstance(value, date) else value

    return {
        "kind": workbook.kind,
        "sheets": [
            {
                "name": grid.name,
                "rows": [[cell(value) for value in row] for row in grid.rows],
                "merged": grid.merged,
                "hidden_rows": sorted(grid.hidden_rows),
                "hidden_columns": sorted(grid.hidden_columns),
                "hidden": grid.hidden,
                "date1904": grid.date1904,
                "pasted": grid.pasted,
                "cut_columns": grid.cut_columns,
            }
            for grid in workbook.sheets
        ],
    }


def from_json(raw: Any, name: str) -> Workbook:
    """The workbook from `to_json`; trusts nothing: KeyError, TypeError or ValueError if the values are others."""

    def cell(value: Any) -> Cell:
        if isinstance(value, dict):
            return datetime.fromisoformat(value["t"]) if "t" in value else date.fromisoformat(value["d"])
        if value is not None and not isinstance(value, (str, int, float, bool)):
            raise TypeError("cell")
        return value

    sheets = []
    for sheet in raw["sheets"]:
        grid = square(
            tidy_text(str(sheet["name"])),
            [[cell(value) for value in row] for row in sheet["rows"]],
            merged=[(int(a), int(b), int(c), int(d)) for a, b, c, d in sheet["merged"]],
            hidden_rows=frozenset(map(int, sheet["hidden_rows"])),
            hidden_columns=frozenset(map(int, sheet["hidden_columns"])),
            hidden=bool(sheet["hidden"]),
            date1904=bool(sheet["date1904"]),
        )
        grid.cut_columns = int(sheet["cut_columns"])
        grid.pasted = bool(sheet["pasted"])
        sheets.append(grid)
    return Workbook(sheets=sheets, name=name, kind=str(raw["kind"]))
