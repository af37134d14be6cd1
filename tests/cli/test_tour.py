"""`saha tour`: the whole round, and the quarter it reports on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.cli.tour import quarter_of
from tests.cli.conftest import Saha


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        ("2026-11-21", "2026-10-01", "2026-12-31"),
        ("2026-01-01", "2026-01-01", "2026-03-31"),
        ("2024-02-29", "2024-01-01", "2024-03-31"),
    ],
)
def test_the_quarter_of_a_day(day: str, start: str, end: str) -> None:
    assert quarter_of(date.fromisoformat(day)) == (date.fromisoformat(start), date.fromisoformat(end))


def test_the_tour_goes_round_and_leaves_what_it_says(saha: Saha, tmp_path: Path) -> None:
    folder = tmp_path / "tour"
    said = saha("tour", folder, "--json")
    assert said.code == 0, said.err
    steps = [step["step"] for step in said.data["steps"]]
    assert steps == [
        "office", "joined", "training", "open_day", "meeting", "sent", "received", "conflict", "answered", "agreed",
        "workbook",
    ]  # fmt: skip
    assert list(folder.glob("*.xlsx"))
    assert list((folder / "bundles").glob("*.saha"))
    for name in ("office", "ganja", "nakhchivan"):
        assert saha("check", "--store", folder / name).code == 0
    again = saha("tour", folder)
    assert again.code == 4


def test_the_tour_speaks_to_a_person_in_lines(saha: Saha, tmp_path: Path) -> None:
    said = saha("tour", tmp_path / "tour")
    assert said.code == 0, said.err
    assert "{" not in said.out
    assert str(tmp_path / "tour") in said.out.splitlines()[-1]
