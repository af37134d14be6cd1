"""Takes a name apart into surname, given name and father's name; it never changes what was stored."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from app.names.fold import fold, one_script, plain


def listed(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


SURNAME_FIRST = "surname_first"
GIVEN_FIRST = "given_first"

_SON = listed(
    """
    oğlu oglu oghlu oghli oghly ogly oglı oğlı oğli ogli ogluy ugli ugly uğlu oqlu oqli oqly оглы оглу
    оглыу оғлы оғлу огли огълы оглуй угли углы
    """
)
_DAUGHTER = listed(
    """
    qızı qizi qızi qizı qyzy qyzi qızy gizi gızı gızi gizı gyzy gyzi giziy kızı kizi kızi kizı kyzy kyzi
    ghizi ghyzy кызы гызы кизи гизи қызы ҝызы къызы гъызы кызи гызи кзы гзы qzı qzi
    """
)
_SON_SHORT = listed("o oğ og о ог оғ")
_DAUGHTER_SHORT = listed("q qz k kz g gz к кз г гз қ ҝ")
SON = "oğlu"
DAUGHTER = "qızı"
_RUSSIAN_SON = re.compile(r"(?:[oо]|[eе]|ё|ye|yo)(?:vich|viç|vi[cç]|vitch|vič|вич|вiч)$|(?:ьич|ьмич|укич|омич|нкич)$")
_RUSSIAN_DAUGHTER = re.compile(r"(?:[oо]|[eе]|ё|ye|yo)(?:vna|вна)$|(?:инична|ьична|укична|омична|inichna|ichna)$")
_ATTACHED_SON = re.compile(r"(.{3,})(?:oğlu|oglu|oghlu|oghly|ogly|оглы|оглу|оғлу|оғлы)$")
_ATTACHED_DAUGHTER = re.compile(r"(.{3,})(?:qızı|qizi|gizi|qyzy|gyzy|kyzy|kizi|кызы|гызы|қызы|гизи|кизи)$")
_SURE_SURNAME = re.compile(
    r"(?:ov|ova|ev|eva|yov|yova|off|eff|bəyli|beyli|bayli|zadə|zade|zadeh|zada|oğlu|oglu|ogly|oghlu|enko|skiy|skaya|sky|ski"
    r"|skaja|şvili|shvili|idze|adze|yants|ntsev|soy"
    r"|ов|ова|ев|ева|ёв|ёва|бейли|бекли|заде|зода|оглы|оглу|енко|ский|ская|цкий|цкая|швили|идзе|адзе)$"
)
_LIKELY_SURNAME = re.compile(r"..(?:lı|li|lu|lü|ly|lee|лы|ли|лу|лю|lılar|lar|lər|iani|yan|ян|uk|юк|чук|иани|ин|ина)$")
_GIVEN_ENDING = re.compile(r"(?:əli|ali|али|qulu|gulu|guli|quli|гулу|кули|кулу|uzuli|üzuli|узули|изули)$")
_NO_SURNAMES = listed(
    """
    əli ali aly вəли vəli vali veli али вели вали cəlal cəmil ceyhun elçin эльчин ельчин yasin ясин
    hüseyn гусейн nəsrin насрин şirin ширин ирина irina марина marina карина karina алина alina сабина
    səbinə sabina polina полина галина galina mədina madina медина мадина эмин əmin emin amin амин
    valentin valentina валентин валентина константин мартин martin рамин ramin шахин şahin shahin тахмин
    kərim екатерина кристина christina kristina ekaterina yekaterina нина nina зарина zarina регина
    regina аделина севгили sevgili qurbanəli курбанали məmmədəli мамедали şahbəyli ağaəli агаали ağali
    агали mirəli мирали heydərəli imaməli имамали hüseynəli гусейнали əbdüləli rzaəli аян ayan ruslan ян
    yan
    """
)
_TITLES = listed("mr mrs ms miss dr prof cənab г-н г-жа господин госпожа д-р проф")
_JOINING = listed(
    """
    ağa aga agha ага bəy bey bek bay бей бек бəй xan khan хан mirzə mirza мирза seyid seyyid сеид сейид
    hacı haji гаджи mir мир əbdül абдул abdul şah shah шах
    """
)
_AZERBAIJANI_LETTERS = frozenset("əƏğĞıİöÖüÜçÇşŞ")
_INITIAL = re.compile(r"^(?:[^\W\d_]|[CcSs]h|[Dd]zh|[Dd]j|[Kk]h|[Gg]h|[Zz]h|[Yy][aeu]|Дж|дж)$")
_PIECES = re.compile(r"[^\s.,;()]+\.?|[,;()]")


@dataclass(frozen=True, slots=True)
class Name:
    """One person's name, taken apart.

    ``suffix`` is "oğlu", "qızı" or "" in this canonical form whatever was typed; ``patronymic`` stands without
    it, but a Russian one keeps its -ович or -овна. ``sex_hint`` is "f", "m" or None, no more than a hint.
    """

    surname: str = ""
    given: str = ""
    patronymic: str = ""
    suffix: str = ""
    sex_hint: str | None = None

    @property
    def full(self) -> str:
        """Surname, given name, father's name and oğlu or qızı, as a form asks for them."""
        return " ".join(part for part in (self.surname, self.given, self.patronymic, self.suffix) if part)

    @property
    def given_first(self) -> str:
        """Given name and surname, as Azerbaijani and English texts name a person."""
        return " ".join(part for part in (self.given, self.surname) if part)


