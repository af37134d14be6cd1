"""The passphrase rule."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.keys import passphrase


def refusal(text: str, **kwargs: bool) -> str:
    with pytest.raises(UserError) as caught:
        passphrase.check(text, **kwargs)
    return caught.value.code


@pytest.mark.parametrize(
    "text", ["kənd evində qara pişik", "семь велосипедов под снегом", "a" * 40 + " zebra" * 3, "correct-horse-9-mule"]
)
def test_good_ones_pass(text: str) -> None:
    passphrase.check(text)


def test_length_counts_letters_not_bytes() -> None:
    assert refusal("") == "passphrase_empty"
    assert refusal("on bir hərf") == "passphrase_too_short"
    passphrase.check("on iki hərfə")
    passphrase.check(" ".join(f"söz{n}" for n in range(20)))  # far beyond 64
    assert refusal("ab cd " * 400) == "passphrase_too_long"


@pytest.mark.parametrize(
    "text",
    [
        "Password1234",
        "P@$$w0rd1234",
        "qwertyuiop123",
        "1qaz2wsx3edc",
        "йцукенгшщзхъ",
        "ЙЦУКЕН 123456",
        "Mən səni sevirəm",
        "mensenisevirem",
        "я тебя люблю",
        "Azərbaycan-2024",
        "azerbaycan2024",
        "gfhjkm123456",
        "aaaaaaaaaaaaa",
        "abcabcabcabcabc",
        "............",
        "abcdefghijklm",
        "İloveyou12345",
    ],
)
def test_those_tried_first_are_refused(text: str) -> None:
    assert refusal(text) == "passphrase_common"


def test_the_list_is_long_honest_and_in_three_languages() -> None:
    entries = passphrase.common()
    assert sum(len(entry) >= passphrase.SHORTEST for entry in entries) >= 3000
    assert all(len(entry) >= 10 for entry in entries)  # with spaces or signs these too reach twelve
    assert all(passphrase.folded(entry) == entry for entry in entries)
    for sample in ("azerbaycan2024", "люблюмамуипапу", "iloveyouforever"):
        assert sample in entries


def test_practice_needs_only_something() -> None:
    passphrase.check("practice", practice=True)
    assert refusal("", practice=True) == "passphrase_empty"
    assert refusal("practice") == "passphrase_too_short"


def test_the_bytes_are_the_same_however_typed() -> None:
    assert passphrase.to_bytes("şə q") == passphrase.to_bytes("s\u0327ə\u00a0q")
    assert passphrase.to_bytes("A") != passphrase.to_bytes("a")
