"""Whatever a person typed stays text: no formula, no link, no error, in any cell of any report."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.reports.lists import write_list
from app.reports.tables import Column, Report, Row, Section, Table
from app.reports.workbook import clean, workbook
from tests.reports.recalculated import convert

HOSTILE = [
    '=HYPERLINK("http://evil.example","x")',
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "{=1+1}",
    "＝1+1",
    "http://evil.example",
    "https://evil.example",
    "mailto:a@evil.example",
    "file:///etc/passwd",
    "#N/A",
    "#REF!",
    "_x003D_1+1",
    "1/2",
    "00123",
    "TRUE",
    "'=1+1",
    "\x00=1",
    "\ufffe",
    "&P",
    "<b>x</b>",
    "]]>",
    "ə Ə ğ İ ı ş ç ö ü",
]


def report_with(texts: list[str]) -> Report:
    """A report that shows texts in every place where a person's text can stand."""
    first = texts[0]
    rows = [Row([value, value, 1, 2, 3], key=f"k{no}") for no, value in enumerate(texts)]
    table = Table(
        first,
        first,
        [Column(first, "text"), Column(first, "text"), Column("a"), Column("b"), Column("c", sums=(2, 3))],
        [Section(rows, first, first)],
        [first],
    )
    return Report(first, "en", [(first, first)], [table], [first], warning=first)


def faults(content: bytes, ours: str = r"SUM\([A-Z]+\d+:[A-Z]+\d+\)") -> list[str]:
    """Formulas that are not our sums, and links, in the raw XML of a workbook."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            said = archive.read(name).decode("utf-8")
            if name.startswith("xl/worksheets/sheet"):
                found += [f for f in re.findall(r"<f[ >][^<]*?>?([^<]*)</f>", said) if not re.fullmatch(ours, f)]
            if "hyperlink" in said.lower() and name.endswith(".rels"):
                found.append(name)
            if "<hyperlink" in said:
                found.append(name)
            if "externalLink" in name or 't="e"' in said:
                found.append(name)
    return found


def test_the_search_for_faults_finds_them() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "=1+1"
    book.active["A2"] = "x"
    book.active["A2"].hyperlink = "http://evil.example"
    book.active["A3"] = "#N/A"
    out = io.BytesIO()
    book.save(out)
    assert len(faults(out.getvalue())) >= 3


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40)), min_size=1, max_size=6))
@example(["\r=1+1"])
def test_no_text_ever_becomes_a_formula_or_a_link(texts: list[str]) -> None:
    content = workbook(report_with(texts))
    assert faults(content) == []
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[1]
    for offset, typed in enumerate(texts):
        cell = sheet.cell((5 if texts[0] else 4) + offset, 1)
        assert cell.data_type in ("s", "inlineStr", "n")
        assert (cell.value or "") == clean(typed)
        assert cell.quotePrefix or not cell.value


def test_another_program_sees_text_too(tmp_path: Path) -> None:
    made = tmp_path / "hostile.xlsx"
    made.write_bytes(workbook(report_with(HOSTILE)))
    again = openpyxl.load_workbook(convert(made, "xlsx", tmp_path / "again"))
    sheet = again.worksheets[1]
    column = [sheet.cell(row, 2) for row in range(5, 5 + len(HOSTILE))]
    assert [cell.coordinate for cell in column if cell.data_type == "f" or cell.hyperlink] == []
    assert column[1].value == "=1+1" and column[18].value == "_x003D_1+1"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30)), min_size=1, max_size=4))
def test_lists_of_the_window_are_text_too(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "list.xlsx")
        write_list(target, texts[0], texts, [texts, texts])
        assert faults(target.read_bytes()) == []
        book = openpyxl.load_workbook(target)
        assert book.worksheets[1].max_row >= 5


def test_long_text_and_many_rows_fit(tmp_path: Path) -> None:
    content = workbook(report_with(["x" * 50_000, "short"]))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1]
    assert len(sheet.cell(5, 1).value) == 32_767


def test_nothing_is_put_into_temporary_files(monkeypatch: Any) -> None:
    def never(*_: Any, **__: Any) -> Any:
        raise AssertionError("a temporary file")

    monkeypatch.setattr("openpyxl.worksheet._writer.create_temporary_file", never)
    monkeypatch.setattr("tempfile.NamedTemporaryFile", never)
    monkeypatch.setattr("tempfile.mkstemp", never)
    assert workbook(report_with(["x"])).startswith(b"PK")
    with pytest.raises(AssertionError):
        openpyxl.Workbook().save(io.BytesIO())  # the library by itself would
