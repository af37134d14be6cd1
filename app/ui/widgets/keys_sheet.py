"""The overview of keys (F1): a sheet over the window; shows what it is given."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from app.ui.widgets.labels import label


class KeysSheet(QDialog):
    """Keys and what they do, in two columns; Esc closes it."""

    def __init__(self, title: str, note: str, keys: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(16)
        column.addWidget(label(title, "heading"))
        intro = label(note, "muted", wrap=True)
        intro.setMinimumWidth(480)
        column.addWidget(intro)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        half = -(-len(keys) // 2)
        for number, (key, words) in enumerate(keys):
            row, side = number % half, number // half
            grid.addWidget(label(key, "key"), row, side * 3, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(label(words), row, side * 3 + 1)
        grid.setColumnMinimumWidth(2, 16)
        column.addLayout(grid)
