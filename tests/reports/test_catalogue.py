"""Every report can be made in every format and language; refusals are sentences and leave what was there."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.basics.clock import turn
from app.basics.words import LANGUAGES, text
from app.errors import UserError
from app.models.store import Store
from app.reports.catalogue import REPORTS, make
from app.services.certificates import issue
from tests.composed import Q1, Made, compose


@pytest.fixture
def made(store: Store) -> Made:
    return store.write(compose).value


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_is_made(store: Store, made: Made, tmp_path: Path, name: str) -> None:
    starts = {".xlsx": b"PK", ".pdf": b"%PDF", ".csv": b"\xef\xbb\xbf", ".html": b"<!doctype html>", ".docx": b"PK"}
    entry = REPORTS[name]
    if name == "certificates":
        store.write(lambda w: issue(w, made.t1))
    for language in LANGUAGES:
        for ending in entry.formats if language == "en" else entry.formats[-1:]:
            target = tmp_path / f"{language}{ending}"
            about = made.m1 if name in ("agenda", "minutes") else made.t1
            with store.read() as reader:
                make(reader, name, target, start=Q1[0], end=Q1[1], activity=about, language=language)
            assert target.read_bytes().startswith(starts[ending])
            with store.read() as reader:
                if entry.build is None:
                    with pytest.raises(UserError):
                        make(reader, name, target, language=language)
        assert text(entry.title, lang=language)
    assert not [p for p in tmp_path.iterdir() if p.suffix == ".part"]


def test_what_cannot_be_made_is_refused(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "r.xlsx"
    target.write_bytes(b"before")
    for name, out, start, end, code in (
        ("nonsense", target, *Q1, "report_unknown"),
        ("quarterly", tmp_path / "r.exe", *Q1, "report_format_unknown"),
        ("quarterly", tmp_path / "r", *Q1, "report_format_unknown"),
        ("quarterly", target, "2026-04-01", "2026-01-01", "period_upside_down"),
    ):
        with store.read() as reader, pytest.raises(UserError) as refused:
            make(reader, name, out, start=start, end=end, language="en")
        assert refused.value.code == code
        assert text(f"errors.{code}", **refused.value.params)
    assert target.read_bytes() == b"before"
    with store.read() as reader, pytest.raises(OSError):
        make(reader, "activities", tmp_path / "no such folder" / "r.csv", start=Q1[0], end=Q1[1])


def test_without_days_it_is_the_quarter_of_today(store: Store, tmp_path: Path) -> None:
    turn(lambda: datetime(2026, 11, 21, 9, tzinfo=UTC))
    try:
        for start, end, said in (
            (None, None, "01.10.2026 – 31.12.2026"),
            (date(2026, 2, 3), None, "03.02.2026 – 31.03.2026"),
            (None, date(2026, 5, 20), "01.04.2026 – 20.05.2026"),
        ):
            with store.read() as reader:
                report = make(reader, "activities", tmp_path / "a.csv", start=start, end=end, language="en")
            assert report is not None
            assert dict(report.facts)["Period"] == said
    finally:
        turn(None)
