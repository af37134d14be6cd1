"""Says what a heading of somebody's list means: person fields and sessions, in three languages; it looks at no data."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache

from app.basics.paths import RESOURCES
from app.names.fold import one_script, plain
from app.names.parse import GIVEN_FIRST, SURNAME_FIRST
from app.rosters.grid import Cell
from app.rosters.values import parse_date


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


NAMES = frozenset({"full_name", "name", "surname", "given", "patronymic"})
FIELDS = (
    "number", "full_name", "surname", "given", "patronymic", "given_patronymic", "name_other", "sex", "sex_male",
    "sex_female", "birth_date", "birth_year", "age", "rank", "post", "rank_post", "organisation", "organisation_post",
    "unit", "site", "address", "phone", "email", "contact", "document", "language", "role", "education", "citizenship",
    "experience", "pre_test", "post_test", "hours", "signature", "attendance", "note",
)  # fmt: skip
"""What a column may be mapped to. `contact` holds telephone and e-mail, `rank_post` and `organisation_post` both."""

_SAME = str.maketrans("ıəeöüğşçёâîûéáóúíñ", "iaaougscеaiuaaouin")
_WORDS = re.compile(r"[^\W_]+")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_SURNAME_WORD = re.compile(r"soyad|soyisim|familiya|surnama|last|фам")
_GIVEN_WORD = re.compile(r"ad|adi|isim|first|given|giv|имя|nama")
_YOURS = re.compile(r"(?<=[^\W_]{2})(?:[iu]n[iu]z|n[iu]z)$")
"""Azerbaijani "your": Adınız, Vəzifəniz."""
_SURNAME_LEADS = frozenset({"фио", "saa", "ф и о", "s a a", "s a a a"})


@lru_cache(maxsize=16384)
def key_of(text: str) -> str:
    """A heading for comparing: small letters without diacritics, e and ə as a, words joined by one space."""
    text = unicodedata.normalize("NFKC", text.replace("#", " no ").replace("№", " no ").replace("_", " "))
    words = []
    for word in _WORDS.findall(plain(text)):
        words.append(one_script(word).translate(_SAME))
    return " ".join(words)


@dataclass(frozen=True)
class Heading:
    """What one heading means: `field` ("" unknown, "ignore" known and useless), how much of its text was understood."""

    field: str = ""
    coverage: float = 0.0
    order: str | None = None


@dataclass(frozen=True)
class Session:
    """A column (or row) of attendance: what its heading says, the day if it says one, the part of the day."""

    label: str
    day: date | None = None
    part: str = ""


@cache
def _phrases() -> tuple[dict[str, list[tuple[tuple[str, ...], str]]], list[tuple[tuple[str, ...], str]]]:
    """Phrases by their first word, and those whose first word has an open end; natural spelling made comparable."""
    with (RESOURCES / "reference" / "rosters" / "headings.toml").open("rb") as file:
        table = tomllib.load(file)
    exact: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    opened: list[tuple[tuple[str, ...], str]] = []
    for field, languages in table.items():
        for phrases in languages.values():
            for phrase in phrases:
                words = tuple(key_of(phrase.replace("*", "ʘ")).replace("ʘ", "*").split())
                if words[0].endswith("*"):
                    opened.append((words, field))
                else:
                    exact.setdefault(words[0], []).append((words, field))
    return exact, opened


def _fits(pattern: tuple[str, ...], words: Sequence[str], at: int) -> bool:
    if at + len(pattern) > len(words):
        return False
    for wanted, word in zip(pattern, words[at:], strict=False):
        if not (word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted):
            return False
    return True


@lru_cache(maxsize=8192)
def heading_of(text: str) -> Heading:
    """What a heading means. A long sentence that happens to hold a known word has a low coverage."""
    if len(text) > 160:
        return Heading()
    found = _heading(_ASIDE.sub(" ", text))
    return found if found.field else _heading(text)


def _heading(text: str) -> Heading:
    words = [_YOURS.sub("", word) if len(word) > 4 else word for word in key_of(text).split()]
    if not words:
        return Heading()
    exact, opened = _phrases()
    spans: list[tuple[int, int, int, str]] = []
    for at, word in enumerate(words):
        for pattern, field in exact.get(word, []):
            if _fits(pattern, words, at):
                spans.append((len(pattern), sum(map(len, pattern)), at, field))
        for pattern, field in opened:
            if word.startswith(pattern[0][:-1]) and _fits(pattern, words, at):
                spans.append((len(pattern), sum(map(len, pattern)) - 1, at, field))
    spans.sort(key=lambda span: (-span[0], -span[1], span[3] == "filler", span[3] == "ignore", span[2]))
    taken: dict[int, str] = {}
    firsts: list[tuple[int, str]] = []
    for length, _, at, field in spans:
        if any(index in taken for index in range(at, at + length)):
            continue
        taken.update(dict.fromkeys(range(at, at + length), field))
        firsts.append((at, field))
    understood = sum(len(words[index]) for index in taken)
    coverage = understood / sum(map(len, words))
    fields = [field for _, field in sorted(firsts) if field != "filler"]
    if not fields:
        return Heading("", 0.0)
    return Heading(_together(fields), coverage, _order(words))


def _together(fields: list[str]) -> str:
    """One meaning for all that a heading names."""
    found = set(fields)
    names = found & NAMES
    rest = found - {"ignore"}
    if "ignore" in found and (not rest or rest <= NAMES):
        return "ignore"
    if "name_other" in found:
        return "name_other"
    if names:
        if "full_name" in names or ("surname" in names and len(names) > 1):
            return "full_name"
        if "patronymic" in names and len(names) > 1:
            return "given_patronymic"
        if names == {"name"} and rest - names - {"number", "signature"}:
            return min(rest - names, key=fields.index)  # "name of the unit" and the like
        return next(iter(names))
    if "post" in found and found & {"organisation", "unit"}:
        return "organisation_post"
    if {"rank", "post"} <= found:
        return "rank_post"
    if {"phone", "email"} <= found:
        return "contact"
    if {"sex_male", "sex_female"} <= found:
        return "sex"
    if "birth_date" in found:
        return "birth_date"
    if "attendance" in found:
        return "attendance"
    if len(rest) > 1:
        rest -= {"number", "note"}
    for wide, narrow in (("address", "site"), ("organisation", "site"), ("organisation", "unit")):
        if {wide, narrow} <= rest:
            return wide
    return min(rest, key=fields.index)


def _order(words: list[str]) -> str | None:
    text = " ".join(words)
    if any(f" {short} " in f" {text} " for short in _SURNAME_LEADS):
        return SURNAME_FIRST
    surname = next((at for at, word in enumerate(words) if _SURNAME_WORD.match(word)), None)
    given = next((at for at, word in enumerate(words) if _GIVEN_WORD.fullmatch(word) or word == "имя"), None)
    if surname is None or given is None:
        return None
    if words[surname] == "last" and surname + 1 == given:  # "last name, first name"
        given = next((at for at in range(given + 1, len(words)) if _GIVEN_WORD.fullmatch(words[at])), given)
    return SURNAME_FIRST if surname < given else GIVEN_FIRST


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_COUNTED = {
    "birinci": 1, "ikinci": 2, "ucuncu": 3, "dorduncu": 4, "basinci": 5,
    "первый": 1, "второй": 2, "третий": 3, "четвертый": 4, "пятый": 5, "1й": 1, "2й": 2, "3й": 3,
    "first": 1, "sacond": 2, "third": 3, "fourth": 4, "fifth": 5, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
}  # fmt: skip
_DAY_WORDS = _listed(
    """
    gun gunu gunlar sassiyasi day days день дня дни sassiya sasiya saans sassion sassions сессия занятие dars
    урок modul модуль modula tur
    """
)
_ORDINAL = _listed("ci cu й ый ой ая ой st nd rd th")
_PARTS = {
    "sahar": "am", "gunortadan avval": "am", "утро": "am", "утром": "am", "am": "am", "morning": "am", "до обеда": "am",
    "до обада": "am", "gunorta": "pm", "gunortadan sonra": "pm", "обед": "pm", "после обеда": "pm", "pm": "pm",
    "aftarnoon": "pm", "день": "pm", "axsam": "evening", "вечер": "evening", "avaning": "evening",
}  # fmt: skip
_MONTHS = _listed(
    """
    yanvar favral mart apral may iyun iyul avqust santyabr oktyabr noyabr dakabr
    январь февраль март апрель май июнь июль
    август сентябрь октябрь ноябрь декабрь january fabruary march juna july august saptambar octobar novambar dacambar
    """
)
_WEEKDAYS = _listed(
    """
    bazar bazarartasi carsanba cuma sanba monday tuasday wadnasday thursday friday saturday sunday mon tua wad
    thu fri sat sun понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс
    """
)


def session_of(value: Cell, *, below_attendance: bool = False) -> Session | None:
    """The session a heading stands for: a day, "12.09", "I gün", "Day 2 am", "Сессия 1". None for any other.

    `below_attendance`: the heading stands under one that speaks of attendance or signatures, so a bare number is a day.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, datetime):
        return Session(value.strftime("%d.%m.%Y %H:%M"), value.date())
    if isinstance(value, date):
        return Session(value.strftime("%d.%m.%Y"), value)
    if isinstance(value, (int, float)):
        return Session(str(value)) if below_attendance and isinstance(value, int) and 1 <= value <= 31 else None
    text = value.strip()
    if len(text) > 40:
        return None
    key = key_of(text)
    words = key.split()
    if not words:
        return None
    part = next((sign for phrase, sign in _PARTS.items() if phrase != "день" and f" {phrase} " in f" {key} "), "")
    if "şəhər" in plain(text):
        part = ""  # a city; without diacritics it is the word for morning
    if part and len(words) <= 3 and not any(character.isdigit() for character in key):
        counted = [word for word in words if word in _COUNTED or word in _ROMAN]
        if counted or " ".join(words) in _PARTS:
            return Session(text, None, part)
    days = [word for word in words if word in _DAY_WORDS]
    numbers = [word for word in words if word.isdigit() or word in _ROMAN or word in _COUNTED]
    others = [w for w in words if w not in days and w not in numbers and w not in _ORDINAL and w not in _PARTS]
    if days and numbers and not others:
        return Session(text, None, part)
    joined = re.fullmatch(r"(?:gun|day|день|d|g|д|s|sassion|sassiya)(\d{1,2})", key.replace(" ", ""))
    if joined:
        return Session(text, None, part)
    if below_attendance and len(words) == 1 and (words[0] in _ROMAN or (words[0].isdigit() and int(words[0]) <= 31)):
        return Session(text)
    found = parse_date(_ASIDE.sub(" ", text), year_optional=True)
    if found.day is not None and not found.problem:
        return Session(text, found.day, part)
    if found.month_day:
        return Session(text, None, part)
    if len(words) == 1 and words[0] in _WEEKDAYS | _MONTHS:
        return Session(text)
    return None
