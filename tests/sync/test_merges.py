"""Two records of one person, made one at the office: reversible, known everywhere, whatever comes late."""

from __future__ import annotations

import itertools

import pytest

from app.errors import UserError
from app.services import duplicates, people
from app.sync import receive
from tests.sync.build import Country, a_person, an_activity, dump, get, put


def canonical(store: object, person: str) -> str:
    with store.read() as r:  # type: ignore[attr-defined]
        return people.canonical(r, person)


def test_a_merge_travels_and_can_be_taken_apart(country: Country) -> None:
    g1, baku = country["g1"], country.office
    keep, other = a_person(g1), a_person(g1, "Kuliyev", "Ali")
    country.round()
    put(baku, "person", other, merged_into=keep)
    put(g1, "participation", activity=an_activity(g1), person=other)
    country.round(2)
    for store in (baku, g1, country["g2"]):
        assert canonical(store, other) == canonical(store, keep) == keep
    put(baku, "person", other, merged_into=None)
    country.round(2)
    for store in (baku, g1, country["g2"]):
        assert canonical(store, other) == other
        assert get(store, "person", other)["surname"] == "Kuliyev"  # type: ignore[index]
    assert dump(g1, "ganja") == dump(baku, "ganja")


def test_a_laptop_does_not_merge(country: Country) -> None:
    g1 = country["g1"]
    keep, other = a_person(g1), a_person(g1, "B")
    with pytest.raises(UserError) as refused:
        put(g1, "person", other, merged_into=keep)
    assert refused.value.code == "office_only"


@pytest.mark.parametrize("order", list(itertools.permutations(range(3)))[::2])
def test_the_order_of_bundles_does_not_matter_to_a_merge(country: Country, order: tuple[int, ...]) -> None:
    g1, baku = country["g1"], country.office
    keep, other = a_person(baku, owner_site=g1.identity.sites[0]), a_person(baku, "B", owner_site=g1.identity.sites[0])
    paths = [country.bundle(baku, "g1")]
    put(baku, "person", other, merged_into=keep)
    paths.append(country.bundle(baku, "g1"))
    put(baku, "person", keep, merged_into=other)  # a circle, made by mistake
    paths.append(country.bundle(baku, "g1"))
    for at in order:
        receive.receive(g1, paths[at], safety_copy=False)
    for person in (keep, other):
        assert canonical(g1, person) == canonical(baku, person) == min(keep, other)
        assert canonical(g1, canonical(g1, person)) == canonical(g1, person)


def test_what_was_decided_about_a_pair_travels_both_ways(country: Country) -> None:
    """Different at a laptop is different at the office; same there is a proposal, and the office's merge comes back."""
    baku, g1 = country.office, country["g1"]
    for given in ("Elçin", "Эльчин", "Cavid", "Джавид"):
        surname = "Orucov" if given.isascii() or "ç" in given else "Оруджев"
        g1.write(lambda w, s=surname, g=given: w.put("person", {"surname": s, "given": g, "sex": "m"}))
    with g1.read() as r:
        elchin, cavid = [(pair.one["id"], pair.other["id"]) for pair in sorted(
            duplicates.queue(r), key=lambda pair: pair.one["given"] in ("Cavid", "Джавид")
        )]  # fmt: skip
    g1.write(lambda w: duplicates.decide(w, *elchin, duplicates.DIFFERENT))
    g1.write(lambda w: duplicates.decide(w, *cavid, duplicates.SAME))
    country.post(g1, baku)
    with baku.read() as r:
        (waiting,) = duplicates.queue(r)
    assert {waiting.one["id"], waiting.other["id"]} == set(cavid) and waiting.proposed
    baku.write(lambda w: duplicates.decide(w, *cavid, duplicates.SAME, keep=cavid[0]))
    country.post(baku, g1)
    assert get(g1, "person", cavid[1])["merged_into"] == cavid[0]  # type: ignore[index]
    with g1.read() as r:
        assert duplicates.queue(r) == []
