"""The table model against Qt's own tester, and what cells say for every type of field."""

from __future__ import annotations

import time
from typing import Any

import pytest
from PySide6.QtCore import QPersistentModelIndex, QSortFilterProxyModel, Qt

from app.basics import words
from app.specs.records import RECORDS
from app.ui.tables.record_model import Column, RecordModel, columns_for

ROWS = [{"id": "1", "name": "Gəncə", "capacity": 1200}, {"id": "2", "name": None, "capacity": None}]


@pytest.mark.parametrize("record", RECORDS)
def test_every_record_type_has_a_table_that_keeps_qts_rules(record: str, qtmodeltester: Any, qapp: Any) -> None:
    columns = columns_for(RECORDS[record])
    assert columns and len({column.name for column in columns}) == len(columns)
    assert any(column.shown for column in columns)
    model = RecordModel(columns)
    qtmodeltester.check(model)
    model.show_rows([{"id": "1"}, {"id": "2"}])
    qtmodeltester.check(model)
    for number in range(model.columnCount()):
        assert isinstance(model.index(0, number).data(), str)
        assert model.headerData(number, Qt.Orientation.Horizontal)


def test_cells_say_values_as_people_write_them() -> None:
    words.use_language("az")
    spec = RECORDS["activity"]
    by_name = {column.name: column for column in columns_for(spec)}
    assert by_name["start"].show("2026-11-21") == "21.11.2026"
    assert by_name["status"].show("planned") != "planned"
    assert by_name["restricted"].show(True) == "Bəli"
    assert by_name["restricted"].show(None) == ""
    assert "title" in by_name and "title_az" not in by_name
    assert "site_name" in by_name and "summary" not in by_name
    capacity = next(column for column in columns_for(RECORDS["venue"]) if column.name == "capacity")
    assert capacity.show(1200) == "1\u202f200" and capacity.right


def test_numbers_are_sorted_as_numbers_and_stand_right(qapp: Any) -> None:
    model = RecordModel(columns_for(RECORDS["venue"], ["name", "capacity"]))
    model.show_rows(ROWS)
    assert model.index(0, 1).data(RecordModel.ORDER) == 1200
    assert model.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight


def test_one_row_can_change(qapp: Any) -> None:
    model = RecordModel([Column("name", "Name")])
    model.show_rows(ROWS)
    assert "ganca" in model.folded(0)
    assert model.change_row({"id": "1", "name": "Quba"})
    assert model.index(0, 0).data() == "Quba" and "ganca" not in model.folded(0)
    assert model.rows[0]["capacity"] == 1200
    assert not model.change_row({"id": "9", "name": "?"})


def test_what_is_marked_stays_marked_when_the_order_changes(qtbot: Any) -> None:
    model = RecordModel([Column("name", "Name")])
    model.show_rows([{"id": str(n), "name": name} for n, name in enumerate(["b", "c", "a"])])
    kept = QPersistentModelIndex(model.index(1, 0))
    model.sort(0)
    assert [row["name"] for row in model.rows] == ["a", "b", "c"] and kept.row() == 2
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert kept.row() == 0
    model.show_rows([{"id": "1", "name": "x"}, {"id": "2", "name": "z"}])
    assert [row["name"] for row in model.rows] == ["z", "x"]


def test_five_thousand_rows_are_ordered_and_filtered_without_holding_up_the_window(qtbot: Any) -> None:
    model = RecordModel(columns_for(RECORDS["activity"]))
    model.show_rows([{"id": str(n), "title": f"Təlim {n * 7919 % 5000}", "start": "2026-11-21"} for n in range(5000)])
    title = next(n for n, column in enumerate(model.columns) if column.name == "title")
    through_qt = QSortFilterProxyModel()
    through_qt.setSourceModel(model)
    began = time.process_time()
    through_qt.sort(title)
    floor = time.process_time() - began
    began = time.process_time()
    model.sort(title)
    assert time.process_time() - began < floor / 2  # a twentieth when nothing else runs
    assert [row["title"] for row in model.rows[:3]] == ["Təlim 0", "Təlim 1", "Təlim 2"]


def test_a_role_colours_the_words(qapp: Any) -> None:
    model = RecordModel([Column("name", "Name", role=lambda row: "danger" if row["name"] else "")])
    model.show_rows(ROWS)
    assert model.index(0, 0).data(Qt.ItemDataRole.ForegroundRole) is not None
    assert model.index(1, 0).data(Qt.ItemDataRole.ForegroundRole) is None
