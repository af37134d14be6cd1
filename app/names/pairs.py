"""Finds records that may be one person twice, with a calibrated score and reasons; it merges nothing.

Each pair is weighed under rival explanations: the same person, two strangers who happen to agree, brother and sister,
parent and child, husband and wife, namesakes. What kin share (surname, father's name, telephone, address) therefore
counts for the same person only as far as kin do not explain it better, and a common name counts less than a rare one.
The score is the probability of the first explanation. The chances below were set from how papers are filled in and
from public knowledge of names, and tried on composed registers; nothing is learned from one register for another.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import log2
from typing import NamedTuple

from rapidfuzz.distance import OSA, Levenshtein

from app.names import fold as folding
from app.names.parse import listed, parse_name, sex_of, surname_likeness
from app.names.sounds import distance
from app.names.words import Word, begins_like, first_classes, likeness, word

CUT_OFF = 0.42
"""The product's own: pairs below it are not proposed. Chosen where F1 is flat and highest on composed registers."""

SAME, CLOSE, FAR, OTHER, TURNED, INITIAL_FITS, INITIAL_CLASHES = range(7)
_LEVELS = ("same", "close", "far", "other", "turned", "initial_fits", "initial_clashes")
_SURNAME_CODES, _GIVEN_CODES, _FATHER_CODES = (
    tuple(f"{part}_{level}" for level in _LEVELS) for part in ("surname", "given", "father")
)


class Pair(NamedTuple):
    """Two records that may be one person. ``reasons`` are codes, the weightiest first, each with its bits."""

    id1: str
    id2: str
    score: float
    reasons: tuple[tuple[str, float], ...]


@dataclass(slots=True)
class _Record:
    id: str
    surname: tuple[Word, ...] = ()
    given: tuple[Word, ...] = ()
    father: tuple[Word, ...] = ()
    surname_key: str = ""
    given_key: str = ""
    father_key: str = ""
    father_certain: bool = False
    sex: str = ""
    year: int = 0
    month: int = 0
    day: int = 0
    phone: str = ""
    email: str = ""
    document: str = ""
    unit: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    cyrillic: bool = False
    order_certain: bool = False
    keys: list[str] = field(default_factory=list)


_NUMBER = re.compile(r"\d+")
_DATE = re.compile(r"^\s*(?:(\d{4})[-./ ]?(\d{1,2})[-./ ]?(\d{1,2})|(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4}))(?:\D.*)?$")
_YEAR = re.compile(r"(1[89]\d\d|20\d\d)")
# K is kişi, a man; in Turkish lists, which say E for a man, it is a woman, but those are not this country's
_WOMAN = listed("f fem female w woman q qad qadın qadin qız qiz kadın kadin ж жен женский женщина гадын")
_MAN = listed("m male man k kişi kisi oğlan м муж мужской мужчина к киши e erkek")
_EMPTY = frozenset(["", "-", "—", "nan", "none", "null", "n/a", "?"])
_GENERAL = frozenset(
    folding.fold(text)
    for text in listed(
        """
        rayon rayonu şəhər şəhəri kənd kəndi küçə küçəsi mənzil ev r ş район района город города г село с улица ул дом д
        квартира кв district city village street st flat apt of the for üzrə və и по and
        """
    )
)
# Words of offices and workplaces that three languages name differently; a word that begins so is put for all of them.
_OFFICES = tuple(
    (folding.fold(beginning), "=" + concept)
    for concept, beginnings in {
        "police": "polis полиц police",
        "office": "idarə управлен office",
        "department": "şöbə отдел department",
        "section": "bölmə отделен section",
        "station": "məntəqə участ station",
        "school": "məktəb школ school",
        "university": "universitet университет university",
        "institute": "institut институт institute",
        "hospital": "xəstəxana больниц hospital",
        "clinic": "poliklinika поликлиник clinic",
        "municipality": "bələdiyyə муниципал municipal",
        "executive": "icra исполн executive",
        "power": "hakimiyyət власт authority",
        "court": "məhkəmə суд court",
        "prosecutor": "prokuror прокур prosecut",
        "ministry": "nazirli министер ministry",
        "committee": "komitə комитет committee",
        "centre": "mərkəz центр center centre",
        "union": "birliy birlik объедин union association",
        "public": "ictimai обществ public",
        "council": "şura совет council",
        "youth": "gənc молод youth",
        "women": "qadın женс жен women",
        "education": "təhsil образован education",
        "health": "səhiyyə здравоохр health",
        "border": "sərhəd погран границ border",
        "house": "ev evi дом house",
        "fund": "fond фонд fund foundation",
        "company": "şirkət компан company",
        "bank": "bank банк",
        "city": "şəhər городск город city",
        "district": "rayon район district",
        "main": "baş главн main",
        "state": "dövlət государ state",
        "service": "xidmət служб service",
        "road": "yol дорож road traffic",
    }.items()
    for beginning in beginnings.split()
)


def _text(row: Mapping[str, object], name: str) -> str:
    value = row.get(name)
    text = "" if value is None else str(value).strip()
    return "" if text.lower() in _EMPTY else text


