"""A filter line waits a moment, tells each text once, and hands the keyboard on."""

from __future__ import annotations

from typing import Any

from app.ui.widgets.filter_line import FilterLine
from tests.ui.keyboard import press, show, type_text


def make(qtbot: Any, delay: int) -> tuple[FilterLine, list[str]]:
    line = FilterLine("Filter", delay=delay)
    qtbot.addWidget(line)
    heard: list[str] = []
    line.filtered.connect(heard.append)
    show(line)
    line.setFocus()
    return line, heard


def test_quick_typing_is_told_once(qtbot: Any) -> None:
    _line, heard = make(qtbot, 60)
    type_text("gəncə")
    assert heard == []
    qtbot.waitUntil(lambda: heard == ["gəncə"])


def test_without_delay_every_key_is_told(qtbot: Any) -> None:
    _line, heard = make(qtbot, 0)
    type_text("qu")
    assert heard == ["q", "qu"]


def test_enter_tells_at_once_and_esc_clears(qtbot: Any) -> None:
    line, heard = make(qtbot, 5000)
    type_text("qu")
    with qtbot.waitSignal(line.entered):
        press("Return")
    press("Esc")
    assert heard == ["qu", ""] and line.text() == ""


def test_down_goes_to_the_answers(qtbot: Any) -> None:
    line, _heard = make(qtbot, 0)
    with qtbot.waitSignal(line.leftDown):
        press("Down")
