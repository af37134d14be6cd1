"""What kind each row is: person, place, total, closing line, heading once more."""

from __future__ import annotations

from datetime import date
from typing import Any

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


def test_a_hasty_list_in_small_letters_and_prose_are_told_apart() -> None:
    found = roster(["№", "ad, soyad"], [1, "quliyev tural"], [2, "simply writing"], [3, "səfərova günel"])
    assert [person.row_number for person in found.persons] == [2, 3, 4]
    assert codes(found, 1)[0] == "name_unclear"
