"""Sticks are told of when they come and go, once each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject

from app.ui import drives
from app.ui.drives import Drive, DriveWatch


def test_a_stick_is_told_of_when_it_comes_and_when_it_goes(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    there: list[Drive] = []
    monkeypatch.setattr(drives, "removable", lambda: list(there))
    owner = QObject()
    watch = DriveWatch(owner)
    heard: list[list[str]] = []
    watch.changed.connect(lambda now: heard.append([drive.name for drive in now]))
    watch.look()
    there.append(Drive("BAKI", Path("/media/baki"), 10))
    watch.look()
    watch.look()
    there.clear()
    watch.look()
    assert heard == [["BAKI"], []]


def test_the_system_s_own_drive_is_not_a_stick() -> None:
    assert all(drive.folder not in (Path("/"), Path.home()) for drive in drives.removable())
