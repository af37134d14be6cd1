"""Codes that are printed and read back: pages of sign-in sheets, badges, serials of certificates; draws nothing.

They name rows by their ids and say nothing about a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U to be misread
_CHECK = _LETTERS + "*~$=U"
_VALUES = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-"
_PAGE = re.compile(r"SAHA1-([0-9A-F]{32})-(\d{8})-(\d{1,3})")
_SERIAL = re.compile(rf"([A-Z]{{2,6}}-\d{{4}}-[{_LETTERS}]{{4}}-\d{{3,}}[{_LETTERS}]{{2}})-([{re.escape(_CHECK)}])")


@dataclass(frozen=True)
class Page:
    """One printed page of a sign-in sheet: the activity's id, the day (ISO), the page's number from 1."""

    activity: str
    day: str
    number: int


def page_code(page: Page) -> str:
    """What the square code of a page says; only letters that make a small one."""
    return f"SAHA1-{page.activity.replace('-', '').upper()}-{page.day.replace('-', '')}-{page.number}"


def read_page_code(said: str) -> Page | None:
    """The page that a code names, or None for a code that is not ours."""
    found = _PAGE.fullmatch(said.strip().upper())
    if found is None:
        return None
    raw, day = found[1].lower(), f"{found[2][:4]}-{found[2][4:6]}-{found[2][6:]}"
    try:
        date.fromisoformat(day)
    except ValueError:
        return None
    return Page(f"{raw[:8]}-{raw[8:12]}-{raw[12:16]}-{raw[16:20]}-{raw[20:]}", day, int(found[3]))


def badge_code(participation: str) -> str:
    """The code on the badge of a participation: B and eight letters, the same on every laptop."""
    return f"B{_short('badge', participation, 8)}"


def serial(site: str, year: int, activity: str, number: int, participation: str) -> str:
    """The serial of a certificate: site, year, activity, number on its list, and a letter that catches slips.

    Computed from what it is for, so that two laptops never give one serial to two people.
    """
    place = re.sub(r"[^A-Z]", "", site.upper())[:6] or "XX"
    stem = f"{place:X<2}-{year:04}-{_short('serial', activity, 4)}-{number:03}{_short('serial', participation, 2)}"
    return f"{stem}-{_check_letter(stem)}"


def read_serial(typed: str) -> str | None:
    """A serial as it should be written, or None if a letter of it is wrong: O is read as 0, I and L as 1."""
    tidy = re.sub(r"\s+", "", typed).upper().replace("–", "-").replace("—", "-")
    head, _, rest = tidy.partition("-")
    tidy = f"{head}-{rest.translate(str.maketrans('OIL', '011'))}"
    found = _SERIAL.fullmatch(tidy)
    return tidy if found is not None and _check_letter(found[1]) == found[2] else None


def _short(purpose: str, row: str, letters: int) -> str:
    number = int.from_bytes(blake2b(f"{purpose}\x1f{row}".encode(), digest_size=8).digest(), "big")
    return "".join(_LETTERS[number >> (5 * place) & 31] for place in range(letters))


def _check_letter(stem: str) -> str:
    """One of 37 letters; a prime modulus with growing weights finds every wrong letter and every swap.

    A letter's value is its place among the 37 that occur: with any other two would be alike modulo 37 ("1" and "V").
    """
    return _CHECK[sum((place + 1) * _VALUES.index(letter) for place, letter in enumerate(stem)) % 37]
