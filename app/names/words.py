"""One word of a name, ready to be compared, and how alike two words are; it knows nothing of whole names.

A word carries its sounds, its stem without a surname's or a Russian father's ending, and the bigrams of its
consonant skeleton by which a register finds the few words worth weighing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from app.names.fold import one_script
from app.names.sounds import BEGUN, COST, DROP, SIGNS, distance, number_of, prefix_distance, sounds

NONE, OV, OVA, LI, ZADE, OGLU = range(6)

_ENDING = re.compile(
    r"(?:(?P<ova>[oeё]va|[оеё]ва)|(?P<ov>[oeё](?:v|ff)|[оеё]в)|(?P<li>l[ıiuüy]|лы|ли|лу|лю|лі)"
    r"|(?P<zade>zad[əea]h?|заде|зада|зәдә|зодa)|(?P<oglu>oğlu|oghl?u|ogly|oglu|оглы|оглу|оғлу|qızı|gizi|qizi|кызы|гызы))$"
)
_KIND = {"ova": OVA, "ov": OV, "li": LI, "zade": ZADE, "oglu": OGLU}
_FATHER = re.compile(
    r"(?:(?:y?[oe]|ё)(?:vich|viç|vic|vitch|vič|vna)|[оеёэ]?(?:вич|вна)|ьич|ьична|инична|yich|ich(?:na)?)$"
)
_BEY = re.compile(r"(?:b[əea][ykg]|бе[кйг]|бай)$")
# What one ending costs against another, on the scale of sounds.COST: the state replaces -ov by -li, -zadə or nothing.
_ENDING_COST = {
    (OV, OVA): 0.06,
    (OV, LI): 0.5, (OVA, LI): 0.5,
    (OV, NONE): 0.75, (OVA, NONE): 0.75, (LI, NONE): 0.75, (ZADE, NONE): 0.8, (OGLU, NONE): 0.8,
    (OV, ZADE): 0.6, (OVA, ZADE): 0.6, (LI, ZADE): 0.65,
    (OV, OGLU): 0.65, (OVA, OGLU): 0.65, (LI, OGLU): 0.7, (ZADE, OGLU): 0.7,
}  # fmt: skip
_ENDINGS = [
    [0.0 if one == other else _ENDING_COST.get((one, other), _ENDING_COST.get((other, one), 0.8)) for other in range(6)]
    for one in range(6)
]


def _classes() -> tuple[bytes, bytes]:
    """The table and the deletions that turn sounds into a consonant skeleton of confusion classes."""
    groups = {"K": "gqğkhxHGгхк", "C": "cçCDjJ", "S": "sşSTz", "T": "td", "P": "pb", "F": "vf"}
    table = bytearray(range(256))
    for letter, members in groups.items():
        for sign in members:
            table[number_of(sign)] = ord(letter)
    for sign in "lmnr":
        table[number_of(sign)] = ord(sign)
    dropped = bytes(number_of(sign) for sign in SIGNS if sign in "aəeаеэяiıиыoöоёuüую" or sign == "y")
    return bytes(table), dropped


_CLASS_TABLE, _DROPPED = _classes()
_VOWELS = frozenset(_DROPPED[:-1]) | {_DROPPED[-1]}


class Word:
    """A word in small letters with what comparing it needs. Equal texts give one shared object (see ``word``)."""

    __slots__ = ("bigrams", "father", "kind", "skeleton", "sounds", "stem", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.sounds = row = sounds(text)
        self.kind = NONE
        self.stem = row
        self.father = False
        if len(row) > 4:
            self._strip(one_script(text))
        body = self.stem
        skeleton = body.translate(_CLASS_TABLE, _DROPPED)
        lead = b"^A" if body and body[0] in _VOWELS else b"^"
        path = lead + skeleton + b"$"
        self.skeleton = path[1:-1].decode("ascii", "replace")
        self.bigrams = frozenset([path[at : at + 2] for at in range(len(path) - 1)])

    def _strip(self, text: str) -> None:
        match = _FATHER.search(text) if text[-1:] in "чhçcаačнa" else None
        if match and match.start() >= 3:
            self.father = True
            self.stem = sounds(text[: match.start()])
            return
        match = _ENDING.search(text)
        if match and match.start() >= 3:
            stem = text[: match.start()]
            bey = _BEY.search(stem)
            if bey and bey.start() >= 2:
                row = sounds(stem[: bey.start()] + ("bəy" if stem[0] < "\u0400" else "бей"))
            else:
                row = self.sounds[: -len(sounds(match.group()))]
            if len(row) >= 3:
                self.kind = _KIND[match.lastgroup or ""]
                self.stem = row

    def __repr__(self) -> str:
        return f"Word({self.text!r})"


@lru_cache(maxsize=65536)
def word(text: str) -> Word:
    """The shared Word for a text in small letters."""
    return Word(text)


def likeness(one: Word, other: Word, least: float = 0.0) -> float:
    """How alike two words are, 0…1, 1 the same sounds; 0 when below ``least``."""
    if one is other:
        return 1.0
    whole = max(len(one.sounds), len(other.sounds))
    if not whole:
        return 0.0
    scale = 0.45 * whole + 1.6
    limit = (1.0 - least) * scale
    if one.kind == other.kind and one.father == other.father:
        apart = distance(one.stem, other.stem, limit)
    else:
        apart = distance(one.sounds, other.sounds, limit)
        if apart > 0.05:
            if one.father or other.father:
                extra = 0.1
            else:
                extra = _ENDINGS[one.kind][other.kind]
            apart = min(apart, distance(one.stem, other.stem, limit) + extra)
    alike = 1.0 - apart / scale
    return alike if alike >= least and alike > 0.0 else 0.0


def beginning_likeness(typed: Word, whole: Word) -> float:
    """How well ``typed`` serves as the beginning of ``whole``, 0…1; a longer rest weighs a little against it."""
    length = len(typed.sounds)
    rest = len(whole.sounds) - length
    if not length or rest < -1:
        return 0.0
    apart = prefix_distance(typed.sounds, whole.sounds)
    if apart > 1.6:
        return 0.0
    return max(0.0, 1.0 - apart / (0.45 * length + 1.2) - 0.004 * max(0, rest))


def begins_like(initial: Word, other: Word) -> bool:
    """Whether an initial may be the first letter of a word, in whatever alphabet (Д. for Дж- and C-, Y. for Ю-)."""
    if not initial.sounds or not other.sounds:
        return False
    mine, theirs = initial.sounds[0], other.sounds[0]
    if BEGUN[mine][theirs] <= 0.36 or BEGUN[theirs][mine] <= 0.11:
        return True
    if len(other.sounds) > 1 and DROP[theirs] < 0.1 and COST[mine][other.sounds[1]] <= 0.2:
        return True  # Юсиф, Yusif; Е. for Yeganə
    return len(initial.sounds) > 1 and DROP[mine] < 0.1 and COST[initial.sounds[1]][theirs] <= 0.2


@lru_cache(maxsize=4096)
def first_classes(text: str) -> frozenset[str]:
    """The confusion classes a first letter may belong to: "A" for vowels, a consonant's class, "Y" for a glide.

    For a whole word one class or two; for an initial every class of words that ``begins_like`` lets it begin.
    """
    row = sounds(text)
    if not row:
        return frozenset()
    if len(text) > 1:
        return frozenset(_first_class(sign) for sign in row[: 2 if DROP[row[0]] < 0.1 else 1])
    return frozenset(
        _first_class(sign)
        for sign in range(len(SIGNS))
        if BEGUN[row[0]][sign] <= 0.36 or BEGUN[sign][row[0]] <= 0.11 or sign == row[-1]
    )


def _first_class(sign: int) -> str:
    if DROP[sign] < 0.1:
        return "Y"
    return "A" if sign in _VOWELS else chr(_CLASS_TABLE[sign])
