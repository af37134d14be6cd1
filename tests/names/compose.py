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
