"""Fields and values in words, in three languages."""

from __future__ import annotations

from app.basics import words
from app.specs import wording


def test_values_are_told_as_people_read_them() -> None:
    assert wording.value_word("person", "sex", "f") == "Woman"
    assert wording.value_word("activity", "start", "2026-11-21") == "21.11.2026"
    assert wording.value_word("activity", "topics/gender", False).startswith("without ")
    assert wording.value_word("activity", "site", "x", {"x": "Ganja"}) == "Ganja"
    assert wording.value_word("person", "phone", None) == ""
    assert wording.value_word("tomorrow's record", "field", True) == "yes"
    words.use_language("ru")
    assert wording.value_word("person", "sex", "f") != "Woman"


def test_keys_have_names_even_those_nobody_knows() -> None:
    assert wording.key_word("person", "phone") == "Phone"
    assert wording.key_word("activity", "title_az").endswith("(az)")
    assert wording.key_word("activity", "details.hours_before") == "Hours before"
    assert wording.record_word("person") and wording.record_word("person", many=True) == "People"
    assert wording.record_word("not_known") == "Not known"


def test_days_moments_and_titles() -> None:
    assert wording.day_word("2026-11-21T10:00:00Z") == "21.11.2026" and wording.day_word(None) == ""
    assert wording.moment_word("nothing") == "nothing" and wording.moment_word(None) == ""
    assert wording.moment_word("2026-11-21T10:00:00Z")[:6] == "21.11."
    assert wording.title_word("person", {"surname": "Quliyev", "given": "Əli"}) == "Quliyev Əli"
    words.use_language("az")
    assert wording.title_word("activity", {"title_en": "E", "title_az": "A"}) == "A"
    assert wording.title_word("activity", {}) == ""
