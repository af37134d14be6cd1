"""A heading counts only if what it promises stands below it."""

from __future__ import annotations

import pytest

from app.rosters.columns import propose
from app.rosters.content import below_heading, blocks_of, settle
from app.rosters.grid import Cell, Grid, square
from app.rosters.header import read_header
from app.rosters.sheet import Sheet


def grid(*rows: list[Cell], name: str = "Sheet1") -> Grid:
    return square(name, [list(row) for row in rows])


@pytest.mark.parametrize(
    "values", [[25, 30], ["Gəncə şəhəri", "Şəki rayonu"], ["45|0|0", "38|0|0"], [None, None], ["5 nəfər", "Cəmi"]]
)
def test_a_column_of_participants_without_persons(values: list[Cell]) -> None:
    sheet = Sheet(grid(["Tarix", "İştirakçılar"], *[["12.05.2025", value] for value in values]))
    assert settle(sheet, read_header(sheet, (0,))) is None


def test_days_with_amounts_are_no_attendance() -> None:
    sheet = Sheet(grid(["Ad, soyad", "12.05", "13.05"], ["Quliyev Tural", 250, 300], ["Səfərova Günel", 100, 90]))
    settled = settle(sheet, read_header(sheet, (0,)))
    assert settled is not None and settled.columns == {0: "full_name"} and settled.sessions == {}


def test_totals_and_closing_lines_do_not_count() -> None:
    sheet = Sheet(grid(["Ad"], ["Quliyev Tural"], ["Cəmi: 1"], ["Məsul şəxs: ___"], ["vakant"]))
    assert below_heading(sheet, (0,), 0) == ["Quliyev Tural"]


def test_a_list_that_goes_on_beside_itself() -> None:
    sheet = Sheet(grid(["№", "Ad soyad", None, "№", "Ad soyad"], [1, "Quliyev Tural", None, 2, "Səfərova Günel"]))
    settled = settle(sheet, read_header(sheet, (0,)))
    assert settled is not None and blocks_of(settled) == ((0, 2), (3, 4))


def test_a_count_of_men_is_no_mark() -> None:
    mapping = propose(grid(["Ad, soyad", "Kişi", "Qadın"], ["Quliyev Tural", 15, 8], ["Səfərova Günel", 4, 9]))
    assert set(mapping.columns.values()) == {"full_name"}
