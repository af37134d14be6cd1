"""Outputs, services and the roster of experts behind one page of the rail."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.models.store import Store
from app.ui.main_window import MainWindow
from app.ui.pages.outputs import SHOWN, ExpertsPage, OutputsPage
from app.ui.pages.parts import PartsPage
from tests import build
from tests.models.queries.test_sums import an_output
from tests.ui.looks import clipped, unnamed
from tests.ui.pages.desk import a_window, settle
from tests.ui.test_finding import a_titled_row


@pytest.fixture
def window(tasks: Any, qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    with a_window(tasks, qtbot, tmp_path) as made:
        yield made


def opened(window: MainWindow, target: str) -> OutputsPage:
    window.go("outputs", target)
    settle()
    assert isinstance(window.page, OutputsPage)
    return window.page


def test_every_list_of_it_is_shown(window: MainWindow) -> None:
    for name in SHOWN:
        page = opened(window, name)
        assert page.place() == f"{name}/" and page._list.currentItem().text()
        assert not list(unnamed(page)), name


def test_an_output_opens_by_its_id_alone(window: MainWindow, store: Store) -> None:
    output = store.write(lambda w: an_output(w, 900, ("School", 300))).value
    page = opened(window, output)
    assert page.place() == f"output/{output}" and isinstance(page._page, PartsPage)
    assert page._page.splitter.is_open and page.go_back() and not page._page.splitter.is_open


def test_the_roster_shows_experts_only_and_counts_them_by_sex(window: MainWindow, store: Store) -> None:
    def fill(w: Any) -> str:
        topics = {"expert_fields": ["border_security"], "expert_country": "TR", "languages": ["en"]}
        expert = build.a_person(w, surname="Yılmaz", given="Ayşe", patronymic=None, suffix=None, **topics)
        build.a_person(w, surname="Kaya", sex="m", roles=["expert"])
        build.a_person(w, surname="Nobody")
        w.put("expert_mission", {"expert": expert, "start": "2026-02-01", "days": 5.0})
        return expert

    expert = store.write(fill).value
    page = opened(window, "experts")._page
    assert isinstance(page, ExpertsPage)
    rows = {row["name"]: row for row in page.table.seen_rows()}
    assert len(rows) == 2 and (rows["Yılmaz Ayşe"]["missions"], rows["Yılmaz Ayşe"]["days"]) == (1, 5.0)
    assert page.table.sum_line.text() == "Woman: 1 · Man: 1"
    page.table.filter_line.setText("türk")
    page.table.filter_line._tell()
    page.table.filter_line.setText("border")
    page.table.filter_line._tell()
    assert [row["id"] for row in page.table.seen_rows()] == [expert]
    assert page.table.sum_line.text() == "Woman: 1", "the sum is of what is seen"
    page.table.opened.emit(expert)
    settle()
    assert window.page.place() == expert
    assert not list(clipped(page))


@pytest.mark.parametrize("language", ["ru", "az", "en"])
def test_a_record_fits_beside_its_list(store: Store, tasks: Any, qtbot: Any, tmp_path: Path, language: str) -> None:
    with a_window(tasks, qtbot, tmp_path, language=language) as made:
        for record in ("output", "mechanism", "survey", "press_item", "competition", "request"):
            row = store.write(partial(a_titled_row, record=record, title="Example")).value
            page = opened(made, f"{record}/{row}")._page
            assert isinstance(page, PartsPage) and page.panel.body is not None
            room = page.panel._area.viewport().width()
            assert page.panel.body.minimumSizeHint().width() <= room, record
