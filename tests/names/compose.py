"""Composes names and whole registers for measuring, from hand-written spellings; it never uses the code it measures."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent.parent / "data" / "names"
LANGUAGES = ("az", "ru", "en")
_PLAIN = str.maketrans("əğıöüçşƏĞİÖÜÇŞ", "egioucsEGIOUCS")
_PLAIN_A = str.maketrans("əğıöüçşƏĞİÖÜÇŞ", "agioucsAGIOUCS")


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one file of tests/data/names."""
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


GIVEN = rows("given.csv")
MEN = [row for row in GIVEN if row["sex"] == "m"]
WOMEN = [row for row in GIVEN if row["sex"] == "f"]
SURNAMES = rows("surnames.csv")


def spelled(row: dict[str, str], language: str, rng: random.Random, usual: float = 0.6) -> str:
    """One spelling of a name in a language, the first one most of the time."""
    variants = row[language].split("|")
    return variants[0] if rng.random() < usual else rng.choice(variants)


def _stem_surnames() -> list[dict[str, str]]:
    """Surnames made of given names, so that a large register has many of them; spelling from the hand-written names."""
    made = []
    for row in MEN:
        az, ru, en = row["az"], row["ru"].split("|")[0], row["en"].split("|")[0]
        vowel = az[-1] in "aəıoueiöü"
        back = [letter for letter in az.lower() if letter in "aəeıioöuü"][-1] in "aıou"
        made.append(
            {
                "az": az + ("yev" if vowel else "ov"),
                "ru": ru.rstrip("ь") + ("ев" if vowel else "ов"),
                "en": en + ("yev" if vowel else "ov"),
            }
        )
        made.append(
            {"az": az + ("lı" if back else "li"), "ru": ru.rstrip("ь") + ("лы" if back else "ли"), "en": en + "li"}
        )
        made.append({"az": az + "zadə", "ru": ru.rstrip("ь") + "заде", "en": en + "zade"})
    known = {row["az"] for row in SURNAMES}
    return [row for row in made if row["az"] not in known]


ALL_SURNAMES = SURNAMES * 6 + _stem_surnames()


def surname_of(text: str, sex: str) -> str:
    """The woman's form of a surname where it has one."""
    if sex == "f" and text.endswith(("ov", "ev")):
        return text + "a"
    if sex == "f" and text.endswith(("ов", "ев", "ёв")):
        return text + "а"
    if sex == "f" and text.endswith("ский"):
        return text[:-2] + "ая"
    return text


@dataclass
class Person:
    """A composed person: rows of the name files."""

    surname: dict[str, str]
    given: dict[str, str]
    father: dict[str, str]
    sex: str

    def name(self, language: str, rng: random.Random, style: str = "official") -> str:
        """A rendering: "official" (surname given father oğlu), "plain" (given surname), "short" (surname given)."""
        surname = surname_of(spelled(self.surname, language, rng), self.sex)
        given = spelled(self.given, language, rng)
        if style == "plain":
            return f"{given} {surname}"
        if style == "short":
            return f"{surname} {given}"
        father = spelled(self.father, language, rng)
        return f"{surname} {given} {patronymic(father, self.sex, language, rng)}"


def patronymic(father: str, sex: str, language: str, rng: random.Random) -> str:
    """The father's name as papers write it in a language."""
    if language == "az":
        return f"{father} {'oğlu' if sex == 'm' else 'qızı'}"
    if language == "en":
        marker = rng.choice(["oghlu", "oglu", "ogly"]) if sex == "m" else rng.choice(["gizi", "qizi", "kyzy"])
        return f"{father} {marker}"
    if rng.random() < 0.5:
        return f"{father} {rng.choice(['оглы', 'оглу']) if sex == 'm' else rng.choice(['кызы', 'гызы'])}"
    ending = "ович" if sex == "m" else "овна"
    if father[-1] in "ийь":
        return father[:-1] + ("евич" if sex == "m" else "евна")
    if father[-1] in "аеёоуыэюя":
        return father + ("евич" if sex == "m" else "евна")
    return father + ending


