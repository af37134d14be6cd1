"""The plan in the window: loaded from the empty page, read as a tree, worked from by keyboard, made by the office."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.basics import clock
from app.models.store import Store
from app.services import activities
from app.ui.main_window import MainWindow
from app.ui.pages.activities import ActivitiesPage
from app.ui.pages.plan import PlanView
from tests import build
from tests.ui.keyboard import press, type_text
from tests.ui.looks import clipped, unnamed
from tests.ui.pages.desk import a_window, settle


@pytest.fixture
def window(tasks: Any, qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    with a_window(tasks, qtbot, tmp_path) as made:
        yield made


def open_plan(window: MainWindow) -> PlanView:
    window.go("activities", "view/plan")
    settle()
    page = window.page
    assert isinstance(page, ActivitiesPage)
    return page.plan


def loaded(store: Store, year: int = 2026) -> dict[str, str]:
    def work(w: Any) -> dict[str, str]:
        activities.load_plan(w, "community_policing_2009", year)
        return {row["code"]: row["id"] for row in w.list("plan_line")}

    return store.write(work).value


def item_of(plan: PlanView, line: str) -> Any:
    assert plan.mark(f"plan_line/{line}")
    return plan.tree.currentItem()


def test_the_project_of_the_seed_is_loaded_from_the_empty_plan_and_taken_back(window: MainWindow, store: Store) -> None:
    plan = open_plan(window)
    assert plan.tree.topLevelItemCount() == 0 and plan.year.isVisible()
    plan.year.setText("20")
    plan._nothing.findChild(type(plan.begin_button)).click()
    with store.read() as r:
        assert r.list("project") == [], "a year that is none goes back to its field"
    plan.year.setText("2027")
    press("Return", plan.year)
    settle()
    assert plan.tree.topLevelItem(0).text(0).startswith("Assistance to expansion of community policing · 01.01.2027")
    approaches = [plan.tree.topLevelItem(0).child(n).text(0) for n in range(3)]
    assert approaches == ["S Strategic approach", "T Training approach", "O Operational approach"]
    press("Ctrl+Z")
    settle()
    with store.read() as r:
        assert r.list("project") == [] and r.list("plan_line") == []


def test_next_year_is_loaded_beside_this_one(window: MainWindow, store: Store) -> None:
    loaded(store)
    plan = open_plan(window)
    menu = plan.more.menu()
    menu.aboutToShow.emit()
    actions = {action.text(): action for action in menu.actions()}
    next_year = clock.today().year + 1
    actions[f"Load the community policing plan for {next_year}"].trigger()
    settle()
    assert plan.tree.topLevelItemCount() == 2
    actions["New project"].trigger()
    settle()
    assert window.page.place() == "project/"


def test_a_line_shows_what_was_made_of_it_and_where_nothing_was(window: MainWindow, store: Store) -> None:
    lines = loaded(store)

    def begin(w: Any) -> str:
        where = {"site": build.site("ganja"), "start": "2026-05-10", "status": "held"}
        return activities.plan_from_line(w, lines["O.5"], where)

    row = store.write(begin).value
    plan = open_plan(window)
    item = item_of(plan, lines["O.5"])
    assert [item.text(n) for n in range(5)] == ["O.5 Police Open Day", "10 (Events)", "1", "", "1 / 10"]
    assert "Guba" in plan.note.text() and "Ganja" not in plan.note.text()
    plan.tree.setFocus()
    press("Right Down Return")
    assert window.page.open_id == row, "Enter on the activity below opens it"


def test_an_activity_is_begun_from_a_line_by_keyboard(window: MainWindow, store: Store) -> None:
    lines = loaded(store)
    plan = open_plan(window)
    plan.mark(f"plan_line/{lines['T.8']}")
    plan.tree.setFocus()
    press("Return")
    page = window.page
    assert page.new_line.isVisible() and page.new_line.when.hasFocus()
    type_text("24-26.11.2026")
    page.new_line.site.set_value(build.site("ganja"))
    page.new_line.finish()
    settle()
    with store.read() as r:
        (made,) = r.list("activity")
    assert made["plan_line"] == lines["T.8"] and made["kind"] == "training_gender_mainstreaming"
    item = item_of(plan, lines["T.8"])
    assert item.text(3) == "1" and item.childCount() == 1
    plan.mark(f"plan_line/{lines['T']}")
    assert not plan.begin_button.isEnabled() and plan.edit_button.isEnabled()
    plan.tree.setFocus()
    before = plan.tree.currentItem().isExpanded()
    press("Return")
    assert plan.tree.currentItem().isExpanded() is not before, "Enter folds a heading"


def test_lines_and_projects_are_edited_and_added(window: MainWindow, store: Store) -> None:
    lines = loaded(store)
    plan = open_plan(window)
    plan.mark(f"plan_line/{lines['T.8']}")
    plan.edit_button.click()
    settle()
    assert window.page.place() == f"plan_line/{lines['T.8']}"
    window.go("lists", "plan_line/new")
    settle()
    assert window.page._page.splitter.is_open and window.page._page._open_id == ""


def test_what_is_open_stays_open_and_one_site_sees_its_own(window: MainWindow, store: Store) -> None:
    lines = loaded(store)
    plan = open_plan(window)
    item_of(plan, lines["O.3"]).setExpanded(False)
    store.write(
        lambda w: activities.plan_from_line(w, lines["O.5"], {"site": build.site("guba"), "start": "2026-12-01"})
    )
    window.page._show_plan()
    assert not item_of(plan, lines["O.3"]).isExpanded() and plan.marked == f"plan_line/{lines['O.3']}"
    window.page.site.set_value(build.site("ganja"))
    window.page._show_plan()
    assert item_of(plan, lines["O.5"]).text(3) == ""


def test_at_a_site_the_plan_comes_from_the_office(window: MainWindow, store: Store) -> None:
    store.identity = replace(store.identity, role="laptop", sites=(build.site("ganja"),))
    store._refresh = lambda changes: None
    plan = open_plan(window)
    assert not plan.year.isVisible() and not plan.edit_button.isVisible()
    plan._load()
    with store.read() as r:
        assert r.list("project") == []


def test_departments_that_send_nobody_are_told_on_the_activity(window: MainWindow, store: Store) -> None:
    from app.specs.seeds import organisation_id

    def visit(w: Any) -> str:
        made = activities.plan(w, "study_visit_departments", {"site": build.site("baku"), "start": "2026-11-26"})
        for _ in range(2):
            build.a_participation(
                w, made, build.a_person(w), role="delegate", state="invited", organisation=organisation_id("pd_guba")
            )
        return made

    row = store.write(visit).value
    window.go("activities", row)
    settle()
    said = window.page.panel.warning.text()
    assert window.page.panel.warning.isVisible()
    assert "10 of 11 departments" in said and "Ganja" in said and said.endswith("More than one from: Guba")
    other = store.write(build.an_activity).value
    window.go("activities", other)
    settle()
    assert not window.page.panel.warning.isVisible()


@pytest.mark.parametrize("language", ["az", "ru", "en"])
def test_words_fit_and_everything_has_a_name(
    tasks: Any, qtbot: Any, tmp_path: Path, store: Store, language: str
) -> None:
    with a_window(tasks, qtbot, tmp_path, language=language) as window:
        for size in ((1366, 768), (683, 384)):
            window.resize(*size)
            plan = open_plan(window)
            assert not list(clipped(window.page)), size
            assert not list(unnamed(window.page))
        lines = loaded(store)
        for size in ((1366, 768), (683, 384)):
            window.resize(*size)
            plan = open_plan(window)
            window.page._show_plan()
            plan.mark(f"plan_line/{lines['O.3.8']}")
            settle()
            assert not list(clipped(window.page)), size
            assert not list(unnamed(window.page))
