"""A mapping is remembered, taken back and changed by a person; nonsense is refused."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import UserError
from app.rosters.columns import propose
from app.rosters.grid import Cell, Grid, square
from app.rosters.mapping import columns_from_json
from app.rosters.persons import extract

HEAD: list[Cell] = ["№", "Ad, soyad", "Telefon", date(2025, 5, 12), date(2025, 5, 13)]


def grid(*rows: list[Cell], name: str = "Sheet1") -> Grid:
    return square(name, [list(row) for row in rows])


def test_a_mapping_survives_being_remembered() -> None:
    mapping = propose(grid(HEAD, [1, "Quliyev Tural", "0505551101", "+", "-"]))
    assert columns_from_json(mapping.to_json()) == mapping.columns
    assert mapping.columns == {0: "number", 1: "full_name", 2: "phone", 3: "attendance", 4: "attendance"}
    assert mapping.sessions[3].day == date(2025, 5, 12)


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        {},
        {"columns": None},
        {"columns": {"a": "post"}},
        {"columns": {"1": "password"}},
        {"columns": {"99": "post"}},
        {"columns": {"1": 5}},
    ],
)
def test_a_mapping_that_is_none_is_refused(raw: object) -> None:
    with pytest.raises(UserError, match="roster_mapping_wrong"):
        columns_from_json(raw)


def test_a_persons_own_choice_counts() -> None:
    rows = grid(
        ["Şagird", "Sinif", "Valideyn"],
        ["Tural Quliyev", "5a", "Rafiq Quliyev"],
        ["Günel Səfərova", "6b", "Natiq Səfərov"],
    )
    mapping = propose(rows).with_columns({0: "full_name", 2: "note"})
    assert mapping.is_roster
    roster = extract(rows, mapping.with_columns({2: "full_name"}))
    assert [person.fields["given"] for person in roster.persons] == ["Rafiq", "Natiq"]
    assert not mapping.with_columns({1: "note"}).is_roster
