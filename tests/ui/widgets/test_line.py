"""Whose Ctrl+Z it is."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.widgets.line import Line, Paper
from tests.ui.keyboard import press, show, type_text


@pytest.mark.parametrize("kind", [Line, Paper])
def test_letters_first_then_the_window(kind: Any, qtbot: Any) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field = kind()
    QVBoxLayout(window).addWidget(field)
    undone: list[int] = []
    shortcut = QShortcut(QKeySequence("Ctrl+Z"), window)
    shortcut.activated.connect(lambda: undone.append(1))
    show(window)
    field.setFocus()
    type_text("ab")
    press("Ctrl+Z")
    assert undone == []
    target = field if kind is Line else field.document()
    target.setModified(False)
    press("Ctrl+Z")
    assert undone == [1]
