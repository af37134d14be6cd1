"""Sentences by key, in three languages, with the right plural form."""

from __future__ import annotations

import pytest

from app.basics import words


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", {0: "other", 1: "one", 2: "other", 21: "other"}),
        ("az", {0: "other", 1: "one", 5: "other"}),
        ("ru", {0: "many", 1: "one", 2: "few", 5: "many", 11: "many", 12: "many", 21: "one", 22: "few", 111: "many"}),
    ],
)
def test_plural_forms(language: str, forms: dict[int, str]) -> None:
    assert {n: words.plural_form(language, n) for n in forms} == forms


def test_a_sentence_is_spoken_in_the_chosen_language_and_filled() -> None:
    assert words.text("cli.report_written", file="a.xlsx") == "Written: a.xlsx"
    words.use_language("ru")
    assert words.text("cli.report_written", file="a.xlsx") == "Записано: a.xlsx"
    assert words.text("cli.report_written", lang="az", file="a.xlsx") == "Yazıldı: a.xlsx"


def test_the_number_chooses_the_form() -> None:
    said = [words.text("cli.sent", lang="ru", file="f", receiver="r", n=n) for n in (1, 3, 5)]
    assert [sentence.split()[-1] for sentence in said] == ["изменение.", "изменения.", "изменений."]


def test_what_is_unknown_is_an_error_and_never_an_empty_text() -> None:
    with pytest.raises(KeyError):
        words.text("cli.no_such_sentence")
    with pytest.raises(ValueError):
        words.use_language("tr")
    assert not words.known("nowhere.at_all")
