"""The first page: a wrong passphrase, a right one, and the ways to begin; typed, with real stores."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QRadioButton

from app.basics import settings as remembered
from app.basics import words
from app.basics.settings import Settings
from app.basics.words import text
from app.keys.slots import LIGHT
from app.models.store import Store
from app.services import backup, practice
from app.sync.office import enrol_office, make_kit
from app.ui import drives
from app.ui.application import make_application
from app.ui.doors import Doors
from app.ui.main_window import MainWindow
from app.ui.pages.unlock import UnlockPage, _Sheet
from app.ui.tasks import Tasks
from tests import build
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
    for show_sheet in (page.show_choices, page.show_join, page.show_office, page.show_restore, page.show_unlock):
        show_sheet()
        assert not list(clipped(window)) and not list(unnamed(window))
    assert page.findChildren(QPushButton)


def found_on_a_stick(monkeypatch: pytest.MonkeyPatch, stick: Path) -> None:
    monkeypatch.setattr(drives, "removable", lambda: [drives.Drive("BAKI", stick, 10**9)])


@pytest.fixture
def kit(store: Any, tmp_path: Path) -> tuple[Path, str]:
    """A stick with the kit of a laptop in Ganja, and its code."""
    enrol_office(store)
    store.write(lambda w: build.a_person(w, owner_site=build.site("ganja")))
    stick = tmp_path / "stick"
    stick.mkdir()
    return stick, make_kit(store, ["ganja"], "Gəncə 1", stick / "ganca-1.sahakit", work=LIGHT)


def test_a_laptop_joins_from_the_stick_that_is_in_it_practises_and_comes_back(
    kit: tuple[Path, str], tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick, code = kit
    found_on_a_stick(monkeypatch, stick)
    monkeypatch.setattr(practice, "fill_site", partial(practice.fill_site, people=8, events=2))
    folder = tmp_path / "laptop" / "store"
    monkeypatch.setenv("SAHA_DATA", str(tmp_path / "laptop"))
    window, page = make(qtbot, folder)
    page.show_join()
    assert "Found on stick BAKI: ganca-1.sahakit" in words_on(page), "nobody looked for it"
    assert "for laptop Gəncə 1 (Ganja), made by Bakı on " in words_on(page), "what stands on it needs no code"
    type_text(f"{code}\tAysel\tpractice\tpractice\n")
    assert "This laptop is Gəncə 1" in words_on(page)
    assert "Ganja. 1 people and 0 activities" in words_on(page)
    next(b for b in page.findChildren(QPushButton) if b.text() == "Practise first").click()
    qtbot.waitUntil(lambda: window.frame is not None, timeout=20_000)
    assert window.tasks.folder is not None and window.tasks.folder.name != "store"
    assert window.settings.get(remembered.STORE) == str(folder), "the next start opens what counts"
    window.lock()
    assert window.unlock_page is not None
    window.unlock_page.show_choices()
    assert "The register of this laptop" in words_on(window.unlock_page)
    press("Return")
    type_text("practice\n")
    qtbot.waitUntil(lambda: window.frame is not None)
    assert window.tasks.folder == folder
    window.tasks.close()


def test_a_kit_that_was_double_clicked_is_in_its_place(kit: tuple[Path, str], tmp_path: Path, qtbot: Any) -> None:
    window, page = make(qtbot, tmp_path / "laptop" / "store")
    window.receive(kit[0] / "ganca-1.sahakit")
    assert sheet(page).lines[0].text().endswith("ganca-1.sahakit")


def test_a_dead_laptop_comes_back_from_the_stick_and_says_first_what_it_holds(
    store: Any, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write(build.a_person)
    stick = tmp_path / "stick"
    backup.keep_on(store, stick)
    before = store.identity.store_id
    store.close()
    found_on_a_stick(monkeypatch, stick)
    window, page = make(qtbot, tmp_path / "new" / "store")
    page.show_restore()
    assert "backup on a stick" in page.findChildren(QRadioButton)[0].text()
    type_text("practice\n")  # looks inside
    said = words_on(page)
    assert "People 1" in said and "on paper only" in said
    assert window.frame is None, "nothing is done yet"
    press("Space")  # the focus is on "Bring this one back"
    qtbot.waitUntil(lambda: window.frame is not None, timeout=20_000)
    assert window.tasks.folder == tmp_path / "new" / "store"
    qtbot.waitUntil(lambda: "under a new number" in window.bar.text, timeout=5_000)
    assert "before is kept" not in window.bar.text, "there was nothing here"
    with Store.open_with_key(stick_copy(stick, tmp_path), store.key) as copy:
        assert copy.identity.store_id == before
    seen: list[str] = []
    window.tasks.read(lambda r: r.identity.store_id, seen.append, context=window)
    assert seen != [before]
    window.tasks.close()


def stick_copy(stick: Path, place: Path) -> Path:
    (place / "look").mkdir()
    (place / "look" / "saha.db").write_bytes(next(stick.rglob("*.db")).read_bytes())
    return place / "look"


def test_what_would_be_lost_is_said_first_and_the_present_one_is_kept(store: Any, qtbot: Any) -> None:
    store.write(build.a_person)
    backup.make(store)
    for _ in range(4):
        store.write(build.a_person)
    folder = store.folder
    store.close()
    window, page = make(qtbot, folder)
    page.show_restore()
    type_text("wrong wrong wrong\n")
    assert sheet(page).said == text("errors.wrong_passphrase")
    sheet(page).lines[0].clear()
    type_text("practice\n")
    assert "Would be lost: 4 changes since (People 4)." in words_on(page)
    assert "People 5 → 1" in words_on(page)
    press("Space")
    qtbot.waitUntil(lambda: window.frame is not None, timeout=20_000)
    assert list(folder.glob("replaced-*.db"))
    window.tasks.close()


def words_on(widget: Any) -> str:
    return "\n".join(made.text() for made in widget.findChildren(QLabel) if made.isVisibleTo(widget))
