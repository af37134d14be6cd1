"""The first page with a real store: one button to what is on, what waits, an empty register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication

from app.basics import clock, words
from app.basics import settings as remembered
from app.keys.slots import LIGHT
from app.models.store import Store
from app.services import activities, groups
from app.services import attendance as desk
from app.sync.office import enrol_office, make_kit
from app.ui.main_window import MainWindow
from app.ui.pages.activities import ActivitiesPage
from app.ui.pages.exchange import ExchangePage
from app.ui.pages.meeting import MeetingPage
from app.ui.pages.today import TodayPage, _Line
from tests import build
from tests.ui.keyboard import press
from tests.ui.looks import clipped, unnamed
from tests.ui.pages.desk import a_window, settle


@pytest.fixture(autouse=True)
def _on_a_friday() -> Iterator[None]:
    clock.turn(lambda: datetime(2026, 11, 20, 8, 0, tzinfo=UTC))
    yield
    clock.turn(None)


@pytest.fixture
def window(tasks: Any, qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    with a_window(tasks, qtbot, tmp_path) as made:
        yield made


def fill(store: Store) -> str:
    store.write(
        lambda w: (
            build.an_open_day(w, start="2026-11-20"),
            build.an_activity(w, start="2026-11-03", status="planned", title_en="Forgotten"),
            build.an_activity(w, start="2026-11-25", status="planned", title_en="Coming"),
            build.an_action(w, due="2026-11-10"),
        )
    )
    return store.write(lambda w: build.a_training(w, people=4)).value


def page_of(window: MainWindow) -> TodayPage:
    window.go("today")
    settle()
    page = window.page
    assert isinstance(page, TodayPage)
    return page


def test_one_button_leads_to_what_is_on(window: MainWindow, store: Store) -> None:
    fill(store)
    page = page_of(window)
    page.renew()
    buttons = {b.text(): b for b in page.on.findChildren(QAbstractButton) if not b.isHidden()}
    assert set(buttons) == {"Registration desk", "Count at the door"}
    buttons["Registration desk"].click()
    assert window.page.accessibleName() == "Attendance"
    window.go("today")
    page_of(window).on.findChildren(QAbstractButton)[0].click()
    assert window.page.accessibleName() in ("Attendance", "Counting at the door")


def test_a_meeting_that_is_on_leads_to_its_minutes(window: MainWindow, store: Store) -> None:
    meeting = store.write(lambda w: groups.new_meeting(w, build.a_group(w), "2026-11-20")).value
    page = page_of(window)
    page.renew()
    (go,) = (b for b in page.on.findChildren(QAbstractButton) if not b.isHidden())
    assert go.text() == "Take the minutes"
    go.click()
    settle()
    assert isinstance(window.page, MeetingPage) and window.page.place() == meeting


def test_the_cursor_stands_on_it_so_that_enter_goes_there(window: MainWindow, store: Store) -> None:
    fill(store)
    page = page_of(window)
    page.renew()
    page.focus_start()
    assert page.on.isAncestorOf(QApplication.focusWidget())
    press("Space")
    assert window.page is not page


def test_departments_and_late_lines_of_the_plan_lead_to_them(window: MainWindow, store: Store) -> None:
    def plan(w: Any) -> str:
        activities.load_plan(w, "community_policing_2009", 2025)
        return activities.plan(
            w, "study_visit_departments", {"site": build.site("baku"), "start": "2026-12-10", "title_en": "Visit"}
        )

    visit = store.write(plan).value
    page = page_of(window)
    page.renew()
    lines = {line.accessibleName(): line for line in page.late.findChildren(_Line) if not line.isHidden()}
    told = next(line for name, line in lines.items() if "Nobody from 11 of 11 departments" in name)
    late = next(line for name, line in lines.items() if "lines of the plan are overdue" in name)
    told.pressed.emit()
    assert window.page.open_id == visit
    window.go("today")
    late.pressed.emit()
    assert window.page.view.value() == "plan"


def test_what_waits_is_listed_and_leads_where_it_is_done(window: MainWindow, store: Store) -> None:
    fill(store)
    page = page_of(window)
    page.renew()
    lines = {line.accessibleName(): line for line in page.late.findChildren(_Line) if not line.isHidden()}
    said = " | ".join(lines)
    assert "Repair the street lamp" in said and "Forgotten" in said and "overdue since 30.09.2026" in said
    next(line for name, line in lines.items() if "Forgotten" in name).pressed.emit()
    assert isinstance(window.page, ActivitiesPage) and window.page.open_id
    page = page_of(window)
    shown_lines = [line for line in page.late.findChildren(_Line) if line.isVisible()]
    duty = next(line for line in shown_lines if "overdue" in line.accessibleName())
    duty.setFocus()
    press("Return")
    shown = window.page
    assert isinstance(shown, ActivitiesPage) and shown.new_line.what.value() == "kind:press_meeting_quarterly"


def test_numbers_follow_the_register(window: MainWindow, store: Store, tasks: Any) -> None:
    training = fill(store)
    page = page_of(window)
    page.renew()
    assert page.tiles["persons_trained"]._number.text() == "0"

    def close(w: Any) -> None:
        from app.models.queries.attendance import sessions_of

        for session in sessions_of(w, training):
            desk.mark_all(w, training, session["id"])
        w.put("activity", {"status": "held"}, training)

    tasks.write(close)
    settle()
    assert page.tiles["persons_trained"]._number.text() == "4"


def test_an_empty_register_offers_the_first_step(window: MainWindow, store: Store) -> None:
    page = page_of(window)
    assert page._empty.isVisible()
    page._empty.button.click()
    shown = window.page
    assert isinstance(shown, ActivitiesPage) and shown.new_line.isVisible()


@pytest.mark.parametrize("language", ["az", "ru", "en"])
def test_words_fit_and_everything_has_a_name(
    tasks: Any, qtbot: Any, tmp_path: Path, store: Store, language: str
) -> None:
    fill(store)
    with a_window(tasks, qtbot, tmp_path, language=language) as window:
        page = page_of(window)
        for size in ((1366, 768), (683, 384)):
            window.resize(*size)
            settle()
            assert not list(clipped(page)), size
            assert not list(unnamed(page))
        assert words.language() == language


def test_on_the_agreed_day_it_says_what_waits_and_leads_to_sending(
    window: MainWindow, store: Store, tmp_path: Path
) -> None:
    clock.turn(lambda: datetime(2026, 10, 2, 8, 0, tzinfo=UTC))
    enrol_office(store)
    make_kit(store, ["ganja"], "Gəncə 1", tmp_path / "kit.sahakit", work=LIGHT)
    store.write(build.a_person)
    clock.turn(lambda: datetime(2026, 11, 20, 8, 0, tzinfo=UTC))
    for agreed, told in ((25, False), (20, True)):
        window.settings.set(remembered.EXCHANGE_DAY, agreed)
        page = page_of(window)
        page.renew()
        settle()
        line = [made for made in page.late.findChildren(_Line) if "not been sent" in made.accessibleName()][-1]
        assert ("the 20th, has come" in line.accessibleName()) is told
    line.setFocus()
    press("Return")
    settle()
    assert isinstance(window.page, ExchangePage) and window.page.now.sending
