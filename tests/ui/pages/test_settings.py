"""Settings take effect at once."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel

from app.basics import settings as remembered
from app.ui.pages.settings import SettingsPage
from tests.ui.keyboard import show
from tests.ui.pages.test_records import Shell, shell

__all__ = ["shell"]


def test_language_and_theme_are_kept_and_told(shell: Shell, qtbot: Any) -> None:
    told: list[str] = []
    shell.relanguage = lambda: told.append("language")
    shell.restyle = lambda: told.append("theme")
    page = SettingsPage(shell)
    qtbot.addWidget(page)
    show(page)
    page.languages.button_of("ru").click()
    page.themes.button_of("dark").click()
    assert told == ["language", "theme"]
    assert shell.settings.get(remembered.LANGUAGE) == "ru" and shell.settings.get(remembered.THEME) == "dark"


def test_it_says_what_register_this_is(shell: Shell, qtbot: Any) -> None:
    page = SettingsPage(shell)
    qtbot.addWidget(page)
    show(page)
    shown = [part.text() for part in page.findChildren(QLabel)]
    assert "Bakı" in shown and "Office" in shown


def test_it_leads_to_the_lists(shell: Shell, qtbot: Any) -> None:
    gone: list[tuple[str, str]] = []
    shell.go = lambda page, target: gone.append((page, target))
    page = SettingsPage(shell)
    qtbot.addWidget(page)
    show(page)
    next(
        b for b in page.findChildren(type(page.languages.button_of("az"))) if b.accessibleName() == "Open the lists"
    ).click()
    next(
        b for b in page.findChildren(type(page.languages.button_of("az"))) if b.accessibleName() == "Open the kinds"
    ).click()
    assert gone == [("lists", ""), ("kinds", "")]
