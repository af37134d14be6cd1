"""Every type of field has an editor, and every editor keeps the contract; typed with real keys."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.basics import words
from app.specs import types
from app.specs.fields import FieldSpec
from app.specs.records import RECORDS
from app.ui.forms import editors
from app.ui.forms.editors import EDITORS, Editor, editor_for
from app.ui.forms.sources import FixedSource, Sources
from tests.ui.keyboard import press, show, type_text

ROW = "00000000-0000-4000-8000-00000000000{}"


class Fixed(Sources):
    def __init__(self) -> None:
        pass

    def may_edit(self, record: str) -> bool:
        return True

    def record(self, record: str) -> Any:
        return FixedSource({ROW.format(1): "Gəncə", ROW.format(2): "Quba", ROW.format(3): "Şirvan"})


SAMPLES: list[tuple[types.FieldType, Any, str]] = [
    (types.Text(), "Əli Şıxəliyev", "Əli Şıxəliyev"),
    (types.Text(lines=True), "bir\niki", "bir iki"),
    (types.Integer(), 1200, "1 200"),
    (types.Decimal(), 2.5, "2,5"),
    (types.Boolean(), True, ""),
    (types.Boolean(), False, ""),
    (types.Date(), "2026-11-21", "21.11.2026"),
    (types.Time(), "09:30", "0930"),
    (types.Moment(), "2026-11-21T10:30:00Z", ""),
    (types.Choice(list="sex"), "f", "Woman"),
    (types.Choices(list="language"), ["az", "ru"], ""),
    (types.Reference(record="site"), ROW.format(1), "Gənc"),
    (types.References(record="site"), [ROW.format(1), ROW.format(3)], ""),
]


def make(kind: types.FieldType, qtbot: Any) -> Editor:
    window = QWidget()
    qtbot.addWidget(window)
    qtbot.window_of_the_test = window  # qtbot itself keeps no window alive
    column = QVBoxLayout(window)
    made = editor_for(FieldSpec("field", kind), Fixed(), "Field")
    column.addWidget(made.widget)
    column.addWidget(QLineEdit())
    show(window)
    return made


def test_every_type_has_an_editor_and_a_sample() -> None:
    kinds = {k for _, k in inspect.getmembers(types, inspect.isclass) if issubclass(k, types.FieldType)} - {
        types.FieldType
    }
    assert set(EDITORS) == kinds
    assert {type(kind) for kind, _, _ in SAMPLES} == kinds


@pytest.mark.parametrize(("kind", "value", "typed"), SAMPLES)
def test_an_editor_gives_back_what_it_was_given(kind: Any, value: Any, typed: str, qtbot: Any) -> None:
    editor = make(kind, qtbot)
    with qtbot.assertNotEmitted(editor.changed), qtbot.assertNotEmitted(editor.settled):
        assert editor.value() is None
        editor.set_value(value)
        assert kind.tidy(editor.value()) == value
        assert kind.problem(editor.value()) is None
        editor.set_value(None)
    assert editor.value() is None
    assert editor.widget.accessibleName() == "Field"


@pytest.mark.parametrize(("kind", "value", "typed"), [sample for sample in SAMPLES if sample[2]])
def test_what_is_typed_becomes_the_value(kind: Any, value: Any, typed: str, qtbot: Any) -> None:
    editor = make(kind, qtbot)
    editor.focus()
    with qtbot.waitSignal(editor.settled, timeout=3000):
        type_text(typed)
        if isinstance(editor.widget, QPlainTextEdit):
            editor.widget.setPlainText(value)
        press("Tab")
    assert kind.tidy(editor.value()) == value


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        (types.Integer(), "many", "not_a_number"),
        (types.Decimal(), "2,5,1", "not_a_number"),
        (types.Date(), "31.02.2026", "not_a_date"),
        (types.Time(), "25:00", "not_a_time"),
        (types.Moment(), "yesterday", "not_a_moment"),
    ],
)
def test_what_cannot_be_read_stays_and_the_spec_says_why(kind: Any, typed: str, code: str, qtbot: Any) -> None:
    editor = make(kind, qtbot)
    editor.focus()
    type_text(typed + "\t")
    problem = kind.problem(editor.value())
    assert editor.value() == typed and problem is not None and problem.code == code


@pytest.mark.parametrize(("kind", "value", "typed"), SAMPLES)
def test_read_only_does_not_change(kind: Any, value: Any, typed: str, qtbot: Any) -> None:
    editor = make(kind, qtbot)
    editor.set_value(value)
    editor.set_read_only(True)
    editor.focus()
    type_text("1", editor.widget.focusProxy() or editor.widget)
    assert kind.tidy(editor.value()) == value


def test_yes_and_no_can_be_taken_back(qtbot: Any) -> None:
    editor = make(types.Boolean(), qtbot)
    editor.focus()
    press("Space")
    assert editor.value() is True
    press("Space")
    assert editor.value() is None


def test_chips_are_added_by_typing_and_taken_away_by_backspace(qtbot: Any) -> None:
    editor = make(types.References(record="site"), qtbot)
    editor.focus()
    type_text("quba\n")
    type_text("şir\n")
    assert editor.value() == [ROW.format(2), ROW.format(3)]
    press("Backspace")
    assert editor.value() == [ROW.format(2)]


def test_a_choice_that_is_none_of_them_falls_back(qtbot: Any) -> None:
    editor = make(types.Choice(list="sex"), qtbot)
    editor.set_value("f")
    editor.focus()
    editor.widget.selectAll()  # type: ignore[attr-defined]
    type_text("zzz\t")
    assert editor.value() == "f"


def test_long_text_settles_while_one_rests(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editors, "RESTING", 30)
    editor = make(types.Text(lines=True), qtbot)
    editor.focus()
    with qtbot.waitSignal(editor.settled, timeout=2000):
        type_text("Görüş keçirildi")


def test_numbers_are_read_as_people_write_them() -> None:
    assert editors.read_integer("1 200") == 1200
    assert editors.read_integer("-5") == -5
    assert editors.read_integer("5.5") == "5.5"
    assert editors.read_decimal("1 234,50") == 1234.5
    assert editors.show_decimal(1234.5) == "1234,5"
    assert editors.show_decimal(2.0) == "2"
    assert [editors.read_time(t) for t in ("9", "9:30", "9.30", "0930", "24:00")] == [
        "09:00",
        "09:30",
        "09:30",
        "09:30",
        "24:00",
    ]


def test_a_moment_is_shown_in_local_time_and_kept_in_utc() -> None:
    shown = editors.show_moment("2026-11-21T10:30:00Z")
    assert editors.read_moment(shown) == "2026-11-21T10:30:00Z"


def test_every_field_of_the_register_can_be_edited(qapp: Any) -> None:
    words.use_language("en")
    for spec in RECORDS.values():
        for field in spec.fields:
            assert editor_for(field, Fixed(), field.name).widget is not None
