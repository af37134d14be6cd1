"""The calendar by itself: weeks from Monday, keys, clicks, what is read out."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt

from app.ui.widgets.month import Entry, MonthView, YearView
from tests.ui.keyboard import press, show


@pytest.fixture
def month(qtbot: Any) -> MonthView:
    made = MonthView(QLocale("en_GB"), "Month")
    qtbot.addWidget(made)
    made.resize(900, 600)
    show(made)
    made.go(2026, 11)
    return made


def test_weeks_begin_on_monday_and_hold_the_whole_month(month: MonthView) -> None:
    assert month.days() == ("2026-10-26", "2026-12-06")
    month.go(2027, 2)  # begins on a Monday and has four weeks
    assert month.days() == ("2027-02-01", "2027-02-28")
    assert month.heading.text() == "February 2027"


def test_paging_over_the_year(month: MonthView, qtbot: Any) -> None:
    with qtbot.waitSignal(month.moved):
        month.step(2)
    assert (month.year, month.month) == (2027, 1)
    month.step(-1)
    assert (month.year, month.month) == (2026, 12)


def test_arrows_and_enter_open_an_entry_and_so_does_a_click(month: MonthView, qtbot: Any) -> None:
    month.show_entries(
        [Entry("b", "Later", "2026-11-20", "2026-11-21"), Entry("a", "First", "2026-11-05", "2026-11-05")]
    )
    month.grid.setFocus()
    press("Right Right", month.grid)
    with qtbot.waitSignal(month.opened) as opened:
        press("Return", month.grid)
    assert opened.args == ["b"]
    month.grid.repaint()
    area = next(area for area, entry in month.grid._areas if entry.id == "a")
    with qtbot.waitSignal(month.opened) as opened:
        qtbot.mouseClick(month.grid, Qt.MouseButton.LeftButton, pos=QPoint(area.center()))
    assert opened.args == ["a"]
    assert len([entry for _, entry in month.grid._areas if entry.id == "b"]) == 2, "on each of its days"
    assert "First" in month.grid.accessibleDescription()


def test_a_crowded_day_says_how_many_more(month: MonthView) -> None:
    month.resize(900, 320)
    month.show_entries([Entry(str(n), f"E{n}", "2026-11-05", "2026-11-05") for n in range(9)])
    month.grid.repaint()
    assert 0 <= len(month.grid._areas) < 9


def test_a_year_counts_and_leads_to_its_months(qtbot: Any) -> None:
    year = YearView(QLocale("en_GB"), "Year")
    qtbot.addWidget(year)
    year.resize(900, 400)
    show(year)
    year.show_counts({"Ganja": [1] * 12, "Baku": [0] * 12})
    year.grid.repaint()
    assert "Ganja: 12" in year.grid.accessibleDescription()
    names, wide, _ = year.grid._place()
    with qtbot.waitSignal(year.chosen) as chosen:
        qtbot.mouseClick(year.grid, Qt.MouseButton.LeftButton, pos=QPoint(round(names + 4.5 * wide), 60))
    assert chosen.args == [5]
    before = year.year
    year.step(1)
    assert year.year == before + 1 and year.heading.text() == str(before + 1)
