"""Threads as pages use them: order, cancelling, callbacks of widgets that are gone, undo; with a real store."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from app.errors import Invalid, UserError
from app.models.store import Store
from app.ui.tasks import Task, Tasks, unlock
from tests import build


@pytest.fixture
def threaded(store: Any, qtbot: Any) -> Any:
    made = Tasks(store)
    yield made
    made.close()


def venue(name: str) -> Any:
    return lambda w: w.put("venue", {"name": name})


def test_a_write_off_the_window_comes_back_on_it(threaded: Tasks, qtbot: Any) -> None:
    seen: list[tuple[str, int]] = []
    here = threading.get_ident()
    threads: list[int] = []

    def work(w: Any) -> str:
        threads.append(threading.get_ident())
        return str(w.put("venue", {"name": "Klub"}))

    with qtbot.waitSignal(threaded.changed) as heard:
        threaded.write(work, lambda row: seen.append((row, threading.get_ident())))
    assert threads != [here] and seen[0][1] == here
    changes, initiator = heard.args
    assert changes.rows == {"venue": {seen[0][0]}} and initiator is None


def test_an_urgent_read_goes_before_what_waits(threaded: Tasks, qtbot: Any) -> None:
    order: list[str] = []
    gate = threading.Event()
    threaded.read(lambda r: gate.wait(5))
    for name in ("first", "second"):
        threaded.read(lambda r, name=name: name, order.append)
    threaded.read(lambda r: "search", order.append, urgent=True)
    gate.set()
    qtbot.waitUntil(lambda: len(order) == 3)
    assert order == ["search", "first", "second"]


def test_of_reads_with_one_name_only_the_newest_answers(threaded: Tasks, qtbot: Any) -> None:
    answers: list[int] = []
    gate = threading.Event()
    threaded.read(lambda r: gate.wait(5))
    for number in range(5):
        threaded.read(lambda r, number=number: number, answers.append, latest="search")
    gate.set()
    qtbot.waitUntil(lambda: 4 in answers)
    assert answers == [4]


def test_cancelling_rolls_everything_back(threaded: Tasks, store: Any, qtbot: Any) -> None:
    reached = threading.Event()

    def work(w: Any) -> None:
        for number in range(100_000):
            w.put("venue", {"name": f"Klub {number}"})
            if number == 5:
                reached.set()
            w.step(number, 100_000)

    done: list[Any] = []
    failed: list[Exception] = []
    task = threaded.write(work, done.append, failed.append)
    assert reached.wait(20)
    with qtbot.waitSignal(threaded.ended):
        task.cancel()
    assert task.finished and task.total == 100_000
    assert not done and not failed
    with store.read() as reader:
        assert reader.count("venue") == 0


def test_callbacks_of_a_widget_that_is_gone_are_dropped(threaded: Tasks, qtbot: Any) -> None:
    import shiboken6

    page = QWidget()
    gate = threading.Event()
    seen: list[Any] = []
    threaded.read(lambda r: gate.wait(5), seen.append, context=page)
    shiboken6.delete(page)
    with qtbot.waitSignal(threaded.ended):
        gate.set()
    assert seen == []


def test_an_error_goes_to_failed_or_to_the_signal(threaded: Tasks, qtbot: Any) -> None:
    def refuse(w: Any) -> None:
        raise UserError("no_such_row", record="venue")

    mine: list[Exception] = []
    with qtbot.assertNotEmitted(threaded.failed), qtbot.waitSignal(threaded.ended):
        threaded.write(refuse, failed=mine.append)
    assert isinstance(mine[0], UserError)
    with qtbot.waitSignal(threaded.failed) as heard:
        threaded.write(refuse)
    assert isinstance(heard.args[0], UserError)


def test_progress_arrives_while_the_work_goes_on(threaded: Tasks, qtbot: Any) -> None:
    def work(step: Any) -> str:
        for number in range(4):
            step(number, 4)
            time.sleep(0.06)
        return "done"

    told: list[int] = []
    threaded.progressed.connect(lambda task: told.append(task.done))
    answers: list[str] = []
    threaded.run(work, answers.append, steps=True)
    qtbot.waitUntil(lambda: answers == ["done"])
    assert told[0] == 0 and len(told) >= 2


def test_undo_takes_back_whole_commands_and_redo_does_them_again(tasks: Tasks, store: Any) -> None:
    def names() -> list[str]:
        with store.read() as reader:
            return sorted(row["name"] for row in reader.list("venue"))

    def two(w: Any) -> None:
        venue("B")(w)
        venue("C")(w)

    tasks.write(venue("A"))
    tasks.write(two)
    assert names() == ["A", "B", "C"] and tasks.can_undo and not tasks.can_redo
    tasks.undo()
    assert names() == ["A"]
    tasks.redo()
    assert names() == ["A", "B", "C"]
    tasks.undo()
    tasks.undo()
    assert names() == [] and tasks.undo() is None
    tasks.write(venue("D"))
    assert not tasks.can_redo


def test_a_write_that_is_refused_leaves_nothing_to_undo(tasks: Tasks) -> None:
    failed: list[Exception] = []
    tasks.write(lambda w: w.put("venue", {"capacity": -1}), failed=failed.append)
    assert isinstance(failed[0], Invalid) and not tasks.can_undo


def test_services_with_transactions_of_their_own_tell_what_they_wrote(threaded: Tasks, qtbot: Any) -> None:
    def twice(store: Any) -> str:
        store.write(venue("A"))
        store.write(venue("B"))
        raise UserError("disk_full")

    told: list[Any] = []
    failed: list[Exception] = []
    threaded.changed.connect(lambda changes, _: told.append(changes))
    threaded.use(twice, failed=failed.append)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert failed and all(changes.touch("venue") for changes in told)
    assert not threaded.can_undo


def test_a_bug_surfaces_in_tests(tasks: Tasks) -> None:
    with pytest.raises(ZeroDivisionError):
        tasks.read(lambda r: 1 / 0)


def test_a_store_is_opened_on_its_own_thread(store: Any, qtbot: Any) -> None:
    folder = store.folder
    store.close()
    tasks = Tasks()
    assert not tasks.has_store
    failures: list[Exception] = []
    tasks.open(unlock(folder, "not the passphrase"), failed=failures.append)
    qtbot.waitUntil(lambda: bool(failures), timeout=15_000)
    assert isinstance(failures[0], UserError) and failures[0].code == "wrong_passphrase"
    with qtbot.waitSignal(tasks.opened, timeout=15_000):
        tasks.open(unlock(folder, "practice"))
    assert tasks.has_store
    tasks.close()
    assert not tasks.has_store


def test_a_waiting_task_that_is_cancelled_never_runs(threaded: Tasks, qtbot: Any) -> None:
    gate = threading.Event()
    ran: list[int] = []
    threaded.read(lambda r: gate.wait(5))
    task: Task = threaded.read(lambda r: ran.append(1))
    task.cancel()
    after: list[int] = []
    threaded.read(lambda r: 1, after.append)
    gate.set()
    qtbot.waitUntil(lambda: bool(after))
    assert ran == [] and task.finished


def test_lowering_goes_through_the_threads_before_what_waits(store: Store, qtbot: Any) -> None:
    threaded = Tasks(store)
    threaded.lower("helper")
    told: list[str] = []
    threaded.write(lambda w: build.a_person(w), failed=lambda error: told.append(getattr(error, "code", "")))
    qtbot.waitUntil(lambda: bool(told), timeout=5000)
    assert told == ["role_may_not"]
    threaded.close()
