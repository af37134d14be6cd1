"""Tells by the look of a text whether it can be a name, a place, an office, a total or a closing line; knows nobody."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app.names.parse import is_initial, marker, russian_patronymic, surname_likeness
from app.rosters.headings import key_of

NO, ONE_WORD, WORDS, SURE = 0, 1, 2, 3
"""How much a text looks like a name: not at all, one word, several words, several with a name's endings."""


def _listed(text: str) -> frozenset[str]:
    """Words as they are."""
    return frozenset(text.split())


def _words(text: str) -> frozenset[str]:
    """Words in natural spelling, made comparable."""
    return frozenset(word for natural in text.split() for word in key_of(natural).split())


def _beginnings(text: str) -> re.Pattern[str]:
    """Matches texts that begin with one of these phrases, one a line or comma; "*" leaves a word's end open."""
    phrases = [phrase.strip() for phrase in re.split(r"[,\n]", text) if phrase.strip()]
    return re.compile("|".join(key_of(phrase) + (r"\w*" if phrase.endswith("*") else r"\b") for phrase in phrases))


_PLACES = _words(
    """
    rayon rayonu rayonunun rayonları şəhər şəhəri şəhərinin qəsəbə qəsəbəsi kənd kəndi məhəllə məhəlləsi küçə
    küçəsi prospekti
    bölgə bölgəsi bölgələr region regionu respublikası ərazi ərazisi icma icması bələdiyyə bələdiyyəsi
    район района районы город города г гор поселок пос село деревня область обл регион республика улица ул
    микрорайон
    district districts city town village region province county municipality republic street community site states
    """
)
_OFFICES = _words(
    """
    polis polisi idarə idarəsi şöbə şöbəsi bölmə bölməsi nazirlik nazirliyi komitə komitəsi məktəb məktəbi
    universitet universiteti
    mərkəz mərkəzi institut institutu agentlik agentliyi birlik birliyi ittifaq ittifaqı cəmiyyət cəmiyyəti
    təşkilat təşkilatı
    mmc asc qsc mtk rih şih rpi rpş bpi şpi dpş rii qht fond fondu assosiasiya lisey gimnaziya kollec akademiya
    akademiyası
    xidmət xidməti sektor sektoru klinika xəstəxana ofis ofisi
    полиция полиции отдел отдела отделение управление управления министерство комитет школа школы школе
    университет институт
    центр ооо оао зао ао нпо фонд общество союз служба филиал агентство ведомство рувд ровд рово мвд
    поликлиника больница
    police department ministry school university office center centre committee service agency llc ltd inc company
    association union foundation institution organisation organization college hospital bank unit division staff
    ngo osce
    """
)
_NO_NAMES = _words(
    """
    cəmi yekun yekunu ümumi toplam hamısı ortalama orta təlim təlimi təlimlər seminar seminarı tədbir tədbiri
    siyahı siyahısı
    iştirakçı iştirakçılar iştirakçıların iştirakçılarının qeydiyyat vərəqi vərəqəsi qeyd qeydlər tarix yer mövzu
    imza kişi qadın
    kişilər qadınlar uşaq uşaqlar nəfər sayı nömrə nömrəsi soyadı soyad adı ad atasının vəzifə vəzifəsi rütbə
    rütbəsi telefon ünvan
    hesabat yoxdur boş vakant məsul şəxs tərəfindən təsdiq edən edildi tərtib gün saatı dəqiqə ay il illik bəli
    xeyr qonaq nəticələr
    nəticə faiz qrup qrupu sinif sinfi mütəxəssis müdir rəis müəllim mayor kapitan leytenant
    итого всего сумма итог количество кол во участник участники участников список тренинг семинар мероприятие
    регистрация лист
    дата место тема подпись примечание мужчины женщины мужчин женщин дети человек чел вакансия вакант отсутствует
    нет да фамилия
    имя отчество фио должность звание телефон адрес ответственный ответственное составил составила утверждаю
    согласовано отчет
    месяц год день час группа группы класс процент среднее пол
    total totals sum subtotal average mean count number percent participant participants list training seminar
    workshop event
    meeting registration sheet form data topic signature note notes male female boys girls people persons vacant
    none null nan
    yes no not all other others unknown tbd surname name rank phone address responsible prepared approved checked
    report
    agenda break coffee lunch introduction the of this that these and with were was is are for from our your have
    has
    january february september october november december monday tuesday wednesday thursday friday saturday sunday
    yanvar fevral aprel iyun iyul avqust sentyabr oktyabr noyabr dekabr
    январь февраль март апрель июнь июль август сентябрь октябрь ноябрь декабрь basic advanced course module group
    class
    """
)
_TOTAL = _beginnings(
    """
    cəmi, yekun, yekunu, ümumi say*, ümumi cəmi, toplam, iştirakçı sayı, iştirakçıların sayı
    iştirakçıların ümumi sayı, ara cəmi
    hamısı, kişi cəmi, qadın cəmi, siyahıda, orta bal, ortalama
    итого, всего, итог, общее количество, общее число, сумма, количество участников, кол-во участников
    в том числе, среднее
    total, totals, subtotal, sub total, grand total, sum, in total, number of participants, total participants
    average, of which
    """
)
_FOOTER = _beginnings(
    """
    məsul*, imza, imzalar, tərtib ed*, tərtib et*, hazırladı, hazırlay*, təsdiq ed*, təsdiq et*, rəhbər*, sədr*
    təlimçi*, qeyd, qeydlər, müəllif, yoxladı
    yoxlayan, tarix, möhür, icraçı, qeydiyyatı apar*, qeydiyyatçı, məlumatı təqdim*, təşkilatçı*, baş mütəxəssis
    rəis*
    ответственн*, подпис*, составил*, составитель, подготовил*, утвержд*, согласован*, примечани*, проверил*
    исполнитель
    тренер*, руководител*, начальник*, директор*, секретар*, дата, м п, печать, организатор*
    responsible*, prepared*, approved*, signature*, signed*, checked*, verified*, note, notes, trainer, trainers
    facilitator*
    date, source*, completed*, compiled*, registered*, manager*, supervisor*, organiser*, organizer*
    """
)
_VACANT = _words("vakant boş boşdur vacant vacancy вакансия вакант вакантно свободно tba tbc tbd")
_RANKS = re.compile(
    r"(?:polis\s+|ədliyyə\s+|майор\s+полиции)?(?:baş\s+leytenantı?|kiçik\s+leytenantı?|leytenantı?|kapitanı?|mayoru?"
    r"|polkovnik-leytenantı?|polkovniki?|general-mayoru?|serjantı?|baş\s+serjantı?|kiçik\s+serjantı?|çavuşu?|gizir\w*)"
    r"|(?:младший\s+|старший\s+|ст\.\s*|мл\.\s*)?(?:лейтенант|сержант|л-т)(?:\s+полиции)?"
    r"|(?:генерал-)?(?:капитан|майор|подполковник|полковник|прапорщик|старшина)(?:\s+полиции)?|(?:senior\s+|junior\s+)?lieutenant(?:\s+colonel)?|captain|major|colonel|sergeant",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"\+?\(?\d[\d ()\-./]{6,20}\d")
