"""The only threads of the window: one owns the store, one does other slow work; widgets are met in callbacks only."""

from __future__ import annotations

import itertools
import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.errors import Cancelled, SahaError

if TYPE_CHECKING:
    from app.models.store import Store

_URGENT, _ORDINARY, _LAST = 0, 1, 9
_PROGRESS_EVERY = 0.05  # seconds; a callback per row would drown the window


class Task:
    """One piece of work under way: what it is called, how far it is, and a way to stop it."""

    def __init__(self, tasks: Tasks, title: str) -> None:
        self.title = title
        self.done = 0
        self.total = 0
        self.finished = False
        self._tasks = tasks
        self._stop = threading.Event()
        self._told = 0.0

    def cancel(self) -> None:
        """Ask it to stop: at once if it still waits, at its next step if it runs (the transaction is rolled back)."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._stop.is_set()

    def step(self, done: int, total: int = 0) -> None:
        """Called by the work itself: tells the progress, raises Cancelled when asked to stop."""
        if self._stop.is_set():
            raise Cancelled
        self.done, self.total = done, total
        now = time.monotonic()
        if now - self._told >= _PROGRESS_EVERY:
            self._told = now
            self._tasks.post(lambda: self._tasks.progressed.emit(self))


class _Worker(threading.Thread):
    """A thread that takes the most urgent job first, and otherwise the oldest."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self.jobs: queue.PriorityQueue[tuple[int, int, Callable[[], None] | None]] = queue.PriorityQueue()
        self._order = itertools.count()
        self.start()

    def put(self, job: Callable[[], None] | None, priority: int) -> None:
        self.jobs.put((priority, next(self._order), job))

    def run(self) -> None:
        while True:
            job = self.jobs.get()[2]
            if job is None:
                return
            job()
            del job  # otherwise the last callback's widgets live until the next job


