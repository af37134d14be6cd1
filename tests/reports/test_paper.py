"""PDF pages: every letter embedded and drawn, headings repeated, page numbers, typed text shown as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.reports.paper import REGULAR, paragraph, pdf, shortened, style, wrapped
from app.reports.tables import Column, Report, Row, Section, Table
from tests.reports.pictures import fonts, inked, pages, said
from tests.reports.test_workbook import HOSTILE, report_with

LETTERS = "Əə Ğğ İi Iı Şş Çç Öö Üü Ёё Ъъ Ыы Ўў"


def long_report(rows: int = 90) -> Report:
    lines = [Row([f"{LETTERS} {n}", n]) for n in range(rows)]
    table = Table("t", "Cədvəl", [Column("Soyadı", "text", 60), Column("Sayı")], [Section(lines, "Bölmə", "Cəmi")])
    return Report("Hesabat", "az", [("Dövr", "2026")], [table], ["Qeyd"])


def test_every_letter_is_there_and_embedded(tmp_path: Path) -> None:
    target = tmp_path / "r.pdf"
    target.write_bytes(pdf(long_report()))
    words = said(target)
    assert words.count(LETTERS) == 90
    assert all(embedded for _, embedded in fonts(target))
    assert words.count("Soyadı") == len(pages(target)), "headings on every page"
    assert f"Səhifə 1 / {len(pages(target))}" in words
    assert "4 005" in words.replace("\u00a0", " ").replace("\u202f", " ")  # the total of 0 to 89


@pytest.mark.parametrize("letter", [c for c in LETTERS if c != " "])
def test_no_letter_is_a_blank_box(tmp_path: Path, letter: str) -> None:
    """A missing glyph draws the same box for every letter, so each must differ from that of a letter nobody has."""
    shapes = []
    for shown in (letter, "\U0010fffd"):
        target = tmp_path / f"{ord(shown)}.pdf"
        table = Table("t", "", [Column(" ", "text")], [Section([Row([shown * 3])])])
        target.write_bytes(pdf(Report(" ", "en", [], [table])))
        shapes.append(pages(target, dots=60)[0].tobytes())
    assert shapes[0] != shapes[1]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60)), min_size=1, max_size=4))
def test_any_text_makes_a_page_without_links(texts: list[str]) -> None:
    content = pdf(report_with(texts))
    assert content.startswith(b"%PDF")
    for mark in (b"/URI", b"/Launch", b"/JavaScript", b"/EmbeddedFile"):
        assert mark not in content


def test_mark_up_is_shown(tmp_path: Path) -> None:
    target = tmp_path / "r.pdf"
    target.write_bytes(pdf(report_with(["<b>x</b> &amp; <para>"])))
    assert "<b>x</b> &amp; <para>" in said(target)


def test_a_page_is_not_empty(tmp_path: Path) -> None:
    target = tmp_path / "r.pdf"
    target.write_bytes(pdf(long_report(5)))
    (image,) = pages(target)
    assert inked(image, (0.0, 0.0, 1.0, 0.6)) > 0.005
    assert inked(image, (0.0, 0.0, 0.03, 1.0)) == 0, "nothing in the margin"


def test_lines_fit() -> None:
    paragraph("x", style())
    assert shortened("Məmmədov Elçin", REGULAR, 10, 1000) == "Məmmədov Elçin"
    assert shortened("Məmmədov Elçin", REGULAR, 10, 40).endswith("…")
    assert wrapped("bir iki üç dörd", 10, 37.5) == ["bir iki", "üç dörd"]
    assert wrapped("", 10, 45) == [""]


def test_text_longer_than_a_page_goes_on(tmp_path: Path) -> None:
    lines = [Row(["söz " * 5000, 1])]
    for tall in (0, 9):
        table = Table("t", "T", [Column("a", "text", 20), Column("b")], [Section(lines)], tall=tall)
        report = Report("R", "az", [("Fakt", "söz " * 3000)], [table])
        target = tmp_path / f"{tall}.pdf"
        target.write_bytes(pdf(report))
        assert said(target).count("söz") >= 8000
