"""What the declared actions do in the window, by key and from Ctrl+K; keeps nothing."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from app.basics import settings as remembered
from app.basics import words
from app.basics.words import text
from app.ui import navigation, theme
from app.ui.actions import ACTIONS
from app.ui.widgets.filter_line import FilterLine
from app.ui.widgets.keys_sheet import KeysSheet


class Shortcuts(QObject):
    """One method for each of ACTIONS, `do_<name>`; `window` is the MainWindow, which makes it."""

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self._window = window
        for action in ACTIONS:
            for key in action.keys:
                QShortcut(QKeySequence(key), window, lambda name=action.name: self.do(name))

    def do(self, name: str) -> None:
        """Carry out an action by its name; most mean nothing while the register is locked."""
        if self._window.frame is not None or name in ("theme", "language", "keys", "quit"):
            getattr(self, f"do_{name}")()

    def do_find(self) -> None:
        if self._window.frame is not None:
            self._window.frame.palette_.open()

    def do_back(self) -> None:
        window = self._window
        if window.bar.text:
            window.bar.clear()
        elif not window.page.go_back():
            window.back()

    def do_undo(self) -> None:
        window = self._window
        if window.tasks.undo(lambda _: window.messages.good(text("ui.undone"))) is None:
            window.messages.info(text("ui.nothing_to_undo"))

    def do_redo(self) -> None:
        self._window.tasks.redo(lambda _: self._window.messages.good(text("ui.redone")))

    def do_filter(self) -> None:
        if (line := self._window.page.findChild(FilterLine)) is not None:
            line.setFocus()
            line.selectAll()

    def do_reload(self) -> None:
        self._window.page.renew()

    def do_rail(self) -> None:
        settings = self._window.settings
        settings.set(remembered.RAIL, not settings.get(remembered.RAIL))
        self._window.frame.fold(not settings.get(remembered.RAIL))

    def do_theme(self) -> None:
        settings = self._window.settings
        dark = theme.is_dark(settings.get(remembered.THEME))
        settings.set(remembered.THEME, "light" if dark else "dark")
        self._window.restyle()

    def do_language(self) -> None:
        order = words.LANGUAGES
        self._window.speak(order[(order.index(words.language()) + 1) % len(order)])

    def do_lock(self) -> None:
        self._window.lock()

    def do_keys(self) -> None:
        keys = [(action.shown_key, action.label) for action in ACTIONS]
        keys += [(f"Ctrl+{n}", entry.label) for n, entry in enumerate(navigation.in_rail(), 1)]
        KeysSheet(text("ui.keys"), text("ui.keys_intro"), keys, self._window).exec()

    def do_quit(self) -> None:
        self._window.close()
