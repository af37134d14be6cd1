"""Codes that people read out and type: Crockford base32, forgiving on reading; never knows what a code opens."""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}
# What is seen or heard for a letter: the confusions Crockford names, and Cyrillic or Azerbaijani keys left switched on.
_SEEN_AS = str.maketrans("OILUАВЕКМНОРСТУХІ", "011VABEKMH0PCTYX1")
_SEPARATORS = frozenset(" -–—_.,\t\r\n\u00a0")


def random_code(letters: int) -> str:
    """`letters` random characters of the alphabet, five bits each."""
    return "".join(secrets.choice(ALPHABET) for _ in range(letters))


def grouped(code: str, size: int) -> str:
    """The code in groups of `size`, the way it is shown and printed."""
    return "-".join(code[start : start + size] for start in range(0, len(code), size))


def tidy(typed: str) -> str:
    """What a person typed as plain letters of the alphabet; ValueError if something in it cannot be one."""
    kept = "".join(c for c in typed[:400] if c not in _SEPARATORS)
    kept = kept.replace("ı", "I").replace("İ", "I").replace("i", "I").upper().translate(_SEEN_AS)
    if any(letter not in _VALUE for letter in kept):
        raise ValueError("not a letter of a code")
    return kept


def _twice(value: int) -> int:
    """Multiply by x in GF(32) with x⁵ + x² + 1."""
    value <<= 1
    return value ^ 0b100101 if value & 32 else value


def check_letter(code: str) -> str:
    """One letter that shows every single wrong letter and every swap of two letters in codes of up to 30 letters."""
    total = 0
    for letter in code:
        total = _twice(total ^ _VALUE[letter])
    return ALPHABET[total]
