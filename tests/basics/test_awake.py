"""Staying awake: the system's program is held, and let go with us."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.basics.awake import KeepAwake

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows is told by a call")


@posix
def test_staying_awake_holds_a_program_of_the_system_until_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system's program is played by a script that writes down how it was called and waits as the real one does."""
    said = tmp_path / "said"
    for name in ("gnome-session-inhibit", "systemd-inhibit"):
        script = tmp_path / name
        script.write_text(f'#!/bin/sh\necho "$0 $*" >> {said}\nexec cat\n')
        script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    awake = KeepAwake("counting")
    awake.hold()
    awake.hold()
    holder = awake._holder
    assert awake.on and holder is not None
    awake.release()
    assert not awake.on and holder.returncode == 0
    assert len(said.read_text().splitlines()) == 1 and "counting" in said.read_text()
    awake.release()


@posix
def test_staying_awake_without_such_a_program_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    awake = KeepAwake("counting")
    awake.hold()
    assert not awake.on or sys.platform == "darwin"
    awake.release()
