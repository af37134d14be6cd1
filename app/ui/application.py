"""Starts the window: QApplication, fonts, theme, language, Qt's own words, and what happens to unexpected errors."""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, Qt, QTimer, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from app.basics import settings as remembered
from app.basics import words
from app.basics.paths import data_dir, default_store
from app.basics.settings import Settings
from app.ui import navigation, theme
from app.ui.doors import Doors
from app.ui.main_window import MainWindow
from app.ui.one_window import OneWindow
from app.ui.tasks import Tasks, unlock

TITLE_BAR = 32
"""Points that the system's frame takes of the height of a window, about."""
log = logging.getLogger(__name__)
_LOCALES = {"az": "az_AZ", "ru": "ru_RU", "en": "en_GB"}


class QtWords(QTranslator):
    """Qt's own buttons and menus in the language spoken now; Qt ships no Azerbaijani, so they are in qt.toml."""

    def __init__(self) -> None:
        super().__init__()
        entries = words.catalogue("qt")  # words: qt.*
        self._words: dict[str, Any] = {str(entry["en"]).replace("&", ""): entry for entry in entries.values()}

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        found = self._words.get((source or "").replace("&", ""))
        return found.get(words.language()) if found else None

    def isEmpty(self) -> bool:
        return False


def make_application(settings: Settings, arguments: list[str] | None = None) -> QApplication:
    """The QApplication, dressed and speaking; the one there is, if there is one."""
    known = QApplication.instance()
    if isinstance(known, QApplication):
        app = known
    else:
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
        app = QApplication(arguments or ["saha"])
    QCoreApplication.setApplicationName("Sahə")
    theme.load_fonts()
    theme.apply(app, settings.get(remembered.THEME))
    words.use_language(settings.get(remembered.LANGUAGE))
    QLocale.setDefault(QLocale(_LOCALES[words.language()]))
    translator = QtWords()
    translator.setParent(app)
    app.installTranslator(translator)
    shipped = QTranslator(app)
    if words.language() == "ru" and shipped.load(
        "qtbase_ru", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        app.installTranslator(shipped)
        app.removeTranslator(translator)
        app.installTranslator(translator)  # ours is asked first
    return app


def catch_errors(show: Callable[[BaseException], None]) -> None:
    """Show unexpected errors instead of dying in silence; the log gets the stack."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.error("unexpected", exc_info=(kind, error, trace))
        show(error)

    sys.excepthook = hook


def run(arguments: Sequence[str] = (), doors: Doors | None = None, usable: Callable[[], None] | None = None) -> int:
    """Open the window and stay until it closes; returns the exit code. The store opens after the first paint.

    `arguments`: `--store DIR`, and a bundle or kit that was double-clicked. SAHA_PASSPHRASE unlocks without asking.
    `usable` is called once when the first page shows what it read.
    """
    parser = argparse.ArgumentParser(prog="saha gui")
    parser.add_argument("--store", type=Path)
    parser.add_argument("file", type=Path, nargs="?")
    given = parser.parse_args(list(arguments))
    settings = Settings(data_dir() / "settings.json")
    app = make_application(settings)
    one = OneWindow(data_dir())
    if given.file is not None and given.store is None and not one.first and one.hand_over(given.file):
        return 0  # the window that is open shows it
    kept = settings.get(remembered.STORE)
    place = given.store or (Path(kept) if kept else default_store())
    passphrase = os.environ.get("SAHA_PASSPHRASE")
    tasks = Tasks()
    window = MainWindow(tasks, settings, place, doors)
    catch_errors(window.messages.error)
    hints = app.styleHints()
    hints.colorSchemeChanged.connect(lambda _: _follow(window))
    if bounds := settings.get(remembered.WINDOW):
        window.resize(*bounds[:2])
    show_fitting(window)
    LoadAhead(window, navigation.modules())
    one.called.connect(partial(_receive, window))
    one.listen()
    if given.file is not None:
        window.receive(given.file)
    if passphrase:

        def opened(_: object) -> None:
            window.rebuild()
            if usable is not None:
                tasks.read(lambda r: None, lambda _: usable(), context=window)  # after what the page asked for

        QTimer.singleShot(0, window, lambda: tasks.open(unlock(place, passphrase), opened, context=window))
    code = app.exec()
    settings.set(remembered.WINDOW, [window.width(), window.height()])
    tasks.close()
    return code


def show_fitting(window: QWidget) -> None:
    """Show a window; maximised where it and its title bar need all the room the screen has, so that the foot shows."""
    screen = window.screen().availableGeometry()
    if window.width() >= screen.width() or window.height() + TITLE_BAR >= screen.height():
        window.resize(min(window.width(), screen.width()), min(window.height(), screen.height() - TITLE_BAR))
        window.showMaximized()
    else:
        window.show()


class LoadAhead(QObject):
    """Loads the pages' code one by one while nobody waits, so that the first look at a page need not."""

    def __init__(self, parent: QObject, waiting: Sequence[str], *, after: int = 2000, every: int = 200) -> None:
        super().__init__(parent)
        self._waiting, self._every = list(waiting), every
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._next)
        self._timer.start(after)

    def _next(self) -> None:
        self._timer.setInterval(self._every)
        if self._waiting:
            importlib.import_module(self._waiting.pop(0))
        else:
            self._timer.stop()


def _receive(window: MainWindow, path: Path) -> None:
    """Show a file that was double-clicked while the window is open, and come to the front."""
    window.receive(path)
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.raise_()
    window.activateWindow()


def _follow(window: MainWindow) -> None:
    if window.settings.get(remembered.THEME) == "system":
        window.restyle()
