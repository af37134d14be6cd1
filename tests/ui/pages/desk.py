"""A window with a real store for the tests of pages, and a counter of the keys a person would press."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from app.basics import settings as remembered
from app.basics.settings import Settings
from app.ui.application import make_application
from app.ui.main_window import MainWindow
from tests.ui import keyboard

KEYS_A_SECOND = 5
"""60 words a minute."""


@contextmanager
def a_window(tasks: Any, qtbot: Any, folder: Path, language: str = "en", theme: str = "light") -> Iterator[MainWindow]:
    """The main window over the store of `tasks`, shown and active."""
    settings = Settings(folder / "settings.json")
    settings.set(remembered.LANGUAGE, language)
    settings.set(remembered.THEME, theme)
    make_application(settings)
    made = MainWindow(tasks, settings, folder)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    keyboard.show(made)
    yield made
    made.close()


class Typist:
    """Presses keys and counts them; Shift and the other modifiers go down with their key and cost one more."""

    def __init__(self) -> None:
        self.keys = 0

    def type(self, text: str, widget: QWidget | None = None) -> Typist:
        """Letters, `\\n` for Enter and `\\t` for Tab."""
        self.keys += sum(2 if letter.isupper() else 1 for letter in text)
        keyboard.type_text(text, widget)
        return self

    def press(self, keys: str, widget: QWidget | None = None) -> Typist:
        """Keys by name."""
        self.keys += sum(len(name.split("+")) for name in keys.split())
        keyboard.press(keys, widget)
        return self

    @property
    def seconds(self) -> float:
        """How long that takes at 60 words a minute."""
        return self.keys / KEYS_A_SECOND


def settle() -> None:
    """Let the window do what waits."""
    for _ in range(3):
        QApplication.processEvents()
