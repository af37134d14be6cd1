"""What the tests of rosters share: the folder of workbooks and a way to read one as a user would."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.rosters.reading import read_grid
from app.rosters.survey import SurveyedSheet, survey

DATA = Path(__file__).resolve().parents[1] / "data" / "rosters"
TODAY = date(2026, 1, 15)


def surveyed(path: Path) -> dict[str, SurveyedSheet]:
    """Every sheet of a file by its name, on a fixed day."""
    return {sheet.grid.name: sheet for sheet in survey(read_grid(path), today=TODAY)}


@pytest.fixture
def data() -> Path:
    return DATA
