"""The first page: a wrong passphrase, a right one, and the ways to begin; typed, with real stores."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton

from app.basics import settings as remembered
from app.basics import words
from app.basics.settings import Settings
from app.basics.words import text
from app.ui.application import make_application
from app.ui.doors import Doors
from app.ui.main_window import MainWindow
from app.ui.pages.unlock import UnlockPage, _Sheet
from app.ui.tasks import Tasks
from tests.ui.keyboard import press, show, type_text
from tests.ui.looks import clipped, unnamed


def make(qtbot: Any, folder: Path) -> tuple[MainWindow, UnlockPage]:
    settings = Settings()
    settings.set(remembered.LANGUAGE, "en")
    make_application(settings)
    window = MainWindow(Tasks(inline=True), settings, folder)
    qtbot.addWidget(window)
    qtbot.window_of_the_test = window
    window.resize(1366, 768)
    show(window)
    assert window.unlock_page is not None
    return window, window.unlock_page


def sheet(page: UnlockPage) -> _Sheet:
    found = page.sheets.currentWidget()
    assert isinstance(found, _Sheet)
    return found


def test_a_wrong_passphrase_is_told_and_can_be_typed_again(store: Any, qtbot: Any) -> None:
    folder = store.folder
    store.close()
    window, page = make(qtbot, folder)
    type_text("yanlış ifadə\n")
    assert sheet(page).said == text("errors.wrong_passphrase")
    assert not window.tasks.has_store
    type_text("practice\n")
    qtbot.waitUntil(lambda: window.frame is not None)
    assert window.page.accessibleName() == "Today" and window.tasks.has_store
    assert window.settings.get(remembered.STORE) == str(folder)
    window.tasks.close()


def test_an_office_is_set_up_by_typing(tmp_path: Path, qtbot: Any) -> None:
    window, page = make(qtbot, tmp_path / "store")
    page.show_office()
    type_text("Aygün\tdörd adi söz yetər\tdörd adi söz\n")
    assert sheet(page).said == text("ui.passphrase_differ")
    type_text("dörd adi söz yetər\n")
    qtbot.waitUntil(lambda: window.frame is not None, timeout=15_000)
    assert (tmp_path / "store" / "saha.db").exists()
    window.tasks.close()


def test_a_weak_passphrase_is_refused_and_leaves_nothing(tmp_path: Path, qtbot: Any) -> None:
    window, page = make(qtbot, tmp_path / "store")
    page.show_office()
    type_text("Aygün\tqısa\tqısa\n")
    assert sheet(page).said and window.frame is None
    assert not (tmp_path / "store" / "saha.db").exists()


def test_what_is_missing_is_named(tmp_path: Path, qtbot: Any) -> None:
    _, page = make(qtbot, tmp_path)
    page.show_join()
    press("Return")
    assert text("ui.kit_file") in sheet(page).said


def test_the_choices_are_reached_by_keyboard(tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []

    def practice(self: Doors, folder: Path) -> Any:
        asked.append(folder)
        return Doors.unlock(self, tmp_path / "nothing", "x")

    monkeypatch.setattr(Doors, "practice", practice)
    _, page = make(qtbot, tmp_path / "store")
    press("Tab Tab Return")
    assert asked == [tmp_path / "practice"]
    assert sheet(page).said == text("errors.store_missing", folder="nothing")


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_sheet_has_room_and_names(tmp_path: Path, qtbot: Any, language: str) -> None:
    window, _ = make(qtbot, tmp_path)
    window.speak(language)
    page = window.unlock_page
    assert page is not None
    for show_sheet in (page.show_choices, page.show_join, page.show_office, page.show_unlock):
        show_sheet()
        assert not list(clipped(window)) and not list(unnamed(window))
    assert page.findChildren(QPushButton)
