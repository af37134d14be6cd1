"""The rail: the pages as a column of buttons with icon and name; folds to icons where the window is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout, QWidget

from app.ui import icons
from app.ui.widgets.buttons import button
from app.ui.widgets.labels import label


class Rail(QFrame):
    """Emits `chosen(key)`. Up and Down move within it; `fold(True)` leaves the icons with their names as tips."""

    chosen = Signal(str)

    def __init__(
        self, entries: Sequence[tuple[str, str, str, str]], name: str, title: str, parent: QWidget | None = None
    ) -> None:
        """`entries`: (key, words, icon, shortcut) from the top; `title` stands above them."""
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(name)
        self._icons = {key: icon for key, _, icon, _ in entries}
        self._names = {key: words for key, words, _, _ in entries}
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 14, 8, 8)
        self._column.setSpacing(2)
        self._title = label(title, "emphasis")
        self._title.setContentsMargins(10, 0, 0, 10)
        self._column.addWidget(self._title)
        for key, words, _, shortcut in entries:
            made = button(words, kind="", key=shortcut)
            made.setProperty("role", "rail")
            made.setCheckable(True)
            made.clicked.connect(lambda _=False, k=key: self.chosen.emit(k))
            self._group.addButton(made)
            self._buttons[key] = made
            self._column.addWidget(made)
        self._column.addStretch(1)
        self._folded = False
        self.fold(False)

    def mark(self, key: str) -> None:
        """Show which page is open; none for a page that is not in the rail."""
        self._group.setExclusive(False)
        for known, made in self._buttons.items():
            made.setChecked(known == key)
        self._group.setExclusive(True)

    def offer(self, key: str, offered: bool) -> None:
        """Show a page's button or leave it out."""
        if key in self._buttons:
            self._buttons[key].setVisible(offered)

    def fold(self, folded: bool) -> None:
        """Icons only, or icons with names."""
        self._folded = folded
        self._title.setVisible(not folded)
        for key, made in self._buttons.items():
            made.setText("" if folded else self._names[key])
            picture = icons.icon if folded else partial(icons.beside, gap=10)
            made.setIcon(picture(self._icons[key], size=20))
            made.setIconSize(QSize(20 if folded else 30, 20))
            made.setAccessibleName(self._names[key])
        widest = max((self._wide(words) for words in self._names.values()), default=100)
        self.setFixedWidth(58 if folded else max(168, widest))

    def _wide(self, words: str) -> int:
        font = self.font()
        font.setBold(True)
        return QFontMetrics(font).horizontalAdvance(words) + 30 + 4 + 22 + 16 + 12

    @property
    def folded(self) -> bool:
        """Whether only icons show."""
        return self._folded

    def button_of(self, key: str) -> QPushButton:
        """The button of a page."""
        return self._buttons[key]
