"""The line of a new activity: days as people type them, plan lines before kinds, Enter goes to what is missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.models.store import Store
from app.specs import plans
from app.ui.forms.planning import NewActivity, WhatSource, read_days
from app.ui.forms.sources import Sources
from tests.ui.keyboard import press, show, type_text

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("24.11", ("2026-11-24", "2026-11-24")),
        ("24", ("2026-11-24", "2026-11-24")),
        ("5", ("2026-12-05", "2026-12-05")),
        ("21", ("2026-11-21", "2026-11-21")),
        ("24-26", ("2026-11-24", "2026-11-26")),
        ("3-5", ("2026-12-03", "2026-12-05")),
        ("24-26.11", ("2026-11-24", "2026-11-26")),
        ("24–26.11.2027", ("2027-11-24", "2027-11-26")),
        ("30-2.12", ("2026-11-30", "2026-12-02")),
        ("2411+3", ("2026-11-24", "2026-11-26")),
        ("30.11 x 3", ("2026-11-30", "2026-12-02")),
        ("30.12.2026 - 02.01.2027", ("2026-12-30", "2027-01-02")),
        ("20.11", ("2026-11-20", "2026-11-20")),
        ("31", ("2026-12-31", "2026-12-31")),
    ],
)
def test_days_as_people_type_them(typed: str, days: tuple[str, str]) -> None:
    assert read_days(typed, TODAY) == days


@pytest.mark.parametrize(
    "typed", ["", "x", "32", "0", "26-24.11", "24.13", "24-", "24.11+0", "24.11+999", "31-31.2", "-"]
)
def test_what_is_no_day(typed: str) -> None:
    assert read_days(typed, TODAY) is None


@pytest.fixture
def planned(store: Store) -> Store:
    store.write(lambda w: [w.put(record, values, row) for record, row, values in plans.plan_rows(plans.plans()[0])])
    return store


@pytest.fixture
def line(planned: Store, tasks: Any, qtbot: Any) -> NewActivity:
    made = NewActivity(tasks, Sources(tasks, tasks))
    qtbot.addWidget(made)
    made.resize(1000, 140)
    show(made)
    made.begin()
    return made


def test_plan_lines_come_before_kinds_and_any_language_finds_a_kind(planned: Store, tasks: Any, qtbot: Any) -> None:
    made = NewActivity(tasks, Sources(tasks, tasks))
    qtbot.addWidget(made)
    source = WhatSource(tasks, made)
    found: list[Any] = []
    source.find("interethnic", found.extend)
    assert found[0].key.startswith("line:") and any(o.key == "kind:training_interethnic_policing" for o in found)
    for typed in ("açıq qapı", "открытых дверей", "open day"):
        found.clear()
        source.find(typed, found.extend)
        assert any(option.key == "kind:police_open_day" for option in found), typed


def test_enter_goes_to_what_is_missing_and_then_makes(line: NewActivity) -> None:
    made: list[dict[str, Any]] = []
    line.made.connect(made.append)
    line.finish()
    assert line.focusWidget() is line.what and not made
    line.what.set_value("kind:police_open_day", "Open day")
    line.finish()
    assert line.focusWidget() is line.when and "no day" in line.note.text()
    type_text("24-26", line.when)
    press("Return", line.when)
    assert made and made[0]["what"] == "kind:police_open_day" and made[0]["place"] is None
    assert made[0]["end"] > made[0]["start"]


def test_the_kind_says_what_it_is_for(line: NewActivity) -> None:
    type_text("interethnic", line.what)
    press("Return", line.what)
    assert str(line.what.value()).startswith("line:") and line.note.text().startswith("Neighbourhood officers")
    line.begin()
    type_text("football", line.what)
    press("Down Return", line.what)
    assert "spectators" in line.note.text()


def test_the_days_are_said_back_while_typing(line: NewActivity) -> None:
    type_text("24-26.11.2027", line.when)
    assert line.note.text() == "3 days: 24.11.2027 – 26.11.2027"


def test_esc_closes_it(line: NewActivity, qtbot: Any) -> None:
    with qtbot.waitSignal(line.closed):
        press("Escape", line.place)
