"""The rules that keep numbers honest, at the one door."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from app.basics import clock
from app.errors import Invalid
from app.models import honesty
from app.models.oplog import read_line, write_line
from app.models.store import Store
from app.services import activities, attendance, records
from app.specs import kinds
from tests import build


def refused(store: Store, command: Any) -> set[str]:
    with pytest.raises(Invalid) as error:
        store.write(command)
    return {problem.code for problem in error.value.problems}


def test_victims_are_never_an_audience(store: Store) -> None:
    from app.specs import choices

    never = [code for code, entry in choices.choices("audience").items() if entry.more.get("named") == "never"]
    assert never
    for code in never:
        assert refused(store, lambda w, c=code: build.an_activity(w, audiences=[c])) >= {"audience_never"}


def test_a_category_that_is_only_counted_takes_no_name(store: Store) -> None:
    from app.specs import choices

    counted = [code for code, entry in choices.choices("audience").items() if entry.more.get("named") == "count_only"]
    assert counted
    assert "audience_not_named" in refused(store, lambda w: build.a_person(w, citizen_category=counted[0]))

    def named(w: Any) -> None:
        build.a_participation(w, build.an_activity(w), build.a_person(w), audience=counted[0])

    assert "audience_not_named" in refused(store, named)


def test_minors_are_counted_never_named(store: Store) -> None:
    assert "minor_by_name" in refused(store, lambda w: build.a_person(w, age_band="15_17"))
    store.write(lambda w: build.a_person(w, age_band="18_29"))


def test_postponed_and_cancelled_say_why(store: Store) -> None:
    for status in ("postponed", "cancelled"):
        assert "status_needs_reason" in refused(store, lambda w, s=status: build.an_activity(w, status=s))
    store.write(lambda w: build.an_activity(w, status="cancelled", status_reason="Flood"))


def test_nobody_is_merged_into_themselves(store: Store) -> None:
    person = store.write(build.a_person).value
    assert "merged_into_itself" in refused(store, lambda w: w.put("person", {"merged_into": person}, person))


def test_details_belong_to_the_kind(store: Store) -> None:
    assert "unknown_field" in refused(store, lambda w: build.an_activity(w, details={"no_such_detail": 1}))


def test_an_activity_with_named_people_does_not_become_one_that_only_counts(store: Store) -> None:
    def named(w: Any) -> str:
        activity = build.an_activity(w)
        build.a_participation(w, activity, build.a_person(w))
        return activity

    activity = store.write(named).value
    assert "kind_counts_only" in refused(store, lambda w: w.put("activity", {"kind": "school_visit"}, activity))
    empty = store.write(build.an_activity).value
    store.write(lambda w: w.put("activity", {"kind": "school_visit"}, empty))


def test_rank_unit_and_sex_are_kept_as_at_the_event_by_whatever_way_somebody_is_put_on_a_list(store: Store) -> None:
    def enter(w: Any) -> tuple[str, list[str]]:
        person = build.a_person(w, rank="captain", unit="1st station", service="patrol_police", sex="f")
        by_hand, at_the_desk, from_outside = (build.an_activity(w) for _ in range(3))
        line = {"type": "participation", "fields": {"activity": from_outside, "person": person}}
        rows = [
            w.put("participation", {"activity": by_hand, "person": person}),
            attendance.add_person(w, at_the_desk, person),
            records.apply_lines(w, [json.dumps(line)])[0],
            w.put_many("participation", [{"activity": build.an_activity(w), "person": person}])[0],
        ]
        w.put("person", {"rank": "major", "unit": "Staff", "service": "traffic_police"}, person)
        return person, rows

    person, rows = store.write(enter).value
    with store.read() as r:
        for row in rows:
            kept = r.get("participation", row)
            assert [kept[name] for name in ("rank", "unit", "service", "sex")] == [
                "captain", "1st station", "patrol_police", "f",
            ]  # fmt: skip
        assert r.get("person", person)["rank"] == "major"


def test_what_was_written_on_the_sheet_stands_above_the_card(store: Store) -> None:
    def enter(w: Any) -> str:
        return build.a_participation(w, build.an_activity(w), build.a_person(w, rank="captain"), rank="lieutenant")

    row = store.write(enter).value
    with store.read() as r:
        assert r.get("participation", row)["rank"] == "lieutenant"


LINES = {
    "minor_by_name": {"type": "person", "fields": {"surname": "Uşaq", "birth_year": 2015}},
    "audience_not_named": {"type": "person", "fields": {"surname": "X", "citizen_category": "ex_prisoners"}},
    "audience_never": {
        "type": "activity",
        "fields": {
            "kind": "police_open_day",
            "site": "ganja",
            "start": "2026-05-01",
            "status": "held",
            "audiences": ["domestic_violence_victims"],
        },
    },
}


@pytest.mark.parametrize("code", LINES)
def test_lines_from_outside_go_through_the_same_door(store: Store, code: str) -> None:
    """What `saha records put` is given."""
    assert code in refused(store, lambda w: records.apply_lines(w, [json.dumps(LINES[code])]))
    with store.read() as r:
        assert r.list("person") == [] and r.list("activity") == []


@pytest.mark.parametrize(("wall", "kept_apart"), [("2014", True), ("2026", True), ("2036", False), ("nonsense", True)])
@pytest.mark.parametrize("here", [2014, 2026, 2036])
def test_whether_a_write_is_of_a_child_does_not_depend_on_the_clock_of_who_receives_it(
    store: Store, wall: str, kept_apart: bool, here: int
) -> None:
    row = "01a1f000-0000-7000-8000-000000000001"
    fields = {"surname": "S", "birth_year": 2010}
    op = read_line(write_line("ab" * 16, 1, 1, f"{wall}-11-21T08:00:00Z", "u", "person", row, fields, {}))
    clock.turn(lambda: datetime(here, 11, 22, tzinfo=UTC))
    try:
        with store.read() as r:
            assert honesty.refused(r, [op]) == ({op.id: "minor_by_name"} if kept_apart else {})
    finally:
        clock.turn(None)


def test_a_name_from_outside_for_an_activity_that_only_counts(store: Store) -> None:
    def visit(w: Any) -> tuple[str, str]:
        return build.an_activity(w, kind="school_visit"), build.a_person(w)

    activity, person = store.write(visit).value
    line = json.dumps({"type": "participation", "fields": {"activity": activity, "person": person}})
    assert "kind_counts_only" in refused(store, lambda w: records.apply_lines(w, [line]))


@pytest.mark.parametrize(
    "code", [code for code, kind in kinds.kinds().items() if kind.privacy in ("count_only", "never")]
)
def test_every_kind_that_only_counts_refuses_a_name_and_takes_a_count(store: Store, code: str) -> None:
    def enter(w: Any) -> str:
        return build.an_activity(w, kind=code)

    activity = store.write(enter).value
    assert "kind_counts_only" in refused(store, lambda w: build.a_participation(w, activity, build.a_person(w)))
    store.write(lambda w: w.put("headcount", {"activity": activity, "figure": 30, "method": "sign_in_sheets"}))


def test_a_winner_among_children_has_a_place_and_a_school_and_no_name(store: Store) -> None:
    def compete(w: Any, kind: str) -> str:
        where = {"site": build.site("ganja"), "start": "2026-05-01"}
        return w.put("competition", {"activity": activities.plan(w, kind, where), "theme": "Safety"})

    essays, drivers = store.write(lambda w: (compete(w, "essay_competition"), compete(w, "best_driver_campaign"))).value
    winner = {"place": 1, "school": "No. 5", "sex": "f", "winner": "Leyla", "consent": True}
    assert "minor_by_name" in refused(store, lambda w: w.put("result", {**winner, "competition": essays}))
    store.write(lambda w: w.put("result", {**winner, "competition": essays, "winner": None}))
    store.write(lambda w: w.put("result", {**winner, "competition": drivers}))
