"""Counting heads: large tiles with their keys, digits to read at two metres; it counts nothing, only tells the keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.widgets.labels import label

FLASH = 160
SMALLEST = 9
MOST = 999
"""The largest number that can be typed before a key; more is an estimate, not a count."""


class Tile(QFrame):
    """One category: its key very large, its name, its number. A click counts like the key."""

    pressed = Signal()

    def __init__(self, key: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key, self.name = key, name
        self.number = 0
        self._size = 48
        self._lit = False
        self._dark = QTimer(self, singleShot=True, interval=FLASH)
        self._dark.timeout.connect(self._go_dark)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.show_number(0)

    def show_number(self, number: int) -> None:
        """Show how many."""
        self.number = number
        self.setAccessibleName(f"{self.name}: {number}, {self.key}")
        self.update()

    def flash(self) -> None:
        """Light up for a moment."""
        self._lit = True
        self._dark.start()
        self.update()

    def scale(self, points: int) -> None:
        """The size of the key's letter in points; all else follows."""
        self._size = points
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(72, round(self._size * 2.6))

    def sizeHint(self) -> QSize:
        return QSize(180, round(self._size * 3.4))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def _go_dark(self) -> None:
        self._lit = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(t.accent if self._lit else t.edge))
        painter.setBrush(QColor(t.accent if self._lit else t.raised))
        box = self.rect().adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, 12, 12)
        ink, quiet = (t.on_accent, t.on_accent) if self._lit else (t.accent, t.muted)
        letter = QFont(self.font())
        letter.setBold(True)
        letter.setPointSize(self._size if len(self.key) == 1 else max(14, self._size // 2))
        small = QFont(self.font())
        small.setPointSize(max(11, round(self._size / 3.4)))
        digits = QFont(self.font())
        digits.setPointSize(max(16, round(self._size * 0.6)))
        digits.setBold(True)
        part = box.height() // 10
        for font, colour, words, top, room in (
            (letter, ink, self.key, 0, 5 * part),
            (small, quiet, self.name, 5 * part, 2 * part),
            (digits, t.on_accent if self._lit else t.text, str(self.number), 7 * part, 3 * part),
        ):
            area = box.adjusted(6, top, -6, 0)
            font.setPointSize(fitting(font, words, area.width()))
            painter.setFont(font)
            painter.setPen(QColor(colour))
            area.setHeight(room)
            fitted = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), fitted)
        painter.end()


def fitting(font: QFont, words: str, room: int) -> int:
    """The size in points, at most that of the font and at least SMALLEST, at which the words have room."""
    size = font.pointSize()
    while size > SMALLEST:
        tried = QFont(font)
        tried.setPointSize(size)
        if QFontMetrics(tried).horizontalAdvance(words) <= room:
            break
        size -= 1
    return size


class CountingBoard(QWidget):
    """Keys in, wishes out. `keys`: letter → category (several letters may mean one), the first of each is shown.

    Digits typed before a key say how many; `groups`: F-key name → categories of a group that counts with one key.
    """

    counted = Signal(str, int)
    groupCounted = Signal(list)
    takenBack = Signal()
    ticked = Signal(int)
    numberTyped = Signal(str)

    def __init__(
        self,
        tiles: Sequence[tuple[str, str, str]],
        keys: Mapping[str, str],
        groups: Mapping[str, Sequence[str]],
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        """`tiles`: (category, key shown, words)."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self._keys = dict(keys)
        self._groups = {getattr(Qt.Key, f"Key_{key}"): list(group) for key, group in groups.items()}
        self._typed = ""
        self.tiles: dict[str, Tile] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.total = label("0")
        self.total.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.trail = label("", "muted")
        self.trail.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.total, 3)
        column.addWidget(self.trail)
        row = QHBoxLayout()
        row.setSpacing(12)
        for category, key, words in tiles:
            tile = Tile(key, words)
            tile.pressed.connect(lambda c=category: self.count(c))
            self.tiles[category] = tile
            row.addWidget(tile, 1)
        column.addLayout(row, 4)
        self._trail: list[str] = []

    # --- what the page calls ----------------------------------------------------------------------------

    def show_numbers(self, total: str, numbers: Mapping[str, int]) -> None:
        """Show the large number and that of each tile."""
        self.total.setText(total)
        self.total.setAccessibleName(total)
        for category, tile in self.tiles.items():
            tile.show_number(numbers.get(category, 0))

    def scale(self, points: int) -> None:
        """The size of the large number in points."""
        font = QFont(self.font())
        font.setPointSize(points)
        font.setBold(True)
        self.total.setFont(font)
        for tile in self.tiles.values():
            tile.scale(max(20, points // 2))
        small = QFont(self.font())
        small.setPointSize(max(11, points // 6))
        self.trail.setFont(small)

    def count(self, category: str) -> None:
        """As if the category's key was pressed."""
        number = int(self._typed or 1)
        self._set_typed("")
        if number:
            self._light([category], number)
            self.counted.emit(category, number)

    def count_group(self, categories: Sequence[str]) -> None:
        """As if a group's key was pressed."""
        self._set_typed("")
        self._light(categories, 1)
        self.groupCounted.emit(list(categories))

    def say(self, words: str) -> None:
        """Add a sign to the trail of what was pressed."""
        self._trail = [*self._trail, words][-14:]
        self.trail.setText("  ".join(self._trail))

    def _light(self, categories: Sequence[str], number: int) -> None:
        for category in dict.fromkeys(categories):
            self.tiles[category].flash()
        shown = "".join(self.tiles[c].key[0] for c in categories)
        self.say(f"{number}{shown}" if number > 1 else shown)

    def _set_typed(self, typed: str) -> None:
        if typed != self._typed:
            self._typed = typed
            self.numberTyped.emit(typed)

    # --- keys -------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        overrides = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if overrides and isinstance(event, QKeyEvent) and (event.key() in self._groups or self._is_esc(event)):
            event.accept()  # at the door these keys count, whatever they do elsewhere
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text().lower()
        control = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if control and event.modifiers() & Qt.KeyboardModifier.AltModifier and typed.isdigit() and typed != "0":
            self.ticked.emit(int(typed) - 1)
        elif control:
            super().keyPressEvent(event)
        elif event.isAutoRepeat():
            event.accept()  # a key held down is one person
        elif event.key() in self._groups:
            self.count_group(self._groups[event.key()])
        elif event.key() == Qt.Key.Key_Backspace:
            if self._typed:
                self._set_typed(self._typed[:-1])
            else:
                self.takenBack.emit()
        elif self._is_esc(event):
            self._set_typed("")
        elif typed.isdigit():
            if int(self._typed + typed) <= MOST:
                self._set_typed((self._typed + typed).lstrip("0"))
        elif typed in self._keys:
            self.count(self._keys[typed])
        else:
            super().keyPressEvent(event)

    def _is_esc(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and bool(self._typed)
