"""Writes a word as a row of sounds and weighs how far two rows are apart; it knows letters, not persons.

Every letter (or digraph) of every script becomes one sound sign. What a sign may stand for is listed once, in
``_RENDERS``: the Azerbaijani letters it renders and how unusual that is. The cost of one sign standing against another
follows from that table, so that h, г, х, kh and g meet in every direction, and Russian against English is no special
case. A row is a ``bytes`` object, one byte a sign; costs are floats, 0 the same sound, 1 a wrong letter.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from app.names.fold import one_script

# sign → {Azerbaijani letter it may render: how unusual that is}
_RENDERS: dict[str, dict[str, float]] = {
    "a": {"a": 0, "ə": 0.03, "ı": 0.35},
    "ə": {"ə": 0},
    "e": {"e": 0, "ə": 0.05, "ö": 0.35},
    "а": {"a": 0, "ə": 0.03},
    "е": {"e": 0, "ə": 0.04, "ö": 0.12},
    "э": {"e": 0, "ə": 0.04},
    "я": {"a": 0.03, "ə": 0.05},
    "i": {"i": 0, "ı": 0.03, "ü": 0.25},
    "ı": {"ı": 0},
    "и": {"i": 0, "ı": 0.06, "ü": 0.2},
    "ы": {"ı": 0, "i": 0.06, "ü": 0.15},
    "o": {"o": 0, "ö": 0.04, "ü": 0.25, "u": 0.25},
    "ö": {"ö": 0, "o": 0.1},
    "о": {"o": 0, "ö": 0.05},
    "ё": {"ö": 0, "o": 0.08},
    "u": {"u": 0, "ü": 0.03, "ı": 0.25, "ö": 0.25},
    "ü": {"ü": 0, "u": 0.1},
    "у": {"u": 0, "ü": 0.04, "ı": 0.18, "ö": 0.18, "i": 0.22},
    "ю": {"ü": 0, "u": 0.04, "ö": 0.18},
    "b": {"b": 0, "p": 0.3},
    "p": {"p": 0, "b": 0.3},
    "d": {"d": 0, "t": 0.35},
    "t": {"t": 0, "d": 0.3},
    "v": {"v": 0, "b": 0.6, "f": 0.5},
    "f": {"f": 0, "v": 0.35},
    "z": {"z": 0, "s": 0.45},
    "s": {"s": 0, "ş": 0.12, "z": 0.45},
    "ş": {"ş": 0, "s": 0.35},
    "S": {"ş": 0, "s": 0.3},
    "T": {"s": 0.35, "ç": 0.5},
    "c": {"c": 0, "ç": 0.12},
    "ç": {"ç": 0, "c": 0.35},
    "C": {"ç": 0, "c": 0.3, "x": 0.3},
    "D": {"c": 0, "j": 0.15},
    "j": {"c": 0.02, "j": 0.02, "y": 0.25},
    "J": {"j": 0, "c": 0.12},
    "g": {"g": 0, "q": 0.04, "ğ": 0.03, "h": 0.18, "k": 0.4},
    "q": {"q": 0, "g": 0.1, "ğ": 0.1, "k": 0.2},
    "ğ": {"ğ": 0, "g": 0.15, "q": 0.12},
    "k": {"k": 0, "q": 0.12, "g": 0.3, "x": 0.3, "h": 0.4},
    "h": {"h": 0, "x": 0.12},
    "x": {"x": 0, "h": 0.2},
    "H": {"x": 0, "h": 0.06},
    "G": {"ğ": 0, "q": 0.04, "g": 0.12},
    "г": {"q": 0, "g": 0, "ğ": 0, "h": 0.05},
    "х": {"x": 0, "h": 0.04},
    "к": {"k": 0, "q": 0.08, "g": 0.25},
    "l": {"l": 0},
    "m": {"m": 0, "n": 0.6},
    "n": {"n": 0},
    "r": {"r": 0},
    "y": {"y": 0, "i": 0.1, "ı": 0.15},
}
# Azerbaijani letters that people mix up whatever the script
_MIXED: dict[tuple[str, str], float] = {
    ("a", "ə"): 0.2, ("e", "ə"): 0.2, ("a", "e"): 0.35, ("i", "ı"): 0.05, ("e", "i"): 0.28, ("ə", "i"): 0.5,
    ("o", "u"): 0.28, ("ö", "ü"): 0.25, ("o", "ö"): 0.15, ("u", "ü"): 0.12, ("ı", "u"): 0.25, ("i", "ü"): 0.25,
    ("a", "o"): 0.35, ("o", "ə"): 0.42, ("ı", "ə"): 0.5, ("a", "ı"): 0.4, ("h", "x"): 0.15, ("g", "q"): 0.15,
    ("ğ", "q"): 0.15,
    ("g", "ğ"): 0.15, ("k", "q"): 0.25, ("g", "k"): 0.35, ("q", "x"): 0.35, ("k", "x"): 0.4, ("ğ", "h"): 0.35,
    ("b", "p"): 0.3, ("d", "t"): 0.35, ("s", "z"): 0.45, ("c", "ç"): 0.35, ("s", "ş"): 0.35, ("c", "j"): 0.25,
    ("v", "f"): 0.4, ("j", "z"): 0.5,
}  # fmt: skip
_VOWEL_LETTERS = "aəeiıoöuü"
_OTHER_SIGNS = "0123456789αβγδεζη"  # everything else falls into these, so that no text breaks the table

SIGNS = [*_RENDERS, *_OTHER_SIGNS]
_BYTE = {sign: number for number, sign in enumerate(SIGNS)}
_VOWEL_SIGNS = frozenset("aəeаеэяiıиыoöоёuüую")


def number_of(sign: str) -> int:
    """The byte that stands for a sign in a row."""
    return _BYTE[sign]


def _letter_cost(one: str, other: str) -> float:
    if one == other:
        return 0.0
    known = _MIXED.get((one, other), _MIXED.get((other, one)))
    if known is not None:
        return known
    if one in _VOWEL_LETTERS and other in _VOWEL_LETTERS:
        return 0.6
    return 1.0


def _sign_cost(one: str, other: str) -> float:
    if one == other:
        return 0.0
    best = 1.0
    for letter, unusual in _RENDERS.get(one, {}).items():
        for other_letter, other_unusual in _RENDERS.get(other, {}).items():
            best = min(best, unusual + other_unusual + _letter_cost(letter, other_letter))
    return best


COST = [[_sign_cost(one, other) for other in SIGNS] for one in SIGNS]


def _begun_costs() -> list[list[float]]:
    """Costs for a last typed letter, which may be the first of a digraph: д of дж, s of sh, k of kh."""
    table = [list(row) for row in COST]
    for typed, meant in (
        ("d", "Dcj"),
        ("s", "SşTcç"),
        ("c", "CçS"),
        ("k", "Hxх"),
        ("z", "JjD"),
        ("g", "Gğ"),
        ("t", "TC"),
    ):
        for sign in meant:
            table[_BYTE[typed]][_BYTE[sign]] = min(0.1, table[_BYTE[typed]][_BYTE[sign]])
    return table


BEGUN = _begun_costs()


def _drop_cost(sign: str) -> float:
    if sign == "y":
        return 0.08
    if sign in "iıиы":
        return 0.35
    if sign in _VOWEL_SIGNS:
        return 0.55
    if sign in "hхH":
        return 0.38
    return 1.0


DROP = [_drop_cost(sign) for sign in SIGNS]

_LATIN_SIGNS = {
    "dsch": "D", "shch": "S", "ou": "u", "dzh": "D", "tsch": "C", "tch": "C", "sch": "S", "dj": "D", "sh": "S",
    "ch": "C", "kh": "H", "gh": "G",
    "zh": "J", "ts": "T", "ph": "f", "th": "t", "ck": "k", "w": "v", "ee": "i", "oo": "u", "ä": "ə", "ǝ": "ə",
    "æ": "ə", "ğ": "ğ", "ı": "ı",
    "č": "C", "š": "S", "ž": "J",
}  # fmt: skip
_CYRILLIC_SIGNS = {
    "дж": "D", "б": "b", "в": "v", "г": "г", "д": "d", "ж": "J", "з": "z", "и": "и", "і": "и", "ї": "и", "й": "y",
    "к": "к", "л": "l", "м": "m", "н": "n", "п": "p", "р": "r", "с": "s", "т": "t", "ф": "f", "х": "х", "ц": "T",
    "тс": "T", "ч": "C", "ш": "S", "щ": "S", "ъ": "", "ь": "", "ў": "у", "є": "е", "ґ": "г", "қ": "q", "ҳ": "h",
    "ҷ": "D", "ұ": "u", "ң": "n",
}  # fmt: skip
_OLD_AZERBAIJANI = {
    "а": "a", "б": "b", "в": "v", "г": "q", "ғ": "ğ", "д": "d", "е": "e", "ә": "ə", "ж": "j", "з": "z", "и": "i",
    "ы": "ı",
    "ј": "y", "к": "k", "ҝ": "g", "л": "l", "м": "m", "н": "n", "о": "o", "ө": "ö", "п": "p", "р": "r", "с": "s",
    "т": "t",
    "у": "u", "ү": "ü", "ф": "f", "х": "x", "һ": "h", "ч": "ç", "ҹ": "c", "ш": "ş", "й": "y", "э": "e", "ю": "ü",
    "я": "a",
}  # fmt: skip
_OLD_ONLY = frozenset("әөүҝғһҹј")
_VOWELS_OF_TEXT = frozenset("aeiouyəıöüäаеёиоуыэюяәөү")


def _sign_of_other(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[0]
    if base != letter and base in _BYTE:
        return base
    return _OTHER_SIGNS[ord(letter) % len(_OTHER_SIGNS)]


def _latin(word: str) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    at, length = 0, len(word)
    while at < length:
        for size in (4, 3, 2, 1):
            sign = _LATIN_SIGNS.get(word[at : at + size])
            if sign is not None:
                found.append((sign, size))
                at += size
                break
        else:
            letter = word[at]
            if letter == "y":
                before = word[at - 1] if at else ""
                after = word[at + 1] if at + 1 < length else ""
                glide = (before in _VOWELS_OF_TEXT and before != "") or (after in _VOWELS_OF_TEXT and after != "")
                letter = "y" if glide else "i"
            found.append((letter if letter in _BYTE else _sign_of_other(letter), 1))
            at += 1
    return found


def _cyrillic(word: str) -> list[tuple[str, int]]:
    if not _OLD_ONLY.isdisjoint(word):
        return [(_OLD_AZERBAIJANI.get(letter) or _sign_of_other(letter), 1) for letter in word]
    found: list[tuple[str, int]] = []
    at = 0
    while at < len(word):
        pair = _CYRILLIC_SIGNS.get(word[at : at + 2]) if at + 1 < len(word) else None
        if pair is not None:
            found.append((pair, 2))
            at += 2
            continue
        letter = word[at]
        if letter in "яюё" and (at == 0 or word[at - 1] in "аеёиоуыэюяьъ"):
            found.append(("y", 0))
        sign = _CYRILLIC_SIGNS.get(letter, letter)
        found.append((sign if not sign or sign in _BYTE else _sign_of_other(letter), 1))
        at += 1
    return found


def signs_with_sizes(word: str) -> list[tuple[int, int]]:
    """The signs of a small-letter word, each with how many of the word's letters it took; doubled signs once."""
    word = one_script(word)
    cyrillic = bool(_HAS_CYRILLIC.search(word))
    merged: list[tuple[int, int]] = []
    carried = 0
    for sign, size in _cyrillic(word) if cyrillic else _latin(word):
        if not sign:  # ь and ъ belong to the letter before
            if merged:
                merged[-1] = (merged[-1][0], merged[-1][1] + size)
            else:
                carried += size
            continue
        number = _BYTE[sign]
        if merged and merged[-1][0] == number:
            merged[-1] = (number, merged[-1][1] + size)
        else:
            merged.append((number, size + carried))
            carried = 0
    return merged


