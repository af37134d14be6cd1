"""What pages are given."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from app.basics import words
from app.basics.settings import Settings
from app.ui.shell import Shell


def test_the_locale_is_that_of_the_language_and_weeks_start_on_monday(tasks: Any) -> None:
    shell = Shell(tasks, None, Settings(), lambda page, target: None, lambda: None)  # type: ignore[arg-type]
    for language in ("az", "ru", "en"):
        words.use_language(language)
        assert shell.locale.name().startswith(language)
        assert shell.locale.firstDayOfWeek() == Qt.DayOfWeek.Monday
