"""The door with a real store: a family in two seconds, Backspace, estimates apart, the helper's screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.basics import words
from app.errors import UserError
from app.models.queries.tallies import totals
from app.models.store import Store
from app.services import tallies
from app.ui.main_window import MainWindow
from app.ui.pages.door import CATEGORIES, KEYS, LAYOUTS, DoorPage, keys_for
from tests import build
from tests.ui.keyboard import press, type_text
from tests.ui.looks import clipped, unnamed
from tests.ui.pages.desk import Typist, a_window, settle


@pytest.fixture
def window(tasks: Any, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setenv("PATH", str(tmp_path))  # no inhibitor of this machine
    with a_window(tasks, qtbot, tmp_path) as made:
        yield made


def open_door(window: MainWindow, store: Store) -> DoorPage:
    window.go("door", store.write(build.an_open_day).value)
    settle()
    page = window.page
    assert isinstance(page, DoorPage)
    return page


def counted(page: DoorPage, store: Store) -> dict[str, int]:
    with store.read() as r:
        return totals(r, page.activity).by_category


def test_a_family_of_four_takes_less_than_two_seconds(window: MainWindow, store: Store) -> None:
    page = open_door(window, store)
    assert QApplication.focusWidget() is page.board
    by_letters = Typist().type("wmgb")
    assert counted(page, store) == {"woman": 1, "man": 1, "girl": 1, "boy": 1}
    by_group = Typist().press("F6")
    assert counted(page, store) == {"woman": 2, "man": 2, "girl": 2, "boy": 2}
    assert by_letters.seconds <= 2 and by_group.seconds <= 2
    assert page.board.total.text() == "8" and page.board.tiles["girl"].number == 2


@pytest.mark.parametrize("language", ["en", "az", "ru"])
def test_each_language_has_its_keys_on_the_screen_and_the_other_layouts_work(
    tasks: Any, qtbot: Any, tmp_path: Path, store: Store, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with a_window(tasks, qtbot, tmp_path, language=language) as window:
        page = open_door(window, store)
        shown = [page.board.tiles[c].key for c in CATEGORIES]
        assert shown == list(KEYS[language].upper())
        type_text(KEYS[language] + LAYOUTS[language][:4])
        assert counted(page, store) == dict.fromkeys(CATEGORIES, 2)
        for size in ((1366, 768), (683, 384)):
            window.resize(*size)
            settle()
            assert not list(clipped(page)), size
            page.open_correction()
            settle()
            assert not list(clipped(page)), size
            assert not list(unnamed(page))
            page.close_cards()
        assert words.language() == language


def test_the_keys_of_a_language_never_mean_two_things() -> None:
    for language, letters in KEYS.items():
        assert len(set(letters)) == 4
        assert [keys_for(language)[letter] for letter in letters] == list(CATEGORIES)


def test_backspace_takes_back_the_last_key_by_a_row_of_its_own(window: MainWindow, store: Store) -> None:
    page = open_door(window, store)
    type_text("wm")
    press("F6")
    press("Backspace")
    assert counted(page, store) == {"woman": 1, "man": 1, "girl": 0, "boy": 0}
    press("Backspace Backspace Backspace")
    assert page.board.total.text() == "0"
    with store.read() as r:
        rows = r.list("tally", activity=page.activity)
    assert sum(row["delta"] for row in rows) == 0 and len(rows) == 12, "nothing was edited or deleted"
    assert {row["reason"] for row in rows if row["delta"] < 0} == {"wrong key"}


def test_ctrl_z_and_then_backspace_do_not_take_back_twice(window: MainWindow, store: Store) -> None:
    page = open_door(window, store)
    type_text("wm")
    press("Ctrl+Z")
    assert page.board.total.text() == "1"
    press("Backspace")
    assert counted(page, store)["woman"] == 0 and not window.bar.text.startswith("That")


def test_a_class_of_twelve_girls(window: MainWindow, store: Store) -> None:
    page = open_door(window, store)
    type_text("12")
    assert "12" in page.caption.text()
    type_text("g")
    assert counted(page, store) == {"girl": 12}
    with store.read() as r:
        assert len(r.list("tally", activity=page.activity)) == 1


def test_an_estimate_is_shown_apart_and_typing_it_counts_nobody(window: MainWindow, store: Store) -> None:
    page = open_door(window, store)
    type_text("w")
    press("Ctrl+E")
    type_text("80\n")
    assert page.board.total.text() == "1" and "80" in page.apart.text()
    assert QApplication.focusWidget() is page.board
    with store.read() as r:
        assert totals(r, page.activity).estimated == 80


def test_a_correction_asks_for_its_reason(window: MainWindow, store: Store) -> None:
    page = open_door(window, store)
    type_text("20w")
    press("Ctrl+D")
    type_text("3\n")
    assert QApplication.focusWidget() is page.reason_line
    type_text("two gates\n")
    assert counted(page, store) == {"woman": 17} and page.board.total.text() == "17"
    assert "3" in page.apart.text()
    press("Ctrl+D")
    type_text("99\n")
    type_text("mistake\n")
    assert "17" in window.bar.text, "more than were counted cannot be taken off"


def test_programme_elements_are_ticked_by_key(window: MainWindow, store: Store) -> None:
    page = open_door(window, store)
    press("Alt+2")
    with store.read() as r:
        happened = {e["title"]: e["happened_at"] for e in r.list("programme_element", activity=page.activity)}
    assert happened["Çevik reaksiya qrupu"] and not happened["Lotereya"]
    press("Alt+2")
    assert page.event_ is not None and not any(e["happened_at"] for e in page.event_.elements)


def test_each_laptop_has_its_door_and_the_sum_is_of_both(window: MainWindow, store: Store, tasks: Any) -> None:
    page = open_door(window, store)
    page.doors.button_of("B").click()
    type_text("ww")
    activity = page.activity
    tasks.write(lambda w: tallies.count(w, activity, "A", "man", 5))  # as a received bundle would
    assert page.board.total.text() == "2" and page.all_doors.text() == "7"
    window.go("today")
    window.go("door", activity)
    assert page.doors.value() == "B"
    with store.read() as r:
        assert totals(r, activity).by_door == {"A": 5, "B": 2}


def test_the_helper_sees_only_the_counting_and_leaving_locks(window: MainWindow, store: Store) -> None:
    page = open_door(window, store)
    locked: list[bool] = []
    page.shell.lock = lambda: locked.append(True)
    press("F11")
    alone = page.face.window()
    assert alone is not window and not window.isVisible() and alone.isVisible()
    assert not page._back_button.isVisible() and not page._more.isVisible()
    type_text("wm", page.board)
    assert store.identity.level == "helper"
    with pytest.raises(UserError) as refused:  # whatever way somebody finds out of this screen
        store.write(build.a_person)
    assert refused.value.code == "role_may_not"
    with pytest.raises(UserError), store.read() as r:
        r.list("person")
    with store.read() as r:
        assert totals(r, page.activity).by_category == {"woman": 1, "man": 1}
    alone.close()
    settle()
    assert window.isVisible() and locked == [True]


def test_the_screen_stays_awake_while_the_door_is_shown(window: MainWindow, store: Store) -> None:
    page = open_door(window, store)
    asked: list[str] = []
    page.awake.hold = lambda: asked.append("hold")  # type: ignore[method-assign]
    page.awake.release = lambda: asked.append("release")  # type: ignore[method-assign]
    window.go("today")
    window.go("door", page.activity)
    assert asked == ["release", "hold"]


def test_without_an_event(window: MainWindow, store: Store) -> None:
    window.go("door", "")
    page = window.page
    assert isinstance(page, DoorPage) and page._no_activity.isVisible()


def test_the_helper_is_told_when_a_head_could_not_be_saved(window: MainWindow, store: Store) -> None:
    page = open_door(window, store)
    page.shell.lock = lambda: None
    press("F11")
    type_text("w", page.board)
    page._count(lambda w: [tallies.count(w, page.activity, "A", "nobody_we_know")])
    assert page.fault.isVisible() and page.fault.text() and page.board.total.text() == "1"
    type_text("m", page.board)
    assert not page.fault.isVisible() and page.board.total.text() == "2"
    page.face.window().close()
    settle()


def test_the_sentence_for_the_report_is_one_command(window: MainWindow, store: Store) -> None:
    page = open_door(window, store)
    page.copy_sentence()
    assert "Nobody has been counted" in window.bar.text
    type_text("60w")
    type_text("40m")
    page.copy_sentence()
    sentence = "About 100 people (100 counted at one entrance; 60 % women and girls)."
    assert QApplication.clipboard().text() == sentence and sentence in window.bar.text


def test_each_key_that_is_kept_is_heard_unless_the_sound_is_off(window: MainWindow, store: Store) -> None:
    page = open_door(window, store)
    heard: list[int] = []
    page.beep = lambda: heard.append(1)
    type_text("wm")
    press("F6")
    assert len(heard) == 3
    page._count(lambda w: [tallies.count(w, page.activity, "A", "nobody_we_know")])
    assert len(heard) == 3, "what was not kept is not heard"
    page.set_sound(False)
    type_text("w")
    assert len(heard) == 3 and page.event_ is not None and not page.event_.sound


def test_digits_can_be_read_at_two_metres(window: MainWindow, store: Store) -> None:
    page = open_door(window, store)
    press("F11")
    alone = page.face.window()
    alone.showNormal()
    alone.resize(1366, 768)
    settle()
    assert page.board.total.font().pointSize() >= 72, "an inch at 100 %: read at two metres and more"
    for tile in page.board.tiles.values():
        assert tile._size >= 36
    page.shell.lock = lambda: None
    alone.close()
    settle()
