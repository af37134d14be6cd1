"""Typing as a person does, for tests of the window: QTest.keyClicks aborts the process at any letter beyond ASCII."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


def show(window: QWidget) -> None:
    """Show a window and make it the active one, so that it has the keyboard."""
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    QApplication.processEvents()


def type_text(text: str, widget: QWidget | None = None) -> None:
    """Type each letter into the widget (default: the one with the cursor), any alphabet; `\\n` Enter, `\\t` Tab."""
    for letter in text:
        if letter in "\n\t":
            press("Return" if letter == "\n" else "Tab", widget)
            continue
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(_target(widget), QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
        QApplication.processEvents()


def press(keys: str, widget: QWidget | None = None) -> None:
    """Press keys by name, shortcuts included: `press("Ctrl+K")`, `press("Down Down Return")`."""
    for name in keys.split():
        combination = QKeySequence(name)[0]
        QTest.keyClick(_target(widget), combination.key(), combination.keyboardModifiers())
        QApplication.processEvents()


def _target(widget: QWidget | None) -> QWidget:
    target = QApplication.activePopupWidget() or widget or QApplication.focusWidget() or QApplication.activeWindow()
    assert target is not None, "nothing has the cursor"
    return target