def person(rng: random.Random) -> Person:
    """A random person; common surnames are common."""
    sex = "m" if rng.random() < 0.6 else "f"
    return Person(rng.choice(ALL_SURNAMES), rng.choice(MEN if sex == "m" else WOMEN), rng.choice(MEN), sex)


def typed_plain(text: str, rng: random.Random) -> str:
    """Azerbaijani typed on a keyboard without its letters."""
    return text.translate(_PLAIN if rng.random() < 0.5 else _PLAIN_A)


def typo(text: str, rng: random.Random) -> str:
    """One slip of the fingers inside a word: a letter lost, doubled, exchanged with its neighbour or wrong."""
    places = [at for at, letter in enumerate(text) if letter.isalpha() and at and text[at - 1].isalpha()]
    if not places:
        return text
    at = rng.choice(places)
    kind = rng.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    if kind == 2 and at + 1 < len(text) and text[at + 1].isalpha():
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    letters = "аеионлрт" if "а" <= text[at].lower() <= "я" else "aeionlrt"
    return text[:at] + rng.choice(letters) + text[at + 1 :]


_EN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
_RU_KEYS = "йцукенгшщзхъфывапролджэячсмитьбю"
_AZ_KEYS = "qüertyuiopöğasdfghjklıəzxcvbnmçş"


def wrong_layout(text: str, language: str, rng: random.Random) -> str:
    """What comes out when a text of a language is typed with another layout switched on."""
    text = text.replace("İ", "i").replace("I", "ı" if language == "az" else "i").lower()
    if language == "ru":
        return text.translate(str.maketrans(_RU_KEYS, rng.choice([_EN_KEYS, _AZ_KEYS])))
    keys = _AZ_KEYS if language == "az" else _EN_KEYS
    return text.translate(str.maketrans(keys, _RU_KEYS))


_CLERK = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh",
    "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
_STANDARD = _CLERK | {"й": "j", "х": "h", "ж": "z", "ц": "c", "ч": "c", "ш": "s", "ю": "ju", "я": "ja", "э": "e"}


def through_russian(text: str, rng: random.Random) -> str:
    """A clerk's or a standard's Latin letters for the Russian form, as passports carry them."""
    table = _CLERK if rng.random() < 0.7 else _STANDARD
    return "".join(table.get(letter, letter) for letter in text.lower()).title()


_OLD = {
    "a": "а", "b": "б", "v": "в", "q": "г", "ğ": "ғ", "d": "д", "e": "е", "ə": "ә", "j": "ж", "z": "з", "i": "и",
    "ı": "ы",
    "y": "ј", "k": "к", "g": "ҝ", "l": "л", "m": "м", "n": "н", "o": "о", "ö": "ө", "p": "п", "r": "р", "s": "с",
    "t": "т",
    "u": "у", "ü": "ү", "f": "ф", "x": "х", "h": "һ", "ç": "ч", "c": "ҹ", "ş": "ш",
}  # fmt: skip


def old_cyrillic(text: str) -> str:
    """The Azerbaijani form in the Cyrillic alphabet used until 1991."""
    text = text.replace("İ", "i").replace("I", "ı").lower()
    return "".join(_OLD.get(letter, letter) for letter in text).title()


def other_ending(text: str, rng: random.Random) -> str:
    """The same surname after or before the state changed its ending (any script); other words stay."""
    words = text.split()
    for at, word in enumerate(words):
        for endings in (
            ("ova", "ov", "lı", "li", ""), ("yeva", "yev", "li", "zadə", ""), ("eva", "ev", "li", "zade"),
            ("ова", "ов", "лы", "ли", ""), ("ева", "ев", "ли", "заде"), ("zadə", "yev", "li"), ("заде", "ов", "ли"),
            ("zade", "ov", "li"), ("zadeh", "ov", "li"), ("lı", "ov"), ("li", "ov"), ("лы", "ов"), ("ли", "ов"),
        ):  # fmt: skip
            if word.endswith(endings[0]) and len(word) - len(endings[0]) >= 4:
                words[at] = word[: len(word) - len(endings[0])] + rng.choice(endings[1:])
                return " ".join(words)
    return text


