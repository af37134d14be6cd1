"""Whole files: the given workbooks and the composed layouts; header and number of persons must be right in each."""

from __future__ import annotations

import random
from datetime import date, datetime
from pathlib import Path

import pytest

from app.errors import UserError
from app.rosters.grid import Cell, Workbook, square
from app.rosters.headings import FIELDS
from app.rosters.persons import extract
from app.rosters.reading import read_grid
from app.rosters.survey import survey, survey_sheet
from app.rosters.workbooks import workbook_of
from tests.rosters import awkward
from tests.rosters.conftest import DATA, TODAY, surveyed
from tests.rosters.layouts import LAYOUTS, Layout

# file → sheet → (header rows, persons); None: no roster
GIVEN: dict[str, dict[str, tuple[tuple[int, ...], int] | None]] = {
    "01_lc_training_attendance.xlsx": {"2016": None, "2017": None, "Dates": None, "Notes": None},
    "02_readxl_deaths.xlsx": {"arts": ((5,), 10), "other": ((5,), 10)},
    "03_sheetjs_attendance_matrix.xlsx": {"Attendance - Attendance": ((2,), 8)},
    "17_sheetjs_1904_dates.xlsx": {"Sheet1": None},
    "c1_az_qeydiyyat.xlsx": {"Qeydiyyat": ((6, 7), 15), "Sheet2": None},
    "c1_az_qeydiyyat.ods": {"Qeydiyyat": ((6, 7), 15), "Sheet2": None},
    "c2_ru_spisok.xlsx": {"Список": ((5,), 13), "Справочник": None},
    "c2_ru_spisok.xls": {"Список": ((5,), 13), "Справочник": None},
}


def test_every_given_file_is_expected() -> None:
    assert {path.name for path in DATA.iterdir()} - {"SOURCES.md"} == set(GIVEN)


@pytest.mark.parametrize("name", GIVEN)
def test_given_workbooks(name: str) -> None:
    sheets = surveyed(DATA / name)
    found = {
        title: (sheet.mapping.header_rows, len(sheet.roster.persons)) if sheet.mapping.is_roster else None
        for title, sheet in sheets.items()
    }
    assert found == GIVEN[name]


@pytest.mark.parametrize("name", ["c1_az_qeydiyyat.xlsx", "c1_az_qeydiyyat.ods"])
def test_azerbaijani_sign_in_sheet_in_full(name: str) -> None:
    roster = surveyed(DATA / name)["Qeydiyyat"].roster
    persons = {person.row_number: person for person in roster.persons}
    assert list(persons) == [*range(9, 14), *range(15, 20), *range(22, 27)]
    assert [row for row, code in roster.skipped if code == "section"] == [8, 14, 21]
    assert [(row, code) for row, code in roster.skipped if code in ("total", "footer")] == [
        (28, "total"),
        (30, "footer"),
    ]
    sites = {persons[row].fields["site"] for row in (9, 13)}, persons[15].fields["site"], persons[22].fields["site"]
    assert sites == ({"Binəqədi rayonu"}, "Nizami rayonu", "Gəncə şəhəri")
    births = {
        row: person.fields.get("birth_date") or person.fields.get("birth_year") for row, person in persons.items()
    }
    assert births == {
        9: date(1979, 11, 5),
        10: 1990,
        11: date(1988, 8, 7),
        12: date(1991, 5, 14),
        13: date(1985, 6, 2),
        15: None,
        16: 1985,
        17: date(1993, 9, 22),
        18: date(1984, 3, 12),
        19: date(1979, 11, 5),
        22: 1990,
        23: date(1988, 8, 7),
        24: date(1991, 5, 14),
        25: date(1985, 6, 2),
        26: None,
    }
    assert persons[16].problems == [("birth_date_impossible", {"value": "1985-02-30"})]
    assert persons[23].problems == [("twice_in_file", {"row": 11})]
    assert [row for row, person in persons.items() if person.problems] == [16, 23]
    assert persons[9].fields["phone"] == "+994774021161"
    assert persons[11].fields["phone"] == "+994706721450"
    assert persons[11].fields["other_phones"] == ["+994125550103"]
    names = [
        (p.fields["surname"], p.fields["given"], p.fields.get("patronymic"), p.fields.get("suffix"))
        for p in roster.persons
    ]
    assert names[0] == ("Hüseynov", "Elxan", "Kərim", "oğlu")
    assert names[3] == ("Алиев", "Ягуб", "Намикович", None)
    assert names[4] == ("Abbasova", "Rəfiqə", None, None)
    assert names[5] == ("Rüstəmova", "Dilarə", "Şahin", "qızı")
    assert names[9] == ("Talıbzadə", "Mədinə", "İlqar", "qızı")
    assert persons[11].attendance == {5: "present", 6: "absent"}
    assert persons[10].attendance == {6: "present"}, "an empty box is no absence"
    assert roster.title[0] == "İCMA ƏSASLI POLİS FƏALİYYƏTİ ÜZRƏ TƏLİM"


