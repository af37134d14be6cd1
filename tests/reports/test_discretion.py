"""Small groups are hidden, and nobody can work them out from what is left."""

from __future__ import annotations

import itertools
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from app.reports.catalogue import write_report
from app.reports.discretion import BESIDE, SMALL, SMALLEST, suppressed
from app.reports.tables import Column, Counted, Linked, Report, Row, Section, Table, number


def a_report(matrix: list[list[int]]) -> Report:
    """Women, men and both by site, persons counted, with a total."""
    columns = [Column("Site", "text"), Column("f"), Column("m"), Column("all", sums=(1, 2))]
    rows = [
        Row([f"s{at}", *(Counted(n, "participation", tuple(map(str, range(n)))) for n in line), None], f"k{at}")
        for at, line in enumerate(matrix)
    ]
    table = Table("T", "T", columns, [Section(rows, total_label="All", key="all")])
    links = Table(
        "L", "L", [Column("x", "text"), Column("n")], [Section([Row(["a", Linked(matrix[0][0], "T", "k0", 1)])])]
    )
    return Report("R", "en", [], [table, links])


def test_small_groups_are_hidden_with_a_second_one() -> None:
    told = suppressed(a_report([[3, 40], [20, 30], [12, 0]]))
    cells = [list(row.cells) for row in told.tables[0].sections[0].rows]
    assert cells[0][:3] == ["s0", SMALL, BESIDE] and cells[0][3] == 43
    assert sum(row[1] in (SMALL, BESIDE) for row in cells) >= 2, "or the total would tell"
    assert cells[1][3] == 50
    assert told.tables[1].sections[0].rows[0].cells[1] == SMALL, "a number that points there is hidden too"
    assert str(SMALLEST) in told.notes[-1]


def test_a_report_without_small_groups_is_left_alone() -> None:
    report = a_report([[30, 40], [20, 30]])
    assert suppressed(report) is report
    things = Table(
        "T", "T", [Column("x", "text"), Column("n")], [Section([Row(["a", Counted(2, "activity", ("1",))])])]
    )
    assert suppressed(Report("R", "en", [], [things])).tables == [things], "two seminars are no two persons"


def possible(line: list[object], whole: float | None) -> list[set[int]]:
    """What each part of a line may be, for a reader who knows the rules, the open parts and perhaps their sum."""
    ranges = [range(1, SMALLEST) if cell == SMALL else range(40) if cell == BESIDE else [number(cell)] for cell in line]
    found: list[set[int]] = [set() for _ in line]
    for guess in itertools.product(*ranges):
        if whole is None or sum(guess) == whole:  # type: ignore[arg-type]
            for at, n in enumerate(guess):
                found[at].add(n)  # type: ignore[arg-type]
    return found


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.integers(0, 12), min_size=2, max_size=2), min_size=1, max_size=3))
def test_no_row_and_no_column_gives_a_small_group_away(matrix: list[list[int]]) -> None:
    told = suppressed(a_report(matrix))
    table = told.tables[0]
    section = table.sections[0]
    rows = [[row.cells[column] for column in (1, 2, 3)] for row in section.rows]
    lines = [(row[:2], number(row[2]), matrix[at]) for at, row in enumerate(rows)]
    for column in (0, 1):
        total = table.total(section, column + 1) if section.given else sum(row[column] for row in matrix)
        lines.append(([row[column] for row in rows], total, [row[column] for row in matrix]))
    for line, whole, true in lines:
        for cell, value, may_be in zip(line, true, possible(list(line), whole), strict=True):
            assert value in may_be
            assert cell in (SMALL, BESIDE) or not 0 < value < SMALLEST, "every small group is hidden"
            assert len(may_be) > 1 or cell not in (SMALL, BESIDE), (matrix, line, whole)


def test_it_is_written_in_every_form(tmp_path: Path) -> None:
    told = suppressed(a_report([[3, 40], [20, 30]]))
    for ending in (".xlsx", ".pdf", ".csv", ".html"):
        write_report(told, tmp_path / f"r{ending}")
    assert SMALL in (tmp_path / "r.csv").read_text("utf-8-sig")
    assert "&lt;5" in (tmp_path / "r.html").read_text("utf-8")
