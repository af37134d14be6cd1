"""An empty page says what would be here and offers one action; nothing flashes up on its own."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from app.ui.widgets.empty_state import EmptyState


def test_it_is_never_a_window_of_its_own_while_it_is_made(qtbot: Any) -> None:
    before = {w for w in QApplication.topLevelWidgets() if w.isVisible()}
    made = EmptyState("Nothing yet", "What you add appears here.", action="Add")
    qtbot.addWidget(made)
    assert {w for w in QApplication.topLevelWidgets() if w.isVisible()} == before


def test_its_action(qtbot: Any) -> None:
    done: list[int] = []
    made = EmptyState("Nothing yet", action="Add", clicked=lambda: done.append(1))
    qtbot.addWidget(made)
    made.show()
    assert made.button.isVisible() and not made._sentence.isVisible()
    made.button.click()
    made.say("Not read", "The disk is full.")
    assert done == [1] and made._sentence.isVisible()


def test_without_an_action_there_is_no_button(qtbot: Any) -> None:
    made = EmptyState("Nothing yet")
    qtbot.addWidget(made)
    made.show()
    assert not made.button.isVisible()
