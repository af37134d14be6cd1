"""The line of minutes by itself: three letters offer names, Tab takes and turns, a day ends the name."""

from __future__ import annotations

from typing import Any

import pytest

from app.ui.widgets.minutes_line import MinutesLine
from tests.ui.keyboard import press, show, type_text

NAMES = ["Məmmədov Elçin", "Məmmədova Elmira", "Quliyev Əli"]


@pytest.fixture
def line(qtbot: Any) -> MinutesLine:
    made = MinutesLine(lambda typed: [name for name in NAMES if name.casefold().startswith(typed.casefold())])
    qtbot.addWidget(made)
    show(made)
    made.setFocus()
    return made


def test_names_are_offered_from_the_third_letter_and_only_after_the_mark(line: MinutesLine) -> None:
    heard: list[list[str]] = []
    line.offered.connect(heard.append)
    type_text("mə")
    line.clear()
    type_text("!mə")
    assert not any(heard)
    type_text("m")
    assert heard[-1] == NAMES[:2]


def test_tab_takes_the_first_and_then_the_next(line: MinutesLine) -> None:
    type_text("! məm")
    press("Tab")
    assert line.text() == "! Məmmədov Elçin " and line.taken == "Məmmədov Elçin" and line.hasFocus()
    press("Tab")
    assert line.taken == "Məmmədova Elmira"
    type_text("15.12 yol")
    assert line.text() == "! Məmmədova Elmira 15.12 yol" and line.taken == "Məmmədova Elmira"


def test_after_a_day_no_name_is_looked_for(line: MinutesLine) -> None:
    heard: list[list[str]] = []
    type_text("! 15.12 qul")
    line.offered.connect(heard.append)
    type_text("i")
    assert line.beginning == "" and not any(heard)