@pytest.mark.parametrize("name", ["c2_ru_spisok.xlsx", "c2_ru_spisok.xls"])
def test_russian_list_in_full(name: str) -> None:
    sheet = surveyed(DATA / name)["Список"]
    assert [person.row_number for person in sheet.roster.persons] == list(range(6, 19))
    sites = [person.fields["site"] for person in sheet.roster.persons]
    assert sites == ["Бинагадинский"] * 4 + ["Сумгаит"] * 6 + ["Шеки"] * 3
    assert (20, "total") in sheet.roster.skipped
    fields = sheet.roster.persons[6].fields
    assert (fields["surname"], fields["given"], fields["patronymic"], fields["suffix"]) == (
        "Рагимов",
        "Али",
        "Хамид",
        "oğlu",
    )
    assert sheet.roster.persons[4].fields["surname"] == "Исмаилов"
    if name.endswith("xlsx"):
        hidden = [person.row_number for person in sheet.roster.persons if ("row_hidden", {}) in person.problems]
        assert hidden == [8]
        assert sheet.grid.hidden_columns == {7}


def test_matrix_of_persons_across() -> None:
    sheet = surveyed(DATA / "03_sheetjs_attendance_matrix.xlsx")["Attendance - Attendance"]
    assert sheet.mapping.orientation == "columns"
    assert [person.fields["surname"] for person in sheet.roster.persons] == [
        "Ashley",
        "Brooks",
        "Cooney",
        "Daniels",
        "Fong",
        "Jones",
        "Little",
        "Smith",
    ]
    assert sheet.mapping.sessions[3].day == date(2020, 10, 1)
    assert len(sheet.mapping.sessions) == 23
    first_day = [person.attendance[3] for person in sheet.roster.persons]
    assert first_day == ["absent", "present", "present", "present", "present", "present", "absent", "present"]


def test_names_below_notes_and_above_notes() -> None:
    roster = surveyed(DATA / "02_readxl_deaths.xlsx")["arts"].roster
    assert [person.row_number for person in roster.persons] == list(range(6, 16))
    assert roster.persons[4].fields["given"] == "Prince"


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_composed_layouts(layout: Layout, tmp_path: Path) -> None:
    sheets = survey(read_grid(layout.write(tmp_path)), today=TODAY)
    for sheet, expected in zip(sheets, layout.expected, strict=True):
        if expected.header is None:
            assert not sheet.mapping.is_roster and sheet.roster.persons == []
            continue
        assert sheet.mapping.is_roster, sheet.mapping.why_not
        assert sheet.mapping.header_rows == expected.header
        assert len(sheet.roster.persons) == expected.persons, sheet.roster.skipped
        if expected.first is not None:
            assert sheet.mapping.first_row == expected.first
        if expected.names is not None:
            assert [person.fields["surname"] for person in sheet.roster.persons] == expected.names
        for index, fields in expected.fields.items():
            found = sheet.roster.persons[index].fields
            assert {name: found.get(name) for name in fields} == fields


