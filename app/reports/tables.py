"""What a report is before it is paper: facts, notes and tables of typed cells; knows no file format and no store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from app.reports.letter import Block

Kind = Literal["text", "count", "hours", "money", "percent", "date"]


@dataclass(frozen=True)
class Linked:
    """A number that stands in another table: of the row with this key, in this column (from 0)."""

    value: float
    table: str
    row: str
    column: int


@dataclass(frozen=True)
class Counted:
    """A number that knows the rows it was made from."""

    value: float
    record: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """One column. `sums` names the first and last column that a cell of this one adds up in its row.

    `adds` says whether the column may be added up downwards; numbers of persons may not.
    """

    title: str
    kind: Kind = "count"
    width: float = 13
    sums: tuple[int, int] | None = None
    adds: bool = True


@dataclass(frozen=True)
class Row:
    """One row; `key` lets other tables refer to it."""

    cells: Sequence[str | int | float | Linked | Counted | None]
    key: str = ""


@dataclass(frozen=True)
class Section:
    """Rows under a heading of their own. With a `total_label` a total row follows.

    `given` are the totals that are not the sum of their column (persons counted once over all rows), by column; None
    leaves the place empty.
    """

    rows: Sequence[Row]
    title: str = ""
    total_label: str = ""
    given: Mapping[int, float | None] = field(default_factory=dict)
    key: str = ""


@dataclass(frozen=True)
class Chart:
    """Bars drawn from one section: its first column names them, `columns` are stacked."""

    title: str
    section: int
    columns: tuple[int, ...]


@dataclass(frozen=True)
class Table:
    """One sheet of a workbook, one table on paper. `name` is short; `title` stands above it, `notes` below.

    `tall` is the height of a row in millimetres where somebody is to write into it; 0: as high as its text.
    """

    name: str
    title: str
    columns: Sequence[Column]
    sections: Sequence[Section]
    notes: Sequence[str] = ()
    landscape: bool = True
    chart: Chart | None = None
    tall: float = 0

    def total(self, section: Section, column: int) -> float | None:
        """What the total row of a section says in a column; None where nothing may stand."""
        about = self.columns[column]
        if column in section.given:
            return section.given[column]
        if about.kind in ("text", "date", "percent") or not about.adds:
            return None
        numbers = [number(row.cells[column]) for row in section.rows]
        found = [n for n in numbers if n is not None]
        if not found:
            return None if section.rows else 0
        return round(sum(found), 2)


@dataclass(frozen=True)
class Report:
    """A whole report: the title, facts for its head (label, value), text, tables, notes that explain its numbers."""

    title: str
    language: str
    facts: Sequence[tuple[str, str]]
    tables: Sequence[Table]
    notes: Sequence[str] = ()
    warning: str = ""
    prose: Sequence[Block] = ()

    def lines(self) -> Iterator[tuple[Table, Section, Row]]:
        """Every row of every table."""
        for table in self.tables:
            for section in table.sections:
                for row in section.rows:
                    yield table, section, row

    def behind(self, table: Table, section: Section, row: Row | None, column: int) -> tuple[str, list[str]] | None:
        """The record type and the ids of the rows behind a number; `row=None` asks for the section's total.

        None for a cell that is no number, or a number (money, hours of a whole) that no list stands behind.
        """
        cells = [r.cells[column] for r in section.rows] if row is None else [row.cells[column]]
        span = table.columns[column].sums
        if span is not None and not any(isinstance(cell, Counted | Linked) for cell in cells):
            rows = section.rows if row is None else [row]
            cells = [r.cells[n] for r in rows for n in range(span[0], span[1] + 1)]
        found: dict[str, None] = {}
        record = ""
        for cell in cells:
            if isinstance(cell, Linked):
                told = self._linked(cell)
            else:
                told = (cell.record, list(cell.ids)) if isinstance(cell, Counted) else None
            if told is not None and record in ("", told[0]):
                record = told[0]
                found |= dict.fromkeys(told[1])
        return (record, list(found)) if record else None

    def _linked(self, cell: Linked) -> tuple[str, list[str]] | None:
        table = next(t for t in self.tables if t.name == cell.table)
        for section in table.sections:
            if section.key == cell.row:
                return self.behind(table, section, None, cell.column)
            for row in section.rows:
                if row.key == cell.row:
                    return self.behind(table, section, row, cell.column)
        return None


def number(cell: object) -> float | None:
    """The number in a cell, if it is one."""
    if isinstance(cell, Linked | Counted):
        return cell.value
    return cell if isinstance(cell, int | float) and not isinstance(cell, bool) else None
