"""A line of minutes: after `!` it completes the name of whoever promises something; knows neither store nor meeting."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

LETTERS = 3
"""So many letters of a name, and it is offered."""


class MinutesLine(QLineEdit):
    """`find(beginning)` gives the full names that fit, the likeliest first. From the third letter they are offered by
    `offered(names)`; Tab takes the first and, pressed again, the next.
    """

    offered = Signal(list)

    def __init__(self, find: Callable[[str], Sequence[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find = find
        self._names: list[str] = []
        self._taken = -1
        self.textEdited.connect(self._on_edited)

    @property
    def taken(self) -> str:
        """The name that was taken and still stands at the beginning; empty otherwise."""
        name = self._names[self._taken] if self._taken >= 0 else ""
        return name if name and self.text().startswith(f"! {name}") else ""

    @property
    def beginning(self) -> str:
        """What is typed of the name so far; empty where no name is being typed."""
        typed = self.text()
        if not typed.startswith("!"):
            return ""
        name = typed[1:].strip()
        return "" if any(sign.isdigit() for sign in name) else name

    def offer(self, names: Sequence[str]) -> None:
        """Offer these names (they may come later, from a search)."""
        self._names, self._taken = list(names), -1
        self.offered.emit(self._names)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if event.key() == Qt.Key.Key_Tab and plain and self._names:
                self._take()
                return True
        return super().event(event)

    def _take(self) -> None:
        self._taken = (self._taken + 1) % len(self._names)
        self.setText(f"! {self._names[self._taken]} ")
        self.offered.emit(self._names)

    def _on_edited(self) -> None:
        if self.taken:
            return  # what follows is the day and the promise
        beginning = self.beginning
        enough = sum(sign.isalpha() for sign in beginning) >= LETTERS
        self.offer(self._find(beginning) if enough else [])
