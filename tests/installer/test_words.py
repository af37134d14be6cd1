"""The installer speaks three languages alike."""

from __future__ import annotations

import string

import pytest
import words


def gaps(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("key", words.TEXT)
def test_every_sentence_in_every_language_with_the_same_gaps(key: str) -> None:
    said = words.TEXT[key]
    assert set(said) == {"en", "az", "ru"}
    assert gaps(said["en"]) == gaps(said["az"]) == gaps(said["ru"])


@pytest.mark.parametrize(("locale", "spoken"), [("az_AZ.UTF-8", "az"), ("ru_RU", "ru"), ("tr_TR", "en"), ("C", "en")])
def test_the_language_is_the_machines(monkeypatch: pytest.MonkeyPatch, locale: str, spoken: str) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    assert words.language() == spoken
