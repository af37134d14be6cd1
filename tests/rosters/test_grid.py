"""Cells as they arrive: tidied text, plain numbers, bounded sizes; and the way through the pipe and back."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta

import pytest

from app.rosters.grid import LONGEST_TEXT, MOST_ROWS, TooLarge, Workbook, from_json, square, tidy, tidy_text, to_json


def test_text_is_tidied() -> None:
    assert tidy_text("  Ben \r\n Ashley\u00a0 ") == "Ben\nAshley"
    assert tidy_text("a\u202eb\u2066c\u200bd\x00e\x1b") == "abcde"
    assert tidy_text("e\u0301") == "é"
    assert len(tidy_text("x" * 10_000)) == LONGEST_TEXT


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (5.0, 5),
        (5.5, 5.5),
        (True, True),
        ("", None),
        ("  ", None),
        ("#REF!", None),
        (float("nan"), None),
        (float("inf"), None),
        (datetime(2024, 1, 2), date(2024, 1, 2)),
        (datetime(2024, 1, 2, 3, 4, 5, 6), datetime(2024, 1, 2, 3, 4, 5)),
        (None, None),
        (time(9, 5), "09:05"),
        (timedelta(hours=30), "30:00"),
        (10**20, "100000000000000000000"),
        (1e300, 1e300),
        (b"x", "b'x'"),
    ],
)
def test_values(value: object, cell: object) -> None:
    found = tidy(value)
    assert found == cell and type(found) is type(cell)


def test_rows_are_made_square_and_bounded() -> None:
    grid = square("S", [["a"], [], [None, "b", None], [None], []])
    assert grid.rows == [["a", None], [None, None], [None, "b"]] and grid.width == 2
    wide = square("S", [["a"], [None] * 70 + ["z"]])
    assert wide.width == 60 and wide.cut_columns == 11
    with pytest.raises(TooLarge):
        square("S", [["a"] for _ in range(MOST_ROWS + 1)])
    assert square("S", [["a"], *[[None] for _ in range(MOST_ROWS)]]).rows == [["a"]]


def test_there_and_back() -> None:
    grid = square(
        "Siyahı",
        [["a", 1, 2.5, True, date(2024, 1, 2), datetime(2024, 1, 2, 3, 4), None, "x"]],
        merged=[(0, 0, 0, 1)],
        hidden_rows=frozenset({0}),
        hidden_columns=frozenset({1}),
        hidden=True,
        date1904=True,
    )
    book = Workbook([grid], kind="xlsx")
    again = from_json(json.loads(json.dumps(to_json(book))), "a.xlsx")
    assert again.sheets == [grid] and again.kind == "xlsx" and again.name == "a.xlsx"


@pytest.mark.parametrize("raw", [None, {}, {"sheets": [{}]}, {"kind": "", "sheets": [{"name": "S", "rows": [[[]]]}]}])
def test_an_answer_that_is_none_is_refused(raw: object) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        from_json(raw, "a")
