"""The grid by itself: what it shows of a mark, rows that come and go, keys as wishes."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.ui.tables.attendance_grid import FIXED, ICONS, KEYS, LAYOUTS, AttendanceGrid, GridModel
from tests.ui.keyboard import press, type_text


def row(number: int, **marks: str) -> dict[str, Any]:
    made = {s: {"state": state, "hours": None, "signed": False, "source": "door"} for s, state in marks.items()}
    return {"id": f"p{number}", "sheet_row": number, "state": "invited", "marks": made}


@pytest.fixture
def model(qtmodeltester: Any) -> GridModel:
    made = GridModel(lambda column, value: f"{column}:{value['sheet_row']}" if isinstance(value, dict) else "")
    qtmodeltester.check(made)
    made.show({"no": "No."}, ["s1", "s2"], ["pre_test"], [row(1, s1="present"), row(2), row(4)])
    qtmodeltester.check(made)
    return made


@pytest.fixture
def grid(model: GridModel, qtbot: Any) -> AttendanceGrid:
    made = AttendanceGrid(model, "grid")
    made._model = model  # the fixture's, kept alive
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    made.setFocus()
    return made


def test_columns_are_the_fixed_ones_sessions_and_numbers(model: GridModel) -> None:
    assert model.columns == [*FIXED, "s1", "s2", "pre_test"]
    assert model.index(0, 4).data(GridModel.MARK)["state"] == "present"
    assert model.index(1, 4).data(GridModel.MARK) is None
    assert model.headerData(0, Qt.Orientation.Horizontal) == "No."


def test_rows_come_at_their_number_change_in_place_and_go(model: GridModel) -> None:
    first = model.rows[0]
    model.take([row(3, s1="late"), row(2, s1="absent")], ["p4"])
    assert [r["sheet_row"] for r in model.rows] == [1, 2, 3]
    assert model.rows[0] is first and model.rows[1]["marks"]["s1"]["state"] == "absent"
    model.take([row(9)])
    assert model.position("p9") == 3 and model.position("p4") == -1


def test_a_narrowed_list_keeps_its_rows_until_it_is_widened(model: GridModel) -> None:
    model.show_only(lambda r: r["id"] == "p2")
    model.take([row(2, s1="present")])
    assert [r["id"] for r in model.rows] == ["p2"], "somebody marked just now stays in sight"
    model.show_only(None)
    assert len(model.rows) == 3


def test_every_state_has_a_picture_and_a_key_and_each_key_a_russian_twin() -> None:
    from app.specs import choices

    states = set(choices.choices("attendance_state"))
    assert states == set(ICONS) == set(KEYS.values()) - {"sign"}
    assert len({picture for picture, _ in ICONS.values()}) == len(ICONS), "shapes differ, not only colours"
    assert set(LAYOUTS.values()) == set(KEYS)


def test_keys_are_wishes_and_change_nothing_themselves(grid: AttendanceGrid, model: GridModel) -> None:
    asked: list[Any] = []
    grid.markRequested.connect(lambda *wish: asked.append(wish))
    grid.typed.connect(lambda letter: asked.append(letter))
    grid.go("p2", "s2")
    type_text("a", grid)
    press("Space", grid)
    press("Backspace", grid)
    grid.go("p2", "name")
    type_text("ə", grid)
    assert asked == [(["p2"], "s2", "absent"), (["p2"], "s2", "present"), (["p2"], "s2", ""), "ə"]
    assert model.rows[1]["marks"] == {}


def test_moving_into_a_session_makes_it_current(grid: AttendanceGrid, model: GridModel, qtbot: Any) -> None:
    model.choose("s1")
    grid.go("p1", "s1")
    with qtbot.waitSignal(grid.sessionChosen) as chosen:
        press("Right", grid)
    assert chosen.args == ["s2"]


@pytest.mark.parametrize("width", [420, 700, 1100])
def test_the_name_always_has_room(grid: AttendanceGrid, model: GridModel, width: int) -> None:
    grid.resize(width, 300)
    grid.lay_out()
    assert grid.columnWidth(1) >= 20 * grid.fontMetrics().horizontalAdvance("0")
    if width == 1100:
        assert not grid.isColumnHidden(2) and not grid.isColumnHidden(3)
