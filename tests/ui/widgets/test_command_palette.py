"""Ctrl+K's line: keys, answers that come late, closing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.ui.widgets.command_palette import CommandPalette, Hit
from tests.ui.keyboard import press, show, type_text


@pytest.fixture
def opened(qtbot: Any) -> tuple[CommandPalette, list[str], QLineEdit]:
    done: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    qtbot.window_of_the_test = window
    window.resize(900, 600)
    other = QLineEdit()
    QVBoxLayout(window).addWidget(other)

    def find(typed: str, reply: Callable[[Sequence[Hit]], None]) -> None:
        names = [name for name in ("Gəncə", "Quba", "Qazax") if name.lower().startswith(typed)]
        reply([Hit(name, "City", "map-pin", lambda name=name: done.append(name)) for name in names])

    palette = CommandPalette("Find", find, window)
    show(window)
    other.setFocus()
    palette.open()
    return palette, done, other


def test_it_runs_what_is_chosen_with_the_keyboard(opened: Any) -> None:
    palette, done, _ = opened
    type_text("q")
    assert [hit.label for hit in palette.hits] == ["Quba", "Qazax"]
    press("Down Return")
    assert done == ["Qazax"] and not palette.isVisible()


def test_up_from_the_first_is_the_last(opened: Any) -> None:
    _palette, done, _ = opened
    press("Up Return")
    assert done == ["Qazax"]


def test_esc_closes_and_the_cursor_goes_back(opened: Any) -> None:
    palette, done, other = opened
    press("Esc")
    assert not palette.isVisible() and done == [] and QApplication.focusWidget() is other


def test_it_closes_when_one_goes_elsewhere(opened: Any, qtbot: Any) -> None:
    palette, _, other = opened
    other.setFocus()
    qtbot.waitUntil(lambda: not palette.isVisible())


def test_nothing_found_runs_nothing(opened: Any) -> None:
    palette, done, _ = opened
    type_text("zzz\n")
    assert palette.hits == [] and done == []


def test_it_draws_and_keeps_within_its_window(opened: Any) -> None:
    palette, _, _ = opened
    palette.grab()
    assert palette.parentWidget().rect().contains(palette.geometry())
