"""What every page does by itself: reads when seen, reads again when its rows change."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel

from app.models.writer import Changes
from app.ui.pages.coming import ComingPage
from app.ui.pages.page import Page
from app.ui.widgets.filter_line import FilterLine
from tests.ui.keyboard import show
from tests.ui.pages.test_records import Shell, shell

__all__ = ["shell"]


class Counting(Page):
    records = ("venue",)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.read = 0
        self.resize(300, 200)  # a window of no size never becomes the active one, and is waited for

    def reload(self) -> None:
        self.read += 1


VENUE, PERSON = Changes({"venue": {"1"}}), Changes({"person": {"1"}})


def test_it_reads_when_it_is_first_seen_and_when_its_rows_change(shell: Shell, qtbot: Any) -> None:
    page = Counting(shell)
    qtbot.addWidget(page)
    assert page.read == 0
    show(page)
    assert page.read == 1
    page.hear(PERSON, None)
    page.hear(VENUE, page)
    assert page.read == 1
    page.hear(VENUE, None)
    assert page.read == 2
    page.hide()
    page.hear(VENUE, None)
    page.hear(VENUE, None)
    assert page.read == 2
    page.show()
    assert page.read == 3


def test_a_page_may_hear_itself(shell: Shell, qtbot: Any) -> None:
    page = Counting(shell)
    page.hears_itself = True
    qtbot.addWidget(page)
    show(page)
    page.hear(VENUE, page)
    assert page.read == 2


def test_work_begins_in_the_filter_line(shell: Shell, qtbot: Any) -> None:
    page = Counting(shell)
    line = FilterLine("Filter")
    page.column.addWidget(line)
    qtbot.addWidget(page)
    show(page)
    page.focus_start()
    assert line.hasFocus()
    plain = ComingPage(shell, "Reports", "chart-column")
    qtbot.addWidget(plain)
    show(plain)
    plain.focus_start()
    assert plain.hasFocus() and not plain.go_back() and plain.commands() == ()


def test_a_low_window_leaves_out_the_sentence_under_the_heading(shell: Shell, qtbot: Any) -> None:
    page = Counting(shell)
    qtbot.addWidget(page)
    page.add_head("Exchange", "Any order will do")
    page.resize(600, 700)
    show(page)
    seen = lambda: [made.text() for made in page.findChildren(QLabel) if made.isVisible()]  # noqa: E731
    assert seen() == ["Exchange", "Any order will do"]
    page.resize(600, 340)
    assert seen() == ["Exchange"]