def _bytes_of(*tables: dict[str, str]) -> dict[str, int]:
    found = dict(_BYTE)
    for table in tables:
        found |= {letters: _BYTE[sign] for letters, sign in table.items() if sign}
    return found


def _pattern(table: dict[str, str]) -> re.Pattern[str]:
    return re.compile(
        "|".join([*sorted((key for key in table if len(key) > 1), key=len, reverse=True), "."]), re.DOTALL
    )


_GLIDE = re.compile(f"(?<=[{''.join(sorted(_VOWELS_OF_TEXT))}])y|y(?=[{''.join(sorted(_VOWELS_OF_TEXT))}])")
_YOTED = re.compile("(?:^|(?<=[аеёиоуыэюяьъ]))(?=[яюё])")
_LATIN_PATTERN, _CYRILLIC_PATTERN = _pattern(_LATIN_SIGNS), _pattern(_CYRILLIC_SIGNS)
_LATIN_BYTES = _bytes_of(_LATIN_SIGNS) | {"y": _BYTE["i"], "\x01": _BYTE["y"]}
_CYRILLIC_BYTES = _bytes_of(_CYRILLIC_SIGNS)
_OLD_BYTES = _bytes_of(_OLD_AZERBAIJANI)
_DOUBLED = re.compile(rb"(.)\1+", re.DOTALL)
_HAS_CYRILLIC = re.compile("[\u0400-\u04ff]")


