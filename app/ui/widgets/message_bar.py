"""The line at the top of a page: what happened, with at most one action, and what is under way; never modal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.ui import icons
from app.ui.widgets.buttons import button, icon_button, make_room
from app.ui.widgets.labels import label, restyle

_ICONS = {
    "info": ("info", "muted"),
    "good": ("circle-check", "good"),
    "warn": ("triangle-alert", "warn"),
    "error": ("circle-alert", "danger"),
}


@dataclass(frozen=True)
class BarWords:
    """What the bar itself says, in the language of the window."""

    close: str
    cancel: str


class MessageBar(QWidget):
    """Messages replace each other. Good news goes away by itself after `lasting` ms; errors stay until closed."""

    cancelRequested = Signal()

    def __init__(self, words: BarWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 0)
        column.setSpacing(8)
        column.addWidget(self._build_progress(words))
        column.addWidget(self._build_message(words))
        self._leave = QTimer(self, singleShot=True)
        self._leave.timeout.connect(self.clear)
        self._act: Callable[[], object] | None = None
        self._settle()

    def _build_message(self, words: BarWords) -> QFrame:
        self._frame = QFrame()
        self._frame.setObjectName("message")
        row = QHBoxLayout(self._frame)
        row.setContentsMargins(12, 5, 6, 5)
        row.setSpacing(8)
        self._picture = label()
        self._text = label(wrap=True, selectable=True)
        self._text.setAccessibleName(words.close)
        self._action = button("", self._on_action, kind="link")
        row.addWidget(self._picture)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        self._close = icon_button("x", words.close, self.clear)
        row.addWidget(self._close)
        self._frame.hide()
        return self._frame

    def _build_progress(self, words: BarWords) -> QFrame:
        self._progress = QFrame()
        self._progress.setObjectName("progress")
        row = QHBoxLayout(self._progress)
        row.setContentsMargins(12, 5, 6, 5)
        row.setSpacing(12)
        self._what = label()
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(words.cancel)
        self._count = label(role="muted")
        row.addWidget(self._what)
        row.addWidget(self._bar, 1)
        row.addWidget(self._count)
        row.addWidget(button(words.cancel, self.cancelRequested.emit, kind="link"))
        self._progress.hide()
        return self._progress

    def show_message(
        self,
        text: str,
        kind: str = "info",
        *,
        action: str = "",
        act: Callable[[], object] | None = None,
        lasting: int = 0,
    ) -> None:
        """Say `text` (kind info, good, warn or error) with an optional action; `lasting` ms, 0 for until closed."""
        self._leave.stop()
        self._act = act
        self._text.setText(text)
        self._text.setAccessibleName(text)
        self._action.setText(action)
        self._action.setAccessibleName(action)
        make_room(self._action)
        self._action.setVisible(bool(action))
        picture, colour = _ICONS[kind]
        self._picture.setPixmap(icons.pixmap(picture, colour, size=18, ratio=max(1.0, self.devicePixelRatioF())))
        self._frame.setProperty("kind", kind)
        restyle(self._frame)
        self._frame.show()
        self._settle()
        if lasting:
            self._leave.start(lasting)

    def show_progress(self, what: str, done: int = 0, total: int = 0) -> None:
        """Show that `what` is under way: `done` of `total`, or of nobody knows how many (0)."""
        self._what.setText(what)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._count.setText(f"{done:,} / {total:,}".replace(",", "\u202f") if total else "")
        self._bar.setAccessibleName(f"{what} {self._count.text()}")
        self._progress.show()
        self._settle()

    def clear_progress(self) -> None:
        """Nothing is under way any more."""
        self._progress.hide()
        self._settle()

    def clear(self) -> None:
        """Take the message away."""
        self._leave.stop()
        self._act = None
        self._frame.hide()
        self._settle()

    @property
    def text(self) -> str:
        """What is said now, or an empty string."""
        return "" if self._frame.isHidden() else self._text.text()

    @property
    def kind(self) -> str:
        """The kind of what is said now."""
        return str(self._frame.property("kind") or "")

    @property
    def under_way(self) -> bool:
        """Whether progress is shown."""
        return not self._progress.isHidden()

    def press_action(self) -> None:
        """Do the offered action, as a click would."""
        self._on_action()

    def _on_action(self) -> None:
        act = self._act
        self.clear()
        if act is not None:
            act()

    def _settle(self) -> None:
        self.setVisible(not (self._frame.isHidden() and self._progress.isHidden()))