def capitalise(word: str, azerbaijani: bool = True) -> str:
    """A word with its first letter (and the first after each hyphen) large and the rest small.

    With ``azerbaijani`` i becomes İ and I becomes ı; else i becomes I and I becomes i.
    """
    return "-".join(_capitalise_piece(piece, azerbaijani) for piece in word.split("-"))


def _capitalise_piece(piece: str, azerbaijani: bool) -> str:
    piece = piece.replace("i̇", "i")
    if azerbaijani:
        piece = piece.replace("İ", "i").replace("I", "ı").lower()
        return ("İ" if piece[:1] == "i" else piece[:1].upper()) + piece[1:]
    piece = piece.replace("İ", "i").lower().replace("i̇", "i")
    return piece[:1].upper() + piece[1:]


def is_initial(word: str) -> bool:
    """Whether a word is one letter (or a digraph for one: "Sh.", "Дж."), with or without a dot."""
    return bool(_INITIAL.match(word.rstrip(".")))


def marker(word: str) -> str:
    """Tell oğlu from qızı in any of their spellings; an empty text for any other word."""
    word = plain(word).rstrip(".")
    return SON if word in _SON else DAUGHTER if word in _DAUGHTER else ""


_NO_SLIPS = listed("gazi kazi gizil oguz ogun agil nizi")


@lru_cache(maxsize=65536)
def slipped_marker(word: str) -> str:
    """Tell oğlu from qızı in a word with one typing slip (oğu, gzi, огы); ask only of a word after two others."""
    if not 2 < len(word) < 8 or word[0] not in "oOöÖuUqQgGkKоОуУгГкКқҚҝҜğĞ":
        return marker(word)
    exact = marker(word)
    if exact:
        return exact
    folded = fold(word)
    if not 3 <= len(folded) <= 5 or folded in _NO_SLIPS:
        return ""
    if OSA.distance(folded, "oglu") <= 1 or OSA.distance(folded, "ogli") <= 1:
        return SON
    if OSA.distance(folded, "gizi") <= 1 or OSA.distance(folded, "kizi") <= 1:
        return DAUGHTER
    return ""


def russian_patronymic(word: str) -> str:
    """Tell -ович and its like by "m", -овна by "f", any other word by an empty text."""
    word = one_script(plain(word))
    if len(word) < 6:
        return ""
    return "m" if _RUSSIAN_SON.search(word) else "f" if _RUSSIAN_DAUGHTER.search(word) else ""


