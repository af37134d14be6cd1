"""Composed workbooks as coordinators send them, names made up, with what must be found in each; reads nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl

Rows = list[list[Any]]


@dataclass
class Expected:
    """Of one sheet: header rows (from 1), number of persons, some fields of the n-th person; header None: no roster."""

    header: tuple[int, ...] | None
    persons: int = 0
    first: int | None = None
    fields: dict[int, dict[str, Any]] = field(default_factory=dict)
    names: list[str] | None = None


@dataclass
class Layout:
    """One workbook: sheets as (title, rows, joined areas like "A1:D1")."""

    name: str
    sheets: list[tuple[str, Rows, list[str]]]
    expected: list[Expected]

    def write(self, folder: Path) -> Path:
        """Write it as xlsx; returns the path."""
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows, joined in self.sheets:
            sheet = book.create_sheet(title)
            for number, row in enumerate(rows, 1):
                for column, value in enumerate(row, 1):
                    if value is not None:
                        sheet.cell(number, column, value)
            for area in joined:
                sheet.merge_cells(area)
        path = folder / f"{self.name}.xlsx"
        book.save(path)
        return path


def one(name: str, rows: Rows, expected: Expected, joined: list[str] | None = None, title: str = "Sheet1") -> Layout:
    return Layout(name, [(title, rows, joined or [])], [expected])


AZ = [
    "Quliyev Tural Rafiq oğlu", "Səfərova Günel Natiq qızı", "Babayev Orxan Elman oğlu", "İsmayılova Aytən Vaqif qızı",
    "Rzayev Kənan Fikrət oğlu", "Şükürov Emin Tofiq oğlu", "Vəliyeva Nərmin Arif qızı", "Əhmədov Cavid Zaur oğlu",
]  # fmt: skip
RU = ["Кулиев Турал Рафикович", "Сафарова Гюнель Натиговна", "Бабаев Орхан Эльманович", "Исмайлова Айтен Вагифовна"]
SPLIT = [("Quliyev", "Tural", "Rafiq oğlu"), ("Səfərova", "Günel", "Natiq qızı"), ("Babayev", "Orxan", "Elman")]

LAYOUTS = [
    one(
        "plain_first_row",
        [["№", "Ad, soyad", "Vəzifə", "Telefon"]]
        + [[n, name, "sahə müvəkkili", f"050 555 12 {n:02d}"] for n, name in enumerate(AZ, 1)],
        Expected(
            (1,),
            8,
            2,
            {
                0: {
                    "surname": "Quliyev",
                    "given": "Tural",
                    "patronymic": "Rafiq",
                    "suffix": "oğlu",
                    "phone": "+994505551201",
                    "post": "sahə müvəkkili",
                }
            },
        ),
    ),
    one(
        "split_names_title_rows",
        [
            ["Təsdiq edirəm"],
            [None],
            ["TƏLİM İŞTİRAKÇILARININ SİYAHISI"],
            ["Gəncə, 14 may 2025"],
            [None],
            ["S/s", "Soyadı", "Adı", "Atasının adı", "Rütbəsi", "Xidmət yeri", "Doğum ili"],
        ]
        + [[n, *parts, "polis mayoru", "Gəncə ŞBPİ", 1980 + n] for n, parts in enumerate(SPLIT, 1)],
        Expected(
            (6,),
            3,
            7,
            {
                0: {
                    "surname": "Quliyev",
                    "given": "Tural",
                    "patronymic": "Rafiq",
                    "suffix": "oğlu",
                    "rank": "polis mayoru",
                    "unit": "Gəncə ŞBPİ",
                    "birth_year": 1981,
                },
                2: {"patronymic": "Elman"},
            },
        ),
        ["A3:G3", "A4:G4"],
    ),
    one(
        "joined_two_row_header",
        [
            ["Ведомость регистрации участников"],
            ["№", "ФИО участника", None, None, "Контакты", None, "Явка", None],
            [None, "Фамилия", "Имя", "Отчество", "Телефон", "Эл. почта", "12.05.2025", "13.05.2025"],
            [1, "Кулиев", "Турал", "Рафикович", "+994 50 555 11 22", "t.guliyev@example.az", "+", "+"],
            [2, "Сафарова", "Гюнель", "Натиговна", "0555551123", None, "+", "н"],
            [3, "Бабаев", "Орхан", None, None, "o.babayev@example.az", None, "+"],
            ["Итого", None, None, None, None, None, 2, 2],
            [None],
            ["Ответственный:", "Гасанов Р."],
        ],
        Expected(
            (2, 3),
            3,
            4,
            {
                0: {
                    "surname": "Кулиев",
                    "given": "Турал",
                    "patronymic": "Рафикович",
                    "phone": "+994505551122",
                    "email": "t.guliyev@example.az",
                }
            },
        ),
        ["A1:H1", "A2:A3", "B2:D2", "E2:F2", "G2:H2"],
    ),
    one(
        "english_days",
        [
            ["Police Assistance Training"],
            ["Date:", date(2025, 5, 12)],
            [],
            ["No", "First Name", "Last Name", "Sex", "Position", "Organization", "Day 1", "Day 2", "Day 3"],
            [1, "Kamala", "Rzayeva", "F", "Inspector", "Ganja Police Office", "P", "P", "A"],
            [2, "Tural", "Guliyev", "M", "Officer", "Ganja Police Office", "P", "A", "P"],
            [None, "Total", None, None, None, None, 2, 1, 1],
        ],
        Expected((4,), 2, 5, {0: {"surname": "Rzayeva", "given": "Kamala", "sex": "f", "post": "Inspector"}}),
    ),
    one(
        "cyrillic_fio_totals",
        [["СПИСОК"], ["№ п/п", "Ф.И.О.", "Должность", "Год рожд."]]
        + [[n, name, "участковый", 1975 + n] for n, name in enumerate(RU, 1)]
        + [["Всего: 4 чел."], ["Подпись ____________"]],
        Expected((2,), 4, 3, {1: {"surname": "Сафарова", "given": "Гюнель", "birth_year": 1977, "sex_hint": "f"}}),
    ),
    one(
        "dates_as_text",
        [
            ["Soyadı, adı", "Doğum tarixi"],
            ["Quliyev Tural", "1.2.83"],
            ["Səfərova Günel", "3 aprel 1990-cı il"],
            ["Babayev Orxan", "1979/12/31"],
            ["Rzayev Kənan", "12 декабря 1988 г."],
            ["Şükürov Emin", "March 4, 1991"],
            ["Vəliyeva Nərmin", datetime(1993, 6, 7)],
            ["Əhmədov Cavid", "31.02.1990"],
            ["Əliyev Samir", "bilinmir"],
        ],
        Expected(
            (1,),
            8,
            2,
            {
                0: {"birth_date": date(1983, 2, 1)},
                1: {"birth_date": date(1990, 4, 3)},
                2: {"birth_date": date(1979, 12, 31)},
                3: {"birth_date": date(1988, 12, 12)},
                4: {"birth_date": date(1991, 3, 4)},
                5: {"birth_date": date(1993, 6, 7)},
            },
        ),
    ),
    Layout(
        "several_sheets",
        [
            ("Gün 1", [["№", "Ad Soyad", "İmza"], [1, "Quliyev Tural", "imza"], [2, "Səfərova Günel", None]], []),
            ("Gün 2", [["№", "Ad Soyad", "İmza"], [1, "Quliyev Tural", None], [2, "Babayev Orxan", "imza"]], []),
            ("Xülasə", [["Göstərici", "Say"], ["İştirakçı", 3], ["Qadın", 1], ["Kişi", 2], ["Cəmi", 3]], []),
            (
                "Ayarlar",
                [
                    ["Vəzifə", "Rütbə", "Ad"],
                    ["müəllim", "mayor", "Quliyev Tural"],
                    ["həkim", "kapitan", "Səfərova Günel"],
                ],
                [],
            ),
            ("Boş", [], []),
        ],
        [Expected((1,), 2), Expected((1,), 2), Expected(None), Expected(None), Expected(None)],
    ),
    one(
        "blank_rows_between",
        [
            [None],
            [None, "№", "Soyad Ad", "Qurum"],
            [None],
            [None, 1, "Quliyev Tural", "Məktəb № 5"],
            [None],
            [None],
            [None, 2, "Səfərova Günel", "Bələdiyyə"],
            [None],
            [None, 3, "Babayev Orxan", "QHT"],
            [None],
            [None],
            [None, None, "Təlimçi: Həsənov Rauf"],
            [None, None, "Həsənov Rauf"],
        ],
        Expected((2,), 3, None, {2: {"surname": "Babayev", "organisation": "QHT"}}),
    ),
    one(
        "nominal_matrix_numbers",
        [["Davamiyyət cədvəli, may 2025"], ["№", "Soyadı, adı, atasının adı", *range(1, 11), "Cəmi"]]
        + [[n, name, *["+" if (n + d) % 3 else "-" for d in range(10)], 7] for n, name in enumerate(AZ[:5], 1)]
        + [["Cəmi", None, *[4] * 10, 35]],
        Expected((2,), 5, 3),
    ),
    one(
        "nominal_matrix_dates",
        [
            ["Name", date(2025, 5, 12), date(2025, 5, 13), date(2025, 5, 14)],
            ["Tural Guliyev", True, True, False],
            ["Gunel Safarova", True, False, True],
            ["Total", 2, 1, 1],
        ],
        Expected((1,), 2, 2),
    ),
    one(
        "persons_across",
        [
            ["Attendance"],
            ["Tarix", "Quliyev Tural", "Səfərova Günel", "Babayev Orxan", "Cəmi"],
            ["12.05.2025", "+", "+", "-", 2],
            ["13.05.2025", "+", "-", "-", 1],
            ["14.05.2025", None, "+", "+", 2],
            ["Yekun", 2, 2, 1, 5],
        ],
        Expected((2,), 3, None, names=["Quliyev", "Səfərova", "Babayev"]),
    ),
    one(
        "district_rows",
        [
            ["№", "S.A.A.", "Vəzifəsi"],
            ["Şəki rayonu"],
            [1, AZ[0], "müəllim"],
            [2, AZ[1], "həkim"],
            ["Cəmi: 2"],
            ["Zaqatala rayonu"],
            [3, AZ[2], "müəllim"],
            ["Cəmi: 1"],
            ["Yekun: 3"],
        ],
        Expected((1,), 3, None, {0: {"site": "Şəki rayonu"}, 2: {"site": "Zaqatala rayonu"}}),
        ["A2:C2", "A6:C6"],
    ),
    one(
        "district_rows_without_word",
        [
            ["№", "Soyadı və adı", "Peşəsi", "Tel"],
            ["GƏNCƏ"],
            [1, "Quliyev Tural", "müəllim", 505551122],
            [2, "Səfərova Günel", "həkim", None],
            ["MİNGƏÇEVİR"],
            [3, "Babayev Orxan", "sürücü", 705551122],
        ],
        Expected((1,), 3, None, {0: {"site": "GƏNCƏ", "phone": "+994505551122"}, 2: {"site": "MİNGƏÇEVİR"}}),
        ["A2:D2", "A5:D5"],
    ),
    one(
        "district_only_in_first_row",
        [
            ["Rayon", "Soyad", "Ad"],
            ["Şəki", "Quliyev", "Tural"],
            [None, "Səfərova", "Günel"],
            [None, "Babayev", "Orxan"],
            ["Quba", "Rzayev", "Kənan"],
            [None, "Şükürov", "Emin"],
        ],
        Expected((1,), 5, 2, {1: {"site": "Şəki"}, 4: {"site": "Quba"}}),
    ),
    one(
        "header_repeated_each_page",
        [
            ["№", "ФИО", "Организация"],
            [1, RU[0], "РУВД"],
            [2, RU[1], "школа"],
            ["№", "ФИО", "Организация"],
            [3, RU[2], "РУВД"],
        ],
        Expected((1,), 3),
    ),
    one(
        "column_numbers_below_header",
        [
            ["№", "Фамилия, имя, отчество", "Должность", "Подпись"],
            [1, 2, 3, 4],
            [1, RU[0], "инспектор", None],
            [2, RU[1], "инспектор", None],
        ],
        Expected((1,), 2),
    ),
    one(
        "spare_numbered_rows",
        [["№", "Ad, soyad, ata adı", "İmza"], *[[n, AZ[n - 1] if n < 4 else None, None] for n in range(1, 21)]],
        Expected((1,), 3),
    ),
    one(
        "two_lists_side_by_side",
        [
            ["Siyahı"],
            ["№", "Ad soyad", "Tel", None, "№", "Ad soyad", "Tel"],
            [1, "Quliyev Tural", "0505551101", None, 4, "Rzayev Kənan", "0505551104"],
            [2, "Səfərova Günel", "0505551102", None, 5, "Şükürov Emin", "0505551105"],
            [3, "Babayev Orxan", "0505551103", None, None, None, None],
        ],
        Expected((2,), 5, names=["Quliyev", "Səfərova", "Babayev", "Rzayev", "Şükürov"]),
    ),
    one(
        "summary_beside",
        [
            ["№", "Ad soyad", "Cins", None, "Cins", "Say"],
            [1, "Quliyev Tural", "K", None, "Kişi", 2],
            [2, "Səfərova Günel", "Q", None, "Qadın", 1],
            [3, "Babayev Orxan", "K", None, "Cəmi", 3],
        ],
        Expected((1,), 3, 2, {0: {"sex": "m"}, 1: {"sex": "f"}}),
    ),
    one(
        "summary_below",
        [
            ["№", "ФИО", "Пол"],
            [1, RU[0], "м"],
            [2, RU[1], "ж"],
            [3, RU[2], "м"],
            [],
            ["Пол", "Количество"],
            ["Мужчины", 2],
            ["Женщины", 1],
            ["Всего", 3],
        ],
        Expected((1,), 3),
    ),
    one(
        "bilingual_header",
        [
            [
                "№",
                "Soyadı, adı / Фамилия, имя / Full name",
                "Qurum / Организация / Organisation",
                "İmza / Подпись / Signature",
            ],
            [1, "Quliyev Tural", "Şəki RPŞ", None],
            [2, "Гасанов Рауф", "школа", None],
            [3, "John Smith", "OSCE", None],
        ],
        Expected((1,), 3),
    ),
    one(
        "bilingual_two_rows",
        [
            ["№", "Soyadı, adı", "Vəzifəsi", "Təşkilat"],
            ["№", "Фамилия, имя", "Должность", "Организация"],
            [1, "Quliyev Tural", "inspektor", "RPŞ"],
            [2, "Səfərova Günel", "müəllim", "məktəb"],
        ],
        Expected((1, 2), 2),
    ),
    one(
        "no_header_at_all",
        [[1, AZ[0], "müəllim", "0505551101"], [2, AZ[1], "həkim", "0505551102"], [3, AZ[2], "sürücü", "0505551103"]],
        Expected((), 3, 1, {0: {"phone": "+994505551101"}}),
    ),
    one(
        "only_names",
        [["İştirakçılar"], [None], *[[name] for name in AZ]],
        Expected((1,), 8),
    ),
    one(
        "names_without_diacritics",
        [
            ["No", "Soyadi, adi, atasinin adi", "Vezifesi", "Elaqe nomresi", "Dogum tarixi"],
            [1, "GULIYEV TURAL RAFIQ OGLU", "SAHE MUVEKKILI", "994505551122", "01.02.1983"],
            [2, "SEFEROVA GUNEL NATIQ QIZI", "MUELLIM", "(055)5551122", "1990"],
        ],
        Expected(
            (1,),
            2,
            2,
            {0: {"phone": "+994505551122", "birth_date": date(1983, 2, 1), "sex_hint": "m"}, 1: {"birth_year": 1990}},
        ),
    ),
    one(
        "ranks_and_remarks_in_name",
        [
            ["№", "Rütbəsi, soyadı, adı", "Qeyd"],
            [1, "polis mayoru Quliyev Tural Rafiq oğlu", None],
            [2, "Səfərova Günel (tərcüməçi)", "gecikdi"],
            [3, "mayor Babayev Orxan", None],
        ],
        Expected(
            (1,),
            3,
            None,
            {0: {"surname": "Quliyev", "rank": "polis mayoru"}, 1: {"surname": "Səfərova"}, 2: {"surname": "Babayev"}},
        ),
    ),
    one(
        "sex_columns_marked",
        [
            ["№", "Ad, soyad", "Cins", None, "Yaş"],
            [None, None, "Kişi", "Qadın", None],
            [1, "Quliyev Tural", "+", None, 34],
            [2, "Səfərova Günel", None, "+", 41],
        ],
        Expected((1, 2), 2, 3, {0: {"sex": "m", "age": "34"}, 1: {"sex": "f"}}),
        ["A1:A2", "B1:B2", "C1:D1", "E1:E2"],
    ),
    one(
        "vacant_and_dashes",
        [
            ["№", "ФИО", "Должность"],
            [1, RU[0], "инспектор"],
            [2, "вакансия", "инспектор"],
            [3, "-", "инспектор"],
            [4, RU[1], "инспектор"],
        ],
        Expected((1,), 2),
    ),
    one(
        "events_not_persons",
        [
            ["Tədbirlər planı"],
            ["№", "Tədbirin adı", "Tarix", "Keçirildiyi yer", "İştirakçı sayı", "Məsul şəxs"],
            [1, "Açıq Qapı Günü", "12.05.2025", "Gəncə", 120, "Quliyev T."],
            [2, "İcma görüşü", "13.05.2025", "Şəki", 35, "Səfərova G."],
        ],
        Expected(None),
    ),
    one(
        "summary_by_district",
        [
            ["Район", "Участников", "Мужчин", "Женщин"],
            ["Гянджа", 25, 15, 10],
            ["Шеки", 18, 8, 10],
            ["Итого", 43, 23, 20],
        ],
        Expected(None),
    ),
    one(
        "names_of_places",
        [
            ["Name", "Type", "Population"],
            ["Ganja City", "city", 332000],
            ["New York", "city", 8000000],
            ["Sheki District", "district", 190000],
        ],
        Expected(None),
    ),
    one(
        "budget",
        [
            ["Item name", "Quantity", "Price"],
            ["Blue Pen", 40, 0.5],
            ["Coffee Break", 2, 120],
            ["Hall Rent", 1, 300],
            ["Total", None, 620],
        ],
        Expected(None),
    ),
    one(
        "agenda",
        [
            ["Saat", "Mövzu", "Təlimçi"],
            ["09:00", "Giriş", "Quliyev Tural"],
            ["10:00", "Gender", "Səfərova Günel"],
            ["11:00", "Fasilə", None],
        ],
        Expected(None),
    ),
    one(
        "surname_with_initials",
        [
            ["№", "Фамилия И.О.", "Телефон"],
            [1, "Кулиев Т.Р.", "050 5551101"],
            [2, "Сафарова Г. Н.", "050 5551102"],
            [3, "Бабаев О.", None],
        ],
        Expected((1,), 3, 2, {0: {"surname": "Кулиев"}}),
    ),
    one(
        "first_names_only",
        [
            ["Name", "Age", "Gender", "Phone"],
            ["Tural", 31, "M", "0505551101"],
            ["Günel", 28, "F", "0505551102"],
            ["Orxan", 45, "M", "0505551103"],
        ],
        Expected((1,), 3),
    ),
    one(
        "comma_names",
        [
            ["#", "Last Name, First Name", "E-mail"],
            [1, "Guliyev, Tural", "t@example.org"],
            [2, "Safarova, Gunel", "g@example.org"],
        ],
        Expected((1,), 2, 2, {0: {"surname": "Guliyev", "given": "Tural"}}),
    ),
    one(
        "given_with_patronymic",
        [
            ["№", "Фамилия", "Имя, отчество", "Телефон"],
            [1, "Кулиев", "Турал Рафикович", "0505551101"],
            [2, "Алиев", "Самир Заур оглы", None],
        ],
        Expected(
            (1,),
            2,
            2,
            {
                0: {"surname": "Кулиев", "given": "Турал", "patronymic": "Рафикович"},
                1: {"surname": "Алиев", "given": "Самир", "patronymic": "Заур", "suffix": "oğlu"},
            },
        ),
    ),
    one(
        "organisation_joined_down",
        [
            ["Təşkilat", "Ad, soyad", "Vəzifə"],
            ["Gəncə RPİ", "Quliyev Tural", "rəis"],
            [None, "Səfərova Günel", "inspektor"],
            ["Məktəb 5", "Babayev Orxan", "müəllim"],
        ],
        Expected((1,), 3, 2, {1: {"organisation": "Gəncə RPİ"}, 2: {"organisation": "Məktəb 5"}}),
        ["A2:A3"],
    ),
    one(
        "wide_name_cells",
        [
            ["QEYDİYYAT VƏRƏQİ"],
            ["№", "Ad, soyad", None, None, "İmza"],
            [1, "Quliyev Tural", None, None, None],
            [2, "Səfərova Günel", None, None, None],
            [None, "Babayev Orxan", None, None, None],
        ],
        Expected((2,), 3),
        ["A1:E1", "B2:D2", "B3:D3", "B4:D4", "B5:D5"],
    ),
    one(
        "participants_then_trainers",
        [
            ["№", "ФИО", "Место работы, должность"],
            [1, RU[0], "РУВД, инспектор"],
            [2, RU[1], "Школа № 3, учитель"],
            [],
            ["Тренеры:"],
            ["Гасанов Рауф"],
            ["Ахмедова Лала"],
        ],
        Expected((1,), 2, None, {0: {"post": "инспектор", "organisation": "РУВД"}}),
    ),
    one(
        "second_table_below",
        [
            ["№", "Ad soyad", "Tel"],
            [1, "Quliyev Tural", "0505551101"],
            [],
            ["№", "Qurum", "Ad soyad", "Tel"],
            [1, "RPŞ", "Babayev Orxan", "0505551103"],
            [2, "RPŞ", "Rzayev Kənan", None],
        ],
        Expected((1,), 3, names=["Quliyev", "Babayev", "Rzayev"]),
    ),
    one(
        "group_labels_over_header",
        [
            ["Şəxsi məlumat", None, None, "Əlaqə", None],
            ["№", "Soyad", "Ad", "Telefon", "E-poçt"],
            [1, "Quliyev", "Tural", "0505551101", "t@example.az"],
            [2, "Səfərova", "Günel", None, None],
        ],
        Expected((1, 2), 2, 3),
        ["A1:C1", "D1:E1"],
    ),
    one(
        "tests_before_and_after",
        [
            ["Code", "Participant", "Pre-test", "Post-test"],
            ["A1", "Tural Guliyev", 12, 19],
            ["A2", "Gunel Safarova", "8/20", "17/20"],
            ["Average", None, 10, 18],
        ],
        Expected((1,), 2, 2, {0: {"pre_test": 12.0, "post_test": 19.0}, 1: {"pre_test": 8.0}}),
    ),
    one(
        "form_letter_above",
        [
            ["Hörmətli cənab Quliyev,"],
            ["Sizə 12.05.2025 tarixli təlimin iştirakçılarını təqdim edirik."],
            ["Hörmətlə, Həsənov Rauf"],
            [],
            ["Sıra №-si", "İştirakçının soyadı, adı, atasının adı", "İş yeri və vəzifəsi", "Qeyd"],
            [1, AZ[3], "Bərdə RPŞ, müvəkkil", None],
            [2, AZ[4], "Bərdə RPŞ, müvəkkil", "tərcümə lazımdır"],
            [],
            ["Rəis:", None, "Həsənov Rauf"],
            ["polis polkovniki"],
        ],
        Expected((5,), 2, 6),
    ),
    one(
        "lower_case_names",
        [
            ["№", "ad soyad", "telefon"],
            [1, "quliyev tural", "0505551101"],
            [2, "səfərova günel", "0505551102"],
            [3, "babayev orxan elman oğlu", None],
        ],
        Expected((1,), 3),
    ),
    one(
        "capital_headings_az",
        [
            ["SIRA", "SOYADI", "ADI", "ATASININ ADI", "CİNSİ", "TƏVƏLLÜDÜ", "YAŞAYIŞ YERİ"],
            [1, "QULİYEV", "TURAL", "RAFİQ", "KİŞİ", "01.02.1983", "GƏNCƏ"],
            [2, "SƏFƏROVA", "GÜNEL", "NATİQ", "QADIN", "1990", "ŞƏKİ"],
        ],
        Expected(
            (1,),
            2,
            2,
            {
                0: {
                    "surname": "Quliyev",
                    "given": "Tural",
                    "sex": "m",
                    "site": "GƏNCƏ",
                    "birth_date": date(1983, 2, 1),
                },
                1: {"sex": "f"},
            },
        ),
    ),
    one(
        "hired_staff",
        [
            ["Data most recently refreshed on:", "Dec-27 2024"],
            [
                "First Name",
                "Last Name",
                "Employee Status",
                "Subject",
                "Hire Date",
                "% Allocated",
                "Full time?",
                "do not edit! --->",
                "Certification",
            ],
            ["Jason", "Bourne", "Teacher", "PE", 39690, 0.75, "Yes", None, "Physical ed"],
            ["Alicia", "Keys", "Teacher", "Music", 37118, 1, "Yes", None, None],
            [],
            ["Ada", "Lovelace", "Teacher", None, 38572, 1, "Yes", None, "PENDING"],
            ["Chien-Shiung", "Wu", "Teacher", "Physics", 11037, 0.5, "No", None, None],
        ],
        Expected((2,), 4),
    ),
    one(
        "google_form",
        [
            [
                "Timestamp",
                "Email Address",
                "Adınız və soyadınız",
                "Hansı təşkilatı təmsil edirsiniz?",
                "Vəzifəniz",
                "Əlaqə nömrəniz",
                "Qida məhdudiyyətiniz varmı?",
            ],
            [
                datetime(2025, 5, 1, 10, 3, 22),
                "t@example.az",
                "Tural Quliyev",
                "Gənclər təşkilatı",
                "üzv",
                505551101,
                "yox",
            ],
            [
                datetime(2025, 5, 1, 11, 3, 22),
                "g@example.az",
                "günel səfərova",
                "ADA Universiteti",
                "tələbə",
                "050 555 11 02",
                None,
            ],
        ],
        Expected(
            (1,),
            2,
            2,
            {0: {"surname": "Quliyev", "email": "t@example.az", "phone": "+994505551101"}, 1: {"surname": "Səfərova"}},
        ),
    ),
    one(
        "conference_call_report",
        [
            ["Meeting ID", "Topic", "Start Time", "End Time", "User Email", "Duration (Minutes)", "Participants"],
            ["812 3456 7890", "Weekly meeting", "05/12/2025 10:00", "05/12/2025 11:00", "office@example.org", 60, 2],
            [],
            ["Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest"],
            ["Tural Guliyev", "t@example.org", "05/12/2025 10:00", "05/12/2025 11:00", 60, "No"],
            ["Gunel Safarova", None, "05/12/2025 10:01", "05/12/2025 11:00", 59, "Yes"],
            ["iPhone", None, "05/12/2025 10:01", "05/12/2025 10:20", 19, "Yes"],
        ],
        Expected((4,), 2),
    ),
    one(
        "numbers_in_names",
        [
            ["İştirakçıların siyahısı"],
            ["Soyad, ad", "Telefon"],
            ["1. Quliyev Tural", "0505551101"],
            ["2. Səfərova Günel", "0505551102"],
            ["3) Babayev Orxan", None],
        ],
        Expected((2,), 3, 3, names=["Quliyev", "Səfərova", "Babayev"]),
    ),
    one(
        "starts_far_right",
        [
            [None],
            [None, None, None, "Full\nName *", "Rank", "Mobile\nphone"],
            [None, None, None, "Tural  Guliyev ", "Major", "50 555 11 01"],
            [None, None, None, "Ms. Gunel Safarova", "Captain", None],
        ],
        Expected((2,), 2, 3, {0: {"surname": "Guliyev", "given": "Tural", "rank": "Major", "phone": "+994505551101"}}),
    ),
    one(
        "two_rows_each",
        [
            ["№", "Ad soyad", "Vəzifə", "Telefon"],
            [1, "Quliyev Tural", "inspektor", "0505551101"],
            [None, None, "Gəncə RPŞ", "0125551101"],
            [2, "Səfərova Günel", "müəllim", "0505551102"],
            [None, None, "Məktəb 5", None],
        ],
        Expected((1,), 2),
        ["A2:A3", "B2:B3", "A4:A5", "B4:B5"],
    ),
    one(
        "office_and_group_rows",
        [
            ["№", "Soyadı, adı, atasının adı", "Vəzifəsi", "Rütbəsi"],
            ["Gəncə şəhər Baş Polis İdarəsi"],
            [1, AZ[0], "rəis", "polkovnik"],
            [2, AZ[1], "müvəkkil", "leytenant"],
            ["II qrup"],
            [3, AZ[2], "müvəkkil", "kapitan"],
            ["Qadınlar"],
            [4, AZ[3], None, None],
        ],
        Expected(
            (1,),
            4,
            None,
            {
                0: {"organisation": "Gəncə şəhər Baş Polis İdarəsi", "rank": "polkovnik"},
                2: {"section": "II qrup"},
                3: {"sex": "f"},
            },
        ),
        ["A2:D2", "A5:D5", "A7:D7"],
    ),
    one(
        "only_surname_heading",
        [
            ["№", "Фамилия", "Звание", "Подразделение"],
            [1, "Кулиев Т.Р.", "майор", "ОП-1"],
            [2, "Сафарова Гюнель Натиговна", "капитан", "ОП-2"],
        ],
        Expected((1,), 2, None, {0: {"surname": "Кулиев", "rank": "майор", "unit": "ОП-1"}}),
    ),
    one(
        "per_diem_sheet",
        [
            ["Gündəlik xərclər cədvəli"],
            ["№", "Adı, soyadı", "Gün sayı", "Gündəlik məbləğ", "Cəmi", "İmza"],
            [1, "Tural Quliyev", 3, 25, 75, None],
            [2, "Günel Səfərova", 2, 25, 50, None],
            ["CƏMİ:", None, 5, None, 125, None],
            [],
            ["Mühasib:", None, None, "Həsənova L."],
        ],
        Expected((2,), 2, names=["Quliyev", "Səfərova"]),
    ),
    one(
        "survey_form_sheets",
        [
            ["type", "name", "label", "hint"],
            ["text", "first_name", "What is your name?", None],
            ["select_one yesno", "consent", "Do you agree?", None],
            ["note", "thanks", "Thank you", None],
        ],
        Expected(None),
        title="survey",
    ),
    one(
        "dropdown_lists",
        [
            ["Rayon", "Rütbə", "Vəzifə", "Cins", "Təlimçilər"],
            ["Gəncə", "mayor", "rəis", "Kişi", "Həsənov Rauf"],
            ["Şəki", "kapitan", "müvəkkil", "Qadın", "Əhmədova Lalə"],
            ["Quba", "leytenant", None, None, None],
        ],
        Expected(None),
        title="Siyahılar",
    ),
    one(
        "activity_report",
        [
            ["Rüblük hesabat"],
            ["№", "Rayon", "Tədbirin adı", "Kişi", "Qadın", "Cəmi", "Məsul"],
            [1, "Gəncə", "Təlim", 15, 5, 20, "Quliyev Tural"],
            [2, "Şəki", "Seminar", 10, 8, 18, "Səfərova Günel"],
            ["Cəmi", None, None, 25, 13, 38, None],
        ],
        Expected(None),
    ),
    one(
        "key_value_form",
        [
            ["Təlimin adı:", "İcma əsaslı polis"],
            ["Tarix:", "12.05.2025"],
            ["Təlimçi:", "Həsənov Rauf"],
            ["Yer:", "Gəncə"],
            ["İştirakçı sayı:", 25],
        ],
        Expected(None),
    ),
    one(
        "calendar",
        [
            ["Mon", "Tue", "Wed", "Thu", "Fri"],
            [1, 2, 3, 4, 5],
            ["Tural Guliyev", None, "Gunel Safarova", None, None],
            [8, 9, 10, 11, 12],
        ],
        Expected(None),
    ),
    one(
        "marks_by_subject",
        [
            ["Ученик", "Математика", "Физика", "История"],
            ["Кулиев Турал", 5, 4, 5],
            ["Сафарова Гюнель", 4, 4, 3],
            ["Средний балл", 4.5, 4, 4],
        ],
        Expected(None),
    ),
    one(
        "long_title_with_names",
        [
            ["Təlim: Gender bərabərliyi"],
            ["Təlimçilər: Həsənov Rauf, Əhmədova Lalə"],
            ["№", "Ad", "Soyad", "Ata adı", "Təşkilat", "Əlaqə tel.", "E-mail", "İmza 1-ci gün", "İmza 2-ci gün"],
            [1, "Tural", "Quliyev", "Rafiq", "RPŞ", "050-555-11-01", None, "imza", "imza"],
            [2, "Günel", "Səfərova", "Natiq", "QHT", None, "g@example.az", None, "imza"],
        ],
        Expected((3,), 2, None, {0: {"surname": "Quliyev", "given": "Tural", "patronymic": "Rafiq"}}),
    ),
    one(
        "turkish_and_russian_header",
        [
            ["Sıra", "Adı Soyadı", "Görevi", "Kurumu", "Telefonu", "İmzası"],
            [1, "Mehmet Yılmaz", "Komiser", "Polis Akademisi", "+90 532 123 45 67", None],
            [2, "Ayşe Demir", "Memur", "Polis Akademisi", None, None],
        ],
        Expected((1,), 2, None, {0: {"phone": "+905321234567"}}),
    ),
    one(
        "name_then_hours",
        [
            ["Participant name", "Unit", "Hours attended", "Certificate (Y/N)"],
            ["Guliyev Tural", "Patrol", 24, "Y"],
            ["Safarova Gunel", "Patrol", 16, "N"],
            ["TOTAL HOURS", None, 40, None],
        ],
        Expected((1,), 2, None, {0: {"hours": 24.0}}),
    ),
    one(
        "one_person",
        [["№", "Фамилия", "Имя", "Отчество"], [1, "Кулиев", "Турал", "Рафикович"]],
        Expected((1,), 1),
    ),
    one(
        "header_only",
        [["№", "Фамилия", "Имя", "Отчество"]],
        Expected(None),
    ),
    one(
        "tail_of_remarks",
        [
            ["№", "Ad soyad", "Tel"],
            [1, "Quliyev Tural", "0505551101"],
            [2, "Səfərova Günel", "0505551102"],
            [],
            ["Qeyd: siyahı dəyişə bilər"],
            ["* - könüllü"],
            [None, "Kişi - 1"],
            [None, "Qadın - 1"],
            ["Tərtib etdi:", "Həsənov Rauf", "0505559999"],
            ["M.Y."],
            ["12.05.2025"],
        ],
        Expected((1,), 2),
    ),
    one(
        "participants_by_role",
        [
            ["Full name", "Role", "Country"],
            ["Trainers"],
            ["John Smith", "trainer", "UK"],
            ["Participants"],
            ["Tural Guliyev", "participant", "AZ"],
            ["Interpreters"],
            ["Gunel Safarova", "interpreter", "AZ"],
        ],
        Expected((1,), 3),
    ),
    one(
        "members_of_group",
        [
            ["İCTİMAİ ŞURANIN TƏRKİBİ"],
            ["Sədr", "Quliyev Tural Rafiq oğlu"],
            ["Müavin", "Səfərova Günel Natiq qızı"],
            ["Üzv", "Babayev Orxan Elman oğlu"],
            ["Üzv", "Rzayev Kənan Fikrət oğlu"],
        ],
        Expected((), 4, 1),
    ),
    one(
        "matrix_without_corner",
        [[None, "12 May", "13 May", "14 May"], ["Tural Guliyev", "x", None, "x"], ["Gunel Safarova", None, "x", "x"]],
        Expected((1,), 2),
    ),
    one(
        "persons_across_below_a_wide_word",
        [
            [None, "İştirakçılar"],
            ["Tarix", "Tural Quliyev", "Günel Səfərova", "Orxan Babayev"],
            ["12.05.2025", "+", "+", "-"],
            ["13.05.2025", "+", "-", "-"],
        ],
        Expected((2,), 3, names=["Quliyev", "Səfərova", "Babayev"]),
        ["B1:D1"],
    ),
    one(
        "hours_a_day",
        [
            ["№", "ФИО", "12.05", "13.05", "Итого часов"],
            [1, "Кулиев Турал", 8, 6, 14],
            [2, "Сафарова Гюнель", 8, 0, 8],
            [None, "Итого", 16, 6, 22],
        ],
        Expected((1,), 2, 2, {0: {"hours": 14.0}}),
    ),
    one(
        "months",
        [
            ["S/s", "Soyad, ad", "Yanvar", "Fevral", "Mart"],
            [1, "Quliyev Tural", "+", "-", "+"],
            [2, "Səfərova Günel", "+", "+", "+"],
        ],
        Expected((1,), 2),
    ),
    one(
        "day_in_the_signature_heading",
        [
            ["№\nNo", "Adı, soyadı\nName, surname", "İmza / Signature\n12.05", "İmza / Signature\n13.05"],
            [1, "Tural Quliyev", None, None],
            [2, "Günel Səfərova", "imza", None],
        ],
        Expected((1,), 2),
    ),
    one(
        "parts_below_one_joined_heading",
        [
            ["№", "Soyadı, adı, atasının adı", None, None, "Tel"],
            [1, "Quliyev", "Tural", "Rafiq oğlu", "0505551101"],
            [2, "Səfərova", "Günel", "Natiq qızı", None],
        ],
        Expected((1,), 2, 2, {0: {"surname": "Quliyev", "given": "Tural", "patronymic": "Rafiq"}}),
        ["B1:D1"],
    ),
    one(
        "two_languages_side_by_side",
        [
            ["№", "Soyad Ad (az)", "Фамилия Имя (рус)", "Tel"],
            [1, "Quliyev Tural", "Кулиев Турал", "0505551101"],
            [2, "Səfərova Günel", "Сафарова Гюнель", None],
        ],
        Expected((1,), 2, 2, {0: {"surname": "Quliyev", "name_other": "Кулиев Турал"}}),
    ),
    one(
        "districts_with_counts",
        [
            ["№", "Ad, soyad", "Vəzifə"],
            ["Şəki rayonu - 2 nəfər"],
            [1, "Quliyev Tural", "həkim"],
            [2, "Səfərova Günel", "müəllim"],
            ["Quba (1 nəfər)"],
            [3, "Babayev Orxan", "sürücü"],
        ],
        Expected((1,), 3, 2, {0: {"site": "Şəki rayonu"}, 2: {"site": "Quba"}}),
        ["A2:C2", "A5:C5"],
    ),
    one(
        "one_column_numbered",
        [["Siyahı:"], ["1. Quliyev Tural"], ["2. Səfərova Günel"], ["3. Babayev Orxan"]],
        Expected((), 3),
    ),
    one(
        "telephone_in_the_name",
        [["Ad, soyad, telefon"], ["Quliyev Tural 050 555 11 01"], ["Səfərova Günel, 055 555 11 02"]],
        Expected((1,), 2, 2, {0: {"surname": "Quliyev", "phone": "+994505551101"}}),
    ),
    one(
        "post_in_the_name",
        [["№", "Soyadı, adı, vəzifəsi"], [1, "Quliyev Tural, müəllim"], [2, "Səfərova Günel – həkim"]],
        Expected((1,), 2, 2, {0: {"surname": "Quliyev", "post": "müəllim"}, 1: {"given": "Günel", "post": "həkim"}}),
    ),
    one(
        "director_signs",
        [
            ["№", "ФИО", "Должность"],
            [1, "Кулиев Турал", "учитель"],
            [2, "Сафарова Гюнель", "врач"],
            [],
            ["Директор школы", None, "Гасанов Р."],
            [None, "Гасанов Рауф"],
        ],
        Expected((1,), 2),
    ),
    one(
        "parts_of_days",
        [
            ["№", "Soyadı, adı", "Vəzifəsi", "12.09.2024", None, "13.09.2024", None],
            [None, None, None, "Səhər", "Günorta", "Səhər", "Günorta"],
            [1, "Quliyev Tural", "həkim", "+", "+", "-", "+"],
            [2, "Səfərova Günel", None, "+"],
        ],
        Expected((1, 2), 2, 3),
        ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1"],
    ),
]
