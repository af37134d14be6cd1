"""Conflicts as stories, decided by people and by rules, known everywhere; the loser stays in the history."""

from __future__ import annotations

from typing import Any

import pytest

from app.basics import words
from app.errors import Invalid, UserError
from app.sync import conflicts
from tests.sync.build import Country, a_person, an_activity, get, put


def disputed(country: Country, field: str = "phone", before: Any = "0", site: Any = "1", office: Any = "2") -> str:
    """A person of Ganja whose field is in dispute at the office and on g1."""
    row = a_person(country["g1"], **({field: before} if before is not None else {}))
    country.round()
    put(country["g1"], "person", row, **{field: site})
    put(country.office, "person", row, **{field: office})
    country.round()
    return row


def stories(store: Any) -> list[conflicts.ConflictStory]:
    with store.read() as r:
        return conflicts.conflicts(r)


@pytest.mark.parametrize(("take", "value", "after"), [("ours", None, "2"), ("theirs", None, "1"), ("value", "3", "3")])
def test_each_way_to_decide(country: Country, take: str, value: Any, after: str) -> None:
    row = disputed(country)
    story = stories(country.office)[0]
    told = country.office.write(lambda w: conflicts.resolve(w, story.id[:12], take, value, "because")).value
    assert told == story
    country.round(2)
    for store in (country.office, country["g1"], country["g2"]):
        assert stories(store) == [] and get(store, "person", row)["phone"] == after  # type: ignore[index]
        with store.read() as r:
            history = r.history("person", row)
        assert [entry["fields"]["phone"][1] for entry in history if "phone" in entry["fields"]][:3][0] == "0"
        assert {"1", "2"} <= {entry["fields"]["phone"][1] for entry in history if "phone" in entry["fields"]}


def test_decided_twice_the_same_way_is_decided(country: Country) -> None:
    row = disputed(country)
    for store in (country.office, country["g1"]):
        story = stories(store)[0]
        take = "ours" if store is country.office else "theirs"
        store.write(lambda w, s=story, t=take: conflicts.resolve(w, s.id, t, reason="x"))
    country.round(2)
    assert stories(country.office) == [] and get(country.office, "person", row)["phone"] == "2"  # type: ignore[index]


def test_a_deletion_against_an_edit_is_shown_and_decided(country: Country) -> None:
    row = a_person(country["g1"])
    country.round()
    put(country["g1"], "person", row, phone="1")
    country.office.write(lambda w: w.delete("person", row))
    country.round()
    assert get(country.office, "person", row), "it stays in sight until somebody decides"
    story = stories(country.office)[0]
    assert story.field == "deleted" and story.ours.deleted and not story.theirs.deleted
    assert "1" in conflicts.tell(story)[2]
    country.office.write(lambda w: conflicts.resolve(w, story.id, "ours", reason="gone"))
    country.round(2)
    for store in (country.office, country["g1"]):
        assert get(store, "person", row) is None and stories(store) == []


@pytest.mark.parametrize(
    ("field", "before", "one", "other", "stands"),
    [
        ("consent", "not_asked", "withdrawn", "given", "withdrawn"),
        ("consent", "not_asked", "given", "withdrawn", "withdrawn"),
        ("consent", "given", "not_asked", "refused", "refused"),
    ],
)
def test_the_stricter_stance_wins_without_anybody_deciding(
    country: Country, field: str, before: str, one: str, other: str, stands: str
) -> None:
    row = disputed(country, field, before, one, other)
    country.round()
    for store in (country.office, country["g1"], country["g2"]):
        assert get(store, "person", row)[field] == stands and stories(store) == []  # type: ignore[index]


def test_of_two_marks_one_stands_everywhere_and_both_are_kept(country: Country) -> None:
    """The policy of attendance: nobody is asked, and a deletion wins over a change that it had not seen."""
    g1, baku = country["g1"], country.office
    activity, person = an_activity(g1), a_person(g1)
    part = put(g1, "participation", activity=activity, person=person)
    session = put(g1, "session", activity=activity, date="2026-03-02")
    mark, gone = (
        put(g1, "attendance", session=session, participation=p, state="present", hours=6)
        for p in (part, put(g1, "participation", activity=activity, person=a_person(g1, "İkinci")))
    )
    country.round(2)
    put(g1, "attendance", mark, hours=4)
    put(baku, "attendance", mark, hours=5)
    put(g1, "attendance", gone, hours=4)
    baku.write(lambda w: w.delete("attendance", gone))
    country.round(2)
    shown = {get(store, "attendance", mark)["hours"] for store in (baku, g1, country["g2"])}  # type: ignore[index]
    assert len(shown) == 1 and shown <= {4, 5}
    for store in (baku, g1, country["g2"]):
        assert stories(store) == [] and get(store, "attendance", gone) is None
        with store.read() as r:
            assert {op.fields["hours"] for op in r.ops_of(mark) if "hours" in op.fields} == {6, 4, 5}