class Tasks(QObject):
    """Reads, writes and other slow work off the window's thread; callbacks come back on it.

    A callback is dropped when its `context` (a widget) is gone. An error goes to `failed` of the call, or, without
    one, to the signal `failed`. `inline=True` does everything at once in the calling thread, for tests.
    """

    changed = Signal(object, object)  # Changes, context of the write (its initiator) or None
    began = Signal(object)  # Task
    progressed = Signal(object)  # Task
    ended = Signal(object)  # Task
    failed = Signal(object)  # an exception nobody else took
    undo_changed = Signal()
    opened = Signal()
    _posted = Signal(object)

    def __init__(self, store: Store | None = None, *, inline: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store: Store | None = None
        self._heard: list[Any] = []
        self._inline = inline
        self._latest: dict[str, Task] = {}
        self._undo: list[list[int]] = []
        self._redo: list[list[int]] = []
        self._posted.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._database: _Worker | None = None
        self._other: _Worker | None = None
        if store is not None:
            self._take_store(store)

    # --- what pages call --------------------------------------------------------------------------------

    @property
    def folder(self) -> Path | None:
        """Where the open store lies."""
        return self._store.folder if self._store is not None else None

    @property
    def has_store(self) -> bool:
        """Whether a store is open."""
        return self._store is not None

    @property
    def level(self) -> str:
        """What whoever is at the keyboard may (a level of `permits`); '' while no store is open."""
        return self._store.identity.level if self._store is not None else ""

    def read(
        self,
        fn: Callable[..., Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        context: QObject | None = None,
        title: str = "",
        urgent: bool = False,
        latest: str = "",
    ) -> Task:
        """Run `fn(reader)` and hand its result to `done`; long work calls `reader.step(done, total)` now and then.

        `urgent` reads (search while typing) go before everything that waits. A read named `latest` cancels the one of
        the same name before it, so that only the newest answer arrives.
        """

        def work(task: Task) -> Any:
            with self._open_store().read(task.step) as reader:
                return fn(reader)

        task = Task(self, title)
        if latest:
            if (before := self._latest.get(latest)) is not None:
                before.cancel()
            self._latest[latest] = task
        return self._start(task, work, done, failed, context, _URGENT if urgent else _ORDINARY)

    def write(
        self,
        fn: Callable[..., Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        context: QObject | None = None,
        title: str = "",
        undoable: bool = True,
    ) -> Task:
        """Run `fn(writer)` in one transaction; its value goes to `done`, then `changed(changes, context)` is emitted.

        Long work calls `writer.step(done, total)`; cancelling rolls it all back.
        """

        def work(task: Task) -> Any:
            return self._open_store().write(fn, task.step)

        def remember(outcome: Any) -> None:
            if outcome.changes.ops and undoable:
                self._undo.append(list(outcome.changes.ops))
                self._redo.clear()
                self.undo_changed.emit()

        return self._start(Task(self, title), work, done, failed, context, _ORDINARY, remember)

    def run(
        self,
        fn: Callable[..., Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        context: QObject | None = None,
        title: str = "",
        steps: bool = False,
    ) -> Task:
        """Run `fn()` (with `steps`: `fn(step)`), work that needs no store, on the second thread."""

        def work(task: Task) -> Any:
            return fn(task.step) if steps else fn()

        return self._start(Task(self, title), work, done, failed, context, _ORDINARY, other=True)

    def use(
        self,
        fn: Callable[..., Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        context: QObject | None = None,
        title: str = "",
        steps: bool = False,
    ) -> Task:
        """Run `fn(store)` (with `steps`: `fn(store, step)`), for what begins and ends transactions of its own.

        Exchange, kits, backup. What it wrote is told by `changed` when it ends; it is not undone by Ctrl+Z.
        """

        written: list[Any] = []

        def work(task: Task) -> Any:
            self._heard = written
            try:
                return fn(self._open_store(), task.step) if steps else fn(self._open_store())
            finally:
                self._heard = []

        def tell() -> None:  # also when it failed half-way: what was written is written
            for changes in written:
                self.changed.emit(changes, context)

        return self._start(Task(self, title), work, done, failed, context, _ORDINARY, after=tell)

    # --- undo -------------------------------------------------------------------------------------------

    @property
    def can_undo(self) -> bool:
        """Whether this session has a write to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether something taken back can be done again."""
        return bool(self._redo)

    def undo(self, done: Callable[[Any], None] | None = None) -> Task | None:
        """Take back the last write of this session, as ordinary writes; None when there is nothing."""
        return self._revert(self._undo, self._redo, done)

    def redo(self, done: Callable[[Any], None] | None = None) -> Task | None:
        """Do again what was taken back last."""
        return self._revert(self._redo, self._undo, done)

    def _revert(
        self, source: list[list[int]], target: list[list[int]], done: Callable[[Any], None] | None
    ) -> Task | None:
        if not source:
            return None
        ops = source.pop()

        def remember(outcome: Any) -> None:
            if outcome.changes.ops:
                target.append(list(outcome.changes.ops))
            self.undo_changed.emit()

        def work(task: Task) -> Any:
            return self._open_store().write(lambda w: w.revert(ops), task.step)

        return self._start(Task(self, ""), work, done, None, None, _ORDINARY, remember)

    # --- opening and closing ----------------------------------------------------------------------------

    def open(
        self,
        opener: Callable[[], Store],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        context: QObject | None = None,
        title: str = "",
    ) -> Task:
        """Open a store on its own thread (`unlock` below makes an opener); emits `opened`, then calls `done(store)`."""

        def work(task: Task) -> Any:
            store = opener()
            if self._store is not None:
                self._store.close()
            self._take_store(store)
            return store

        def remember(store: Any) -> None:
            self._undo.clear()
            self._redo.clear()
            self.opened.emit()

        return self._start(Task(self, title), work, done, failed, context, _ORDINARY, remember)

    def lower(self, level: str) -> Task:
        """Whoever is at the keyboard may no more than this level of `permits` until the register is locked."""
        return self._start(Task(self, ""), lambda task: self._open_store().lower(level), None, None, None, _URGENT)

    def close(self) -> None:
        """Finish what waits, close the store and end the threads; waits at most ten seconds."""

        def shut() -> None:
            if self._store is not None:
                self._store.close()
                self._store = None

        if self._database is None:
            shut()
        else:
            self._database.put(shut, _LAST)
            self._database.put(None, _LAST)
            self._database.join(10)
            self._database = None
        if self._other is not None:
            self._other.put(None, _LAST)
            self._other.join(10)
            self._other = None

    def post(self, fn: Callable[[], None]) -> None:
        """Run `fn` on the window's thread soon; may be called from any thread."""
        if self._inline:
            fn()
        elif shiboken6.isValid(self):
            self._posted.emit(fn)

    # --- inside -----------------------------------------------------------------------------------------

    @Slot(object)
    def _take(self, fn: Callable[[], None]) -> None:
        fn()

    def _take_store(self, store: Store) -> None:
        self._store = store
        store.subscribe(lambda changes: self._heard.append(changes))

    def _open_store(self) -> Store:
        if self._store is None:
            raise RuntimeError("no store is open")
        return self._store

    def _start(
        self,
        task: Task,
        work: Callable[[Task], Any],
        done: Callable[[Any], None] | None,
        failed: Callable[[Exception], None] | None,
        context: QObject | None,
        priority: int,
        remember: Callable[[Any], None] | None = None,
        other: bool = False,
        after: Callable[[], None] | None = None,
    ) -> Task:
        def deliver(result: Any, error: Exception | None) -> None:
            task.finished = True
            self.ended.emit(task)
            alive = context is None or shiboken6.isValid(context)
            if error is None:
                if remember is not None:
                    remember(result)
                changes = result.changes if remember is not None and hasattr(result, "changes") else None
                if done is not None and alive and not (task.cancelled and changes is None):
                    done(result if changes is None else result.value)
                if changes is not None:
                    self.changed.emit(changes, context)
            elif isinstance(error, Cancelled):
                pass
            elif failed is not None:
                if alive:
                    failed(error)
            elif self._inline and not isinstance(error, SahaError | OSError):
                raise error
            else:
                self.failed.emit(error)
            if after is not None:
                after()

        def job() -> None:
            result: Any = None
            error: Exception | None = None
            if task.cancelled:
                error = Cancelled()
            else:
                self.post(lambda: self.began.emit(task))
                try:
                    result = work(task)
                except Exception as raised:
                    error = raised
            self.post(lambda: deliver(result, error))

        if self._inline:
            job()
        elif other:
            self._other = self._other or _Worker("saha-work")
            self._other.put(job, priority)
        else:
            self._database = self._database or _Worker("saha-store")
            self._database.put(job, priority)
        return task


def unlock(folder: Path, passphrase: str) -> Callable[[], Store]:
    """An opener for `Tasks.open`: the existing store in `folder`. The database code is loaded only when it runs."""

    def opener() -> Store:
        from app.models.store import Store  # after the first paint: 0.3 s of imports

        return Store.open(folder, passphrase)

    return opener
