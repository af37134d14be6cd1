"""The frame: the office's own pages, Ctrl+K over it, folding by width."""

from __future__ import annotations

from typing import Any

from app.ui import navigation
from app.ui.foot import FootFacts
from app.ui.frame import NARROW, Frame
from app.ui.widgets.command_palette import Hit
from app.ui.widgets.message_bar import BarWords, MessageBar
from tests.ui.keyboard import show


def make(qtbot: Any) -> Frame:
    hits = [Hit("Today", "Page", "house", lambda: None)]
    frame = Frame(navigation.in_rail(), MessageBar(BarWords("Close", "Cancel")), lambda typed, reply: reply(hits))
    qtbot.addWidget(frame)
    frame.resize(1200, 700)
    show(frame)
    return frame


def test_the_inbox_is_only_at_the_office(qtbot: Any) -> None:
    frame = make(qtbot)
    assert not frame.rail.button_of("inbox").isVisible()
    frame.show_facts(FootFacts("Bakı", False, (), True))
    assert frame.rail.button_of("inbox").isVisible()
    frame.show_facts(FootFacts("Gəncə · Noutbuk", True, (("Backup: never", True),), False))
    assert not frame.rail.button_of("inbox").isVisible() and frame.foot.said == ["Backup: never"]


def test_it_folds_where_there_is_little_room_or_when_they_want(qtbot: Any) -> None:
    frame = make(qtbot)
    frame.resize(NARROW - 1, 700)
    assert frame.rail.folded
    frame.resize(NARROW + 1, 700)
    assert not frame.rail.folded
    frame.fold(True)
    assert frame.rail.folded


def test_the_line_of_ctrl_k_keeps_its_place_over_the_middle(qtbot: Any) -> None:
    frame = make(qtbot)
    frame.palette_.open()
    frame.resize(800, 500)
    box = frame.palette_.geometry()
    assert abs(box.center().x() - 400) <= 1 and frame.rect().contains(box)
