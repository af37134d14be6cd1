"""The page of kinds: a kind made and used without code and without a mouse, fields with lists, a site only looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.models.store import Store
from app.services import kinds as service
from app.specs import choices, kinds
from app.ui.main_window import MainWindow
from app.ui.pages.kinds import KindBody, KindsPage, NewKind
from tests import build
from tests.ui.keyboard import press, type_text
from tests.ui.looks import clipped, unnamed
from tests.ui.pages.desk import a_window, settle

DRAFT = {"label_en": "Bicycle Day", "shape": "public_event", "approach": "operational", "privacy": "count_only"}


@pytest.fixture
def window(tasks: Any, qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    with a_window(tasks, qtbot, tmp_path) as made:
        yield made


def open_page(window: MainWindow, target: str = "") -> KindsPage:
    window.go("kinds", target)
    settle()
    page = window.page
    assert isinstance(page, KindsPage)
    return page


def body_of(page: KindsPage) -> KindBody:
    body = page.panel.body
    assert isinstance(body, KindBody)
    return body


def test_a_kind_is_made_with_a_field_and_used_by_keyboard_alone(window: MainWindow, store: Store) -> None:
    page = open_page(window)
    press("Ctrl+N")
    type_text("Bicycle Day\t")
    type_text("Velosiped günü\t")
    type_text("День велосипеда\tPublic\n\tOper\n\tCounts\n")
    press("Ctrl+Return")
    settle()
    kind = kinds.kind("bicycle_day")
    assert kind is not None and (kind.shape, kind.approach, kind.privacy) == (
        "public_event", "operational", "count_only",
    )  # fmt: skip
    assert kind.label("ru") == "День велосипеда" and page.open_code == "bicycle_day"
    body = body_of(page)
    assert body.sheet == "fields"
    body.add_button.setFocus()
    press("Space")
    settle()
    type_text("Surface\tÖrtük\tПокрытие\tOne of\n")
    form = body.field_form
    assert form is not None and form.editor("values").widget.isVisibleTo(form)
    assert not form.editor("least").widget.isVisibleTo(form)
    form.editor("values").set_value("Road | Yol | Дорога\nPark | Park | Парк")
    press("Ctrl+Return")
    settle()
    made = kinds.kind("bicycle_day").by_name["surface"]
    assert [entry.label("az") for entry in choices.offered(made.type.list).values()] == ["Yol", "Park"]

    page.show_kind("bicycle_day", "trial")
    settle()
    trial = body_of(page).form
    assert trial is not None and "surface" in trial.shown
    trial.editor("title_en").set_value("Only tried")
    with store.read() as r:
        assert r.list("activity") == [], "a trial keeps nothing"

    window.go("activities", "new")
    type_text("velosiped\n")
    type_text("1.5.2027\n")
    window.page.new_line.site.set_value(build.site("ganja"))
    window.page.new_line.finish()
    settle()
    with store.read() as r:
        (activity,) = r.list("activity")
    assert activity["kind"] == "bicycle_day" and activity["title_ru"] == "День велосипеда"
    assert "surface" in window.page.panel.form.shown


def test_a_kind_like_another_takes_everything_over(window: MainWindow) -> None:
    page = open_page(window, "police_open_day")
    page.begin_new("police_open_day")
    body = page.panel.body
    assert isinstance(body, NewKind) and body.form.editor("shape").value() == "public_event"
    body.form.editor("label_en").set_value("Night of the Police")
    body.finish()
    settle()
    made, base = kinds.kind("night_of_the_police"), kinds.kind("police_open_day")
    assert made.fields == base.fields and made.facets == base.facets and made.extends == "police_open_day"
    press("Ctrl+Z")
    assert kinds.kind("night_of_the_police") is None


def test_what_is_missing_is_said_under_its_field(window: MainWindow, store: Store) -> None:
    page = open_page(window, "new")
    body = page.panel.body
    assert isinstance(body, NewKind)
    body.finish()
    assert body.form.editor("label_en").widget.property("wrong") and body.form.editor("shape").widget.property("wrong")
    with store.read() as r:
        assert r.list("activity_kind") == []
    page.show_kind("police_open_day", "fields")
    settle()
    fields = body_of(page)
    fields.open_field_form("")
    fields.keep_field()
    assert fields.field_form is not None and fields.field_form.editor("label_en").widget.property("wrong")
    assert page.go_back() and fields.field_form is None and page.splitter.is_open


def test_edits_of_a_kind_save_as_they_are_made_and_can_be_taken_back(window: MainWindow, store: Store) -> None:
    store.write(lambda w: service.create(w, DRAFT))
    page = open_page(window, "bicycle_day")
    form = body_of(page).form
    form.editor("duty").set_value("yearly")
    form.editor("duty").settled.emit()
    form.editor("topics").set_value(["road_safety"])
    form.editor("topics").settled.emit()
    kind = kinds.kind("bicycle_day")
    assert kind.duty == "yearly" and kind.topics == ("road_safety",) and kind.shape == "public_event"
    form.editor("shape").set_value("meeting")
    form.editor("shape").settled.emit()
    assert "agenda" in kinds.kind("bicycle_day").facets, "parts that nobody chose follow the type"
    press("Ctrl+Z")
    assert kinds.kind("bicycle_day").shape == "public_event"


def test_of_a_shipped_kind_only_what_cannot_change_old_figures_is_edited(window: MainWindow, store: Store) -> None:
    page = open_page(window, "police_open_day")
    body = body_of(page)
    assert "shape" not in body.form.shown and "privacy" not in body.form.shown
    body.form.editor("label_en").set_value("Open Day of the Police")
    body.form.editor("label_en").settled.emit()
    kind = kinds.kind("police_open_day")
    assert kind.label("en") == "Open Day of the Police" and kind.fields == kinds.shipped("police_open_day").fields
    store.write(lambda w: service.keep_field(w, "police_open_day", "", {"label_en": "Balloons", "type": "integer"}))
    page.show_kind("police_open_day", "fields")
    settle()
    body = body_of(page)
    body.lines["balloons"].pressed.emit()
    assert body.field_form.editor("label_en").value() == "Balloons"
    body.lines["entrances"].pressed.emit()
    assert body.open_field == "balloons", "what ships is not opened"
    body.lines["balloons"].retired.emit()
    assert "balloons" in kinds.kind("police_open_day").retired_fields
    body_of(page)._on_retire()
    assert "police_open_day" not in choices.offered("activity_kind")


def test_a_site_looks_and_changes_nothing(window: MainWindow, store: Store) -> None:
    store.identity = replace(store.identity, role="laptop")
    store._refresh = lambda changes: None  # the identity stays what the test made it
    page = open_page(window, "police_open_day")
    page.reload()
    assert not page.new_button.isVisible() and page.commands() == ()
    body = body_of(page)
    assert not any(b.text() == "New kind like this" for b in body.findChildren(type(page.new_button)))
    page.show_kind("police_open_day", "fields")
    settle()
    assert not hasattr(body_of(page), "add_button")


@pytest.mark.parametrize("language", ["az", "ru", "en"])
def test_words_fit_and_everything_has_a_name(
    tasks: Any, qtbot: Any, tmp_path: Path, store: Store, language: str
) -> None:
    store.write(lambda w: service.create(w, DRAFT))
    store.write(lambda w: service.keep_field(w, "bicycle_day", "", {"label_en": "Bicycles", "type": "integer"}))
    with a_window(tasks, qtbot, tmp_path, language=language) as window:
        for size in ((1366, 768), (683, 384)):
            window.resize(*size)
            for target in ("bicycle_day", "bicycle_day/fields", "police_open_day/trial", "new"):
                page = open_page(window, target)
                if target.endswith("fields"):
                    body_of(page).open_field_form("bicycles")
                    settle()
                assert not list(clipped(page)), (size, target)
                assert not list(unnamed(page)), target
