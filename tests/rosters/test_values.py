"""Single values as people write them, and as they must be understood."""

from __future__ import annotations

import time
from datetime import date, datetime

import pytest

from app.rosters.likeness import name_cell, name_likeness
from app.rosters.values import (
    looks_month_first,
    parse_date,
    parse_emails,
    parse_languages,
    parse_mark,
    parse_phones,
    parse_sex,
)

LATEST = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("05.11.79", date(1979, 11, 5)),
        ("7/8/1988", date(1988, 8, 7)),
        ("«14» may 1991", date(1991, 5, 14)),
        ("1985-03-02", date(1985, 3, 2)),
        ("22.9.1993-cü il", date(1993, 9, 22)),
        ("3 мая 1990 г.", date(1990, 5, 3)),
        ("14.V.1991", date(1991, 5, 14)),
        ("12 sentyabr 1984-cü il", date(1984, 9, 12)),
        ("May 5, 1990", date(1990, 5, 5)),
        ("5 May 1990", date(1990, 5, 5)),
        ("1990 may 5", date(1990, 5, 5)),
        ("03.05.1990 г.р.", date(1990, 5, 3)),
        ("12/25/1990", date(1990, 12, 25)),
        ("1990-05-03 00:00:00", date(1990, 5, 3)),
        ("19850302", date(1985, 3, 2)),
        ("12-May-85", date(1985, 5, 12)),
        (31200, date(1985, 6, 2)),
        (31200.0, date(1985, 6, 2)),
        ("31200", date(1985, 6, 2)),
        (date(1984, 3, 12), date(1984, 3, 12)),
        (datetime(1984, 3, 12, 4), date(1984, 3, 12)),
        (2031985, date(1985, 3, 2)),
        ("01 01 1970", date(1970, 1, 1)),
        ("1.1.05", date(2005, 1, 1)),
        ("1.1.26", date(2026, 1, 1)),
        ("1.1.27", date(1927, 1, 1)),
        ("12 декабря 1988 года", date(1988, 12, 12)),
        ("29.02.2000", date(2000, 2, 29)),
    ],
)
def test_days(written: object, day: date) -> None:
    found = parse_date(written, latest=LATEST)  # type: ignore[arg-type]
    assert (found.day, found.year, found.problem) == (day, day.year, "")


@pytest.mark.parametrize("written", ["1990", 1990, 1990.0, "1990-cı il", "1990 г.", "1990 il", "1990-ci ildə"])
def test_years(written: object) -> None:
    found = parse_date(written, latest=LATEST)  # type: ignore[arg-type]
    assert (found.day, found.year, found.problem) == (None, 1990, "")


@pytest.mark.parametrize(
    ("written", "problem", "year"),
    [
        ("1985-02-30", "date_impossible", 1985),
        ("31.02.1990", "date_impossible", 1990),
        ("29.02.2001", "date_impossible", 2001),
        ("bilmirəm", "date_unreadable", None),
        ("7/8 Feb", "date_unreadable", None),
        ("2 June?", "date_unreadable", None),
        (85, "date_year_guessed", 1985),
        (True, "date_unreadable", None),
        (-5, "date_unreadable", None),
        (1e300, "date_unreadable", None),
        ("99999999999999999999", "date_unreadable", None),
        ("00.00.0000", "date_impossible", None),
    ],
)
def test_days_that_are_none(written: object, problem: str, year: int | None) -> None:
    found = parse_date(written, latest=LATEST)  # type: ignore[arg-type]
    assert (found.day, found.problem, found.year) == (None, problem, year)


def test_empty_is_no_problem() -> None:
    for value in (None, "-", " — ", "..."):
        assert parse_date(value) == parse_date(None)


def test_serial_numbers_of_the_other_calendar() -> None:
    assert parse_date(11111, date1904=True).day == date(1934, 6, 3)
    assert parse_date(11111).day == date(1930, 6, 2)


def test_month_first_only_where_the_column_says_so() -> None:
    assert looks_month_first(["5/4/1990", "12/25/1990"])
    assert not looks_month_first(["5/4/1990", "25/12/1990", "12/25/1990"])
    assert not looks_month_first(["5/4/1990"])
    assert parse_date("5/4/1990", month_first=True).day == date(1990, 5, 4)


