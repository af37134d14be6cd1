"""Finds persons by any spelling of their name and says how alike two names are; it keeps names in memory only.

One matcher for search, import and duplicates. Words are matched free of order; the father's name weighs little; a
typed word may be the beginning of a name; initials fit names that begin so; what was typed on the wrong keyboard
layout is tried when nothing else is found. Similarity of words is ``words.likeness``; a register asks it only for words
whose consonant skeletons share bigrams with the typed one.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, insort
from collections import Counter, OrderedDict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from threading import RLock
from typing import NamedTuple

from app.names import fold as folding
from app.names.parse import is_initial, listed, marker, slipped_marker, surname_likeness
from app.names.sounds import align, signs_with_sizes
from app.names.words import Word, beginning_likeness, begins_like, likeness, word

NAME, FATHER, FATHER_PERHAPS, INITIAL = range(4)

_WEIGHT = {NAME: 1.0, FATHER: 0.3, FATHER_PERHAPS: 0.5, INITIAL: 0.35}
_SLIPPED, _EXACT = 1, 2  # how a token is oğlu or qızı
_LEAST = 0.52  # words less alike than this are different words
_PLENTY = 2000  # persons looked at in passing for one search
_WEIGHED = 130  # words weighed for one typed word
_ENOUGH = 0.66  # below this the query may have been typed on another layout
_SMALL_WORDS = listed(
    """
    ağa aga agha ага bəy bey bek bay бей бек xan khan хан mirzə mirza мирза seyid seyyid сеид сейид hacı haji гаджи
    mir мир əbdül абдул abdul ül ul ud üd əd уль ул эль əl el al şah shah шах zadə zade заде əli али ali can jan джан
    xanım ханум ханым nur нур gül гюль məmməd мамед mammad bala бала баба baba şıx ших
    """
)

_TITLES = listed("bəy bey bek bay бей бек ağa aga agha ага xan khan хан mirzə mirza мирза hacı haji гаджи seyid сеид")


class Part(NamedTuple):
    """A word in its place: what it is and which part of the name it plays."""

    word: Word
    role: int
    dotted: bool = False


class Hit(NamedTuple):
    """One answer: the person's id as it was added, and how well the name fits, 0…1."""

    id: Hashable
    score: float


@lru_cache(maxsize=65536)
def _pieces_of(token: str) -> tuple[tuple[str, bool, bool, str], ...]:
    """The words inside one blank-separated token: (small text, initial, dotted, marker)."""
    found = []
    bare = token.strip('()[]«»"“”„,;')
    parts = bare.replace(".", ". ").split() if "." in bare else [bare]
    for part in parts:
        dotted = part.endswith(".")
        texts = folding.words(part)
        if len(texts) > 1 and "-" in part and len(texts) == 2:
            mark = marker(texts[1])
            if not mark and (texts[1] in _SMALL_WORDS or texts[0] in _SMALL_WORDS):
                texts = ["".join(texts)]  # Гусейн-заде is one surname
        for text in texts:
            found.append((text, len(text) == 1 or (dotted and is_initial(part)), dotted, slipped_marker(text)))
    return tuple(found)


@lru_cache(maxsize=16384)
def parts_of(full_name: str) -> tuple[Part, ...]:
    """The words of a name with their roles; oğlu and qızı themselves are left out."""
    found: list[Part] = []
    marked = False
    initials = 0
    comma = -1
    for token in full_name.split():
        for text, initial, dotted, mark in _pieces_of(token):
            if mark and found and (len(found) > 1 or marker(text)):
                last = found[-1]
                found[-1] = Part(last.word, FATHER, last.dotted)
                marked = True
                continue
            piece = word(text)
            if initial:
                found.append(Part(piece, INITIAL, dotted))
                initials += 1
            elif piece.father and found:
                found.append(Part(piece, FATHER))
                marked = True
            else:
                found.append(Part(piece, NAME))
        if token.endswith(",") and comma < 0:
            comma = len(found)
    if not marked and len(found) == 3 and not initials:
        at = _perhaps_father(found[0].word, found[2].word, comma == 1)
        if at:
            found[at] = Part(found[at].word, FATHER_PERHAPS)
    return tuple(found)


