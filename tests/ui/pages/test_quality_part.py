"""The board of quality in the window: sites, findings, each leading to its record; keys only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.basics import words
from app.models.store import Store
from app.ui.main_window import MainWindow
from app.ui.pages.inbox import InboxPage
from app.ui.pages.quality_part import QualityView
from tests import build
from tests.ui import keyboard
from tests.ui.looks import clipped, unnamed
from tests.ui.pages.desk import a_window, settle


@pytest.fixture
def window(tasks: Any, qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    with a_window(tasks, qtbot, tmp_path) as made:
        yield made


def board(window: MainWindow) -> QualityView:
    window.go("inbox", "quality")
    settle()
    assert isinstance(window.page, InboxPage)
    return window.page.quality


def fill(store: Store) -> tuple[str, str]:
    """A person without a sex in Guba, an event of Ganja without a sheet; their ids."""

    def made(w: Any) -> tuple[str, str]:
        activity = build.an_activity(w)
        build.a_participation(w, activity, build.a_person(w, unit="x", owner_site=build.site("ganja")))
        return build.a_person(w, sex=None, owner_site=build.site("guba")), activity

    return store.write(made).value


def test_a_site_shows_its_findings_and_a_finding_its_record(window: MainWindow, store: Store, qtbot: Any) -> None:
    person, _ = fill(store)
    view = board(window)
    rows = {row["site"]: row for row in view.sites.seen_rows()}
    assert (rows["Guba"]["sex"], rows["Ganja"]["sex"], rows["Ganja"]["sheet"]) == (0, 100, 0)
    assert {row["what"] for row in view.findings.seen_rows()} == {"The sex is not recorded", "No scanned sheet"}
    view.sites.mark(build.site("guba"))
    view.sites.view.setFocus()
    keyboard.press("Return")  # its findings
    qtbot.waitUntil(lambda: [row["row"] for row in view.findings.seen_rows()] == [person], timeout=5000)
    view.findings.view.selectRow(0)
    keyboard.press("Return")  # the record
    settle()
    assert person in window.page.place()


def test_an_empty_register_says_what_would_be_here(window: MainWindow) -> None:
    view = board(window)
    assert view.sites.seen_rows() == [] and view.findings.seen_rows() == []
    keyboard.press("Ctrl+PgUp")
    assert window.page.place() == "sites"
    keyboard.press("Ctrl+PgDown")
    assert window.page.place() == "quality"


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_nothing_is_clipped_and_everything_has_a_name(
    tasks: Any, store: Store, qtbot: Any, tmp_path: Path, language: str
) -> None:
    fill(store)
    with a_window(tasks, qtbot, tmp_path, language) as window:
        board(window)
        assert not list(clipped(window.page)) and not list(unnamed(window.page))
