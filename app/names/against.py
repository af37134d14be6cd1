"""Weighs records against a whole register, each against the few it may be; it keeps no register and merges nobody.

`app.names.pairs` says how much two records agree. Here every record of a large register costs only its name keys;
the rest is read when somebody like it is asked for, and how common a name is comes from the whole register.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from math import log2
from typing import NamedTuple

from app.names import fold as folding
from app.names.pairs import (
    CUT_OFF,
    Pair,
    _chances,
    _less_one,
    _one_at_most,
    _Record,
    _shown,
    _tokens,
    _Weighed,
    _Weigher,
    _word_key,
    _words,
)
from app.names.parse import SURNAME_FIRST, parse_name, sex_of
from app.names.words import first_classes

Row = Mapping[str, object]
"""`id`, `surname`, `given_name`, `patronymic`, `suffix` (oğlu, qızı), `sex` (f, m), `birth_year`, `phone`, `email`,
`unit` and `other_names`: further whole names of the same person, one a line. Only what is known."""

_MOST_WEIGHED = 10
_MOST_IN_BLOCK = 80
_SHARE = 0.6  # how many of the register's persons a given record is, on average: the usual share of pairs
_KIN = (0.35, 0.25, 0.15)


@lru_cache(maxsize=131072)
def _part_key(part: str) -> str:
    """The class key of the first word of a name part; "" for an initial or nothing."""
    texts = folding.words(part)
    return _word_key(texts[0]) if texts else ""


@lru_cache(maxsize=131072)
def _known_as(part: str) -> str:
    texts = folding.words(part)
    return folding.fold(texts[0]) if texts else ""


@lru_cache(maxsize=65536)
def _first_classes(part: str) -> frozenset[str]:
    texts = folding.words(part)
    return first_classes(texts[0]) if texts else frozenset()


class _Keys(NamedTuple):
    """What finds a record: the keys of its name parts, the classes its given name may begin with, telephone, year."""

    surname: str
    given: str
    father: str
    begins: frozenset[str]
    phone: str
    year: str


def _keys(row: Row) -> _Keys:
    surname, given = str(row.get("surname") or ""), str(row.get("given_name") or "")
    return _Keys(
        _part_key(surname),
        _part_key(given),
        _part_key(str(row.get("patronymic") or "")),
        _first_classes(given),
        _digits(row),
        str(row.get("birth_year") or "")[:4],
    )


class Against:
    """A register to compare with. Rows have `surname` and `given_name` apart, as the register has them."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows: list[Row] = list(rows)
        self._keys = [_keys(row) for row in self.rows]
        self._other_names: dict[int, list[_Keys]] = {}
        self._records: dict[int, list[_Record]] = {}
        self._by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._by_father: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._by_surname: dict[str, list[int]] = defaultdict(list)
        self._by_phone: dict[str, list[int]] = defaultdict(list)
        for at, keys in enumerate(self._keys):
            self._index(at, keys)
            if self.rows[at].get("other_names"):
                self._other_names[at] = [_keys(row) for row in _also(self.rows[at])]
                for other in self._other_names[at]:
                    self._index(at, other)
        self._near_surnames = _neighbours(key for key, _ in self._by_name)
        self._near_givens = _neighbours(key for _, key in self._by_name)
        self._weigher = self._counted()

    def __len__(self) -> int:
        return len(self.rows)

    def _index(self, at: int, keys: _Keys) -> None:
        self._by_name[keys.surname, keys.given].append(at)
        self._by_surname[keys.surname].append(at)
        if keys.given and keys.father:
            self._by_father[keys.given, keys.father].append(at)
        if keys.phone:
            self._by_phone[keys.phone].append(at)

    def _counted(self) -> _Weigher:
        """A weigher that knows how common every name of the register is, though it read no record yet."""
        weigher = _Weigher([])
        weigher.count = max(50, len(self.rows))
        parts = (("surname", "surname"), ("given", "given_name"), ("father", "patronymic"))
        for number, (part, column) in enumerate(parts):
            weigher._frequency[part] = weigher._frequencies(Counter(str(keys[number]) for keys in self._keys))
            weigher._known[part] = Counter(_known_as(str(row.get(column) or "")) for row in self.rows)
        weigher._known["given"].update(weigher._known["father"])
        weigher._known["father"] = weigher._known["given"]
        weigher._phones = Counter(keys.phone for keys in self._keys if keys.phone)
        weigher._filled = dict.fromkeys(weigher._filled, weigher.count)
        weigher._filled["phone"] = max(50, sum(weigher._phones.values()))
        return weigher

    # --- whom a record may be ------------------------------------------------------------------------------------

    def near(self, row: Row, most: int = _MOST_WEIGHED) -> list[int]:
        """Places of the records worth weighing against this one, the likeliest first."""
        worth: dict[int, float] = {}
        for keys in (_keys(row), *(_keys(other) for other in _also(row))):
            for at in self._gathered(keys):
                gain = max(self._overlap(keys, known) for known in (self._keys[at], *self._other_names.get(at, ())))
                worth[at] = max(worth.get(at, 0.0), gain)
        likely = [at for at, gain in worth.items() if gain >= 4.0]
        return sorted(likely, key=lambda at: (-worth[at], at))[:most]

    def _gathered(self, keys: _Keys) -> set[int]:
        found: set[int] = set()
        if keys.surname or keys.given:
            surnames = self._near_surnames(keys.surname)
            givens = (*self._near_givens(keys.given), "") if keys.given else ()
            for surname in surnames:
                for given in givens:
                    found.update(self._by_name.get((surname, given), ())[:_MOST_IN_BLOCK])
            found.update(self._by_name.get((keys.given, keys.surname), ())[:_MOST_IN_BLOCK])
            if not keys.given:
                same = self._by_surname.get(keys.surname, ())
                found.update([at for at in same if keys.begins & self._keys[at].begins or not keys.begins][:400])
        if keys.given and keys.father:
            found.update(self._by_father.get((keys.given, keys.father), ())[:_MOST_IN_BLOCK])
        if keys.phone:
            found.update(self._by_phone.get(keys.phone, ())[:_MOST_IN_BLOCK])
        return found

    @staticmethod
    def _overlap(one: _Keys, other: _Keys) -> float:
        """A cheap guess of how much two records agree, to choose whom to weigh."""
        gain = 0.0
        turned = one.surname == other.given and one.given == other.surname
        # another surname (a woman's after her wedding) must be made up for by more than two common names
        gain += 3.0 if one.surname == other.surname or turned else 2.0 if _near(one.surname, other.surname) else -2.0
        if one.given and other.given:
            gain += 3.0 if one.given == other.given or turned else 2.0 if _near(one.given, other.given) else -1.0
        elif one.begins and other.begins:
            gain += 1.0 if one.begins & other.begins else -2.0
        if one.father and other.father:
            gain += 2.0 if one.father == other.father else -1.5 if not _near(one.father, other.father) else 1.0
        if one.phone and one.phone == other.phone:
            gain += 3.0
        if one.year and other.year:
            gain += 1.5 if one.year == other.year else -1.0
        return gain

    def likely(self, row: Row, least: float = 0.05, most: int = 5) -> list[Pair]:
        """Whom of the register this record may be, surest first: (its id, theirs, score 0…1, reasons)."""
        mine = self._read_all(row)
        weighed = [(at, self._weigh(mine, self._record(at))) for at in self.near(row)]
        found = []
        for (at, one), chance in zip(weighed, self._scores([one for _, one in weighed]), strict=True):
            if chance >= least:
                found.append(
                    Pair(str(row.get("id") or ""), str(self.rows[at]["id"]), round(chance, 4), _shown(one.reasons))
                )
        found.sort(key=lambda pair: -pair.score)
        return found[:most]

    def pairs(self, min_score: float = CUT_OFF, step: Callable[[int, int], object] | None = None) -> list[Pair]:
        """Records of this register that may be one person, surer first, each pair once. `step(done, of)` may raise."""
        places: list[tuple[int, int]] = []
        weighed: list[_Weighed] = []
        for at, row in enumerate(self.rows):
            if step is not None and at % 200 == 0:
                step(at, len(self.rows))
            for other in self.near(row, 40):
                if other > at:
                    one = self._weigh(self._record(at), self._record(other))
                    if one.same > 0.0:
                        places.append((at, other))
                        weighed.append(one)
        ids = [str(row["id"]) for row in self.rows]
        chances = _one_at_most(places, _chances(weighed, self._weigher.count), ids)
        found = [
            Pair(str(self.rows[i]["id"]), str(self.rows[j]["id"]), round(chance, 4), _shown(one.reasons))
            for (i, j), one, chance in zip(places, weighed, chances, strict=True)
            if chance >= min_score
        ]
        found.sort(key=lambda pair: (-pair.score, pair.id1, pair.id2))
        return found

    # --- weighing --------------------------------------------------------------------------------------------------

    def _record(self, at: int) -> list[_Record]:
        if at not in self._records:
            self._records[at] = self._read_all(self.rows[at])
        return self._records[at]

    def _read_all(self, row: Row) -> list[_Record]:
        """The record under each of its names."""
        records = [_record_of(each) for each in (row, *_also(row))]
        for record in records:
            for part in ("surname", "given", "father"):
                for entry in getattr(record, part)[:1]:
                    if len(entry.text) > 1:
                        cyrillic = "\u0400" <= entry.text[0] <= "\u04ff"
                        kind = "surname" if part == "surname" else "given"
                        self._weigher._sounding.setdefault((kind + _word_key(entry.text), cyrillic), {})[entry.text] = (
                            entry
                        )
            for part in ("unit", "place", "address"):
                rare = self._weigher._rare[part]
                for token in getattr(record, part):
                    rare.setdefault(token, 5.0)
        return records

    def _weigh(self, first: Sequence[_Record], second: Sequence[_Record]) -> _Weighed:
        return max((self._weigher.weigh(a, b) for a in first for b in second), key=lambda one: one.same)

    def _scores(self, weighed: list[_Weighed]) -> list[float]:
        """The chance of each explanation for one record, by the usual shares; at most one of the register can be it."""
        prior = 0.8 - log2(self._weigher.count)
        worths = []
        for each in weighed:
            same, *kin = (2.0 ** min(200.0, bits + prior) for bits in each[:4])
            worths.append((same * _SHARE, sum(share * bits for share, bits in zip(_KIN, kin, strict=True))))
        return [same / (1.0 + same + kin) for same, kin in worths]