_NUMBERED = re.compile(r"^\s*\(?\d{1,4}\s*[.)\]]\s*")
_LETTER_WORD = re.compile(r"[^\W\d_]+(?:[-'’ʼ`][^\W\d_]+)*\.?")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.){1,3}")
_PARTICLES = _listed(
    """
    bəy bey xanım xanim bek ağa aga mirzə van von der den de da di la le bin ibn al el əl о o q мл ст jr sr dr mr
    ms mrs prof и və
    """
)


@lru_cache(maxsize=32768)
def name_likeness(text: str) -> int:
    """NO, ONE_WORD, WORDS or SURE. A number in front and a remark in brackets do not count."""
    if len(text) > 200:
        return NO
    text = _NUMBERED.sub("", text.replace("\n", " ").strip())
    text = re.sub(r"\([^)]*\)", " ", text).strip()
    if (
        not text
        or len(text) > 90
        or any(sign in text for sign in "@:=_/\\?!%+*<>{}[]|№#&→←…")
        or re.search(r"\d", text)
    ):
        return NO
    words = [word for word in re.split(r"[\s,]+", text) if word.strip("-–—.")]
    if not 1 <= len(words) <= 7:
        return NO
    keys = key_of(text).split()
    if any(word in _PLACES or word in _OFFICES or word in _NO_NAMES for word in keys if len(word) > 1):
        return NO
    signs = large = small = 0
    for at, word in enumerate(words):
        if _INITIALS.fullmatch(word) or is_initial(word):
            signs += 1
            large += 1
            continue
        if not _LETTER_WORD.fullmatch(word):
            return NO
        bare = word.rstrip(".")
        if at and marker(bare):
            signs += 2
            continue
        if bare.lower() in _PARTICLES:
            continue
        if not bare[0].isupper():
            small += 1
        else:
            large += 1
        if len(bare) >= 4 and (surname_likeness(bare) > 0 or russian_patronymic(bare)):
            signs += 2 if surname_likeness(bare) > 1 or russian_patronymic(bare) else 1
    if small and (large or signs < 2):
        return NO  # "Abbasov rəis" and "also like to write stuff" are sentences; "əliyev rəşad" is a name
    named = large + small
    if named >= 2 or (named == 1 and signs > 2 and len(words) > 1):
        return SURE if signs else WORDS
    return ONE_WORD if named == 1 else NO


