"""Choosing by typing, also when the answers come late."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.ui.widgets.picker import ChipsEdit, Option, Picker
from tests.ui.keyboard import press, show, type_text

CITIES = [Option("ga", "Gəncə"), Option("qu", "Quba"), Option("qz", "Qazax"), Option("sh", "Şirvan", "şəhər")]


class Cities:
    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] | None = None
        self.asked: list[str] = []

    def find(self, text: str, reply: Callable[[Sequence[Option]], None]) -> None:
        self.asked.append(text)
        found = [city for city in CITIES if city.label.lower().startswith(text.lower())]
        if self.waiting is None:
            reply(found)
        else:
            self.waiting.append(lambda: reply(found))

    def name(self, key: str, reply: Callable[[str], None]) -> None:
        reply(next(city.label for city in CITIES if city.key == key))


@pytest.fixture
def cities() -> Cities:
    return Cities()


def host(qtbot: Any, widget: QWidget) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    qtbot.window_of_the_test = window
    column = QVBoxLayout(window)
    column.addWidget(widget)
    column.addWidget(QLineEdit())
    show(window)
    widget.setFocus()


def test_typing_and_enter_takes_the_first(qtbot: Any, cities: Cities) -> None:
    made = Picker(cities)
    host(qtbot, made)
    with qtbot.waitSignal(made.changed):
        type_text("q")
        assert [o.key for o in made.offered] == ["qu", "qz"] and made.popup_shown
        press("Down Return")
    assert made.value() == "qz" and made.text() == "Qazax" and not made.popup_shown


def test_tab_takes_the_marked_and_goes_on(qtbot: Any, cities: Cities) -> None:
    made = Picker(cities)
    host(qtbot, made)
    type_text("gə\t")
    assert made.value() == "ga" and QApplication.focusWidget() is not made


def test_down_opens_all_of_them(qtbot: Any, cities: Cities) -> None:
    made = Picker(cities)
    host(qtbot, made)
    press("Down")
    assert len(made.offered) == 4


def test_emptying_takes_the_value_away(qtbot: Any, cities: Cities) -> None:
    made = Picker(cities)
    host(qtbot, made)
    made.set_value("qu")
    assert made.text() == "Quba"
    made.selectAll()
    with qtbot.waitSignal(made.changed):
        press("Backspace Tab")
    assert made.value() is None


def test_what_was_there_stays_when_nothing_fits(qtbot: Any, cities: Cities) -> None:
    made = Picker(cities)
    host(qtbot, made)
    made.set_value("qu")
    made.selectAll()
    with qtbot.assertNotEmitted(made.changed):
        type_text("zz\t")
    assert made.value() == "qu" and made.text() == "Quba"


def test_answers_that_come_late_or_out_of_order_are_sorted_out(qtbot: Any, cities: Cities) -> None:
    cities.waiting = []
    made = Picker(cities)
    host(qtbot, made)
    type_text("qu")
    assert not made.popup_shown
    first, second = cities.waiting
    second()
    assert [o.key for o in made.offered] == ["qu"]
    first()
    assert [o.key for o in made.offered] == ["qu"]


def test_read_only_offers_nothing(qtbot: Any, cities: Cities) -> None:
    made = Picker(cities)
    host(qtbot, made)
    made.setReadOnly(True)
    press("Down")
    assert cities.asked == []


def test_chips_hold_several_without_doubles(qtbot: Any, cities: Cities) -> None:
    made = ChipsEdit(cities, "Remove")
    host(qtbot, made)
    type_text("gə\n")
    type_text("qub\n")
    type_text("gə\n")
    assert made.value() == ["ga", "qu"] and made.labels() == ["Gəncə", "Quba"]
    with qtbot.waitSignal(made.changed):
        made._chips["ga"].click()
    assert made.value() == ["qu"]
    made.set_read_only(True)
    press("Backspace", made.line)
    assert made.value() == ["qu"]
    with qtbot.assertNotEmitted(made.changed):
        made.set_value(["sh"])
    assert made.labels() == ["Şirvan"] and made._chips["sh"].accessibleName() == "Remove: Şirvan"
