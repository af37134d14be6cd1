"""A page that is to come says so in the language spoken."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel

from app.basics import words
from app.basics.words import text
from app.ui.pages.coming import ComingPage
from tests.ui.pages.test_records import Shell, shell

__all__ = ["shell"]


def test_it_names_the_page_and_says_that_it_comes(shell: Shell, qtbot: Any) -> None:
    words.use_language("ru")
    page = ComingPage(shell, "Отчёты", "chart-column")
    qtbot.addWidget(page)
    shown = [part.text() for part in page.findChildren(QLabel)]
    assert "Отчёты" in shown and text("ui.coming") in shown
