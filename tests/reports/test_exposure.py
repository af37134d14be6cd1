"""The exposure sheet: facts, counts and events on paper in three languages; no names in the lines of a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.basics import words
from app.models.queries.unheard import Event
from app.reports import exposure
from app.reports.letter import Grid, Text, lines_of, spoken
from app.sync.office import Exposure


def lost() -> Exposure:
    return Exposure(
        "Gəncə 1",
        ["Ganja"],
        {"person": 2, "activity": 1},
        {"surname": 2, "phone": 1, "note": 1},
        1,
        7,
        "2026-03-01T10:00:00Z",
        None,
        ["Məmmədov Elçin", "Quliyeva Aygün"],
        {"Ganja": {"person": 2, "activity": 1}},
        [
            Event("plan", "s", "2026-03-02", "2026-03-04", "x", "Basic training"),
            Event("duty", "s", "2026-01-01", "2026-03-31", "y", "Press meeting"),
        ],
        {"s": "Ganja"},
        "2026-03-05T10:00:00Z",
    )


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_sheet_reads_in_every_language(tmp_path: Path, language: str) -> None:
    words.use_language(language)
    letter = exposure.exposure_letter(lost())
    assert "Gəncə 1" in letter.title and letter.language == language
    out = tmp_path / "sheet.pdf"
    exposure.write_exposure(lost(), out)
    assert out.read_bytes().startswith(b"%PDF")


def test_what_stands_in_it() -> None:
    letter = exposure.exposure_letter(lost())
    told = "\n".join(line for line, _ in lines_of(letter.blocks))
    assert "Məmmədov Elçin; Quliyeva Aygün" in told and "1 activity under restriction" in told
    rows = [[spoken(cell) for cell in row] for block in letter.blocks if isinstance(block, Grid) for row in block.rows]
    assert ["People", "2"] in rows and ["Name", "Surname (2)"] in rows and ["Contacts", "Phone (1)"] in rows
    assert ["02.03.2026 – 04.03.2026", "Ganja", "Basic training", ""] in rows
    assert any(row[2] == "owed: Press meeting" for row in rows if len(row) == 4)
    assert not any(isinstance(block, Text) and "None" in spoken(block.text) for block in letter.blocks)


def test_the_lines_of_a_terminal_name_nobody() -> None:
    lines = exposure.exposure_lines(lost())
    assert "Ganja: People 2, Activities 1" in lines and "Last word from it: 01.03.2026" in "\n".join(lines)
    assert not any("Məmmədov" in line for line in lines)
