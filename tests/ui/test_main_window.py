"""The shell with a real store behind it: pages, keys, languages, themes, undo; presses keys, never calls slots."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from app.basics import clock, words
from app.basics import settings as remembered
from app.basics.settings import Settings
from app.ui import navigation, theme
from app.ui.application import make_application
from app.ui.main_window import MainWindow
from app.ui.pages.records import RecordsPage
from tests import build
from tests.ui.keyboard import press, show, type_text
from tests.ui.looks import clipped, unnamed
from tests.ui.pages.desk import a_window


@pytest.fixture
def window(tasks: Any, qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    settings = Settings(tmp_path / "settings.json")
    settings.set(remembered.LANGUAGE, "en")
    settings.set(remembered.THEME, "light")
    make_application(settings)
    made = MainWindow(tasks, settings, tmp_path)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    show(made)
    yield made
    made.close()


def open_list(window: MainWindow, record: str) -> RecordsPage:
    window.go("lists", record)
    page = window.page.findChild(RecordsPage)
    assert page is not None
    QApplication.processEvents()
    return page


def test_the_rail_leads_to_every_page(window: MainWindow) -> None:
    for number, entry in enumerate(navigation.in_rail(), 1):
        press(f"Ctrl+{number}")
        assert window.page.accessibleName() == entry.label
        assert window.frame is not None and window.frame.rail.button_of(entry.key).isChecked()


def test_esc_goes_back_where_one_was(window: MainWindow) -> None:
    window.go("settings")
    window.go("lists", "venue")
    press("Esc")
    assert window.page.accessibleName() == "Settings"


def test_a_language_can_be_chosen_while_running_and_the_place_is_kept(window: MainWindow) -> None:
    window.go("lists", "site")
    press("Ctrl+Shift+L")
    assert words.language() == "az"
    assert window.page.place().startswith("site/")
    assert window.page.accessibleName() == "Siyahılar"
    assert window.settings.get(remembered.LANGUAGE) == "az"


def test_the_theme_can_be_switched_while_running(window: MainWindow) -> None:
    before = theme.tokens()
    press("Ctrl+Shift+T")
    assert theme.tokens() is theme.DARK and before is theme.LIGHT
    assert window.palette().color(window.backgroundRole()).name() == theme.DARK.page


def test_ctrl_k_finds_a_person_by_three_letters_in_another_script(window: MainWindow, store: Any) -> None:
    person = store.write(lambda w: w.put("person", {"surname": "Cəfərova", "given": "Günel"})).value
    press("Ctrl+K")
    type_text("Джаф")
    assert window.frame.palette_.hits[0].label.startswith("Cəfərova")
    press("Return")
    assert window.page.accessibleName() == "People" and window.page.place() == person


def test_ctrl_k_runs_a_command(window: MainWindow) -> None:
    press("Ctrl+K")
    type_text("settings")
    press("Return")
    assert window.page.accessibleName() == "Settings"


def test_an_edit_is_saved_as_it_is_made_and_ctrl_z_takes_it_back(window: MainWindow, store: Any) -> None:
    row = store.write(lambda w: w.put("venue", {"name": "Mədəniyyət evi"})).value
    page = open_list(window, "venue")
    page.open(row)
    QApplication.processEvents()
    assert page._form is not None
    line = page._form.editor("name").widget
    line.setFocus()
    assert isinstance(line, QLineEdit)
    line.selectAll()
    type_text("Gənclər evi\t")
    with store.read() as reader:
        assert reader.get("venue", row)["name"] == "Gənclər evi"
    assert page.table.seen_rows()[0]["name"] == "Gənclər evi"
    press("Ctrl+Z")
    with store.read() as reader:
        assert reader.get("venue", row)["name"] == "Mədəniyyət evi"
    assert page._form is not None and page._form.editor("name").value() == "Mədəniyyət evi"
    press("Ctrl+Shift+Z")
    with store.read() as reader:
        assert reader.get("venue", row)["name"] == "Gənclər evi"


def test_ctrl_z_while_typing_takes_back_letters_only(window: MainWindow, store: Any) -> None:
    row = store.write(lambda w: w.put("venue", {"name": "Klub"})).value
    page = open_list(window, "venue")
    page.open(row)
    QApplication.processEvents()
    assert page._form is not None
    line = page._form.editor("name").widget
    line.setFocus()
    type_text("x")
    press("Ctrl+Z")
    with store.read() as reader:
        assert reader.get("venue", row) is not None
    assert page._form.editor("name").value() == "Klub"


def test_a_bad_value_is_told_under_its_field_and_not_saved(window: MainWindow, store: Any) -> None:
    row = store.write(lambda w: w.put("venue", {"name": "Klub", "capacity": 40})).value
    page = open_list(window, "venue")
    page.open(row)
    QApplication.processEvents()
    assert page._form is not None
    page._form.editor("capacity").focus()
    line = page._form.editor("capacity").widget
    assert isinstance(line, QLineEdit)
    line.selectAll()
    type_text("many\t")
    assert any(
        shown.text()
        for shown in page._form.findChildren(QLabel)
        if shown.property("role") == "problem" and shown.isVisible()
    )
    with store.read() as reader:
        assert reader.get("venue", row)["capacity"] == 40


def test_a_new_row_is_made_and_binned_and_brought_back(window: MainWindow, store: Any) -> None:
    page = open_list(window, "venue")
    press("Ctrl+N")
    page._form.editor("name").focus()  # type: ignore[union-attr]
    type_text("Şəhər kitabxanası")
    press("Ctrl+Return")
    with store.read() as reader:
        (made,) = reader.list("venue")
    assert made["name"] == "Şəhər kitabxanası"
    page.bin([made["id"]])
    with store.read() as reader:
        assert reader.list("venue") == []
    assert window.bar.text
    window.bar.press_action()
    with store.read() as reader:
        assert len(reader.list("venue")) == 1


def test_a_new_row_without_what_is_required_is_not_made(window: MainWindow, store: Any) -> None:
    open_list(window, "venue")
    press("Ctrl+N Ctrl+Return")
    with store.read() as reader:
        assert reader.list("venue") == []


def test_locking_closes_the_store_and_asks(window: MainWindow) -> None:
    press("Ctrl+Shift+X")
    assert not window.tasks.has_store and window.unlock_page is not None


def test_the_rail_folds_where_there_is_little_room(window: MainWindow) -> None:
    assert window.frame is not None and not window.frame.rail.folded
    window.resize(800, 600)
    assert window.frame.rail.folded
    window.resize(1366, 768)
    assert not window.frame.rail.folded
    press("Ctrl+B")
    assert window.frame.rail.folded and not window.settings.get(remembered.RAIL)


def test_the_foot_says_whose_register_it_is(window: MainWindow) -> None:
    said = [shown.text() for shown in window.frame.foot.findChildren(QLabel)]
    assert "Bakı" in said and "Practice data" in said


OWN = ("settings", "lists", "people", "activities")


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_nothing_is_clipped_and_everything_has_a_name(window: MainWindow, language: str, store: Any) -> None:
    row = store.write(lambda w: w.put("venue", {"name": "Klub"})).value
    window.speak(language)
    for key in OWN:
        window.go(key, f"venue/{row}" if key == "lists" else "")
        for size in ((1366, 768), (1000, 640)):
            window.resize(*size)
            assert not list(clipped(window)), (key, size)
        assert not list(unnamed(window)), key


def test_a_clipped_button_is_caught(window: MainWindow) -> None:
    button = next(b for b in window.findChildren(QAbstractButton) if b.text() and b.isVisible())
    button.setMaximumWidth(20)
    button.setMinimumWidth(20)
    button.resize(20, button.height())
    assert list(clipped(window))
    line = QLineEdit(window)
    line.show()
    assert list(unnamed(window)) and isinstance(line, QWidget)


def test_a_helper_has_the_door_and_no_register(tasks: Any, qtbot: Any, tmp_path: Path, store: Any) -> None:
    event = store.write(lambda w: build.an_open_day(w, start=clock.today().isoformat())).value
    store.write(lambda w: (build.a_person(w, surname="Cəfərova"), build.an_action(w, due="2026-01-01")))
    store.lower("helper")
    with a_window(tasks, qtbot, tmp_path) as window:
        assert [button.accessibleName() for button in window.frame.rail.findChildren(QAbstractButton)][:1] == ["Today"]
        for key in ("people", "activities", "lists", "reports", "attendance", "kinds"):
            window.go(key, "")
            assert window.page.accessibleName() == "Today", key
        page = window.page
        assert not page.late.isVisible() and not page.coming.isVisible() and not page.new_button.isVisible()
        press("Ctrl+K")
        type_text("Cəf")
        assert list(window.frame.palette_.hits) == []
        press("Escape")
        next(b for b in page.on.findChildren(QAbstractButton) if b.text() == "Count at the door").click()
        assert window.page.accessibleName() == "Counting at the door"
        type_text("wm", window.page.board)
        with store.read() as r:
            assert r.count("tally", activity=event) == 2
