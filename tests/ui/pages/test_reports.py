"""The reports page: numbers at once, the same in the file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QTableWidget

from app.models.store import Store
from app.reports import catalogue
from app.services import exports, practice
from app.ui.pages.reports import ReportsPage, period
from tests import build
from tests.ui.keyboard import type_text
from tests.ui.pages.desk import a_window, settle


@pytest.mark.parametrize(
    ("key", "today", "start", "end"),
    [
        ("quarter", "2026-11-21", "2026-10-01", "2026-12-31"),
        ("last_quarter", "2026-02-03", "2025-10-01", "2025-12-31"),
        ("quarter", "2024-02-29", "2024-01-01", "2024-03-31"),
        ("year", "2026-11-21", "2026-01-01", "2026-12-31"),
    ],
)
def test_the_days_of_a_period(key: str, today: str, start: str, end: str) -> None:
    assert period(key, date.fromisoformat(today)) == (date.fromisoformat(start), date.fromisoformat(end))


def test_what_is_shown_is_what_is_written(store: Store, tasks: Any, qtbot: Any, tmp_path: Path) -> None:
    store.write(lambda w: practice.fill_site(w, "ganja", seed=1, people=20, events=10))
    with a_window(tasks, qtbot, tmp_path) as window:
        window.go("reports", "activities")
        settle()
        page = window.page
        assert isinstance(page, ReportsPage)
        page.periods.chosen.emit("year")
        settle()
        shown = page.area.findChildren(QTableWidget)
        assert shown
        out = tmp_path / "a.csv"
        page.write(out)
        settle()
        assert "a.csv" in window.bar.text
        titles = {shown[0].item(row, 2).text() for row in range(shown[0].rowCount()) if shown[0].item(row, 2)}
        assert titles
        assert all(title in out.read_text("utf-8-sig") for title in titles)


def test_every_report_of_a_period_can_be_chosen(store: Store, tasks: Any, qtbot: Any, tmp_path: Path) -> None:
    store.write(lambda w: practice.fill_site(w, "guba", seed=2, people=12, events=7))
    names = [name for name, entry in catalogue.REPORTS.items() if entry.build is not None]
    with a_window(tasks, qtbot, tmp_path, "ru", "dark") as window:
        for name in names:
            window.go("reports", name)
            settle()
            assert window.page.place() == name
            assert not window.bar.text, (name, window.bar.text)


def test_small_groups_are_hidden_for_publication(store: Store, tasks: Any, qtbot: Any, tmp_path: Path) -> None:
    store.write(lambda w: practice.fill_site(w, "ganja", seed=1, people=20, events=10))
    with a_window(tasks, qtbot, tmp_path) as window:
        window.go("reports", "participants")
        settle()
        page = window.page
        assert isinstance(page, ReportsPage)
        page.periods.chosen.emit("year")
        settle()
        assert not page.publishing.isChecked(), "the office's own numbers are whole"
        page.write(tmp_path / "own.csv")
        page.publishing.click()
        settle()
        page.write(tmp_path / "public.csv")
        assert "<5" not in (tmp_path / "own.csv").read_text("utf-8-sig")
        assert "<5" in (tmp_path / "public.csv").read_text("utf-8-sig")
        window.go("reports", "donor")
        settle()
        assert page.publishing.isChecked(), "what is made for people outside hides them at first"


def test_a_report_with_names_asks_what_for(
    store: Store, tasks: Any, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write(lambda w: build.a_person(w, surname="Ekspertov", roles=["expert"]))
    with a_window(tasks, qtbot, tmp_path) as window:
        window.go("reports", "registers")
        settle()
        page = window.page
        page.choose_file(".xlsx")
        assert page.exporting.isVisible()
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "r.xlsx"), ""))
        type_text("for the ministry\n")
        settle()
        assert (tmp_path / "r.xlsx").exists()
        with store.read() as r:
            assert [one["reason"] for one in exports.made(r)] == ["for the ministry"]
