"""People are found in any spelling, merged and taken apart again."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.models.store import Store
from app.services import people
from tests import build


@pytest.fixture
def elchin(store: Store) -> str:
    names = {"surname": "Məmmədov", "given": "Elçin", "patronymic": "Rəşid", "suffix": "oglu", "sex": "m"}
    return store.write(lambda w: build.a_person(w, **names)).value


@pytest.mark.parametrize(
    "typed",
    [
        "məm",
        "Məmmədov Elçin",
        "elçin məmmədov",
        "Мамедов Эльчин",
        "Elchin Mammadov",
        "mammad elch",
        "MƏMMƏDOV ELÇİN RƏŞİD OĞLU",
    ],
)
def test_one_person_in_every_spelling(store: Store, elchin: str, typed: str) -> None:
    store.write(lambda w: [build.a_person(w, surname=s, given="Aysel") for s in ("Quliyeva", "Hüseynova", "Orucova")])
    with store.read() as reader:
        found = people.find(reader, typed)
    assert found[0].person["id"] == elchin


def test_nothing_typed_finds_nobody(store: Store, elchin: str) -> None:
    with store.read() as reader:
        assert people.find(reader, "  ") == []
        assert people.find(reader, '"*; DROP TABLE person') == []


def test_a_merge_can_be_taken_apart(store: Store, elchin: str) -> None:
    other = store.write(lambda w: build.a_person(w, surname="Mammadov", given="Elchin")).value
    store.write(lambda w: people.merge(w, elchin, other))
    with store.read() as reader:
        assert people.canonical(reader, other) == elchin
        assert [f.person["id"] for f in people.find(reader, "Elchin Mammadov")].count(other) == 0
    with pytest.raises(UserError, match="merge_itself"):
        store.write(lambda w: people.merge(w, other, elchin))
    store.write(lambda w: people.split(w, other))
    with store.read() as reader:
        assert people.canonical(reader, other) == other
    with pytest.raises(UserError, match="not_merged"):
        store.write(lambda w: people.split(w, other))


def test_a_circle_of_merges_made_by_two_stores_has_one_answer(store: Store) -> None:
    one, two = store.write(lambda w: (build.a_person(w), build.a_person(w))).value
    store.write(lambda w: w.put("person", {"merged_into": two}, one))
    store.write(lambda w: w.put("person", {"merged_into": one}, two))
    with store.read() as reader:
        assert people.canonical(reader, one) == people.canonical(reader, two) == min(one, two)
