"""Folding puts spellings of three languages together and never changes its mind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.names.fold import fold, key, one_script


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Əliyev", "Алиев"), ("Əliyev", "Aliev"), ("ŞAHİN", "şahin"), ("İLHAM", "i̇lham"), ("ILHAM", "ılham"),
        ("Oruc", "Орудж"), ("Məmməd", "MƏMMƏD"), ("O'g'uz", "Oguz"), ("Аbbas", "Abbas"),
    ],
)  # fmt: skip
def test_one_fold(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hüseyn", "Гусейн"), ("Qasım", "Касым"), ("Xəlil", "Kalil"), ("Cəfər", "Çəfər"), ("Əhməd", "Ахмет")],
)
def test_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_look_alike_letters_go_to_the_script_of_the_rest() -> None:
    assert one_script("мaмeдoв") == "мамедов"
    assert one_script("mаmedov") == "mamedov"


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


def test_nothing_has_no_key() -> None:
    assert [key(text) for text in ("", "  ", "---", "ьъ")] == ["", "", "", ""]
