"""Folding puts spellings of three languages together and never changes its mind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.names.fold import fold, key, one_script, plain, query_words, search_words
from tests.names import compose


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


def test_what_is_typed_so_far_finds_the_word() -> None:
    for row in compose.rows("persons.csv"):
        indexed = search_words(row["az"])
        for word in plain(row["az"]).split():
            if "-" in word:
                continue
            for end in range(1, len(word) + 1):
                for group in query_words(word[:end]):
                    assert any(entry.startswith(beginning) for beginning in group for entry in indexed), word[:end]


def test_other_spellings_find_the_word() -> None:
    rows = compose.rows("persons.csv")
    for language in ("ru", "en"):
        found = 0
        for row in rows:
            indexed = search_words(row["az"])
            groups = query_words(row[language])
            found += all(any(e.startswith(b) for b in group for e in indexed) for group in groups)
        assert found / len(rows) >= 0.6  # every word by fold or key alone; ranking does the rest


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(st.text(max_size=40))
def test_no_text_breaks_the_index_words(text: str) -> None:
    assert all(" " not in word and word for word in search_words(text))
    assert all(len(group) == 2 for group in query_words(text))


def test_nothing_has_no_key() -> None:
    assert [key(text) for text in ("", "  ", "---", "ьъ")] == ["", "", "", ""]
