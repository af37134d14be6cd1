"""Locking after a while without input, and what puts it off."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit

from app.ui import idle
from app.ui.idle import IdleWatch
from tests.ui.keyboard import show


class Clock:
    def __init__(self, monkeypatch: Any) -> None:
        self.now = 1000.0
        monkeypatch.setattr(idle.time, "monotonic", lambda: self.now)


def make(qtbot: Any, **more: Any) -> tuple[QLineEdit, IdleWatch, list[int]]:
    window = QLineEdit()
    qtbot.addWidget(window)
    show(window)
    locked: list[int] = []
    watch = IdleWatch(window, lambda: 5, lambda: locked.append(1), more.get("may_lock", lambda: True))
    watch.look()
    return window, watch, locked


def test_it_locks_after_the_time_and_once(qtbot: Any, monkeypatch: Any) -> None:
    clock = Clock(monkeypatch)
    _window, watch, locked = make(qtbot)
    clock.now += 299
    watch.look()
    assert locked == []
    clock.now += 2
    watch.look()
    watch.look()
    assert locked == [1]


def test_a_key_or_the_mouse_puts_it_off(qtbot: Any, monkeypatch: Any) -> None:
    clock = Clock(monkeypatch)
    window, watch, locked = make(qtbot)
    clock.now += 200
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    clock.now += 200
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton)
    clock.now += 200
    watch.look()
    assert locked == []
    clock.now += 101
    watch.look()
    assert locked == [1]


def test_the_door_of_an_event_is_never_locked(qtbot: Any, monkeypatch: Any) -> None:
    clock = Clock(monkeypatch)
    _window, watch, locked = make(qtbot, may_lock=lambda: False)
    clock.now += 10_000
    watch.look()
    assert locked == []


def test_an_open_question_puts_it_off(qtbot: Any, monkeypatch: Any) -> None:
    clock = Clock(monkeypatch)
    window, watch, locked = make(qtbot)
    question = QDialog(window)
    question.setModal(True)
    question.show()
    clock.now += 10_000
    watch.look()
    assert locked == []
    question.close()
    watch.look()
    assert locked == [1]