def _date(row: Mapping[str, object]) -> tuple[int, int, int]:
    text = _text(row, "birth_date")
    match = _DATE.match(text.removesuffix(".0")) if text else None
    if match:
        numbers = [int(part) for part in (match.group(1, 2, 3) if match.group(1) else match.group(6, 5, 4))]
        return numbers[0], numbers[1], numbers[2]
    match = _YEAR.search(text) or _YEAR.search(_text(row, "birth_year"))
    return (int(match.group(1)), 0, 0) if match else (0, 0, 0)


def _words(text: str) -> tuple[Word, ...]:
    """The words of one part of a name; an initial stays a one-letter word; Ağa Can also stands joined."""
    texts = folding.words(text)
    found = [word(piece) for piece in texts]
    if len(texts) == 2 and min(len(piece) for piece in texts) > 1:
        found.append(word("".join(texts)))
    return tuple(found)


def _key(words: tuple[Word, ...]) -> str:
    """The class key of a part's stem: equal for most spellings of one name."""
    return _word_key(words[0].text) if words else ""


@lru_cache(maxsize=65536)
def _word_key(text: str) -> str:
    entry = word(text)
    if len(text) == 1:
        return ""
    cut = len(entry.sounds) - len(entry.stem)
    whole = folding.key(text)
    if cut and len(whole) > 2:
        stem = folding.key(_stem_text(text))
        return stem or whole
    return whole


_STEM = re.compile(
    r"(?:[oeё]va|[оеё]ва|[oeё](?:v|ff)|[оеё]в|l[ıiuüy]|лы|ли|лу|лю|zad[əea]h?|заде|зада|oğlu|oghlu|oglu|ogly|оглы|оглу"
    r"|(?:y?[oe]|ё)(?:vich|viç|vic|vna)|[оеёэ]?(?:вич|вна))$"
)


def _stem_text(text: str) -> str:
    stem = _STEM.sub("", folding.one_script(text))
    return stem[:-1] if stem[-1:] in "yй" and len(stem) > 3 else stem


@lru_cache(maxsize=65536)
def _office_tokens(text: str) -> tuple[str, ...]:
    """As ``_tokens``, with words of offices put for all three languages."""
    found = []
    for piece in folding.words(text):
        token = folding.fold(piece)
        known = next((concept for beginning, concept in _OFFICES if token.startswith(beginning)), token)
        if known:
            found.append(known)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=65536)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            token for piece in folding.words(text) if (token := folding.fold(piece)) and token not in _GENERAL
        )
    )


def _read(row: Mapping[str, object]) -> _Record:
    record = _Record(_text(row, "id"))
    surname, given, father = _text(row, "surname"), _text(row, "given_name"), _text(row, "patronymic")
    full = _text(row, "full_name")
    suffix = ""
    if full and not (surname and given):
        name = parse_name(full)
        surname, given, father = surname or name.surname, given or name.given, father or name.patronymic
        suffix = name.suffix
    elif father or given:
        name = parse_name(f"{surname or 'X'}, {given} {father}")
        if name.suffix:
            given, father, suffix = name.given, name.patronymic, name.suffix
    record.surname, record.given, record.father = _words(surname), _words(given), _words(father)
    record.surname_key, record.given_key, record.father_key = (
        _key(record.surname),
        _key(record.given),
        _key(record.father),
    )
    record.father_certain = (
        bool(suffix) or any(entry.father for entry in record.father) or bool(_text(row, "patronymic"))
    )
    sex = _text(row, "sex").lower().rstrip(".")
    record.sex = "f" if sex in _WOMAN else "m" if sex in _MAN else (sex_of(surname, father, suffix) or "")
    record.year, record.month, record.day = _date(row)
    digits = "".join(_NUMBER.findall(_text(row, "phone").split(",")[0].split(";")[0].removesuffix(".0")))
    record.phone = digits[-9:] if len(digits) >= 5 else ""
    record.email = _text(row, "email").lower()
    record.document = re.sub(r"\W", "", folding.plain(_text(row, "document"))).upper()
    record.unit = _office_tokens(_text(row, "unit"))
    record.place, record.address = _tokens(_text(row, "place")), _tokens(_text(row, "address"))
    record.cyrillic = any("\u0400" <= letter <= "\u04ff" for letter in full or surname + given)
    record.order_certain = bool(_text(row, "surname")) or surname_likeness(surname) == 2
    record.keys = _block_keys(record)
    return record


def _less_one(key: str) -> list[str]:
    """A key and what is left of it without one letter each: two keys one slip apart share one of them."""
    if len(key) < 4:
        return [key]
    return [key, *{key[:at] + key[at + 1 :] for at in range(1, len(key))}]