@pytest.mark.parametrize(
    ("written", "phones"),
    [
        (774021161, ["+994774021161"]),
        ("+994 70 194 72 49", ["+994701947249"]),
        ("0707931594", ["+994707931594"]),
        ("(070) 672-14-50; 012 555 01 03", ["+994706721450", "+994125550103"]),
        ("994501234567", ["+994501234567"]),
        ("050-123-45-67 / 055 123 45 67", ["+994501234567", "+994551234567"]),
        ("00994 50 123 45 67", ["+994501234567"]),
        ("8 050 123 45 67", ["+994501234567"]),
        ("+7 495 123-45-67", ["+74951234567"]),
        ("+90 532 123 45 67", ["+905321234567"]),
        ("012 555 01 03 (daxili 123)", ["+994125550103"]),
        (994501234567.0, ["+994501234567"]),
        ("055 123 45 67\n0551234567", ["+994551234567"]),
    ],
)
def test_telephones(written: object, phones: list[str]) -> None:
    assert parse_phones(written) == (phones, False)  # type: ignore[arg-type]


def test_telephones_without_a_code_stay_unread() -> None:
    assert parse_phones("555-12-34") == ([], True)
    assert parse_phones("050 123 45 67, 555-12-34") == (["+994501234567"], True)
    assert parse_phones("yoxdur") == ([], False)
    assert parse_phones(None) == ([], False)


def test_addresses() -> None:
    assert parse_emails("A.B@Example.az") == (["a.b@example.az"], False)
    assert parse_emails("a@b.az; c@d.az")[0] == ["a@b.az", "c@d.az"]
    assert parse_emails("a.b.example.az") == ([], True)
    assert parse_emails(5) == ([], True)


@pytest.mark.parametrize(
    "written", ["q", "Q", "Qadın", "QADIN", "qadin", "ж", "Жен.", "женский", "F", "female", "Ms.", "♀", "xanım"]
)
def test_women(written: str) -> None:
    assert parse_sex(written) == "f"


@pytest.mark.parametrize(
    "written", ["k", "K", "Kişi", "KİŞİ", "kisi", "м", "Муж.", "мужской", "M", "male", "Mr", "♂", "bəy"]
)
def test_men(written: str) -> None:
    assert parse_sex(written) == "m"


@pytest.mark.parametrize("written", ["", "?", "bilinmir", "qk", None, True, 1])
def test_neither(written: object) -> None:
    assert parse_sex(written) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("+", "present"),
        ("imza", "present"),
        ("✓", "present"),
        (True, "present"),
        (1, "present"),
        ("P", "present"),
        ("iştirak edib", "present"),
        ("подпись", "present"),
        ("да", "present"),
        ("V", "present"),
        ("-", "absent"),
        ("н", "absent"),
        (False, "absent"),
        (0, "absent"),
        ("A", "absent"),
        ("yox", "absent"),
        ("не был", "absent"),
        ("gecikdi", "late"),
        ("опоздал", "late"),
        ("erkən çıxdı", "left"),
        ("üzrlü", "excused"),
        ("болен", "excused"),
        (None, None),
        ("?", None),
        ("qwerty", None),
    ],
)
def test_marks(written: object, state: str | None) -> None:
    assert parse_mark(written)[0] == state  # type: ignore[arg-type]


def test_signed_marks() -> None:
    assert parse_mark("imza") == ("present", True)
    assert parse_mark("+") == ("present", False)


def test_languages() -> None:
    assert parse_languages("Azərbaycan, rus; ingilis") == (["az", "ru", "en"], [])
    assert parse_languages("русский и английский") == (["ru", "en"], [])
    assert parse_languages("AZ/RU/EN/klinqon") == (["az", "ru", "en"], ["klinqon"])


@pytest.mark.parametrize("piece", ["1", "(", "- ", "a.", "19", "x19", "a@", "1.1."])
def test_made_up_texts_take_no_time(piece: str) -> None:
    """A sheet may hold thousands of such cells, and they are read in the program itself."""
    text = piece * (2000 // len(piece))
    started = time.process_time()
    for _ in range(20):
        parse_date(text)
        parse_phones(text)
        parse_emails(text)
        name_cell.__wrapped__(text)
        name_likeness.__wrapped__(text)
    assert time.process_time() - started < 0.2
