"""People with a real store: found in any script, beside the list a person; keys only, counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.basics import words
from app.models.store import Store
from app.ui.main_window import MainWindow
from app.ui.pages.people import PeoplePage
from tests import build
from tests.ui.keyboard import press, type_text
from tests.ui.looks import clipped, unnamed
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


def wait_for_filter(qtbot: Any) -> None:
    qtbot.wait(90)  # the filter line rests for 60 ms before it asks
    settle()


@pytest.mark.parametrize("typed", ["мамед эль", "mammadov e", "elçin məm"])
def test_a_person_is_found_while_typing_in_any_script(window: MainWindow, store: Store, qtbot: Any, typed: str) -> None:
    store.write(lambda w: build.a_person(w, **ELCHIN))
    store.write(lambda w: [build.a_person(w, surname=s, given="Aysel") for s in ("Quliyeva", "Hüseynova", "Orucova")])
    page = open_people(window)
    assert len(seen(page)) == 4
    type_text(typed)  # the cursor is in the filter line already
    wait_for_filter(qtbot)
    assert seen(page)[0] == "Məmmədov"
    press("Return")
    settle()
    assert page.splitter.is_open and page.panel.heading.text() == "Məmmədov Elçin Rəşid oğlu"


def test_the_unit_finds_people_as_well(window: MainWindow, store: Store, qtbot: Any) -> None:
    store.write(lambda w: [build.a_person(w, unit="Kəpəz RPŞ"), build.a_person(w, unit="Nizami RPŞ")])
    page = open_people(window)
    type_text("kepez")
    wait_for_filter(qtbot)
    assert [row["unit"] for row in page.table.seen_rows()] == ["Kəpəz RPŞ"]


def test_who_is_there_already_is_said_while_a_new_person_is_typed(window: MainWindow, store: Store) -> None:
    person = store.write(lambda w: build.a_person(w, **ELCHIN)).value
    page = open_people(window)
    press("Ctrl+N")
    settle()
    type_text("Мамедов\tЭльчин\t")
    settle()
    warned = [made.text() for made in page.panel.findChildren(type(page.new_button)) if "Məmmədov" in made.text()]
    assert warned and warned[0].startswith("Məmmədov Elçin Rəşid oğlu")
    with store.read() as reader:
        assert reader.count("person") == 1 and reader.get("person", person)


def test_a_new_person_by_keys(window: MainWindow, store: Store) -> None:
    page = open_people(window)
    press("Ctrl+N")
    settle()
    type_text("Orucova\tAysel\t")
    press("Ctrl+Return")
    settle()
    with store.read() as reader:
        (made,) = reader.list("person")
    assert (made["surname"], made["given"]) == ("Orucova", "Aysel")
    assert page.place() == made["id"] and page.splitter.is_open
    press("Ctrl+Z")
    settle()
    with store.read() as reader:
        assert reader.count("person") == 0


def test_ways_in_and_out(window: MainWindow, store: Store) -> None:
    page = open_people(window, "duplicates")
    assert page.place() == "duplicates"
    press("Esc")
    assert page.place() == ""
    press("Ctrl+I")
    assert page.place() == "import"
    press("Esc")
    assert page.place() == ""
    press("Ctrl+D")
    assert page.place() == "duplicates"


def test_a_large_register_shows_the_first_and_finds_everybody(
    window: MainWindow, store: Store, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.ui.pages import people

    monkeypatch.setattr(people, "MOST_LISTED", 5)
    store.write(lambda w: [build.a_person(w, surname=f"Abbasova{n}") for n in range(8)])
    store.write(lambda w: build.a_person(w, surname="Zeynalova", given="Sevda"))
    page = open_people(window)
    assert len(seen(page)) == 5 and "of 9" in page._of_all.text()
    type_text("зейналова")
    wait_for_filter(qtbot)
    assert seen(page)[0] == "Zeynalova"


@pytest.mark.parametrize("language", ["az", "ru", "en"])
@pytest.mark.parametrize("target", ["", "story", "held", "history", "duplicates", "import"])
def test_nothing_is_clipped_or_nameless(window: MainWindow, store: Store, language: str, target: str) -> None:
    def make(w: Any) -> str:
        person = build.a_person(w, **ELCHIN)
        build.a_person(w, **{**ELCHIN, "surname": "Мамедов", "given": "Эльчин", "patronymic": "Рашидович"})
        return person

    person = store.write(make).value
    words.use_language(language)
    window.rebuild()
    open_people(window, target if target in ("duplicates", "import") else f"{person}/{target}")
    QApplication.processEvents()
    assert list(clipped(window.page)) == []
    assert list(unnamed(window.page)) == []


def test_the_roster_of_experts(window: MainWindow, store: Store) -> None:
    for surname, more in (
        ("Əliyev", {"roles": ["expert"], "languages": ["az", "ru"]}),
        ("Bayramov", {}),
        ("Orucova", {"expert_fields": ["community_policing"]}),
    ):
        store.write(lambda w, surname=surname, more=more: build.a_person(w, surname=surname, **more))
    page = open_people(window)
    page.experts_button.click()
    settle()
    assert {row["surname"] for row in page.table.seen_rows()} == {"Əliyev", "Orucova"}
    assert {"roles", "expert_fields", "languages"} <= {column.name for column in page.table.seen_columns()}
    page.experts_button.click()
    settle()
    assert len(page.table.seen_rows()) == 3
