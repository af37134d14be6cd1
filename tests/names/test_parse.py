"""Names are taken apart as the three languages write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.names.parse import GIVEN_FIRST, SURNAME_FIRST, Name, capitalise, marker, parse_name, slipped_marker


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Məmmədov Elçin Rəşid oğlu", Name("Məmmədov", "Elçin", "Rəşid", "oğlu", "m")),
        ("MƏMMƏDOV ELÇİN RƏŞİD OĞLU", Name("Məmmədov", "Elçin", "Rəşid", "oğlu", "m")),
        ("Мамедов Эльчин Рашидович", Name("Мамедов", "Эльчин", "Рашидович", "", "m")),
        ("Elchin Mammadov", Name("Mammadov", "Elchin", "", "", "m")),
        ("Mammadov, Elchin Rashid", Name("Mammadov", "Elchin", "Rashid", "", "m")),
        ("Əliyeva Günel Vaqif qızı", Name("Əliyeva", "Günel", "Vaqif", "qızı", "f")),
        ("Günel Vaqif qızı Əliyeva", Name("Əliyeva", "Günel", "Vaqif", "qızı", "f")),
        ("Алиева Гюнель Вагиф кызы", Name("Алиева", "Гюнель", "Вагиф", "qızı", "f")),
        ("Иван Иванович Иванов", Name("Иванов", "Иван", "Иванович", "", "m")),
        ("Иванова Мария Петровна", Name("Иванова", "Мария", "Петровна", "", "f")),
        ("Məmmədov E.R.", Name("Məmmədov", "E.", "R.", "", "m")),
        ("E. R. Məmmədov", Name("Məmmədov", "E.", "R.", "", "m")),
        ("Məmmədov Elçin Rəşid o.", Name("Məmmədov", "Elçin", "Rəşid", "oğlu", "m")),
        ("Məmmədov Elçin Rəşidoğlu", Name("Məmmədov", "Elçin", "Rəşid", "oğlu", "m")),
        ("Elçin Rəşidoğlu", Name("Rəşidoğlu", "Elçin", "", "", None)),
        ("Elçin Rəşid oğlu Məmmədov", Name("Məmmədov", "Elçin", "Rəşid", "oğlu", "m")),
        ("Həsən bəy Zərdabi", Name("Zərdabi", "Həsən Bəy", "", "", None)),
        ("Məmmədova (Əliyeva) Aygün", Name("Məmmədova (Əliyeva)", "Aygün", "", "", "f")),
        ("Zərdabi Həsən Məlik oğlu", Name("Zərdabi", "Həsən", "Məlik", "oğlu", "m")),
        ("Rashidli Seymur Fuzuli", Name("Rashidli", "Seymur", "Fuzuli", "", None)),
        ("Elçin", Name("", "Elçin")),
        ("Əliyev", Name("Əliyev", "", "", "", "m")),
        ("", Name()),
        (" , ; ()", Name()),
    ],
)
def test_a_name_is_taken_apart(text: str, expected: Name) -> None:
    assert parse_name(text) == expected


def test_the_order_of_a_column_decides_where_endings_do_not() -> None:
    assert parse_name("Rəsul Rza", SURNAME_FIRST).surname == "Rəsul"
    assert parse_name("Rəsul Rza", GIVEN_FIRST).surname == "Rza"


def test_the_dot_over_i_that_lowercasing_leaves_is_taken_away() -> None:
    assert parse_name("i̇lham əliyev") == Name("Əliyev", "İlham", "", "", "m")


def test_capitals_follow_azerbaijani_rules() -> None:
    assert capitalise("İSMAYILOV") == "İsmayılov"
    assert capitalise("ıldırım") == "Ildırım"
    assert capitalise("HÜSEYN-ZADƏ") == "Hüseyn-Zadə"
    assert capitalise("ILHAM", azerbaijani=False) == "Ilham"


@pytest.mark.parametrize("word", ["oğlu", "oglu", "oghlu", "ogly", "оглы", "оглу", "OĞLU"])
def test_spellings_of_son(word: str) -> None:
    assert marker(word) == "oğlu"


@pytest.mark.parametrize("word", ["qızı", "qizi", "gizi", "kyzy", "kızı", "кызы", "гызы", "QIZI", "Qızı"])
def test_spellings_of_daughter(word: str) -> None:
    assert marker(word) == "qızı"


def test_a_mistyped_marker_is_told_from_a_name() -> None:
    assert slipped_marker("oğu") == "oğlu"
    assert slipped_marker("qzı") == "qızı"
    for name in ("Qəzi", "Oqtay", "Kamil", "Oğuz", "Aqil"):
        assert slipped_marker(name) == ""


@given(st.text(max_size=60))
def test_no_text_breaks_it_and_no_letter_is_invented(text: str) -> None:
    name = parse_name(text)
    assert name.suffix in ("", "oğlu", "qızı")
    assert len(name.full) <= 3 * len(text) + 10
