"""Rows to persons: parts of names, facts, doubts, and what is left out."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.rosters.columns import propose
from app.rosters.grid import Cell, square
from app.rosters.persons import Roster, extract

TODAY = date(2026, 1, 15)


def roster(*rows: list[Cell], **more: Any) -> Roster:
    grid = square("Sheet1", [list(row) for row in rows], **more)
    return extract(grid, propose(grid), TODAY)


def codes(found: Roster, index: int = 0) -> list[str]:
    return [code for code, _ in found.persons[index].problems]


def test_twice_in_one_file_in_two_scripts_but_not_namesakes() -> None:
    head: list[Cell] = ["Ad, soyad", "Doğum tarixi"]
    again = roster(head, ["Quliyev Tural", "1.2.1980"], ["Кулиев Турал", 1980])
    assert codes(again, 1) == ["twice_in_file"]
    assert codes(roster(head, ["Quliyev Tural", "1.2.1980"], ["Quliyev Tural", "5.6.1991"]), 1) == []
    fathers = roster(head, ["Quliyev Tural Rafiq oğlu", None], ["Quliyev Tural Natiq oğlu", None])
    assert codes(fathers, 1) == []


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
