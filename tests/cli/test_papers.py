"""`saha report` and `saha archive`."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Saha


@pytest.mark.parametrize("ending", [".xlsx", ".pdf", ".csv", ".html"])
def test_the_ending_of_the_file_chooses_the_form(saha: Saha, office: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"q{ending}"
    said = saha("report", "quarterly", "--from", "2026-10-01", "--to", "31.12.2026", "--out", out, "--store", office)
    assert said.code == 0, said.err
    begins = {".xlsx": b"PK", ".pdf": b"%PDF", ".csv": b"\xef\xbb\xbf", ".html": b"<!doctype html>"}[ending]
    assert out.read_bytes().startswith(begins)


def test_an_unknown_report_or_form_is_3_and_leaves_no_file(saha: Saha, office: Path, tmp_path: Path) -> None:
    for name, ending in (("horoscope", ".xlsx"), ("quarterly", ".exe")):
        out = tmp_path / f"x{ending}"
        said = saha("report", name, "--out", out, "--store", office)
        assert said.code == 3
        assert not out.exists()


def test_the_archive_is_a_plain_file_and_says_so(saha: Saha, office: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.db"
    said = saha("archive", "--out", out, "--store", office)
    assert (said.code, "NOT encrypted" in said.out) == (0, True)
    plain = sqlite3.connect(out)
    assert plain.execute("SELECT count(*) FROM site").fetchone() == (14,)
    plain.close()


@pytest.mark.parametrize("words", [("archive", "a.db"), ("report quarterly", "q.xlsx")])
def test_a_folder_that_is_not_there_is_named(saha: Saha, office: Path, tmp_path: Path, words: tuple[str, str]) -> None:
    said = saha(*words[0].split(), "--out", tmp_path / "nowhere" / words[1], "--store", office)
    assert said.code == 3
    assert "nowhere" in said.err
    assert str(tmp_path) not in said.err
