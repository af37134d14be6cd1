"""What looks like a name, and the many things in a list that do not."""

from __future__ import annotations

import pytest

from app.rosters import likeness
from app.rosters.likeness import NO, ONE_WORD, SURE, WORDS, name_likeness


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Hüseynov Elxan Kərim oğlu", SURE),
        ("Ягуб Намикович Алиев", SURE),
        ("Əliyev R.Q.", SURE),
        ("əliyev rəşad", SURE),
        ("MƏMMƏDOV ELÇİN RƏŞİD OĞLU", SURE),
        ("Гусейн-заде Рамиз", SURE),
        ("1. Quliyev Tural", SURE),
        ("David Bowie", WORDS),
        ("Zsa Zsa Gábor", WORDS),
        ("Ben \nAshley", WORDS),
        ("Prince", ONE_WORD),
        ("Səfərova Günel (tərcüməçi)", SURE),
        ("Cəmilə Cəmilova", SURE),
        ("", NO),
        ("Binəqədi rayonu", NO),
        ("Cəmi: 15 nəfər", NO),
        ("we're signing", NO),
        ("also like to write stuff", NO),
        ("12", NO),
        ("45|0|0", NO),
        ("GQ & DF", NO),
        ("Baş mütəxəssis", NO),
        ("Gəncə şəhər Polis İdarəsi", NO),
        ("a@b.az", NO),
        ("Məktəb № 5", NO),
        ("Soyadı, adı", NO),
        ("Итого:", NO),
        ("Qrup A", NO),
        ("_____ Əliyev", NO),
        ("Azər MMC", NO),
    ],
)
def test_names(text: str, level: int) -> None:
    assert name_likeness(text) == level


def test_totals_and_names_that_begin_alike() -> None:
    assert all(
        likeness.is_total(text)
        for text in ("Cəmi: 15 nəfər", "YEKUN", "Итого:", "Всего 4 чел.", "Total", "Subtotal:", "CƏMİ")
    )
    assert not any(likeness.is_total(text) for text in ("Cəmil Cəmilov", "Всеволод", "Totally", "Yekunov"))


def test_closing_lines() -> None:
    closing = (
        "Məsul şəxs: ____",
        "Подпись",
        "Prepared by: X",
        "Tərtib etdi",
        "Ответственный за список",
        "İmza:",
        "Rəis ____",
    )
    assert all(likeness.is_footer(text) for text in closing)
    assert not any(
        likeness.is_footer(text) for text in ("Датаев Руслан", "İmzalı Elçin", "Məsudov Ələkbər", "Notar Əli")
    )


def test_places_and_offices() -> None:
    assert likeness.place_or_office("Binəqədi rayonu") == "site"
    assert likeness.place_or_office("г. Гянджа") == "site"
    assert likeness.place_or_office("Gəncə şəhər Baş Polis İdarəsi") == "organisation"
    assert likeness.place_or_office("Quliyev Tural") == ""


def test_ranks_are_taken_off() -> None:
    assert likeness.without_rank("polis mayoru Quliyev Tural") == ("Quliyev Tural", "polis mayoru")
    assert likeness.without_rank("капитан полиции Кулиев Турал") == ("Кулиев Турал", "капитан полиции")
    assert likeness.without_rank("Quliyev Tural, mayor") == ("Quliyev Tural", "mayor")
    assert likeness.without_rank("Majorova Günel") == ("Majorova Günel", "")
    assert likeness.without_rank("Mayorov Tural") == ("Mayorov Tural", "")


def test_vacant_places() -> None:
    assert (
        likeness.is_vacant("вакансия") and likeness.is_vacant("Vakant yer") and not likeness.is_vacant("Vakif Əliyev")
    )


def test_single_names() -> None:
    assert all(likeness.is_single_name(text) for text in ("Quliyev", "Rafiq oğlu", "Т.Р.", "Ağa Can", "Гусейн-заде"))
    assert not any(likeness.is_single_name(text) for text in ("", "5", "Cəmi", "məktəb 5", "Gəncə şəhəri", "a b c d e"))
