"""What speaks of a person, read without the rows that are in the bin."""

from __future__ import annotations

from app.models.queries import persons
from app.models.store import Store
from app.services import people
from tests import build


def test_everything_about_one_person(store: Store) -> None:
    def make(w):  # type: ignore[no-untyped-def]
        person, other = build.a_person(w, surname="Quliyeva"), build.a_person(w, surname="Kuliyeva")
        activity = build.an_activity(w)
        session = build.a_session(w, activity)
        participation = build.a_participation(w, activity, person, post_test=90)
        build.a_mark(w, participation, session)
        absent = build.a_participation(w, activity, other)
        build.a_mark(w, absent, session, "absent")
        w.put("membership", {"group": build.a_group(w), "person": person, "role": "member"})
        w.put("posting", {"person": person, "unit": "Nizami", "start": "2020-01-01"})
        gone = w.put("posting", {"person": person, "unit": "Kəpəz", "start": "2021-01-01"})
        w.delete("posting", gone)
        w.put(
            "certificate",
            {"participation": participation, "serial": "GA-1", "language": "az", "issued_on": "2026-02-12"},
        )
        people.merge(w, person, other)
        return person, other, participation, session

    person, other, participation, session = store.write(make).value
    with store.read() as reader:
        assert [row["id"] for row in persons.compared(reader)] == [person], "who was merged stands for nobody"
        assert [row["id"] for row in persons.listed(reader)] == [person]
        assert persons.merged_into(reader, person) == [other] and persons.merged_into(reader, other) == []
        assert persons.sessions_signed(reader, [person, other]) == {person: {session}}, "the absent signed nothing"
        (attended,) = persons.activities_attended(reader, [person])[person]
        assert (attended["post_test"], attended["title_en"]) == (90, "Gender training")
        assert persons.marks_of(reader, [participation])[participation][0]["state"] == "present"
        assert [row["unit"] for row in persons.postings_of(reader, [person])] == ["Nizami"]
        assert [row["name_en"] for row in persons.memberships_of(reader, [person])] == ["Ganja working group"]
        assert [row["serial"] for row in persons.certificates_of(reader, [participation])] == ["GA-1"]