_PLACES = (
    ("Bakı", "Баку", "Baku"), ("Gəncə", "Гянджа", "Ganja"), ("Sumqayıt", "Сумгаит", "Sumgait"),
    ("Şəki", "Шеки", "Sheki"),
    ("Naxçıvan", "Нахичевань", "Nakhchivan"), ("Quba", "Губа", "Guba"), ("Lənkəran", "Ленкорань", "Lankaran"),
    ("Mingəçevir", "Мингечевир", "Mingachevir"), ("Şamaxı", "Шемаха", "Shamakhi"), ("Bərdə", "Барда", "Barda"),
    ("Yevlax", "Евлах", "Yevlakh"), ("Xaçmaz", "Хачмаз", "Khachmaz"),
)  # fmt: skip
_UNITS = (
    ("Şəhər Polis İdarəsi", "Городское управление полиции", "City Police Office"),
    ("Rayon Polis Şöbəsi", "Районный отдел полиции", "District Police Department"),
    ("İctimai Birlik", "Общественное объединение", "Public Union"), ("Məktəb 5", "Школа 5", "School 5"),
    ("İcra Hakimiyyəti", "Исполнительная власть", "Executive Power"), ("Bələdiyyə", "Муниципалитет", "Municipality"),
    ("Gənclər Evi", "Дом молодёжи", "Youth House"), ("Qadın Şurası", "Женсовет", "Women Council"),
)  # fmt: skip


@dataclass
class Composed:
    """A composed register: its rows, which pairs of ids are one person, and which are kin."""

    rows: list[dict[str, str]]
    same: set[tuple[str, str]]
    kin: set[tuple[str, str]]
    scripts: dict[str, str]


@dataclass
class _Filed:
    person: Person
    year: int
    month: int
    day: int
    phone: str
    family: int
    place: int
    unit: int


def _family(rng: random.Random, number: int, kin: float) -> list[_Filed]:
    """One person, or kin who share a surname, a house and sometimes a telephone."""
    surname = rng.choice(ALL_SURNAMES)
    father = rng.choice(MEN)
    place = rng.randrange(len(_PLACES))
    house_phone = f"050{rng.randrange(2000000, 9999999)}"

    def filed(person_: Person, year: int) -> _Filed:
        shared = rng.random() < 0.3
        phone = (
            house_phone if shared else f"0{rng.choice(['50', '51', '55', '70', '77'])}{rng.randrange(2000000, 9999999)}"
        )
        return _Filed(
            person_, year, rng.randint(1, 12), rng.randint(1, 28), phone, number, place, rng.randrange(len(_UNITS))
        )

    def one(sex: str, father_: dict[str, str] = father, surname_: dict[str, str] = surname) -> Person:
        return Person(surname_, rng.choice(MEN if sex == "m" else WOMEN), father_, sex)

    sex = "m" if rng.random() < 0.6 else "f"
    year = rng.randint(1950, 2000)
    found = [filed(one(sex), year)]
    kind = rng.random() / kin
    if kind < 0.12:  # brothers and sisters
        for _ in range(rng.choice([1, 1, 2])):
            found.append(filed(one(rng.choice("mf")), year + rng.randint(-9, 9)))
    elif kind < 0.2 and sex == "m":  # a son; now and then named after his grandfather
        given = father if rng.random() < 0.4 else rng.choice(MEN)
        found.append(filed(Person(surname, given, found[0].person.given, "m"), year + rng.randint(20, 35)))
    elif kind < 0.27 and sex == "m":  # a wife with his surname
        found.append(filed(one("f", rng.choice(MEN)), year + rng.randint(-2, 8)))
    elif kind < 0.31:  # a namesake
        found.append(
            _Filed(
                Person(surname, found[0].person.given, rng.choice(MEN), sex),
                rng.randint(1950, 2000),
                rng.randint(1, 12),
                rng.randint(1, 28),
                f"055{rng.randrange(2000000, 9999999)}",
                -number,
                rng.randrange(len(_PLACES)),
                rng.randrange(len(_UNITS)),
            )
        )
    return found


