"""Papers from the window: written where one says, with a message of what came and who was left out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QMenu

from app.models.queries.attendance import sessions_of
from app.models.store import Store
from app.services import attendance as desk
from app.ui.main_window import MainWindow
from app.ui.pages.attendance import AttendancePage
from tests import build
from tests.ui.pages.desk import a_window, settle


@pytest.fixture
def window(tasks: Any, qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    with a_window(tasks, qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def page(window: MainWindow, store: Store) -> AttendancePage:
    activity = store.write(lambda w: build.a_training(w, people=5, days=1)).value

    def held(w: Any) -> None:
        session = sessions_of(w, activity)[0]["id"]
        desk.mark_all(w, activity, session)
        desk.mark_rows(w, activity, session, "2")
        w.put("activity", {"status": "held"}, activity)

    store.write(held)
    window.go("attendance", activity)
    settle()
    shown = window.page
    assert isinstance(shown, AttendancePage)
    return shown


def answer(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> list[str]:
    """The file dialog is played: a test cannot press its buttons."""
    asked: list[str] = []

    def played(parent: Any, caption: str, name: str, kinds: str) -> tuple[str, str]:
        asked.append(name)
        return (str(path) if path else "", kinds)

    monkeypatch.setattr(QFileDialog, "getSaveFileName", played)
    return asked


def test_sheets_and_badges_are_written(
    page: AttendancePage, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer(monkeypatch, tmp_path / "sheets.pdf")
    page.papers.sheets(page.activity, "A/B: course?", ("az", "ru"))
    assert (tmp_path / "sheets.pdf").read_bytes().startswith(b"%PDF") and "sheets.pdf" in window.bar.text
    assert "/" not in asked[0] and ":" not in asked[0] and asked[0].endswith(".pdf")
    answer(monkeypatch, tmp_path / "badges")
    page.papers.badges(page.activity, "course")
    assert (tmp_path / "badges.pdf").stat().st_size > 1000 and "5" in window.bar.text


def test_certificates_name_who_was_left_out(
    page: AttendancePage, window: MainWindow, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, tmp_path / "certificates.pdf")
    page.papers.certificates(page.activity, "course", "az")
    with store.read() as r:
        assert r.count("certificate") == 4
        absent = next(row for row in page.model.rows if row["sheet_row"] == 2)
    assert "4 certificates" in window.bar.text and "1 left out" in window.bar.text
    assert absent["surname"] in window.bar.text


def test_without_a_file_nothing_happens(page: AttendancePage, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, None)
    page.papers.certificates(page.activity, "course", "az")
    page.papers.sheets(page.activity, "course", ("az",))
    with store.read() as r:
        assert r.count("certificate") == 0


def test_a_place_that_cannot_be_written_is_said(
    page: AttendancePage, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, tmp_path / "no such folder" / "x.pdf")
    page.papers.sheets(page.activity, "course", ("az",))
    assert window.bar.text


def test_the_menu_offers_each_paper(page: AttendancePage) -> None:
    menu = QMenu()
    page.papers.fill(menu, page.activity, "course")
    assert [action.text() for action in menu.actions()] == ["Sign-in sheets", "Badges", "Certificates"]
