"""Every sentence a person reads, by key, in three languages; knows no Qt, so window and command line share it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Literal

from app.basics.paths import RESOURCES

Language = Literal["en", "az", "ru"]
LANGUAGES: tuple[Language, ...] = ("az", "ru", "en")
_current: Language = "en"


def use_language(language: str) -> None:
    """Speak `language` from now on; an unknown one is refused with ValueError."""
    global _current
    if language not in LANGUAGES:
        raise ValueError(language)
    _current = language


def language() -> Language:
    """The language spoken now."""
    return _current


@cache
def catalogue(domain: str) -> dict[str, dict[str, str | dict[str, str]]]:
    """All entries of one domain: key → language → sentence (or plural form → sentence)."""
    path = RESOURCES / "i18n" / f"{domain}.toml"
    with path.open("rb") as file:
        entries = tomllib.load(file)
    entries.pop("review", None)
    return entries


def plural_form(language: str, n: int) -> str:
    """The CLDR plural category of a whole number in one of our languages."""
    if language != "ru":
        return "one" if n == 1 else "other"
    if n % 10 == 1 and n % 100 != 11:
        return "one"
    if 2 <= n % 10 <= 4 and not 12 <= n % 100 <= 14:
        return "few"
    return "many"


def text(key: str, *, lang: str | None = None, **params: object) -> str:
    """The sentence for `domain.key`, filled with `params`; `n` chooses the plural form. KeyError if it is missing."""
    domain, _, name = key.partition(".")
    spoken = lang or _current
    sentence = catalogue(domain)[name][spoken]
    if isinstance(sentence, dict):
        count = params.get("n", 0)
        form = plural_form(spoken, int(count) if isinstance(count, (int, float, str)) else 0)
        sentence = sentence.get(form) or sentence["other"]
    return sentence.format_map(params) if params else sentence


_TOLD_IN = ("errors.", "problems.", "rosters.", "sync.", "reports.", "ui.problem_")


def about(code: str, params: Mapping[str, object]) -> str | None:
    """What went wrong, by the code of an error or problem, for window and command line alike; None without words."""
    for domain in _TOLD_IN:
        if known(domain + code):
            return text(domain + code, **dict(params))  # type: ignore[arg-type]
    return None


def known(key: str) -> bool:
    """Whether the catalogue has this key."""
    domain, _, name = key.partition(".")
    try:
        return name in catalogue(domain)
    except FileNotFoundError:
        return False
