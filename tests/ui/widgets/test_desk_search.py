"""The search box by itself: answers, arrows, Enter in any order with the answers, Esc and Ctrl+Z."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.widgets.desk_search import Answer, DeskSearch
from tests.ui.keyboard import press, show, type_text


class Asked:
    """Remembers the questions; `answer()` answers the last one, or an earlier one."""

    def __init__(self) -> None:
        self.questions: list[Any] = []

    def find(self, typed: str, reply: Any) -> None:
        self.questions.append((typed, reply))

    def answer(self, *labels: str, best: int = 0, at: int = -1) -> None:
        self.questions[at][1]([Answer(label, label) for label in labels], best)


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def line(asked: Asked, qtbot: Any) -> DeskSearch:
    window = QWidget()
    qtbot.addWidget(window)
    made = DeskSearch("Who?", asked.find)
    QVBoxLayout(window).addWidget(made)
    window.resize(600, 400)
    show(window)
    made.setFocus()
    made._window = window
    return made


def test_enter_takes_the_best_answer_with_what_was_typed(line: DeskSearch, asked: Asked, qtbot: Any) -> None:
    type_text("məm", line)
    asked.answer("one", "two", best=1)
    assert line.popup.isVisible() and line.popup.list.currentRow() == 1
    with qtbot.waitSignal(line.chosen) as chosen:
        press("Return", line)
    assert chosen.args == ["two", "məm"]
    assert line.text() == "" and not line.popup.isVisible()


def test_enter_first_and_the_answer_later(line: DeskSearch, asked: Asked) -> None:
    taken: list[str] = []
    line.chosen.connect(lambda key, typed: taken.append(key))
    type_text("mə", line)
    press("Return", line)
    asked.answer("old", at=0)
    assert taken == []  # an answer to fewer letters is not the answer
    asked.answer("new")
    assert taken == ["new"]


def test_typing_on_after_enter_takes_the_enter_back(line: DeskSearch, asked: Asked) -> None:
    taken: list[str] = []
    line.chosen.connect(lambda key, typed: taken.append(key))
    type_text("m", line)
    press("Return", line)
    type_text("ə", line)
    asked.answer("a")
    assert taken == [] and line.answers


def test_arrows_go_round(line: DeskSearch, asked: Asked) -> None:
    type_text("m", line)
    asked.answer("a", "b", "c")
    press("Up", line)
    assert line.popup.list.currentRow() == 2
    press("Down", line)
    assert line.popup.list.currentRow() == 0


def test_down_without_answers_leaves_and_esc_empties(line: DeskSearch, asked: Asked, qtbot: Any) -> None:
    with qtbot.waitSignal(line.leftDown):
        press("Down", line)
    type_text("m", line)
    asked.answer("a")
    press("Escape", line)
    assert line.text() == "" and not line.popup.isVisible()
    asked.answer("late")
    assert not line.popup.isVisible()


def test_ctrl_z_in_the_empty_line_is_for_the_desk(line: DeskSearch, qtbot: Any) -> None:
    with qtbot.waitSignal(line.undoRequested):
        press("Ctrl+Z", line)
    undone: list[int] = []
    line.undoRequested.connect(lambda: undone.append(1))
    type_text("m", line)
    press("Ctrl+Z", line)
    assert not undone, "with something typed it takes back the typing"


def test_answers_are_read_out_whole(line: DeskSearch, asked: Asked) -> None:
    from PySide6.QtCore import Qt

    type_text("m", line)
    asked.questions[-1][1]([Answer("k", "Məmmədov", "kapitan", "7 · iştirak edir")], 0)
    said = line.popup.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Məmmədov, kapitan, 7 · iştirak edir"
