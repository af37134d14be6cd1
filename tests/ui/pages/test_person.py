"""A person beside the list: story, history, everything in a file, erased, merged and taken apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from app.models.store import Store
from app.services import exports
from app.ui.main_window import MainWindow
from app.ui.pages import person as person_panel
from app.ui.pages.people import PeoplePage
from tests import build
from tests.ui.keyboard import press, type_text
from tests.ui.pages.desk import a_window, settle

ELCHIN = {"surname": "Məmmədov", "given": "Elçin", "patronymic": "Rəşid", "suffix": "oglu", "sex": "m"}


@pytest.fixture
def window(tasks: Any, qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    with a_window(tasks, qtbot, tmp_path) as made:
        yield made


def open_people(window: MainWindow, target: str = "") -> PeoplePage:
    window.go("people", target)
    settle()
    assert isinstance(window.page, PeoplePage)
    return window.page


def seen(page: PeoplePage) -> list[str]:
    return [row["surname"] for row in page.table.seen_rows()]


def test_the_story_of_a_person(window: MainWindow, store: Store) -> None:
    def make(w: Any) -> str:
        person = build.a_person(w, **ELCHIN)
        activity = build.an_activity(w)
        session = build.a_session(w, activity)
        build.a_mark(w, build.a_participation(w, activity, person, pre_test=40, post_test=90), session)
        w.put("posting", {"person": person, "unit": "Nizami RPŞ", "rank": "captain", "start": "2020-01-01"})
        w.put("membership", {"group": build.a_group(w), "person": person, "role": "chair"})
        return person

    person = store.write(make).value
    page = open_people(window, f"{person}/story")
    shown = " ".join(
        label.text() for label in page.person.findChildren(type(page.panel.heading).__mro__[1]) if label.isVisible()
    )
    shown += " ".join(made.text() for made in page.person.findChildren(type(page.new_button)) if made.isVisible())
    for words_ in (
        "Gender training",
        "there 1 of 1",
        "test 40 → 90",
        "Captain",
        "since 01.01.2020",
        "Ganja working group",
    ):
        assert words_ in shown


def test_an_edit_is_in_the_history_and_ctrl_z_takes_it_back(window: MainWindow, store: Store) -> None:
    person = store.write(lambda w: build.a_person(w, **ELCHIN)).value
    page = open_people(window, person)
    line = page.person.form.editor("unit").widget
    line.setFocus()
    type_text("Nizami RPŞ\t")
    with store.read() as reader:
        assert reader.get("person", person)["unit"] == "Nizami RPŞ"  # type: ignore[index]
    assert page.table.seen_rows()[0]["unit"] == "Nizami RPŞ"
    page.person.choose("history")
    settle()
    shown = [made.text() for made in page.person.findChildren(type(page.panel.heading).__mro__[1])]
    assert "Unit: Nizami RPŞ" in shown
    press("Ctrl+Z")
    settle()
    with store.read() as reader:
        assert reader.get("person", person)["unit"] is None  # type: ignore[index]


@pytest.mark.parametrize("ending", person_panel.EXPORTS)
def test_everything_about_a_person_in_a_file(
    window: MainWindow, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    person = store.write(lambda w: build.a_person(w, **ELCHIN)).value
    page = open_people(window, f"{person}/held")
    page.person.export_button.click()
    settle()
    card = page.person.exporting
    assert card.isVisible() and card.reason.hasFocus() and card.reason.text() == "asked for by the person"
    target = tmp_path / f"x{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), f"*{ending}"))
    press("Return")
    settle()
    assert target.stat().st_size > 500
    if ending in (".json", ".html"):
        assert "Məmmədov" in target.read_text("utf-8")
    with store.read() as r:
        (logged,) = exports.made(r)
    assert (logged["what"], logged["people"], logged["locked"]) == (f"person/{person}", 1, False)


def test_a_person_is_erased_after_a_question(window: MainWindow, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    person = store.write(lambda w: build.a_person(w, **ELCHIN)).value
    page = open_people(window, f"{person}/held")
    assert not page.person.erase_button.isEnabled(), "not without a reason"
    page.person.erase()
    assert "why" in window.bar.text and page.person.erase_reason.hasFocus()
    page.person.erase_reason.setFocus()
    type_text("asked for it")
    asked: list[str] = []
    monkeypatch.setattr(window.messages, "confirm", lambda question, *_, **__: asked.append(question) or False)
    page.person.erase_button.click()
    settle()
    with store.read() as reader:
        assert reader.get("person", person)["surname"] == "Məmmədov"  # type: ignore[index]
    monkeypatch.setattr(window.messages, "confirm", lambda *_, **__: True)
    page.person.erase_button.click()
    settle()
    with store.read() as reader:
        row = reader.get("person", person, deleted=True)
    assert asked and row is not None and not row["surname"] and row["sex"] == "m"
    assert not page.splitter.is_open


def test_two_cards_merged_and_taken_apart_from_the_page(window: MainWindow, store: Store) -> None:
    one, other = store.write(
        lambda w: (build.a_person(w, **ELCHIN), build.a_person(w, surname="Мамедов", given="Эльчин"))
    ).value
    page = open_people(window, f"{other}/held")
    page.person._into.set_value(one, "Məmmədov")
    page.person.merge_into()
    settle()
    assert seen(page) == ["Məmmədov"] and not page.splitter.is_open
    page.open(other)
    settle()
    assert page.place() == one, "whoever was merged is shown as whom they stand for"
    page.person.choose("held")
    page.person.split(other)
    settle()
    assert sorted(seen(page)) == ["Məmmədov", "Мамедов"]
