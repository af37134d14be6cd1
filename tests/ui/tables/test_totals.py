"""What stands under a list: only what may be added, and what passes the filter."""

from __future__ import annotations

from typing import Any

import pytest

from app.specs import choices
from app.specs.records import RECORDS
from app.ui.tables import totals
from app.ui.tables.totals import totals_of


def said(record: str, *rows: dict[str, Any]) -> str:
    return totals_of(record)(rows)  # type: ignore[misc]


def test_costs_are_added_in_manats_and_told_in_what_was_paid() -> None:
    rows = (
        {"amount": 100.0, "currency": "AZN", "rate": 1.0},
        {"amount": 50.0, "currency": "EUR", "rate": 2.0},
        {"amount": 20.0, "currency": "AZN", "rate": None},
    )
    assert said("cost", *rows) == "220 AZN at the fixed rates · paid in AZN: 120 · paid in EUR: 50"
    assert said("cost", rows[0]) == "100 AZN at the fixed rates"


def test_satisfaction_is_a_mean_of_votes() -> None:
    assert said("evaluation", {"score_5": 3, "score_3": 1}) == "on average 4,5 of 5, 4 answers"
    assert said("evaluation", {"score_5": None}) == ""


def test_states_are_counted_in_their_order() -> None:
    rows = ({"state": "implemented"}, {"state": "made"}, {"state": "made"})
    assert said("recommendation", *rows) == "Made: 2 · Implemented: 1"


def test_statements_about_a_crowd_are_never_added() -> None:
    assert "500" not in said("headcount", {"figure": 300}, {"figure": 200})
    assert "4" not in said("legacy_figure", {"figure": 2000}, {"figure": 2000})


@pytest.mark.parametrize("record", totals._TOTALS)
def test_every_record_with_a_sum_exists_and_takes_empty_rows(record: str) -> None:
    if record == "cost":
        return  # amount and currency are required
    empty = {field.name: None for field in RECORDS[record].fields}
    assert isinstance(said(record, empty, empty), str)


def test_experts_are_counted_by_sex() -> None:
    assert choices.label("sex", "f") == "Woman"
    assert said("person", {"sex": "f"}, {"sex": "f"}, {"sex": "m"}) == "Woman: 2 · Man: 1"
