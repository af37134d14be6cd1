"""`saha report` and `saha archive`."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from app.models.store import Store
from app.services import exports
from tests.cli.conftest import Saha
from tests.composed import compose


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


def test_named_people_are_logged_and_may_be_locked(saha: Saha, office: Path, tmp_path: Path) -> None:
    with Store.open(office, "practice") as store:
        made = store.write(compose).value
    out, password = tmp_path / "a.xlsx", tmp_path / "password"
    password.write_text("uzun parol 7\n", "utf-8")
    words = ("report", "attendance", "--activity", made.t1, "--store", office)
    said = saha(*words, "--out", out, "--reason", "for the donor", "--password-file", password)
    assert said.code == 0, said.err
    assert out.read_bytes().startswith(b"\xd0\xcf\x11\xe0")
    assert saha(*words, "--out", tmp_path / "b.xlsx").code == 0, "offered, not forced"
    with Store.open(office, "practice") as store, store.read() as r:
        assert [(one["reason"], one["locked"]) for one in exports.made(r)] == [("", False), ("for the donor", True)]
    for more in (["--password-file", tmp_path / "none"], ["--reason", "x"]):
        assert saha(*words, "--out", tmp_path / "c.xlsx", *more).code == 3
    refused = saha(*words, "--out", tmp_path / "c.pdf", "--reason", "for the donor", "--password-file", password)
    assert refused.code == 3 and not (tmp_path / "c.pdf").exists()


def test_small_groups_are_hidden_when_published(saha: Saha, office: Path, tmp_path: Path) -> None:
    with Store.open(office, "practice") as store:
        store.write(compose)
    words = ("report", "participants", "--from", "2026-01-01", "--to", "2026-12-31", "--store", office)
    assert saha(*words, "--out", tmp_path / "own.csv").code == 0
    assert saha(*words, "--out", tmp_path / "public.csv", "--publish").code == 0
    assert "<5" not in (tmp_path / "own.csv").read_text("utf-8-sig")
    assert "<5" in (tmp_path / "public.csv").read_text("utf-8-sig")