def _block_keys(record: _Record) -> list[str]:
    surname, given, father = record.surname_key, record.given_key, record.father_key
    keys = []
    if surname and given:
        low, high = sorted((surname, given))
        keys.append(f"n{low}|{high}")
        low, high = sorted((record.surname[0].skeleton, record.given[0].skeleton))
        keys.append(f"S{low}|{high}")
        orders = ((surname, given),) if record.order_certain else ((surname, given), (given, surname))
        for one, other in orders:
            keys.append(f"h{other}|{(record.surname if one is surname else record.given)[0].skeleton[:2]}")
            keys += [f"s{part}|{other[:3]}" for part in _less_one(one)]
            keys += [f"g{one[:5]}|{part}" for part in _less_one(other)]
    if surname and record.given:
        keys += [f"i{surname}|{letter}" for letter in first_classes(record.given[0].text)]
    if given and father:
        keys += [f"f{given}|{part}" for part in _less_one(father)]
        keys += [f"F{record.given[0].skeleton}|{record.father[0].skeleton}"]
    if record.year:
        if surname:
            keys.append(f"y{surname}|{record.year}")
        if given:
            keys.append(f"z{given}|{record.year}")
    if record.day:
        keys.append(f"b{record.year}-{record.month}-{record.day}")
        if given:
            keys.append(f"d{given[:2]}|{record.month}-{record.day}")
    if record.phone:
        keys.append(f"p{record.phone}")
    if record.email:
        keys.append(f"e{record.email}")
    if record.document:
        keys.append(f"D{record.document}")
    if record.address:
        long = max(record.address, key=len)
        tokens = (*record.address, *record.place)
        keys += [f"a{long}|{token}" for token in tokens if token[0].isdigit()]
        if surname:
            keys += [f"A{surname}|{token}" for token in tokens if len(token) > 3]
    return keys


_MOST_IN_BLOCK = {
    "n": 400,
    "h": 90,
    "s": 150,
    "g": 150,
    "i": 120,
    "f": 200,
    "y": 150,
    "z": 100,
    "b": 100,
    "d": 60,
    "p": 40,
    "e": 40,
    "A": 15,
    "a": 15,
    "S": 150,
    "F": 100,
}


def _level(first: tuple[Word, ...], second: tuple[Word, ...], known: Counter[str]) -> tuple[int, bool]:
    """How two parts compare: a level, and whether both spellings are well known as names of their own here."""
    one, other = first[0], second[0]
    if len(one.text) == 1 or len(other.text) == 1:
        fits = begins_like(one, other) if len(one.text) == 1 else begins_like(other, one)
        return (INITIAL_FITS if fits else INITIAL_CLASHES), False
    best = 0.0
    pair = (one, other)
    for left in first:
        for right in second:
            if _far_apart(left.skeleton, right.skeleton):
                continue
            alike = likeness(left, right, 0.6)
            if alike > best:
                best, pair = alike, (left, right)
                if best == 1.0:
                    return SAME, False
    one, other = pair
    if best >= 0.93:
        return SAME, False
    if best and one.kind != other.kind and len(one.stem) > 2 and distance(one.stem, other.stem, 0.4) <= 0.3:
        return TURNED, False
    attested = known[folding.fold_word(one.text)] > 2 and known[folding.fold_word(other.text)] > 2
    if best >= 0.8 or (not attested and best and _one_slip(one.text, other.text)):
        return CLOSE, attested
    if best >= 0.66:
        return FAR, attested
    return OTHER, attested


def _far_apart(one: str, other: str) -> bool:
    """Whether two consonant skeletons differ by more than half: no weighing would call such words alike."""
    if one == other:
        return False
    most = max(len(one), len(other)) // 2
    return Levenshtein.distance(one, other, score_cutoff=most) > most


def _is_cyrillic(entry: Word) -> bool:
    return "\u0400" <= entry.text[0] <= "\u04ff"


def _one_slip(one: str, other: str) -> bool:
    """Whether two spellings differ by one slip of the fingers once folded."""
    first, second = folding.fold_word(one), folding.fold_word(other)
    return min(len(first), len(second)) >= 3 and OSA.distance(first, second, score_cutoff=1) <= 1


# A spelling that occurs nowhere else is most likely a slip: then CLOSE is nearly as good as SAME.
# Chances of a level: for the same person, and for two strangers (SAME of strangers is the name's own frequency).
_SURNAME = {
    (CLOSE, True): (0.012, 0.012), (FAR, False): (0.07, 0.015), (FAR, True): (0.004, 0.03),
    (OTHER, False): (0.04, 0.8), (OTHER, True): (0.025, 0.95), (INITIAL_FITS, False): (0.95, 0.1),
    (INITIAL_CLASHES, False): (0.05, 0.9),
}  # fmt: skip
_GIVEN = {
    (CLOSE, True): (0.008, 0.02), (FAR, False): (0.07, 0.015), (FAR, True): (0.003, 0.04),
    (OTHER, False): (0.015, 0.8), (OTHER, True): (0.007, 0.93), (INITIAL_FITS, False): (0.95, 0.1),
    (INITIAL_CLASHES, False): (0.04, 0.9), (TURNED, False): (0.03, 0.01),
}  # fmt: skip
_FATHER = {
    (CLOSE, True): (0.012, 0.02), (FAR, False): (0.07, 0.015), (FAR, True): (0.005, 0.04),
    (OTHER, False): (0.025, 0.93), (OTHER, True): (0.012, 0.93), (INITIAL_FITS, False): (0.95, 0.1),
    (INITIAL_CLASHES, False): (0.04, 0.9), (TURNED, False): (0.03, 0.01),
}  # fmt: skip
_CHANCES = {"surname": (0.8, _SURNAME), "given": (0.86, _GIVEN), "father": (0.88, _FATHER)}
_KIN_GIVEN = {CLOSE: 0.03, FAR: 0.05, OTHER: 0.9, INITIAL_FITS: 0.12, INITIAL_CLASHES: 0.88, TURNED: 0.01}


