"""Random lists of persons from a seed, with what is true of each; names are put together from common ones."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from app.rosters.grid import Cell, Grid, Range, square

SURNAMES = {
    "az": [
        "Quliyev",
        "Babayev",
        "Rzayev",
        "Əliyev",
        "Nağıyev",
        "Şükürov",
        "Abdullayev",
        "Vəliyev",
        "Hacıyev",
        "Mahmudov",
        "Talıbzadə",
        "Əsgərli",
        "Cəfərli",
    ],
    "ru": [
        "Кулиев",
        "Бабаев",
        "Рзаев",
        "Алиев",
        "Нагиев",
        "Шукюров",
        "Абдуллаев",
        "Велиев",
        "Гаджиев",
        "Махмудов",
        "Талыбзаде",
    ],
    "en": [
        "Guliyev",
        "Babayev",
        "Rzayev",
        "Aliyev",
        "Naghiyev",
        "Shukurov",
        "Smith",
        "Brown",
        "Abdullayev",
        "Hajiyev",
        "Johnson",
    ],
}
GIVEN = {
    "az": (
        ["Tural", "Orxan", "Kənan", "Emin", "Cavid", "Samir", "İlqar", "Şahin"],
        ["Günel", "Aytən", "Nərmin", "Lalə", "Səbinə", "Ülviyyə"],
    ),
    "ru": (
        ["Турал", "Орхан", "Кянан", "Эмин", "Джавид", "Самир", "Ильгар"],
        ["Гюнель", "Айтен", "Нармин", "Лала", "Сабина"],
    ),
    "en": (
        ["Tural", "Orkhan", "Kanan", "Emin", "Javid", "Samir", "John"],
        ["Gunel", "Aytan", "Narmin", "Lala", "Sabina", "Mary"],
    ),
}
FATHERS = {
    "az": ["Rafiq", "Natiq", "Elman", "Vaqif", "Zaur"],
    "ru": ["Рафик", "Натик", "Эльман", "Вагиф", "Заур"],
    "en": ["Rafig", "Natig", "Elman"],
}
HEADINGS: dict[str, dict[str, list[str]]] = {
    "number": {"az": ["№", "S/s", "Sıra №"], "ru": ["№", "№ п/п", "п/п"], "en": ["No", "#", "No."]},
    "full_name": {
        "az": [
            "Soyadı, adı, atasının adı",
            "S.A.A.",
            "Ad, soyad",
            "Soyad ad",
            "Adı, soyadı",
            "İştirakçının adı, soyadı",
            "SOYADI, ADI",
        ],
        "ru": ["ФИО", "Ф.И.О.", "Фамилия, имя, отчество", "Фамилия, имя", "ФИО участника", "Фамилия И.О."],
        "en": [
            "Full name",
            "Name and surname",
            "Participant",
            "Name of participant",
            "Participant's name",
            "Name, Surname",
        ],
    },
    "surname": {"az": ["Soyadı", "Soyad", "SOYADI"], "ru": ["Фамилия"], "en": ["Surname", "Last name", "Family name"]},
    "given": {"az": ["Adı", "Ad"], "ru": ["Имя"], "en": ["Name", "First name", "Given name"]},
    "patronymic": {"az": ["Atasının adı", "Ata adı"], "ru": ["Отчество"], "en": ["Patronymic", "Father's name"]},
    "sex": {"az": ["Cinsi", "Cins", "K/Q"], "ru": ["Пол", "Пол (м/ж)"], "en": ["Sex", "Gender", "M/F"]},
    "birth": {
        "az": ["Doğum tarixi", "Doğulduğu il", "Təvəllüdü"],
        "ru": ["Дата рождения", "Год рождения", "Дата рожд."],
        "en": ["Date of birth", "DOB", "Birth date"],
    },
    "post": {
        "az": ["Vəzifəsi", "Vəzifə", "Peşəsi"],
        "ru": ["Должность", "Профессия"],
        "en": ["Position", "Job title", "Occupation"],
    },
    "rank": {"az": ["Rütbəsi"], "ru": ["Звание"], "en": ["Rank"]},
    "organisation": {
        "az": ["Təşkilat", "İş yeri", "Qurumun adı"],
        "ru": ["Организация", "Место работы"],
        "en": ["Organisation", "Institution", "Agency"],
    },
    "site": {"az": ["Rayon", "Şəhər/rayon"], "ru": ["Район", "Город"], "en": ["District", "City"]},
    "phone": {
        "az": ["Telefon", "Əlaqə nömrəsi", "Mob. tel."],
        "ru": ["Телефон", "тел.", "Контактный телефон"],
        "en": ["Phone", "Mobile", "Contact number"],
    },
    "email": {"az": ["E-poçt", "Elektron poçt"], "ru": ["Эл. почта", "E-mail"], "en": ["E-mail", "Email address"]},
    "signature": {"az": ["İmza", "İmzası"], "ru": ["Подпись", "Роспись"], "en": ["Signature"]},
    "note": {"az": ["Qeyd"], "ru": ["Примечание", "Прим."], "en": ["Remarks", "Notes"]},
}
DAYS = {"az": ["I gün", "II gün", "III gün"], "ru": ["1 день", "2 день", "3 день"], "en": ["Day 1", "Day 2", "Day 3"]}
POSTS = {
    "az": ["müəllim", "sahə müvəkkili", "həkim", "rəis müavini"],
    "ru": ["учитель", "участковый", "врач"],
    "en": ["teacher", "inspector", "deputy head"],
}
RANKS = {"az": ["mayor", "polis kapitanı"], "ru": ["майор", "капитан полиции"], "en": ["Major", "Captain"]}
OFFICES = {
    "az": ["Gəncə RPİ", "Məktəb № 5", "Bələdiyyə"],
    "ru": ["РУВД", "Школа № 3", "НПО «Мир»"],
    "en": ["Ganja Police Office", "NGO", "School 5"],
}
SITES = {
    "az": ["Binəqədi rayonu", "Gəncə şəhəri", "Şəki", "Mingəçevir"],
    "ru": ["Бинагадинский район", "г. Гянджа", "Шеки"],
    "en": ["Sheki district", "Ganja", "Guba region"],
}
TITLES = {
    "az": [
        "TƏLİM İŞTİRAKÇILARININ SİYAHISI",
        "İcma əsaslı polis fəaliyyəti",
        "Tarix: 12-13 sentyabr 2024-cü il",
        "Keçirildiyi yer: Gəncə",
        "Qeydiyyat vərəqi",
        "Təsdiq edirəm",
    ],
    "ru": [
        "СПИСОК УЧАСТНИКОВ СЕМИНАРА",
        "15.10.2023 г.",
        "Место проведения: г. Гянджа",
        "Регистрационный лист",
        "Тема: Гендерное равенство",
    ],
    "en": [
        "LIST OF PARTICIPANTS",
        "Community Policing Training",
        "Date: 12 May 2025",
        "Venue: Ganja",
        "Registration sheet",
    ],
}
TOTALS = {
    "az": ["Cəmi: {n} nəfər", "Cəmi", "YEKUN: {n}"],
    "ru": ["Итого:", "Всего: {n} чел."],
    "en": ["Total", "Total: {n}"],
}
FOOTERS = {
    "az": [
        ["Məsul şəxs: ____________________"],
        ["Tərtib etdi:", "Həsənov R."],
        ["İmza:", "__________"],
        ["Qeyd: siyahı dəqiqləşdirilir"],
    ],
    "ru": [["Ответственный: ___________"], ["Составил:", "Гасанов Р."], ["Подпись"], ["М.П."]],
    "en": [
        ["Prepared by: ________"],
        ["Responsible person:", "Hasanov R."],
        ["Signature"],
        ["Note: list to be confirmed"],
    ],
}


@dataclass
class Truth:
    """What is true of a generated list."""

    header: tuple[int, ...]
    rows: list[int]
    surnames: list[str]
    sites: list[str | None]


def person(dice: random.Random, language: str) -> tuple[str, str, str, bool]:
    """Surname, given name, father's part and whether it is a woman."""
    woman = dice.random() < 0.45
    surname = dice.choice(SURNAMES[language])
    if woman and surname.endswith(("v", "в")):
        surname += "а" if language == "ru" else "a"
    father = dice.choice(FATHERS[language])
    if language == "az":
        father += " qızı" if woman else " oğlu"
    elif language == "ru":
        father += dice.choice([("овна" if woman else "ович"), (" кызы" if woman else " оглы")])
    return surname, dice.choice(GIVEN[language][woman]), father, woman