@lru_cache(maxsize=65536)
def surname_likeness(word: str) -> int:
    """How much a word's ending is a surname's: 2 surely, 1 perhaps, 0 no sign, -1 a known given name."""
    word = one_script(plain(word))
    if word in _NO_SURNAMES:
        return -1
    if len(word) >= 4 and _SURE_SURNAME.search(word):
        return 2
    if len(word) >= 5 and _LIKELY_SURNAME.search(word) and not _GIVEN_ENDING.search(word):
        return 1
    return 0


def sex_of(surname: str, patronymic: str, suffix: str) -> str | None:
    """Say "f" or "m" by the father's name, else by the surname's ending; None when neither tells."""
    if suffix:
        return "m" if suffix == SON else "f"
    by_father = russian_patronymic(patronymic)
    if by_father:
        return by_father
    word = one_script(plain(surname.split(" (")[0]))
    if len(word) > 4:
        if re.search(r"(?:[oe]va|[ое]ва|ёва|skaya|skaja|ская|цкая)$", word):
            return "f"
        if re.search(r"(?:[oe]v|[ое]в|ёв|[oe]ff|skiy|ский|цкий)$", word):
            return "m"
    return None


def _pieces(text: str) -> list[str]:
    """Words (an initial keeps its dot) and the signs , ; ( ) one by one."""
    found = []
    for piece in _PIECES.findall(text):
        bare = piece.rstrip(".")
        if piece.endswith(".") and not _INITIAL.match(bare) and len(bare) > 2:
            piece = bare
        if any(letter.isalnum() for letter in piece) or piece in ",;()":
            found.append(piece)
    return found


def _tidy(word: str, azerbaijani: bool) -> str:
    bare = word.rstrip(".")
    if len(bare) > 1 and (bare.isupper() or bare.islower()) and not word.endswith("."):
        return capitalise(bare, azerbaijani)
    return word


def _join(words: list[str]) -> str:
    return " ".join(words)


def _split_attached(words: list[str]) -> list[str]:
    """Rəşidoğlu, Rəşid-oğlu as a third word becomes two; as one of two words it stays a surname."""
    if len(words) < 3 or any(marker(word) for word in words):
        return words
    for at, word in enumerate(words):
        small = plain(word)
        for pattern, mark in ((_ATTACHED_SON, SON), (_ATTACHED_DAUGHTER, DAUGHTER)):
            match = pattern.match(small)
            if match and (at == len(words) - 1 or mark == DAUGHTER):
                father = word[: len(match.group(1))].rstrip("-'’ ")
                return [*words[:at], father, mark, *words[at + 1 :]]
    return words


def _short_marker(words: list[str]) -> str:
    """oğlu or qızı for a last "o." or "q." after three written-out words, else ""."""
    if len(words) < 4 or any(is_initial(word) for word in words[:3]):
        return ""
    last = plain(words[-1]).rstrip(".")
    if last in _SON_SHORT:
        return SON
    if last in _DAUGHTER_SHORT:
        return DAUGHTER
    return ""


def _surname_first(words: list[str], order: str | None) -> bool:
    """Whether the surname leads among words that hold a surname and given names."""
    if order in (SURNAME_FIRST, GIVEN_FIRST):
        return order == SURNAME_FIRST
    first, last = words[0], words[-1]
    if is_initial(first) != is_initial(last):
        return is_initial(last)
    likeness_first, likeness_last = surname_likeness(first), surname_likeness(last)
    if likeness_first != likeness_last:
        return likeness_first > likeness_last
    return any("\u0400" <= letter <= "\u052f" for letter in first)


def _surname_and_rest(words: list[str], order: str | None, father_known: bool) -> tuple[str, str, str]:
    """Surname, given name and, when not ``father_known``, the father's bare name out of unmarked words."""
    if not words:
        return "", "", ""
    if len(words) == 1:
        word = words[0]
        enough = 2 if father_known else 1
        alone = order == SURNAME_FIRST or (order is None and surname_likeness(word) >= enough)
        return (word, "", "") if alone else ("", word, "")
    if _surname_first(words, order):
        surname, rest = words[0], words[1:]
    else:
        surname, rest = words[-1], words[:-1]
    father = ""
    if len(rest) > 1 and not father_known and not _belongs_together(rest):
        rest, father = rest[:-1], rest[-1]
    return surname, _join(rest), father


