"""Keys mean nothing while the register is locked, but for those that need none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.basics import settings as remembered
from app.basics import words
from app.basics.settings import Settings
from app.ui.actions import ACTIONS
from app.ui.application import make_application
from app.ui.main_window import MainWindow
from app.ui.tasks import Tasks
from tests.ui.keyboard import press, show


def test_locked_keys_do_nothing_and_language_can_be_chosen(qtbot: Any, tmp_path: Path) -> None:
    settings = Settings()
    settings.set(remembered.LANGUAGE, "en")
    make_application(settings)
    window = MainWindow(Tasks(inline=True), settings, tmp_path)
    qtbot.addWidget(window)
    show(window)
    for action in ACTIONS:
        if action.name not in ("keys", "quit"):
            window.shortcuts.do(action.name)
    assert window.frame is None and window.unlock_page is not None
    before = words.language()
    press("Ctrl+Shift+L", window)
    assert words.language() != before
