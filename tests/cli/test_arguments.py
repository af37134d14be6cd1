"""Days as people write them."""

from __future__ import annotations

import argparse
from datetime import date

import pytest

from app.cli import arguments


@pytest.mark.parametrize("typed", ["2026-11-21", "21.11.2026"])
def test_both_ways_of_writing_a_day(typed: str) -> None:
    assert arguments.day(typed) == date(2026, 11, 21)


@pytest.mark.parametrize("typed", ["", "21/11/2026", "2026-02-30", "30.02.2026", "today", "11.21"])
def test_anything_else_is_refused_with_words(typed: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=r"21\.11\.2026"):
        arguments.day(typed)