def _perhaps_father(first: Word, last: Word, comma: bool) -> int:
    """Which of three unmarked words may be the father's name: the one after the given name; 0 when nothing tells."""
    by_first, by_last = surname_likeness(first.text), surname_likeness(last.text)
    if comma or by_first > max(0, by_last):
        return 2
    return 1 if by_last > max(0, by_first) else 0


def _part_likeness(asked: Part, known: Part, alike: float) -> float:
    """Two words' likeness, less when one is surely the father's name and the other surely not."""
    if {asked.role, known.role} == {FATHER, NAME}:
        return alike * 0.8
    return alike


@lru_cache(maxsize=32768)
def _whole_likeness(asked: Part, known: Part, beginning: bool) -> float:
    if asked.role == INITIAL:
        return 1.0 if begins_like(asked.word, known.word) else 0.0
    if known.role == INITIAL:
        return 0.85 if begins_like(known.word, asked.word) else 0.0
    mine = asked.word.bigrams
    shared = len(mine & known.word.bigrams)
    alike = likeness(asked.word, known.word, _LEAST) if shared * 3 >= len(mine) else 0.0
    if beginning and shared and alike < 0.97:
        begun = beginning_likeness(asked.word, known.word) * 0.98
        if begun > alike and begun >= 0.6:
            alike = begun
    return alike


def _joined(first: Part, second: Part) -> Part:
    return Part(word(first.word.text + second.word.text), NAME)


def _fit(asked: Sequence[Part], known: Sequence[Part], table: list[list[float]]) -> float:
    """How well the asked words fit the known name, given the likeness of each to each; 0…1."""
    pairs = []
    for i, row in enumerate(table):
        for j, alike in enumerate(row):
            if alike > 0.0:
                pairs.append((_part_likeness(asked[i], known[j], alike) * _WEIGHT[asked[i].role], i, j))
    pairs.sort(key=lambda pair: (-pair[0], abs(pair[1] - pair[2])))
    got = [0.0] * len(asked)
    by_asked = [-1] * len(asked)
    by_known = [-1] * len(known)
    for worth, i, j in pairs:
        if by_asked[i] < 0 and by_known[j] < 0:
            by_asked[i] = j
            by_known[j] = i
            got[i] = worth / _WEIGHT[asked[i].role]
    left = [i for i, j in enumerate(by_asked) if j < 0 or got[i] < 0.8]
    if left:
        _join_words(asked, known, got, by_asked, by_known)
    weights = [_WEIGHT[part.role] for part in asked]
    fathers_known = any(part.role in (FATHER, FATHER_PERHAPS) for part in known)
    for i, part in enumerate(asked):
        if part.role == FATHER and by_asked[i] < 0 and not fathers_known:
            weights[i] = 0.08  # the register does not know the father's name: no sign either way
        elif by_asked[i] < 0 and part.word.text in _TITLES:
            weights[i] = 0.25  # bəy, ağa, xan come and go between languages
    total = sum(weights)
    if not total:
        return 0.0
    fit = sum(weight * worth for weight, worth in zip(weights, got, strict=True)) / total
    missing = 0.0
    for j, part in enumerate(known):
        if by_known[j] < 0:
            missing += 0.05 if part.role == NAME else 0.012
    return max(0.0, fit - min(0.2, missing))


def _join_words(
    asked: Sequence[Part], known: Sequence[Part], got: list[float], by_asked: list[int], by_known: list[int]
) -> None:
    """Ağacan against Ağa Can, both ways: one word may answer two neighbours, where that fits better."""
    for j in range(len(known) - 1):
        if INITIAL in (known[j].role, known[j + 1].role):
            continue
        together = None
        for i, part in enumerate(asked):
            if part.role == INITIAL or len(part.word.sounds) < 5 or got[i] >= 0.85:
                continue
            if by_known[j] not in (-1, i) or by_known[j + 1] not in (-1, i):
                continue
            together = together or _joined(known[j], known[j + 1])
            alike = likeness(part.word, together.word, 0.7)
            if alike > got[i]:
                got[i] = alike
                by_asked[i] = j
                by_known[j] = by_known[j + 1] = i
    for i in range(len(asked) - 1):
        if INITIAL in (asked[i].role, asked[i + 1].role):
            continue
        together = None
        for j, part in enumerate(known):
            if part.role == INITIAL or len(part.word.sounds) < 5 or by_known[j] not in (-1, i, i + 1):
                continue
            mine = got[i] + got[i + 1]
            if mine >= 1.7:
                continue
            together = together or _joined(asked[i], asked[i + 1])
            alike = likeness(part.word, together.word, 0.7)
            if 2 * alike > mine and alike > max(got[i], got[i + 1]):
                got[i] = got[i + 1] = alike
                by_asked[i] = by_asked[i + 1] = j
                by_known[j] = i


