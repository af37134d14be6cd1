"""Sticks that can be pulled, sticks that lie and drives that are full, of real file systems; tests nothing.

A stick is a file with an exFAT, NTFS or FAT32 system in it, mounted by a program of its own (FUSE). Killing this one
is what pulling is like: every call fails from then on, and what had not been written is not there.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SIZE = 24 * 1024 * 1024
LIAR = Path(__file__).with_name("liar.py")


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


class Plugged:
    """A file system that a program of its own serves in a folder, `path`; pulled by killing the program."""

    path: Path
    daemon: subprocess.Popen[bytes] | None = None

    def come_up(self, command: Sequence[str]) -> Path:
        """Start the program and wait until the folder is its; OSError if it never is."""
        before = self.path.stat().st_dev
        quiet = subprocess.DEVNULL
        self.daemon = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet)
        until = time.monotonic() + 20
        while self.path.stat().st_dev == before:
            if self.daemon.poll() is not None or time.monotonic() > until:
                raise OSError(f"{command[0]} did not come up")
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


class Stick(Plugged):
    """A stick of a kind of `KINDS`, made in a folder; `path` is where its files are once it is plugged in."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind = kind
        self.device = ""
        self.image, self.path = folder / f"{kind}.img", folder / f"{kind}-mounted"
        self.path.mkdir(exist_ok=True)
        with self.image.open("wb") as file:
            file.truncate(SIZE)
        subprocess.run([*KINDS[kind].make, str(self.image)], check=True, capture_output=True)

    def plug_in(self) -> Path:
        """Mount it; gives the folder."""
        source = str(self.image)
        if KINDS[self.kind].loop:
            attached = subprocess.run(["losetup", "-f", "--show", source], check=True, capture_output=True, text=True)
            source = self.device = attached.stdout.strip()
        return self.come_up([*KINDS[self.kind].mount, source, str(self.path)])

    def take_away(self) -> None:
        """As of any stick, and the device goes too."""
        super().take_away()
        if self.device:
            subprocess.run(["losetup", "-d", self.device], check=False, capture_output=True)
            self.device = ""


class LyingStick(Plugged):
    """A stick that acknowledges everything; `medium` is a folder with what really came to lie on it (`liar.py`)."""

    def __init__(self, folder: Path, lie: str = "nothing") -> None:
        self.lie = lie
        self.path, self.medium = folder / "mounted", folder / "medium"
        for made in (self.path, self.medium):
            made.mkdir(parents=True, exist_ok=True)

    def plug_in(self) -> Path:
        """Mount it; gives the folder."""
        return self.come_up([sys.executable, "-S", str(LIAR), str(self.path), str(self.medium), self.lie])


@contextmanager
def plugged(made: Plugged) -> Iterator[Path]:
    """The folder of a stick that is plugged in, and pulled at the end."""
    try:
        yield made.plug_in()  # type: ignore[attr-defined]
    finally:
        made.take_away()


@contextmanager
def stick(kind: str, folder: Path) -> Iterator[Stick]:
    """A stick, empty, not plugged in; taken away at the end."""
    made = Stick(kind, folder)
    try:
        yield made
    finally:
        made.take_away()


@contextmanager
def small_drive(size: int) -> Iterator[Path]:
    """A drive of so many bytes (a file system in memory); OSError where it cannot be mounted."""
    folder = Path(tempfile.mkdtemp(prefix="saha-drive-"))
    try:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=False, capture_output=True
        )
        if mounted.returncode:
            raise OSError(mounted.stderr.decode(errors="replace").strip() or "mount")
        try:
            yield folder
        finally:
            subprocess.run(["umount", "-l", str(folder)], check=False, capture_output=True)
    finally:
        folder.rmdir()
