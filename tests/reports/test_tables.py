"""Totals add up what may be added and nothing else."""

from __future__ import annotations

from app.reports.tables import Column, Linked, Report, Row, Section, Table, number

COLUMNS = [Column("a", "text"), Column("b"), Column("c", adds=False), Column("d", "percent"), Column("e", "money")]


def test_totals() -> None:
    section = Section([Row(["x", 1, 2, 0.5, 1.1]), Row(["y", Linked(2, "t", "k", 1), 3, 0.5, None])], given={2: 4})
    table = Table("t", "t", COLUMNS, [section])
    assert [table.total(section, i) for i in range(5)] == [None, 3, 4, None, 1.1]
    report = Report("r", "en", [], [table])
    assert len(list(report.lines())) == 2


def test_empty_and_blank_columns() -> None:
    table = Table("t", "t", COLUMNS, [])
    assert table.total(Section([]), 1) == 0
    assert table.total(Section([Row(["x", None, None, None, None])]), 1) is None
    assert table.total(Section([Row(["x", 5, 1, None, None])], given={1: None}), 1) is None


def test_what_a_number_is() -> None:
    assert [number(cell) for cell in (1, 1.5, "1", None, True, Linked(3, "t", "k", 0))] == [1, 1.5, None, None, None, 3]
