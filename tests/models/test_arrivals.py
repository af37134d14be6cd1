"""Taking in others' writes: any order, repetition or grouping gives the same register; nothing foreign harms it."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.keys.slots import LIGHT
from app.models import arrivals, integrity
from app.models.store import Store
from app.models.tables import CONFLICT, PARKED
from tests.models.test_writer import TRAINING, everything, lines


@pytest.fixture
def other(tmp_path: Path) -> Any:
    with Store.create(tmp_path / "other", "practice", name="Gəncə", role="laptop", work=LIGHT) as store:
        yield store


def fill(store: Store) -> None:
    def command(w: Any) -> None:
        activity = w.put("activity", TRAINING)
        session = w.put("session", {"activity": activity, "date": "2026-11-02"})
        for number in range(30):
            person = w.put("person", {"surname": f"Quliyev{number}"})
            participation = w.put("participation", {"activity": activity, "person": person})
            w.put("attendance", {"participation": participation, "session": session, "state": "present"})
        w.put("activity", {"status": "held"}, activity)

    store.write(command)


def test_taking_in_gives_the_same_register_in_any_order_and_grouping(store: Store, other: Store) -> None:
    fill(store)
    sent = lines(store)
    chance = random.Random(5)
    chance.shuffle(sent)
    while sent:
        size = chance.randint(1, 40)
        batch, sent = sent[:size], sent[size:]
        other.write(lambda w, batch=batch: arrivals.absorb(w, batch, "test"))
    assert everything(other) == everything(store)
    with other.read() as reader:
        assert reader.connection.execute(select(PARKED)).all() == []
    assert integrity.check(other).sound


def test_taking_in_twice_changes_nothing(store: Store, other: Store) -> None:
    fill(store)
    other.write(lambda w: arrivals.absorb(w, lines(store), "test"))
    log = lines(other)
    again = other.write(lambda w: arrivals.absorb(w, lines(store), "test"))
    assert again.value.new == 0
    assert again.changes.ops == []
    assert lines(other) == log


def test_a_child_that_comes_first_waits_for_its_parent(store: Store, other: Store) -> None:
    activity = store.write(lambda w: w.put("activity", TRAINING)).value
    session = store.write(lambda w: w.put("session", {"activity": activity, "date": "2026-11-02"})).value
    parent, child = lines(store)[-2:]
    told = other.write(lambda w: arrivals.absorb(w, [child], "test")).value
    assert told.parked == 1
    with other.read() as reader:
        assert reader.get("session", session) is None
    other.write(lambda w: arrivals.absorb(w, [parent], "test"))
    with other.read() as reader:
        assert reader.get("session", session) is not None
    assert integrity.check(other).sound


def test_a_conflict_is_found_on_both_sides_and_a_decision_ends_it(store: Store, other: Store) -> None:
    person = store.write(lambda w: w.put("person", {"surname": "Quliyev", "phone": "+994501112233"})).value
    other.write(lambda w: arrivals.absorb(w, lines(store), "test"))
    store.write(lambda w: w.put("person", {"phone": "+994500000001"}, person))
    other.write(lambda w: w.put("person", {"phone": "+994500000002"}, person))
    mine, theirs = lines(store), lines(other)
    store.write(lambda w: arrivals.absorb(w, theirs, "test"))
    other.write(lambda w: arrivals.absorb(w, mine, "test"))
    for side in (store, other):
        with side.read() as reader:
            open_ones = reader.rows(select(CONFLICT.c.field, CONFLICT.c.row))
        assert open_ones == [{"field": "phone", "row": person}]
    assert everything(store) == everything(other)
    with store.read() as reader:
        shown = reader.get("person", person)["phone"]  # type: ignore[index]
    store.write(lambda w: w.put("person", {"phone": shown}, person))  # deciding for what is shown is a write too
    other.write(lambda w: arrivals.absorb(w, lines(store), "test"))
    for side in (store, other):
        with side.read() as reader:
            assert reader.rows(select(CONFLICT.c.id)) == []


def test_values_of_a_foreign_shape_cannot_harm_the_tables(store: Store, other: Store) -> None:
    from app.models.oplog import write_line

    row = "00000000-0000-4000-8000-0000000000aa"
    bad = {"surname": ["a", "list"], "birth_year": "old", "sex": {"x": 1}, "owner_site": 5, "given": "Anar"}
    line = write_line("f" * 32, 1, 1, "2026-11-21T08:00:00Z", "u", "person", row, bad, {})
    unknown = write_line("f" * 32, 2, 2, "2026-11-21T08:00:00Z", "u", "dragon", row[:-1] + "b", {"teeth": 40}, {})
    other.write(lambda w: arrivals.absorb(w, [line, unknown], "test"))
    with other.read() as reader:
        shown = reader.get("person", row)
        assert shown is not None
        assert (shown["surname"], shown["birth_year"], shown["given"]) == (None, None, "Anar")
    assert unknown in lines(other)
    assert integrity.check(other).sound