def _birth(a: _Record, b: _Record) -> tuple[str, float, float]:
    """What two birth dates say: a code and the chances for the same person and for strangers."""
    if a.day and b.day:
        if (a.year, a.month, a.day) == (b.year, b.month, b.day):
            return "birth_same", 0.88, 1 / 14000
        same = (a.year == b.year) + (a.month == b.month) + (a.day == b.day)
        if same == 2:
            return "birth_nearly", 0.07, 0.004
        if a.year == b.year and (a.month, a.day) == (b.day, b.month):
            return "birth_turned", 0.02, 0.0002
        if a.year == b.year:
            return "birth_year_same", 0.01, 0.022
        text = f"{a.year:04}{a.month:02}{a.day:02}"
        if OSA.distance(text, f"{b.year:04}{b.month:02}{b.day:02}") <= 2:
            return "birth_nearly", 0.012, 0.004
        return "birth_other", 0.015, 0.97
    apart = abs(a.year - b.year)
    if not apart:
        return "birth_year_same", 0.93, 0.028
    if apart == 1:
        return "birth_year_nearly", 0.03, 0.055
    if OSA.distance(str(a.year), str(b.year)) <= 1:
        return "birth_year_nearly", 0.014, 0.16
    return "birth_other", 0.008, 0.75


def _shared(first: tuple[str, ...], second: tuple[str, ...], rare: Mapping[str, float]) -> tuple[float, float]:
    """How much of two token lists agrees (0…1, by rarity of tokens) and how rare what agrees is (bits)."""
    total = sum(rare[token] for token in first) + sum(rare[token] for token in second)
    if not total:
        return 0.0, 0.0
    agreed = 0.0
    left = list(second)
    for token in first:
        if token in left:
            agreed += rare[token]
            left.remove(token)
            continue
        if len(token) > 3 and token[0].isalpha():
            for other in left:
                if len(other) > 3 and other[0].isalpha() and _near_token(token, other):
                    agreed += min(rare[token], rare[other])
                    left.remove(other)
                    break
    return min(1.0, 2.0 * agreed / total), agreed


@lru_cache(maxsize=65536)
def _near_token(one: str, other: str) -> bool:
    return Levenshtein.distance(one, other) <= 1 or likeness(word(one), word(other), 0.8) > 0


class _Weighed(NamedTuple):
    """Bits by which each explanation (one person, brother or sister, parent and child, spouses) beats chance."""

    same: float
    sibling: float
    parent: float
    spouse: float
    namesake: float
    reasons: list[tuple[str, float]]


# How many duplicates, siblings, parents, spouses, namesakes (beyond chance) a record has in a register, on average.
_USUAL_SHARES = (0.6, 0.35, 0.25, 0.15, 0.05)
_WEIGHT_OF_USUAL = 150.0  # as many records' worth of experience stand behind the usual shares


_LEAST_BITS = 2.0  # what less speaks for is not one person by any share of duplicates
_LEAN = 1.6  # bits: frequencies are counted by class keys, which put some different names together


def _chances(weighed: list[_Weighed], count: int) -> list[float]:
    """The probability of one person twice for each pair.

    How many duplicates and how many kin a register holds differs from register to register, and it is read off the
    pairs themselves: the shares are those that the pairs, weighed with them, confirm.
    """
    prior = _LEAN - log2(count)
    bits = [tuple(2.0 ** min(200.0, number + prior) for number in each[:5]) for each in weighed]
    shares = _USUAL_SHARES
    for _ in range(6):
        sums = [0.0, 0.0, 0.0, 0.0, 0.0]
        for same, sibling, parent, spouse, namesake in bits:
            of_same, of_sibling = same * shares[0], sibling * shares[1]
            of_parent, of_spouse, of_namesake = parent * shares[2], spouse * shares[3], namesake * shares[4]
            total = 1.0 + of_same + of_sibling + of_parent + of_spouse + of_namesake
            sums[0] += of_same / total
            sums[1] += of_sibling / total
            sums[2] += of_parent / total
            sums[3] += of_spouse / total
            sums[4] += of_namesake / total
        shares = tuple(  # type: ignore[assignment]
            (found + usual * _WEIGHT_OF_USUAL) / (count + _WEIGHT_OF_USUAL)
            for found, usual in zip(sums, _USUAL_SHARES, strict=True)
        )
    found = []
    for each in bits:
        worths = [bit * share for bit, share in zip(each, shares, strict=True)]
        found.append(worths[0] / (1.0 + sum(worths)))
    return found


