"""Where pickers find their options: lists in any spelling, rows of a real store."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from app.basics import words
from app.ui.forms.sources import ChoiceSource, FixedSource, RecordSource, Sources, matching
from app.ui.widgets.picker import Option


def found(source: Any, typed: str) -> list[str]:
    answers: list[Option] = []
    source.find(typed, answers.extend)
    return [option.label for option in answers]


def named(source: Any, key: str) -> str:
    answers: list[str] = []
    source.name(key, answers.append)
    return answers[0]


def test_a_list_speaks_the_language_and_is_searched_in_any_spelling() -> None:
    words.use_language("az")
    source = ChoiceSource("sex")
    assert found(source, "qad") == ["Qadın"] == found(source, "gadin")
    assert len(found(source, "")) >= 2
    assert named(source, "f") == "Qadın"


def test_victims_are_never_offered_as_an_audience() -> None:
    words.use_language("en")
    assert not [label for label in found(ChoiceSource("audience"), "") if "ictim" in label]


def test_an_unknown_list_offers_nothing() -> None:
    assert found(ChoiceSource("no_such_list"), "") == []


def test_rows_are_found_by_their_title(tasks: Any, store: Any, qtbot: Any) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    row = store.write(lambda w: w.put("venue", {"name": "Mədəniyyət Mərkəzi"})).value
    source = RecordSource(tasks, "venue", page)
    assert found(source, "") == ["Mədəniyyət Mərkəzi"]
    assert found(source, "merkez") == ["Mədəniyyət Mərkəzi"]
    assert found(source, "teatr") == []
    assert named(source, row) == "Mədəniyyət Mərkəzi"
    store.write(lambda w: w.delete("venue", row))
    assert found(source, "") == []
    assert named(source, row) == "Mədəniyyət Mərkəzi"


def test_persons_are_found_by_the_name_search(tasks: Any, store: Any, qtbot: Any) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    store.write(lambda w: w.put("person", {"surname": "Hüseynova", "given": "Leyla", "rank": "major", "unit": "Gəncə"}))
    source = RecordSource(tasks, "person", page)
    answers: list[Option] = []
    source.find("Гусейнова", answers.extend)
    assert answers[0].label == "Hüseynova Leyla" and "Gəncə" in answers[0].detail
    assert found(source, "") == []


def test_those_that_begin_so_come_first() -> None:
    options = [Option("1", "Yeni Quba"), Option("2", "Quba"), Option("3", "Bakı")]
    assert [o.key for o in matching(options, "quba", limit=9)] == ["2", "1"]
    assert len(matching(options, "", limit=2)) == 2


def test_fixed_options() -> None:
    source = FixedSource({"a": "Alma", "b": "Armud"})
    assert found(source, "alm") == ["Alma"] and named(source, "b") == "Armud" and named(source, "c") == "c"


@pytest.mark.parametrize(
    ("level", "edited"),
    [
        ("administrator", {"person", "site", "activity", "pair_decision", "report_freeze"}),
        ("coordinator", {"person", "activity", "pair_decision"}),
        ("clerk", {"person", "activity"}),
        ("viewer", set()),
        ("helper", set()),
    ],
)
def test_what_a_role_may_edit_is_what_the_door_takes(store: Any, tasks: Any, level: str, edited: set[str]) -> None:
    sources = Sources(tasks, tasks)
    store.lower(level)
    records = ("person", "site", "activity", "pair_decision", "report_freeze")
    assert {record for record in records if sources.may_edit(record)} == edited
