"""A list as people use it: keys, columns, views, copying, states; remembers, but never what was searched for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from app.basics.settings import Settings
from app.ui.tables import record_table
from app.ui.tables.record_model import Column
from app.ui.tables.record_table import RecordTable
from app.ui.widgets.empty_state import EmptyState
from tests.ui.keyboard import press, show, type_text

COLUMNS = [
    Column("name", "Name"),
    Column("size", "Size", order=lambda v: v, right=True),
    Column("note", "Note", shown=False),
]
ROWS = [
    {"id": n, "name": name, "size": size} for n, name, size in (("1", "Gəncə", 3), ("2", "Bakı", 9), ("3", "Quba", 1))
]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.json")


def make(qtbot: Any, settings: Settings) -> RecordTable:
    table = RecordTable("places", COLUMNS, settings, empty=EmptyState("Nothing", action="Add"), name="Places")
    qtbot.addWidget(table)
    table.resize(700, 400)
    table.show_rows(ROWS)
    table.sort_by("name")
    show(table)
    return table


def names(table: RecordTable) -> list[str]:
    return [row["name"] for row in table.seen_rows()]


def test_typing_in_the_list_filters_it_and_enter_opens(qtbot: Any, settings: Settings) -> None:
    table = make(qtbot, settings)
    table.view.setFocus()
    type_text("qu")
    qtbot.waitUntil(lambda: names(table) == ["Quba"])
    with qtbot.waitSignal(table.opened) as heard:
        press("Return")
    assert heard.args == ["3"]
    table.filter_line.setFocus()
    press("Esc")
    assert len(names(table)) == 3


def test_down_goes_from_the_filter_into_the_rows(qtbot: Any, settings: Settings) -> None:
    table = make(qtbot, settings)
    table.filter_line.setFocus()
    press("Down Down")
    assert table.marked_id() == "1"
    with qtbot.waitSignal(table.binRequested) as heard:
        press("Delete")
    assert heard.args == [["1"]]


def test_copying_gives_cells_that_excel_takes_and_never_runs(qtbot: Any, settings: Settings) -> None:
    table = make(qtbot, settings)
    table.show_rows([{"id": "1", "name": "=HYPERLINK(1)", "size": -5}, {"id": "2", "name": "a\tb\nc", "size": 2}])
    table.copy()
    assert QGuiApplication.clipboard().text() == "Name\tSize\n'=HYPERLINK(1)\t-5\na b c\t2\n"
    table.mark("2")
    press("Ctrl+C", table.view)
    assert QGuiApplication.clipboard().text() == "Name\tSize\na b c\t2\n"


def test_widths_order_and_columns_are_remembered(qtbot: Any, settings: Settings, tmp_path: Path) -> None:
    table = make(qtbot, settings)
    table.view.setColumnWidth(0, 222)
    table.view.horizontalHeader().moveSection(0, 1)
    table._show_column(2, True)
    table.view.sortByColumn(1, table.view.horizontalHeader().sortIndicatorOrder().DescendingOrder)
    qtbot.waitUntil(lambda: (tmp_path / "settings.json").exists() and "222" in (tmp_path / "settings.json").read_text())
    table._keep_now()
    again = make(qtbot, Settings(tmp_path / "settings.json"))
    assert [c.name for c in again.seen_columns()] == ["size", "name", "note"]
    assert again.view.columnWidth(0) == 222
    assert names(again) == ["Bakı", "Gəncə", "Quba"]


LONG = [{"id": "1", "name": "Working group of a region with a long name", "size": 3}]


def test_cut_words_get_the_room_that_is_left_until_a_width_is_set_by_hand(
    qtbot: Any, settings: Settings, tmp_path: Path
) -> None:
    table = make(qtbot, settings)
    narrow = table.view.columnWidth(0)
    table.show_rows(LONG)
    fitted = table.view.columnWidth(0)
    assert fitted >= table.view.sizeHintForColumn(0) > narrow
    assert table.view.horizontalHeader().length() <= table.view.viewport().width()
    table._show_column(2, True)
    table._keep_now()
    again = make(qtbot, Settings(tmp_path / "settings.json"))
    assert again.view.columnWidth(0) == narrow  # what was only fitted was not chosen
    again.view.setColumnWidth(0, 90)
    again.show_rows(LONG)
    again.resize(900, 400)
    assert again.view.columnWidth(0) == 90


def test_the_last_column_cannot_be_hidden(qtbot: Any, settings: Settings) -> None:
    table = make(qtbot, settings)
    table._show_column(0, False)
    table._show_column(1, False)
    assert len(table.seen_columns()) == 1


def test_views_are_saved_by_name_without_what_was_searched(qtbot: Any, settings: Settings, tmp_path: Path) -> None:
    table = make(qtbot, settings)
    table.filter_line.setText("Əliyeva")
    table._show_column(1, False)
    table.save_view("Only names")
    table._show_column(1, True)
    table.use_view("Only names")
    assert [c.name for c in table.seen_columns()] == ["name"] and table.views() == ["Only names"]
    assert "liyeva" not in json.dumps(json.loads((tmp_path / "settings.json").read_text()), ensure_ascii=False)
    table.forget_view("Only names")
    assert table.views() == []


def test_nothing_yet_nothing_found_and_not_read_look_different(qtbot: Any, settings: Settings) -> None:
    table = make(qtbot, settings)
    assert table.view.isVisible()
    table.filter_line.setText("zzz")
    qtbot.waitUntil(lambda: table._none.isVisible())
    table.filter_line.setText("")
    table.show_rows([])
    assert table._empty.isVisible() and table._empty.button.isVisible()
    table.show_loading()
    assert table._loading.isVisible()
    table.show_failed("The disk is full.")
    assert table._failed.isVisible()


def test_the_marked_row_stays_marked_when_rows_come_anew(qtbot: Any, settings: Settings) -> None:
    table = make(qtbot, settings)
    assert table.mark("3") and not table.mark("9")
    with qtbot.assertNotEmitted(table.marked):
        table.show_rows([*ROWS, {"id": "4", "name": "Ağdam", "size": 2}])
    assert table.marked_id() == "3"
    table.unmark()
    assert table.marked_id() == ""


def test_export_gives_what_is_seen_in_the_order_seen(qtbot: Any, settings: Settings) -> None:
    table = make(qtbot, settings)
    menu = QMenu()
    table._fill_more(menu, True)
    with qtbot.waitSignal(table.exportRequested) as heard:
        menu.actions()[-1].trigger()
    columns, rows = heard.args
    assert [c.name for c in columns] == ["name", "size"] and [r["name"] for r in rows] == ["Bakı", "Gəncə", "Quba"]


def test_names_do_not_stay_on_the_clipboard(qtbot: Any, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    put: list[str] = []
    monkeypatch.setattr(record_table, "put_private", put.append)
    table = make(qtbot, settings)
    table.private = True
    table.copy()
    assert len(put) == 1 and put[0].startswith("Name\t")
