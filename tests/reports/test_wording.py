"""Names, days and numbers as people there write them."""

from __future__ import annotations

from app.models.store import Store
from app.reports.wording import NO_NAME, Wording, day, days, moment, spoken
from tests.build import a_person, an_activity, site


def test_names_of_persons(store: Store) -> None:
    made = store.write(
        lambda w: a_person(w, surname="Əliyev", given="Rəşid", patronymic="Oruc", suffix="oglu", name_ru="Алиев Рашид")
    ).value
    with store.read() as reader:
        row = reader.get("person", made)
        assert Wording(reader, "az").person(row) == "Əliyev Rəşid Oruc oğlu"
        assert Wording(reader, "ru").person(row) == "Алиев Рашид"
        assert Wording(reader, "en").person(None) == NO_NAME
        assert Wording(reader, "en").person({**(row or {}), "name_printed": "R. Aliyev"}, printed=True) == "R. Aliyev"


def test_titles_fall_back(store: Store) -> None:
    made = store.write(lambda w: an_activity(w, title_en=None, title_ru="Обучение")).value
    bare = store.write(lambda w: an_activity(w, title_en=None)).value
    with store.read() as reader:
        words = Wording(reader, "az")
        assert words.activity(reader.get("activity", made) or {}) == "Обучение"
        assert words.activity(reader.get("activity", bare) or {}) == words.kind("training_gender_mainstreaming")
        assert words.site(site("ganja")) == "Gəncə"
        assert words.site(None) == "" and words.site(made) == NO_NAME
        assert words.choices("topic", ["crime_prevention", "no_such"]).endswith("no_such")
        assert words.kind("no_such_kind") == "no_such_kind"


def test_days() -> None:
    assert day("2026-11-21") == "21.11.2026" and day(None) == ""
    assert days("2026-02-10", "2026-02-11") == "10.02.2026 – 11.02.2026"
    assert days("2026-02-10", "2026-02-10") == days("2026-02-10", None) == "10.02.2026"
    assert moment("2026-11-21T14:05:09Z") == "21.11.2026 14:05 UTC"


def test_numbers() -> None:
    assert spoken(1234567) == "1\u00a0234\u00a0567"
    assert spoken(12.5, "hours", "az") == "12,5" and spoken(12.0, "hours") == "12"
    assert spoken(1234.5, "money", "ru") == "1\u00a0234,50"
    assert spoken(0.375, "percent", "en") == "37.5 %" and spoken(None) == ""