class _Weigher:
    """Everything about one set of records that weighing a pair needs: frequencies and memory of compared names."""

    def __init__(self, records: list[_Record]) -> None:
        self.records = records
        count = max(50, len(records))
        self.count = count
        self._frequency = {
            part: self._frequencies(Counter(getattr(record, f"{part}_key") for record in records))
            for part in ("surname", "given", "father")
        }
        self._known = {
            part: Counter(folding.fold_word(entry.text) for record in records for entry in getattr(record, part)[:1])
            for part in ("surname", "given", "father")
        }
        self._known["given"].update(self._known["father"])
        self._known["father"] = self._known["given"]
        self._sounding: dict[tuple[str, bool], dict[str, Word]] = {}
        for record in records:
            for part in ("surname", "given", "father"):
                for entry in getattr(record, part)[:1]:
                    if len(entry.text) > 1:
                        at = ("surname" if part == "surname" else "given") + _word_key(entry.text), _is_cyrillic(entry)
                        self._sounding.setdefault(at, {})[entry.text] = entry
        self._answered: dict[tuple[str, str, bool], bool] = {}
        self._phones = Counter(record.phone for record in records if record.phone)
        self._emails = Counter(record.email for record in records if record.email)
        years = Counter(record.year for record in records if record.year)
        total = sum(years.values())
        # two strangers' chance of one year, in this register; a usual one where few years are known
        self._same_year = (sum(number * (number - 1) for number in years.values()) + 28.0) / (
            total * max(0, total - 1) + 1000.0
        )
        # how rare a value is say the records that have one; a number is rare even where few have it
        floors = dict.fromkeys(("phone", "email", "document"), min(count, 1000)) | {"document": count}
        self._filled = {
            part: max(50, floors.get(part, 0), sum(1 for record in records if getattr(record, part)))
            for part in ("phone", "email", "document", "unit", "place", "address")
        }
        self._rare = {
            part: self._rarities(
                Counter(token for record in records for token in getattr(record, part)), self._filled[part]
            )
            for part in ("unit", "place", "address")
        }
        self._levels: dict[tuple[int, int, str], tuple[int, bool]] = {}
        self._comparisons: dict[tuple[int, int, str], tuple[int, bool, float, float, float]] = {}
        self._usuals: dict[tuple[str, str], Word] = {}
        self._begun: dict[tuple[str, str], float] = {}
        self._shares: dict[tuple[str, str], float] = {}
        self._totals: dict[str, int] = {}
        self._spelled: dict[str, dict[str, Counter[Word]]] = {}
        self._beginnings: dict[str, list[tuple[Word, int]]] = {"surname": [], "given": [], "father": []}
        if records:
            for part in ("surname", "given", "father"):
                spelled: dict[str, Counter[Word]] = defaultdict(Counter)
                for record in records:
                    for entry in getattr(record, part)[:1]:
                        spelled[_word_key(entry.text)][entry] += 1
                spelled.pop("", None)
                begun: dict[bytes, list[Word]] = defaultdict(list)
                for counts in spelled.values():
                    for entry, count in counts.items():
                        begun[entry.sounds[:2]] += [entry] * count
                self._beginnings[part] = [(entries[0], len(entries)) for entries in begun.values()]
                self._totals[part] = sum(sum(counts.values()) for counts in spelled.values())
                self._spelled[part] = spelled

    def _frequencies(self, counts: Counter[str]) -> dict[str, float]:
        counts.pop("", None)
        total = sum(counts.values())
        # a small register says little about how common a name is: start from a usual name's share
        return {key: (max(number - 1, 0.5) + 0.4) / (total + 60) for key, number in counts.items()}

    def _rarities(self, counts: Counter[str], filled: int) -> dict[str, float]:
        return {token: min(12.0, log2((filled + 1) / number)) for token, number in counts.items()}

    def level(self, part: str, first: tuple[Word, ...], second: tuple[Word, ...]) -> tuple[int, bool]:
        asked = (id(first[0]), id(second[0]), part) if len(first) == len(second) == 1 else None
        if asked is None:
            return _level(first, second, self._known[part])
        known = self._levels.get(asked)
        if known is None:
            known = _level(first, second, self._known[part])
            if known == (CLOSE, True) and not self._both_answered(part, first[0], second[0]):
                known = CLOSE, False
            elif known in ((CLOSE, False), (FAR, False)):
                one, other = self._usual(part, first[0]), self._usual(part, second[0])
                if one is not first[0] or other is not second[0]:
                    usual = _level((one,), (other,), self._known[part])
                    if usual[0] in (CLOSE, FAR, OTHER):
                        known = usual
            self._levels[asked] = known
        return known

    def _both_answered(self, part: str, one: Word, other: Word) -> bool:
        """Whether two near names of two scripts each have a nearer counterpart in the other's script.

        Рашад is not Rəşid, as there is a Рашид; but Таиров may be Tahirov, where no Тагиров or Тахиров is known.
        """
        if _is_cyrillic(one) == _is_cyrillic(other):
            return True
        return self._answers(part, one, _is_cyrillic(other)) or self._answers(part, other, _is_cyrillic(one))

    def _usual(self, part: str, entry: Word) -> Word:
        """The common name that a rare spelling is one of (Kadirova: Qədirova), or the spelling itself."""
        known = self._known[part]
        if known[folding.fold_word(entry.text)] > 2:
            return entry
        kind = "surname" if part == "surname" else "given"
        asked = kind, entry.text
        usual = self._usuals.get(asked)
        if usual is None:
            usual, best = entry, 0.93
            for cyrillic in (False, True):
                for other in self._sounding.get((kind + _word_key(entry.text), cyrillic), {}).values():
                    if other is not entry and known[folding.fold_word(other.text)] > 2:
                        alike = likeness(entry, other, best)
                        if alike > best:
                            usual, best = other, alike
            self._usuals[asked] = usual
        return usual

    def _answers(self, part: str, entry: Word, cyrillic: bool) -> bool:
        part = "surname" if part == "surname" else "given"
        asked = part, entry.text, cyrillic
        known = self._answered.get(asked)
        if known is None:
            near = self._sounding.get((part + _word_key(entry.text), cyrillic), {})
            known = self._answered[asked] = any(likeness(entry, other, 0.93) >= 0.93 for other in near.values())
        return known

    def _begins(self, part: str, one: Word, other: Word) -> float:
        """The share of names that an initial may stand for."""
        initial = one if len(one.text) == 1 else other
        known = self._begun.get((part, initial.text))
        if known is None:
            whole = fits = 0
            for entry, count in self._beginnings[part]:
                whole += count
                fits += count if begins_like(initial, entry) else 0
            known = self._begun[part, initial.text] = (fits + 5.0) / (whole + 50.0)
        return known

    def frequency(self, part: str, a: str, b: str) -> float:
        """How common a name is by its class keys, which put some different names together."""
        table = self._frequency[part]
        return max(table.get(a, 0.0005), table.get(b, 0.0005), 0.0003)

    def _often(self, part: str, first: tuple[Word, ...], second: tuple[Word, ...]) -> float:
        """How common the name is that two spellings agree on: the commoner of the two."""
        one, other = first[0], second[0]
        # which word of a whole name is the surname may be told wrongly: a name is as common as it is in either place
        places = ("father",) if part == "father" else ("surname", "given")
        return max(self._share_of(place, entry) for place in places for entry in {one, other})

    def _share_of(self, part: str, entry: Word) -> float:
        """The share of records whose name sounds like this one."""
        asked = part, entry.text
        share = self._shares.get(asked)
        if share is None:
            key = _word_key(entry.text)
            if part not in self._spelled or not key:
                return self.frequency(part, key, key)
            number = 0.0
            for other, count in self._spelled[part].get(key, {}).items():
                if other is entry or likeness(entry, other, 0.9) >= 0.9:
                    number += count
            share = self._shares[asked] = (max(number - 1, 0.5) + 0.4) / (self._totals[part] + 60)
        return share

    def weigh(self, a: _Record, b: _Record) -> _Weighed:
        """The bits of every explanation for what two records share, and the reasons with their bits."""
        straight = self._names(a.surname, a.given, a.father, a, b, False)
        best = self._all(a, b, straight)
        if (
            straight[1] < 3.0
            and a.surname
            and a.given
            and b.surname
            and b.given
            and not _far_apart(a.surname[0].skeleton, b.given[0].skeleton)
            and not _far_apart(a.given[0].skeleton, b.surname[0].skeleton)
        ):
            turned = self._names(a.given, a.surname, a.father, a, b, True)
            if turned[1] > straight[1]:
                other = self._all(a, b, turned)
                if other.same > best.same:
                    best = other
        return best

    def _names(
        self,
        surname: tuple[Word, ...],
        given: tuple[Word, ...],
        father: tuple[Word, ...],
        a: _Record,
        b: _Record,
        turned: bool,
    ) -> tuple[list[tuple[str, float]], float, float, float, float, float]:
        """Reasons and the name's bits: same person, brother or sister, parent and child, spouses, namesakes."""
        reasons: list[tuple[str, float]] = []
        same = sibling = parent = spouse = namesake = 0.0
        if turned:
            bits = (
                -5.0 if a.order_certain and b.order_certain else -2.5
            )  # a whole name may have been taken apart wrongly
            same = sibling = parent = spouse = namesake = bits
            reasons.append(("names_turned", bits))
        given_level = OTHER
        if surname and b.surname:
            level, attested, chance, stranger, often = self._compared("surname", surname, b.surname)
            if level == OTHER and (a.sex == "f" or b.sex == "f"):
                chance *= 2.0
            bits = log2(chance / stranger)
            kin = bits if level != SAME else log2(0.85 / stranger)
            same += bits
            sibling += kin
            parent += kin
            spouse += log2(0.6 / stranger) if level in (SAME, TURNED) else log2(0.4)
            namesake += bits if level in (SAME, CLOSE, TURNED) else -30.0
            reasons.append((_SURNAME_CODES[level], bits))
        if given and b.given:
            level, attested, chance, stranger, often = self._compared("given", given, b.given)
            given_level = level
            bits = log2(chance / stranger)
            same += bits
            kin = log2((often * 0.25 if level == SAME else _KIN_GIVEN[level]) / stranger)
            if attested and level in (CLOSE, FAR):
                kin += 0.5
            sibling += kin
            parent += kin
            spouse += kin
            namesake += bits if level in (SAME, CLOSE, INITIAL_FITS) else -30.0
            reasons.append((_GIVEN_CODES[level], bits))
        if father and b.father:
            level, attested, chance, stranger, often = self._compared("father", father, b.father)
            if level == OTHER and not (a.father_certain and b.father_certain):
                chance *= 3.0
            bits = log2(chance / stranger)
            same += bits
            sibling += bits if level != SAME else log2(0.92 / stranger)
            if level == SAME:
                parent -= 3.0
            reasons.append((_FATHER_CODES[level], bits))
        if not turned and given_level != SAME:
            parent += self._child_of(a, b)
        return reasons, same, sibling, parent, spouse, namesake

    def _compared(
        self, part: str, first: tuple[Word, ...], second: tuple[Word, ...]
    ) -> tuple[int, bool, float, float, float]:
        """Level, whether both spellings are names here, chances for one person and for strangers, how common."""
        asked = (id(first[0]), id(second[0]), part) if len(first) == len(second) == 1 else None
        known = self._comparisons.get(asked) if asked else None
        if known is None:
            level, attested = self.level(part, first, second)
            # counting the spellings of a name costs more than the rest, and matters only where names agree
            often = self._often(part, first, second) if level in (SAME, CLOSE, TURNED) else 0.0
            same, levels = _CHANCES[part]
            if level == SAME:
                chance, stranger = same, often
            elif level == CLOSE and not attested:
                chance, stranger = 0.45, often
            elif level == TURNED and part == "surname":
                chance, stranger = 0.06, often * 0.5
            elif level == INITIAL_FITS:
                chance, stranger = 0.95, self._begins(part, first[0], second[0])
            else:
                chance, stranger = levels[level, attested]
            known = level, attested, chance, stranger, often
            if asked:
                self._comparisons[asked] = known
        return known

    def _child_of(self, a: _Record, b: _Record) -> float:
        """Bits for one record's given name being the other's father's name."""
        best = 0.0
        known = False
        for elder, child in ((a, b), (b, a)):
            if elder.given and child.father:
                known = True
                if self.level("father", elder.given, child.father)[0] == SAME:
                    often = self.frequency("given", elder.given_key, child.father_key)
                    best = max(best, log2(0.85 / often))
        return best if best else (-1.5 if known else 0.0)

    def _all(
        self, a: _Record, b: _Record, names: tuple[list[tuple[str, float]], float, float, float, float, float]
    ) -> _Weighed:
        reasons = list(names[0])
        same, sibling, parent, spouse, namesake = names[1:]

        def add(code: str, for_same: float, for_sibling: float, for_parent: float, for_spouse: float) -> None:
            nonlocal same, sibling, parent, spouse
            same += for_same
            sibling += for_sibling
            parent += for_parent
            spouse += for_spouse
            reasons.append((code, for_same))

        if a.sex and b.sex:
            namesake += 0.9 if a.sex == b.sex else -5.0
            if a.sex == b.sex:
                add("sex_same", 0.9, 0.0, 0.0, -7.0)
            else:
                add("sex_other", -5.0, 0.0, 0.0, 1.0)
        if a.year and b.year:
            code, chance, stranger = _birth(a, b)
            if code == "birth_year_same" and not (a.day and b.day):
                stranger = self._same_year
            apart = abs(a.year - b.year)
            if code == "birth_same":
                kin = (log2(0.02 / stranger), -9.0, 0.0)
            else:
                kin = (
                    0.6 if 0 < apart <= 14 else -1.0 if not apart else -3.0,
                    0.8 if 17 <= apart <= 48 else -6.0,
                    0.6 if apart <= 12 else -2.0,
                )
            add(code, log2(chance / stranger), *kin)
        if a.phone and b.phone:
            if a.phone == b.phone:
                stranger = max(self._phones[a.phone] - 1, 1) / self._filled["phone"]
                often = self._phones[a.phone]
                chance = 0.6 if often <= 4 else 0.6 * 4 / often
                add("phone_same", log2(chance / stranger), *[log2(0.35 / stranger)] * 3)
            elif len(a.phone) == len(b.phone) and OSA.distance(a.phone, b.phone) <= 1:
                add("phone_nearly", log2(0.05 / 0.002), 0.0, 0.0, 0.0)
            else:
                add("phone_other", log2(0.4), -0.5, -0.5, -0.6)
        if a.email and b.email:
            if a.email == b.email:
                stranger = max(self._emails[a.email] - 1, 1) / self._filled["email"]
                add("email_same", log2(0.7 / stranger), *[log2(0.05 / stranger)] * 3)
            else:
                add("email_other", log2(0.4), 0.0, 0.0, 0.0)
        if a.document and b.document:
            if a.document == b.document:
                add("document_same", log2(0.93 * self._filled["document"]), 0.0, 0.0, 0.0)
            elif len(a.document) == len(b.document) and OSA.distance(a.document, b.document) <= 1:
                add("document_nearly", 4.0, 0.0, 0.0, 0.0)
            else:
                add("document_other", -4.0, 0.0, 0.0, 0.0)
        for part, top, least, kin_share in (
            ("place", 6.0, -1.2, 1.0),
            ("unit", 5.0, -0.7, 0.1),
            ("address", 11.0, -2.4, 1.0),
        ):
            first, second = getattr(a, part), getattr(b, part)
            if first and second:
                share, rarity = _shared(first, second, self._rare[part])
                if share >= 0.6:
                    bits = max(0.3, min(top, rarity * share * 0.75))
                elif share >= 0.25:
                    bits = min(top / 2, rarity * share * 0.6)
                elif a.cyrillic != b.cyrillic:
                    bits = 0.0  # two scripts may name one office with different words
                else:
                    bits = least
                add(part + ("_same" if bits > 0 else "_other"), bits, *[bits * kin_share] * 3)
        return _Weighed(same, sibling, parent, spouse, namesake, reasons)


