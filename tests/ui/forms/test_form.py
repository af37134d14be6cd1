"""A form from a spec: what it shows, when it speaks, where problems stand; with every record type and every kind."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.basics import words
from app.errors import Problem
from app.specs.fields import FieldSpec
from app.specs.kinds import kinds
from app.specs.records import RECORDS
from app.specs.types import Integer, Text
from app.ui.forms.form import TWO_COLUMNS, RecordForm
from tests.ui.forms.test_editors import Fixed
from tests.ui.keyboard import press, show, type_text
from tests.ui.looks import unnamed


def make(qtbot: Any, record: str = "venue", **more: Any) -> RecordForm:
    form = RecordForm(RECORDS[record], Fixed(), **more)
    qtbot.addWidget(form)
    form.resize(400, 600)
    show(form)
    return form


def test_an_edit_is_told_when_it_is_done_and_only_then(qtbot: Any) -> None:
    form = make(qtbot)
    form.set_values({"name": "Klub", "capacity": 40})
    told: list[dict[str, Any]] = []
    form.edited.connect(told.append)
    form.editor("capacity").focus()
    form.editor("capacity").widget.selectAll()  # type: ignore[attr-defined]
    type_text("12")
    assert told == []
    press("Tab")
    assert told == [{"capacity": 12}]
    form.editor("name").focus()
    press("Tab")
    assert told == [{"capacity": 12}]


def test_a_bad_value_is_not_told_and_the_reason_stands_under_it(qtbot: Any) -> None:
    form = make(qtbot)
    form.set_values({"name": "Klub"})
    with qtbot.assertNotEmitted(form.edited):
        form.editor("capacity").focus()
        type_text("-3\t")
        form.editor("name").focus()
        form.editor("name").widget.selectAll()  # type: ignore[attr-defined]
        press("Backspace Tab")
    shown = [cell.problem.text() for cell in form._cells.values() if cell.problem.isVisible()]
    assert len(shown) == 2 and all(shown)


def test_problems_of_the_store_go_to_their_fields_and_the_cursor_to_the_first(qtbot: Any) -> None:
    form = make(qtbot)
    homeless = form.show_problems(
        [Problem("required", "venue", "name"), Problem("no_such_record", "venue", "owner_site")]
    )
    assert [problem.field for problem in homeless] == ["owner_site"]
    assert form.editor("name").has_focus
    form.show_problems([])
    assert not any(cell.problem.isVisible() for cell in form._cells.values())


def test_what_is_typed_survives_a_reload_of_the_row(qtbot: Any) -> None:
    form = make(qtbot)
    form.set_values({"name": "Klub"})
    form.editor("name").focus()
    type_text("Yeni ")
    typed = form.editor("name").value()
    form.set_values({"name": "Klub", "capacity": 5})
    assert form.editor("name").value() == typed != "Klub"
    assert form.editor("capacity").value() == 5


def test_collecting_a_new_row_asks_for_what_is_required(qtbot: Any) -> None:
    form = make(qtbot, live=False)
    form.set_values({})
    assert form.collect() is None
    form.editor("name").focus()
    type_text("Klub\t")
    assert form.collect() == {"name": "Klub"}


def test_the_fields_of_a_kind_travel_in_details(qtbot: Any) -> None:
    extra = [FieldSpec("teams", Integer(0, 99)), FieldSpec("motto", Text())]
    form = make(qtbot, "activity", fields=["title_en"], extra=extra)
    form.set_values({"title_en": "Open day", "details": {"motto": "Together", "old": 1}})
    assert form.editor("motto").value() == "Together"
    with qtbot.waitSignal(form.edited) as told:
        form.editor("teams").focus()
        type_text("6\t")
    assert told.args[0] == {"details": {"teams": 6, "motto": "Together", "old": 1}}
    form.show_problems([Problem("not_a_number", "activity", "details.teams")])
    assert form._cells["teams"].problem.isVisible()


def test_a_title_in_three_languages_is_one_cell_with_the_spoken_one_first(qtbot: Any) -> None:
    words.use_language("ru")
    form = make(qtbot, "site", fields=["name_en", "name_az", "name_ru"])
    assert len(set(form._cells.values())) == 1
    assert form.shown == ["name_ru", "name_en", "name_az"]


def test_tab_follows_reading_order(qtbot: Any) -> None:
    form = make(qtbot)
    form.editor(form.shown[0]).focus()
    seen: list[str] = []
    for _ in range(3 * len(form.shown)):  # yes and no are two steps of one field
        now = next((name for name in form.shown if form.editor(name).has_focus), "")
        if now not in seen:
            seen.append(now)
        press("Tab")
    assert [name for name in seen if name] == form.shown


def test_fields_stand_in_two_columns_where_there_is_room(qtbot: Any) -> None:
    form = make(qtbot)
    form.resize(TWO_COLUMNS + 100, 600)
    QApplication.processEvents()
    tops = [form._cells[name].y() for name in ("name", "site")]
    assert tops[0] == tops[1]
    form.resize(TWO_COLUMNS - 100, 600)
    QApplication.processEvents()
    tops = [form._cells[name].y() for name in ("name", "site")]
    assert tops[0] < tops[1]


@pytest.mark.parametrize("record", RECORDS)
def test_every_record_type_has_a_form(record: str, qtbot: Any) -> None:
    form = make(qtbot, record)
    form.set_values({})
    assert form.values().keys() >= set(RECORDS[record].by_name)
    assert not list(unnamed(form))


def test_every_kind_has_a_form_with_its_labels(qtbot: Any) -> None:
    names = ["kind", "title_en", "start"]
    for kind in kinds().values():
        form = RecordForm(
            RECORDS["activity"],
            Fixed(),
            fields=names,
            extra=kind.fields,
            label_for=lambda field, kind=kind: kind.field_label(field.name),
            hint_for=lambda field, kind=kind: kind.field_hint(field.name),
        )
        form.set_values({"details": {}})
        assert set(kind.by_name) <= set(form.shown)
        qtbot.addWidget(form)
    assert isinstance(form, QWidget) and isinstance(form.editor("title_en").widget, QLineEdit)
