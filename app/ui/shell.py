"""What a page is given by the window: the threads, the messages, the settings, and the way to other pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QLocale

from app.basics import words
from app.basics.settings import Settings
from app.ui.messages import Messages
from app.ui.tasks import Tasks


@dataclass(frozen=True)
class Command:
    """Something Ctrl+K offers besides what is found: its words, its icon, what it does."""

    label: str
    icon: str
    run: Callable[[], object]


@dataclass
class Shell:
    """The window, as far as a page may know it. `go(page, target)` opens a page at a record; `back()` returns;
    `do(name)` carries out one of the declared actions."""

    tasks: Tasks
    messages: Messages
    settings: Settings
    go: Callable[[str, str], None]
    back: Callable[[], None]
    restyle: Callable[[], None] = lambda: None
    relanguage: Callable[[], None] = lambda: None
    lock: Callable[[], None] = lambda: None
    restore: Callable[[], None] = lambda: None
    show_keys: Callable[[], None] = lambda: None
    do: Callable[[str], None] = lambda name: None

    @property
    def locale(self) -> QLocale:
        """The locale of the language spoken: dates, Monday first."""
        return QLocale({"az": "az_AZ", "ru": "ru_RU", "en": "en_GB"}[words.language()])
