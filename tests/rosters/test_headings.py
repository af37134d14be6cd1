"""Headings in three languages, alone and together, and headings of sessions."""

from __future__ import annotations

from datetime import date

import pytest

from app.basics.words import known
from app.names.parse import GIVEN_FIRST, SURNAME_FIRST
from app.rosters.headings import FIELDS, heading_of, key_of, session_of


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("№", "number"),
        ("№ п/п", "number"),
        ("S/s", "number"),
        ("No.", "number"),
        ("#", "number"),
        ("Soyadı, adı, atasının adı", "full_name"),
        ("SOYADI ADI", "full_name"),
        ("Soyadi, adi, ata adi", "full_name"),
        ("S.A.A", "full_name"),
        ("İştirakçının S.A.A.", "full_name"),
        ("ФИО участника", "full_name"),
        ("Ф.И.О.", "full_name"),
        ("Фамилия, имя, отчество", "full_name"),
        ("Ad/Soyad", "full_name"),
        ("Adınız və soyadınız", "full_name"),
        ("Last Name, First Name", "full_name"),
        ("Adı, soyadı / Имя, фамилия / Name", "full_name"),
        ("Full\nName *", "full_name"),
        ("Name", "name"),
        ("Adı", "name"),
        ("Имя", "name"),
        ("Soyadı", "surname"),
        ("Фамилия", "surname"),
        ("Surname", "surname"),
        ("Atasının adı", "patronymic"),
        ("Ata adı", "patronymic"),
        ("Отчество", "patronymic"),
        ("Father's name", "patronymic"),
        ("Имя, отчество", "given_patronymic"),
        ("First Name", "given"),
        ("Doğum tarixi (gün, ay, il)", "birth_date"),
        ("Дата рожд.", "birth_date"),
        ("Date of birth", "birth_date"),
        ("Год рождения", "birth_year"),
        ("Təvəllüdü", "birth_date"),
        ("Vəzifəsi", "post"),
        ("Vezifesi", "post"),
        ("Rütbəsi", "rank"),
        ("Rütbəsi, vəzifəsi", "rank_post"),
        ("Звание", "rank"),
        ("Əlaqə nömrəsi", "phone"),
        ("Tel.:", "phone"),
        ("моб. тел.", "phone"),
        ("Phone / Email", "contact"),
        ("E-mail", "email"),
        ("K/Q", "sex"),
        ("Cinsi", "sex"),
        ("Пол (м/ж)", "sex"),
        ("Gender", "sex"),
        ("Kişi", "sex_male"),
        ("Женщины", "sex_female"),
        ("Rayon", "site"),
        ("Город/район", "site"),
        ("İş yeri və vəzifəsi", "organisation_post"),
        ("Təşkilat", "organisation"),
        ("Name of organization", "organisation"),
        ("Bölmə", "unit"),
        ("Şəxsiyyət vəsiqəsinin №", "document"),
        ("FİN kod", "document"),
        ("İmza", "signature"),
        ("Подпись", "signature"),
        ("Qeyd", "note"),
        ("Pre-test", "pre_test"),
        ("Yekun test", "post_test"),
        ("Təlimçinin adı, soyadı", "ignore"),
        ("Tədbirin adı", "ignore"),
        ("Number of participants", "ignore"),
        ("Date", "ignore"),
    ],
)
def test_what_headings_mean(text: str, field: str) -> None:
    found = heading_of(text)
    assert (found.field, found.coverage >= 0.5) == (field, True)


@pytest.mark.parametrize(
    "text",
    [
        "iştirakçıların qeydiyyat vərəqi",
        "Has kids",
        "",
        "———",
        "x" * 500,
        "Список участников семинара (г. Мингячевир)",
        "Hüseynov Elxan Kərim oğlu",
    ],
)
def test_what_is_no_heading(text: str) -> None:
    found = heading_of(text)
    assert found.coverage < 0.5 or found.field == "ignore"


def test_order_of_names() -> None:
    assert heading_of("Soyadı, adı, atasının adı").order == SURNAME_FIRST
    assert heading_of("ФИО").order == SURNAME_FIRST
    assert heading_of("Adı, soyadı").order == GIVEN_FIRST
    assert heading_of("First and Last name").order == GIVEN_FIRST
    assert heading_of("Last name, first name").order == SURNAME_FIRST
    assert heading_of("Full name").order is None


def test_spelling_does_not_matter() -> None:
    assert key_of("ŞƏXSİYYƏT  Vəsiqəsi") == key_of("sexsiyyet vesiqesi")
    assert key_of("Фaмилия") == key_of("фамилия")  # Latin letters in a Russian word


def test_every_field_has_words() -> None:
    for field in FIELDS:
        assert known(f"rosters.field_{field}")


@pytest.mark.parametrize(
    "text", ["I gün", "II gün", "1-ci gün", "Day 1", "12.09", "12 sentyabr", "2-ой день", "səhər", "Сессия 2", "gün3"]
)
def test_sessions(text: str) -> None:
    assert session_of(text) is not None


@pytest.mark.parametrize(
    "text", ["Cəmi", "Qeyd", "Soyadı", "1", 5, None, True, "12-13 sentyabr 2024 Gəncə", "Günel Səfərova", "Dayanət"]
)
def test_what_is_no_session(text: object) -> None:
    assert session_of(text) is None  # type: ignore[arg-type]


def test_days_of_sessions() -> None:
    found = session_of("12.09.2024 (səhər)")
    assert found is not None and session_of(date(2024, 9, 12)) is not None
    day = session_of("12.09.2024")
    assert day is not None and day.day == date(2024, 9, 12)
    part = session_of("День 1 (утро)")
    assert part is not None and part.part == "am"
    assert session_of(3, below_attendance=True) is not None and session_of(32, below_attendance=True) is None