@lru_cache(maxsize=131072)
def sounds(word: str) -> bytes:
    """The row of sound signs of a word in small letters (see ``fold.plain``).

    The same as the signs of ``signs_with_sizes``, without looking at every letter by itself.
    """
    word = one_script(word)
    if not _HAS_CYRILLIC.search(word):
        tokens = _LATIN_PATTERN.findall(_GLIDE.sub("\x01", word) if "y" in word else word)
        table = _LATIN_BYTES
    elif not _OLD_ONLY.isdisjoint(word):
        tokens, table = list(word), _OLD_BYTES
    else:
        tokens = _CYRILLIC_PATTERN.findall(_YOTED.sub("й", word).replace("ь", "").replace("ъ", ""))
        table = _CYRILLIC_BYTES
    try:
        row = bytes([table[token] for token in tokens])
    except KeyError:
        row = bytes([table[token] if token in table else _BYTE[_sign_of_other(token)] for token in tokens])
    return _DOUBLED.sub(rb"\1", row)


def distance(one: bytes, other: bytes, limit: float = 9.0) -> float:
    """The weighed edit distance of two rows; as soon as it must pass ``limit``, some number above the limit."""
    if one == other:
        return 0.0
    if len(one) > len(other):
        one, other = other, one
    start, most = 0, len(one)
    while start < most and one[start] == other[start]:
        start += 1
    end = 0
    most -= start
    while end < most and one[-1 - end] == other[-1 - end]:
        end += 1
    if start or end:
        one, other = one[start : len(one) - end], other[start : len(other) - end]
    drop, cost = DROP, COST
    row = [0.0]
    total = 0.0
    for sign in other:
        total += drop[sign]
        row.append(total)
    before_sign = -1
    before_row: list[float] = row
    for number, sign in enumerate(one):
        costs = cost[sign]
        dropped = drop[sign]
        left = row[0] + dropped
        new = [left]
        append = new.append
        lowest = left
        diagonal = row[0]
        last = -1
        for place, other_sign in enumerate(other, 1):
            above = row[place]
            best = diagonal + costs[other_sign]
            step = above + dropped
            if step < best:
                best = step
            step = left + drop[other_sign]
            if step < best:
                best = step
            if before_sign == other_sign and last == sign and number and sign != before_sign:
                step = before_row[place - 2] + 0.8  # two neighbours exchanged
                if step < best:
                    best = step
            append(best)
            left = best
            if best < lowest:
                lowest = best
            diagonal = above
            last = other_sign
        if lowest > limit:
            return lowest
        before_row, row = row, new
        before_sign = sign
    return row[-1]


