"""Lists into the register: every real workbook, who is who, what is never written, one undo."""

from __future__ import annotations

import csv
import json
import time
from pathlib import Path

import openpyxl
import pytest

from app.errors import Invalid, UserError
from app.models.store import Store
from app.names.against import Against
from app.names.parse import parse_name
from app.services import people, people_import
from app.services.people_import import DOUBTFUL, KNOWN, NEW, SKIPPED, ImportPlan
from tests import build
from tests.names.compose import register

DATA = Path(__file__).resolve().parents[1] / "data" / "rosters"

# file → (new, known, doubtful, skipped) in an empty register
EMPTY = {
    "02_readxl_deaths.xlsx": (20, 0, 0, 0),
    "03_sheetjs_attendance_matrix.xlsx": (8, 0, 0, 0),
    "c1_az_qeydiyyat.xlsx": (14, 0, 1, 0),
    "c1_az_qeydiyyat.ods": (14, 0, 1, 0),
    "c2_ru_spisok.xlsx": (13, 0, 0, 0),
    "c2_ru_spisok.xls": (13, 0, 0, 0),
}
NO_PERSONS = ("01_lc_training_attendance.xlsx", "17_sheetjs_1904_dates.xlsx")


def planned(store: Store, path: Path, **more: object) -> ImportPlan:
    with store.read() as reader:
        return people_import.plan(reader, path, **more)  # type: ignore[arg-type]


def pasted(store: Store, text: str, **more: object) -> ImportPlan:
    with store.read() as reader:
        return people_import.paste(reader, text, **more)  # type: ignore[arg-type]


def count(store: Store, record: str = "person") -> int:
    with store.read() as reader:
        return reader.count(record)


