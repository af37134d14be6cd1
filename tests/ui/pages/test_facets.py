"""Parts of a record as lists in its panel: a row in place of the list, parts of parts, what cannot be edited."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from app.basics.settings import Settings
from app.models.store import Store
from app.ui.forms.sources import Sources
from app.ui.messages import Messages
from app.ui.pages.facets import FacetList
from app.ui.shell import Shell
from tests import build
from tests.ui.keyboard import show


@pytest.fixture
def shell(tasks: Any, qtbot: Any) -> Shell:
    window = QWidget()
    qtbot.addWidget(window)
    made = Shell(tasks, Messages(tasks, window), Settings(), lambda key, target: None, lambda: None)
    made.window = window  # type: ignore[attr-defined]
    return made


def a_list(shell: Shell, qtbot: Any, record: str, **fixed: str) -> FacetList:
    made = FacetList(shell, Sources(shell.tasks, shell.tasks), record, fixed)
    qtbot.addWidget(made)
    made.resize(560, 500)
    show(made)
    made.reload()
    return made


def test_only_the_rows_of_its_record_in_their_order(shell: Shell, store: Store, qtbot: Any) -> None:
    day = store.write(build.an_open_day).value
    store.write(build.an_open_day)
    part = a_list(shell, qtbot, "programme_element", activity=day)
    assert [row["planned_at"] for row in part.table.seen_rows()] == ["11:20", "12:00", "13:30"]
    assert "activity" not in [column.name for column in part.table.model.columns]


def test_a_new_row_belongs_to_the_record(shell: Shell, store: Store, qtbot: Any) -> None:
    day = store.write(build.an_open_day).value
    part = a_list(shell, qtbot, "cost", activity=day)
    told: list[int] = []
    part.changed.connect(lambda: told.append(1))
    part.start_new()
    assert part.is_open and part._form is not None and "activity" not in part._form.shown
    part._create(part._form)
    assert part.is_open, "what is required is asked for first"
    part._form.editor("type").set_value("travel")
    part._form.editor("amount").set_value(120.5)
    part._create(part._form)
    assert not part.is_open and told
    with store.read() as r:
        assert [(c["activity"], c["amount"], c["currency"]) for c in r.list("cost")] == [(day, 120.5, "AZN")]


def test_an_edit_is_saved_as_it_is_made_and_the_bin_can_be_undone(shell: Shell, store: Store, qtbot: Any) -> None:
    day = store.write(build.an_open_day).value
    part = a_list(shell, qtbot, "programme_element", activity=day)
    first = part.table.seen_rows()[0]["id"]
    part.show_row(first)
    assert part._form is not None
    part._form.edited.emit({"unit": "K9"})
    with store.read() as r:
        assert r.get("programme_element", first)["unit"] == "K9"
    part.bin([first])
    assert len(part.table.model.rows) == 2 and not part.is_open
    shell.tasks.undo()
    part.reload()
    assert len(part.table.model.rows) == 3


def test_what_may_only_be_added_is_shown_but_not_edited(shell: Shell, store: Store, qtbot: Any) -> None:
    day = store.write(build.an_open_day).value
    store.write(lambda w: build.a_tally(w, day, "woman", 3))
    part = a_list(shell, qtbot, "tally", activity=day)
    part.show_row(part.table.model.rows[0]["id"])
    assert part._form is not None and not part._bin_button.isVisible()
    assert part._form.editor("door").widget.isReadOnly()


def test_parts_of_parts_go_down_as_far_as_the_records_do(shell: Shell, store: Store, qtbot: Any) -> None:
    row = store.write(lambda w: build.an_activity(w, kind="opinion_poll")).value
    survey = store.write(
        lambda w: w.put(
            "survey", {"title_en": "Trust", "start": "2026-03-01", "activity": row, "site": build.site("ganja")}
        )
    ).value
    store.write(
        lambda w: w.put("question", {"survey": survey, "number": 1, "text_en": "Do you?", "type": "single_choice"})
    )
    part = a_list(shell, qtbot, "survey", activity=row)
    part.show_row(survey)
    questions = next(p for p in part.findChildren(FacetList) if p.spec.name == "question")
    assert [q["text_en"] for q in questions.table.model.rows] == ["Do you?"]
    questions.show_row(questions.table.model.rows[0]["id"])
    assert any(p.spec.name == "answer_count" for p in questions.findChildren(FacetList))


def test_a_row_that_is_gone_leads_back_to_the_list(shell: Shell, store: Store, qtbot: Any) -> None:
    day = store.write(build.an_open_day).value
    part = a_list(shell, qtbot, "programme_element", activity=day)
    first = part.table.seen_rows()[0]["id"]
    store.write(lambda w: w.delete("programme_element", first))
    part.show_row(first)
    assert not part.is_open and len(part.table.model.rows) == 2


def test_a_telephone_typed_into_a_point_of_the_minutes_is_pointed_out(
    shell: Shell, store: Store, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = store.write(lambda w: build.an_activity(w, kind="cpwg_meeting")).value
    store.write(lambda w: w.put("meeting_item", {"activity": row, "number": 1, "agenda": "Complaints"}))
    warned: list[str] = []
    monkeypatch.setattr(shell.messages, "warn", warned.append)
    part = a_list(shell, qtbot, "meeting_item", activity=row)
    part.show_row(part.table.model.rows[0]["id"])
    assert part._form is not None
    part._form.edited.emit({"discussion": "Three complaints about the crossing"})
    assert warned == []
    part._form.edited.emit({"discussion": "Call her: +994 50 123 45 67"})
    assert len(warned) == 1
