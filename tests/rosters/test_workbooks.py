"""Bytes to sheets, told apart by what is inside; here only with files that do no harm."""

from __future__ import annotations

from datetime import date

import pytest

from app.rosters.container import Damaged
from app.rosters.delimited import NotAWorkbook
from app.rosters.workbooks import workbook_of
from tests.rosters import hostile
from tests.rosters.conftest import DATA


@pytest.mark.parametrize(
    ("name", "kind"), [("c2_ru_spisok.xlsx", "xlsx"), ("c2_ru_spisok.xls", "xls"), ("c1_az_qeydiyyat.ods", "ods")]
)
def test_kinds(name: str, kind: str) -> None:
    book = workbook_of((DATA / name).read_bytes())
    assert book.kind == kind and len(book.sheets) == 2


def test_rows_begin_at_the_first_cell_of_the_sheet() -> None:
    grid = workbook_of((DATA / "03_sheetjs_attendance_matrix.xlsx").read_bytes()).sheets[0]
    assert grid.rows[0] == [None] * 9 and grid.rows[1][0] == "Date" and grid.rows[2][0] == date(2020, 10, 1)


def test_days_of_the_1904_calendar() -> None:
    grid = workbook_of((DATA / "17_sheetjs_1904_dates.xlsx").read_bytes()).sheets[0]
    assert grid.rows[0][:2] == [1, date(1904, 1, 2)]


def test_text_and_junk() -> None:
    assert workbook_of(b"Ad;Tel\nQuliyev Tural;5").kind == "text"
    for data in (b"%PDF-1.4", b"<html>", b"MZ\0\0\1\2"):
        with pytest.raises(NotAWorkbook):
            workbook_of(data)


def test_a_password_is_said() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(100)
    with pytest.raises(Damaged) as caught:
        workbook_of(ole)
    assert caught.value.why == "password"


def test_a_missing_sheet_is_an_empty_one() -> None:
    (grid,) = workbook_of(hostile.book(target="worksheets/none.xml")).sheets
    assert grid.rows == []
