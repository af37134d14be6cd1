"""Joined cells are seen as a reader sees them."""

from __future__ import annotations

from app.rosters.grid import square
from app.rosters.sheet import Sheet


def test_joined_cells() -> None:
    sheet = Sheet(square("S", [["a", None, "b"], [None, None, "c"]], merged=[(0, 0, 1, 1)]))
    assert sheet.own(1, 1) is None and sheet.value(1, 1) == "a" and sheet.value(0, 2) == "b"
    assert sheet.area(1, 0) == (0, 0, 1, 1) and sheet.span(0, 0) == 2 and sheet.span(0, 2) == 1
    assert sheet.filled(0) == [0, 2]


def test_absurd_areas_cost_nothing() -> None:
    sheet = Sheet(
        square(
            "S", [["a", "b"], ["c", "d"]], merged=[(0, 0, 1_048_575, 16_383), (-1, 0, 0, 0), (5, 5, 9, 9), (1, 1, 0, 0)]
        )
    )
    assert sheet.area(1, 1) == (0, 0, 1, 1)
