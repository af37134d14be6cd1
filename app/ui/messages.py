"""From an error or a code to what a person reads; the only place that opens a message box. Decides nothing."""

from __future__ import annotations

import errno
import logging
import platform
import sys
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

from app.basics import words
from app.basics.words import text
from app.errors import Cancelled, Invalid, Problem, UserError

if TYPE_CHECKING:
    from app.ui.tasks import Task, Tasks
    from app.ui.widgets.message_bar import MessageBar

PROGRESS_AFTER = 400
"""Milliseconds before work shows its progress."""
UNDO_LASTS = 12_000
GOOD_LASTS = 6_000
log = logging.getLogger(__name__)


def sentence(error: BaseException) -> str:
    """What to tell a person about an error, in the language spoken now."""
    if isinstance(error, UserError):
        return _say(error.code, error.params)
    if isinstance(error, Invalid):
        return " ".join(dict.fromkeys(sentence_for(problem) for problem in error.problems))
    if isinstance(error, OSError):
        code = {
            errno.ENOSPC: "io_full",
            errno.EDQUOT: "io_full",
            errno.EACCES: "io_denied",
            errno.EPERM: "io_denied",
            errno.EROFS: "io_denied",
            errno.ENOENT: "io_missing",
            errno.ENODEV: "io_missing",
        }.get(error.errno or 0, "io_failed")
        name = str(error.filename or "").replace("\\", "/").rpartition("/")[2]
        return text(f"ui.{code}", file=name, reason=error.strerror or str(error))
    return text("ui.bug")


def sentence_for(problem: Problem) -> str:
    """What is wrong with a value."""
    return _say(problem.code, problem.params)


def _say(code: str, params: dict[str, object]) -> str:
    try:
        told = words.about(code, params)
    except (KeyError, IndexError):
        log.exception("the words of %s ask for other parameters", code)
        told = None
    return told or text("ui.problem", code=code)


class Messages(QObject):
    """What pages say things through: the bar for what happened, a question only where the answer decides."""

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        super().__init__(window)
        self._tasks = tasks
        self._window = window
        self._bar: MessageBar | None = None
        self._running: list[Task] = []
        self._late = QTimer(self, singleShot=True, interval=PROGRESS_AFTER)
        self._late.timeout.connect(self._show_progress)
        tasks.failed.connect(self.error)
        tasks.began.connect(self._on_began)
        tasks.progressed.connect(self._on_progressed)
        tasks.ended.connect(self._on_ended)

    def use(self, bar: MessageBar) -> None:
        """Speak through this bar from now on."""
        self._bar = bar
        bar.cancelRequested.connect(self._on_cancel)

    def info(self, said: str, *, action: str = "", act: Callable[[], object] | None = None) -> None:
        """Something to know, until closed."""
        self._show(said, "info", action, act, 0)

    def good(self, said: str, *, action: str = "", act: Callable[[], object] | None = None) -> None:
        """It worked; goes away by itself."""
        self._show(said, "good", action, act, GOOD_LASTS if not action else UNDO_LASTS)

    def warn(self, said: str, *, action: str = "", act: Callable[[], object] | None = None) -> None:
        """It worked, but needs a person."""
        self._show(said, "warn", action, act, 0)

    def error(self, error: BaseException) -> None:
        """It did not work: a sentence for what was expected, the report for a bug."""
        if isinstance(error, Cancelled):
            return
        if isinstance(error, UserError | Invalid | OSError):
            self._show(sentence(error), "error", "", None, 0)
        else:
            log.error("a step failed", exc_info=error)
            self._show(text("ui.bug"), "error", text("ui.bug_details"), lambda: self.crash(error), 0)

    def undo(self, said: str) -> None:
        """It is done, and can be taken back while the message stands."""
        self._show(said, "good", text("ui.undo"), self._tasks.undo, UNDO_LASTS)

    def clear(self) -> None:
        """Nothing to say any more (a page was left)."""
        if self._bar is not None:
            self._bar.clear()

    def confirm(self, question: str, action: str, *, detail: str = "", danger: bool = False) -> bool:
        """Ask before what cannot be undone; `action` names what Yes does. True if they want it."""
        box = QMessageBox(self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle(action)
        box.setText(question)
        box.setInformativeText(detail)
        yes = box.addButton(action, QMessageBox.ButtonRole.AcceptRole)
        yes.setProperty("kind", "danger" if danger else "primary")
        no = box.addButton(text("ui.cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no if danger else yes)
        box.setEscapeButton(no)
        box.exec()
        return box.clickedButton() is yes

    def crash(self, error: BaseException) -> None:
        """The report of a bug: what to send, and that this step saved nothing."""
        box = QMessageBox(self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle(text("ui.bug_details"))
        box.setText(text("ui.bug"))
        box.setInformativeText(text("ui.bug_send"))
        box.setDetailedText(report(error))
        box.addButton(text("ui.close"), QMessageBox.ButtonRole.RejectRole)
        box.exec()

    def _show(self, said: str, kind: str, action: str, act: Callable[[], object] | None, lasting: int) -> None:
        if self._bar is not None:
            self._bar.show_message(said, kind, action=action, act=act, lasting=lasting)

    # --- progress ---------------------------------------------------------------------------------------

    def _on_began(self, task: Task) -> None:
        self._running.append(task)
        if not self._late.isActive():
            self._late.start()

    def _on_progressed(self, task: Task) -> None:
        if self._bar is not None and self._bar.under_way and self._running and self._running[0] is task:
            self._show_progress()

    def _on_ended(self, task: Task) -> None:
        if task in self._running:
            self._running.remove(task)
        if not self._running:
            self._late.stop()
            if self._bar is not None:
                self._bar.clear_progress()

    def _show_progress(self) -> None:
        if self._running and self._bar is not None:
            task = self._running[0]
            self._bar.show_progress(task.title or text("ui.working"), task.done, task.total)

    def _on_cancel(self) -> None:
        for task in self._running:
            task.cancel()


def report(error: BaseException) -> str:
    """A copyable report of a bug: versions and the stack, never the values of the register."""
    stack = "".join(traceback.format_tb(error.__traceback__))
    return f"Sahə · Python {platform.python_version()} · {sys.platform}\n{type(error).__name__}\n\n{stack}"
