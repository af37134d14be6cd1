"""Buttons in the few styles there are, each with an accessible name and its key in the tip."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from app.ui import icons


def button(
    text: str,
    clicked: Callable[[], object] | None = None,
    *,
    kind: str = "plain",
    icon: str = "",
    key: str = "",
    tip: str = "",
) -> QPushButton:
    """A button: kind `plain`, `primary` (one a page), `quiet`, `danger`, `link` or `foot`; `key` is its shortcut."""
    made = LinkButton(text) if kind in ("link", "foot") else PushButton(text)
    made.setProperty("kind", kind)
    made.setAccessibleName(text)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    wide = QSizePolicy.Policy.Preferred if kind in ("link", "foot") else QSizePolicy.Policy.Minimum
    made.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
    made.setAutoDefault(False)
    if icon:
        colours = {"primary": "on_accent", "danger": "danger", "link": "accent"}
        made.setIcon(icons.beside(icon, colours.get(kind, "muted")))
        made.setIconSize(QSize(22, 16))
    _set_key(made, key, tip)
    if clicked is not None:
        made.clicked.connect(lambda _=False: clicked())
    return made


def icon_button(
    icon: str, name: str, clicked: Callable[[], object] | None = None, *, key: str = "", checkable: bool = False
) -> QToolButton:
    """A button that shows only an icon; `name` is its accessible name and tip."""
    made = QToolButton()
    made.setProperty("kind", "quiet")
    made.setIcon(icons.icon(icon, size=16))
    made.setAccessibleName(name)
    made.setCheckable(checkable)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    _set_key(made, key, name)
    if clicked is not None:
        made.clicked.connect(lambda _=False: clicked())
    return made


def menu_button(icon: str, name: str, entries: Callable[[QMenu], None], *, text: str = "") -> QToolButton:
    """A button that opens a menu; `entries` fills it each time, so that it shows the present state."""
    made = icon_button(icon, name)
    if text:
        made.setText(text)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    menu = QMenu(made)
    made.setMenu(menu)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def refill() -> None:
        menu.clear()
        entries(menu)

    menu.aboutToShow.connect(refill)
    return made


def _set_key(made: QPushButton | QToolButton, key: str, tip: str) -> None:
    if key:  # not setShortcut: that presses the button only after a tenth of a second, and setText forgets it
        QShortcut(QKeySequence(key), made, made.click)
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        tip = f"{tip or made.text()}  ({shown})"
    if tip:
        made.setToolTip(tip)


class PushButton(QPushButton):
    """A button that Enter presses as Space does, unless it is one of a row of choices: there Enter ends the form."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if enter and plain and self.property("kind") != "segment":
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)


class LinkButton(PushButton):
    """A button that reads like a link and may be a long title: it shortens with … where there is little room."""

    def sizeHint(self) -> QSize:
        # As wide as its words, with which `words_shown` then does not shorten them.
        hint = super().sizeHint()
        return QSize(
            max(hint.width(), self.fontMetrics().horizontalAdvance(self.text()) + self._beside()), hint.height()
        )

    def _beside(self) -> int:
        """What is not words, in points: the padding, and an icon with its distance."""
        return 18 + (0 if self.icon().isNull() else self.iconSize().width() + 4)

    def words_shown(self) -> str:
        """The words as they are drawn at the present width."""
        room = self.width() - self._beside() + 2
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def minimumSizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(min(hint.width(), 96), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        shown = self.words_shown()
        option.text = shown
        if shown != self.text() and not self.toolTip():
            self.setToolTip(self.text())
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.end()


class Segments(QWidget):
    """A few exclusive choices side by side; clicking the chosen one again takes it back when `optional`."""

    chosen = Signal(object)

    def __init__(
        self, options: Sequence[tuple[object, str]], *, optional: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._optional = optional
        self._group = QButtonGroup(self)
        self._group.setExclusive(not optional)
        self._buttons: dict[object, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for index, (value, text) in enumerate(options):
            made = button(text, kind="segment")
            made.setCheckable(True)
            make_room(made)
            edge = "first" if index == 0 else "last" if index == len(options) - 1 else ""
            made.setProperty("edge", edge)
            made.clicked.connect(lambda on, v=value: self._on_clicked(v, on))
            self._group.addButton(made)
            self._buttons[value] = made
            row.addWidget(made)
        row.addStretch(1)
        if self._buttons:
            self.setFocusProxy(next(iter(self._buttons.values())))

    def value(self) -> object:
        """The chosen value, or None."""
        return next((value for value, made in self._buttons.items() if made.isChecked()), None)

    def set_value(self, value: object) -> None:
        """Choose without a signal."""
        exclusive = self._group.exclusive()
        self._group.setExclusive(False)
        for key, made in self._buttons.items():
            made.setChecked(key == value and value is not None)
        self._group.setExclusive(exclusive)

    def relabel(self, value: object, text: str) -> None:
        """Give one choice other words (a count that changed)."""
        made = self._buttons[value]
        made.setText(text)
        made.setAccessibleName(text)
        make_room(made)

    def set_shown(self, value: object, shown: bool) -> None:
        """Offer one choice or not; the outer ones of those that show have the round corners."""
        self._buttons[value].setVisible(shown)
        seen = [made for made in self._buttons.values() if not made.isHidden()]
        for index, made in enumerate(seen):
            made.setProperty("edge", "first" if index == 0 else "last" if index == len(seen) - 1 else "")
            made.style().unpolish(made)
            made.style().polish(made)

    def button_of(self, value: object) -> QPushButton:
        """The button of one value (for tests and focus)."""
        return self._buttons[value]

    def _on_clicked(self, value: object, on: bool) -> None:
        if self._optional:
            self.set_value(value if on else None)
        self.chosen.emit(self.value())


def make_room(made: QPushButton) -> None:
    """Make a button wide enough for its words in bold, as a chosen one is drawn."""
    bold = made.font()
    bold.setBold(True)
    made.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(made.text()) + 28)
