"""What every page is: it shows rows of some record types, knows its place, and reads again when those rows change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.forms.sources import Sources
from app.ui.shell import Command, Shell
from app.ui.widgets.filter_line import FilterLine
from app.ui.widgets.labels import label

LOW = 480
"""Points of height below which a page leaves out the sentence under its heading."""


class Page(QWidget):
    """Base of the pages. `records` names the record types it shows; `reload()` reads and shows them.

    Changes of other pages and of received bundles reload it when it is visible, or when it is shown next. A write whose
    `context` is the page itself does not (it has shown its own edit already) unless `hears_itself`.
    """

    records: tuple[str, ...] = ()
    hears_itself = False
    may_lock = True  # False where people work without touching the keyboard (the door of an event)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.shell = shell
        self.sources = Sources(shell.tasks, self)
        self._stale = True
        self._note: QLabel | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)

    def reload(self) -> None:
        """Read what is shown (off the window's thread) and show it."""

    def open(self, target: str) -> None:
        """Show the thing named by `target` (often a row's id); an empty one means the page as it is."""

    def place(self) -> str:
        """The target that leads back here."""
        return ""

    def go_back(self) -> bool:
        """Esc: close what is open inside the page; False when there is nothing and the window may go back."""
        return False

    def commands(self) -> Sequence[Command]:
        """What Ctrl+K offers while this page is shown."""
        return ()

    def add_head(self, title: str, note: str = "") -> QHBoxLayout:
        """The heading of the page; the buttons go into the returned row, the primary one last."""
        row = QHBoxLayout()
        row.setContentsMargins(24, 16, 24, 4)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(title, "title"))
        if note:
            self._note = label(note, "muted", wrap=True)
            words.addWidget(self._note)
        row.addLayout(words, 1)
        self.column.addLayout(row)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._note is not None:  # on a low window the room is for the work
            self._note.setVisible(event.size().height() >= LOW)

    def focus_start(self) -> None:
        """Put the cursor where work on this page begins: by default its filter line."""
        if (line := self.findChild(FilterLine)) is not None:
            line.setFocus()
        else:
            self.setFocus()

    # --- called by the window ---------------------------------------------------------------------------

    def hear(self, changes: Any, initiator: object) -> None:
        """A transaction ended; read again if it touched what is shown here."""
        if (initiator is not self or self.hears_itself) and changes.touch(*self.records):
            self.renew()

    def renew(self) -> None:
        """Read again: now when visible, else when shown next."""
        self._stale = True
        if self.isVisible():
            self._freshen()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._freshen()

    def _freshen(self) -> None:
        if self._stale and self.shell.tasks.has_store:
            self._stale = False
            self.reload()
