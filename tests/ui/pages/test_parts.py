"""A record with parts: its form and below it the lists of what belongs to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.models.store import Store
from app.ui.pages.facets import FacetList
from app.ui.pages.parts import PartsPage
from tests.ui.pages.desk import a_window, settle


def test_an_output_shows_its_distribution_and_airings(store: Store, tasks: Any, qtbot: Any, tmp_path: Path) -> None:
    def fill(w: Any) -> str:
        output = w.put("output", {"kind": "newspaper", "title_en": "Issue 1", "stage": "published", "print_run": 900})
        w.put("distribution", {"output": output, "date": "2026-11-02", "quantity": 300, "place": "School"})
        return str(output)

    output = store.write(fill).value
    with a_window(tasks, qtbot, tmp_path) as window:
        window.go("outputs", output)
        settle()
        page = window.page
        assert isinstance(page, PartsPage)
        parts = {part.spec.name: part for part in page.findChildren(FacetList)}
        assert set(parts) == {"distribution", "airing"}
        assert [row["quantity"] for row in parts["distribution"].table.model.rows] == [300]


def test_a_record_without_parts_is_its_form(store: Store, tasks: Any, qtbot: Any, tmp_path: Path) -> None:
    venue = store.write(lambda w: w.put("venue", {"name": "Hall"})).value
    with a_window(tasks, qtbot, tmp_path) as window:
        window.go("lists", f"venue/{venue}")
        settle()
        assert window.page.findChildren(FacetList) == []
