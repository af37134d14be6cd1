"""A locked workbook opens with its password and with no other."""

from __future__ import annotations

import io
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest
from msoffcrypto.exceptions import InvalidKeyError

from app.reports.lists import write_list
from app.rosters.container import Damaged
from app.rosters.workbooks import workbook_of


def test_only_the_password_opens_it(tmp_path: Path) -> None:
    target = tmp_path / "people.xlsx"
    write_list(target, "People", ["Name"], [["Məmmədov Elçin"], ["=1+1"]], password="salam dünya")
    sealed = target.read_bytes()
    assert b"M\xc9\x99mm" not in sealed and sealed.startswith(b"\xd0\xcf\x11\xe0"), "the container of locked workbooks"
    with pytest.raises(Damaged) as refused:
        workbook_of(sealed)
    assert refused.value.why == "password"
    file = msoffcrypto.OfficeFile(io.BytesIO(sealed))
    with pytest.raises(InvalidKeyError):
        file.load_key(password="salam dunya", verify_password=True)
    file.load_key(password="salam dünya", verify_password=True)
    opened = io.BytesIO()
    file.decrypt(opened)
    sheet = openpyxl.load_workbook(opened).worksheets[-1]
    said = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "Məmmədov Elçin" in said and "=1+1" in said
    assert list(tmp_path.iterdir()) == [target], "nothing is left beside it"


def test_without_a_password_it_is_an_ordinary_workbook(tmp_path: Path) -> None:
    target = tmp_path / "people.xlsx"
    write_list(target, "People", ["Name"], [["A"]])
    assert openpyxl.load_workbook(target).worksheets
