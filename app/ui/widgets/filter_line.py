"""A line that filters or searches as one types: waits a moment, Esc clears, Down goes to the answers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui import icons


class FilterLine(QLineEdit):
    """Emits `filtered(text)` when typing rests for `delay` ms (0: at every key), `leftDown` and `entered`."""

    filtered = Signal(str)
    leftDown = Signal()
    entered = Signal()

    def __init__(self, hint: str, *, delay: int = 60, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "search")
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setMinimumWidth(120)
        self.addAction(icons.icon("search", size=16), QLineEdit.ActionPosition.LeadingPosition)
        self._timer = QTimer(self, singleShot=True, interval=delay)
        self._timer.timeout.connect(self._tell)
        self._told = ""
        self.textChanged.connect(self._on_text)
        self.returnPressed.connect(self._on_return)

    def _on_text(self) -> None:
        if self._timer.interval() == 0:
            self._tell()
        else:
            self._timer.start()

    def _on_return(self) -> None:
        self._tell()
        self.entered.emit()

    def _tell(self) -> None:
        self._timer.stop()
        if self.text() != self._told:
            self._told = self.text()
            self.filtered.emit(self._told)

    def event(self, event: QEvent) -> bool:
        overrides = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if (
            overrides
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.text()
        ):
            event.ignore()  # nothing typed to take back here: the window takes back the last edit
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._tell()
        elif event.key() == Qt.Key.Key_Down:
            self.leftDown.emit()
        else:
            super().keyPressEvent(event)
