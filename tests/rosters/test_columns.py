"""Mappings: keys of layouts, a person's own choice, what is remembered, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import UserError
from app.rosters.columns import columns_from_json, propose
from app.rosters.grid import Cell, Grid, square
from app.rosters.persons import extract
from tests.rosters.generated import generate


def grid(*rows: list[Cell], name: str = "Sheet1") -> Grid:
    return square(name, [list(row) for row in rows])


HEAD: list[Cell] = ["№", "Ad, soyad", "Telefon", date(2025, 5, 12), date(2025, 5, 13)]


def test_the_key_belongs_to_the_headings_not_to_days_titles_or_persons() -> None:
    first = propose(grid(HEAD, [1, "Quliyev Tural", None, "+", "-"]))
    other = propose(grid(["Siyahı"], [], [*HEAD[:3], date(2026, 1, 1)], [1, "Səfərova Günel", None, "+"]))
    third = propose(grid(["№", "Soyad, ad", "Telefon"], [1, "Səfərova Günel", None]))
    assert first.is_roster and other.is_roster and third.is_roster
    assert first.layout_key == other.layout_key != third.layout_key
    assert len(first.layout_key) == 24


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


def test_sheets_that_are_no_rosters_say_why() -> None:
    assert propose(grid()).why_not == "empty"
    assert propose(grid(["Ad", "Kod"], ["Alma", 5], ["Armud", 6])).why_not == "no_names"
    people: list[list[Cell]] = [["Ad, soyad"], ["Quliyev Tural"]]
    assert propose(grid(*people, name="Справочник")).why_not == "settings_sheet"
    assert propose(grid(*people)).is_roster


def test_the_days_of_a_month() -> None:
    mapping = propose(grid(["№", "ФИО", *range(1, 32), "Всего"], [1, "Кулиев Турал", *["+"] * 31, 31]))
    assert len(mapping.sessions) == 31 and mapping.sessions[2].label == "1"


def test_a_count_of_men_is_no_mark() -> None:
    mapping = propose(grid(["Ad, soyad", "Kişi", "Qadın"], ["Quliyev Tural", 15, 8], ["Səfərova Günel", 4, 9]))
    assert set(mapping.columns.values()) == {"full_name"}


@pytest.mark.parametrize("first", range(0, 300, 50))
def test_generated_lists(first: int) -> None:
    """Header, every row and surname in random lists; the few surnames without any sign of order are let off."""
    right = total = 0
    for seed in range(first, first + 50):
        sheet, truth = generate(seed)
        mapping = propose(sheet)
        assert mapping.is_roster and mapping.header_rows == truth.header, seed
        roster = extract(sheet, mapping, date(2026, 1, 15))
        assert [person.row_number for person in roster.persons] == truth.rows, seed
        if any(truth.sites):
            assert [person.fields.get("site") for person in roster.persons] == truth.sites, seed
        total += len(truth.surnames)
        right += sum(p.fields.get("surname") == name for p, name in zip(roster.persons, truth.surnames, strict=True))
    assert right >= 0.97 * total