def score(query: str, full_name: str) -> float:
    """How well a typed query fits a person's full name, 0…1; the last typed word may be unfinished."""
    asked, known = parts_of(query), parts_of(full_name)
    if not asked or not known:
        return 0.0
    table = [[_whole_likeness(one, other, True) for other in known] for one in asked]
    return _fit(asked, known, table)


def rank(query: str, names: Iterable[tuple[Hashable, str]], limit: int = 5) -> list[Hit]:
    """The best of some candidates chosen elsewhere; an id may come with several names, its best one counts.

    For up to some hundred names; who asks again and again about the same names keeps a ``Register``.
    """
    spellings: dict[Hashable, list[str]] = {}
    for id, full_name in names:
        spellings.setdefault(id, []).append(full_name)
    register = Register()
    for id, several in spellings.items():
        register.add(id, *several)
    return register.find(query, limit)


# What the same keys give: Azerbaijani Latin, Russian and English (US) layouts of Windows, row by row.
_ENGLISH_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
_AZERBAIJANI_KEYS = "qüertyuiopöğasdfghjklıəzxcvbnmçş"
_RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбю"
_TO_RUSSIAN_AZ = str.maketrans(_AZERBAIJANI_KEYS, _RUSSIAN_KEYS)
_TO_RUSSIAN_EN = str.maketrans(_ENGLISH_KEYS + "`", _RUSSIAN_KEYS + "ё")
_FROM_RUSSIAN_AZ = str.maketrans(_RUSSIAN_KEYS, _AZERBAIJANI_KEYS)
_FROM_RUSSIAN_EN = str.maketrans(_RUSSIAN_KEYS + "ё", _ENGLISH_KEYS + "`")
_ENGLISH_TO_AZ = str.maketrans("w[];',.", "üöğıəçş")
_AZ_TO_ENGLISH = str.maketrans("üöğıəçş", "w[];',.")


def other_layouts(text: str) -> list[str]:
    """What the same keys would have given on the other keyboard layouts, likelier ones first."""
    small = text.replace("İ", "i").replace("I", "i").lower().replace("\u0307", "")
    if any("\u0400" <= letter <= "\u04ff" for letter in small):
        return [small.translate(_FROM_RUSSIAN_AZ), small.translate(_FROM_RUSSIAN_EN)]
    found = []
    for table in (_TO_RUSSIAN_EN, _TO_RUSSIAN_AZ, _ENGLISH_TO_AZ, _AZ_TO_ENGLISH):
        turned = small.translate(table)
        if turned != small and turned not in found:
            found.append(turned)
    return found


