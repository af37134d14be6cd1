"""Conflicts in the window: told, the scan beside them, decided by one key, ruled, undone; the loser in the history."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtWidgets import QLabel, QPushButton

from app.basics import words
from app.models.store import Store
from app.services import attachments, history
from app.sync import conflicts, receive, send
from app.ui.main_window import MainWindow
from app.ui.pages.attachments_part import Picture
from app.ui.pages.conflicts import ConflictsView
from app.ui.pages.today import _Line
from tests import build
from tests.ui import keyboard
from tests.ui.looks import clipped, unnamed
from tests.ui.pages.desk import Typist, a_window, settle


@pytest.fixture
def store(joined_office: Store) -> Store:
    return joined_office


@pytest.fixture
def country(store: Store, joined_laptop: Store, tmp_path: Path) -> tuple[Store, list[str]]:
    """An office with three persons of Ganja whose phone is in dispute."""
    laptop = joined_laptop
    people = laptop.write(lambda w: [build.a_person(w, phone="0") for _ in range(3)]).value
    receive.receive(store, send.send(laptop, tmp_path / "1")[0].path, safety_copy=False)
    for number, person in enumerate(people):
        laptop.write(lambda w, p=person, n=number: w.put("person", {"phone": f"site{n}"}, p))
        store.write(lambda w, p=person, n=number: w.put("person", {"phone": f"office{n}"}, p))
    receive.receive(store, send.send(laptop, tmp_path / "2")[0].path, safety_copy=False)
    return laptop, people


@pytest.fixture
def window(tasks: Any, country: Any, qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    with a_window(tasks, qtbot, tmp_path) as made:
        made.go("exchange", "conflicts")
        settle()
        yield made


def view_of(window: MainWindow) -> ConflictsView:
    return window.page.conflicts  # type: ignore[attr-defined, no-any-return]


def said_on(widget: Any) -> str:
    return "\n".join(made.text() for made in widget.findChildren(QLabel) if made.isVisibleTo(widget))


def phones(store: Store, people: list[str]) -> list[str]:
    with store.read() as r:
        return [r.get("person", person)["phone"] for person in people]  # type: ignore[index]


def test_a_routine_conflict_is_a_key_and_a_list_of_them_a_key_each(
    window: MainWindow, store: Store, country: Any
) -> None:
    view = view_of(window)
    assert view.card is not None and view.card.hasFocus()
    told = said_on(view.card)
    assert "had written “0”" in told and "Aysel (laptop Gəncə 1) wrote “site" in told and "office" in told
    typist = Typist()
    typist.press("2 2 1")
    settle()
    assert typist.seconds / 3 <= 20, "and a person has to read it besides"
    with store.read() as r:
        assert conflicts.conflicts(r) == []
    taken = phones(store, country[1])
    assert sum(phone.startswith("site") for phone in taken) == 2
    assert view.card is None


def test_the_first_page_says_that_they_wait_and_leads_there(window: MainWindow) -> None:
    window.go("today")
    settle()
    line = next(made for made in window.page.findChildren(_Line) if "3 conflicts" in made.accessibleName())
    line.setFocus()
    keyboard.press("Return")
    settle()
    assert window.page.place() == "conflicts" and view_of(window).card is not None


def test_a_bundle_that_came_says_whether_its_receipt_has_gone(
    window: MainWindow, store: Store, country: Any, tmp_path: Path
) -> None:
    def told() -> set[str]:
        window.page.renew()
        settle()
        window.page.show_tab("bundles")  # type: ignore[attr-defined]
        rows = window.page.mail.table.model.rows  # type: ignore[attr-defined]
        return {row["state_shown"] for row in rows if not row["outgoing"]}

    assert told() == {"taken in, receipt not yet sent"}
    send.send(store, tmp_path / "answer", "Gəncə 1")
    assert told() == {"taken in, receipt sent"}
    mail = window.page.mail  # type: ignore[attr-defined]
    for row in mail.table.model.rows:  # the way of each can be looked at
        mail.show_bundle(row["id"])
        assert "✓" in said_on(mail.panel)
    newest = next(row for row in mail.table.model.rows if not row["outgoing"] and row["no"] == 2)
    mail.show_bundle(newest["id"])
    said = said_on(mail.panel)
    assert "✓  Read here on" in said and "✓  Accepted: 3 changes, 3 conflicts" in said and "✓  Receipt sent" in said


def test_the_arrows_move_through_the_list_and_every_story_begins_at_its_top(window: MainWindow) -> None:
    view = view_of(window)
    assert view.card is not None and view.card.hasFocus()
    first = view.card.story.id
    view.panel.verticalScrollBar().setValue(60)
    keyboard.press("Down")
    settle()
    assert view.card.story.id != first and view.card.hasFocus()
    assert view.panel.verticalScrollBar().value() == 0
    keyboard.press("Up")
    settle()
    assert view.card.story.id == first


def test_enter_takes_the_other_value(window: MainWindow, store: Store) -> None:
    card = view_of(window).card
    assert card is not None
    typist = Typist()
    typist.press("3")
    typist.type("555\n")
    settle()
    with store.read() as r:
        assert r.get("person", card.story.row)["phone"] == "555"  # type: ignore[index]


def test_another_value_with_a_reason_is_undone_and_the_loser_stays(
    window: MainWindow, store: Store, country: Any
) -> None:
    view = view_of(window)
    card = view.card
    assert card is not None
    story = card.story
    typist = Typist()
    typist.press("3")  # the cursor goes to the other value
    typist.type("555")
    card.reason.setFocus()
    typist.type("called them\n")  # and 1, 2, 3 decide again
    typist.press("3")
    settle()
    assert typist.seconds <= 20
    with store.read() as r:
        assert r.get("person", story.row)["phone"] == "555"  # type: ignore[index]
        versions = history.versions(r, "person", story.row)
    assert versions[0].reason == "called them"
    values = {change.after for version in versions for change in version.changes if change.key == "phone"}
    assert {story.ours.value, story.theirs.value, "0"} <= values
    window.bar.press_action()  # Undo
    settle()
    with store.read() as r:
        assert r.get("person", story.row)["phone"] != "555"  # type: ignore[index]


def test_the_scan_stands_beside_it(tasks: Any, store: Store, country: Any, qtbot: Any, tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(picture, "PNG")

    def attach(w: Any) -> None:
        activity = build.an_activity(w)
        for person in country[1]:
            build.a_participation(w, activity, person)
        attachments.attach(w, "activity", activity, "sheet.png", picture.getvalue())

    store.write(attach)
    with a_window(tasks, qtbot, tmp_path) as window:
        window.go("exchange", "conflicts")
        settle()
        card = view_of(window).card
        assert card is not None
        (shown,) = card.findChildren(Picture)
        assert "sheet.png" in shown.accessibleName()


def test_without_a_scan_it_says_so(window: MainWindow) -> None:
    assert "No scan is attached" in said_on(view_of(window).panel)


def test_a_rule_decides_all_is_seen_travels_and_ends(
    window: MainWindow, store: Store, country: Any, tmp_path: Path
) -> None:
    view = view_of(window)
    buttons = view.findChildren(QPushButton)
    made = next(b for b in buttons if b.accessibleName() == "Always, for “Phone”: the site wins")
    made.setFocus()
    keyboard.press("Space")
    settle()
    assert phones(store, country[1]) == ["site0", "site1", "site2"]
    assert "Person · Phone: the site wins" in said_on(view.none)
    laptop, _ = country
    receive.receive(laptop, send.send(store, tmp_path / "answer")[0].path)
    with laptop.read() as r:
        assert [(rule.field, rule.winner) for rule in conflicts.rules(r)] == [("phone", "site")]
        assert conflicts.conflicts(r) == []
    end = next(b for b in view.none.findChildren(QPushButton) if b.accessibleName().startswith("End this rule"))
    end.click()
    settle()
    with store.read() as r:
        assert conflicts.rules(r) == []
    assert "There are no rules" in said_on(view.none)


def test_the_marked_one_is_told_and_opened(window: MainWindow) -> None:
    view = view_of(window)
    second = view.table.seen_rows()[1]["id"]
    view.table.mark(second)
    settle()
    assert view.card is not None and view.card.story.id == second
    row = view.card.story.row
    next(b for b in view.card.findChildren(QPushButton) if b.text() == "Open the record").click()
    settle()
    assert window.page.place().startswith(row)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_it_is_whole_in_every_language_at_a_small_size(
    tasks: Any, country: Any, qtbot: Any, tmp_path: Path, language: str
) -> None:
    with a_window(tasks, qtbot, tmp_path, language, "dark") as window:
        window.resize(900, 600)
        window.go("exchange", "conflicts")
        settle()
        assert not list(clipped(window.page)) and not list(unnamed(window.page))
