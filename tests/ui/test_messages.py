"""From errors to sentences, and what the bar does with them; no sentence is repeated here."""

from __future__ import annotations

import errno
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from app.basics import words
from app.basics.words import text
from app.errors import Cancelled, Invalid, Problem, UserError
from app.ui import messages
from app.ui.messages import Messages
from app.ui.tasks import Task, Tasks
from app.ui.widgets.message_bar import BarWords, MessageBar


@pytest.fixture
def said(qtbot: Any) -> tuple[Messages, MessageBar, Tasks]:
    window = QWidget()
    qtbot.addWidget(window)
    tasks = Tasks(inline=True)
    made = Messages(tasks, window)
    bar = MessageBar(BarWords("Close", "Cancel"), window)
    made.use(bar)
    window.show()
    return made, bar, tasks


def test_a_code_becomes_its_sentence_in_the_language_spoken() -> None:
    words.use_language("az")
    assert messages.sentence(UserError("wrong_passphrase")) == text("errors.wrong_passphrase")
    words.use_language("ru")
    assert messages.sentence(UserError("wrong_passphrase")) == text("errors.wrong_passphrase")


def test_an_unknown_code_is_still_told() -> None:
    assert "made_up_code" in messages.sentence(UserError("made_up_code"))


def test_problems_become_one_line_each_once() -> None:
    twice = Invalid([Problem("not_a_date", "activity", "start"), Problem("not_a_date", "activity", "end")])
    assert messages.sentence(twice) == messages.sentence_for(Problem("not_a_date", "activity", "start"))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.ENOENT, errno.EIO])
def test_trouble_of_the_machine_names_the_file_without_its_folder(number: int) -> None:
    told = messages.sentence(OSError(number, "strange", "/home/somebody/list.xlsx"))
    assert "list.xlsx" in told and "somebody" not in told


def test_an_expected_error_is_a_sentence_without_a_report(said: Any) -> None:
    made, bar, _ = said
    made.error(UserError("wrong_passphrase"))
    assert bar.text == text("errors.wrong_passphrase") and bar.kind == "error"


def test_nothing_is_said_of_what_was_cancelled(said: Any) -> None:
    made, bar, _ = said
    made.error(Cancelled())
    assert bar.text == ""


def test_a_bug_offers_a_report_without_values(said: Any, caplog: Any) -> None:
    made, bar, _ = said
    try:
        name = "".join(("Ay", "gün"))
        raise ValueError(name)
    except ValueError as error:
        made.error(error)
        report = messages.report(error)
    assert bar.text == text("ui.bug")
    assert "ValueError" in report and "test_messages" in report and "Aygün" not in report


def test_undo_is_offered_with_what_was_done(said: Any) -> None:
    made, bar, tasks = said
    undone: list[int] = []
    tasks.undo = lambda *_: undone.append(1)  # type: ignore[method-assign,assignment,return-value]
    made.undo("2 entries are in the bin")
    assert bar.kind == "good"
    bar.press_action()
    assert undone == [1] and bar.text == ""


def test_work_shows_itself_only_after_a_while(said: Any, qtbot: Any) -> None:
    _, bar, tasks = said
    task = Task(tasks, "Reading the workbook")
    tasks.began.emit(task)
    assert not bar.under_way
    qtbot.waitUntil(lambda: bar.under_way, timeout=2000)
    bar.cancelRequested.emit()
    assert task.cancelled
    tasks.ended.emit(task)
    assert not bar.under_way


def test_a_question_is_plain_text_and_esc_means_no(said: Any, qtbot: Any) -> None:
    made, _, _ = said
    seen: list[QMessageBox] = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append(box)
        assert box.textFormat() == Qt.TextFormat.PlainText
        box.reject()

    QTimer.singleShot(50, answer)
    assert made.confirm("<b>Delete?</b>", "Delete", danger=True) is False
    assert seen