class Vocabulary:
    """The distinct words of many names, and which of them a typed word may mean. Words are numbered from 0."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self.words: list[Word] = []
        self._number: dict[str, int] = {}
        self._by_bigram: dict[bytes, list[int]] = {}
        self._folded: list[tuple[str, int]] = []
        self._stale = True
        self._known: OrderedDict[tuple[str, bool], dict[int, float]] = OrderedDict()
        for text in texts:
            self.number(text)

    def __len__(self) -> int:
        return len(self.words)

    def number(self, text: str) -> int:
        """The number of a word in small letters; a new one is taken in."""
        known = self._number.get(text)
        if known is not None:
            return known
        new = word(text)
        number = len(self.words)
        self.words.append(new)
        self._number[text] = number
        postings = self._by_bigram
        for bigram in new.bigrams:
            posting = postings.get(bigram)
            if posting is None:
                postings[bigram] = [number]
            else:
                posting.append(number)
        self._stale = True
        return number

    def _refresh(self) -> None:
        fresh = range(len(self._folded), len(self.words))
        if len(fresh) > 64:
            self._folded = sorted((folding.fold_word(entry.text), number) for number, entry in enumerate(self.words))
        else:
            for number in fresh:
                insort(self._folded, (folding.fold_word(self.words[number].text), number))
        self._known.clear()
        self._stale = False

    def nearest(self, typed: Word, beginning: bool, least: float = _LEAST) -> dict[int, float]:
        """Numbers of the words that ``typed`` may mean (or begin, with ``beginning``), worst first, with likeness."""
        if self._stale:
            self._refresh()
        asked = (typed.text, beginning)
        known = self._known.get(asked)
        if known is not None:
            self._known.move_to_end(asked)
            return known
        found: dict[int, float] = {}
        words = self.words
        counts = Counter(chain.from_iterable([self._by_bigram.get(bigram, ()) for bigram in typed.bigrams]))
        mine = len(typed.bigrams)
        ranked = [
            (2.0 * shared / (mine + len(words[number].bigrams)), number)
            for number, shared in counts.items()
            if shared * 3 >= mine
        ]
        if len(ranked) > _WEIGHED:
            ranked = heapq.nlargest(_WEIGHED, ranked)
        for _, number in ranked:
            alike = likeness(typed, words[number], least)
            if alike:
                found[number] = alike
        if beginning:
            for number in self._beginnings(typed, counts):
                begun = beginning_likeness(typed, words[number]) * 0.98
                if begun >= 0.6 and begun > found.get(number, 0.0):
                    found[number] = begun
        found = dict(sorted(found.items(), key=lambda item: item[1]))
        self._known[asked] = found
        if len(self._known) > 512:
            self._known.popitem(last=False)
        return found

    def _beginnings(self, typed: Word, counts: Counter[int]) -> list[int]:
        """Numbers of words that may begin with what was typed: by letters first, then by skeleton."""
        folded = folding.fold_word(typed.text)
        chosen: dict[int, None] = {}
        if folded:
            at = bisect_left(self._folded, (folded, -1))
            end = bisect_left(self._folded, (folded + "\U0010ffff", -1))
            chosen = dict.fromkeys(number for _, number in self._folded[at : min(end, at + 400)])
        needed = sum(1 for bigram in typed.bigrams if bigram[1:] != b"$")
        if needed > 1 or len(typed.sounds) > 1:
            words = self.words
            likely = [number for number, shared in counts.items() if shared >= needed]
            if len(likely) > 250:
                likely = heapq.nsmallest(250, likely, key=lambda number: len(words[number].sounds))
            chosen.update(dict.fromkeys(likely))
        return list(chosen)


class Register:
    """Names kept in memory for search while typing; an id (anything hashable) may have several spellings.

    Some 100,000 names take about a second to take in; after that a keystroke takes milliseconds. Safe for threads.
    """

    def __init__(self, names: Iterable[tuple[Hashable, str]] = ()) -> None:
        self._vocabulary = Vocabulary()
        self._tokens: dict[str, tuple[tuple[int, bool, int], ...]] = {}
        self._ids: list[Hashable | None] = []
        self._rows: list[tuple[int, ...]] = []
        self._roles: list[bytes] = []
        self._places: dict[Hashable, tuple[int, ...]] = {}
        self._persons: list[list[int]] = []  # by word number
        self._joined: dict[int, tuple[int, ...]] = {}  # by place: words that two neighbours make together
        self._gone: set[int] = set()
        self._lock = RLock()  # a page may search while a command adds
        for id, full_name in names:
            self.add(id, full_name)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, id: Hashable) -> bool:
        return id in self._places

    def _numbers_of(self, token: str) -> tuple[tuple[int, bool, int], ...]:
        found = tuple(
            (self._number(text), initial, (_EXACT if marker(text) else _SLIPPED) if mark else 0)
            for text, initial, _, mark in _pieces_of.__wrapped__(token)  # remembered here by token already
        )
        self._tokens[token] = found
        return found

    def _number(self, text: str) -> int:
        number = self._vocabulary.number(text)
        while len(self._persons) <= number:
            self._persons.append([])
        return number

    def add(self, id: Hashable, *full_names: str) -> None:
        """Take a person in under one name or several spellings, or give a known id new ones."""
        with self._lock:
            if id in self._places:
                self._remove(id)
            self._places[id] = tuple(self._take_in(id, full_name) for full_name in full_names)

    def remove(self, id: Hashable) -> None:
        """Forget a person; an unknown id is no error."""
        with self._lock:
            self._remove(id)

    def _remove(self, id: Hashable) -> None:
        for place in self._places.pop(id, ()):
            self._gone.add(place)
            self._ids[place] = None
        if len(self._gone) > 1000 and len(self._gone) * 2 > len(self._ids):
            self._sweep()

    def _take_in(self, id: Hashable, full_name: str) -> int:
        numbers: list[int] = []
        roles: list[int] = []
        tokens = self._tokens
        words = self._vocabulary.words
        marked = False
        comma = -1
        for token in full_name.split():
            for number, initial, is_marker in tokens.get(token) or self._numbers_of(token):
                if is_marker and numbers and (len(numbers) > 1 or is_marker == _EXACT):
                    roles[-1] = FATHER
                    marked = True
                    continue
                numbers.append(number)
                if initial:
                    roles.append(INITIAL)
                elif words[number].father and roles:
                    roles.append(FATHER)
                    marked = True
                else:
                    roles.append(NAME)
            if token[-1] == "," and comma < 0:
                comma = len(numbers)
        if len(numbers) == 3 and not marked and INITIAL not in roles:
            at = _perhaps_father(words[numbers[0]], words[numbers[2]], comma == 1)
            if at:
                roles[at] = FATHER_PERHAPS
        place = len(self._ids)
        self._ids.append(id)
        self._rows.append(tuple(numbers))
        self._roles.append(bytes(roles))
        persons = self._persons
        for at, number in enumerate(numbers):
            persons[number].append(place)
            if at and (words[number].text in _SMALL_WORDS or words[numbers[at - 1]].text in _SMALL_WORDS):
                joined = self._number(words[numbers[at - 1]].text + words[number].text)
                persons[joined].append(place)
                self._joined[place] = (*self._joined.get(place, ()), joined)
        return place

    def _sweep(self) -> None:
        for number, persons in enumerate(self._persons):
            self._persons[number] = [place for place in persons if place not in self._gone]

    def find(self, query: str, limit: int = 5) -> list[Hit]:
        """The persons whose names fit best, best first, at most ``limit``; an empty list when nothing is near."""
        with self._lock:
            return self._find_on_any_layout(query, limit)

    def _find_on_any_layout(self, query: str, limit: int) -> list[Hit]:
        hits = self._find(query, limit)
        if len(query.strip()) >= 3 and (not hits or hits[0].score < _ENOUGH):
            best = hits[0].score if hits else 0.0
            for other in other_layouts(query):
                found = self._find(other, limit)
                if found and found[0].score > max(best + 0.05, _ENOUGH):
                    hits, best = [Hit(hit.id, hit.score * 0.98) for hit in found], found[0].score
        return hits

    def _find(self, query: str, limit: int) -> list[Hit]:
        asked = parts_of(query)
        if not asked or not self._ids:
            return []
        last = len(asked) - 1
        unfinished = not query[-1:].isspace() and not query.endswith(".")
        likenesses: list[dict[int, float]] = []
        for at, part in enumerate(asked):
            if part.role == INITIAL and len(asked) > 1:
                likenesses.append({})
            else:
                likenesses.append(self._vocabulary.nearest(part.word, unfinished or at < last or part.role == INITIAL))
        places = self._gather(asked, likenesses, max(50, limit * 4))
        hits = []
        for place in places:
            hits.append((self._exact(asked, likenesses, place), place))
        hits.sort(key=lambda hit: (-hit[0], hit[1]))
        best: dict[Hashable, float] = {}
        for fit, place in hits:
            if fit <= 0.2 or len(best) >= limit:
                break
            best.setdefault(self._ids[place], round(fit, 4))
        return [Hit(id, fit) for id, fit in best.items()]

    def _gather(self, asked: Sequence[Part], likenesses: list[dict[int, float]], most: int) -> list[int]:
        """Places of the persons worth weighing in full."""
        if len(asked) == 1:
            return self._best_of_one(likenesses[0], most)
        said = [(_WEIGHT[part.role], near) for part, near in zip(asked, likenesses, strict=True) if near]
        strong = [(weight, near) for weight, near in said if weight >= 0.5] or said
        if not strong:
            return []
        initials = [part.word for part in asked if part.role == INITIAL]
        places = self._common([near for _, near in strong], _PLENTY if initials else most)
        worth = self._worths(islice(places, _PLENTY), said)
        if len(strong) > 1 and (not worth or max(worth.values()) < 0.93 * sum(weight for weight, _ in strong)):
            # a word may be missing in the register, or spelled beyond recognition: take who fits by the others
            others: set[int] = set()
            for _, near in strong:
                others.update(islice(self._nearest_persons(near), 3 * _PLENTY))
            worth |= self._worths(others - worth.keys(), said)
        if initials and len(worth) > most:
            words = self._vocabulary.words
            for initial in initials:
                begins: dict[int, float] = {}
                for place in worth:
                    for number in self._rows[place]:
                        extra = begins.get(number)
                        if extra is None:
                            extra = begins[number] = 0.35 if begins_like(initial, words[number]) else 0.0
                        if extra:
                            worth[place] += extra
                            break
        if self._gone:
            for place in self._gone & worth.keys():
                del worth[place]
        if len(worth) <= most:
            return list(worth)
        rows = self._rows
        return heapq.nlargest(most, worth, key=lambda place: (worth[place], -len(rows[place])))

    def _nearest_persons(self, near: dict[int, float]) -> Iterator[int]:
        """Places of the persons who have one of the words, nearest words first; one may come twice."""
        for number in reversed(near):
            yield from self._persons[number]

    def _common(self, nears: list[dict[int, float]], enough: int) -> set[int]:
        """Places of the persons who have every typed word, the nearest words alone where they give enough."""
        persons = self._persons
        found: set[int] = set()
        for least in (0.93, 0.0):
            found = set()
            for first, near in enumerate(nears):
                places: set[int] = set()
                for number in reversed(near):
                    if near[number] < least:
                        break
                    places.update(persons[number])
                found = places if not first else found & places
                if not found:
                    break
            if len(found) >= enough:
                break
        return found

    def _worths(self, places: Iterable[int], said: list[tuple[float, dict[int, float]]]) -> dict[int, float]:
        """How well each person has the typed words, by the best word for each."""
        rows, joined = self._rows, self._joined
        worth: dict[int, float] = {}
        for place in places:
            row = rows[place] + joined[place] if place in joined else rows[place]
            total = 0.0
            for weight, near in said:
                best = 0.0
                for number in row:
                    alike = near.get(number)
                    if alike is not None and alike > best:
                        best = alike
                total += weight * best
            worth[place] = total
        return worth

    def _best_of_one(self, near: dict[int, float], most: int) -> list[int]:
        """The persons of one typed word, best words first, without walking through everybody who fits."""
        found: dict[int, None] = {}
        for number in reversed(near):
            for place in self._persons[number]:
                if place not in self._gone:
                    found[place] = None
            if len(found) >= most:
                break
        places = list(islice(found, _PLENTY))
        if len(places) <= 2 * most:
            return places
        return heapq.nsmallest(most, places, key=lambda place: len(self._rows[place]))

    def _exact(self, asked: Sequence[Part], likenesses: list[dict[int, float]], place: int) -> float:
        words = self._vocabulary.words
        row = self._rows[place]
        known = [Part(words[number], role) for number, role in zip(row, self._roles[place], strict=True)]
        table = []
        for part, near in zip(asked, likenesses, strict=True):
            if near:
                table.append(
                    [
                        near.get(number, 0.0) if other.role != INITIAL else _whole_likeness(part, other, False)
                        for number, other in zip(row, known, strict=True)
                    ]
                )
            else:
                table.append([_whole_likeness(part, other, False) for other in known])
        return _fit(asked, known, table)


@dataclass(frozen=True, slots=True)
class Piece:
    """One correspondence: letters of the first name, letters of the second, and its kind.

    ``kind``: "same" letter, "sound" (two spellings of one sound), "close" (often confused), "different", "missing" (one
    side is empty), "gap" (between words; both sides blank).
    """

    first: str
    second: str
    kind: str


def _letters(text: str) -> tuple[bytes, list[str]]:
    small = folding.plain(text)
    shown = text if len(small) == len(text) else small
    signs = signs_with_sizes(small)
    found = []
    at = 0
    for _, size in signs:
        found.append(shown[at : at + size])
        at += size
    if found and at < len(shown):
        found[-1] += shown[at:]
    return bytes([sign for sign, _ in signs]), found


def _explain_word(one: str, other: str) -> list[Piece]:
    first, first_letters = _letters(one)
    second, second_letters = _letters(other)
    pieces: list[Piece] = []
    for i, j, cost in align(first, second):
        left = first_letters[i] if i >= 0 else ""
        right = second_letters[j] if j >= 0 else ""
        if not left and not right:
            continue
        if not left or not right:
            kind = "missing"
        elif folding.plain(left) == folding.plain(right):
            kind = "same"
        elif cost <= 0.13:
            kind = "sound"
        elif cost < 0.6:
            kind = "close"
        else:
            kind = "different"
        pieces.append(Piece(left, right, kind))
    return pieces


def _shown_words(full_name: str) -> list[tuple[str, str]]:
    found = []
    for token in full_name.replace("-", " ").replace(".", " ").replace(",", " ").split():
        for text in folding.words(token):
            found.append((token if folding.plain(token) == text else text, text))
    return found


def explain(one: str, other: str) -> list[Piece]:
    """Lay two names side by side letter by letter: Orudj / Орудж gives O-О, r-р, u-у, dj-дж.

    Words are paired as the matcher pairs them, in the order of the first name; words without a partner stand against
    nothing. Pieces of kind "gap" part the words.
    """
    first, second = _shown_words(one), _shown_words(other)
    pairs = sorted(
        (
            (-likeness(word(left[1]), word(right[1])), abs(i - j), i, j)
            for i, left in enumerate(first)
            for j, right in enumerate(second)
        )
    )
    partner: dict[int, int] = {}
    for unlike, _, i, j in pairs:
        if -unlike >= _LEAST and i not in partner and j not in partner.values():
            partner[i] = j
    pieces: list[Piece] = []
    rows = [
        _explain_word(left[0], second[partner[i]][0]) if i in partner else [Piece(left[0], "", "missing")]
        for i, left in enumerate(first)
    ]
    rows += [[Piece("", right[0], "missing")] for j, right in enumerate(second) if j not in partner.values()]
    for row in rows:
        if pieces:
            pieces.append(Piece(" ", " ", "gap"))
        pieces += row
    return pieces


def equation(query: str, *names: str) -> str:
    """Say why a typed text found somebody spelled otherwise: "Orudj = Oruc = Орудж (dj=c=дж)"; "" when it is as typed.

    ``names`` are the spellings on the card, the shown one first. One equation for each typed word that stands
    otherwise in any of them, with the letters that are not told by an alphabet alone.
    """
    told = []
    taken: set[tuple[int, str]] = set()
    for shown, typed in _shown_words(query):
        if len(typed) < 2 or marker(typed):
            continue
        sides: dict[str, str] = {}
        for at, name in enumerate(names):
            best, spelling = 0.6, ""
            for token, text in _shown_words(name):
                alike = max(
                    likeness(word(typed), word(text), _LEAST), 0.98 * beginning_likeness(word(typed), word(text))
                )
                if alike > best and (at, text) not in taken:
                    best, spelling = alike, token
            if spelling:
                taken.add((at, folding.plain(spelling)))
                sides.setdefault(folding.plain(spelling), spelling)
        if sides and not any(text.startswith(typed) for text in list(sides)[:1]):
            told.append(_equated(shown, [text for text in sides.values() if folding.plain(text) != typed]))
    return "; ".join(filter(None, told))


def _equated(typed: str, spellings: Sequence[str]) -> str:
    if not spellings:
        return ""
    letters: list[str] = []
    first = spellings[0]
    one_alphabet = folding.plain(typed)[:1].isascii() and not _is_cyrillic(first)
    for piece in _explain_word(typed, first):
        turned = piece.first + "=" + piece.second
        plain_pair = len(piece.first) == len(piece.second) == 1 and not one_alphabet
        if piece.kind in ("sound", "close") and not plain_pair and turned.lower() not in letters:
            letters.append(turned.lower())
    said = " = ".join([typed, *spellings])
    return f"{said} ({', '.join(letters)})" if letters else said


def _is_cyrillic(text: str) -> bool:
    return any("\u0400" <= letter <= "\u052f" for letter in text)
