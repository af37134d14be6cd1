"""Locks the window when nobody has touched keyboard or mouse for a while; sees that something happened, never what."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

_TOUCHED = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}
LOOK_EVERY = 10_000


class IdleWatch(QObject):
    """Calls `lock` after `minutes()` without input, if `may_lock()` agrees; a dialog that is open puts it off."""

    def __init__(
        self, window: QWidget, minutes: Callable[[], float], lock: Callable[[], None], may_lock: Callable[[], bool]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._minutes = minutes
        self._lock = lock
        self._may_lock = may_lock
        self._last = time.monotonic()
        self._watched: QObject | None = None
        self._timer = QTimer(self, interval=LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Look at the clock: lock if it is time."""
        handle = self._window.windowHandle()
        if handle is not None and handle is not self._watched:
            # on the QWindow, where each touch passes once; on the application every event of every widget would
            handle.installEventFilter(self)
            self._watched = handle
            self._last = time.monotonic()
        idle = time.monotonic() - self._last
        if idle >= self._minutes() * 60 and self._may_lock() and QApplication.activeModalWidget() is None:
            self._last = time.monotonic()
            self._lock()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHED:
            self._last = time.monotonic()
        return False
