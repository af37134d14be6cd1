"""What Ctrl+K finds, in a real store."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from app.basics import words
from app.basics.settings import Settings
from app.ui.finding import Finder
from app.ui.messages import Messages
from app.ui.shell import Shell
from app.ui.widgets.command_palette import Hit


@pytest.fixture
def finder(tasks: Any, store: Any, qtbot: Any) -> tuple[Finder, list[tuple[str, str]]]:
    window = QWidget()
    qtbot.addWidget(window)
    qtbot.window_of_the_test = window
    gone: list[tuple[str, str]] = []
    messages = Messages(tasks, window)
    shell = Shell(tasks, messages, Settings(), lambda page, target: gone.append((page, target)), lambda: None)

    def fill(w: Any) -> None:
        site = w.list("site", code="ganja")[0]["id"]
        w.put("person", {"surname": "Xəlilova", "given": "Nərgiz"})
        kind = "training_basic_new_officers"
        w.put("activity", {"kind": kind, "title_az": "Yeni əməkdaşların təlimi", "site": site, "start": "2026-11-20"})
        w.put("group", {"type": "cpwg", "name_en": "Ganja CPWG", "name_az": "Gəncə işçi qrupu", "site": site})

    store.write(fill)
    return Finder(shell, lambda: None), gone


def hits(finder: Finder, typed: str) -> list[Hit]:
    found: list[Hit] = []
    finder.find(typed, found.extend)
    return found


def test_persons_activities_and_groups_open_where_they_live(finder: Any, store: Any) -> None:
    words.use_language("az")
    found, gone = finder
    for typed, record, page in (
        ("xelil", "person", "people"),
        ("yeni emek", "activity", "activities"),
        ("ishchi", "group", "groups"),
    ):
        answers = hits(found, typed)
        assert answers, typed
        answers[0].run()
        with store.read() as reader:
            assert gone[-1] == (page, reader.list(record)[0]["id"])


def test_pages_lists_and_commands_are_found_by_the_beginning_of_words(finder: Any) -> None:
    words.use_language("en")
    found, gone = finder
    assert hits(found, "set")[0].label == "Settings"
    next(hit for hit in hits(found, "venue") if hit.detail == "List").run()
    assert gone[-1] == ("lists", "venue")
    assert not hits(found, "ettings")


def test_nothing_typed_offers_pages_and_commands_only(finder: Any) -> None:
    words.use_language("en")
    found, _ = finder
    labels = [hit.label for hit in hits(found, "")]
    assert "Today" in labels and "Show the keys" in labels and "Xəlilova Nərgiz" not in labels


def test_titles_are_read_anew_each_time_it_opens(finder: Any, store: Any) -> None:
    words.use_language("az")
    found, _ = finder
    hits(found, "")
    assert not [h for h in hits(found, "seminar xacmaz") if h.icon == "calendar-days"]

    def more(w: Any) -> None:
        site = w.list("site", code="ganja")[0]["id"]
        values = {
            "title_az": "Seminar Xaçmaz",
            "site": site,
            "start": "2026-11-20",
            "kind": "seminar_domestic_violence",
        }
        w.put("activity", values)

    store.write(more)
    hits(found, "")
    assert hits(found, "seminar xacmaz")[0].label == "Seminar Xaçmaz"
