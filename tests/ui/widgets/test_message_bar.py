"""What the bar shows and when it goes."""

from __future__ import annotations

from typing import Any

import pytest

from app.ui.widgets.message_bar import BarWords, MessageBar


@pytest.fixture
def bar(qtbot: Any) -> MessageBar:
    made = MessageBar(BarWords("Close", "Cancel"))
    qtbot.addWidget(made)
    return made


def test_it_takes_no_room_until_there_is_something_to_say(bar: MessageBar) -> None:
    assert bar.isHidden() and bar.text == ""
    bar.show_message("Saved", "good")
    assert not bar.isHidden() and bar.text == "Saved" and bar.kind == "good"
    bar.clear()
    assert bar.isHidden()


def test_good_news_goes_away_by_itself_and_errors_stay(bar: MessageBar, qtbot: Any) -> None:
    bar.show_message("Saved", "good", lasting=30)
    bar.show_message("The disk is full", "error")
    qtbot.wait(60)
    assert bar.text == "The disk is full"
    bar.show_message("Saved", "good", lasting=30)
    qtbot.waitUntil(lambda: bar.text == "")


def test_its_action_is_done_once(bar: MessageBar) -> None:
    done: list[int] = []
    bar.show_message("In the bin", "good", action="Undo", act=lambda: done.append(1))
    bar.press_action()
    bar.press_action()
    assert done == [1]


def test_progress_has_a_count_and_a_way_out(bar: MessageBar, qtbot: Any) -> None:
    bar.show_progress("Reading", 1200, 3000)
    assert bar.under_way and bar._count.text() == "1\u202f200 / 3\u202f000"
    assert bar._bar.value() == 1200 and bar._bar.maximum() == 3000
    bar.show_message("Something else")
    assert bar.under_way and bar.text == "Something else"
    bar.clear_progress()
    assert not bar.under_way and not bar.isHidden()
    bar.show_progress("Waiting")
    assert bar._bar.maximum() == 0 and bar._count.text() == ""