def _record_of(row: Row) -> _Record:
    """As `pairs` reads a record whose name stands in parts, without taking the name apart again."""
    surname, given, father = (str(row.get(part) or "") for part in ("surname", "given_name", "patronymic"))
    suffix = str(row.get("suffix") or "")
    record = _Record(str(row.get("id") or ""))
    record.surname, record.given, record.father = _words(surname), _words(given), _words(father)
    record.surname_key, record.given_key, record.father_key = _part_key(surname), _part_key(given), _part_key(father)
    record.father_certain = bool(father)
    sex = str(row.get("sex") or "")
    record.sex = sex if sex in ("f", "m") else sex_of(surname, father, suffix) or ""
    record.year = int(str(row.get("birth_year") or 0)[:4])
    record.phone = _digits(row)
    record.email = str(row.get("email") or "").lower()
    record.unit = _tokens(str(row.get("unit") or ""))
    record.cyrillic = any("\u0400" <= letter <= "\u04ff" for letter in surname + given)
    record.order_certain = True
    return record


def _digits(row: Row) -> str:
    """The last nine digits of the first telephone number."""
    phone = str(row.get("phone") or "")
    digits = "".join(filter(str.isdigit, phone.split(",")[0].split(";")[0])) if phone else ""
    return digits[-9:] if len(digits) >= 5 else ""


