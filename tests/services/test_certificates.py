"""Certificates go to those who attended enough; everybody else is named with the reason."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.models.queries.certificates import check
from app.models.store import Store
from app.models.writer import Writer
from app.services.certificates import issue, printed_name, revoke
from app.specs.paper_codes import read_serial
from tests.build import a_participation, a_person
from tests.composed import Made, compose


@pytest.fixture
def made(store: Store) -> Made:
    return store.write(compose).value


def test_the_threshold_decides_and_reasons_are_given(store: Store, made: Made) -> None:
    done = store.write(lambda w: issue(w, made.t1, language="az")).value
    with store.read() as reader:
        given = {reader.get("certificate", c)["participation"] for c in done.new}  # type: ignore[index]
    assert given == {made.seat_anna, made.seat_cavid, made.seat_dina}
    reasons = {(left.person, left.reason): left.params for left in done.left_out}
    assert reasons == {
        (made.boris, "below_threshold"): {"percent": 50, "needed": 75},
        (made.farid, "not_attended"): {},
    }  # the trainer and the guest are not participants: nobody expects a certificate for them


def test_issuing_twice_gives_nothing_new(store: Store, made: Made) -> None:
    first = store.write(lambda w: issue(w, made.t1)).value
    again = store.write(lambda w: issue(w, made.t1)).value
    assert again.new == [] and sorted(again.earlier) == sorted(first.new)
    russian = store.write(lambda w: issue(w, made.t1, language="ru")).value
    assert len(russian.new) == 3
    with store.read() as reader:
        serials = [c["serial"] for c in reader.list("certificate")]
    assert len(set(serials)) == 6 and all(read_serial(s) == s for s in serials)


def test_one_bad_record_stops_no_other(store: Store, made: Made) -> None:
    def spoil(w: Writer) -> None:
        w.delete("person", made.cavid)
        a_participation(w, made.t2, a_person(w, surname="x" * 150, given="y" * 150))

    store.write(spoil)
    done = store.write(lambda w: issue(w, made.t1)).value
    assert len(done.new) == 2
    assert [left.reason for left in done.left_out if left.person == made.cavid] == ["person_missing"]
    there = store.write(lambda w: issue(w, made.t2)).value
    assert len(there.new) == 2  # anna and gul
    assert sorted(left.reason for left in there.left_out) == ["not_recordable", "without_name"]


def test_a_serial_is_checked_without_a_network(store: Store, made: Made) -> None:
    done = store.write(lambda w: issue(w, made.t1)).value
    with store.read() as reader:
        certificate = reader.get("certificate", done.new[0]) or {}
        typed = certificate["serial"]
        assert check(reader, typed.lower()).state == "valid"
        assert (check(reader, typed).activity or {})["id"] == made.t1
        assert check(reader, typed[:-1] + ("A" if typed[-1] != "A" else "B")).state == "mistyped"
    store.write(lambda w: revoke(w, done.new[0]))
    with store.read() as reader:
        assert check(reader, typed).state == "revoked"
    store.write(lambda w: w.delete("certificate", done.new[0]))
    with store.read() as reader:
        assert check(reader, typed).state == "unknown"


def test_names_are_as_the_person_spells_them() -> None:
    person = {"surname": "Zalov", "given": "Oruc", "name_ru": "Орудж Залов", "name_printed": None}
    assert printed_name(person, "az") == "Oruc Zalov"
    assert printed_name(person, "ru") == "Орудж Залов"
    assert printed_name({**person, "name_printed": "Orudj Zalov"}, "ru") == "Orudj Zalov"


def test_nothing_for_what_was_not_held(store: Store, made: Made) -> None:
    store.write(lambda w: w.put("activity", {"status": "confirmed"}, made.t1))
    for activity, code in ((made.t1, "activity_not_held"), (made.anna, "no_such_row")):
        with pytest.raises(UserError) as refused:
            store.write(lambda w, a=activity: issue(w, a))
        assert refused.value.code == code
