"""The seeded rows: right, in order, and the same on every laptop."""

import subprocess
import sys

from app.basics.ids import id_of
from app.specs import choices
from app.specs.records import RECORDS
from app.specs.seeds import SEED_VERSION, organisation_id, seed_rows, site_id
from app.specs.types import Choice, Choices

DEPARTMENTS = {
    "mingechevir": ("Mingəçevir", "Мингечевир", 2006),
    "shirvan": ("Şirvan", "Ширван", 2007),
    "ganja": ("Gəncə", "Гянджа", 2008),
    "yevlakh": ("Yevlax", "Евлах", 2008),
    "tartar": ("Tərtər", "Тертер", 2008),
    "gazakh": ("Qazax", "Казах", 2008),
    "guba": ("Quba", "Куба (Губа)", 2008),
    "khachmaz": ("Xaçmaz", "Хачмаз", 2008),
    "davachi": ("Şabran", "Шабран", 2008),
    "narimanov": ("Nərimanov rayonu (Bakı)", "Наримановский район (Баку)", 2008),
    "nakhchivan": ("Naxçıvan Muxtar Respublikası", "Нахчыванская Автономная Республика", None),
}


def by_code(record: str) -> dict[str, dict]:
    return {values["code"]: values for kind, _, values in seed_rows() if kind == record}


def test_every_row_is_valid_and_stands_after_what_it_refers_to() -> None:
    seen: set[str] = set()
    for record, row, values in seed_rows():
        spec = RECORDS[record]
        assert spec.tidy(values) == values
        assert spec.check(values, whole=True) == []
        for field in spec.fields:
            value = values.get(field.name)
            if isinstance(field.type, Choice | Choices) and value:
                for code in [value] if isinstance(value, str) else value:
                    assert choices.exists(field.type.list, code), (values["code"], field.name, code)
        for field in spec.references:
            assert values.get(field.name) is None or values[field.name] in seen, (values["code"], field.name)
        assert row not in seen
        seen.add(row)


def test_every_row_has_its_three_languages() -> None:
    for record, _, values in seed_rows():
        stem = RECORDS[record].title[0]
        assert all(values.get(f"{stem}_{language}") for language in ("en", "az", "ru")), values["code"]


def test_ids_follow_from_codes_and_do_not_change() -> None:
    rows = {row for _, row, _ in seed_rows()}
    assert site_id("ganja") in rows and organisation_id("mia") in rows
    assert site_id("ganja") == id_of("site", "ganja") == "ae860e43-6f16-5c2a-93fc-a7fd9e707351"
    assert SEED_VERSION >= 1


def test_another_process_makes_the_same_rows() -> None:
    code = "from app.specs.seeds import seed_rows; print(repr(seed_rows()))"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert made.stdout.strip() == repr(seed_rows())


def test_changing_an_answer_changes_nothing() -> None:
    seed_rows()[0][2]["code"] = "changed"
    assert seed_rows()[0][2]["code"] != "changed"


def test_the_eleven_departments_the_office_and_the_places_that_are_no_sites() -> None:
    sites = by_code("site")
    assert set(sites) == {*DEPARTMENTS, "baku", "other_place", "abroad"}
    for code, (az, ru, year) in DEPARTMENTS.items():
        assert (sites[code]["name_az"], sites[code]["name_ru"]) == (az, ru)
        assert sites[code].get("start") == (f"{year}-01-01" if year else None)
    assert "Ali-Bayramli" in sites["shirvan"]["former_names"] and "Davachi" in sites["davachi"]["former_names"]
    assert sites["nakhchivan"]["iso_code"] == "AZ-NX" and sites["nakhchivan"]["type"] == "autonomous_republic"


def test_each_department_is_an_organisation_of_the_ministry() -> None:
    organisations = by_code("organisation")
    for code in DEPARTMENTS:
        assert organisations[f"pd_{code}"]["parent"] == organisation_id("mia")


def test_what_has_ended_says_so_and_names_its_successor() -> None:
    organisations = by_code("organisation")
    office, coordinator = organisations["osce_office_baku"], organisations["osce_project_coordinator_baku"]
    assert office["successor"] == organisation_id("osce_project_coordinator_baku")
    assert office["status"] == coordinator["status"] == "closed"
    assert office["valid_to"] < coordinator["valid_from"]
    assert organisations["mns"]["valid_to"] and organisations["mns"]["successor"]


def test_twelve_field_operations_are_open() -> None:
    operations = [v for v in by_code("organisation").values() if v["type"] == "osce_field_operation"]
    opened = [v["code"] for v in operations if v["status"] == "open"]
    assert len(set(opened) - {"osce_border_management_staff_college"}) == 12


def test_an_indicator_says_what_it_counts() -> None:
    indicators = by_code("indicator")
    assert indicators["persons_trained"]["count_type"] == "people"
    assert indicators["open_day_attendance"]["count_type"] == "headcount"
    assert indicators["people_reached"]["count_type"] == "estimate"
