"""The counting board by itself: keys as wishes, digits before them, held keys, groups."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from app.ui.widgets.counting import MOST, CountingBoard
from tests.ui.keyboard import press, show, type_text


@pytest.fixture
def board(qtbot: Any) -> CountingBoard:
    made = CountingBoard(
        [("woman", "W", "Woman"), ("man", "M", "Man"), ("girl", "G", "Girl")],
        {"w": "woman", "m": "man", "g": "girl", "ц": "woman"},
        {"F6": ["woman", "man", "girl"]},
        "count",
    )
    qtbot.addWidget(made)
    made.resize(800, 500)
    show(made)
    made.setFocus()
    made.heard = []
    made.counted.connect(lambda *wish: made.heard.append(wish))
    made.groupCounted.connect(lambda group: made.heard.append(tuple(group)))
    made.takenBack.connect(lambda: made.heard.append("back"))
    return made


def test_one_key_one_person_in_any_layout(board: CountingBoard) -> None:
    type_text("wmWц", board)
    assert board.heard == [("woman", 1), ("man", 1), ("woman", 1), ("woman", 1)]


def test_digits_before_a_key_say_how_many_and_are_used_up(board: CountingBoard) -> None:
    type_text("12gm", board)
    assert board.heard == [("girl", 12), ("man", 1)]


def test_digits_can_be_taken_back_and_are_bounded(board: CountingBoard) -> None:
    type_text("45", board)
    press("Backspace", board)
    type_text("w", board)
    type_text("3", board)
    press("Escape", board)
    type_text("w9999w0w", board)
    assert board.heard == [("woman", 4), ("woman", 1), ("woman", MOST), ("woman", 1)]


def test_groups_and_backspace(board: CountingBoard) -> None:
    press("F6", board)
    press("Backspace", board)
    assert board.heard == [("woman", "man", "girl"), "back"]


def test_a_key_held_down_is_one_person(board: CountingBoard) -> None:
    for repeated in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_W, Qt.KeyboardModifier.NoModifier, "w", repeated, 1)
        QApplication.sendEvent(board, event)
    assert board.heard == [("woman", 1)]


def test_a_click_counts_and_the_numbers_are_read_out(board: CountingBoard, qtbot: Any) -> None:
    qtbot.mouseClick(board.tiles["man"], Qt.MouseButton.LeftButton)
    assert board.heard == [("man", 1)]
    board.show_numbers("1 204", {"man": 7})
    assert board.total.text() == "1 204" and board.tiles["man"].accessibleName() == "Man: 7, M"
    board.scale(120)
    board.repaint()
    assert board.total.font().pointSize() == 120


def test_other_keys_are_left_to_the_window(board: CountingBoard) -> None:
    type_text("xyz", board)
    press("Ctrl+W", board)
    assert board.heard == []
