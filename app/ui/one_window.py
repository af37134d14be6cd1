"""A bundle that is double-clicked while the window is open goes to that window; files pass its path, nothing else."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, Signal

_FOLDER = "calls"
_LONGEST = 10_000


class OneWindow(QObject):
    """Knows whether this is the first window of this user; emits `called(path)` when a later one hands a file over."""

    called = Signal(Path)

    def __init__(self, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = data / _FOLDER
        self._lock: QLockFile | None = None
        self._watcher: QFileSystemWatcher | None = None
        self.first = False
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return  # nobody can be told anything; every window stands for itself
        lock = QLockFile(str(self._folder / "window.lock"))
        lock.setStaleLockTime(0)  # held for as long as the process lives; one that died is noticed by its number
        self.first = lock.tryLock(0)
        self._lock = lock if self.first else None

    def listen(self) -> None:
        """Hear what later starts hand over; what was left lying from before is thrown away."""
        if not self.first:
            return
        for left in self._folder.glob("*.call"):
            left.unlink(missing_ok=True)
        self._watcher = QFileSystemWatcher([str(self._folder)], self)
        self._watcher.directoryChanged.connect(lambda _: self.look())

    def look(self) -> None:
        """Take what lies there."""
        for call in sorted(self._folder.glob("*.call")):
            try:
                told = json.loads(call.read_text("utf-8")[:_LONGEST])
                call.unlink()
            except (OSError, ValueError):
                continue
            if isinstance(told, str):
                self.called.emit(Path(told))

    def hand_over(self, path: Path) -> bool:
        """Pass a file to the window that is open; False if that cannot be done."""
        draft = self._folder / f"{uuid.uuid4().hex}.part"
        try:
            draft.write_text(json.dumps(str(path.resolve())), "utf-8")
            draft.replace(draft.with_suffix(".call"))
        except OSError:
            return False
        return True
