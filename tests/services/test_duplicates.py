"""Who may stand twice is proposed with reasons; what a person decided stays decided and can be taken back."""

from __future__ import annotations

import time

import pytest

from app.errors import Cancelled, UserError
from app.models.store import Store
from app.models.writer import Identity
from app.names.parse import parse_name
from app.services import duplicates, people
from tests import build
from tests.names.compose import register

ELCHIN = {"surname": "Məmmədov", "given": "Elçin", "patronymic": "Rəşid", "suffix": "oglu", "sex": "m"}
EL4IN = {"surname": "Мамедов", "given": "Эльчин", "patronymic": "Рашидович", "suffix": None, "sex": "m"}


def composed(persons: int, records: int) -> list[dict[str, object]]:
    """Made-up cards, so that names are as common as they are."""
    rows = []
    for row in register(5, persons=persons, records=records).rows:
        name = parse_name(row["full_name"])
        year = (row["birth_year"] or row["birth_date"][:4])[:4]
        rows.append(
            {
                "surname": name.surname or row["full_name"],
                "given": name.given,
                "patronymic": name.patronymic,
                "sex": row["sex"] or None,
                "phone": row["phone"],
                "birth_year": int(year) if year.isdigit() and 1930 < int(year) < 2005 else None,
            }
        )
    return rows


def waiting(store: Store) -> list[duplicates.Pair]:
    with store.read() as reader:
        return duplicates.queue(reader)


def two(store: Store, first: dict[str, object], second: dict[str, object]) -> tuple[str, str]:
    return store.write(lambda w: (build.a_person(w, **first), build.a_person(w, **second))).value


def names(pair: duplicates.Pair) -> set[str]:
    return {pair.one["id"], pair.other["id"]}


def test_one_person_in_two_scripts(store: Store) -> None:
    ids = two(store, {**ELCHIN, "phone": "+994505551101"}, EL4IN)
    (pair,) = waiting(store)
    assert names(pair) == set(ids) and pair.score > 0.5
    assert {"surname_same", "given_same", "father_same"} <= set(pair.reasons) and pair.against == ()
    assert pair.one["id"] == ids[0], "the fuller card stands left"


@pytest.mark.parametrize(
    "change",
    [
        {"given": "Orxan"},  # his brother
        {"given": "Rəşid", "patronymic": "Elçin"},  # his father
        {"patronymic": "Vaqif", "birth_year": None},  # a namesake
        {"birth_year": 1951},
        {"sex": "f", "surname": "Məmmədova", "suffix": "qizi"},
    ],
)
def test_kin_and_namesakes_are_not_proposed(store: Store, change: dict[str, object]) -> None:
    ids = two(store, {**ELCHIN, "birth_year": 1980}, {**ELCHIN, "birth_year": 1980, **change})
    store.write(lambda w: w.put_many("person", composed(300, 300)))
    assert [pair for pair in waiting(store) if names(pair) == set(ids)] == []


def test_two_sign_ins_at_one_session_speak_strongly_against(store: Store) -> None:
    one, other = two(store, {**ELCHIN, "phone": "+994505551101"}, {**ELCHIN, "phone": "+994505551101", "unit": "Kəpəz"})
    before = waiting(store)[0]

    def sign(w):  # type: ignore[no-untyped-def]
        activity = build.an_activity(w)
        session = build.a_session(w, activity)
        for person in (one, other):
            build.a_mark(w, build.a_participation(w, activity, person), session)

    store.write(sign)
    (after,) = waiting(store)
    assert after.against[0] == "signed_both" and after.score < before.score
    store.write(lambda w: w.put("person", {"phone": None}, other))
    assert waiting(store) == [] or waiting(store)[0].score < after.score


def test_different_is_remembered_for_ever_and_can_be_undone(store: Store) -> None:
    one, other = two(store, ELCHIN, EL4IN)
    outcome = store.write(lambda w: duplicates.decide(w, one, other, duplicates.DIFFERENT))
    assert waiting(store) == []
    store.write(lambda w: w.put("person", {"unit": "Kəpəz"}, other))
    assert waiting(store) == [], "other facts do not bring it back"
    store.write(lambda w: w.revert(outcome.changes.ops))
    assert len(waiting(store)) == 1