def _also(row: Row) -> list[Row]:
    """The row again under each further name of the person."""
    others: list[Row] = []
    for line in str(row.get("other_names") or "").splitlines():
        if line.strip():
            name = parse_name(line, SURNAME_FIRST)
            others.append(
                {
                    **row,
                    "other_names": "",
                    "surname": name.surname,
                    "given_name": name.given,
                    "patronymic": name.patronymic,
                }
            )
    return others


@lru_cache(maxsize=262144)
def _near(one: str, other: str) -> bool:
    """Whether two keys are one slip apart."""
    return bool(one) and bool(other) and not set(_less_one(one)).isdisjoint(_less_one(other))


def _neighbours(keys: Iterable[str]) -> Callable[[str], tuple[str, ...]]:
    """For a key: the keys of the register that are at most one slip away, itself first."""
    table: dict[str, list[str]] = defaultdict(list)
    for key in set(keys) - {""}:
        for part in _less_one(key):
            table[part].append(key)

    @lru_cache(maxsize=65536)
    def near(key: str) -> tuple[str, ...]:
        if not key:
            return ("",)
        found = dict.fromkeys([key])
        for part in _less_one(key):
            found.update(dict.fromkeys(table.get(part, ())))
        return tuple(found)

    return near


__all__ = ["Against", "Pair", "Row"]
