"""Keeps screen and machine awake while somebody counts at a door; how a system is asked stands in `machine`."""

from __future__ import annotations

import subprocess

from app.basics import machine


class KeepAwake:
    """Keeps screen and machine from falling asleep while `on`; where the system offers no way, it does nothing.

    On POSIX a small program of the system holds the wish; it ends with this process, even if that is killed, because it
    reads from a pipe of ours.
    """

    def __init__(self, reason: str) -> None:
        self._reason = reason
        self._holder: subprocess.Popen[bytes] | None = None
        self._told = False

    @property
    def on(self) -> bool:
        """Whether the system was told and still keeps awake."""
        return self._told or (self._holder is not None and self._holder.poll() is None)

    def hold(self) -> None:
        """Stay awake from now on; calling it twice is as good as once."""
        if self.on:
            return
        self._told = machine.stay_awake(True)
        for command in [] if self._told else machine.awake_commands(self._reason):
            try:
                self._holder = subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
                return
            except OSError:
                continue

    def release(self) -> None:
        """Let the machine sleep again; must be called on the thread that called `hold`."""
        if self._told:
            machine.stay_awake(False)
            self._told = False
        if self._holder is not None:
            if self._holder.stdin is not None:
                self._holder.stdin.close()
            try:
                self._holder.wait(2)
            except subprocess.TimeoutExpired:
                self._holder.kill()
                self._holder.wait(2)
            self._holder = None
