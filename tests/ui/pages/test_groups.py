"""Groups in the window: one action makes the next meeting."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.models.store import Store
from app.ui.main_window import MainWindow
from app.ui.pages.groups import GroupsPage
from app.ui.pages.meeting import MeetingPage
from tests.services.test_groups import a_group
from tests.ui.pages.desk import a_window, settle


@pytest.fixture
def group(store: Store) -> str:
    return store.write(lambda w: a_group(w, women_goal_percent=40)).value[0]


@pytest.fixture
def window(tasks: Any, group: str, qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    with a_window(tasks, qtbot, tmp_path) as made:
        made.go("groups", group)
        settle()
        yield made


def meeting_of(window: MainWindow) -> MeetingPage:
    settle()
    assert isinstance(window.page, MeetingPage)
    return window.page


def test_the_next_meeting_is_one_action_and_can_be_taken_back(window: MainWindow, store: Store, group: str) -> None:
    page = window.page
    assert isinstance(page, GroupsPage)
    page.new_meeting(group)
    meeting_of(window)
    with store.read() as reader:
        assert reader.count("activity", group=group) == 1
    window.bar.press_action()
    settle()
    with store.read() as reader:
        assert reader.count("activity", group=group) == 0
