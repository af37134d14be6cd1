"""One or two rows read as a heading: fields, sessions, and which rows belong together."""

from __future__ import annotations

from datetime import date

import pytest

from app.rosters.columns import propose
from app.rosters.grid import Cell, Grid, Range, square
from app.rosters.header import is_upper_row, read_header, text_rows
from app.rosters.sheet import Sheet


def grid(*rows: list[Cell], merged: list[Range] | None = None) -> Grid:
    return square("Sheet1", [list(row) for row in rows], merged=merged or [])


def two_rows(one: Grid, row: int = 0) -> bool:
    sheet = Sheet(one)
    return is_upper_row(sheet, row, read_header(sheet, (row,)), read_header(sheet, (row, row + 1)))


def test_fields_and_sessions_of_one_row() -> None:
    header = read_header(Sheet(grid(["№", "Soyadı, adı", None, "I gün", date(2025, 5, 13), "Naməlum"])), (0,))
    assert header.columns == {0: "number", 1: "full_name", 3: "attendance", 4: "attendance"}
    assert header.sessions[4].day == date(2025, 5, 13) and header.texts[5] == "Naməlum"


def test_a_row_of_somebodys_facts_scores_below_a_heading() -> None:
    sheet = Sheet(grid(["Ad, soyad", "Tel"], ["Quliyev Tural", "0505551101"], [5, 6]))
    assert read_header(sheet, (0,)).score > 2 > read_header(sheet, (1,)).score
    assert text_rows(sheet) == [0, 1]


@pytest.mark.parametrize(
    ("rows", "merged", "together"),
    [
        (
            [["№", "ФИО", "Явка", None], [None, None, "12.05", "13.05"]],
            [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)],
            True,
        ),
        ([["№", "ФИО", "Подпись", None], [None, None, "1 день", "2 день"]], [], True),
        ([["№", "Soyadı, adı", "Vəzifəsi"], ["№", "Фамилия, имя", "Должность"]], [], True),
        ([["№", "Soyadı, adı", "Vəzifəsi"], [1, "Quliyev Tural", "həkim"]], [], False),
        ([["№", "Rayon", "Doğum tarixi"], [1, "Gəncə", date(1980, 1, 2)]], [], False),
        ([["Siyahı", None, None], ["№", "Soyadı, adı", "Vəzifəsi"]], [(0, 0, 0, 2)], False),
        ([["or", "merging", "cells"], ["Name", "Profession", "Age"]], [], False),
    ],
)
def test_which_rows_belong_together(rows: list[list[Cell]], merged: list[Range], together: bool) -> None:
    assert two_rows(grid(*rows, merged=merged)) is together


def test_the_days_of_a_month() -> None:
    mapping = propose(grid(["№", "ФИО", *range(1, 32), "Всего"], [1, "Кулиев Турал", *["+"] * 31, 31]))
    assert len(mapping.sessions) == 31 and mapping.sessions[2].label == "1"
