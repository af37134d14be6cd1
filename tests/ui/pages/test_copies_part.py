"""Backups from the settings: one more, onto a stick, the yearly drill, the way back; copies in words."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from app.basics import clock, words
from app.models.store import Store
from app.services import backup
from app.ui.drives import Drive
from app.ui.pages.copies_part import contents_words, copy_word
from app.ui.pages.settings import SettingsPage
from tests import build
from tests.ui.looks import clipped, unnamed
from tests.ui.pages.desk import a_window, settle


def press(widget: Any, words_: str) -> None:
    next(b for b in widget.findChildren(QPushButton) if b.text() == words_ and b.isVisible()).click()
    settle()


def test_a_backup_a_drill_and_a_stick(tasks: Any, store: Store, qtbot: Any, tmp_path: Path) -> None:
    store.write(build.a_person)
    with a_window(tasks, qtbot, tmp_path) as window:
        window.go("settings", "")
        settle()
        page = window.page
        assert isinstance(page, SettingsPage)
        press(page, "Try a return (yearly)")
        assert "no backup yet" in window.bar.text
        press(page, "Back up now")
        assert len(backup.listed(store.folder)) == 1
        press(page, "Try a return (yearly)")
        assert "It works" in window.bar.text and "People 1" in window.bar.text
        assert "Last backup: today. On a stick: never. Last drill: today." in page.copies.note.text()
        page.copies.show_drives([Drive("BAKI", tmp_path / "stick", 10**9)])
        press(page, "Onto BAKI")
        assert list((tmp_path / "stick").rglob("*.keys"))
        now = clock.now()
        clock.turn(lambda: now + timedelta(days=370))
        try:
            page.copies.reload()
            assert not page.copies.due.isHidden()
        finally:
            clock.turn(None)
        press(page, "Bring back an earlier state…")
        assert window.frame is None and window.unlock_page is not None
        said = "\n".join(made.text() for made in window.unlock_page.findChildren(QLabel))
        assert "Bring back a register" in said


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_settings_have_room_in_every_language(tasks: Any, qtbot: Any, tmp_path: Path, language: str) -> None:
    with a_window(tasks, qtbot, tmp_path, language, "dark") as window:
        window.go("settings", "")
        settle()
        assert not list(clipped(window.page)) and not list(unnamed(window.page))


def test_copies_in_words() -> None:
    for kind in ("own", "stick", "before", "replaced"):
        one = backup.Candidate(kind, Path("x.db"), "2026-11-21T10:00:00+00:00", 3_400_000)
        assert copy_word(one).startswith("21.11.2026") and copy_word(one).endswith("3.4 MB")
    found = backup.Contents("Gəncə 1", {"person": 3}, "2026-11-21T10:00:00Z", 10)
    assert contents_words(found)[-1][1] == "warn"
    same = backup.Contents("Gəncə 1", {"person": 3}, "2026-11-21T10:00:00Z", 10, 0, {}, {"person": 3})
    assert [role for _, role in contents_words(same)] == ["body", "good"]
