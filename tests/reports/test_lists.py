"""A list of the window as a file: headings, rows, and a refusal for what cannot be written."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from app.errors import UserError
from app.reports.lists import write_list


def test_a_list_as_seen(tmp_path: Path) -> None:
    target = tmp_path / "people.xlsx"
    write_list(target, "İnsanlar", ["Soyadı", "Rütbə"], [["Əliyev", "Kapitan"], ["=1+1", ""]])
    sheet = openpyxl.load_workbook(target).worksheets[1]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert rows[:3] == [["Soyadı", "Rütbə"], ["Əliyev", "Kapitan"], ["=1+1", None]]
    assert sheet.freeze_panes == "A4"


def test_other_formats_and_none(tmp_path: Path) -> None:
    for ending in ("csv", "html", "pdf"):
        write_list(tmp_path / f"l.{ending}", "A", ["B"], [])
        assert (tmp_path / f"l.{ending}").stat().st_size > 0
    with pytest.raises(UserError):
        write_list(tmp_path / "l.exe", "A", ["B"], [])
