"""The code lists: all there, whole in three languages, and open to the office's own values."""

import csv
import re

import pytest

from app.basics import words
from app.basics.paths import RESOURCES
from app.specs import choices, kinds
from app.specs.records import RECORDS
from app.specs.types import Choice, Choices

FIELDS_OF_WORK = """
Arms control
Border management
Combating trafficking in human beings
Conflict prevention and resolution
Countering terrorism
Cyber/ICT Security
Democratization
Economic activities
Education
Elections
Environmental activities
Gender equality
Good governance
Human rights
Media freedom and development
Migration
National minority issues
Policing
Reform and co-operation in the security sector
Roma and Sinti
Rule of law
Tolerance and non-discrimination
Youth
""".strip().splitlines()

CONFERENCES = """
Summit meetings
Review Conferences
Ministerial Council meetings
Plenary meetings of the Permanent Council
Plenary Meetings of the Forum for Security Co-operation
Security Review Conferences
Annual Implementation Assessment Meetings
Economic and Environmental Forum
Economic and Environmental Dimension Implementation Meetings
Human rights meetings
Media conferences
Cyber/ICT security conferences
Conference of the Alliance against Trafficking in Persons
Gender equality conferences
Annual OSCE Mediterranean conferences
Annual OSCE Asian conferences
""".strip().splitlines()

AZERBAIJANI_ONLY = set("əğıöüçşƏĞİÖÜÇŞ")
FILES = sorted((RESOURCES / "reference" / "choices").glob("*.csv"))


def used_lists() -> set[str]:
    return {f.type.list for r in RECORDS.values() for f in r.fields if isinstance(f.type, Choice | Choices)}


def english(name: str) -> list[str]:
    return [entry.label("en") for entry in choices.choices(name).values()]


def test_every_list_that_a_field_draws_on_exists_and_has_values() -> None:
    assert used_lists() <= set(choices.lists())
    assert [name for name in used_lists() if not choices.choices(name)] == []


def test_every_default_is_in_its_list() -> None:
    lost = [
        (record.name, field.name)
        for record in RECORDS.values()
        for field in record.fields
        if isinstance(field.type, Choice) and field.default and not choices.exists(field.type.list, field.default)
    ]
    assert lost == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_list_is_whole(path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = [row["code"] for row in rows]
    assert len(set(codes)) == len(codes)
    for row in rows:
        assert re.fullmatch(r"[A-Za-z0-9_./]{1,60}", row["code"]), row["code"]
        assert None not in row.values() and None not in row, f"{row['code']}: too few or too many columns"
        for language in words.LANGUAGES:
            assert row[language] and row[language] == row[language].strip(), (row["code"], language)
            assert "|" not in row[language]
        assert not row["parent"] or row["parent"] in codes, row["code"]
        assert row["retired"] in ("", "yes")
        assert set(row["review"].split()) <= set(words.LANGUAGES)


def test_russian_is_russian_and_azerbaijani_is_not_english() -> None:
    entries = [e for name in used_lists() - {"activity_kind"} for e in choices.choices(name).values()]
    latin_only = [
        e.code for e in entries if re.search(r"[A-Za-z]{3}", e.labels["ru"]) and not re.search("[а-я]", e.labels["ru"])
    ]
    assert set(latin_only) <= {"isbn"}
    spoken = [e for e in entries if AZERBAIJANI_ONLY & set(e.labels["az"])]
    assert len(spoken) > len(entries) / 2
    assert not [e.code for e in entries if re.search("[а-яА-Я]", e.labels["az"])]


def test_the_fields_of_work_are_those_of_the_source_in_its_order() -> None:
    assert english("field_of_work") == FIELDS_OF_WORK


def test_the_conference_types_are_those_of_the_source_in_its_order() -> None:
    assert english("conference_type") == CONFERENCES


def test_fifty_seven_states_take_part_and_eleven_are_partners() -> None:
    groups = [entry.more["group"] for entry in choices.choices("country").values()]
    counted = {group: groups.count(group) for group in set(groups)}
    assert counted == {"participating": 57, "asian_partner": 5, "mediterranean_partner": 6, "other": 1}


def test_a_state_is_found_under_its_old_name() -> None:
    assert "Turkey" in choices.choices("country")["TR"].more["old_names"]
    assert "Czech Republic" in choices.choices("country")["CZ"].more["old_names"]


def test_victims_are_never_offered_as_an_audience() -> None:
    offered = choices.offered_audiences()
    assert not {"trafficking_victims", "domestic_violence_victims"} & set(offered)
    assert len(offered) == len(choices.choices("audience")) - 2
    assert all(entry.more["named"] in ("named", "count_only") for entry in offered.values())


def test_those_who_must_not_be_named_are_counted_only_and_nobody_of_them_is_trained() -> None:
    audiences = choices.choices("audience")
    for code in ("ex_prisoners", "school_children", "children", "complainants", "poll_respondents", "citizens"):
        assert audiences[code].more["named"] == "count_only"
        assert audiences[code].more["trained"] == "no"
    for code in ("performers", "press", "vips"):
        assert audiences[code].more["trained"] == "no"


def test_topics_are_a_tree_and_each_has_a_chapter() -> None:
    assert "domestic_violence_law" in choices.within("topic", "gender")
    assert choices.within("topic", "domestic_violence_law") == {"domestic_violence_law"}
    for entry in choices.choices("topic").values():
        assert choices.exists("report_chapter", entry.more["chapter"]), entry.code


def test_the_eleven_departments_are_sites() -> None:
    sites = choices.choices("site_scope")["eleven_departments"].more["sites"].split()
    assert len(sites) == 11 and {"mingechevir", "nakhchivan"} <= set(sites)


def test_a_label_in_each_language_and_the_code_where_there_is_none() -> None:
    assert choices.label("sex", "f", "az") == "Qadın"
    words.use_language("ru")
    try:
        assert choices.label("sex", "f") == "Женщина"
    finally:
        words.use_language("en")
    assert choices.label("sex", "martian") == "martian"
    assert choices.label("no_such_list", "x") == "x"
    assert choices.label("sex", None) == ""


def test_an_unknown_list_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        choices.choices("no_such_list")
    assert not choices.exists("no_such_list", "x")
    assert not choices.exists("../sites", "x")


def test_the_office_adds_retires_and_renames_values() -> None:
    before = len(choices.choices("rank"))
    choices.use_own(
        [
            {"list": "rank", "code": "marshal", "label_en": "Marshal", "label_az": None, "label_ru": "Маршал"},
            {"list": "rank", "code": "cadet", "label_en": "Cadet (old)", "retired": True},
            {"list": "pets", "code": "dog", "label_en": "Dog", "label_az": "İt", "label_ru": "Собака"},
        ]
    )
    assert len(choices.choices("rank")) == before + 1
    assert choices.label("rank", "marshal", "ru") == "Маршал"
    assert choices.label("rank", "marshal", "az") == "Marshal"  # English where the office gave nothing
    assert "cadet" in choices.choices("rank") and "cadet" not in choices.offered("rank")
    assert choices.choices("rank")["cadet"].more["group"] == "junior"  # what the program knows of it stays
    assert choices.exists("pets", "dog") and "pets" in choices.lists()
    choices.use_own([])
    assert len(choices.choices("rank")) == before and not choices.exists("pets", "dog")


def test_the_kinds_are_a_list_too() -> None:
    listed = choices.choices("activity_kind")
    assert set(listed) == set(kinds.kinds())
    for code, kind in kinds.kinds().items():
        assert listed[code].labels == kind.labels
        assert listed[code].more == {"approach": kind.approach, "shape": kind.shape}