def register(
    seed: int, persons: int = 3000, records: int = 4652, rich: float = 1.0, kin: float = 1.0, parts: bool = False
) -> Composed:
    """A register of typed records in three languages.

    ``rich`` scales how often fields are filled in, ``kin`` how many families and namesakes; with ``parts`` the
    name stands in columns.
    """
    rng = random.Random(seed)
    people: list[_Filed] = []
    number = 0
    while len(people) < persons:
        number += 1
        people += _family(rng, number, kin)
    people = people[:persons]
    chosen = list(range(persons)) + [rng.randrange(persons) for _ in range(records - persons)]
    rng.shuffle(chosen)
    rows: list[dict[str, str]] = []
    by_person: dict[int, list[str]] = {}
    scripts: dict[str, str] = {}
    for at, which in enumerate(chosen):
        id_ = f"r{at}"
        filed = people[which]
        language = rng.choices(LANGUAGES, (5, 3, 2))[0]
        rows.append({"id": id_, **_typed(filed, language, rng, rich, parts)})
        by_person.setdefault(which, []).append(id_)
        scripts[id_] = language
    same = {(a, b) for ids in by_person.values() for i, a in enumerate(ids) for b in ids[i + 1 :]}
    families: dict[int, list[int]] = {}
    for which, filed in enumerate(people):
        families.setdefault(filed.family, []).append(which)
    related = {
        tuple(sorted((a, b)))
        for members in families.values()
        for i, one in enumerate(members)
        for other in members[i + 1 :]
        for a in by_person.get(one, [])
        for b in by_person.get(other, [])
    }
    return Composed(rows, {tuple(sorted(pair)) for pair in same}, related, scripts)  # type: ignore[misc]


def _typed(filed: _Filed, language: str, rng: random.Random, rich: float, parts: bool) -> dict[str, str]:
    """One record as somebody typed it."""

    def kept(share: float) -> bool:
        return rng.random() < share * rich

    who = filed.person
    surname = surname_of(spelled(who.surname, language, rng), who.sex)
    given = spelled(who.given, language, rng)
    father = spelled(who.father, language, rng)
    fathers = patronymic(father, who.sex, language, rng)
    style = rng.random()
    if parts:
        row = {
            "surname": typo(surname, rng) if rng.random() < 0.06 else surname,
            "given_name": typo(given, rng) if rng.random() < 0.06 else given,
            "patronymic": rng.choice([father, fathers]) if style < 0.7 else "",
        }
    if style < 0.5:
        name = f"{surname} {given} {fathers}"
    elif style < 0.6:
        name = f"{surname} {given} {father}"
    elif style < 0.75:
        name = f"{given} {surname}"
    elif style < 0.9:
        name = f"{surname} {given}"
    elif style < 0.95:
        name = f"{surname} {given[0]}. {father[0]}."
    else:
        name = f"{given} {fathers} {surname}"
    if language == "az" and rng.random() < 0.3:
        name = typed_plain(name, rng)
    if language == "en" and rng.random() < 0.2:
        name = f"{given} {surname}" if rng.random() < 0.5 else name
    if language != "ru" and rng.random() < 0.06:
        name = other_ending(name, rng)
    if rng.random() < 0.15:
        name = typo(name, rng)
    if rng.random() < 0.1:
        name = name.upper().replace("I", "İ") if language == "az" and rng.random() < 0.5 else name.upper()
    if not parts:
        row = {"full_name": name}
    row["sex"] = who.sex if kept(0.75) else ""
    year, month, day = filed.year, filed.month, filed.day
    slip = rng.random()
    if slip < 0.03:
        year += rng.choice([-1, 1, 10, -10])
    elif slip < 0.06:
        day = rng.randint(1, 28)
    elif slip < 0.08 and day <= 12:
        month, day = day, month
    row["birth_date"] = f"{year}-{month:02}-{day:02}" if kept(0.35) else ""
    row["birth_year"] = str(year) if not row["birth_date"] and kept(0.4) else ""
    phone = filed.phone if rng.random() < 0.85 else f"077{rng.randrange(2000000, 9999999)}"
    row["phone"] = (f"+994 {phone[1:3]} {phone[3:]}" if rng.random() < 0.5 else phone) if kept(0.45) else ""
    at = LANGUAGES.index(language)
    row["place"] = _PLACES[filed.place][at] if kept(0.6) else ""
    unit = filed.unit if rng.random() < 0.85 else rng.randrange(len(_UNITS))
    row["unit"] = _UNITS[unit][at] if kept(0.6) else ""
    return row
