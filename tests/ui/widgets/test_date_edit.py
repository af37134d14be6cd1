"""Days typed as people write them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.ui.widgets.date_edit import DateEdit, read_day, show_day
from tests.ui.keyboard import press, show, type_text

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("21.11.2026", "2026-11-21"),
        ("1.2.26", "2026-02-01"),
        ("21.11", "2026-11-21"),
        ("21.11.", "2026-11-21"),
        ("21/11/2026", "2026-11-21"),
        ("21 11 2026", "2026-11-21"),
        ("211126", "2026-11-21"),
        ("21112026", "2026-11-21"),
        ("2111", "2026-11-21"),
        ("2026-11-21", "2026-11-21"),
        ("29.02.2024", "2024-02-29"),
        ("29.02.2026", None),
        ("31.11.2026", None),
        ("21", None),
        ("soon", None),
        ("", None),
        ("21.11.202", None),
    ],
)
def test_what_is_typed_is_a_day_or_none(typed: str, day: str | None) -> None:
    assert read_day(typed, TODAY) == day


def test_a_day_is_shown_as_people_write_it() -> None:
    assert show_day("2026-11-21") == "21.11.2026"
    assert show_day(None) == "" and show_day("soon") == "soon"


def make(qtbot: Any) -> DateEdit:
    window = QWidget()
    qtbot.addWidget(window)
    qtbot.window_of_the_test = window
    made = DateEdit("Calendar")
    column = QVBoxLayout(window)
    column.addWidget(made)
    column.addWidget(QLineEdit())
    show(window)
    made.setFocus()
    return made


def test_it_settles_once_when_it_is_left(qtbot: Any) -> None:
    made = make(qtbot)
    settled: list[object] = []
    made.settled.connect(lambda: settled.append(made.value()))
    type_text("21.11.26\t")
    assert settled == ["2026-11-21"] and made.text() == "21.11.2026"
    made.setFocus()
    press("Tab")
    assert len(settled) == 1


def test_up_and_down_move_by_a_day_over_the_end_of_a_month(qtbot: Any) -> None:
    made = make(qtbot)
    made.set_value("2026-11-30")
    press("Up")
    assert made.value() == "2026-12-01"
    press("Down Down")
    assert made.value() == "2026-11-29"


def test_the_calendar_starts_on_monday_and_gives_the_day(qtbot: Any) -> None:
    made = make(qtbot)
    made.set_value("2026-11-21")
    press("F4")
    calendar = made._calendar
    assert calendar is not None and calendar.isVisible()
    assert calendar.firstDayOfWeek() == Qt.DayOfWeek.Monday
    assert calendar.selectedDate() == QDate(2026, 11, 21)
    with qtbot.waitSignal(made.settled):
        calendar.activated.emit(QDate(2026, 12, 5))
    assert made.value() == "2026-12-05" and not calendar.isVisible()
    QApplication.processEvents()
