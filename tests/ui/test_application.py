"""Starting: language, theme, Qt's own words, and what must not be loaded before the first paint."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from app.basics import settings as remembered
from app.basics import words
from app.basics.settings import Settings
from app.ui import navigation
from app.ui.application import LoadAhead, catch_errors, make_application, show_fitting


@pytest.mark.parametrize(("language", "cancel"), [("az", "İmtina"), ("ru", "Отмена"), ("en", "Cancel")])
def test_qts_own_buttons_speak_the_language(qapp: Any, qtbot: Any, language: str, cancel: str) -> None:
    settings = Settings()
    settings.set(remembered.LANGUAGE, language)
    make_application(settings)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "") == cancel
    assert QCoreApplication.translate("QLineEdit", "Select All") != "Select All" or language == "en"


def test_the_language_of_the_settings_is_spoken(qapp: Any) -> None:
    settings = Settings()
    settings.set(remembered.LANGUAGE, "ru")
    make_application(settings)
    assert words.language() == "ru"


def test_an_unexpected_error_is_shown_and_logged(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    shown: list[BaseException] = []
    catch_errors(shown.append)
    error = ValueError("x")
    sys.excepthook(ValueError, error, None)
    assert shown == [error] and "unexpected" in caplog.text


LOADED = """
import sys
from pathlib import Path
from app.basics.settings import Settings
from app.ui.application import make_application
from app.ui.main_window import MainWindow
from app.ui.tasks import Tasks
settings = Settings()
app = make_application(settings)
window = MainWindow(Tasks(), settings, Path("none"))
window.show()
app.processEvents()
heavy = ("alembic", "openpyxl", "sqlalchemy", "sqlcipher3", "numpy", "PIL", "cryptography", "rapidfuzz")
print([name for name in heavy if name in sys.modules])
"""


def test_the_window_shows_before_database_and_workbooks_are_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_a_window_as_big_as_the_screen_is_maximised_and_a_smaller_one_is_not(qtbot: Any) -> None:
    screen = QGuiApplication.primaryScreen().availableGeometry()
    for height, maximised in ((screen.height(), True), (screen.height() - 100, False)):
        window = QWidget()
        qtbot.addWidget(window)
        window.resize(screen.width() - 100, height)
        show_fitting(window)
        assert window.isMaximized() == maximised and window.isVisible()


def test_the_code_of_the_pages_is_loaded_while_nobody_waits(qtbot: Any) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    wanted = navigation.modules()
    assert "app.ui.pages.exchange" in wanted and "app.ui.pages.inbox" in wanted
    sys.modules.pop("colorsys", None)
    LoadAhead(parent, ["colorsys", *wanted], after=1, every=1)
    qtbot.waitUntil(lambda: {"colorsys", *wanted} <= set(sys.modules), timeout=10_000)
