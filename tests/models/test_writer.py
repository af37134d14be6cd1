"""The one door: what it checks, what it logs, how it takes changes back, how it takes in others' changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.basics import clock
from app.errors import Invalid, UserError
from app.models import integrity
from app.models.store import Store
from app.models.tables import OP
from app.specs.records import RECORDS
from app.specs.seeds import site_id

GANJA = site_id("ganja")
GUBA = site_id("guba")
TRAINING: dict[str, Any] = {
    "kind": "training_gender_mainstreaming",
    "site": GANJA,
    "start": "2026-11-02",
    "end": "2026-11-04",
    "title_en": "Gender mainstreaming",
    "topics": ["domestic_violence"],
}


def lines(store: Store) -> list[str]:
    with store.read() as reader:
        return list(
            reader.connection.execute(select(OP.c.body).where(OP.c.body.is_not(None)).order_by(OP.c.arr)).scalars()
        )


def everything(store: Store) -> dict[str, Any]:
    with store.read() as reader:
        return {name: reader.list(name) for name in RECORDS}


def codes(refused: pytest.ExceptionInfo[Invalid]) -> set[tuple[str, str]]:
    return {(problem.field, problem.code) for problem in refused.value.problems}


def test_a_row_is_created_read_edited_and_its_history_told(store: Store) -> None:
    made = store.write(lambda w: w.put("activity", TRAINING))
    assert made.changes.rows == {"activity": {made.value}}
    store.write(lambda w: w.put("activity", {"summary": "Went well", "topics": ["recruitment"]}, made.value))
    with store.read() as reader:
        row = reader.get("activity", made.value)
        assert row is not None
        assert (row["summary"], row["topics"], row["owner_site"]) == ("Went well", ["recruitment"], GANJA)
        assert row["status"] == "planned"  # the default of the spec
        told = reader.history("activity", made.value)
        assert [len(entry["fields"]) > 0 for entry in told] == [True, True]
        assert told[1]["fields"]["summary"] == (None, "Went well")
        assert told[1]["fields"]["topics/domestic_violence"] == (True, False)


def test_saving_what_is_there_already_writes_nothing(store: Store) -> None:
    made = store.write(lambda w: w.put("activity", TRAINING))
    again = store.write(lambda w: w.put("activity", TRAINING, made.value))
    assert not again.changes.ops
    assert again.changes.rows == {}


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"start": "2026-13-01"}, "start", "not_a_date"),
        ({"start": None}, "start", "required"),
        ({"end": "2026-11-01"}, "end", "ends_before_it_starts"),
        ({"kind": "no_such_kind"}, "kind", "not_a_choice"),
        ({"topics": ["no_such_topic"]}, "topics", "not_a_choice"),
        ({"site": "00000000-0000-4000-8000-000000000009"}, "site", "no_such_record"),
        ({"title_en": "x" * 301}, "title_en", "too_long"),
        ({"title_en": "a\u202eb"}, "title_en", "control_characters"),
        ({"colour": "red"}, "colour", "unknown_field"),
        ({"status": "cancelled"}, "status_reason", "status_needs_reason"),
    ],
)
def test_bad_values_are_refused_by_field_and_nothing_is_written(
    store: Store, change: dict[str, Any], field: str, code: str
) -> None:
    before = lines(store)
    with pytest.raises(Invalid) as refused:
        store.write(lambda w: w.put("activity", TRAINING | change))
    assert (field, code) in codes(refused)
    assert lines(store) == before


def test_a_command_that_fails_half_way_leaves_nothing(store: Store) -> None:
    before = everything(store)

    def half(w: Any) -> None:
        w.put("activity", TRAINING)
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError):
        store.write(half)
    assert everything(store) == before


def test_nobody_under_18_by_name_and_count_only_kinds_refuse_names(store: Store) -> None:
    with pytest.raises(Invalid) as refused:
        store.write(lambda w: w.put("person", {"surname": "Kiçik", "birth_year": clock.today().year - 17}))
    assert ("birth_year", "minor_by_name") in codes(refused)
    person = store.write(lambda w: w.put("person", {"surname": "Böyük"})).value
    visit = store.write(lambda w: w.put("activity", TRAINING | {"kind": "school_visit"})).value
    with pytest.raises(Invalid) as refused:
        store.write(lambda w: w.put("participation", {"activity": visit, "person": person}))
    assert ("person", "kind_counts_only") in codes(refused)


def test_the_same_fact_has_the_same_id(store: Store) -> None:
    def twice(w: Any) -> tuple[str, str]:
        person = w.put("person", {"surname": "Quliyev"})
        activity = w.put("activity", TRAINING)
        facts = {"activity": activity, "person": person}
        return w.put("participation", facts), w.put("participation", facts | {"role": "trainer"})

    first, second = store.write(twice).value
    assert first == second
    with store.read() as reader:
        assert reader.get("participation", first)["role"] == "trainer"  # type: ignore[index]


def test_tallies_can_only_be_added(store: Store) -> None:
    day = store.write(lambda w: w.put("activity", TRAINING | {"kind": "police_open_day"})).value
    tally = {"activity": day, "door": "A", "hour": "2026-11-02T10:00:00Z", "category": "woman", "delta": 1}
    made = store.write(lambda w: w.put("tally", tally)).value
    with pytest.raises(Invalid) as refused:
        store.write(lambda w: w.put("tally", {"delta": 5}, made))
    assert ("", "append_only") in codes(refused)
    with pytest.raises(Invalid) as refused:
        store.write(lambda w: w.put("tally", tally | {"delta": -1}))
    assert ("reason", "correction_needs_reason") in codes(refused)


def test_children_follow_an_activity_to_another_site(store: Store) -> None:
    activity = store.write(lambda w: w.put("activity", TRAINING)).value
    session = store.write(lambda w: w.put("session", {"activity": activity, "date": "2026-11-02"})).value
    store.write(lambda w: w.put("activity", {"site": GUBA}, activity))
    with store.read() as reader:
        assert reader.get("session", session)["owner_site"] == GUBA  # type: ignore[index]


def test_undo_gives_every_field_its_earlier_value(store: Store) -> None:
    activity = store.write(lambda w: w.put("activity", TRAINING | {"summary": "one"})).value
    before = everything(store)
    edit = store.write(
        lambda w: w.put("activity", {"summary": "two", "topics": ["recruitment"], "status": "held"}, activity)
    )
    store.write(lambda w: w.revert(edit.changes.ops))
    assert everything(store) == before
    made = store.write(lambda w: w.put("person", {"surname": "Quliyev"}))
    store.write(lambda w: w.revert(made.changes.ops))
    with store.read() as reader:
        assert reader.get("person", made.value) is None


def test_undo_leaves_later_work_alone(store: Store) -> None:
    activity = store.write(lambda w: w.put("activity", TRAINING | {"summary": "one"})).value
    edit = store.write(lambda w: w.put("activity", {"summary": "two", "results": "good"}, activity))
    store.write(lambda w: w.put("activity", {"summary": "three"}, activity))
    store.write(lambda w: w.revert(edit.changes.ops))
    with store.read() as reader:
        row = reader.get("activity", activity)
        assert row is not None
        assert (row["summary"], row["results"]) == ("three", None)


def test_the_bin_gives_back(store: Store) -> None:
    person = store.write(lambda w: w.put("person", {"surname": "Quliyev", "given": "Anar"})).value
    store.write(lambda w: w.delete("person", person))
    with store.read() as reader:
        assert reader.get("person", person) is None
        assert [row["id"] for row in reader.list("person", deleted=True)] == [person]
    with pytest.raises(UserError, match="no_such_row"):
        store.write(lambda w: w.delete("person", person))
    store.write(lambda w: w.restore("person", person))
    with store.read() as reader:
        assert reader.get("person", person)["given"] == "Anar"  # type: ignore[index]


def test_many_at_once_is_the_same_as_one_by_one(store: Store, tmp_path: Path) -> None:
    people = [{"surname": f"Quliyev{n}", "given": "Anar", "sex": "m"} for n in range(1203)]
    ids = store.write(lambda w: w.put_many("person", people)).value
    assert len(set(ids)) == len(people)
    with store.read() as reader:
        assert reader.count("person") == len(people)
        assert reader.get("person", ids[700])["surname"] == "Quliyev700"  # type: ignore[index]
    assert integrity.check(store).sound
    with pytest.raises(Invalid):
        store.write(lambda w: w.put_many("person", [*people, {"given": "without surname"}]))
    with store.read() as reader:
        assert reader.count("person") == len(people)


def test_a_clock_that_goes_back_is_marked_and_decides_nothing(store: Store) -> None:
    from datetime import UTC, datetime

    person = store.write(lambda w: w.put("person", {"surname": "One"})).value
    clock.turn(lambda: datetime(2014, 1, 1, tzinfo=UTC))
    try:
        store.write(lambda w: w.put("person", {"surname": "Two"}, person))
    finally:
        clock.turn(None)
    with store.read() as reader:
        assert reader.get("person", person)["surname"] == "Two"  # type: ignore[index]
        assert [entry["doubt"] for entry in reader.history("person", person)] == [False, True]
