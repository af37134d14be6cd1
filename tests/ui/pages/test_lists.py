"""Every list behind one page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.models.queries.counts import MixedCounts
from app.models.queries.figures import Figures, total
from app.reports.frame import Frame
from app.reports.quarterly import legacy as legacy_table
from app.specs.records import RECORDS
from app.ui.pages.lists import ListsPage
from tests import build
from tests.ui.keyboard import press, show, type_text
from tests.ui.pages.desk import a_window, settle
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


def test_the_cursor_goes_with_the_list_that_takes_the_place_of_another(shell: Shell, qtbot: Any) -> None:
    page = ListsPage(shell)
    qtbot.addWidget(page)
    show(page)
    page.open("venue")
    assert page._page is not None
    page._page.focus_start()
    assert page._page.isAncestorOf(QApplication.focusWidget())
    page.open("site")
    QApplication.processEvents()
    assert page._page.isAncestorOf(QApplication.focusWidget())


def test_a_row_of_a_list_is_opened(shell: Shell, qtbot: Any, store: Any) -> None:
    row = store.write(lambda w: w.put("venue", {"name": "Klub"})).value
    page = ListsPage(shell)
    qtbot.addWidget(page)
    show(page)
    page.open(f"venue/{row}")
    assert page.place() == f"venue/{row}" and page.go_back()
    page.open("no_such_type")
    assert page.place() == "venue/"


def test_a_figure_of_earlier_papers_is_entered_and_never_mixes_with_persons(
    tasks: Any, qtbot: Any, tmp_path: Path, store: Any
) -> None:
    """ "Over 2,000 … in Baku, Ganja, Guba and Nakhchivan": the seed's own figure."""

    def train(w: Any) -> None:
        activity = build.an_activity(w, start="2026-10-05")
        session = build.a_session(w, activity, "2026-10-05")
        build.a_mark(w, build.a_participation(w, activity, build.a_person(w)), session)

    store.write(train)
    with a_window(tasks, qtbot, tmp_path) as window:
        window.go("lists", "legacy_figure/new")
        settle()
        page = window.page._page
        form = page._form
        assert form is not None and form.editor("title").has_focus, "the cursor is in the first field that is required"
        type_text("Members of the police and internal troops reached")
        form.editor("figure").set_value(2000)
        form.editor("over").set_value(True)
        form.editor("as_of").set_value("2012-12-31")
        form.editor("sites").set_value([build.site(code) for code in ("baku", "ganja", "guba", "nakhchivan")])
        press("Ctrl+Return")
        settle()
    with store.read() as r:
        (kept,) = r.list("legacy_figure")
        assert (kept["figure"], kept["over"], len(kept["sites"])) == (2000, True, 4)
        figures = Figures(r, "2026-10-01", "2026-12-31", None)
        trained = total(figures.trained())
        assert trained.value == 1, "persons are those of the register alone"
        (_, legacy) = figures.legacy()[0]
        assert legacy.value == 2000
        with pytest.raises(MixedCounts):
            _ = trained + legacy
        row = legacy_table(Frame(r, "2026-10-01", "2026-12-31", None, "en")).sections[0].rows[0].cells
    assert row[4] == "over 2\xa0000" and "Guba" in str(row[1])
