"""Before a list of named people leaves: what it is for, and a password if wanted; it writes no file itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QVBoxLayout, QWidget

from app.basics.words import text
from app.ui.shell import Shell
from app.ui.widgets.buttons import button, icon_button
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.labels import label

Write = Callable[[Path, str], None]
"""Writes the file: where, under which password (empty: none). Runs off the window's thread."""


class NamedExport(QFrame):
    """A card with two lines: the reason, which must be given and is logged, and a password, which may be."""

    closed = Signal()

    def __init__(self, shell: Shell, context: QWidget) -> None:
        super().__init__()
        self.shell, self._context = shell, context
        self.setProperty("role", "card")
        self.setAccessibleName(text("exports.title"))
        self._what, self._name, self._people = "", "", 0
        self._endings: tuple[str, ...] = ()
        self._write: Write | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(6)
        self.head = label("", "strong", wrap=True)
        column.addWidget(self.head)
        flow = FlowLayout(gap=8)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(text("exports.reason"))
        self.reason.setPlaceholderText(text("exports.reason"))
        self.reason.setMinimumWidth(280)
        self.password = QLineEdit()
        self.password.setAccessibleName(text("exports.password"))
        self.password.setPlaceholderText(text("exports.password"))
        self.password.setMinimumWidth(240)
        self.password.setMaxLength(200)
        for line in (self.reason, self.password):
            line.returnPressed.connect(self.go)
            flow.addWidget(line)
        self.write_button = button(text("exports.write"), self.go, kind="primary", icon="download")
        flow.addWidget(self.write_button)
        flow.addWidget(icon_button("x", text("ui.close"), self.close_card))
        column.addLayout(flow)
        column.addWidget(label(text("exports.hint"), "muted", wrap=True))
        self.hide()

    def ask(
        self,
        what: str,
        name: str,
        people: int,
        write: Write,
        *,
        endings: tuple[str, ...] = (".xlsx",),
        reason: str = "",
    ) -> None:
        """Show the card. `what` goes into the log, `name` is the file's first name, `people` how many are in it."""
        self._what, self._name, self._people, self._write, self._endings = what, name, people, write, endings
        self.head.setText(text("exports.head", n=people))
        self.reason.setText(reason)
        self.password.clear()
        self.show()
        self.reason.setFocus()

    def go(self) -> None:
        """Check the two lines, ask where to, write, log."""
        reason, password, write = self.reason.text().strip(), self.password.text(), self._write
        if write is None:
            return

        def check(r: Any) -> None:
            from app.services import exports

            exports.check(r, reason, password)

        def refused(error: Exception) -> None:
            self.shell.messages.error(error)
            self.reason.setFocus()

        self.shell.tasks.read(check, lambda _: self._ask_where(reason, password, write), refused, context=self)

    def _ask_where(self, reason: str, password: str, write: Write) -> None:
        plain = "".join(letter if letter not in '\\/:*?"<>|' else " " for letter in self._name)[:120]
        endings = (".xlsx",) if password else self._endings
        kinds = ";;".join(f"*{ending}" for ending in endings)
        chosen, kind = QFileDialog.getSaveFileName(self._context, text("exports.title"), f"{plain}{endings[0]}", kinds)
        if not chosen:
            return
        out = Path(chosen)
        if out.suffix.lower() not in endings:
            picked = kind.strip("*")
            out = out.with_name(out.name + (picked if picked in endings else endings[0]))
        what, people = self._what, self._people

        def note(_: Any) -> None:
            from app.services import exports

            self.shell.tasks.write(
                lambda w: exports.note(w, what, reason, people=people, locked=bool(password)),
                lambda _: self._done(out, bool(password)),
                self.shell.messages.error,
                context=self,
                undoable=False,
            )

        self.shell.tasks.run(
            lambda: write(out, password), note, self.shell.messages.error, context=self, title=text("exports.writing")
        )

    def _done(self, out: Path, locked: bool) -> None:
        self.close_card()
        said = text("exports.done_locked" if locked else "exports.done_open", file=out.name)
        (self.shell.messages.good if locked else self.shell.messages.warn)(said)

    def close_card(self) -> None:
        """Put the card away; what was typed is forgotten."""
        self.password.clear()
        self.reason.clear()
        self.hide()
        self.closed.emit()

    def event(self, event: QEvent) -> bool:
        escapes = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escapes and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # Esc closes this card, not the page
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        else:
            super().keyPressEvent(event)
