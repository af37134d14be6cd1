"""Ctrl+K: one line that finds anything and does anything; what it finds comes from outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.ui import icons, theme
from app.ui.widgets.labels import hairline

_ROW = 40
_MOST = 9


@dataclass(frozen=True)
class Hit:
    """One answer: its words, what kind of thing it is, and what choosing it does."""

    label: str
    detail: str
    icon: str
    run: Callable[[], object]


Find = Callable[[str, Callable[[Sequence[Hit]], None]], None]


class CommandPalette(QFrame):
    """Lies over the upper middle of the window while it is open. Esc or a click elsewhere closes it."""

    def __init__(self, hint: str, find: Find, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self._find = find
        self._asked = 0
        self._before: QWidget | None = None
        self.hits: list[Hit] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 8)
        column.setSpacing(4)
        self.line = QLineEdit()
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(hint)
        self.line.textEdited.connect(self._ask)
        self.line.installEventFilter(self)
        column.addWidget(self.line)
        column.addWidget(hairline())
        self.list = QListWidget()
        self.list.setAccessibleName(hint)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_HitDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.itemClicked.connect(lambda item: self._run(self.list.row(item)))
        column.addWidget(self.list)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(32)
        shadow.setOffset(0, 8)
        shadow.setColor(QColor(0, 0, 0, 60))
        self.setGraphicsEffect(shadow)
        self.hide()

    def open(self, typed: str = "") -> None:
        """Show it, empty or with a first text."""
        self._before = self.window().focusWidget()
        self.line.setText(typed)
        self.show()
        self.raise_()
        self.line.setFocus()
        self._ask(typed)

    def close_(self) -> None:
        """Put it away and go back to where the cursor was."""
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()

    def place_in(self, window: QSize) -> None:
        """Find its place after the window has changed size."""
        width = min(640, window.width() - 48)
        height = 68 + _ROW * max(1, min(_MOST, len(self.hits)))
        self.setGeometry(QRect((window.width() - width) // 2, max(24, window.height() // 9), width, height))

    def _ask(self, typed: str) -> None:
        self._asked += 1
        number = self._asked
        self._find(typed.strip(), lambda hits: self._show(hits) if number == self._asked else None)

    def _show(self, hits: Sequence[Hit]) -> None:
        self.hits = list(hits)
        self.list.clear()
        for hit in hits:
            item = QListWidgetItem(hit.label)
            item.setData(Qt.ItemDataRole.UserRole, hit.detail)
            item.setData(Qt.ItemDataRole.UserRole + 1, hit.icon)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{hit.label}, {hit.detail}")
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        if (parent := self.parentWidget()) is not None:
            self.place_in(parent.size())

    def _run(self, row: int) -> None:
        if 0 <= row < len(self.hits):
            hit = self.hits[row]
            self.hide()
            hit.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step and self.hits:
                self.list.setCurrentRow((self.list.currentRow() + step) % len(self.hits))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self.list.currentRow())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_()
                return True
        if watched is self.line and event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()  # otherwise the window would go back a page
                return True
        elif watched is self.line and event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self.hide)
        return super().eventFilter(watched, event)


class _HitDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        tokens = theme.tokens()
        box: QRect = option.rect.adjusted(2, 1, -2, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.chosen))
            painter.drawRoundedRect(box, 6, 6)
        picture = icons.icon(str(index.data(Qt.ItemDataRole.UserRole + 1)), "accent" if chosen else "muted", size=18)
        picture.paint(painter, QRect(box.left() + 10, box.top() + (box.height() - 18) // 2, 18, 18))
        detail = str(index.data(Qt.ItemDataRole.UserRole) or "")
        room = box.adjusted(40, 0, -12, 0)
        metrics = option.fontMetrics
        wide = min(metrics.horizontalAdvance(detail) + 4, room.width() // 2)
        painter.setPen(QColor(tokens.muted))
        right = QRect(room.right() - wide, room.top(), wide + 1, room.height())
        centred = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(right, centred, metrics.elidedText(detail, Qt.TextElideMode.ElideRight, wide))
        painter.setPen(QColor(tokens.text))
        left = room.adjusted(0, 0, -wide - 16, 0)
        words = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, centred, words)
        painter.restore()