def test_a_remembered_mapping_is_used_for_its_layout_only(tmp_path: Path) -> None:
    first, other = LAYOUTS[0], LAYOUTS[1]
    workbook = read_grid(first.write(tmp_path))
    (sheet,) = survey(workbook, today=TODAY)
    chosen = {**sheet.mapping.columns, 2: "rank"}
    (again,) = survey(workbook, {sheet.mapping.layout_key: chosen}, TODAY)
    assert again.remembered and again.roster.persons[0].fields["rank"] == "sahə müvəkkili"
    (different,) = survey(read_grid(other.write(tmp_path)), {sheet.mapping.layout_key: chosen}, TODAY)
    assert not different.remembered


def test_a_remembered_mapping_that_is_nonsense_is_refused(tmp_path: Path) -> None:
    workbook = read_grid(LAYOUTS[0].write(tmp_path))
    (sheet,) = survey(workbook)
    with pytest.raises(UserError, match="roster_mapping_wrong"):
        survey(workbook, {sheet.mapping.layout_key: {0: "password"}})


ODD: list[Cell] = [
    None,
    "",
    " ",
    "-",
    "Ad, soyad",
    "№",
    "Quliyev Tural",
    "Cəmi",
    "İmza",
    "12.05.2025",
    "I gün",
    1,
    2,
    3.5,
    -1,
    10**14,
    True,
    False,
    date(1900, 1, 1),
    date(9999, 12, 31),
    datetime(2024, 1, 1, 1),
    "31.02.1990",
    "Şəki rayonu",
    "X" * 2000,
    "(",
    ")",
    "((",
    "a" * 50 + "(",
    "🙂 👮",
    "عربي",
    "中文 名字",
    "\n\n",
    "Q.",
    "oğlu",
    "qızı",
    "0",
    "№ 5",
    "soyad",
    "Adı",
    "=1+1",
    "'",
    '"',
    "\\",
    "{n}",
    "%s",
    "Фамилия",
    "Имя",
]


@pytest.mark.parametrize("seed", range(4))
def test_nothing_that_can_stand_in_a_sheet_makes_it_fall(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(60):
        width, height = dice.randint(1, 9), dice.randint(1, 14)
        rows = [[dice.choice(ODD) for _ in range(width)] for _ in range(height)]
        areas = [tuple(dice.randint(0, 12) for _ in range(4)) for _ in range(dice.randint(0, 4))]
        grid = square("S", rows, merged=areas)
        grid.pasted = dice.random() < 0.3
        (sheet,) = survey(Workbook([grid]), today=TODAY)
        forced = sheet.mapping.with_columns({dice.randrange(width): dice.choice(FIELDS) for _ in range(4)})
        extract(grid, forced, TODAY)


@pytest.fixture(scope="module")
def awkward_lists(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, awkward.Expected]:
    folder = tmp_path_factory.mktemp("awkward")
    return folder, awkward.make(folder)


def test_sixty_lists_as_clerks_make_them(awkward_lists: tuple[Path, awkward.Expected]) -> None:
    folder, expected = awkward_lists
    wrong = []
    for name, wanted in expected.items():
        book = workbook_of((folder / name).read_bytes())
        found = [survey_sheet(grid, {}) for grid in book.sheets]
        persons = [len(one.roster.persons) if one.mapping.is_roster else 0 for one in found]
        if len(persons) != len(wanted) or any(w not in (None, p) for w, p in zip(wanted, persons, strict=True)):
            wrong.append(f"{name}: {persons} instead of {wanted}")
        known = {part for one in found for p in one.roster.persons for part in (p.fields.get("surname"),)}
        if {"Cəmi", "Итого", "Total", "Kişi", "Hazırladı", "Təsdiq"} & known:
            wrong.append(f"{name}: somebody invented")
    assert len(expected) == 60 and wrong == []
