"""Every report can be made in every format and language; refusals are sentences and leave what was there."""

from __future__ import annotations

import csv
import io
import itertools
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.basics.clock import turn
from app.basics.words import LANGUAGES, text
from app.errors import Invalid, UserError
from app.models.store import Store
from app.models.writer import Writer
from app.reports.catalogue import REPORTS, make
from app.services.certificates import issue
from app.specs.records import RECORDS
from app.specs.types import Text
from tests.composed import Q1, Made, compose
from tests.reports.test_workbook import HOSTILE, faults


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


def hostile(w: Writer) -> None:
    """Put what would be a formula or a link into every text of every row."""
    texts = (f"{begun}{no}" for no, begun in enumerate(itertools.cycle(HOSTILE[:16])))
    for record, spec in RECORDS.items():
        for row in w.list(record):
            for field in spec.fields:
                if not isinstance(field.type, Text) or field.name in _CODES or not row.get(field.name):
                    continue
                try:
                    w.put(record, {field.name: next(texts)}, row["id"])
                except (Invalid, UserError):
                    continue  # a field that takes no such text cannot carry it out either


_OURS = r"SUM\([A-Z]+\d+:[A-Z]+\d+\)|(?:'(?:[^']|'')+'|[^\W\d]\w*)![A-Z]+\d+"
"""The formulas that are ours: sums, and numbers that stand on another sheet."""
_CODES = {"code", "sha256", "serial", "layout", "mapping", "linked_record", "linked_id", "page_code"}


def test_no_text_of_the_register_leaves_as_a_formula_or_a_link(store: Store, tmp_path: Path) -> None:
    made = store.write(compose).value
    store.write(hostile)
    with store.read() as reader:
        assert any(str(row["surname"]).startswith("=") for row in reader.list("person")), "the texts are in"
        for name, entry in REPORTS.items():
            for ending in {".xlsx", ".csv"} & set(entry.formats):
                out = tmp_path / f"{name}{ending}"
                make(reader, name, out, start="2026-01-01", end="2026-12-31", activity=made.t1)
                if ending == ".xlsx":
                    assert faults(out.read_bytes(), _OURS) == [], name
                    continue
                for line in csv.reader(io.StringIO(out.read_bytes().decode("utf-8-sig"), newline="")):
                    begun = [cell for cell in line if re.match(r"[=+@\t\r]|-[^\d]", cell)]
                    assert begun == [], (name, begun)
