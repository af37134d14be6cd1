"""The history of a record beside it, wherever it is shown, and back from there by keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from app.basics import words
from app.models.store import Store
from app.ui.main_window import MainWindow
from app.ui.pages.history_part import AT_ONCE, HistoryPart
from tests import build
from tests.ui import keyboard
from tests.ui.looks import clipped, unnamed
from tests.ui.pages.desk import a_window, settle


def part_in(widget: QWidget) -> HistoryPart:
    parts = widget.findChildren(HistoryPart)
    assert len(parts) == 1
    return parts[0]


def press(widget: QWidget, words_: str) -> None:
    found = next(b for b in widget.findChildren(QPushButton) if words_ in b.accessibleName() and b.isVisible())
    found.setFocus()
    keyboard.press("Space")
    settle()


def test_a_value_comes_back_from_the_history_of_a_plain_record(
    tasks: Any, store: Store, qtbot: Any, tmp_path: Path
) -> None:
    output = store.write(
        lambda w: w.put("output", {"kind": "leaflet", "title_en": "First", "date": "2026-03-01"})
    ).value
    store.write(lambda w: w.put("output", {"title_en": "Second"}, output))
    with a_window(tasks, qtbot, tmp_path) as window:
        window.go("outputs", output)
        settle()
        press(window.page, "History")
        part = part_in(window.page)
        assert [version.what for version in part.versions] == ["changed", "made"]
        press(part, "First")
        with store.read() as r:
            assert r.get("output", output)["title_en"] == "First"  # type: ignore[index]
        assert len(part.versions) == 3, "bringing back is a change of its own"
        window.bar.press_action()
        settle()
        with store.read() as r:
            assert r.get("output", output)["title_en"] == "Second"  # type: ignore[index]


@pytest.mark.parametrize("record", ["activity", "person", "group"])
def test_every_record_has_its_history(tasks: Any, store: Store, qtbot: Any, tmp_path: Path, record: str) -> None:
    page, row = {
        "activity": ("activities", lambda w: build.an_activity(w)),
        "person": ("people", lambda w: build.a_person(w)),
        "group": (
            "groups",
            lambda w: w.put("group", {"name_en": "CPWG Ganja", "type": "cpwg", "site": build.site("ganja")}),
        ),
    }[record]
    made = store.write(row).value
    with a_window(tasks, qtbot, tmp_path) as window:
        turn_to_history(window, page, made)
        assert [version.what for version in part_in(window.page).versions] == ["made"]


def turn_to_history(window: MainWindow, page: str, row: str) -> None:
    window.go(page, row)
    settle()
    if page == "people":
        window.page.person.choose("history")
        settle()
    else:
        press(window.page, "History")


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_long_history_is_shown_piece_by_piece(
    tasks: Any, store: Store, qtbot: Any, tmp_path: Path, language: str
) -> None:
    row = store.write(build.a_person).value
    for n in range(AT_ONCE + 5):
        store.write(lambda w, n=n: w.put("person", {"phone": str(n)}, row))
    with a_window(tasks, qtbot, tmp_path, language, "dark") as window:
        part = HistoryPart(window.shell, "person", row)
        qtbot.addWidget(part)
        part.resize(420, 900)
        part.show()
        settle()
        assert len(part.versions) == AT_ONCE + 6
        assert not list(clipped(part)) and not list(unnamed(part))
        before = part._list.count()
        part._show_all()
        assert part._list.count() > before
