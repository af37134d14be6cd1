"""CSV that spreadsheets read as text, and a page without script, link or mark-up of others."""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from app.reports.letter import Heading, Text
from app.reports.letter import plain as runs
from app.reports.plain import csv_file, harmless, html_page
from app.reports.tables import Column, Report, Row, Section, Table
from tests.reports.test_workbook import HOSTILE, report_with

_TEXTS = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30)), min_size=1, max_size=4)


@settings(deadline=None, max_examples=80)
@given(_TEXTS)
def test_no_cell_begins_like_a_formula(texts: list[str]) -> None:
    content = csv_file(report_with(texts))
    assert content.startswith(b"\xef\xbb\xbf")
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig", "replace"), newline="")):
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell


def test_numbers_stay_numbers() -> None:
    table = Table("t", "t", [Column("a", "text"), Column("b")], [Section([Row(["x", -5]), Row(["-y", 0.5])])])
    rows = list(csv.reader(io.StringIO(csv_file(Report("r", "en", [], [table])).decode("utf-8-sig"))))
    assert rows == [["a", "b"], ["x", "-5"], ["'-y", "0.5"]]
    assert harmless("Əli") == "Əli"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.data: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.data.append(data)


@settings(deadline=None, max_examples=80)
@given(_TEXTS)
def test_a_page_has_only_our_mark_up(texts: list[str]) -> None:
    page = _Tags()
    page.feed(html_page(report_with([*texts, "<script>alert(1)</script>", '"><img src=x onerror=y>'])).decode("utf-8"))
    ours = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "dl", "dt", "dd"}
    ours |= {"table", "thead", "tbody", "tr", "th", "td"}
    assert page.tags <= ours
    assert page.attributes <= {"lang", "charset", "http-equiv", "content", "name", "class", "colspan"}
    assert "<script>alert(1)</script>" in "".join(page.data)


def test_text_of_a_report_is_written() -> None:
    report = Report("r", "en", [], [], prose=[Heading(runs("Chapter")), Text(runs("=Sentence"))])
    assert csv_file(report).decode("utf-8-sig").splitlines() == ["Chapter", "'=Sentence"]
    assert "<h2>Chapter</h2>" in html_page(report).decode()
