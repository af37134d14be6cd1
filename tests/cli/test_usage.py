"""Wrong usage is told in the language spoken."""

from __future__ import annotations

import pytest

from app.cli import usage
from tests.cli.conftest import Saha


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("usage: saha", "required: FILE|-")),
        ("az", ("istifadə: saha", "tələb olunur: FILE|-")),
        ("ru", ("вызов: saha", "не хватает аргументов: FILE|-")),
    ],
)
def test_a_missing_argument(saha: Saha, language: str, words: tuple[str, ...]) -> None:
    said = saha("records", "put", "--language", language)
    assert (said.code, said.out) == (2, "")
    assert all(word in said.err for word in words)


@pytest.mark.parametrize(("language", "word"), [("en", "options"), ("az", "seçimlər"), ("ru", "параметры")])
def test_the_headings_of_help(saha: Saha, monkeypatch: pytest.MonkeyPatch, language: str, word: str) -> None:
    monkeypatch.setenv("SAHA_LANGUAGE", language)
    assert word in saha("check", "--help").out


def test_every_sentence_fills_the_gaps_of_the_original() -> None:
    import re

    from app.basics.words import text

    for said, key in usage._SAID.items():
        for language in ("en", "az", "ru"):
            gaps = set(re.findall(r"%\(\w+\)|%s", text(key, lang=language)))
            assert gaps <= set(re.findall(r"%\(\w+\)|%s", said)), (key, language)
            assert "%(value)" not in said or "%(value)" in gaps
