"""The sums above a record, in the window: said in words, drawn, and renewed when a part changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from app.models.store import Store
from app.ui.pages.facets import FacetList
from app.ui.pages.sums_part import SumsPart
from app.ui.widgets.charts import BarChart
from tests.models.queries.test_sums import a_survey, an_output
from tests.ui.looks import clipped, unnamed
from tests.ui.pages.desk import a_window, settle


def said(part: SumsPart) -> list[str]:
    return [one.text() for one in part.findChildren(QLabel) if one.isVisible()]


def test_stock_is_renewed_when_copies_are_given_out(store: Store, tasks: Any, qtbot: Any, tmp_path: Path) -> None:
    output = store.write(lambda w: an_output(w, 900, ("School", 300))).value
    with a_window(tasks, qtbot, tmp_path) as window:
        window.go("lists", f"output/{output}")
        settle()
        part = window.page.findChild(SumsPart)
        assert part is not None and said(part) == ["900 printed · 300 given out · 0 came back · 600 left"]
        tasks.write(lambda w: w.put("distribution", {"output": output, "date": "2026-03-02", "quantity": 650}))
        settle()
        assert said(part)[:2] == [
            "900 printed · 950 given out · 0 came back · -50 left",
            "50 copies more were given out than were printed.",
        ]
        lists = {one.spec.name: one for one in window.page.findChildren(FacetList)}
        lists["distribution"].reload()
        assert lists["distribution"].table.sum_line.text() == "950 copies"


@pytest.mark.parametrize("language", ["en", "az", "ru"])
def test_a_poll_shows_its_trend(store: Store, tasks: Any, qtbot: Any, tmp_path: Path, language: str) -> None:
    def fill(w: Any) -> str:
        a_survey(w, "2025-03-01", 50, 50)
        return a_survey(w, "2026-03-01", 62, 38)[0]

    survey = store.write(fill).value
    with a_window(tasks, qtbot, tmp_path, language=language) as window:
        window.go("lists", f"survey/{survey}")
        settle()
        part = window.page.findChild(SumsPart)
        assert part is not None and any("62 %" in one and "+12" in one for one in said(part)), said(part)
        (chart,) = part.findChildren(BarChart)
        assert chart.accessibleName().endswith("01.03.2025 50, 01.03.2026 62")
        assert not list(clipped(part)) and not list(unnamed(part))


def test_a_record_with_nothing_to_say_shows_nothing(store: Store, tasks: Any, qtbot: Any, tmp_path: Path) -> None:
    venue = store.write(lambda w: w.put("venue", {"name": "Hall"})).value
    with a_window(tasks, qtbot, tmp_path) as window:
        window.go("lists", f"venue/{venue}")
        settle()
        part = window.page.findChild(SumsPart)
        assert part is not None and not part.isVisible()
