"""Choosing by typing: one (Picker) or several (ChipsEdit) of what a source finds; the source may answer later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QFrame,
    QLineEdit,
    QListView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.ui import icons
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.labels import restyle
from app.ui.widgets.line import Line


class Option(NamedTuple):
    """One answer: its key, its words, and what tells it from namesakes."""

    key: str
    label: str
    detail: str = ""


class Source(Protocol):
    """Where options come from. `reply` is called on the window's thread, at once or later, at most once a call."""

    def find(self, text: str, reply: Callable[[Sequence[Option]], None]) -> None:
        """Options for what was typed; an empty text asks for the usual ones."""

    def name(self, key: str, reply: Callable[[str], None]) -> None:
        """The words of a key."""


class _Options(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.options: list[Option] = []

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.options)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        option = self.options[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return f"{option.label}   ·   {option.detail}" if option.detail else option.label
        return option.label if role == Qt.ItemDataRole.EditRole else None

    def show(self, options: Sequence[Option]) -> None:
        self.beginResetModel()
        self.options = list(options)
        self.endResetModel()


class Picker(Line):
    """A line that holds one key and shows its words. Typing searches, Enter takes the marked answer."""

    changed = Signal()
    backspaced = Signal()  # Backspace in the empty line

    def __init__(self, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._key: str | None = None
        self._label = ""
        self._asked = 0
        self._asking = False
        self._completer: QCompleter | None = None
        self._popup: QListView | None = None
        self._options = _Options(self)
        self._arrow = self.addAction(icons.icon("chevron-down", size=14), QLineEdit.ActionPosition.TrailingPosition)
        self._arrow.triggered.connect(self.open)
        self.textEdited.connect(self._ask)
        self.editingFinished.connect(self._on_finished)

    def value(self) -> str | None:
        """The chosen key, or None."""
        return self._key

    def set_value(self, key: str | None, label: str | None = None) -> None:
        """Hold a key without a signal; without `label` the source is asked for its words."""
        self._key = key
        self._label = label or ""
        self.setText(self._label)
        self.setCursorPosition(0)
        if key is not None and label is None:
            self._source.name(key, lambda words: self._on_name(key, words))

    def open(self) -> None:
        """Show the usual answers."""
        if not self.isReadOnly():
            self.setFocus()
            self._ask("")

    @property
    def popup_shown(self) -> bool:
        """Whether answers are shown."""
        return self._popup is not None and self._popup.isVisible()

    @property
    def offered(self) -> list[Option]:
        """The answers offered last."""
        return self._options.options

    def setReadOnly(self, read_only: bool) -> None:
        super().setReadOnly(read_only)
        self._arrow.setVisible(not read_only)

    def choose(self, option: Option) -> None:
        """Take an answer, as a click on it does."""
        self._asked += 1
        self._asking = False
        different = option.key != self._key
        self._key, self._label = option.key, option.label
        self.setText(option.label)
        if self._popup is not None:
            self._popup.hide()
        if different:
            self.changed.emit()

    def _ask(self, text: str) -> None:
        self._asked += 1
        self._asking = True
        number = self._asked
        self._source.find(text, lambda options: self._on_found(number, options))

    def _on_found(self, number: int, options: Sequence[Option]) -> None:
        if number != self._asked:
            return
        self._asking = False
        self._options.show(options)
        completer, popup = self._make_completer()
        if not options or not self.hasFocus():
            popup.hide()
            return
        completer.complete()
        # who only looks, or empties the line, has not chosen the first
        first = completer.completionModel().index(0, 0) if self.text().strip() else QModelIndex()
        popup.setCurrentIndex(first)

    def _make_completer(self) -> tuple[QCompleter, QListView]:
        if self._completer is None or self._popup is None:  # only when somebody types: forms have dozens of these
            made = QCompleter(self)
            made.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
            made.setModel(self._options)
            made.setMaxVisibleItems(10)
            popup = QListView()
            popup.setObjectName("popup")
            popup.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
            popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            popup.setTextElideMode(Qt.TextElideMode.ElideRight)
            popup.setUniformItemSizes(True)
            made.setPopup(popup)
            made.setWidget(self)
            made.activated[QModelIndex].connect(self._on_activated)  # type: ignore[index]
            self._completer, self._popup = made, popup
        return self._completer, self._popup

    def _on_activated(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._options.options):
            self.choose(self._options.options[index.row()])

    def _on_name(self, key: str, words: str) -> None:
        if key == self._key and not self._label:
            self._label = words
            if not self.hasFocus() or not self.text():
                self.setText(words)
                self.setCursorPosition(0)

    def _on_finished(self) -> None:
        typed = self.text().strip()
        if typed == self._label or (self.popup_shown and self.hasFocus()):
            return
        if not typed:
            self._asked += 1
            if self._key is not None:
                self._key, self._label = None, ""
                self.changed.emit()
            return
        fitting = [o for o in self._options.options if o.label.casefold() == typed.casefold()]
        if not fitting and not self._asking and len(self._options.options) == 1:
            fitting = self._options.options
        if len(fitting) == 1:
            self.choose(fitting[0])
        else:  # not one of them: what was chosen before stays
            self.setText(self._label)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.text() and not self.popup_shown:
            self.open()

    def event(self, event: QEvent) -> bool:
        pressed = event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if pressed == Qt.Key.Key_Tab and self._popup is not None and self._popup.isVisible():
            marked = self._popup.currentIndex()  # takes the marked answer and goes on
            self._popup.hide()
            self._on_activated(marked)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup_shown = self.popup_shown
        if popup_shown and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # the popup takes it
            return
        if event.key() == Qt.Key.Key_Down and not popup_shown:
            self.open()
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.backspaced.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text() != self._label:
            self.setText(self._label)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()


class ChipsEdit(QFrame):
    """Several keys as chips in one field; the line at the end adds, Backspace in it takes the last one away."""

    changed = Signal()

    def __init__(self, source: Source, remove_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "field")
        self._source = source
        self._remove_name = remove_name
        self._chips: dict[str, QToolButton] = {}
        self._read_only = False
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        self._flow = FlowLayout(gap=4, stretch_last=True)
        column.addLayout(self._flow)
        self.line = Picker(source)
        self.line.setMinimumWidth(96)
        self.line.changed.connect(self._on_picked)
        self.line.backspaced.connect(self._on_backspace)
        self.line.installEventFilter(self)
        self._flow.addWidget(self.line)
        self.setFocusProxy(self.line)

    def setAccessibleName(self, name: str) -> None:
        """Name the field, and the line in it, which is what has the cursor."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def value(self) -> list[str]:
        """The chosen keys, sorted."""
        return sorted(self._chips)

    def set_value(self, keys: Sequence[str] | None) -> None:
        """Hold these keys without a signal."""
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips.clear()
        for key in keys or ():
            self._add(key)
        self._flow.invalidate()
        self.updateGeometry()

    def set_read_only(self, read_only: bool) -> None:
        """Show only."""
        self._read_only = read_only
        self.line.setReadOnly(read_only)
        self.line.setVisible(not read_only or not self._chips)
        for chip in self._chips.values():
            chip.setEnabled(not read_only)

    def labels(self) -> list[str]:
        """The words of the chips, as shown."""
        return [chip.text() for chip in self._chips.values()]

    def _add(self, key: str, label: str | None = None) -> None:
        chip = QToolButton()
        chip.setProperty("kind", "chip")
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross after the words
        chip.setIcon(icons.icon("x", size=12))
        chip.setIconSize(QSize(12, 12))
        chip.setEnabled(not self._read_only)
        chip.clicked.connect(lambda: self._remove(key))
        self._chips[key] = chip
        self._flow.insert_before_last(chip)
        chip.show()
        self._name(key, key if label is None else label)
        if label is None:
            self._source.name(key, lambda words: self._name(key, words))

    def _name(self, key: str, words: str) -> None:
        if (chip := self._chips.get(key)) is not None:
            shown = words if len(words) <= 48 else words[:47] + "…"
            chip.setText(shown)
            chip.setToolTip(words)
            chip.setAccessibleName(f"{self._remove_name}: {words}")
            self._flow.invalidate()

    def _remove(self, key: str) -> None:
        if (chip := self._chips.pop(key, None)) is not None:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
            self._flow.invalidate()
            self.updateGeometry()
            self.line.setFocus()
            self.changed.emit()

    def _on_picked(self) -> None:
        key, label = self.line.value(), self.line.text()
        self.line.set_value(None, "")
        if key is not None and key not in self._chips:
            self._add(key, label)
            self.updateGeometry()
            self.changed.emit()

    def _on_backspace(self) -> None:
        if self._chips and not self._read_only:
            self._remove(list(self._chips)[-1])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.setProperty("focused", event.type() == QEvent.Type.FocusIn)
            restyle(self)
        return super().eventFilter(watched, event)