def a_list(path: Path, heading: list[str], rows: list[list[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heading, *rows])
    return path


def test_every_workbook_is_expected() -> None:
    assert {path.name for path in DATA.iterdir()} - {"SOURCES.md"} == set(EMPTY) | set(NO_PERSONS)


@pytest.mark.parametrize("name", EMPTY)
def test_real_workbooks_into_an_empty_register(store: Store, name: str) -> None:
    plan = planned(store, DATA / name)
    assert tuple(plan.counts.values()) == EMPTY[name]
    assert count(store) == 0, "a plan writes nothing"
    outcome = store.write(lambda w: people_import.apply(w, plan))
    assert count(store) == EMPTY[name][0] == len(outcome.value.created)
    store.write(lambda w: w.revert(outcome.changes.ops))
    assert (count(store), count(store, "posting")) == (0, 0), "one undo takes all of it back"


@pytest.mark.parametrize("name", NO_PERSONS)
def test_workbooks_without_persons_are_refused(store: Store, name: str) -> None:
    with pytest.raises(UserError, match="no_roster_found"):
        planned(store, DATA / name)


def test_the_same_list_again_makes_nobody_new(store: Store) -> None:
    first = planned(store, DATA / "c1_az_qeydiyyat.xlsx")
    store.write(lambda w: people_import.apply(w, first))
    again = planned(store, DATA / "c1_az_qeydiyyat.ods")
    assert again.counts == {NEW: 0, KNOWN: 14, DOUBTFUL: 1, SKIPPED: 0}
    outcome = store.write(lambda w: people_import.apply(w, again))
    assert not outcome.changes.ops, "nothing on the cards was missing"


def test_the_one_who_stands_twice_waits_for_a_person(store: Store) -> None:
    plan = planned(store, DATA / "c1_az_qeydiyyat.xlsx")
    (twice,) = [row for row in plan.rows if row.status == DOUBTFUL]
    assert (twice.row, twice.name) == (23, "Hüseynov Nicat") and plan.needs_person
    assert twice.candidates[0].row == "1:11" and ("twice_in_file", {"row": 11}) in twice.problems
    left = store.write(lambda w: people_import.apply(w, plan)).value
    assert left.waiting == ["1:23"] and "1:23" not in left.persons


@pytest.mark.parametrize(("answer", "made"), [("1:11", 14), ("new", 15), ("later", 14)])
def test_a_decision_about_the_one_who_stands_twice(store: Store, answer: str, made: int) -> None:
    plan = planned(store, DATA / "c1_az_qeydiyyat.xlsx")
    done = store.write(lambda w: people_import.apply(w, plan, {"1:23": answer})).value
    assert len(done.created) == count(store) == made
    if answer == "1:11":
        assert done.persons["1:23"] == done.persons["1:11"]


def test_a_decision_for_nobody_writes_nothing(store: Store) -> None:
    plan = planned(store, DATA / "c1_az_qeydiyyat.xlsx")
    with pytest.raises(UserError, match="decision_unclear"):
        store.write(lambda w: people_import.apply(w, plan, {"1:23": "11111111-1111-4111-8111-111111111111"}))
    assert count(store) == 0


def test_values_in_the_registers_own_codes(store: Store) -> None:
    text = (
        "Soyadı\tAdı\tAtasının adı\tRütbəsi\tCinsi\tRayon\tİdarə\tTelefon\tDil\n"
        "Quliyev\tTural\tRafiq oğlu\tpolis baş leytenantı\tkişi\tGəncə şəhəri\tNizami RPŞ\t050 555 11 01\taz, ru\n"
        "Сафарова\tГюнель\tНатиговна\tмайор полиции\tж\tМингечевир\tПатрульная полиция\t0555551102\tрусский\n"
        "Aliyev\tElchin\t\tCaptain\tM\tShirvan\tPolice Academy\t\tenglish\n"
    )
    plan = pasted(store, text)
    first, second, third = (row.values for row in plan.rows)
    assert (first["rank"], first["sex"], first["unit"]) == ("senior_lieutenant", "m", "Nizami RPŞ")
    assert (first["suffix"], first["phone"], first["languages"]) == ("oglu", "+994505551101", ["az", "ru"])
    assert (second["rank"], second["sex"], second["service"]) == ("major", "f", "patrol_police")
    assert second["name_ru"] == "Сафарова Гюнель Натиговна"
    assert (third["rank"], third["sex"]) == ("captain", "m")
    assert [row.site for row in plan.rows] == [build.site(code) for code in ("ganja", "mingechevir", "shirvan")]
    store.write(lambda w: people_import.apply(w, plan))
    with store.read() as reader:
        owners = {row["surname"]: row["owner_site"] for row in reader.list("person")}
        academy = reader.list("person", surname="Aliyev")[0]["organisation"]
        assert reader.get("organisation", academy)["code"] == "police_academy"  # type: ignore[index]
    assert owners["Quliyev"] == build.site("ganja")


def test_nobody_under_18_gets_in_by_name(store: Store, tmp_path: Path) -> None:
    path = a_list(
        tmp_path / "x.csv",
        ["№", "Soyadı, adı", "Doğum tarixi", "Yaşı"],
        [[1, "Quliyev Tural", "12.03.2015", ""], [2, "Səfərova Günel", "", 16], [3, "Babayev Orxan", "1.2.1990", ""]],
    )
    plan = planned(store, path)
    assert [(row.status, row.reason) for row in plan.rows] == [(SKIPPED, "minor"), (SKIPPED, "minor"), (NEW, "")]
    assert all(("minor", {}) in row.problems for row in plan.rows[:2])
    store.write(lambda w: people_import.apply(w, plan, {"1:2": "new"}))
    with store.read() as reader:
        assert [row["surname"] for row in reader.list("person")] == ["Babayev"]


def test_known_doubtful_and_new(store: Store) -> None:
    elchin = store.write(
        lambda w: build.a_person(
            w, surname="Məmmədov", given="Elçin", patronymic="Rəşid", suffix="oglu", sex="m", birth_year=1980
        )
    ).value
    store.write(lambda w: [build.a_person(w, surname=s, given="Aysel") for s in ("Quliyeva", "Hüseynova", "Orucova")])
    plan = pasted(
        store,
        "ФИО\tГод рождения\nМамедов Эльчин Рашидович\t1980\nMammadov Elchin\t\nBabayev Orxan Vaqif oğlu\t1975\n"
        "Məmmədov Elçin Rəşid oğlu\t1951\n",
    )
    assert [row.status for row in plan.rows] == [KNOWN, DOUBTFUL, NEW, DOUBTFUL]
    assert plan.rows[0].person == elchin
    assert elchin in [candidate.person for candidate in plan.rows[1].candidates]
    assert "birth_other" in plan.rows[3].candidates[-1].reasons, "another birth year: never without asking"
    done = store.write(lambda w: people_import.apply(w, plan, {plan.rows[1].key: elchin})).value
    assert done.persons[plan.rows[0].key] == done.persons[plan.rows[1].key] == elchin
    assert done.waiting == [plan.rows[3].key]
    with store.read() as reader:
        card = reader.get("person", elchin)
        assert card is not None and card["name_ru"] == "Мамедов Эльчин Рашидович", "what the card lacked is filled in"
        assert card["surname"] == "Məmmədov", "what it had stays"


def test_onto_the_list_of_an_activity(store: Store) -> None:
    activity = store.write(lambda w: build.an_activity(w, start="2024-09-12", end="2024-09-13")).value
    store.write(lambda w: [build.a_session(w, activity, day) for day in ("2024-09-12", "2024-09-13")])
    plan = planned(store, DATA / "c1_az_qeydiyyat.xlsx", activity=activity)
    outcome = store.write(lambda w: people_import.apply(w, plan))
    with store.read() as reader:
        listed = reader.list("participation", activity=activity)
        marks = reader.list("attendance")
    assert len(listed) == 14 and {row["source"] for row in listed} == {"import"}
    assert {row["sheet_row"] for row in listed} == set(range(1, 16)) - {12}, "the sheet's own numbers"
    assert {row["service"] for row in listed} == {None, "neighbourhood_police"}
    assert sum(mark["state"] == "present" for mark in marks) == 17
    assert sum(mark["state"] == "absent" for mark in marks) == 5
    again = planned(store, DATA / "c1_az_qeydiyyat.xlsx", activity=activity)
    assert not store.write(lambda w: people_import.apply(w, again)).changes.ops, "twice does no harm"
    store.write(lambda w: w.revert(outcome.changes.ops))
    with store.read() as reader:
        assert reader.list("participation", activity=activity) == [] == reader.list("attendance")


def test_a_kind_that_only_counts_takes_no_names(store: Store) -> None:
    activity = store.write(lambda w: build.an_activity(w, kind="citizens_visit")).value
    with pytest.raises(Invalid) as caught:
        planned(store, DATA / "c1_az_qeydiyyat.xlsx", activity=activity)
    assert caught.value.problems[0].code == "kind_counts_only"
    with pytest.raises(UserError, match="no_such_row"):
        planned(store, DATA / "c1_az_qeydiyyat.xlsx", activity="11111111-1111-4111-8111-111111111111")


def test_a_chosen_mapping_is_remembered_for_its_layout(store: Store, tmp_path: Path) -> None:
    path = a_list(tmp_path / "x.csv", ["№", "Soyadı, adı", "Xüsusi"], [[1, "Quliyev Tural", "mayor"]])
    proposed = planned(store, path)
    assert "rank" not in proposed.rows[0].values
    chosen = {**proposed.sheets[0].mapping.to_json()}
    chosen["columns"] = {**chosen["columns"], "2": "rank"}
    plan = planned(store, path, mapping=json.loads(json.dumps(chosen)))
    assert plan.rows[0].values["rank"] == "major"
    store.write(lambda w: people_import.apply(w, plan))
    other = a_list(tmp_path / "y.csv", ["№", "Soyadı, adı", "Xüsusi"], [[1, "Babayev Orxan", "kapitan"]])
    again = planned(store, other)
    assert again.sheets[0].remembered and again.rows[0].values["rank"] == "captain"
    with pytest.raises(UserError, match="roster_mapping_wrong"):
        planned(store, path, mapping={"columns": {"0": "password"}})
    with pytest.raises(UserError, match="no_such_sheet"):
        planned(store, path, sheet="Vərəq 9")


def test_what_a_mail_says_is_read_the_same(store: Store) -> None:
    plan = pasted(store, "1. Quliyev Tural Rafiq oğlu – müəllim, 050 555 11 01\n2. Səfərova Günel – həkim\n")
    assert [row.values["surname"] for row in plan.rows] == ["Quliyev", "Səfərova"]
    with pytest.raises(UserError, match="no_roster_pasted"):
        pasted(store, "salam, necəsən?")


@pytest.mark.parametrize("language", ["az", "ru", "en"])
def test_every_word_of_a_plan_is_known(store: Store, language: str) -> None:
    from app.basics import words

    words.use_language(language)
    plan = planned(store, DATA / "c1_az_qeydiyyat.xlsx")
    lines = plan.lines()
    assert any("1985-02-30" in line for line in lines) and any("Hüseynov Nicat" in line for line in lines)
    done = store.write(lambda w: people_import.apply(w, plan)).value
    assert all("{" not in line and "_" not in line for line in [*lines, *done.lines()])
    json.dumps([plan.as_data(), done.as_data()])


def test_a_long_list_is_planned_quickly(store: Store, tmp_path: Path) -> None:
    """1,000 rows against 2,000 persons; the bound is loose because the machine may be busy (0.9 s alone)."""
    composed = register(4, persons=2000, records=2000)
    rows = [[n, row["full_name"], row["phone"]] for n, row in enumerate(composed.rows, 1)]
    first = planned(store, a_list(tmp_path / "a.csv", ["№", "ФИО", "Телефон"], rows))
    store.write(lambda w: people_import.apply(w, first))
    path = a_list(tmp_path / "b.csv", ["№", "ФИО", "Телефон"], rows[:1000])
    started = time.monotonic()
    plan = planned(store, path)
    assert time.monotonic() - started < 6
    assert plan.counts[NEW] < 20, "they are all there already"


def test_surely_means_surely() -> None:
    """Of a composed register, typed twice by different hands, at least 98 of 100 taken for known are the right ones."""
    right = wrong = 0
    for seed in (21, 22):
        composed = register(seed, persons=3000, records=4000)
        rows = []
        for row in composed.rows:
            name = parse_name(row["full_name"])
            year = row["birth_year"] or row["birth_date"][:4]
            rows.append({**row, "surname": name.surname, "given_name": name.given, "patronymic": name.patronymic,
                         "birth_year": year})  # fmt: skip
        there = {str(row["id"]) for row in rows[:2800]}
        against = Against(rows[:2800])
        pairs = composed.same | {(other, one) for one, other in composed.same}
        for row in rows[2800:]:
            found = against.likely(row, least=0.04)
            if found and people_import._surely(found):
                if (row["id"], found[0].id2) in pairs:
                    right += 1
                else:
                    wrong += 1
        assert there
    assert right > 150 and right / (right + wrong) >= 0.98


def test_a_person_is_shown_by_their_whole_name(store: Store) -> None:
    plan = planned(store, DATA / "c1_az_qeydiyyat.xlsx")
    store.write(lambda w: people_import.apply(w, plan))
    with store.read() as reader:
        names = {people.full_name(row) for row in reader.list("person")}
    assert "Talıbzadə Mədinə İlqar qızı" in names


def a_book_with_last_years_list(folder: Path) -> Path:
    """A list to be seen and an older one that somebody hid."""
    book = openpyxl.Workbook()
    shown, hidden = book.active, book.create_sheet("2025")
    assert shown is not None
    hidden.sheet_state = "hidden"
    for sheet, names in ((shown, ("Məmmədov Elçin", "Əliyeva Günay")), (hidden, ("Orucov Ramin", "Məmmədov Elçin"))):
        sheet.append(["Soyad, ad", "Vəzifə"])
        for name in names:
            sheet.append([name, "sahə inspektoru"])
    path = folder / "two.xlsx"
    book.save(path)
    return path


def test_a_hidden_sheet_asks_before_anybody_of_it_is_taken(store: Store, tmp_path: Path) -> None:
    plan = planned(store, a_book_with_last_years_list(tmp_path))
    assert [(row.sheet, row.status) for row in plan.rows] == [
        ("Sheet", NEW),
        ("Sheet", NEW),
        ("2025", DOUBTFUL),
        ("2025", DOUBTFUL),
    ]
    assert all("sheet_hidden" in dict(row.problems) for row in plan.rows if row.sheet == "2025" and not row.candidates)
    store.write(lambda w: people_import.apply(w, plan))
    assert count(store) == 2
    hidden = plan.rows[2].key
    again = planned(store, a_book_with_last_years_list(tmp_path))
    store.write(lambda w: people_import.apply(w, again, {hidden: NEW}))
    assert count(store) == 3
