"""Codes people read out and type."""

from __future__ import annotations

import random

import pytest

from app.keys import codes


def test_reading_forgives_what_people_do() -> None:
    assert codes.tidy(" 0oO-1iIlL uv ") == "00011111VV"
    assert codes.tidy("авекмнорстухı") == "ABEKMH0PCTYX1"  # the Russian keyboard left on


@pytest.mark.parametrize("typed", ["ж", "a!b", "ə", "АБ"])
def test_what_cannot_be_a_letter_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        codes.tidy(typed)


def test_the_check_letter_sees_every_single_error_and_every_swap() -> None:
    chance = random.Random(1)
    for _ in range(20):
        code = "".join(chance.choice(codes.ALPHABET) for _ in range(26))
        right = codes.check_letter(code)
        for i in range(26):
            for letter in codes.ALPHABET:
                if letter != code[i]:
                    assert codes.check_letter(code[:i] + letter + code[i + 1 :]) != right
            for j in range(i + 1, 26):
                if code[i] != code[j]:
                    swapped = list(code)
                    swapped[i], swapped[j] = swapped[j], swapped[i]
                    assert codes.check_letter("".join(swapped)) != right


def test_random_codes_differ_and_group() -> None:
    assert len({codes.random_code(10) for _ in range(200)}) == 200
    assert codes.grouped("ABCDEFGHJK", 5) == "ABCDE-FGHJK"