def generate(seed: int) -> tuple[Grid, Truth]:
    """A list and the truth about it."""
    dice = random.Random(seed)
    language = dice.choice(["az", "ru", "en"])
    lead = dice.choice([0, 0, 0, 1, 2])
    rows: list[list[Cell]] = []
    merged: list[Range] = []

    split = dice.random() < 0.4
    names = ["surname", "given", *(["patronymic"] if dice.random() < 0.7 else [])] if split else ["full_name"]
    if split and language != "ru" and dice.random() < 0.3:
        names[0], names[1] = names[1], names[0]
    others = [
        name
        for name in ("sex", "birth", "post", "rank", "organisation", "site", "phone", "email", "note")
        if dice.random() < 0.45
    ]
    dice.shuffle(others)
    before = [others.pop()] if others and dice.random() < 0.2 else []
    fields = (["number"] if dice.random() < 0.8 else []) + before + names + others
    ending = dice.choice(["none", "signature", "days", "days_below", "dates"])
    if len(fields) == 1 and ending == "none":
        ending = "signature"
    days = dice.randint(2, 3)
    if ending == "signature":
        fields.append("signature")
    elif ending in ("days", "days_below", "dates"):
        fields += ["day"] * days
    width = lead + len(fields)

    for _ in range(dice.randint(0, 4)):
        rows.append([None] * lead + [dice.choice(TITLES[language])])
        if dice.random() < 0.5 and width - lead > 1:
            merged.append((len(rows) - 1, lead, len(rows) - 1, width - 1))
        if dice.random() < 0.3:
            rows.append([])
    if rows and dice.random() < 0.5:
        rows.append([])

    heading: list[Cell] = [None] * lead
    below: list[Cell] = [None] * lead
    top = len(rows)
    two = ending == "days_below"
    seen_days = 0
    for at, name in enumerate(fields):
        if name == "day":
            seen_days += 1
            label: Cell = (
                DAYS[language][seen_days - 1]
                if ending != "dates"
                else dice.choice([date(2025, 5, 11 + seen_days), f"{11 + seen_days}.05.2025"])
            )
            if two:
                heading.append(dice.choice(HEADINGS["signature"][language]) if seen_days == 1 else None)
                below.append(label)
            else:
                heading.append(label)
        else:
            heading.append(dice.choice(HEADINGS[name][language]))
            below.append(None)
            if two:
                merged.append((top, lead + at, top + 1, lead + at))
    if two:
        first = lead + fields.index("day")
        merged.append((top, first, top, first + days - 1))
    rows.append(heading)
    if two:
        rows.append(below)
    header = (top + 1, top + 2) if two else (top + 1,)

    truth = Truth(header, [], [], [])
    sectioned = "site" not in fields and dice.random() < 0.4
    site: str | None = None
    count = dice.randint(2, 25)
    sparse = dice.random() < 0.3
    if dice.random() < 0.1 and "number" in fields:
        rows.append([None] * lead + list(range(1, len(fields) + 1)))
    for number in range(1, count + 1):
        if sectioned and (number == 1 or dice.random() < 0.15):
            site = dice.choice(
                [name for name in SITES[language] if " " in name or "г." in name or dice.random() < 0.5]
                or SITES[language]
            )
            rows.append([None] * lead + [site])
            merged.append((len(rows) - 1, lead, len(rows) - 1, width - 1))
        elif dice.random() < 0.05:
            rows.append([])
        if dice.random() < 0.03 and number > 1:
            rows.append(list(heading))
            if two:
                rows.append(list(below))
        rows.append([None] * lead + body(dice, language, fields, number, sparse, truth))
        truth.rows.append(len(rows))
        truth.sites.append(site)
    if dice.random() < 0.3:
        rows += [[None] * lead + ([count + n] if "number" in fields else []) for n in range(1, dice.randint(2, 5))]
    if dice.random() < 0.5:
        rows.append([])
    if dice.random() < 0.5:
        rows.append([None] * lead + [dice.choice(TOTALS[language]).format(n=count)])
        rows.append([])
    for line in dice.sample(FOOTERS[language], dice.randint(0, 3)):
        if dice.random() < 0.5:
            rows.append([])
        rows.append([None] * lead + list(line))
    return square(dice.choice(["Sheet1", "Siyahı", "Список", "Лист1", "List"]), rows, merged=merged), truth


