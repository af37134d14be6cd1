"""The plain round: office, kit, laptop, send, receive, answer; conflicts found, decided, and known everywhere."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.sync import conflicts, office, receive, send, status
from tests.sync.build import Country, a_person, an_activity, dump, get, put


def test_a_training_reaches_the_office_and_the_answer_comes_back(country: Country) -> None:
    ganja = country["g1"]
    person = a_person(ganja)
    activity = an_activity(ganja)
    put(ganja, "participation", activity=activity, person=person)
    path = country.bundle(ganja)

    plan = receive.preview(country.office, path)
    assert dict(plan.created) == {"person": 1, "activity": 1, "participation": 1}
    assert get(country.office, "person", person) is None, "a preview changes nothing"

    got = receive.receive(country.office, path, safety_copy=False)
    assert (got.sender, got.new, got.again) == ("g1", 3, False)
    assert got.created == plan.created
    assert get(country.office, "person", person)["surname"] == "Quliyev"

    with ganja.read() as r:
        assert status.status(r).unsent == 3
    answer = country.post(country.office, ganja)
    assert answer.confirmed == 1
    with ganja.read() as r:
        now = status.status(r)
    assert now.unsent == 0
    baku = next(p for p in now.partners if p.role == "office")
    assert baku.confirmed_no == got.no
    assert dump(ganja, "ganja") == dump(country.office, "ganja")


def test_the_same_bundle_twice_changes_nothing(country: Country) -> None:
    ganja = country["g1"]
    a_person(ganja)
    path = country.bundle(ganja)
    receive.receive(country.office, path, safety_copy=False)
    before = dump(country.office)
    again = receive.receive(country.office, path, safety_copy=False)
    assert again.again and again.new == 0
    assert dump(country.office) == before


def test_bundles_in_the_wrong_order_and_a_lost_one(country: Country) -> None:
    ganja = country["g1"]
    first = a_person(ganja, "Birinci")
    one = country.bundle(ganja)
    put(ganja, "person", first, surname="Sonuncu")
    two = country.bundle(ganja)
    a_person(ganja, "İkinci")
    three = country.bundle(ganja)

    got = receive.receive(country.office, three, safety_copy=False)
    assert list(got.missing) == [] and list(got.healed) == [got.no - 2, got.no - 1], "it is cumulative"
    assert get(country.office, "person", first)["surname"] == "Sonuncu"
    late = receive.receive(country.office, one, safety_copy=False)
    assert late.older and late.new == 0 and late.conflicts == []
    assert get(country.office, "person", first)["surname"] == "Sonuncu"
    assert list(late.missing) == list(late.healed) == []
    receive.receive(country.office, two, safety_copy=False)
    country.post(country.office, ganja)
    assert dump(ganja, "ganja") == dump(country.office, "ganja")


def test_two_edits_unseen_are_a_conflict_everywhere_until_somebody_decides(country: Country) -> None:
    ganja = country["g1"]
    person = a_person(ganja, phone="050 111 11 11")
    country.round()
    put(ganja, "person", person, phone="050 222 22 22")
    put(country.office, "person", person, phone="050 333 33 33")
    country.round()
    stories = []
    for store in (country.office, ganja):
        with store.read() as r:
            found = conflicts.conflicts(r)
            assert len(found) == 1, store.folder.name
            stories.append(found[0])
    at_office, at_ganja = stories
    assert at_office.id == at_ganja.id
    assert at_office.base == at_ganja.base == "050 111 11 11"
    assert (at_office.ours.value, at_office.theirs.value) == ("050 333 33 33", "050 222 22 22")
    assert (at_ganja.ours.value, at_ganja.theirs.value) == ("050 222 22 22", "050 333 33 33")
    assert (at_office.theirs.place, at_office.theirs.user) == ("g1", "user of g1")
    assert (at_ganja.theirs.place, at_ganja.theirs.user) == ("Baku", "Leyla")
    assert at_office.title == "Quliyev Əli"
    told = conflicts.tell(at_office)
    assert len(told) == 3 and "050 111 11 11" in told[0] and "g1" in told[2]

    country.office.write(lambda w: conflicts.resolve(w, at_office.id, "theirs", reason="the site knows"))
    country.round()
    for store in (country.office, ganja):
        with store.read() as r:
            assert conflicts.conflicts(r) == []
            assert r.get("person", person)["phone"] == "050 222 22 22"
            assert any(op.note == "the site knows" for op in r.ops_of(person))
    assert dump(ganja, "ganja") == dump(country.office, "ganja")


def test_edits_one_after_the_other_never_conflict(country: Country) -> None:
    ganja = country["g1"]
    person = a_person(ganja)
    for number in range(4):
        store = (ganja, country.office)[number % 2]
        country.round()
        put(store, "person", person, phone=f"050 000 00 0{number}")
    country.round(2)
    for store in (ganja, country.office):
        with store.read() as r:
            assert conflicts.conflicts(r) == []
            assert r.get("person", person)["phone"] == "050 000 00 03"


def test_two_laptops_get_only_their_sites(country: Country) -> None:
    ganja, nakhchivan = country["g1"], country["n1"]
    here, there = a_person(ganja, "Gəncəli"), a_person(nakhchivan, "Naxçıvanlı")
    country.round(2)
    assert get(ganja, "person", there) is None
    assert get(nakhchivan, "person", here) is None
    assert len([line for line in dump(country.office) if '"type":"person"' in line]) == 2


def test_a_lost_laptop_is_refused_from_the_number_after_the_last_one_taken(country: Country) -> None:
    ganja = country["g1"]
    a_person(ganja, phone="050 111 11 11")
    country.round()
    late = country.bundle(ganja)
    a_person(ganja, "Oğru")
    sheet = office.mark_lost(country.office, "G1")
    assert sheet.rows == {"person": 1} and sheet.personal["phone"] == 1 and sheet.persons == ["Quliyev Əli"]
    assert sheet.last_no > 0
    for path in (late, country.bundle(ganja)):
        with pytest.raises(UserError) as refused:
            receive.receive(country.office, path)
        assert refused.value.code == "bundle_revoked_sender"
    with pytest.raises(UserError) as refused:
        send.send(country.office, country.stick, "g1")
    assert refused.value.code == "laptop_lost"


def test_a_bundle_for_another_is_carried_unopened(country: Country) -> None:
    ganja, nakhchivan = country["g1"], country["n1"]
    a_person(ganja)
    path = country.bundle(ganja)
    with pytest.raises(UserError) as refused:
        receive.receive(nakhchivan, path)
    assert refused.value.code == "bundle_not_for_us"
    carried = send.pass_on(path, country.folder)
    assert carried.read_bytes() == path.read_bytes()
    assert receive.receive(country.office, carried, safety_copy=False).new == 1
