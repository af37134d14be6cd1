"""Every list of every record type: filter, sort, columns, saved views, copying for Excel, export of what is seen."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from python_calamine import CalamineWorkbook

from app.basics.settings import Settings
from app.models.store import Store
from app.specs.records import RECORDS
from app.ui.main_window import MainWindow
from app.ui.pages.facets import FacetList
from app.ui.pages.records import export_list
from app.ui.tables.record_table import RecordTable
from tests.ui.pages.desk import a_window, settle
from tests.ui.test_finding import a_titled_row

TYPED = sorted(set(RECORDS) - {"activity_kind", "import_mapping", "attachment", "report_freeze"})
"""Record types that can be made of samples; kinds have their own page, the others are no lists of their own."""


def works(table: RecordTable, settings: Settings, tmp_path: Path, shell: Any) -> None:
    """Everything a list can do, done once, on whatever rows it holds."""
    rows = table.seen_rows()
    assert rows
    columns = table.seen_columns()
    assert columns and all(column.label for column in columns)
    # filter: words of one row leave that row, nonsense leaves none
    words = next(said for row in rows for c in columns if (said := c.show(row.get(c.name)).strip()))
    table.filter_line.setText(words)
    table.filter_line._tell()
    assert 1 <= len(table.seen_rows()) <= len(rows), words
    table.filter_line.setText("zzzqqqxxx")
    table.filter_line._tell()
    assert table.seen_rows() == []
    table.filter_line.setText("")
    table.filter_line._tell()
    # sort: every column in both directions keeps all rows
    for number in range(len(table.model.columns)):
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            table.view.sortByColumn(number, order)
            assert {row["id"] for row in table.seen_rows()} == {row["id"] for row in rows}
    # columns and a saved view
    before = [column.name for column in table.seen_columns()]
    table.save_view("mine")
    if len(before) > 1:
        hidden = next(n for n, c in enumerate(table.model.columns) if c.name == before[0])
        table._show_column(hidden, False)
        assert before[0] not in [column.name for column in table.seen_columns()]
    table.use_view("mine")
    assert [column.name for column in table.seen_columns()] == before and "mine" in table.views()
    table.forget_view("mine")
    # copy: a line a row under a line of headings, as many cells in each
    table.view.clearSelection()
    table.copy()
    lines = QApplication.clipboard().text().rstrip("\n").split("\n")
    assert len(lines) == len(rows) + 1 and {line.count("\t") for line in lines} == {len(before) - 1}
    # export of what is seen
    path = tmp_path / "seen.xlsx"
    export_list(shell, path, "List", table.seen_columns(), table.seen_rows(), table)
    book = CalamineWorkbook.from_path(str(path))
    cells = [
        [str(cell) for cell in row] for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()
    ]
    headings = [column.label for column in table.seen_columns()]
    at = next(n for n, row in enumerate(cells) if row[: len(headings)] == headings)
    shown = [[c.show(row.get(c.name)) for c in table.seen_columns()] for row in table.seen_rows()]
    written = [[" ".join(cell.split()) for cell in row[: len(headings)]] for row in cells[at + 1 : at + 1 + len(shown)]]
    assert written == [[" ".join(cell.split()) for cell in row] for row in shown]


@pytest.fixture
def window(store: Store, tasks: Any, qtbot: Any, tmp_path: Path) -> Any:
    for record in TYPED:
        for title in ("Birinci", "İkinci"):
            store.write(partial(a_titled_row, record=record, title=title))
    with a_window(tasks, qtbot, tmp_path) as made:
        yield made


def test_every_list_does_what_a_list_does(window: MainWindow, tmp_path: Path) -> None:
    for record in TYPED:
        window.go("lists", record)
        settle()
        table = window.page.findChild(RecordTable)
        assert table is not None, record
        works(table, window.shell.settings, tmp_path, window.shell)


def test_parts_of_records_and_the_hand_made_lists_do_the_same(window: MainWindow, store: Store, tmp_path: Path) -> None:
    with store.read() as reader:
        group = reader.list("group")[0]["id"]
    for _ in range(2):
        store.write(lambda w: w.put("membership", {"group": group, "seat": "School", "role": "member"}))
    for person in range(2):
        about = {"surname": f"Ekspert {person}", "roles": ["expert"]}
        store.write(lambda w, a=about: w.put("person", a))
    for page, target in (("activities", ""), ("people", ""), ("groups", group), ("outputs", "experts")):
        window.go(page, target)
        settle()
        if page == "activities":
            window.page.period.set_value("all")  # type: ignore[attr-defined]
            window.page.renew()
        elif page == "groups":
            part = next(one for one in window.page.findChildren(FacetList) if one.spec.name == "membership")
            works(part.table, window.shell.settings, tmp_path, window.shell)
            continue
        elif page == "people":
            continue  # its filter is the search of the register: tests/ui/pages/test_people.py
        works(window.page.findChild(RecordTable), window.shell.settings, tmp_path, window.shell)
