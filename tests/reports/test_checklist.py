"""The checklist of a new laptop: every step, in every language, and never the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.basics import words
from app.reports import checklist
from app.reports.letter import lines_of


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_each_step_has_its_box(tmp_path: Path, language: str) -> None:
    words.use_language(language)
    letter = checklist.checklist("Gəncə 1", ["Gəncə"], "gence-1.sahakit", "")
    steps = [line for line, level in lines_of(letter.blocks) if line.startswith("[   ]")]
    assert len(steps) == len(checklist.STEPS) and any("gence-1.sahakit" in step for step in steps)
    out = tmp_path / "steps.pdf"
    checklist.write_checklist("Gəncə 1", ["Gəncə"], "gence-1.sahakit", "Saha-1.0-setup.exe", out)
    assert out.read_bytes().startswith(b"%PDF")
