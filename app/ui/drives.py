"""Sticks and cards that are plugged in, by name; asks the system now and then, because nothing tells of a new one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QStorageInfo, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.basics import machine
from app.basics.words import text
from app.ui.shell import Shell

POLL_EVERY = 2000
SLOW = 300
"""Milliseconds from which the system's answer is a slow one."""
_STICKS = ("/media", "/run/media", "/mnt", "/Volumes")
_KIT = b"SAHAKIT"
_BUNDLE = b"SAHA1"
_DEEP = 2
_MOST = 2000


@dataclass(frozen=True)
class Drive:
    """A drive that may be carried away; `free` in bytes."""

    name: str
    folder: Path
    free: int


@dataclass(frozen=True)
class Found:
    """What of ours lies on a drive: bundles and kits, the newest first."""

    drive: Drive
    bundles: tuple[Path, ...]
    kits: tuple[Path, ...]


def removable() -> list[Drive]:
    """The drives that look like sticks: mounted where sticks are; on Windows what the system calls removable."""
    found = []
    for volume in QStorageInfo.mountedVolumes():
        root = volume.rootPath()
        stick = machine.is_removable(root) if sys.platform == "win32" else root.startswith(_STICKS)
        if stick and volume.isReady() and not volume.isReadOnly():
            found.append(Drive(name_of(volume.name(), root), Path(root), volume.bytesAvailable()))
    return found


def name_of(label: str, root: str) -> str:
    """What a person calls a drive: its label, with the letter where there is one; else where it hangs."""
    letter = root.rstrip("/") if root[1:2] == ":" else ""
    if label:
        return f"{label} ({letter})" if letter else label
    return letter or Path(root).name or root


def search(drive: Drive) -> Found:
    """Look for bundles and kits on a drive by how files begin, two folders deep; slow on a slow stick."""
    bundles: list[Path] = []
    kits: list[Path] = []
    folders, looked = [(drive.folder, 0)], 0
    while folders and looked < _MOST:
        folder, deep = folders.pop(0)
        try:
            inside = sorted(folder.iterdir())
        except OSError:
            continue
        for path in inside[:_MOST]:
            looked += 1
            try:
                if path.is_dir() and not path.is_symlink():
                    if deep < _DEEP:
                        folders.append((path, deep + 1))
                    continue
                with path.open("rb") as file:
                    begins = file.read(len(_KIT))
            except OSError:
                continue
            if begins == _KIT:
                kits.append(path)
            elif begins.startswith(_BUNDLE):
                bundles.append(path)
    return Found(drive, tuple(_newest(bundles)), tuple(_newest(kits)))


def _newest(paths: list[Path]) -> list[Path]:
    def made(path: Path) -> float:
        try:
            return path.stat().st_mtime
        except OSError:
            return 0.0

    return sorted(paths, key=made, reverse=True)


class DriveWatch(QObject):
    """Tells when a stick comes or goes. `run(work, done)` asks the system off the window's thread (a slow drive)."""

    changed = Signal(list)

    def __init__(self, parent: QObject, run: Callable[[Any, Any], Any] | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._asking = False
        self.known: list[Drive] = []
        self._timer = QTimer(self, interval=POLL_EVERY)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._clock = QElapsedTimer()

    def _tick(self) -> None:
        """Ask again, unless nobody sees the answer."""
        parent = self.parent()
        if not isinstance(parent, QWidget) or parent.isVisible():
            self.look()

    def look(self) -> None:
        """Look now; emits `changed` with the drives there are when they are others than before."""
        if self._run is None:
            self._take(removable())
        elif not self._asking:
            self._asking = True
            self._clock.start()
            self._run(lambda: removable(), self._take)

    def _take(self, now: list[Drive]) -> None:
        if self._asking:  # a drive that answers slowly (one of a network) is asked seldom
            self._asking = False
            self._timer.setInterval(POLL_EVERY if self._clock.elapsed() < SLOW else POLL_EVERY * 15)
        if [d.folder for d in now] != [d.folder for d in self.known]:
            self.known = now
            self.changed.emit(now)


class StickCall(QObject):
    """While a register is open: a stick that is plugged in and has bundles on it is offered, on whatever page."""

    def __init__(self, parent: QObject, shell: Shell) -> None:
        super().__init__(parent)
        self._shell = shell
        self._seen: set[Path] = set()
        self._watch = DriveWatch(self, lambda work, done: shell.tasks.run(work, done, context=self))
        self._watch.changed.connect(self.hear)

    def hear(self, drives: list[Drive]) -> None:
        """Look into the drives that are new."""
        fresh = [drive for drive in drives if drive.folder not in self._seen]
        self._seen = {drive.folder for drive in drives}
        if fresh and self._shell.tasks.has_store:
            self._shell.tasks.run(lambda: [search(drive) for drive in fresh], self._offer, context=self)

    def _offer(self, found: list[Found]) -> None:
        for one in found:
            if one.bundles and self._shell.tasks.has_store:
                said = text("exchange.stick_has", name=one.drive.name, n=len(one.bundles))
                self._shell.messages.info(
                    said,
                    action=text("exchange.look_there"),
                    act=partial(self._shell.go, "exchange", f"file:{one.drive.folder}"),
                )
