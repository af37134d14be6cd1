"""Groups in the window: one action makes the next meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from app.basics import clock
from app.models.store import Store
from app.services import groups
from app.ui.main_window import MainWindow
from app.ui.pages.groups import GroupsPage
from app.ui.pages.meeting import MeetingPage
from tests.services.test_groups import a_group
from tests.ui.looks import clipped
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


def test_terms_that_end_empty_seats_and_the_last_meetings_are_shown(
    window: MainWindow, store: Store, group: str
) -> None:
    soon = (clock.today() + timedelta(days=20)).isoformat()

    def fill(w: Any) -> str:
        member = next(m for m in w.list("membership", group=group) if m["role"] == "member")
        w.put("membership", {"end": soon}, member["id"])
        w.put("membership", {"group": group, "seat": "School no. 5 teacher", "role": "member"})
        return str(groups.new_meeting(w, group, "2026-10-01"))

    meeting = store.write(fill).value
    window.go("today")
    window.go("groups", group)
    page = window.page
    assert isinstance(page, GroupsPage)
    page.close_record()
    page.open(group)
    settle()
    said = " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())
    assert "The term of 1 member ends soon" in said and "School no. 5 teacher" in said
    link = next(one for one in page.findChildren(QPushButton) if one.text().startswith("01.10.2026"))
    link.click()
    assert meeting_of(window).place() == meeting
    assert not list(clipped(page))
