"""A number, its name and its target; opens by mouse and by keyboard."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.widgets.number_tile import NumberTile
from tests.ui.keyboard import press, show


def test_it_says_all_of_it_to_a_screen_reader(qtbot: Any) -> None:
    tile = NumberTile("Trained")
    qtbot.addWidget(tile)
    tile.show_number("1 240", value=1240, target=2000, note="of 2 000")
    tile.show()
    assert tile.accessibleName() == "Trained: 1 240 of 2 000" and tile._bar.isVisible()
    tile.show_number("7")
    assert not tile._bar.isVisible() and tile.accessibleName() == "Trained: 7"


def test_it_opens_its_list(qtbot: Any) -> None:
    tile = NumberTile("Trained", opens=True)
    qtbot.addWidget(tile)
    show(tile)
    tile.setFocus()
    with qtbot.waitSignal(tile.clicked):
        press("Return")
    with qtbot.waitSignal(tile.clicked):
        QTest.mouseClick(tile, Qt.MouseButton.LeftButton)


def test_a_tile_that_opens_nothing_is_not_in_the_way_of_tab(qtbot: Any) -> None:
    tile = NumberTile("Trained")
    qtbot.addWidget(tile)
    assert tile.focusPolicy() == Qt.FocusPolicy.NoFocus
    with qtbot.assertNotEmitted(tile.clicked):
        QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
