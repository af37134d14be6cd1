"""Sticks that can be pulled and drives that are full, of real file systems; tests nothing.

A stick is a file with an exFAT, NTFS or FAT32 system in it, mounted by a program of its own (FUSE). Killing this one
is what pulling is like: every call fails from then on, and what had not been written is not there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

SIZE = 24 * 1024 * 1024


@dataclass(frozen=True)
class Kind:
    """How a file system is made and mounted without leaving the foreground, and the package that knows it."""

    make: tuple[str, ...]
    mount: tuple[str, ...]
    package: str
    loop: bool = False  # it wants a device and not a file


KINDS = {
    "exfat": Kind(("mkfs.exfat",), ("mount.exfat-fuse", "-d"), "exfat-fuse exfatprogs", True),
    "ntfs": Kind(("mkfs.ntfs", "-F", "-Q", "-q"), ("ntfs-3g", "-o", "no_detach"), "ntfs-3g"),
    "fat32": Kind(("mkfs.vfat", "-F", "32"), ("fusefat", "-f", "-o", "rw+"), "fusefat dosfstools"),
}


def need(kind: str) -> None:
    """Skip the test, in words, where this machine cannot mount such a stick."""
    known = KINDS[kind]
    missing = [tool for tool in (known.make[0], known.mount[0], "umount") if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"{', '.join(missing)} not here (apt: {known.package}): no {kind} stick was pulled")
    devices = not known.loop or (shutil.which("losetup") and Path("/dev/loop-control").exists())
    if not Path("/dev/fuse").exists() or os.geteuid() != 0 or not devices:
        pytest.skip(f"no /dev/fuse or no right to mount: no {kind} stick was pulled")


@dataclass
class Stick:
    """A stick in a folder; `path` is where its files are once it is plugged in."""

    kind: str
    folder: Path
    path: Path = field(init=False)
    image: Path = field(init=False)
    daemon: subprocess.Popen[bytes] | None = None
    device: str = ""

    def __post_init__(self) -> None:
        self.image, self.path = self.folder / f"{self.kind}.img", self.folder / f"{self.kind}-mounted"
        self.path.mkdir(exist_ok=True)
        with self.image.open("wb") as file:
            file.truncate(SIZE)
        subprocess.run([*KINDS[self.kind].make, str(self.image)], check=True, capture_output=True)

    def plug_in(self) -> Path:
        """Mount it; gives the folder."""
        before = self.path.stat().st_dev
        source = str(self.image)
        if KINDS[self.kind].loop:
            attached = subprocess.run(["losetup", "-f", "--show", source], check=True, capture_output=True, text=True)
            source = self.device = attached.stdout.strip()
        self.daemon = subprocess.Popen(
            [*KINDS[self.kind].mount, source, str(self.path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 20
        while self.path.stat().st_dev == before:
            if self.daemon.poll() is not None or time.monotonic() > until:
                raise OSError(f"the {self.kind} stick did not come up")
            time.sleep(0.005)
        return self.path

    def pull(self) -> None:
        """Pull it out, whatever is being written."""
        if self.daemon is not None:
            self.daemon.kill()
            self.daemon.wait()
            self.daemon = None

    def take_away(self) -> None:
        """What the system does with a stick that is gone: its folder is empty again."""
        self.pull()
        subprocess.run(["umount", "-l", str(self.path)], check=False, capture_output=True)
        if self.device:
            subprocess.run(["losetup", "-d", self.device], check=False, capture_output=True)
            self.device = ""


@contextmanager
def stick(kind: str, folder: Path) -> Iterator[Stick]:
    """A stick, empty, not plugged in; taken away at the end."""
    need(kind)
    made = Stick(kind, folder)
    try:
        yield made
    finally:
        made.take_away()


@contextmanager
def small_drive(size: int) -> Iterator[Path]:
    """A drive of so many bytes (a file system in memory)."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("no right to mount: no drive was filled")
    folder = Path(tempfile.mkdtemp(prefix="saha-drive-"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if mounted.returncode:
        folder.rmdir()
        pytest.skip("tmpfs cannot be mounted here: no drive was filled")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False, capture_output=True)
        folder.rmdir()
