"""Rows to persons: parts of names, facts, doubts, and what is left out."""

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


def test_a_hasty_list_in_small_letters_and_prose_are_told_apart() -> None:
    found = roster(["№", "ad, soyad"], [1, "quliyev tural"], [2, "simply writing"], [3, "səfərova günel"])
    assert [person.row_number for person in found.persons] == [2, 3, 4]
    assert codes(found, 1)[0] == "name_unclear"


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


def test_every_reason_has_its_words() -> None:
    found = roster(
        ["№", "Ad, soyad", "Vəzifə"],
        [],
        ["Gəncə şəhəri"],
        [1, "Quliyev Tural", "həkim"],
        ["№", "Ad, soyad", "Vəzifə"],
        [2, "vakant", "müəllim"],
        [3, None, "müəllim"],
        [None, "köməkçi heyət", None],
        ["Cəmi: 1"],
        [],
        ["Məsul şəxs: ____"],
        ["Cins", "Say"],
        ["Kişi", 1],
    )
    assert [person.row_number for person in found.persons] == [4]
    assert found.skipped == [
        (2, "blank"),
        (3, "section"),
        (5, "heading"),
        (6, "vacant"),
        (7, "no_name"),
        (8, "not_a_person"),
        (9, "total"),
        (10, "blank"),
        (11, "footer"),
        (12, "heading"),
        (13, "after_list"),
    ]
    for _, code in found.skipped:
        for language in ("en", "az", "ru"):
            assert text(f"rosters.skipped_{code}", lang=language)


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


def test_twice_in_one_file_in_two_scripts_but_not_namesakes() -> None:
    head: list[Cell] = ["Ad, soyad", "Doğum tarixi"]
    again = roster(head, ["Quliyev Tural", "1.2.1980"], ["Кулиев Турал", 1980])
    assert codes(again, 1) == ["twice_in_file"]
    assert codes(roster(head, ["Quliyev Tural", "1.2.1980"], ["Quliyev Tural", "5.6.1991"]), 1) == []
    fathers = roster(head, ["Quliyev Tural Rafiq oğlu", None], ["Quliyev Tural Natiq oğlu", None])
    assert codes(fathers, 1) == []


def test_a_place_is_carried_down_until_the_next() -> None:
    found = roster(
        ["№", "Ad, soyad"],
        ["Şəki rayonu"],
        [1, "Quliyev Tural"],
        [2, "Səfərova Günel"],
        ["Quba rayonu"],
        [3, "Babayev Orxan"],
        merged=[(1, 0, 1, 1), (4, 0, 4, 1)],
    )
    assert [person.fields["site"] for person in found.persons] == ["Şəki rayonu", "Şəki rayonu", "Quba rayonu"]


def test_birth_dates_month_first_when_the_column_is() -> None:
    found = roster(["Name", "Date of birth"], ["Tural Guliyev", "5/4/1990"], ["Gunel Safarova", "12/25/1991"])
    assert found.persons[0].fields["birth_date"] == date(1990, 5, 4)


def test_serial_numbers_follow_the_workbooks_calendar() -> None:
    rows: list[list[Cell]] = [["Name", "Date of birth"], ["Tural Guliyev", 31200]]
    assert roster(*rows).persons[0].fields["birth_date"] == date(1985, 6, 2)
    assert roster(*rows, date1904=True).persons[0].fields["birth_date"] == date(1989, 6, 3)


def test_only_what_is_there() -> None:
    assert roster(["№", "Ad, soyad"], [7, "Quliyev Tural"]).persons[0].fields == {
        "name_as_typed": "Quliyev Tural",
        "surname": "Quliyev",
        "given": "Tural",
        "sex_hint": "m",
        "number": 7,
    }


def test_nothing_is_read_without_columns() -> None:
    grid = square("S", [["x", "y"], ["a", "b"]])
    assert extract(grid, propose(grid)).persons == []