def test_a_deletion_that_had_not_seen_a_change_of_consent_is_shown(country: Country) -> None:
    row = a_person(country["g1"], consent="given")
    country.round()
    put(country["g1"], "person", row, consent="withdrawn")
    country.office.write(lambda w: w.delete("person", row))
    country.round(2)
    for store in (country.office, country["g1"]):
        (story,) = stories(store)
        assert story.field == "deleted" and get(store, "person", row)["consent"] == "withdrawn"  # type: ignore[index]


@pytest.mark.parametrize(("winner", "after"), [("site", "1"), ("office", "2")])
def test_a_rule_decides_at_the_office_and_travels(country: Country, winner: str, after: str) -> None:
    put(country.office, "field_rule", record="person", field="phone", winner=winner, reason="the site knows its people")
    country.round()
    row = a_person(country["g1"], phone="0")
    country.round()
    put(country["g1"], "person", row, phone="1")
    put(country.office, "person", row, phone="2")
    got = country.post(country["g1"], country.office)
    assert got.settled == 1 and stories(country.office) == []
    country.round(2)
    assert stories(country["g1"]) == []
    for store in (country.office, country["g1"]):
        assert get(store, "person", row)["phone"] == after  # type: ignore[index]


def test_two_sites_disagreeing_are_left_to_a_person_by_the_rule_for_sites(country: Country) -> None:
    put(country.office, "field_rule", record="person", field="phone", winner="site", reason="x")
    row = a_person(country["g1"], phone="0")
    country.round(2)
    put(country["g1"], "person", row, phone="1")
    put(country["g2"], "person", row, phone="2")
    country.round()
    assert len(stories(country.office)) == 1


def test_topics_of_two_people_unite(country: Country) -> None:
    row = an_activity(country["g1"])
    country.round(2)
    put(country["g1"], "activity", row, topics=["domestic_violence"])
    put(country["g2"], "activity", row, topics=["road_safety"])
    country.round(2)
    for store in (country.office, country["g1"], country["g2"]):
        assert get(store, "activity", row)["topics"] == ["domestic_violence", "road_safety"]  # type: ignore[index]
        assert stories(store) == []


def test_what_cannot_be_decided(country: Country) -> None:
    disputed(country, "surname", None, "A", "B")
    story = stories(country.office)[0]
    for take, value, error in (("maybe", None, UserError), ("value", "", Invalid), ("value", 7, Invalid)):
        with pytest.raises(error):
            country.office.write(lambda w, t=take, v=value: conflicts.resolve(w, story.id, t, v, "x"))
    with pytest.raises(UserError) as refused:
        country.office.write(lambda w: conflicts.resolve(w, "ffff", "ours"))
    assert refused.value.code == "no_such_conflict"
    assert stories(country.office) == [story]


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_story_is_told_in_every_language(country: Country, language: str) -> None:
    disputed(country, before=None)
    told = conflicts.tell(stories(country.office)[0], language)
    assert len(told) == 3 and "g1" in told[2] and "{" not in "".join(told)


def test_a_rule_made_over_an_open_conflict_decides_it_and_all_like_it_and_travels(country: Country) -> None:
    first, second = disputed(country), disputed(country, site="8", office="9")
    assert len(stories(country.office)) == 2
    made = country.office.write(lambda w: conflicts.make_rule(w, "person", "phone", "site", "their people")).value
    assert made == 2 and stories(country.office) == []
    country.round(2)
    for store in (country.office, country["g1"], country["g2"]):
        with store.read() as r:
            known = conflicts.rules(r)
            assert [(rule.field, rule.winner, rule.reason) for rule in known] == [("phone", "site", "their people")]
        assert stories(store) == []
        assert [get(store, "person", row)["phone"] for row in (first, second)] == ["1", "8"]  # type: ignore[index]
    country.office.write(lambda w: conflicts.end_rule(w, known[0].id))
    row = disputed(country)
    assert [story.row for story in stories(country.office)] == [row]


def test_no_rule_for_a_deletion_and_none_made_on_a_laptop(country: Country) -> None:
    with pytest.raises(UserError, match="rule_not_for_this"):
        country.office.write(lambda w: conflicts.make_rule(w, "person", "deleted", "site"))
    with pytest.raises(UserError, match="office_only"):
        country["g1"].write(lambda w: conflicts.make_rule(w, "person", "phone", "site"))


def test_the_three_sentences_are_dated_and_in_words(country: Country) -> None:
    disputed(country, "rank", "captain", "major", "colonel")
    story = stories(country.office)[0]
    base, ours, theirs = conflicts.tell(story)
    assert "Captain" in base and "Colonel" in ours and "Major" in theirs
    assert all("20" in told and "." in told for told in (base, ours, theirs))
    assert "Leyla" in ours and "Baku" in ours and "user of g1" in theirs and "g1" in theirs
    assert story.site is not None
