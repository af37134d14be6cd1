"""A record beside its list, or in its place where there is no room."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.ui.widgets.side_panel import BESIDE, BesideSplitter, SidePanel


def make(qtbot: Any) -> tuple[BesideSplitter, QWidget, SidePanel]:
    main, panel = QWidget(), SidePanel("Close")
    splitter = BesideSplitter(main, panel, share=0.4)
    qtbot.addWidget(splitter)
    splitter.resize(1000, 500)
    splitter.show()
    return splitter, main, panel


def test_it_opens_at_its_share_and_closes(qtbot: Any) -> None:
    splitter, main, panel = make(qtbot)
    assert not splitter.is_open
    splitter.open_panel()
    QApplication.processEvents()
    assert abs(panel.width() - 400) <= 2 and main.isVisible()
    splitter.close_panel()
    assert not panel.isVisible() and main.isVisible()


def test_where_there_is_no_room_for_both_the_record_takes_all(qtbot: Any) -> None:
    splitter, main, panel = make(qtbot)
    splitter.open_panel()
    splitter.resize(BESIDE - 100, 500)
    QApplication.processEvents()
    assert not main.isVisible() and panel.width() == BESIDE - 100
    splitter.close_panel()
    assert main.isVisible()


def test_a_moved_share_is_told(qtbot: Any) -> None:
    splitter, _, _ = make(qtbot)
    splitter.open_panel()
    splitter.setSizes([500, 500])
    with qtbot.waitSignal(splitter.shareChanged) as heard:
        splitter.splitterMoved.emit(500, 1)
    assert abs(heard.args[0] - 0.5) < 0.02


def test_a_body_replaces_the_one_before(qtbot: Any) -> None:
    _splitter, _, panel = make(qtbot)
    panel.set_body(QLabel("one"))
    second = QLabel("two")
    panel.set_body(second)
    assert panel.body is second
    with qtbot.waitSignal(panel.closeRequested):
        panel.close_button.click()
