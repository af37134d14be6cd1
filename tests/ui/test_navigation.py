"""The declared pages: each can be built in every language."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from app.basics import words
from app.basics.paths import RESOURCES
from app.basics.settings import Settings
from app.specs.records import RECORDS
from app.ui import navigation
from app.ui.messages import Messages
from app.ui.pages.coming import ComingPage
from app.ui.pages.records import RecordsPage
from app.ui.shell import Shell


@pytest.fixture
def shell(tasks: Any, qtbot: Any) -> Shell:
    window = QWidget()
    qtbot.addWidget(window)
    qtbot.window_of_the_test = window
    return Shell(tasks, Messages(tasks, window), Settings(), lambda page, target: None, lambda: None)


@pytest.mark.parametrize("entry", navigation.PAGES, ids=lambda entry: entry.key)
@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_page_can_be_built(entry: navigation.PageEntry, language: str, shell: Shell, qtbot: Any) -> None:
    words.use_language(language)
    page = navigation.build(entry, shell)
    qtbot.addWidget(page)
    page.open("")
    page.show()
    assert entry.label and isinstance(page.place(), str)


def test_what_is_declared_is_there() -> None:
    keys = [entry.key for entry in navigation.PAGES]
    assert len(set(keys)) == len(keys) and keys[0] == "today"
    for entry in navigation.PAGES:
        assert (RESOURCES / "icons" / f"{entry.icon}.svg").is_file()
        assert not entry.record or entry.record in RECORDS
    assert [e.key for e in navigation.in_rail()][:3] == ["today", "activities", "people"]
    assert navigation.entry_of("no such page").key == "today"


def test_a_page_without_code_is_its_list_or_says_that_it_comes(shell: Shell, qtbot: Any) -> None:
    listed = navigation.build(navigation.PageEntry("groups", "house", record="group"), shell)
    qtbot.addWidget(listed)
    coming = navigation.build(navigation.PageEntry("reports", "house", "not_written_yet:Page"), shell)
    qtbot.addWidget(coming)
    assert isinstance(listed, RecordsPage) and isinstance(coming, ComingPage)
