"""The rail: keys, marks, folding."""

from __future__ import annotations

from typing import Any

from app.ui.widgets.rail import Rail
from tests.ui.keyboard import press, show


def make(qtbot: Any) -> Rail:
    rail = Rail([("today", "Bu gün", "house", "Ctrl+1"), ("inbox", "Gələnlər", "inbox", "Ctrl+2")], "Pages", "Sahə")
    qtbot.addWidget(rail)
    show(rail)
    return rail


def test_its_keys_work_also_when_folded(qtbot: Any) -> None:
    rail = make(qtbot)
    rail.fold(True)
    with qtbot.waitSignal(rail.chosen) as heard:
        press("Ctrl+2", rail)
    assert heard.args == ["inbox"]


def test_folding_leaves_names_to_screen_readers(qtbot: Any) -> None:
    rail = make(qtbot)
    wide = rail.width()
    rail.fold(True)
    assert rail.width() < wide and rail.button_of("today").text() == ""
    assert rail.button_of("today").accessibleName() == "Bu gün"
    rail.fold(False)
    assert rail.button_of("today").text() == "Bu gün"


def test_the_open_page_is_marked_or_none(qtbot: Any) -> None:
    rail = make(qtbot)
    rail.mark("inbox")
    assert rail.button_of("inbox").isChecked() and not rail.button_of("today").isChecked()
    rail.mark("attendance")
    assert not rail.button_of("inbox").isChecked()


def test_a_page_that_is_not_offered_has_no_key_either(qtbot: Any) -> None:
    rail = make(qtbot)
    rail.offer("inbox", False)
    with qtbot.assertNotEmitted(rail.chosen):
        press("Ctrl+2", rail)
