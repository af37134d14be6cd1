"""Days, numbers and places as people write them."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

import pytest

from app.cli import arguments
from app.errors import UserError


@pytest.mark.parametrize("typed", ["2026-11-21", "21.11.2026"])
def test_both_ways_of_writing_a_day(typed: str) -> None:
    assert arguments.day(typed) == date(2026, 11, 21)


@pytest.mark.parametrize("typed", ["", "21/11/2026", "2026-02-30", "30.02.2026", "today", "11.21"])
def test_anything_else_is_refused_with_words(typed: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=r"21\.11\.2026"):
        arguments.day(typed)


def test_how_many_is_from_one_up() -> None:
    assert arguments.number("5") == 5
    for typed in ("0", "-3", "x", "", "1.5", "9" * 30, "٣"):
        with pytest.raises(argparse.ArgumentTypeError, match="number from 1 up"):
            arguments.number(typed)


def test_a_place_to_write_is_looked_at_first(tmp_path: Path) -> None:
    assert arguments.place(str(tmp_path / "q.xlsx")) == tmp_path / "q.xlsx"
    for typed, code in ((tmp_path, "is_a_folder"), (tmp_path / "none" / "q.xlsx", "no_such_folder")):
        with pytest.raises(UserError) as refused:
            arguments.place(str(typed))
        assert refused.value.code == code
