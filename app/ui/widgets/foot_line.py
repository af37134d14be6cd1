"""The line at the foot of the window: whose register this is, and what has not yet left it; shows, never counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.ui.widgets.buttons import button
from app.ui.widgets.labels import ElidedLabel, label


class FootLine(QFrame):
    """The owner on the left, up to three facts on the right; `clicked` when one is pressed (leads to Exchange)."""

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("foot")
        self.setFixedHeight(32)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 16, 0)
        self._row.setSpacing(16)
        self._owner = ElidedLabel()
        self._mark = label("", "badge")
        self._mark.hide()
        self._row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._owner, 1)
        self._facts: list[QWidget] = []

    def show_owner(self, owner: str, mark: str = "") -> None:
        """Say whose register this is; `mark` (practice data) stands before it."""
        self._owner.setText(owner)
        self._owner.setAccessibleName(owner)
        self._mark.setText(mark)
        self._mark.setVisible(bool(mark))

    def show_facts(self, facts: Sequence[tuple[str, bool]]) -> None:
        """Show these facts, from the most to the least pressing; True marks one that needs somebody."""
        for widget in self._facts:
            self._row.removeWidget(widget)
            widget.deleteLater()
        self._facts = []
        for words, pressing in facts:
            made = button(words, self.clicked.emit, kind="foot")
            if pressing:
                made.setProperty("pressing", "true")
            self._facts.append(made)
            self._row.addWidget(made)

    @property
    def said(self) -> list[str]:
        """The facts shown now."""
        return [widget.accessibleName() for widget in self._facts]