def find_pairs(records: Iterable[Mapping[str, object]], min_score: float = CUT_OFF) -> list[Pair]:
    """Pairs of records that may be one person, surer first, with scores from ``min_score`` to 1.

    Columns: ``id`` and any of ``full_name`` or ``surname``, ``given_name``, ``patronymic``; ``sex``, ``birth_date`` or
    ``birth_year``, ``phone``, ``email``, ``unit``, ``place``, ``address``, ``document``. Missing ones may be absent or
    empty. Each pair once, in the order of the records.
    """
    weigher = _Weigher([_read(row) for row in records])
    people = weigher.records
    places = []
    weighed = []
    for i, j in _candidates(people):
        pair = weigher.weigh(people[i], people[j])
        if pair.same > _LEAST_BITS:
            places.append((i, j))
            weighed.append(pair)
    found = []
    chances = _one_at_most(places, _chances(weighed, weigher.count), [record.id for record in people])
    chances = _through_a_third(places, chances)
    for (i, j), pair, chance in zip(places, weighed, chances, strict=True):
        if chance >= min_score:
            found.append(Pair(people[i].id, people[j].id, round(chance, 4), _shown(pair.reasons)))
    found.sort(key=lambda pair: -pair.score)
    return found


def _one_at_most(places: Sequence[tuple[int, int]], chances: Sequence[float], ids: Sequence[str]) -> list[float]:
    """Chances with rivals taken into account: a record that fits two persons who are not one is one of them at most.

    "Əliyev Anar" alone fits Anar Rauf oğlu and Anar Vaqif oğlu alike; without this both pairs would look sure.
    """
    linked: dict[tuple[int, int], float] = {}
    near: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for at, ((i, j), chance) in enumerate(zip(places, chances, strict=True)):
        if chance >= 0.05:
            linked[i, j] = linked[j, i] = chance
            near[i].append((j, at))
            near[j].append((i, at))
    found = list(chances)
    for others in near.values():
        if len(others) < 2:
            continue
        groups: list[list[tuple[int, int]]] = []
        for one in sorted(others, key=lambda item: (-round(chances[item[1]], 6), ids[item[0]])):
            for group in groups:
                if all(linked.get((one[0], member), 0.0) >= 0.3 for member, _ in group):
                    group.append(one)
                    break
            else:
                groups.append([one])
        if len(groups) < 2:
            continue
        best = [max(chances[at] for _, at in group) for group in groups]
        odds = [chance / (1.0 - min(0.9999, chance)) for chance in best]
        total = 1.0 + sum(odds)
        for group, chance, odd in zip(groups, best, odds, strict=True):
            share = odd / total / chance
            for _, at in group:
                found[at] = min(found[at], chances[at] * share)
    return found


