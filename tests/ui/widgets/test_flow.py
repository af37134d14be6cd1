"""Widgets flow like words."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.ui.widgets.flow import FlowLayout


def test_what_has_no_room_begins_a_new_line(qtbot: Any) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    flow = FlowLayout(host, gap=4)
    buttons = [QWidget() for _ in range(5)]  # plain: a theme of another test gives a button its own least height
    for made in buttons:
        made.setFixedSize(60, 20)
        flow.addWidget(made)
    host.resize(140, 200)
    host.show()
    assert [(b.x(), b.y()) for b in buttons] == [(0, 0), (64, 0), (0, 24), (64, 24), (0, 48)]
    assert flow.heightForWidth(140) == 68 and flow.heightForWidth(1000) == 20


def test_the_last_takes_the_rest_of_its_line_and_others_go_before_it(qtbot: Any) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    flow = FlowLayout(host, gap=4, stretch_last=True)
    line = QLineEdit()
    line.setMinimumWidth(50)
    flow.addWidget(line)
    chip = QPushButton("a")
    chip.setFixedSize(60, 20)
    flow.insert_before_last(chip)
    host.resize(200, 60)
    host.show()
    assert chip.x() == 0 and line.x() == 64 and line.width() == 136
    assert flow.count() == 2 and flow.itemAt(5) is None and flow.takeAt(5) is None
