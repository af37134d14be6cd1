"""Changes kept apart: seen with their reason, marked and taken by somebody at the office."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.basics import words
from app.models.store import Store
from app.sync import office
from app.sync.office import enrol_office
from app.ui.pages.apart_part import reason_word
from app.ui.pages.exchange import ExchangePage
from tests import build
from tests.sync.build import Country
from tests.ui.looks import clipped, unnamed
from tests.ui.pages.desk import a_window, settle


@pytest.fixture
def country(store: Store, tmp_path: Path) -> Any:
    """A laptop that lost its right to write before its bundle came."""
    enrol_office(store)
    made = Country(tmp_path, store)
    laptop = made.join("Gəncə 1", "ganja")
    laptop.write(lambda w: build.a_person(w, surname="Apart"))
    office.give_level(store, "Gəncə 1", "viewer")
    made.post(laptop, store, "Bakı")
    yield made
    laptop.close()


def test_they_are_seen_and_taken(tasks: Any, store: Store, country: Any, qtbot: Any, tmp_path: Path) -> None:
    with store.read() as r:
        assert r.count("person") == 0
    with a_window(tasks, qtbot, tmp_path) as window:
        window.go("inbox", "")
        settle()
        window.page.table.opened.emit(build.site("ganja"))  # type: ignore[attr-defined]
        settle()
        page = window.page
        assert isinstance(page, ExchangePage) and page.place() == "apart"
        (row,) = page.apart.table.model.rows
        assert row["title"] == "Person Apart Gülnar Əli" and row["reason"] == "beyond its role"
        assert "Surname: Apart" in row["what"] and row["sender"] == "Gəncə 1"
        page.apart.table.unmark()
        page.apart.take()
        assert "Mark the changes" in window.bar.text
        page.apart.table.mark(row["id"])
        page.apart.take()
        settle()
        assert page.apart.table.model.rows == []
    with store.read() as r:
        assert r.count("person") == 1


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_it_is_whole_in_every_language(tasks: Any, country: Any, qtbot: Any, tmp_path: Path, language: str) -> None:
    with a_window(tasks, qtbot, tmp_path, language, "dark") as window:
        window.go("exchange", "apart")
        settle()
        assert not list(clipped(window.page)) and not list(unnamed(window.page))
    for reason in ("not_their_site", "office_only", "beyond_role", "malformed", "something new"):
        assert reason_word(reason)
