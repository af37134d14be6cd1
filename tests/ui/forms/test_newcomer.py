"""The line of a new person by itself: letters for the sex, Enter, what is remembered, what is asked."""

from __future__ import annotations

from typing import Any

import pytest

from app.ui.forms.newcomer import SEX_KEYS, NewcomerLine
from app.ui.forms.sources import Sources
from tests.ui.keyboard import press, show, type_text


@pytest.fixture
def line(tasks: Any, qtbot: Any) -> NewcomerLine:
    asked: list[str] = []
    made = NewcomerLine(Sources(tasks, tasks), lambda typed, reply: (asked.append(typed), reply([("p1", "Known")]))[1])
    made.asked = asked
    qtbot.addWidget(made)
    made.resize(900, 160)
    show(made)
    return made


@pytest.mark.parametrize(
    ("letter", "sex"),
    [("w", "f"), ("q", "f"), ("ж", "f"), ("m", "m"), ("k", "m"), ("м", "m"), ("Q", "f"), ("-", "not_recorded")],
)
def test_one_letter_says_the_sex_in_any_language(line: NewcomerLine, letter: str, sex: str) -> None:
    line.begin({"surname": "Nuriyeva", "given": "Sevda", "patronymic": "Akif"})
    assert line.sex.isAncestorOf(line.focusWidget())
    type_text(letter)
    assert line.values()["sex"] == sex
    assert line.focusWidget() is line.rank


def test_no_letter_stands_for_both() -> None:
    assert {SEX_KEYS[letter] for letter in "wqжf"} == {"f"} and {SEX_KEYS[letter] for letter in "mkм"} == {"m"}


def test_enter_saves_from_any_field(line: NewcomerLine) -> None:
    for name in ("surname", "given", "patronymic"):
        saved: list[dict[str, Any]] = []
        line.begin({"surname": "Nuriyeva", "given": "Sevda"})
        line.sex.set_value("f")
        line.saved.connect(saved.append)
        press("Return", line.lines[name])
        assert saved == [{"surname": "Nuriyeva", "given": "Sevda", "sex": "f"}]
        line.saved.disconnect(saved.append)


def test_without_a_surname_nothing_is_saved_and_a_failed_save_can_be_repeated(line: NewcomerLine) -> None:
    saved: list[dict[str, Any]] = []
    line.saved.connect(saved.append)
    line.begin({})
    line.save()
    assert saved == [] and line.focusWidget() is line.lines["surname"]
    line.begin({"surname": "Nuriyeva"})
    line.sex.set_value("f")
    line.save()
    line.save()
    assert len(saved) == 1
    line.not_saved()
    line.save()
    assert len(saved) == 2


def test_rank_unit_and_service_stay_for_the_next(line: NewcomerLine) -> None:
    line.remember({"rank": "captain", "unit": "Gəncə", "service": "patrol_police", "surname": "X"})
    line.begin({"surname": "Nuriyeva"})
    found = line.values()
    assert (found["rank"], found["unit"], found["service"]) == ("captain", "Gəncə", "patrol_police")


def test_similar_names_are_looked_for_once_two_names_are_there(line: NewcomerLine) -> None:
    line.begin({"surname": "Nuriyeva"})
    assert line.asked == [] and not line.same.isVisible()
    line.begin({"surname": "Nuriyeva", "given": "Sevda"})
    assert line.asked == ["Nuriyeva Sevda"] and line.same.isVisible()
    known: list[str] = []
    line.known.connect(known.append)
    press("F4")
    assert known == ["p1"]


def test_esc_closes_it(line: NewcomerLine, qtbot: Any) -> None:
    line.begin({})
    with qtbot.waitSignal(line.closed):
        press("Escape")
