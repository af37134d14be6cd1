"""Folds spellings of a name in three languages to one small alphabet; it never decides who is who.

Two strengths. ``fold`` keeps a word readable and only takes away what a keyboard or an alphabet adds (ə/a,
ş/sh/ш/s, x/kh/х/h, q/ğ/gh/г/g, c/dj/дж/j, ı/y/й/i, doubled letters). ``key`` goes further and puts every consonant
that the three languages confuse into one class and every vowel into one of two. Both work letter by letter from
the left, so what is typed so far folds to the beginning of what the whole word folds to, but for half a digraph.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CYRILLIC = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "ґ": "g", "ҝ": "k", "д": "d", "е": "e",
    "ё": "o", "ж": "c", "ҹ": "c", "з": "z", "и": "i", "і": "i", "ї": "i", "й": "i", "ј": "i", "к": "k",
    "қ": "g", "л": "l", "м": "m", "н": "n", "ң": "n", "о": "o", "ө": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ү": "u", "ұ": "u", "ў": "u", "ф": "f", "х": "h", "һ": "h", "ҳ": "h", "ц": "ts",
    "ч": "c", "ҷ": "c", "ш": "s", "щ": "s", "ъ": "", "ы": "i", "ь": "", "э": "e", "є": "e", "ю": "u",
    "я": "a",
}  # fmt: skip
_LATIN = {
    "ə": "a", "ǝ": "a", "ä": "a", "æ": "a", "ı": "i", "ß": "s", "ø": "o", "œ": "o", "đ": "d", "ð": "d",
    "þ": "t", "ł": "l", "ŋ": "n", "q": "g", "x": "h", "j": "c", "y": "i", "w": "v",
}  # fmt: skip
_DIGRAPHS = (
    ("дж", "ж"),
    ("dzh", "c"),
    ("dsch", "c"),
    ("tsch", "c"),
    ("tch", "c"),
    ("dj", "c"),
    ("zh", "c"),
    ("ch", "c"),
    ("sch", "s"),
    ("sh", "s"),
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("ee", "i"),
    ("oo", "u"),
    ("ye", "e"),
    ("ые", "е"),
    ("ье", "е"),
    ("ъе", "е"),
    ("йе", "е"),
)
_DIGRAPH_TABLE = dict(_DIGRAPHS)
_DIGRAPH = re.compile("|".join(sorted(_DIGRAPH_TABLE, key=len, reverse=True)))
_YOTED = re.compile("(?:^|(?<=[aeiouаеёиоуыэюя]))(?=[яю])")  # there я and ю are ya and yu
_LETTERS = str.maketrans(_CYRILLIC | _LATIN)
_SIMILAR_TO_CYRILLIC = dict(zip("aeopcyxkmtbhi", "аеорсухкмтвні", strict=True))
_SIMILAR_TO_LATIN = {cyr: lat for lat, cyr in _SIMILAR_TO_CYRILLIC.items()} | {"һ": "h", "ј": "j", "ѕ": "s"}
_CYRILLIC_LETTER = re.compile(r"[\u0400-\u052f]")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʼʹʻ′\u200b\u200c\u200d\u00ad\u2060\ufeff"))
_DOUBLED = re.compile(r"(.)\1+")
_KEY_CLASSES = str.maketrans(
    {"g": "k", "h": "k", "b": "p", "d": "t", "v": "f", "z": "s", "e": "a", "i": "", "u": "o"}
)  # fmt: skip


def plain(text: str) -> str:
    """The text in small letters, composed, without a stray dot over i, apostrophes and invisible characters.

    İ and I both become i: which of i and ı was meant is not a matter of search. ``parse.capitalise`` knows the
    Azerbaijani casing for showing a name.
    """
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "")
    text = text.replace("İ", "i").replace("I", "i")
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    text = text.lower().replace("\u0307", "").translate(_APOSTROPHES)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def words(text: str) -> list[str]:
    """The words of a text in the form of ``plain``; hyphens, dots and other signs divide words."""
    return _WORD.findall(plain(text))


@lru_cache(maxsize=65536)
def one_script(word: str) -> str:
    """A small-letter word whose look-alike letters of the other script are put into the majority's script."""
    cyrillic = len(_CYRILLIC_LETTER.findall(word))
    if not cyrillic or cyrillic == len(word):
        return word
    certain = sum(1 for letter in word if "\u0400" <= letter <= "\u052f" and letter not in _SIMILAR_TO_LATIN)
    latin = sum(1 for letter in word if letter.isascii() and letter not in _SIMILAR_TO_CYRILLIC)
    if certain > latin or (certain == latin and cyrillic * 2 >= len(word)):
        return "".join(_SIMILAR_TO_CYRILLIC.get(letter, letter) for letter in word)
    return "".join(_SIMILAR_TO_LATIN.get(letter, letter) for letter in word)


@lru_cache(maxsize=131072)
def fold_word(word: str) -> str:
    """One word that is in the form of ``plain`` already, folded."""
    word = one_script(word)
    for _ in range(8):
        before = word
        word = _DIGRAPH.sub(_digraph, word)
        if not word.isascii():
            word = _YOTED.sub("и", word).translate(_LETTERS)
            if not word.isascii():
                word = "".join(letter if letter.isascii() else _other_letter(letter) for letter in word)
        else:
            word = word.translate(_LETTERS)
        word = _DOUBLED.sub(r"\1", word)
        if word == before:
            break
    return word


def _digraph(match: re.Match[str]) -> str:
    return _DIGRAPH_TABLE[match.group()]


def _other_letter(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[0]
    return _LATIN.get(base, _CYRILLIC.get(base, base))


def fold(text: str, lang: str | None = None) -> str:
    """The words of ``text`` in the small alphabet (a-z without j, q, w, x, y), joined by one space.

    ``lang`` ("az", "ru", "en") is taken for callers that know it; the letters tell enough and it changes nothing.
    Folding twice changes nothing. Letters of other scripts stay as they are.
    """
    folded = [fold_word(word) for word in words(text)]
    return " ".join(word for word in folded if word)


@lru_cache(maxsize=131072)
def _key_word(folded: str) -> str:
    start = folded[:1]
    lead = "a" if start and start in "aeiou" else ""
    return _DOUBLED.sub(r"\1", lead + folded[1 if lead else 0 :].translate(_KEY_CLASSES))


def key(word: str) -> str:
    """The class key of one word: "Hüseyn", "Гусейн" and "Guseyn" share one key."""
    folded = fold(word).replace(" ", "")
    return _key_word(folded) if folded else ""
