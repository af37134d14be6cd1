"""The foot line says whose register it is and leads to Exchange."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton

from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.foot_line import FootLine


def test_it_shows_facts_and_replaces_them(qtbot: Any) -> None:
    foot = FootLine()
    qtbot.addWidget(foot)
    foot.show()
    foot.show_owner("Gəncə · Noutbuk 2", "Practice data")
    foot.show_facts([("37 changes not sent", True), ("Backup: today", False)])
    assert foot.said == ["37 changes not sent", "Backup: today"]
    assert "Practice data" in [shown.text() for shown in foot.findChildren(QLabel) if shown.isVisible()]
    foot.show_facts([("Everything is sent", False)])
    assert foot.said == ["Everything is sent"]
    foot.show_owner("Gəncə")
    assert "Practice data" not in [shown.text() for shown in foot.findChildren(QLabel) if shown.isVisible()]


def test_a_fact_is_pressed(qtbot: Any) -> None:
    foot = FootLine()
    qtbot.addWidget(foot)
    foot.show_facts([("37 changes not sent", True)])
    with qtbot.waitSignal(foot.clicked):
        foot.findChild(QPushButton).click()  # type: ignore[union-attr]


def test_facts_without_room_are_shortened_and_told_in_the_tip(qtbot: Any) -> None:
    foot = FootLine()
    qtbot.addWidget(foot)
    foot.show_facts([("9 changes were not sent, the oldest is of today", False), ("Backup: never", True)])
    foot.resize(260, 32)
    foot.show()
    foot.grab()
    first = foot.findChildren(LinkButton)[0]
    assert first.words_shown().endswith("…") and first.toolTip() == first.text()
