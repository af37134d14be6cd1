"""Sixty lists as clerks make them, with how many persons each sheet holds; composed people only, and no test itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

AZ = [
    ("Məmmədov", "Elçin", "Rəşid oğlu"),
    ("Əliyeva", "Günay", "Şükür qızı"),
    ("Hüseynov", "Tural", "Vaqif oğlu"),
    ("Quliyeva", "Aysel", "Nazim qızı"),
    ("İsmayılov", "Orxan", "Kamal oğlu"),
    ("Cəfərova", "Sevinc", "Əli qızı"),
    ("Xəlilov", "Ramin", "Akif oğlu"),
    ("Ağayeva", "Lalə", "Yusif qızı"),
    ("Nəbiyev", "Kamran", "İsa oğlu"),
    ("Səlimova", "Afaq", "Teymur qızı"),
    ("Bağırov", "Cavid", "Zahid oğlu"),
    ("Rzayeva", "Nigar", "Fikrət qızı"),
]
RU = [
    ("Мамедов", "Эльчин", "Рашидович"),
    ("Алиева", "Гюнай", "Шукюровна"),
    ("Гусейнов", "Турал", "Вагифович"),
    ("Кулиева", "Айсель", "Назимовна"),
    ("Исмаилов", "Орхан", "Камалович"),
    ("Джафарова", "Севиндж", "Алиевна"),
    ("Халилов", "Рамин", "Акифович"),
    ("Агаева", "Лала", "Юсифовна"),
    ("Набиев", "Камран", "Исаевич"),
    ("Салимова", "Афаг", "Теймуровна"),
]
RANKS = ["kapitan", "mayor", "leytenant", "baş leytenant"]
UNITS = ["Nəsimi RPİ", "Kəpəz RPİ", "Gəncə BPİ", "Sumqayıt ŞPİ"]

Expected = dict[str, list[int | None]]
"""File → the number of persons of each sheet; None where either reading may be right."""


def rows(sheet: Any, lines: Iterable[Sequence[Any]]) -> None:
    """Append lines to a sheet."""
    for line in lines:
        sheet.append(list(line))


def make(out: Path) -> Expected:
    """Write every file into a folder."""
    expected: Expected = {}

    def save(name: str, book: Workbook, persons: list[int | None]) -> None:
        book.save(out / name)
        expected[name] = persons

    def text(name: str, said: str, encoding: str, persons: list[int | None]) -> None:
        (out / name).write_bytes(said.encode(encoding))
        expected[name] = persons

    wb: Any
    s: Any
    # 1 title rows + az header, number col, footer
    wb = Workbook()
    s = wb.active
    s.append(["DAXİLİ İŞLƏR NAZİRLİYİ"])
    s.append(["Naxçıvan şəhəri, 14–16 sentyabr 2026"])
    s.append([])
    s.append(["İştirakçıların siyahısı"])
    s.append(["S/s", "Soyadı, adı, atasının adı", "Rütbəsi", "Xidmət yeri", "İmza"])
    for i, p in enumerate(AZ):
        s.append([i + 1, " ".join(p), RANKS[i % 4], UNITS[i % 4], None])
    s.append([])
    s.append(["Cəmi:", 12])
    s.append(["Siyahını tərtib etdi: mayor R. Həsənov"])
    save("01_title_footer.xlsx", wb, [12])
    # 2 two-row header merged, split names
    wb = Workbook()
    s = wb.active
    s.append(["№", "Şəxs", None, None, "Xidmət", None, "Əlaqə"])
    s.append([None, "Soyad", "Ad", "Ata adı", "Rütbə", "Bölmə", "Telefon"])
    s.merge_cells("A1:A2")
    s.merge_cells("B1:D1")
    s.merge_cells("E1:F1")
    for i, p in enumerate(AZ[:8]):
        s.append([i + 1, *p, RANKS[i % 4], UNITS[i % 4], f"+99450{2000000 + i}"])
    save("02_two_row_header.xlsx", wb, [8])
    # 3 Cyrillic headings, dates as text
    wb = Workbook()
    s = wb.active
    s.append(["Список участников семинара"])
    s.append(["№ п/п", "Ф.И.О.", "Дата рождения", "Звание", "Должность", "Место службы", "Подпись"])
    for i, p in enumerate(RU):
        s.append(
            [i + 1, " ".join(p), f"{i + 1:02}.03.19{70 + i}", "капитан", "участковый инспектор", "Низаминский РОП", ""]
        )
    s.append(["", "Итого: 10 человек"])
    save("03_cyrillic.xlsx", wb, [10])
    # 4 English header in row 15
    wb = Workbook()
    s = wb.active
    for i in range(14):
        s.append([f"Project note {i}" if i % 3 == 0 else None])
    s.append(["No.", "Last name", "First name", "Gender", "Organisation", "E-mail"])
    for i, p in enumerate(AZ[:9]):
        s.append([i + 1, p[0], p[1], "F" if p[2].endswith("qızı") else "M", "OSCE", f"p{i}@mail.az"])
    save("04_header_row15.xlsx", wb, [9])
    # 5 no header at all
    wb = Workbook()
    s = wb.active
    for i, p in enumerate(AZ[:10]):
        s.append([i + 1, " ".join(p), RANKS[i % 4], UNITS[i % 4]])
    save("05_no_header.xlsx", wb, [10])
    # 6 blank rows and columns scattered
    wb = Workbook()
    s = wb.active
    s.append([])
    s.append([None, None, "Adı", None, "Soyadı", None, "Cinsi"])
    s.append([])
    for i, p in enumerate(AZ[:7]):
        s.append([None, None, p[1], None, p[0], None, "q" if p[2].endswith("qızı") else "k"])
        if i % 2:
            s.append([])
    save("06_blanks.xlsx", wb, [7])
    # 7 several sheets: settings, roster, summary, roster2
    wb = Workbook()
    s = wb.active
    s.title = "Parametrlər"
    s.append(["Layihə", "Polis və icma"])
    s.append(["Tarix", date(2026, 9, 14)])
    s.append(["Məsul", "Rəşid Həsənov"])
    s = wb.create_sheet("1-ci qrup")
    s.append(["№", "Soyad", "Ad", "Ata adı"])
    rows(s, [[i + 1, *p] for i, p in enumerate(AZ[:5])])
    s = wb.create_sheet("Yekun")
    s.append(["Rayon", "Kişi", "Qadın", "Cəmi"])
    s.append(["Gəncə", 3, 2, 5])
    s.append(["Quba", 1, 1, 2])
    s.append(["Cəmi", 4, 3, 7])
    s = wb.create_sheet("2-ci qrup")
    s.append(["№", "Soyad", "Ad", "Ata adı"])
    rows(s, [[i + 1, *p] for i, p in enumerate(AZ[5:12])])
    save("07_sheets.xlsx", wb, [0, 5, 0, 7])
    # 8 hidden sheet
    wb = Workbook()
    s = wb.active
    s.append(["Soyad Ad", "Vəzifə"])
    rows(s, [[f"{p[0]} {p[1]}", "sahə inspektoru"] for p in AZ[:6]])
    h = wb.create_sheet("old")
    h.sheet_state = "hidden"
    h.append(["Soyad Ad", "Vəzifə"])
    rows(h, [[f"{p[0]} {p[1]}", "sahə inspektoru"] for p in AZ[6:9]])
    save("08_hidden.xlsx", wb, [6, None])
    # 9 semicolon csv utf-8 bom
    text(
        "09_semi.csv",
        "\ufeffSoyad;Ad;Ata adı;Rütbə\r\n" + "".join(f"{a};{b};{c};kapitan\r\n" for a, b, c in AZ),
        "utf-8",
        [12],
    )
    # 10 tab utf-16
    text(
        "10_tab16.txt",
        "№\tФамилия\tИмя\tОтчество\tЗвание\r\n"
        + "".join(f"{i + 1}\t{a}\t{b}\t{c}\tмайор\r\n" for i, (a, b, c) in enumerate(RU)),
        "utf-16",
        [10],
    )
    # 11 cp1251 csv
    text(
        "11_cp1251.csv",
        "ФИО;Должность;Телефон\r\n"
        + "".join(f"{a} {b} {c};инспектор;8-050-{2000000 + i}\r\n" for i, (a, b, c) in enumerate(RU)),
        "cp1251",
        [10],
    )
    # 12 comma csv with quotes + title line + totals
    text(
        "12_comma.csv",
        '"Participants, Ganja"\n\n"Name","Rank","Unit"\n'
        + "".join(f'"{a}, {b}","captain","Ganja"\n' for a, b, c in AZ[:8])
        + '"Total","8",""\n',
        "utf-8",
        [8],
    )
    # 13 matrix with days
    wb = Workbook()
    s = wb.active
    s.append(["Davamiyyət cədvəli"])
    s.append(["№", "Soyadı, adı", date(2026, 9, 14), date(2026, 9, 15), date(2026, 9, 16)])
    for i, p in enumerate(AZ):
        s.append([i + 1, f"{p[0]} {p[1]}", "+", "+" if i % 3 else "-", "+"])
    s.append([None, "Cəmi", 12, 8, 12])
    save("13_matrix_days.xlsx", wb, [12])
    # 14 matrix with 1/0 and am/pm two-row header
    wb = Workbook()
    s = wb.active
    s.append(["No", "Name", "Day 1", None, "Day 2", None])
    s.append([None, None, "AM", "PM", "AM", "PM"])
    s.merge_cells("C1:D1")
    s.merge_cells("E1:F1")
    for i, p in enumerate(AZ[:9]):
        s.append([i + 1, f"{p[1]} {p[0]}", 1, 1, 0 if i == 2 else 1, 1])
    save("14_matrix_ampm.xlsx", wb, [9])
    # 15 district rows between (section titles)
    wb = Workbook()
    s = wb.active
    s.append(["№", "Soyadı, adı və atasının adı", "Vəzifəsi"])
    k = 0
    for d, ps in (("Gəncə şəhəri", AZ[:4]), ("Şəki rayonu", AZ[4:8]), ("Quba rayonu", AZ[8:12])):
        s.append([d])
        s.merge_cells(start_row=s.max_row, start_column=1, end_row=s.max_row, end_column=3)
        for p in ps:
            k += 1
            s.append([k, " ".join(p), "inspektor"])
    s.append(["Cəmi 12 nəfər"])
    save("15_districts.xlsx", wb, [12])
    # 16 serial dates + personal numbers
    wb = Workbook()
    s = wb.active
    s.append(["Surname", "Given name", "Father's name", "Date of birth", "Phone"])
    for i, p in enumerate(AZ[:6]):
        s.append([p[0], p[1], p[2], 29000 + i * 300, 994502000000 + i])
    save("16_serial.xlsx", wb, [6])
    # 17 joined uppercase names in one column, signature cols
    wb = Workbook()
    s = wb.active
    s.append(["SİYAHI"])
    s.append(["Sıra №", "S.A.A.", "RÜTBƏ", "İMZA", "İMZA"])
    for i, p in enumerate(AZ[:10]):
        s.append(
            [f"{i + 1}.", f"{p[0]} {p[1]} {p[2]}".replace("i", "İ").replace("ı", "I").upper(), "MAYOR", None, None]
        )
    save("17_upper.xlsx", wb, [10])
    # 18 spare rows numbered without names (sign-in sheet printed)
    wb = Workbook()
    s = wb.active
    s.append(["№", "Ad, soyad", "Qurum", "İmza"])
    for i in range(25):
        s.append([i + 1, f"{AZ[i][1]} {AZ[i][0]}" if i < 11 else None, "DİN" if i < 11 else None])
    save("18_spare.xlsx", wb, [11])
    # 19 two tables side by side? trainers below participants
    wb = Workbook()
    s = wb.active
    s.append(["İştirakçılar"])
    s.append(["№", "Soyad", "Ad"])
    rows(s, [[i + 1, p[0], p[1]] for i, p in enumerate(AZ[:6])])
    s.append([])
    s.append(["Təlimçilər"])
    s.append(["№", "Soyad", "Ad"])
    rows(s, [[i + 1, p[0], p[1]] for i, p in enumerate(AZ[6:8])])
    save("19_two_tables.xlsx", wb, [8])
    # 20 header with line breaks and asterisks
    wb = Workbook()
    s = wb.active
    s.append(["#", "Surname *\n(in Latin)", "Name *\n(in Latin)", "Sex\n(M/F)", "Rank /\nposition"])
    for i, p in enumerate(AZ[:8]):
        s.append([i + 1, p[0], p[1], "M", "police officer"])
    save("20_breaks.xlsx", wb, [8])
    # 21 names with titles cənab/xanım/Mr
    wb = Workbook()
    s = wb.active
    s.append(["Full name", "Position"])
    for i, p in enumerate(AZ[:7]):
        s.append([("Ms. " if i % 2 else "Mr. ") + f"{p[1]} {p[0]}", "expert"])
    save("21_titles.xlsx", wb, [7])
    # 22 roster and totals by sex at the bottom
    wb = Workbook()
    s = wb.active
    s.append(["Adı, soyadı", "Cinsi", "Yaşı"])
    rows(s, [[f"{p[1]} {p[0]}", "K" if "oğlu" in p[2] else "Q", 30 + i] for i, p in enumerate(AZ)])
    s.append([])
    s.append(["Kişi", 6])
    s.append(["Qadın", 6])
    s.append(["Ümumi", 12])
    save("22_sums.xlsx", wb, [12])
    # 23 summary-only workbook: no persons
    wb = Workbook()
    s = wb.active
    s.append(["Tədbir", "Tarix", "Kişi", "Qadın"])
    s.append(["Seminar Gəncə", "14.09.2026", 12, 8])
    s.append(["Görüş Şəki", "20.09.2026", 5, 9])
    save("23_events.xlsx", wb, [0])
    # 24 old az cyrillic headings
    wb = Workbook()
    s = wb.active
    s.append(["Сојады", "Ады", "Атасынын ады"])
    rows(
        s,
        [
            ("Мәммәдов", "Елчин", "Рәшид оғлу"),
            ("Әлијева", "Ҝүнај", "Шүкүр гызы"),
            ("Һүсејнов", "Турал", "Вагиф оғлу"),
            ("Гулијева", "Ајсел", "Назим гызы"),
            ("Исмајылов", "Орхан", "Камал оғлу"),
        ],
    )
    save("24_old_cyr.xlsx", wb, [5])
    # 25 ru two-row header + number row "1 2 3 4"
    wb = Workbook()
    s = wb.active
    s.append(["СПИСОК"])
    s.append(["№", "Фамилия, имя, отчество", "Место работы, должность", "Контактный телефон"])
    s.append([1, 2, 3, 4])
    rows(s, [[i + 1, " ".join(p), "МВД", f"(012) 555-00-0{i}"] for i, p in enumerate(RU[:8])])
    save("25_numbered_header.xlsx", wb, [8])
    # 26 pipe separated
    text("26_pipe.csv", "Ad|Soyad|Rütbə\n" + "".join(f"{b}|{a}|mayor\n" for a, b, c in AZ[:6]), "utf-8", [6])
    # 27 one column list with numbering in text
    text(
        "27_numbered.txt",
        "İştirakçılar:\n"
        + "".join(f"{i + 1}. {a} {b} {c}, kapitan, Nəsimi RPİ\n" for i, (a, b, c) in enumerate(AZ[:9])),
        "utf-8",
        [9],
    )
    # 28 wide roster with many empty columns
    wb = Workbook()
    s = wb.active
    h = [None] * 30
    h[3] = "Soyad"
    h[10] = "Ad"
    h[20] = "Xidməti"
    s.append(h)
    for p in AZ[:7]:
        r = [None] * 30
        r[3], r[10], r[20] = p[0], p[1], "patrul"
        s.append(r)
    save("28_wide.xlsx", wb, [7])
    # 29 matrix: days across with names of weekdays, hours numbers
    wb = Workbook()
    s = wb.active
    s.append(["İştirakçı", "14.09", "15.09", "16.09", "Saat cəmi"])
    rows(s, [[f"{p[0]} {p[1]}", 6, 6, 3 if i == 1 else 6, 18] for i, p in enumerate(AZ[:8])])
    s.append(["CƏMİ", 48, 48, 45, 141])
    save("29_hours.xlsx", wb, [8])
    # 30 cp1254 az csv? az latin without schwa;
    text(
        "30_en_plain.csv",
        "No,Name Surname,Institution,Position,Tel,Email\n"
        + "".join(
            f"{i + 1},{b} {a},Ministry,officer,050 200 0{i}00,x{i}@y.az\n"
            for i, (a, b) in enumerate(
                [
                    ("Mammadov", "Elchin"),
                    ("Aliyeva", "Gunay"),
                    ("Huseynov", "Tural"),
                    ("Guliyeva", "Aysel"),
                    ("Ismayilov", "Orkhan"),
                ]
            )
        ),
        "cp1252",
        [5],
    )
    # 31 organisations list - not persons
    wb = Workbook()
    s = wb.active
    s.append(["№", "Təşkilatın adı", "Ünvan", "Telefon"])
    s.append([1, "Polis Akademiyası", "Bakı", "012 1"])
    s.append([2, "Gəncə ŞPİ", "Gəncə", "022 1"])
    s.append([3, "Qadın Krizis Mərkəzi", "Bakı", "012 2"])
    save("31_orgs.xlsx", wb, [0])
    # 32 name split given first, patronymic missing, maiden in brackets
    wb = Workbook()
    s = wb.active
    s.append(["Name", "Family name", "District"])
    s.append(["Günay", "Əliyeva (Həsənova)", "Quba"])
    s.append(["Tural", "Hüseynov", "Quba"])
    s.append(["Lalə", "Ağayeva", "Xaçmaz"])
    s.append(["Orxan", "", "Xaçmaz"])
    save("32_brackets.xlsx", wb, [4])
    # 33 schedule/programme not roster
    wb = Workbook()
    s = wb.active
    s.append(["Proqram"])
    s.append(["Saat", "Mövzu", "Məruzəçi"])
    s.append(["09:00", "Açılış", "Rəşid Həsənov"])
    s.append(["10:00", "Polis etikası", "Aytən Əliyeva"])
    s.append(["12:00", "Nahar", None])
    save("33_programme.xlsx", wb, [0])
    # 34 header repeated on each page
    wb = Workbook()
    s = wb.active
    for pg in range(3):
        s.append(["№", "Soyad", "Ad", "Ata adı", "İmza"])
        for i, p in enumerate(AZ[pg * 4 : pg * 4 + 4]):
            s.append([pg * 4 + i + 1, *p])
        s.append([f"Səhifə {pg + 1}"])
    save("34_pages.xlsx", wb, [12])
    # 35 two persons per row (left and right blocks)
    wb = Workbook()
    s = wb.active
    s.append(["№", "Soyad, ad", "İmza", "№", "Soyad, ad", "İmza"])
    for i in range(6):
        s.append([i + 1, f"{AZ[i][0]} {AZ[i][1]}", None, i + 7, f"{AZ[i + 6][0]} {AZ[i + 6][1]}", None])
    save("35_side_by_side.xlsx", wb, [12])
    # 36 excused/notes & not-came remark column, merged unit cells
    wb = Workbook()
    s = wb.active
    s.append(["Bölmə", "Soyad", "Ad", "Qeyd"])
    for i, p in enumerate(AZ[:9]):
        s.append([UNITS[i // 3] if i % 3 == 0 else None, p[0], p[1], "gəlmədi" if i == 4 else None])
    for k in (2, 5, 8):
        s.merge_cells(start_row=k, start_column=1, end_row=k + 2, end_column=1)
    save("36_merged_units.xlsx", wb, [9])

    wb = Workbook()
    s = wb.active
    rows(
        s,
        [
            ["Təsdiq edirəm"],
            ["General-mayor Vilayət Eyvazov"],
            ["____________"],
            [],
            ["Təlim iştirakçılarının siyahısı"],
            ["Sıra", "İştirakçının soyadı, adı", "Vəzifəsi", "Əlaqə nömrəsi"],
        ],
    )
    rows(s, [[i + 1, f"{p[0]} {p[1]}", "inspektor", f"050-{200 + i}-10-1{i % 10}"] for i, p in enumerate(AZ[:9])])
    rows(
        s,
        [
            [],
            ["Qeyd: Əliyev Vaqif xəstədir, gəlməyib"],
            ["Hazırladı:", "Rəşid Həsənov"],
            ["Kişi - 5 nəfər"],
            ["Qadın - 4 nəfər"],
        ],
    )
    save("41_approve.xlsx", wb, [9])
    wb = Workbook()
    s = wb.active
    rows(
        s,
        [
            ["Смета расходов"],
            ["Статья", "Получатель", "Сумма"],
            ["Гонорар тренера", "Рашид Гасанов", 300],
            ["Перевод", "Айтен Алиева", 150],
            ["Итого", None, 450],
        ],
    )
    save("42_budget.xlsx", wb, [0])
    wb = Workbook()
    s = wb.active
    rows(
        s,
        [
            ["Sual", "1", "2", "3", "4", "5"],
            ["Təlim faydalı idi?", 0, 1, 2, 10, 9],
            ["Təlimçi aydın izah etdi?", 0, 0, 3, 8, 11],
        ],
    )
    save("43_eval.xlsx", wb, [0])
    wb = Workbook()
    s = wb.active
    rows(s, [["№", "Ad / Имя / Name", "Soyad / Фамилия / Surname", "Rütbə / Звание / Rank"]])
    rows(s, [[i + 1, p[1], p[0], "kapitan"] for i, p in enumerate(AZ[:8])])
    save("44_trilingual.xlsx", wb, [8])
    wb = Workbook()
    s = wb.active
    rows(s, [["№", "Soyad", "Ad"], ["№", "Фамилия", "Имя"], ["No", "Surname", "Name"]])
    rows(s, [[i + 1, p[0], p[1]] for i, p in enumerate(AZ[:8])])
    save("45_three_heads.xlsx", wb, [8])
    wb = Workbook()
    s = wb.active
    rows(s, [[None] * 5 + ["№", "Familiya, ad", "Rütbə"]])
    rows(s, [[None] * 5 + [i + 1, f"{p[0]} {p[1]}", "mayor"] for i, p in enumerate(AZ[:8])])
    save("46_colF.xlsx", wb, [8])
    wb = Workbook()
    s = wb.active
    rows(s, [["Siyahı"]])
    rows(s, [[f"{i + 1}) {p[0]} {p[1]} {p[2]}"] for i, p in enumerate(AZ)])
    save("47_numbered_cells.xlsx", wb, [12])
    text(
        "48_sep.csv",
        "sep=;\r\nSoyad;Ad;Telefon\r\n" + "".join(f"{a};{b};0502001{i:03}\r\n" for i, (a, b, c) in enumerate(AZ[:7])),
        "utf-8",
        [7],
    )
    text(
        "49_bom16be.csv",
        "\ufeffФамилия;Имя;Пол\r\n" + "".join(f"{a};{b};{'ж' if c.endswith('на') else 'м'}\r\n" for a, b, c in RU),
        "utf-16-be",
        [10],
    )
    text(
        "50_cp1254.csv",
        "Soyad;Ad;Birim\r\n" + "".join(f"{a};{b};Gəncə\r\n".replace("ə", "e").replace("Ə", "E") for a, b, c in AZ[:8]),
        "cp1254",
        [8],
    )
    wb = Workbook()
    s = wb.active
    rows(s, [["№", "ФИО", "Должность"]])
    rows(s, [[i + 1, f"{a} {b[0]}.{c[0]}.", "инспектор"] for i, (a, b, c) in enumerate(RU)])
    rows(s, [["", "ВСЕГО: 10", ""], ["", "Начальник отдела", "подполковник Алиев А.А."]])
    save("51_initials.xlsx", wb, [10])
    wb = Workbook()
    s = wb.active
    rows(s, [["S/s", "Soyadı, adı", "Gün 1", "Gün 2", "Gün 3", "İmza"]])
    rows(
        s,
        [
            [
                i + 1,
                f"{p[0]} {p[1]}",
                "iştirak etdi",
                "iştirak etmədi" if i == 2 else "iştirak etdi",
                "gecikdi" if i == 3 else "iştirak etdi",
                None,
            ]
            for i, p in enumerate(AZ)
        ],
    )
    save("52_matrix_words.xlsx", wb, [12])
    wb = Workbook()
    s = wb.active
    rows(
        s,
        [
            ["Список членов общественного совета"],
            ["Район", "Председатель", "Заместитель", "Секретарь"],
            ["Гянджа", "Мамедов Эльчин", "Алиева Гюнай", "Гусейнов Турал"],
            ["Шеки", "Кулиева Айсель", "Исмаилов Орхан", "Джафарова Севиндж"],
        ],
    )
    save("53_roles_across.xlsx", wb, [None])
    wb = Workbook()
    s = wb.active
    rows(s, [["Name", "Organisation", "Country", "Arrival", "Departure"]])
    rows(
        s,
        [
            ["Ms. Anna Kovács", "OSCE", "Austria", datetime(2026, 9, 13, 14, 0), datetime(2026, 9, 17, 9, 0)],
            ["Mr. John O'Neill", "Garda", "Ireland", datetime(2026, 9, 13), None],
            ["Jean-Luc Martin", "Police nationale", "France", None, None],
            ["María José García López", "Guardia Civil", "Spain", None, None],
        ],
    )
    save("54_foreign.xlsx", wb, [4])
    wb = Workbook()
    s = wb.active
    rows(
        s,
        [
            ["Bölmələr üzrə iştirak"],
            ["Bölmə", "Kişi", "Qadın", "Cəmi"],
            ["Nəsimi RPİ", 4, 2, 6],
            ["Kəpəz RPİ", 5, 1, 6],
            ["Cəmi", 9, 3, 12],
        ],
    )
    save("55_units_summary.xlsx", wb, [0])
    wb = Workbook()
    s = wb.active
    rows(s, [["№", "Adı", "Soyadı", "Atasının adı", "Doğum tarixi", "Ş/v seriyası"]])
    rows(
        s,
        [
            [i + 1, p[1], p[0], p[2].split()[0], f"{i + 1}/{i + 2}/198{i % 10}", f"AZE1234{i}"]
            for i, p in enumerate(AZ[:8])
        ],
    )
    save("56_docs.xlsx", wb, [8])
    wb = Workbook()
    s = wb.active
    rows(
        s,
        [
            ["Участники:"],
            ["майор Мамедов Эльчин Рашидович"],
            ["капитан Алиева Гюнай Шукюровна"],
            ["ст. лейтенант Гусейнов Турал"],
            ["Тренеры:"],
            ["Рашид Гасанов"],
        ],
    )
    save("57_sections_plain.xlsx", wb, [4])
    wb = Workbook()
    s = wb.active
    s.title = "Sheet1"
    rows(s, [["LAST NAME", "FIRST NAME", "RANK", "14-Sep", "15-Sep", "16-Sep", "TOTAL"]])
    rows(s, [[p[0].upper(), p[1], "CPT", "x", "x" if i else "", "x", "3"] for i, p in enumerate(AZ)])
    rows(s, [["TOTAL", "", "", 12, 11, 12, 35]])
    wb.create_sheet("Sheet2")
    wb.create_sheet("Sheet3")
    save("58_matrix_x.xlsx", wb, [12, 0, 0])
    wb = Workbook()
    s = wb.active
    rows(
        s, [["№ п.п.", "Фамилия", "Имя", "Отчество", "Год рождения", "Тел.", "Подпись за 1 день", "Подпись за 2 день"]]
    )
    rows(s, [[i + 1, a, b, c, 1970 + i, f"+994 50 200 00 {i:02}", None, None] for i, (a, b, c) in enumerate(RU)])
    rows(s, [[i, None, None, None, None, None, None, None] for i in range(11, 21)])
    save("59_sign_days.xlsx", wb, [10])
    wb = Workbook()
    s = wb.active
    rows(
        s,
        [
            ["Kursun adı", "İcma polisi"],
            ["Başlama tarixi", "14.09.2026"],
            ["Təlimçi", "Rəşid Həsənov"],
            ["Yer", "Gəncə"],
            [],
            ["Soyad", "Ad", "E-poçt"],
        ],
    )
    rows(s, [[p[0], p[1], f"a{i}@b.az"] for i, p in enumerate(AZ[:6])])
    save("60_form_above.xlsx", wb, [6])
    text(
        "61_mail.txt",
        "Salam,\n"
        "\n"
        "Siyahını göndərirəm:\n"
        "\n"
        "1. Məmmədov Elçin Rəşid oğlu - kapitan, Nəsimi RPİ\n"
        "2. Əliyeva Günay Şükür qızı - leytenant, Kəpəz RPİ\n"
        "3. Hüseynov Tural Vaqif oğlu - mayor, Gəncə BPİ\n"
        "\n"
        "Hörmətlə,\n"
        "Rəşid Həsənov\n"
        "İctimaiyyətlə əlaqələr şöbəsi\n"
        "+994 50 200 00 00\n",
        "utf-8",
        [3],
    )
    wb = Workbook()
    s = wb.active
    rows(s, [["Soyad", "Ad", "Soyad", "Ad"]])
    rows(s, [[AZ[i][0], AZ[i][1], AZ[i + 6][0], AZ[i + 6][1]] for i in range(6)])
    save("62_two_blocks_split.xlsx", wb, [12])
    wb = Workbook()
    s = wb.active
    rows(s, [["Table 1"], ["ID", "Respondent", "Score"], [1, "R-001", 4], [2, "R-002", 5]])
    save("63_survey.xlsx", wb, [0])
    wb = Workbook()
    s = wb.active
    rows(
        s,
        [
            ["Məktəblər üzrə"],
            ["№", "Məktəb", "Direktor", "Şagird sayı"],
            [1, "5 saylı məktəb", "Əliyeva Günay", 300],
            [2, "12 saylı məktəb", "Hüseynov Tural", 410],
        ],
    )
    save("64_schools.xlsx", wb, [None])

    return expected
