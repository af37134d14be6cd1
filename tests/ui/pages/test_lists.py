"""Every list behind one page."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from app.specs.records import RECORDS
from app.ui.pages.lists import ListsPage
from tests.ui.keyboard import show
from tests.ui.pages.test_records import Shell, shell

__all__ = ["shell"]


def test_every_record_type_is_listed_and_opens(shell: Shell, qtbot: Any, store: Any) -> None:
    page = ListsPage(shell)
    qtbot.addWidget(page)
    show(page)
    assert page._list.count() == len(RECORDS)
    for record in RECORDS:
        page.open(record)
        assert page._page is not None and getattr(page._page, "spec", None) == (
            RECORDS[record] if record != "activity_kind" else None
        )
        assert page.place() == f"{record}/"


def test_no_list_flashes_up_as_a_window_when_another_is_chosen(shell: Shell, qtbot: Any) -> None:
    page = ListsPage(shell)
    qtbot.addWidget(page)
    show(page)
    page.open("venue")
    page.open("site")
    QApplication.processEvents()
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not page] == []


def test_a_row_of_a_list_is_opened(shell: Shell, qtbot: Any, store: Any) -> None:
    row = store.write(lambda w: w.put("venue", {"name": "Klub"})).value
    page = ListsPage(shell)
    qtbot.addWidget(page)
    show(page)
    page.open(f"venue/{row}")
    assert page.place() == f"venue/{row}" and page.go_back()
    page.open("no_such_type")
    assert page.place() == "venue/"