def body(dice: random.Random, language: str, fields: list[str], number: int, sparse: bool, truth: Truth) -> list[Cell]:
    """One person's row; notes the surname in the truth."""
    spoken = language if dice.random() < 0.85 else dice.choice(["az", "ru", "en"])
    surname, given, father, woman = person(dice, spoken)
    truth.surnames.append(surname)
    whole = dice.choice(
        [
            f"{surname} {given} {father}",
            f"{surname} {given}",
            f"{given} {surname}",
            f"{surname.replace('i', 'İ').upper() if spoken == 'az' else surname.upper()} {given}",
            f"{surname}  {given} ",
            f"{surname} {given[0]}.",
        ]
    )
    cells: list[Cell] = []
    day = date(dice.randint(1955, 2003), dice.randint(1, 12), dice.randint(1, 28))
    for name in fields:
        missing = dice.random() < (0.5 if sparse else 0.1)
        value: Cell = None
        if name == "number":
            value = number
        elif name == "full_name":
            value = whole
        elif name in ("surname", "given", "patronymic"):
            value = {"surname": surname, "given": given, "patronymic": father}[name]
            if name == "patronymic" and missing:
                value = None
        elif missing:
            value = None
        elif name == "sex":
            value = {"az": ("K", "Q"), "ru": ("м", "ж"), "en": ("M", "F")}[language][woman]
        elif name == "birth":
            value = dice.choice(
                [day, day.strftime("%d.%m.%Y"), day.year, day.strftime("%d/%m/%y"), str(day.year), day.isoformat()]
            )
        elif name in ("post", "rank", "organisation", "site"):
            value = dice.choice({"post": POSTS, "rank": RANKS, "organisation": OFFICES, "site": SITES}[name][language])
        elif name == "phone":
            digits = f"{dice.choice(['50', '55', '70', '77'])}{dice.randint(2000000, 9999999)}"
            value = dice.choice(
                [
                    int(digits),
                    f"0{digits}",
                    f"+994{digits}",
                    f"(0{digits[:2]}) {digits[2:5]}-{digits[5:7]}-{digits[7:]}",
                ]
            )
        elif name == "email":
            value = f"p{number}@example.az"
        elif name == "day":
            value = dice.choice(["+", "+", "-", None, "imza"])
        elif name == "signature":
            value = dice.choice([None, None, "imza"])
        elif name == "note":
            value = dice.choice([None, "gecikdi", "перевод"])
        cells.append(value)
    return cells