@pytest.mark.parametrize("kept", [0, 1])
def test_same_keeps_the_chosen_card(store: Store, kept: int) -> None:
    ids = two(store, ELCHIN, EL4IN)
    outcome = store.write(lambda w: duplicates.decide(w, *ids, duplicates.SAME, keep=ids[kept]))
    assert waiting(store) == []
    with store.read() as reader:
        assert people.canonical(reader, ids[1 - kept]) == ids[kept]
    store.write(lambda w: w.revert(outcome.changes.ops))
    assert len(waiting(store)) == 1
    store.write(lambda w: duplicates.decide(w, *ids, duplicates.SAME))
    store.write(lambda w: people.split(w, ids[1]))
    assert len(waiting(store)) == 1, "a merge can be taken apart"


def test_later_writes_nothing_and_nonsense_is_refused(store: Store) -> None:
    ids = two(store, ELCHIN, EL4IN)
    assert not store.write(lambda w: duplicates.decide(w, *ids, duplicates.LATER)).changes.ops
    for wrong, code in (((*ids, "perhaps"), "verdict_unknown"), ((ids[0], ids[0], "same"), "merge_itself")):
        with pytest.raises(UserError, match=code):
            store.write(lambda w, wrong=wrong: duplicates.decide(w, *wrong))
    with pytest.raises(UserError, match="no_such_row"):
        store.write(
            lambda w: duplicates.decide(w, ids[0], "11111111-1111-4111-8111-111111111111", duplicates.DIFFERENT)
        )


def test_a_laptop_proposes_and_the_office_sees_it_first(store: Store) -> None:
    far = two(store, {**ELCHIN, "surname": "Abbasov"}, {**EL4IN, "surname": "Quliyev", "given": "Fuad"})
    near = two(store, ELCHIN, EL4IN)
    office = store.identity
    store.identity = Identity(office.store_id, office.user, build.site("ganja"), (build.site("ganja"),), "laptop")
    try:
        store.write(lambda w: duplicates.decide(w, *far, duplicates.SAME))
    finally:
        store.identity = office
    first, second = waiting(store)
    assert names(first) == set(far) and first.proposed
    assert names(second) == set(near) and not second.proposed
    with store.read() as reader:
        assert reader.get("person", far[1])["merged_into"] is None  # type: ignore[index]


def test_the_one_being_typed_is_known_already(store: Store) -> None:
    elchin, _ = two(store, {**ELCHIN, "birth_year": 1980}, {**ELCHIN, "given": "Orxan"})
    with store.read() as reader:
        found = duplicates.similar(reader, {"surname": "Мамедов", "given": "Эльчин"})
        assert [f.person["id"] for f in found] == [elchin]
        assert duplicates.similar(reader, {"surname": "Məmmədov"}) == [], "half a name says nothing"
        assert duplicates.similar(reader, {**ELCHIN, "id": elchin}) == [], "nobody is their own double"
        assert duplicates.similar(reader, {**ELCHIN, "birth_year": 1951}) == []


def test_explained(store: Store) -> None:
    codes = dict(duplicates.weigh(ELCHIN, EL4IN).reasons)
    assert codes["given_same"] > 0 and codes["surname_same"] > 0


def test_a_large_register_in_seconds_and_stoppable(store: Store) -> None:
    """4,000 cards of which 800 stand twice; the bound is loose because the machine may be busy (1.3 s alone)."""
    store.write(lambda w: w.put_many("person", composed(3200, 4000)))
    started = time.monotonic()
    pairs = waiting(store)
    assert time.monotonic() - started < 15
    assert 300 < len(pairs) < 1500 and pairs[0].score >= pairs[-1].score
    with store.read() as reader:
        gathered = duplicates.gather(reader)

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        duplicates.compare(gathered, step=stop)
