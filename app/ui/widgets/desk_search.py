"""The one search box of the desk with its answers below: letters, arrows, Enter; what it finds comes from outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
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

ROW = 44


@dataclass(frozen=True)
class Answer:
    """One answer: its key, its words, what tells namesakes apart, a badge (already on the list) and an icon."""

    key: str
    label: str
    detail: str = ""
    badge: str = ""
    icon: str = "user"


Find = Callable[[str, Callable[[Sequence[Answer], int], None]], None]
"""Asks for answers to what is typed; they come back with the position of the one that Enter takes."""


class DeskSearch(QLineEdit):
    """Emits `chosen(key, typed)`. Enter pressed before the answers came waits for them, so that quick typists win."""

    chosen = Signal(str, str)
    undoRequested = Signal()
    leftDown = Signal()

    def __init__(self, hint: str, find: Find, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "search")
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setFont(theme.font("emphasis"))
        self.setFixedHeight(self.fontMetrics().lineSpacing() + 22)
        self.addAction(icons.icon("search", size=20), QLineEdit.ActionPosition.LeadingPosition)
        self._find = find
        self._asked = 0
        self._answered = 0
        self._waiting = False
        self.answers: list[Answer] = []
        self.popup = _Answers(self)
        self.popup.list.itemClicked.connect(lambda item: self.take(self.popup.list.row(item)))
        self.textEdited.connect(self._ask)

    def ask_again(self) -> None:
        """Ask for what is typed once more (the list has changed)."""
        if self.text().strip():
            self._ask(self.text())

    def reset(self) -> None:
        """Empty the line and put the answers away."""
        self._asked += 1
        self._waiting = False
        self.setText("")
        self._hide()

    def begin(self, letter: str) -> None:
        """Start typing here with a letter that was typed elsewhere."""
        self.setFocus()
        self.setText(letter)
        self._ask(letter)

    def take(self, position: int) -> None:
        """Choose the answer at a position."""
        if 0 <= position < len(self.answers):
            answer, typed = self.answers[position], self.text().strip()
            self.reset()
            self.chosen.emit(answer.key, typed)

    def _ask(self, typed: str) -> None:
        self._waiting = False
        self._asked += 1
        number = self._asked
        if not typed.strip():
            self._hide()
            return
        self._find(typed.strip(), lambda answers, best: self._on_answers(number, answers, best))

    def _on_answers(self, number: int, answers: Sequence[Answer], best: int) -> None:
        if number != self._asked:
            return
        self._answered = number
        self.answers = list(answers)
        self.popup.show_answers(self.answers, best)
        self.popup.place()
        if self._waiting:
            self._waiting = False
            self.take(best)

    def _hide(self) -> None:
        self.answers = []
        self.popup.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step and self.answers:
            self.popup.list.setCurrentRow((self.popup.list.currentRow() + step) % len(self.answers))
        elif event.key() == Qt.Key.Key_Down:
            self.leftDown.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self.text().strip():
                return
            if self._answered == self._asked and self.answers:
                self.take(self.popup.list.currentRow())
            else:
                self._waiting = True
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.reset()
        elif event.matches(QKeySequence.StandardKey.Undo) and not self.text():
            self.undoRequested.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self.text():
                event.accept()  # otherwise the window would go back a page
                return True
            if event.matches(QKeySequence.StandardKey.Undo) and not self.text():
                event.ignore()  # nothing typed to take back here: the window takes back the last mark
                return False
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.popup.place()


class _Answers(QFrame):
    """Lies over the page below the search line; a child of the window, so that no system popup takes the keys."""

    def __init__(self, line: DeskSearch) -> None:
        super().__init__()
        self.setObjectName("palette")
        self._line = line
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        self.list = QListWidget()
        self.list.setAccessibleName(line.accessibleName())
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_AnswerDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.list)
        line.destroyed.connect(self.deleteLater)
        self.hide()

    def show_answers(self, answers: Sequence[Answer], best: int) -> None:
        while self.list.count() > len(answers):
            self.list.takeItem(self.list.count() - 1)
        for number, answer in enumerate(answers):
            item = self.list.item(number)
            if item is None:
                item = QListWidgetItem()
                self.list.addItem(item)
            item.setText(answer.label)
            item.setData(Qt.ItemDataRole.UserRole, answer)
            said = ", ".join(filter(None, (answer.label, answer.detail, answer.badge)))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
        self.list.setCurrentRow(best)
        self.setVisible(bool(answers))

    def place(self) -> None:
        """Stand below the line, as wide as it."""
        window = self._line.window()
        if self.parent() is not window:
            shown = not self.isHidden()
            self.setParent(window)
            self.setVisible(shown)
        if self.isHidden():
            return
        corner = self._line.mapTo(window, QPoint(0, self._line.height() + 4))
        height = min(self.list.count() * ROW + 14, max(ROW + 14, window.height() - corner.y() - 8))
        self.setGeometry(QRect(corner, QSize(max(self._line.width(), 420), height)))
        self.raise_()


class _AnswerDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        answer = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(answer, Answer):
            return
        tokens = theme.tokens()
        box: QRect = option.rect.adjusted(2, 1, -2, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.chosen))
            painter.drawRoundedRect(box, 6, 6)
        picture = QRect(box.left() + 10, box.center().y() - 8, 18, 18)
        icons.icon(answer.icon, "accent" if chosen else "muted", size=18).paint(painter, picture)
        metrics = option.fontMetrics
        centred = int(Qt.AlignmentFlag.AlignVCenter)
        room = box.adjusted(40, 0, -12, 0)
        if answer.badge:
            wide = metrics.horizontalAdvance(answer.badge)
            painter.setPen(QColor(tokens.good))
            painter.drawText(QRect(room.right() - wide, room.top(), wide + 1, room.height()), centred, answer.badge)
            room.adjust(0, 0, -wide - 16, 0)
        bold = QFont(option.font)
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(QColor(tokens.text))
        name = painter.fontMetrics().elidedText(answer.label, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, centred, name)
        taken = painter.fontMetrics().horizontalAdvance(name) + 12
        painter.setFont(option.font)
        painter.setPen(QColor(tokens.muted))
        rest = room.adjusted(taken, 0, 0, 0)
        if rest.width() > 40:
            painter.drawText(
                rest, centred, metrics.elidedText(answer.detail, Qt.TextElideMode.ElideRight, rest.width())
            )
        painter.restore()
