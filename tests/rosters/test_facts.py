"""What a row says about a person, and the doubts about it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.basics.words import text
from app.rosters.columns import propose
from app.rosters.grid import Cell, square
from app.rosters.persons import Roster, extract

TODAY = date(2026, 1, 15)


def roster(*rows: list[Cell], **more: Any) -> Roster:
    grid = square("Sheet1", [list(row) for row in rows], **more)
    return extract(grid, propose(grid), TODAY)


def codes(found: Roster, index: int = 0) -> list[str]:
    return [code for code, _ in found.persons[index].problems]


def test_every_problem_has_its_sentence() -> None:
    found = roster(
        ["№", "Ad, soyad", "Cins", "Doğum tarixi", "Telefon", "E-poçt", "Dil", "I gün"],
        [1, "Quliyev T.", "?", "31.02.1990", "555-12-34", "yoxdur@", "klinqon", "??"],
        [2, "Səfərova Günel", "K", "12.12.1850", None, None, "az", "+"],
        [3, "Прохоров", "м", 85, None, None, None, None],
        [4, "Səfərova Günel", None, "bilmirəm", None, None, None, None],
        hidden_rows=frozenset({3}),
    )
    assert codes(found, 0) == [
        "only_initials",
        "sex_unread",
        "birth_date_impossible",
        "phone_unread",
        "email_unread",
        "language_unread",
        "mark_unread",
    ]
    assert codes(found, 1) == ["sex_differs_from_name", "birth_date_unlikely"]
    assert codes(found, 2) == ["given_missing", "birth_year_guessed", "row_hidden"]
    assert codes(found, 3) == ["birth_date_unread", "twice_in_file"]
    for person in found.persons:
        for code, params in person.problems:
            for language in ("en", "az", "ru"):
                sentence = text(f"rosters.problem_{code}", lang=language, **params)
                assert sentence and "{" not in sentence


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Hüseynov Elxan Kərim oğlu", ("Hüseynov", "Elxan", "Kərim", "oğlu")),
        ("Elxan Hüseynov", ("Hüseynov", "Elxan", None, None)),
        ("polis mayoru Hüseynov Elxan", ("Hüseynov", "Elxan", None, None)),
        ("3. Hüseynov Elxan", ("Hüseynov", "Elxan", None, None)),
        ("Hüseynov Elxan (tərcüməçi)", ("Hüseynov", "Elxan", None, None)),
        ("SMITH John", ("Smith", "John", None, None)),
    ],
)
def test_names(typed: str, parts: tuple[str | None, ...]) -> None:
    fields = roster(["№", "Ad, soyad", "Tel"], [1, typed, "0505551101"]).persons[0].fields
    assert tuple(fields.get(part) for part in ("surname", "given", "patronymic", "suffix")) == parts
    assert fields["name_as_typed"]


def test_the_order_of_most_names_decides_for_those_without_a_sign() -> None:
    found = roster(
        ["Full name", "Phone"],
        ["Guliyev Tural", "1"],
        ["Safarova Gunel", "2"],
        ["Babayev Orkhan", "3"],
        ["Smith John", "4"],
    )
    assert found.persons[3].fields["surname"] == "Smith"
    turned = roster(
        ["Full name", "Phone"],
        ["Tural Guliyev", "1"],
        ["Gunel Safarova", "2"],
        ["Orkhan Babayev", "3"],
        ["John Smith", "4"],
    )
    assert turned.persons[3].fields["surname"] == "Smith"


def test_split_columns_with_parts_missing() -> None:
    found = roster(
        ["Soyad", "Ad", "Ata adı", "Tel"],
        ["Quliyev", None, None, "0505551101"],
        [None, "Günel", "Natiq qızı", "0505551102"],
        ["Babayev Orxan", None, None, None],
    )
    assert codes(found, 0) == ["given_missing"] and codes(found, 1) == ["surname_missing"]
    assert found.persons[1].fields["patronymic"] == "Natiq" and found.persons[1].fields["suffix"] == "qızı"
    assert (found.persons[2].fields["surname"], found.persons[2].fields["given"]) == ("Babayev", "Orxan")


def test_birth_dates_month_first_when_the_column_is() -> None:
    found = roster(["Name", "Date of birth"], ["Tural Guliyev", "5/4/1990"], ["Gunel Safarova", "12/25/1991"])
    assert found.persons[0].fields["birth_date"] == date(1990, 5, 4)


def test_serial_numbers_follow_the_workbooks_calendar() -> None:
    rows: list[list[Cell]] = [["Name", "Date of birth"], ["Tural Guliyev", 31200]]
    assert roster(*rows).persons[0].fields["birth_date"] == date(1985, 6, 2)
    assert roster(*rows, date1904=True).persons[0].fields["birth_date"] == date(1989, 6, 3)