def prefix_distance(typed: bytes, whole: bytes) -> float:
    """How far ``typed`` is from the nearest beginning of ``whole``."""
    if whole.startswith(typed):
        return 0.0
    drop, cost = DROP, COST
    whole = whole[: len(typed) + 2]
    row = [0.0]
    total = 0.0
    for sign in whole:
        total += drop[sign]
        row.append(total)
    last = len(typed) - 1
    for number, sign in enumerate(typed):
        costs = BEGUN[sign] if number == last else cost[sign]
        dropped = drop[sign]
        diagonal = row[0]
        left = diagonal + dropped
        new = [left]
        append = new.append
        for place, other_sign in enumerate(whole, 1):
            above = row[place]
            best = diagonal + costs[other_sign]
            step = above + dropped
            if step < best:
                best = step
            step = left + drop[other_sign]
            if step < best:
                best = step
            append(best)
            left = best
            diagonal = above
        row = new
    return min(row)


def align(one: bytes, other: bytes) -> list[tuple[int, int, float]]:
    """The cheapest way to lay two rows side by side: (place in one or -1, place in other or -1, cost), in order."""
    rows = len(one) + 1
    columns = len(other) + 1
    table = [[0.0] * columns for _ in range(rows)]
    for i in range(1, rows):
        table[i][0] = table[i - 1][0] + DROP[one[i - 1]]
    for j in range(1, columns):
        table[0][j] = table[0][j - 1] + DROP[other[j - 1]]
    for i in range(1, rows):
        for j in range(1, columns):
            table[i][j] = min(
                table[i - 1][j - 1] + COST[one[i - 1]][other[j - 1]],
                table[i - 1][j] + DROP[one[i - 1]],
                table[i][j - 1] + DROP[other[j - 1]],
            )
    pairs: list[tuple[int, int, float]] = []
    i, j = rows - 1, columns - 1
    while i or j:
        if i and j and abs(table[i][j] - table[i - 1][j - 1] - COST[one[i - 1]][other[j - 1]]) < 1e-9:
            pairs.append((i - 1, j - 1, COST[one[i - 1]][other[j - 1]]))
            i, j = i - 1, j - 1
        elif i and abs(table[i][j] - table[i - 1][j] - DROP[one[i - 1]]) < 1e-9:
            pairs.append((i - 1, -1, DROP[one[i - 1]]))
            i -= 1
        else:
            pairs.append((-1, j - 1, DROP[other[j - 1]]))
            j -= 1
    pairs.reverse()
    return pairs
