"""Sticks are told of when they come and go, once each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject

from app.ui import drives
from app.ui.drives import Drive, DriveWatch, StickCall
from tests.ui.pages.desk import a_window, settle


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


def test_a_drive_is_called_by_its_label_and_letter_else_by_where_it_hangs() -> None:
    assert drives.name_of("KINGSTON", "/media/ali/KINGSTON") == "KINGSTON"
    assert drives.name_of("", "/media/ali/3F2A-11") == "3F2A-11"
    assert drives.name_of("KINGSTON", "E:/") == "KINGSTON (E:)" and drives.name_of("", "E:/") == "E:"


def test_bundles_and_kits_are_found_by_how_they_begin(tmp_path: Path) -> None:
    (tmp_path / "deep" / "deeper" / "deepest").mkdir(parents=True)
    (tmp_path / "mail.dat").write_bytes(b"SAHA1 and more")
    (tmp_path / "deep" / "kit.bin").write_bytes(b"SAHAKIT and more")
    (tmp_path / "deep" / "deeper" / "deepest" / "far.saha").write_bytes(b"SAHA1")
    (tmp_path / "photo.saha").write_bytes(b"no bundle")
    found = drives.search(Drive("BAKI", tmp_path, 10))
    assert [path.name for path in found.bundles] == ["mail.dat"]
    assert [path.name for path in found.kits] == ["kit.bin"]
    assert drives.search(Drive("GONE", tmp_path / "gone", 10)).bundles == ()


def test_a_stick_with_bundles_calls_on_any_page(tasks: Any, qtbot: Any, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "a.saha").write_bytes(b"SAHA1")
    with a_window(tasks, qtbot, tmp_path) as window:
        window.go("people", "")
        call = StickCall(window, window.shell)
        call.hear([Drive("BAKI", stick, 10)])
        assert "Stick BAKI: there is 1 bundle on it." in window.bar.text
        window.bar.press_action()
        settle()
        assert window.page.accessibleName() == "Exchange"
