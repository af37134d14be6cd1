"""Tables fit to be published: groups of persons so small that somebody could be known in them are hidden; pure.

A hidden number cannot be worked out from its row or its column: where only one would be hidden, a second one goes with
it, and a total that would still give it away goes too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.basics.words import text
from app.reports.tables import Column, Counted, Linked, Report, Row, Section, Table, number

SMALLEST = 5
"""A group of fewer persons than this is hidden."""
SMALL, BESIDE = f"<{SMALLEST}", "*"
"""What stands in the place of a small group, and of a number hidden only so that the small one stays hidden."""
PERSONS = frozenset({"person", "participation"})

_Cell = tuple[int, int]


def suppressed(report: Report) -> Report:
    """The report without small groups of persons; its other numbers, texts and tables stay. Says so in a note."""
    hidden = {table.name: [_hidden(table, section) for section in table.sections] for table in report.tables}
    if not any(cells for parts in hidden.values() for cells, _ in parts):
        return report
    gone = {
        (table.name, row.key, column)
        for table in report.tables
        for section, (cells, _) in zip(table.sections, hidden[table.name], strict=True)
        for at, row in enumerate(section.rows)
        for column in range(len(table.columns))
        if row.key and (at, column) in cells
    }
    gone |= {
        (table.name, section.key, column)
        for table in report.tables
        for section, (_, totals) in zip(table.sections, hidden[table.name], strict=True)
        for column in totals
        if section.key
    }
    tables = [_without(table, hidden[table.name], gone) for table in report.tables]
    note = text("reports.small_groups", lang=report.language, least=SMALLEST)
    return replace(report, tables=tables, notes=[*report.notes, note])


def _hidden(table: Table, section: Section) -> tuple[dict[_Cell, str], set[int]]:
    """Cells to hide with what stands there instead, and the columns whose total is hidden."""
    personal = [at for at in range(len(table.columns)) if _counts_persons(table, at)]
    values = {
        (row, column): value
        for row in range(len(section.rows))
        for column in personal
        if (value := _value(table, section.rows[row], column)) is not None
    }
    cells = {cell: SMALL for cell, value in values.items() if 0 < value < SMALLEST}
    totals: set[int] = set()
    if section.total_label:
        totals = {c for c in personal if 0 < (table.total(section, c) or 0) < SMALLEST}
    for _ in range(8 * (len(personal) + 1)):
        before = len(cells), len(totals)
        for column, about in enumerate(table.columns):
            if about.sums is None or column not in personal:
                continue
            span = [c for c in range(about.sums[0], about.sums[1] + 1) if c in personal]
            for row in range(len(section.rows)):
                _complement(cells, values, [(row, c) for c in span], (row, column))
                if (row, column) not in cells and _tells([(row, c) for c in span], cells, values):
                    cells[row, column] = BESIDE
        if section.total_label:
            for column in personal:
                alone = [(row, column) for row in range(len(section.rows)) if (row, column) in cells]
                if len(alone) == 1 and column not in totals and table.total(section, column) is not None:
                    others = [cell for cell in _open(values, cells, column) if values[cell] > 0]
                    if others:
                        cells[min(others, key=lambda cell: (values[cell], cell))] = BESIDE
                    else:
                        totals.add(column)
                lines = [(row, column) for row in range(len(section.rows))]
                if _tells(lines, cells, values):
                    totals.add(column)
        if before == (len(cells), len(totals)):
            break
    return cells, totals


def _tells(parts: Sequence[_Cell], cells: dict[_Cell, str], values: dict[_Cell, float]) -> bool:
    """Whether an open sum gives several small groups away: all of them as small, or as large, as can be."""
    hidden = [part for part in parts if part in cells]
    if not hidden or any(cells[part] != SMALL for part in hidden):
        return False
    whole = sum(values[part] for part in hidden)
    return whole in (len(hidden), len(hidden) * (SMALLEST - 1))


def _complement(cells: dict[_Cell, str], values: dict[_Cell, float], parts: Sequence[_Cell], whole: _Cell) -> None:
    """One hidden part beside an open sum gives itself away: hide the next smallest part, or else the sum."""
    alone = [part for part in parts if part in cells]
    if len(alone) != 1 or whole in cells:
        return
    others = [part for part in parts if part not in cells and values.get(part, 0) > 0]
    cells[min(others, key=lambda part: (values[part], part)) if others else whole] = BESIDE


def _open(values: dict[_Cell, float], cells: dict[_Cell, str], column: int) -> list[_Cell]:
    return [cell for cell in values if cell[1] == column and cell not in cells]


def _counts_persons(table: Table, column: int) -> bool:
    about = table.columns[column]
    if about.kind != "count":
        return False
    if about.sums is not None:
        return any(_counts_persons(table, part) for part in range(about.sums[0], about.sums[1] + 1) if part != column)
    cells = [row.cells[column] for section in table.sections for row in section.rows]
    return any(isinstance(cell, Counted) and cell.record in PERSONS for cell in cells)


def _value(table: Table, row: Row, column: int) -> float | None:
    known = number(row.cells[column])
    span = table.columns[column].sums
    if known is None and span is not None:
        return sum(number(row.cells[part]) or 0 for part in range(span[0], span[1] + 1))
    return known


def _without(
    table: Table, hidden: Sequence[tuple[dict[_Cell, str], set[int]]], gone: set[tuple[str, str, int]]
) -> Table:
    if not any(cells or totals for cells, totals in hidden) and not any(
        isinstance(cell, Linked) for section in table.sections for row in section.rows for cell in row.cells
    ):
        return table
    columns: list[Column] = [replace(column, sums=None) for column in table.columns]
    sections = []
    for section, (cells, totals) in zip(table.sections, hidden, strict=True):
        rows = []
        for at, row in enumerate(section.rows):
            told: list[str | int | float | Linked | Counted | None] = []
            for column, cell in enumerate(row.cells):
                if isinstance(cell, Linked) and (cell.table, cell.row, cell.column) in gone:
                    told.append(SMALL if 0 < cell.value < SMALLEST else BESIDE)
                elif (at, column) in cells:
                    told.append(cells[at, column])
                else:
                    told.append(cell if number(cell) is not None or cell else _value(table, row, column))
            rows.append(Row(told, row.key))
        given = (
            {column: table.total(section, column) for column in range(1, len(columns))} if section.total_label else {}
        )
        given |= dict.fromkeys(totals)
        sections.append(replace(section, rows=rows, given=given))
    return replace(table, columns=columns, sections=sections, chart=None)
