"""Coverage, duties, action items, surveys and the donors' table, against numbers worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from app.basics.clock import turn
from app.models.store import Store
from app.models.writer import Writer
from app.reports import themes
from app.reports.frame import Frame
from app.reports.tables import Table
from app.specs import choices
from tests.composed import GANJA, Q1, Made, compose


@pytest.fixture(autouse=True)
def _in_november() -> Iterator[None]:
    turn(lambda: datetime(2026, 11, 20, 12, tzinfo=UTC))
    yield
    turn(None)


@pytest.fixture
def made(store: Store) -> Made:
    return store.write(compose).value


def table_of(store: Store, build: Any, start: str = Q1[0], end: str = Q1[1]) -> Table:
    with store.read() as reader:
        return build(Frame(reader, start, end, None, "en"))


def rows_of(table: Table) -> list[list[Any]]:
    return [list(row.cells) for section in table.sections for row in section.rows]


def test_coverage(store: Store, made: Made) -> None:
    store.write(lambda w: w.put("site", {"strength_f": 4, "strength_m": 6, "strength_date": "2026-01-01"}, GANJA))
    table = table_of(store, themes.coverage)
    names = [column.title for column in table.columns]
    first = dict(zip(names, rows_of(table)[0], strict=True))
    assert (first["Topic"], first["Ganja"], first["All sites"]) == ("Gender mainstreaming", 3, 3)
    last = dict(zip(names, rows_of(table)[-1], strict=True))
    assert (last["Ganja"], last["Nakhchivan AR"]) == ("30 %", "")  # 3 officers of 10; no strength: no share
    totals = [table.total(table.sections[0], i) for i in range(1, len(names))]
    assert totals[names.index("Ganja") - 1] == 3 and totals[-1] == 4


def test_duties(store: Store, made: Made) -> None:
    rows = rows_of(table_of(store, themes.duties_table))
    assert len(rows) == 11 and {row[2] for row in rows} == {"Overdue"}


def test_action_items(store: Store, made: Made) -> None:
    rows = rows_of(table_of(store, themes.action_items))
    assert (rows[0][6], rows[0][5]) == ("Overdue", "2026-03-01"), "what is overdue stands first"
    assert sorted(row[6] for row in rows) == ["Done", "Done", "Dropped", "Overdue"]


def test_surveys_with_margin_and_trend(store: Store) -> None:
    kind = next(iter(choices.choices("question_type")))
    store.write(lambda w: _asked(w, kind, "2025-11-01", 40))
    store.write(lambda w: _asked(w, kind, "2026-02-01", 50))
    ((said, answers, share, margin, change),) = rows_of(table_of(store, themes.surveys))
    assert (said, answers, share) == ("Do you trust?", 100, 0.5)
    assert margin == pytest.approx(0.098, abs=0.001) and change == pytest.approx(0.1)


def _asked(w: Writer, kind: str, start: str, positive: int) -> None:
    survey = w.put("survey", {"title_en": "Trust", "site": GANJA, "start": start, "sample": 100, "series": "trust"})
    question = w.put(
        "question", {"survey": survey, "number": 1, "text_en": "Do you trust?", "type": kind, "trend_key": "trust"}
    )
    for no, (option, yes, count) in enumerate((("Yes", True, positive), ("No", False, 100 - positive)), 1):
        values = {"question": question, "number": no, "option_en": option, "positive": yes}
        w.put("answer_count", {**values, "count_f": count // 2, "count_m": count - count // 2})


def test_the_donors_table(store: Store, made: Made) -> None:
    def pay(w: Writer) -> None:
        for kind, amount, currency, rate in (
            ("instruction", 100, "EUR", 2.0),
            ("travel", 50, "AZN", 1.0),
            ("printing", 20, "AZN", 1.0),
        ):
            w.put("cost", {"activity": made.t1, "type": kind, "amount": amount, "currency": currency, "rate": rate})

    store.write(pay)
    table = table_of(store, themes.donor)
    first, second = rows_of(table)
    #    women men n.r. all enough donor hours person-days instr. part. travel other all per person-day
    assert first[4:] == [2, 2, 0, 4, 3, 0, 37, 7, 200, 0, 50, 20, 270, 38.57]  # days: anna 2 boris 1 cavid 2 dina 2
    assert second[4:12] == [2, 0, 1, 3, 3, 0, 0, 3]
    assert "4 different persons" in table.notes[0]
