"""A line of text that leaves Ctrl+Z to the window as soon as its own typing is saved; knows nothing of saving."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit


def is_undo(event: QEvent) -> bool:
    """Whether this asks whose Ctrl+Z (or Ctrl+Y) it is."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and (event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo))
    )


class Line(QLineEdit):
    """While it holds typing that is not yet settled, Ctrl+Z takes back letters; then it takes back the saved edit."""

    def event(self, event: QEvent) -> bool:
        if is_undo(event) and not self.isModified():
            event.ignore()
            return False
        return super().event(event)


class Paper(QPlainTextEdit):
    """The same for text of several lines."""

    def event(self, event: QEvent) -> bool:
        if is_undo(event) and not self.document().isModified():
            event.ignore()
            return False
        return super().event(event)
