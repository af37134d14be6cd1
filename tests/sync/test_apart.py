"""What waits, in words: a write beyond its laptop's role, a row whose parent has not come."""

from __future__ import annotations

from app.sync import apart, office
from tests.sync.build import Country, a_person, an_activity, put


def test_a_write_beyond_its_role_is_told_with_its_reason(country: Country) -> None:
    with country.office.read() as r:
        assert apart.kept_apart(r) == [] and apart.waiting(r) == []
    a_person(country["g1"], surname="Taken", phone="1")
    office.give_level(country.office, "g1", "viewer")
    country.post(country["g1"], country.office)
    with country.office.read() as r:
        (one,) = apart.kept_apart(r)
    assert (one.title, one.sender, one.user, one.reason) == ("Taken Əli", "g1", "user of g1", "beyond_role")
    assert ("Phone", "1") in one.changes and one.moment


def test_a_row_that_waits_is_named(country: Country) -> None:
    activity = an_activity(country.office)
    session = put(country.office, "session", activity=activity, date="2026-03-02", title="Morning")
    country.office.write(lambda w: w._park("session", session, "missing_parent", activity))
    with country.office.read() as r:
        (one,) = apart.waiting(r)
    assert (one.record, one.row, one.reason) == ("session", session, "missing_parent") and one.title
