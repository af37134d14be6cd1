"""Mappings: keys of layouts, a person's own choice, what is remembered, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from app.rosters.columns import propose
from app.rosters.grid import Cell, Grid, square
from app.rosters.persons import extract
from tests.rosters.generated import generate


def grid(*rows: list[Cell], name: str = "Sheet1") -> Grid:
    return square(name, [list(row) for row in rows])


HEAD: list[Cell] = ["№", "Ad, soyad", "Telefon", date(2025, 5, 12), date(2025, 5, 13)]


def test_the_key_belongs_to_the_headings_not_to_days_titles_or_persons() -> None:
    first = propose(grid(HEAD, [1, "Quliyev Tural", None, "+", "-"]))
    other = propose(grid(["Siyahı"], [], [*HEAD[:3], date(2026, 1, 1)], [1, "Səfərova Günel", None, "+"]))
    third = propose(grid(["№", "Soyad, ad", "Telefon"], [1, "Səfərova Günel", None]))
    assert first.is_roster and other.is_roster and third.is_roster
    assert first.layout_key == other.layout_key != third.layout_key
    assert len(first.layout_key) == 24


def test_sheets_that_are_no_rosters_say_why() -> None:
    assert propose(grid()).why_not == "empty"
    assert propose(grid(["Ad", "Kod"], ["Alma", 5], ["Armud", 6])).why_not == "no_names"
    people: list[list[Cell]] = [["Ad, soyad"], ["Quliyev Tural"]]
    assert propose(grid(*people, name="Справочник")).why_not == "settings_sheet"
    assert propose(grid(*people)).is_roster


@pytest.mark.parametrize("first", range(0, 300, 50))
def test_generated_lists(first: int) -> None:
    """Header, every row and surname in random lists; the few surnames without any sign of order are let off."""
    right = total = 0
    for seed in range(first, first + 50):
        sheet, truth = generate(seed)
        mapping = propose(sheet)
        assert mapping.is_roster and mapping.header_rows == truth.header, seed
        roster = extract(sheet, mapping, date(2026, 1, 15))
        assert [person.row_number for person in roster.persons] == truth.rows, seed
        if any(truth.sites):
            assert [person.fields.get("site") for person in roster.persons] == truth.sites, seed
        total += len(truth.surnames)
        right += sum(p.fields.get("surname") == name for p, name in zip(roster.persons, truth.surnames, strict=True))
    assert right >= 0.97 * total


# sheets that hold names, places and numbers, but are no lists of persons
NO_ROSTERS: dict[str, list[list[Cell]]] = {
    "plan": [
        ["İş planı 2025"],
        ["№", "Fəaliyyət", "Tarix", "Məsul", "Büdcə"],
        [1, "Təlim keçirmək", "may", "Quliyev Tural", 500],
        [2, "Görüş", "iyun", "Səfərova Günel", 100],
    ],
    "sites": [
        ["Sayt", "Koordinator", "İştirakçı", "Qadın"],
        ["Gəncə", "Quliyev Tural", 120, 40],
        ["Şəki", "Səfərova Günel", 80, 30],
        ["Cəmi", None, 200, 70],
    ],
    "quarter": [
        ["Activity", "Date", "Trainer", "Participants", "Women"],
        ["Basic Training", "12.05.2025", "Tural Guliyev", 25, 5],
        ["Study Visit", "13.05.2025", "Gunel Safarova", 10, 5],
    ],
    "agenda": [
        ["Vaxt", "Mövzu", "Aparıcı"],
        ["09:00", "Giriş", "Quliyev Tural"],
        ["10:00", "Qrup işi", "Səfərova Günel"],
    ],
    "minutes": [
        ["PROTOKOL"],
        ["Tarix: 12.05.2025"],
        ["İştirak edirdilər: Quliyev Tural, Səfərova Günel"],
        ["Gündəlik:"],
        ["1. Təhlükəsizlik məsələləri"],
        ["2. Digər"],
    ],
    "items": [
        ["№", "Tapşırıq", "İcraçı", "Son tarix", "Status"],
        [1, "Lampaları təmir etmək", "Quliyev Tural", "01.06.2025", "açıq"],
        [2, "Məktub göndərmək", "Səfərova Günel", "05.06.2025", "bağlı"],
    ],
    "summary rank": [["Rütbə", "Sayı"], ["mayor", 5], ["kapitan", 7], ["Cəmi", 12]],
    "orgs": [
        ["№", "Təşkilatın adı", "Ünvan", "Telefon", "Rəhbər"],
        [1, "Gənclər Birliyi", "Gəncə", "0505551101", "Quliyev Tural"],
        [2, "Qadın Şurası", "Şəki", "0505551102", "Səfərova Günel"],
    ],
    "schools": [["№", "Məktəb", "Şagird sayı"], [1, "5 saylı məktəb", 500], [2, "7 saylı məktəb", 300]],
    "books": [
        ["Title", "Author", "Year"],
        ["Community Policing", "John Smith", 2005],
        ["Gender Manual", "Mary Brown", 2010],
    ],
    "films": [["Name", "Director", "Year"], ["Blue Velvet", "David Lynch", 1986], ["Wild Heart", "David Lynch", 1990]],
    "products": [
        ["Name", "Category", "Price"],
        ["Blue Pen", "Office Supplies", 1.5],
        ["Red Pen", "Office Supplies", 1.6],
    ],
    "cities": [
        ["City", "Mayor", "Population"],
        ["Baku", "Eldar Azizov", 2000000],
        ["Ganja", "Niyazi Bayramov", 300000],
    ],
    "survey": [["Sual", "Bəli", "Xeyr"], ["Polis köməkçidirmi?", 45, 5], ["Təhlükəsizdirmi?", 40, 10]],
    "iris": [["Sepal.Length", "Sepal.Width", "Species"], [5.1, 3.5, "setosa"], [4.9, 3.0, "setosa"]],
    "mtcars": [["model", "mpg", "cyl"], ["Mazda RX4", 21, 6], ["Datsun 710", 22.8, 4], ["Hornet Sportabout", 18.7, 8]],
    "countries": [
        ["Name", "Capital", "Language"],
        ["United States", "Washington", "English"],
        ["New Zealand", "Wellington", "English"],
        ["Costa Rica", "San Jose", "Spanish"],
    ],
    "expenses": [
        ["Ad", "Miqdar", "Qiymət"],
        ["Su", "10", "0.5"],
        ["Kofe fasiləsi", "2", "30"],
        ["Qələm Mavi", "50", "0.2"],
    ],
    "teams": [["Team", "Played", "Points"], ["Real Madrid", 10, 30], ["Manchester United", 10, 20]],
    "stats": [
        ["Göstəricilər", 2023, 2024],
        ["Təlimlərin sayı", 12, 15],
        ["İştirakçıların sayı", 240, 300],
        ["Onlardan qadın", 60, 90],
    ],
    "dates": [["Tarix", "Gün"], ["12.05.2025", "Bazar ertəsi"], ["13.05.2025", "Çərşənbə axşamı"]],
    "tally": [
        ["Saat", "Kişi", "Qadın", "Oğlan", "Qız"],
        ["10-11", 12, 15, 4, 5],
        ["11-12", 20, 25, 6, 7],
        ["Cəmi", 32, 40, 10, 12],
    ],
    "form": [["Qeydiyyat forması"], ["Adı", None], ["Soyadı", None], ["Telefon", None], ["İmza", None]],
    "invite": [["Hörmətli Quliyev Tural"], ["Sizi təlimə dəvət edirik"], ["Hörmətlə"], ["Həsənov Rauf"]],
    "xlsform": [
        ["list_name", "name", "label"],
        ["district", "ganja", "Ganja City"],
        ["district", "sheki", "Sheki City"],
        ["rank", "major", "Major"],
    ],
    "venues": [
        ["Venue", "Address", "Contact person", "Phone"],
        ["Hilton Hotel", "Azadlıq 1", "Tural Guliyev", "0505551101"],
        ["City Hall", "Nizami 5", "Gunel Safarova", "0505551102"],
    ],
    "marks across": [["Fənn", "Riyaziyyat", "Fizika"], ["12.05.2025", 5, 4], ["13.05.2025", 4, 5]],
}


@pytest.mark.parametrize("name", NO_ROSTERS)
def test_nobody_is_invented(name: str) -> None:
    mapping = propose(square("Sheet1", [list(row) for row in NO_ROSTERS[name]]))
    assert not mapping.is_roster and mapping.why_not == "no_names"


@pytest.mark.parametrize("title", ["Справочник", "Ayarlar", "Settings", "Lookup", "Kodlar", "Siyahılar", "Lists"])
def test_lists_to_choose_from_are_no_rosters(title: str) -> None:
    rows: list[list[Cell]] = [["Rayon", "Ad, soyad"], ["Gəncə", "Quliyev Tural"], ["Şəki", "Səfərova Günel"]]
    assert propose(square(title, rows)).why_not == "settings_sheet"
    assert propose(square("Siyahı", rows)).is_roster
