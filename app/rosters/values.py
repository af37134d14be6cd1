"""Reads single values as people write them: days, telephone numbers, sex, marks of attendance; it guesses no names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.names.fold import one_script, plain
from app.rosters.grid import Cell


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MONTHS = {
    "yan": 1, "fev": 2, "mar": 3, "apr": 4, "may": 5, "iyn": 6, "iyun": 6, "iyl": 7, "iyul": 7, "avq": 8, "avg": 8,
    "sen": 9, "okt": 10, "noy": 11, "dek": 12,
    "янв": 1, "фев": 2, "мар": 3, "апр": 4, "мая": 5, "май": 5, "мае": 5, "июн": 6, "июл": 7, "авг": 8, "сен": 9,
    "окт": 10, "ноя": 11, "дек": 12,
    "jan": 1, "feb": 2, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
    "oca": 1, "sub": 2, "nis": 4, "haz": 6, "tem": 7, "agu": 8, "eyl": 9, "eki": 10, "kas": 11, "ara": 12,
}  # fmt: skip
_ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12
}  # fmt: skip
_LETTERS = str.maketrans("ıəöüğşçё", "iaougscе")
_NOISE = re.compile(
    r"[«»\"“”„'`]|\b\d{0,2}(?:cı|ci|cu|cü)\b|-(?:cı|ci|cu|cü)\b|\b(?:il|ilin|ildə|tarix\w*|doğ\w*|təvəllüd\w*|г\.?\s?р|года?|год|г"
    r"|born|th|st|nd|rd|of)\b\.?",
)
_NUMERIC = re.compile(r"(\d{1,4})\s*[./\-, ]\s*(\d{1,2}|[ivx]{1,4})\s*[./\-, ]\s*(\d{1,4})(?:[t ]\d{1,2}:\d\d.*)?")
_DAY_MONTH = re.compile(r"(\d{1,2})\s*[./]\s*(\d{1,2})\.?")
_WITH_WORD = re.compile(r"(\d{1,4})?[\s.\-/,]*([^\W\d_]{3,})[\s.\-/,]*(\d{1,2}(?=\D|$))?[\s.\-/,]*(\d{2,4})?")


_LONGEST_DATE, _LONGEST_CONTACT = 80, 200
"""Longer texts are no dates and no contacts; the patterns below take quadratic time on made-up ones."""


@dataclass(frozen=True)
class ReadDate:
    """A day, or only a year, or neither; `problem` is a code; `month_day`: day and month stood there without a year."""

    day: date | None = None
    year: int | None = None
    problem: str = ""
    month_day: bool = False


def parse_date(
    value: Cell,
    *,
    date1904: bool = False,
    month_first: bool = False,
    latest: date | None = None,
    year_optional: bool = False,
) -> ReadDate:
    """A day in any usual form: 05.11.79, 7/8/1988 (day first), «14» may 1991, 3 мая 1990 г., 1985-03-02, serials.

    `latest` decides the century of a two-digit year (today if None). Problems: date_impossible (there is no such day;
    the year is still given), date_unreadable, date_year_guessed (a bare two-digit year).
    """
    latest = latest or date.today()
    if value is None or isinstance(value, bool):
        return ReadDate() if value is None else ReadDate(problem="date_unreadable")
    if isinstance(value, datetime):
        return ReadDate(value.date(), value.year)
    if isinstance(value, date):
        return ReadDate(value, value.year)
    if isinstance(value, (int, float)):
        return _from_number(value, date1904, latest)
    if len(value) > _LONGEST_DATE:
        return ReadDate(problem="date_unreadable")
    text = _NOISE.sub(" ", plain(value))
    text = re.sub(r"\s+", " ", text).strip(" .,-/")
    if not text or not any(character.isalnum() for character in text):
        return ReadDate()
    if text.isdigit():
        return _from_number(int(text), date1904, latest) if len(text) < 9 else ReadDate(problem="date_unreadable")
    found = _NUMERIC.fullmatch(text)
    if found:
        return _numeric(found[1], found[2], found[3], month_first, latest)
    if year_optional:
        short = _DAY_MONTH.fullmatch(text)
        if short:
            return ReadDate(month_day=1 <= int(short[1]) <= 31 and 1 <= int(short[2]) <= 12)
    worded = _WITH_WORD.fullmatch(text)
    if worded:
        month = _month(worded[2])
        if month:
            return _worded(worded[1], month, worded[3], worded[4], latest, year_optional)
    alone = re.fullmatch(r"(?:.*\D)?((?:19|20)\d\d)(?:\D.*)?", text)
    if alone and len(text) <= 12:
        return ReadDate(year=int(alone[1]))
    return ReadDate(problem="date_unreadable")


def _month(word: str) -> int:
    word = word.translate(_LETTERS)
    if len(word) > 10:
        return 0
    return _MONTHS.get(word[:4], 0) or _MONTHS.get(word[:3], 0)


def _century(year: int, latest: date) -> int:
    if year >= 100:
        return year
    return 2000 + year if 2000 + year <= latest.year else 1900 + year


def _build(year: int, month: int, day: int) -> ReadDate:
    try:
        return ReadDate(date(year, month, day), year)
    except ValueError:
        return ReadDate(year=year if 1850 <= year <= 2150 else None, problem="date_impossible")


def _numeric(first: str, second: str, third: str, month_first: bool, latest: date) -> ReadDate:
    if not second.isdigit():
        month = _ROMAN.get(second, 0)
        return _build(_century(int(third), latest), month, int(first)) if month else ReadDate(problem="date_unreadable")
    a, b, c = int(first), int(second), int(third)
    if len(first) == 4:
        return _build(a, b, c) if b <= 12 or c > 12 else _build(a, c, b)
    if len(third) == 3 or len(first) == 3:
        return ReadDate(problem="date_unreadable")
    if len(third) == 1:
        return ReadDate(problem="date_unreadable")
    year = c if len(third) == 4 else _century(c, latest)
    if b > 12 and a <= 12:
        return _build(year, a, b)  # 12/25/1990 can only be month first
    return _build(year, a, b) if month_first and a <= 12 else _build(year, b, a)


def _worded(
    before: str | None, month: int, after: str | None, last: str | None, latest: date, year_optional: bool
) -> ReadDate:
    numbers = [number for number in (before, after, last) if number]
    if len(numbers) == 1:
        if len(numbers[0]) == 4:
            return ReadDate(year=int(numbers[0]))
        return ReadDate(month_day=True) if year_optional else ReadDate(problem="date_unreadable")
    if len(numbers) != 2:
        return ReadDate(problem="date_unreadable")
    first, second = numbers
    if len(first) == 4:
        return _build(int(first), month, int(second))
    return _build(_century(int(second), latest), month, int(first))


def _from_number(value: int | float, date1904: bool, latest: date) -> ReadDate:
    whole = int(value)
    if 1880 <= whole <= latest.year + 1 and whole == value:
        return ReadDate(year=whole)
    if 10 <= whole <= 99 and whole == value:
        return ReadDate(year=_century(whole, latest), problem="date_year_guessed")
    if 3_000 <= whole <= 80_000:
        start = date(1904, 1, 1) if date1904 else date(1899, 12, 30)
        return ReadDate(start + timedelta(days=whole), (start + timedelta(days=whole)).year)
    digits = str(whole)
    if len(digits) in (7, 8):
        if digits.startswith(("19", "20")) and len(digits) == 8 and int(digits[4:6]) <= 12:
            return _build(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        digits = digits.zfill(8)
        return _build(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    return ReadDate(problem="date_unreadable")


def looks_month_first(values: list[Cell]) -> bool:
    """Whether a column of texts is month first: some value can only be so, and none can only be day first."""
    month_first = day_first = 0
    for value in values:
        found = re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}", value.strip()) if isinstance(value, str) else None
        if found:
            month_first += int(found[2]) > 12 >= int(found[1])
            day_first += int(found[1]) > 12 >= int(found[2])
    return month_first > 0 and day_first == 0


_PHONE_PIECES = re.compile(
    r"(?<!\d)(?:(?:\+|00)?\s*994|8(?=[\s\-(]*0?\d{2}\D)|0)?[\s\-().]*\(?0?(\d{2})\)?[\s\-().]*(\d{3})[\s\-.]*(\d{2})[\s\-.]*(\d{2})(?!\d)"
)
_FOREIGN = re.compile(r"(?:\+|00)\s*([1-9][\d\s\-().]{6,18}\d)")
_EXTENSION = re.compile(r"(?:daxili|dax|əlavə|доб|вн|ext|x)\.?\s*\d{1,5}", re.IGNORECASE)


def parse_phones(value: Cell) -> tuple[list[str], bool]:
    """Telephone numbers as +994… (foreign ones with their own code), and whether something was left unread.

    A number without the leading 0 (Excel drops it) is a national one; seven digits have no code and stay unread.
    """
    if value is None or isinstance(value, (bool, date)):
        return [], value is not None
    text = str(int(value)) if isinstance(value, float) else str(value)[:_LONGEST_CONTACT]
    text = _EXTENSION.sub(" ", text)
    found: list[tuple[int, str]] = []
    for match in _FOREIGN.finditer(text):
        digits = re.sub(r"\D", "", match[1])
        if not digits.startswith("994") and 8 <= len(digits) <= 15:
            found.append((match.start(), "+" + digits))
            text = text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]
    for match in _PHONE_PIECES.finditer(text):
        if match[1][0] != "0":
            found.append((match.start(), "+994" + "".join(match.groups())))
            text = text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]
    phones: list[str] = []
    for _, phone in sorted(found):
        if phone not in phones:
            phones.append(phone)
    return phones, sum(character.isdigit() for character in text) >= 3


_EMAIL = re.compile(r"[\w.+'%-]+@[\w-]+(?:\.[\w-]+)+")


def parse_emails(value: Cell) -> tuple[list[str], bool]:
    """E-mail addresses in a value, and whether it holds something else."""
    if not isinstance(value, str):
        return [], value is not None
    value = value[:_LONGEST_CONTACT]
    found = [address.strip(".'").lower() for address in _EMAIL.findall(value.replace("mailto:", ""))]
    rest = _EMAIL.sub("", value.replace("mailto:", ""))
    return found, bool(re.search(r"[^\W_]", rest)) or (not found and bool(value.strip(" -–—")))


_FEMALE = _listed(
    """
    q qadin qadın qad qız qiz qizi xanim xanım k.q f fem female w woman women girl ms mrs miss ж жен женский
    женщина женск девочка девушка г-жа 0
    """
)
_MALE = _listed(
    """
    k kisi kişi kiş oglan oğlan bəy bey cənab cenab m male man men boy mr м муж мужской мужчина мужск мальчик
    г-н erkek erkək
    """
)


def parse_sex(value: Cell) -> str | None:
    """ "f" or "m" for the word or letter of three languages; None if it is neither (k is kişi, q is qadın)."""
    if isinstance(value, bool) or not isinstance(value, str):
        return None
    sign = value.strip()
    if sign in ("♀", "♂"):
        return "f" if sign == "♀" else "m"
    word = one_script(plain(value).strip(" .,/-"))
    if not word:
        return None
    if word in _FEMALE and word != "0":
        return "f"
    return "m" if word in _MALE else None


_PRESENT = _listed(
    """
    + ++ +++ v ✓ ✔ √ ☑ x х х✓ p п 1 1.0 var bəli beli yes y да д true doğru истина present here i iştirak
    istirak iştirak edib geldi gəldi gəlib qatılıb qatıldı imza imzalı imzalayıb подпись signed был была
    присутствовал присутствовала присут ok ok. ✅ ● • * attended
    """
) | {"iştirak edib", "iştirak etdi"}
_ABSENT = _listed(
    """
    - – — −- −0 0 0.0 a n н no нет false yalan ложь absent yox yoxdur yoxdu qayıb qaib gəlmədi gəlməyib gelmedi
    iştirak etməyib нб н/б отсут отсутствовал отсутствовала не был не была ✗ ✘ ☐ ❌ y/x
    """
) | {"iştirak etməyib", "не был", "не была", "did not attend"}
_SHORT = {"б": "excused", "отп": "excused", "оп": "late", "g": "late", "l": "late", "e": "excused", "ü": "excused"}
_LATE = ("gec", "опозд", "late")
_LEFT = ("erkən çıx", "çıxıb", "getdi", "ушел", "ушла", "left")
_EXCUSED = ("üzr", "xəstə", "məzun", "ezam", "уваж", "бол", "отпуск", "команд", "excused", "sick", "leave")
_SIGNED = ("imza", "подпис", "роспис", "sign")


def parse_mark(value: Cell) -> tuple[str | None, bool]:
    """A mark of attendance: (present, absent, late, left, excused or None), and whether it says "signed"."""
    if value is None:
        return None, False
    if isinstance(value, bool):
        return ("present" if value else "absent"), False
    if isinstance(value, (int, float)):
        return ("present" if value == 1 else "absent" if value == 0 else None), False
    if isinstance(value, date):
        return None, False
    text = plain(value).strip()
    bare = text.strip(" .,;:!") or text
    signed = text.startswith(_SIGNED)
    if signed or bare in _PRESENT:
        return "present", signed
    if bare in _ABSENT:
        return "absent", False
    if bare in _SHORT:
        return _SHORT[bare], False
    for state, stems in (("late", _LATE), ("left", _LEFT), ("excused", _EXCUSED)):
        if bare.startswith(stems):
            return state, False
    return None, False


_LANGUAGES = {
    "az": ("az", "türk", "turk"), "ru": ("ru", "рус"), "en": ("en", "ing", "англ", "анг"), "tr": ("tr", "турец"),
    "de": ("alman", "нем", "germ", "de"), "fr": ("fran", "fr", "фр"), "ka": ("gürc", "груз", "georg", "ka"),
    "fa": ("fars", "перс", "фарс", "pers", "fa"), "ar": ("ərəb", "араб", "arab", "ar"),
}  # fmt: skip


def parse_languages(value: Cell) -> tuple[list[str], list[str]]:
    """Language codes in a value, and the words that name no language known here."""
    if not isinstance(value, str):
        return [], [] if value is None else [str(value)]
    codes: list[str] = []
    unknown = []
    for word in re.split(r"[,;/+&\n]|\s(?:və|и|and)\s|\s-\s", plain(value)):
        word = re.sub(r"\b(?:dili?|language|язык)\b", "", word).strip(" .")
        if not word or not any(letter.isalpha() for letter in word):
            continue
        if word.startswith(("azər", "azer", "азер", "аз")):
            code: str | None = "az"
        elif word.startswith("türkiyə") or word == "türkçə":
            code = "tr"
        else:
            code = next((code for code, stems in _LANGUAGES.items() if word.startswith(stems)), None)
        if code is None:
            unknown.append(word)
        elif code not in codes:
            codes.append(code)
    return codes, unknown