def is_single_name(text: str) -> bool:
    """Whether a cell of a column for surnames or given names can be one: letters, few words, no other known word."""
    if len(text) > 200:
        return False
    text = re.sub(r"\([^)]*\)", " ", text.replace("\n", " ")).strip()
    words = text.split()
    if not 1 <= len(words) <= 4 or len(text) > 60:
        return False
    if any(word in _PLACES or word in _OFFICES or word in _NO_NAMES for word in key_of(text).split() if len(word) > 1):
        return False
    return all(_LETTER_WORD.fullmatch(word) or _INITIALS.fullmatch(word) for word in words)


def is_total(text: str) -> bool:
    """Whether a line's first words are those of a total: Cəmi, Yekun, Итого, Всего, Total …"""
    return bool(_TOTAL.match(key_of(text)))


def is_footer(text: str) -> bool:
    """Whether a line closes a list: Məsul şəxs, Подпись, Prepared by, a line to sign on."""
    return "___" in text or bool(_FOOTER.match(key_of(text)))


def is_vacant(text: str) -> bool:
    """Whether a place in the list is kept for nobody yet."""
    words = key_of(text).split()
    return bool(words) and words[0] in _VACANT


def place_or_office(text: str) -> str:
    """ "site" for a place ("Binəqədi rayonu"), "organisation" for an office, "" for neither."""
    words = key_of(text).split()
    if any(word in _OFFICES for word in words):
        return "organisation"
    return "site" if any(word in _PLACES for word in words) else ""


def without_rank(text: str) -> tuple[str, str]:
    """A text without the police or army rank at its beginning or end, and that rank."""
    text = re.sub(r"^\s*\(?\d{1,4}\s*[.)\]]\s*", "", text)
    found = _RANKS.match(text)
    if found and re.match(r"[\s.,]+\S", text[found.end() :]):
        return text[found.end() :].lstrip(" .,"), found[0].strip()
    tail = re.search(rf"[,\s(]\s*({_RANKS.pattern})\)?\s*$", text, re.IGNORECASE)
    if tail and len(text[: tail.start()].split()) >= 2:
        return text[: tail.start()].rstrip(" ,("), tail[1].strip()
    return (text, "") if not _RANKS.fullmatch(text.strip()) else ("", text.strip())


@dataclass(frozen=True)
class NameCell:
    """A name cell taken apart: the name itself, a rank before or behind it, and what else stands there."""

    name: str
    rank: str = ""
    rest: str = ""


@lru_cache(maxsize=32768)
def name_cell(text: str) -> NameCell:
    """Take off what clerks put into the name column: a number, a rank, telephone, e-mail, a post behind a comma."""
    if len(text) > 200:
        return NameCell(text)  # nobody's name; the patterns below take quadratic time on made-up texts
    contacts = ""
    if any(sign.isdigit() or sign == "@" for sign in text):
        found = [*_ADDRESS.findall(text), *(number for number in _PHONE.findall(text) if number.strip())]
        for piece in found:
            text = text.replace(piece, " ")
        contacts = " ".join(found)
    name, rank = without_rank(" ".join(text.split()).strip(" ,;-–—"))
    rest = ""
    parts = re.split(r"\s*[,;]\s*|\s+[-–—]\s+", name, maxsplit=1)
    if len(parts) == 2 and name_likeness(parts[0]) >= WORDS and name_likeness(parts[1]) == NO:
        name, rest = parts[0], parts[1]
    aside = re.search(r"\(([^)]*)\)", name)
    if aside and name[: aside.start()].strip() and not aside[1][:1].isupper():
        name, rest = f"{name[: aside.start()]} {name[aside.end() :]}".strip(), rest or aside[1].strip()
    return NameCell(name, rank, f"{rest} {contacts}".strip())