def _belongs_together(words: list[str]) -> bool:
    """Ağa Can, Əli Ağa: two words that make one given name."""
    return len(words) == 2 and any(plain(word) in _JOINING for word in words)


def parse_name(text: str, order: str | None = None) -> Name:
    """Take a name apart.

    Understands "Surname, Given Father", Azerbaijani and English given-first and Russian surname-first order
    (told by endings, the father's name and the script), oğlu/qızı in its spellings, -ович/-овна, initials, names
    in capitals. ``order`` ("surname_first", "given_first") decides instead, as a column's heading may. Never
    raises: what cannot be told apart becomes the given name.
    """
    text = unicodedata.normalize("NFC", text).replace("i̇", "i").replace("İ̇", "İ")
    azerbaijani = not _AZERBAIJANI_LETTERS.isdisjoint(text) or bool(re.search(r"[qQ](?![uU])", text))
    pieces = _pieces(text)
    surname_part: list[str] = []
    words: list[str] = []
    aside: list[str] = []
    depth = 0
    for piece in pieces:
        if piece == "(":
            depth += 1
        elif piece == ")":
            depth = max(0, depth - 1)
        elif depth:
            aside.append(piece)
        elif piece in ",;":
            if words and not surname_part:
                surname_part, words = words, []
        else:
            words.append(piece)
    if surname_part and not words:
        surname_part, words = [], surname_part
    if not words and aside:
        words, aside = aside, []
    if len(words) > 2 and plain(words[0]).rstrip(".") in _TITLES:
        words = words[1:]

    suffix = ""
    father: list[str] = []
    words = _split_attached(words)
    marked = next((at for at, word in enumerate(words) if at and marker(word)), None)
    if marked is None:
        third = 2 if not surname_part else 1
        marked = next((at for at, word in enumerate(words) if at >= third and slipped_marker(word)), None)
    after: list[str] = []
    if marked is not None:
        suffix = slipped_marker(words[marked])
        father = [words[marked - 1]]
        before, after = words[: marked - 1], words[marked + 1 :]
        words = before + after
    elif short := _short_marker([*surname_part, *words]):
        suffix = short
        father = [words[-2]]
        words = words[:-2]
    else:
        at_russian = next((at for at, word in enumerate(words) if at and russian_patronymic(word)), None)
        if at_russian is not None and (len(words) > 2 or surname_part or surname_likeness(words[0]) < 2):
            father = [words[at_russian]]
            after = words[at_russian + 1 :]
            before = words[:at_russian]
            words = before + after

    if surname_part:
        surname = _join([_tidy(word, azerbaijani) for word in surname_part])
        if not father and len(words) > 1 and not _belongs_together(words):
            words, father = words[:-1], words[-1:]
        given = _join([_tidy(word, azerbaijani) for word in words])
    else:
        words = [_tidy(word, azerbaijani) for word in words]
        if father and after and len(words) > len(after) and order is None:
            # whatever follows the father's name is the surname
            surname, given, bare = words[-1], _join(words[:-1]), ""
        else:
            if father and not after and order is None and len(words) > 1:
                # the father's name at the end is the order of forms, unless the endings say otherwise
                turned = surname_likeness(words[-1]) > max(0, surname_likeness(words[0]))
                order = GIVEN_FIRST if turned else SURNAME_FIRST
            surname, given, bare = _surname_and_rest(words, order, bool(father))
        if bare:
            father = [bare]
    if aside:
        surname = f"{surname} ({_join(aside)})".strip()
    patronymic = _join([_tidy(word, azerbaijani) for word in father])
    return Name(surname, given, patronymic, suffix, sex_of(surname, patronymic, suffix))
