"""The attendance list of one activity, in every format, with its rows, marks and hours."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from app.errors import UserError
from app.models.store import Store
from app.reports.attendance_list import attendance_list
from app.reports.catalogue import make
from tests.build import a_participation
from tests.composed import Made, compose
from tests.reports.pictures import said


@pytest.fixture
def made(store: Store) -> Made:
    return store.write(compose).value


def test_rows_marks_and_hours(store: Store, made: Made) -> None:
    with store.read() as reader:
        report = attendance_list(reader, made.t1, "en")
    (table,) = report.tables
    took_part, others = table.sections
    found = {str(row.cells[1]).split()[1]: row.cells for row in took_part.rows}
    assert found["Anna"][4:8] == ["x", "x", "x", 12]
    assert found["Boris"][4:8] == ["x", "x", "–", 6]
    assert found["Cavid"][4:8] == ["x 1 h", "x", "x", 10]
    assert found["Dina"][4:8] == ["", "x", "x", 9]
    assert found["Anna"][0] == 1 and found["Anna"][2] == "Captain"
    # Neither has a row number, and their ids are of the same millisecond: their order is nobody's promise.
    assert sorted(str(row.cells[1]).rsplit("(", 1)[1] for row in others.rows) == ["trainer)", "vip)"]
    titles = [column.title for column in table.columns]
    assert titles[4:] == [
        "10.02 morning",
        "10.02 afternoon",
        "11.02 full day",
        "Hours",
        "Signature 10.02",
        "Signature 11.02",
    ]
    assert dict(report.facts)["Participants"] == "5 on the list: 2 women, 3 men, 0 not recorded"


def test_somebody_without_a_name_stands_as_such(store: Store, made: Made) -> None:
    with store.read() as reader:
        report = attendance_list(reader, made.t2, "az")
    assert "(adı yazılmayıb)" in [row.cells[1] for row in report.tables[0].sections[0].rows]
    with store.read() as reader, pytest.raises(UserError) as refused:
        attendance_list(reader, made.anna, "en")
    assert refused.value.code == "no_such_row"


def test_every_format(store: Store, made: Made, tmp_path: Path) -> None:
    store.write(lambda w: a_participation(w, made.t1, w.put("person", {"surname": "Əhmədov", "given": "Şükür Ğıöüç"})))
    name = "Əhmədov Şükür Ğıöüç"
    for ending in ("xlsx", "csv", "html", "pdf"):  # the last one may have to skip
        target = tmp_path / f"list.{ending}"
        with store.read() as reader:
            make(reader, "attendance", target, activity=made.t1, language="az")
        if ending == "xlsx":
            sheet = openpyxl.load_workbook(target).worksheets[1]
            assert name in [row[1].value for row in sheet.iter_rows()]
            assert sheet.print_title_rows == "$3:$3"
        elif ending == "pdf":
            assert name in said(target)
        elif ending == "csv":
            text = target.read_bytes().decode("utf-8-sig")
            assert name in [row[1] for row in csv.reader(io.StringIO(text)) if len(row) > 1]
        else:
            assert name in target.read_text("utf-8")


def test_it_needs_an_activity(store: Store, tmp_path: Path) -> None:
    with store.read() as reader, pytest.raises(UserError) as refused:
        make(reader, "attendance", tmp_path / "list.pdf", language="en")
    assert refused.value.code == "report_needs_activity"