def _through_a_third(places: Sequence[tuple[int, int]], chances: Sequence[float]) -> list[float]:
    """Chances with what a third record tells: who is surely B, who is surely C, makes B and C one person.

    Only raises, and only pairs that are not impossible by themselves: a contradiction outlives its go-between.
    """
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (i, j), chance in zip(places, chances, strict=True):
        if chance >= _POSSIBLE:
            near[i][j] = near[j][i] = chance
    found = list(chances)
    for at, ((i, j), chance) in enumerate(zip(places, chances, strict=True)):
        if _POSSIBLE <= chance < 0.97:
            for third, first in near[i].items():
                second = near[j].get(third)
                if second is not None and first * second * _GO_BETWEEN > found[at]:
                    found[at] = first * second * _GO_BETWEEN
    return found


_POSSIBLE, _GO_BETWEEN = 0.02, 0.85


def weigh_pair(first: Mapping[str, object], second: Mapping[str, object], among: int = 1000) -> Pair:
    """One pair weighed by itself, as if among so many persons; for showing why two records are alike."""
    a, b = _read(first), _read(second)
    weigher = _Weigher([a, b])
    weigher.count = max(2, among)
    weigher._filled = dict.fromkeys(weigher._filled, weigher.count)
    weigher._spelled = {}
    for table in weigher._frequency.values():
        for key in table:
            table[key] = 0.01
    pair = weigher.weigh(a, b)
    chance = _chances([pair], weigher.count)[0]
    return Pair(a.id, b.id, round(chance, 4), _shown(pair.reasons))


def _shown(reasons: list[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    ordered = sorted(reasons, key=lambda reason: -abs(reason[1]))
    return tuple((code, round(bits, 1)) for code, bits in ordered if abs(bits) >= 0.05)


def _candidates(records: list[_Record]) -> list[tuple[int, int]]:
    """Places of the records worth weighing against each other: those that share a key."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        for key in set(record.keys):
            blocks[key].append(place)
    found: set[tuple[int, int]] = set()
    for key, places in blocks.items():
        size = len(places)
        if 1 < size <= _MOST_IN_BLOCK.get(key[0], 60):
            if key[0] == "i":  # an initial may be anybody of its letter; two whole names have other keys to meet by
                for i in places:
                    if len(records[i].given[0].text) == 1:
                        found.update((i, j) if i < j else (j, i) for j in places if j != i)
                continue
            for at, i in enumerate(places):
                for j in places[at + 1 :]:
                    found.add((i, j))
    return sorted(found)


__all__ = ["CUT_OFF", "Pair", "find_pairs", "weigh_pair"]
