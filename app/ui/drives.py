"""Sticks and cards that are plugged in, by name; asks the system now and then, because nothing tells of a new one."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QStorageInfo, QTimer, Signal

POLL_EVERY = 2000
_STICKS = ("/media", "/run/media", "/mnt", "/Volumes")


@dataclass(frozen=True)
class Drive:
    """A drive that may be carried away."""

    name: str
    folder: Path
    free: int


def removable() -> list[Drive]:
    """The drives that look like sticks: mounted where sticks are; on Windows every ready one but the system's."""
    found = []
    for volume in QStorageInfo.mountedVolumes():
        root = volume.rootPath()
        here = Path.home().anchor if sys.platform == "win32" else ""
        stick = root != here.replace("\\", "/") if here else root.startswith(_STICKS)
        if stick and volume.isReady() and not volume.isReadOnly():
            name = volume.displayName() or Path(root).name or root
            found.append(Drive(name, Path(root), volume.bytesAvailable()))
    return found


class DriveWatch(QObject):
    """Tells when a stick comes or goes."""

    changed = Signal(list)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._known: list[Drive] = []
        self._timer = QTimer(self, interval=POLL_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Look now; emits `changed` with the drives there are when they are others than before."""
        now = removable()
        if [d.folder for d in now] != [d.folder for d in self._known]:
            self._known = now
            self.changed.emit(now)
