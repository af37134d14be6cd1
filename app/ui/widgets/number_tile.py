"""A number that matters with its name and, where there is one, its target; shows, never computes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.ui.widgets.charts import TargetBar
from app.ui.widgets.labels import label


class NumberTile(QFrame):
    """A tile: the number large, its name below, a bar against the target; emits `clicked` when it opens a list."""

    clicked = Signal()

    def __init__(self, name: str, *, opens: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._name = name
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(2)
        self._number = label("–", "number")
        self._caption = label(name, "muted", wrap=True)
        self._note = label("", "muted", wrap=True)
        self._bar = TargetBar()
        self._bar.hide()
        self._note.hide()
        for part in (self._number, self._caption, self._note):
            column.addWidget(part)
        column.addStretch(1)
        column.addSpacing(6)
        column.addWidget(self._bar)
        if opens:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._opens = opens
        self.setAccessibleName(name)

    def show_number(self, number: str, *, value: float = 0, target: float | None = None, note: str = "") -> None:
        """Show the number as text; with `target` a bar of `value` against it; `note` says the target in words."""
        self._number.setText(number)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._bar.setVisible(target is not None)
        if target is not None:
            self._bar.show_value(value, target)
        self.setAccessibleName(f"{self._name}: {number} {note}".strip())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if self._opens and inside and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._opens and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)
