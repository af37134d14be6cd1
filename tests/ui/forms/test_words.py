"""Labels come from the catalogue, in the language spoken; titles of rows follow their spec."""

from __future__ import annotations

import pytest

from app.basics import words
from app.specs.records import RECORDS
from app.ui.forms.words import hint_of, label_of, record_name, records_name, section_name, title_of, twin_of


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("record", RECORDS)
def test_every_record_and_field_has_its_words(record: str, language: str) -> None:
    words.use_language(language)
    assert record_name(record) and records_name(record)
    for field in RECORDS[record].fields:
        said = label_of(record, field.name)
        assert said and "_" not in said
        assert section_name(field.section)
    if language != "en":
        spoken = {label_of(record, field.name) for field in RECORDS[record].fields}
        words.use_language("en")
        assert spoken != {label_of(record, field.name) for field in RECORDS[record].fields}


def test_a_label_changes_with_the_language() -> None:
    words.use_language("en")
    english = label_of("person", "surname")
    words.use_language("az")
    assert label_of("person", "surname") == "Soyad" != english


def test_a_field_the_catalogue_does_not_know_is_put_into_words() -> None:
    assert label_of("venue", "no_such_field_here") == "No such field here"
    assert hint_of("venue", "no_such_field_here") == ""


def test_twins() -> None:
    assert twin_of("title_az") == ("title", "az")
    assert twin_of("name") == ("name", "")
    assert twin_of("strength_f") == ("strength_f", "")


def test_a_row_is_called_by_its_title_in_the_language_spoken_else_any() -> None:
    words.use_language("ru")
    assert title_of("site", {"name_en": "Ganja", "name_az": "Gəncə", "name_ru": "Гянджа"}) == "Гянджа"
    assert title_of("site", {"name_en": "Ganja", "name_az": None, "name_ru": None}) == "Ganja"
    assert title_of("person", {"surname": "Əliyeva", "given": "Leyla", "patronymic": None}) == "Əliyeva Leyla"
    assert title_of("site", None) == ""
