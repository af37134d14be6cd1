"""Lists of activities: what touches a period, how many came, which parts there are."""

from __future__ import annotations

from app.models.queries import activities as asked
from app.models.store import Store
from app.services import attendance as desk
from app.specs import kinds, plans
from app.specs.records import RECORDS
from tests import build


def test_what_touches_a_period_with_people_and_heads_apart(store: Store) -> None:
    training = store.write(lambda w: build.a_training(w, people=4, days=3, start="2026-03-30")).value
    day = store.write(lambda w: build.an_open_day(w, start="2026-05-01")).value
    with store.read() as r:
        session = asked_sessions(r, training)[0]
    store.write(lambda w: (desk.mark_all(w, training, session), build.a_tally(w, day, "woman", 7)))
    store.write(lambda w: build.a_tally(w, day, "unknown", 90, type="estimated"))
    with store.read() as r:
        april = asked.listed(r, "2026-04-01", "2026-04-30")
        assert [row["id"] for row in april] == [training]  # it ends on the first of April
        assert april[0]["people"] == 4 and april[0]["heads"] is None and april[0]["site_name_az"] == "Gəncə"
        may = asked.listed(r, "2026-05-01", "2026-05-31")
        assert (may[0]["people"], may[0]["heads"]) == (None, 7)
        assert [row["id"] for row in asked.listed(r)] == [day, training]
        assert asked.listed(r, sites=[build.site("baku")]) == []
    store.write(lambda w: w.delete("activity", day))
    with store.read() as r:
        assert [row["id"] for row in asked.listed(r)] == [training]


def asked_sessions(r: object, activity: str) -> list[str]:
    from app.models.queries.attendance import sessions_of

    return [s["id"] for s in sessions_of(r, activity)]  # type: ignore[arg-type]


def test_parts_of_a_kind_are_counted(store: Store) -> None:
    training = store.write(lambda w: build.a_training(w, people=4, days=3)).value
    kind = kinds.kind("training_interethnic_policing")
    assert kind is not None
    with store.read() as r:
        counts = asked.facet_counts(r, training, kind)
    assert counts["session"] == 3 and counts["participation"] == 4 and counts["cost"] == 0
    assert "attendance" not in counts  # its rows name the participation, not the activity


def test_every_part_of_every_kind_can_be_reached() -> None:
    """By the activity, or by a row that is reached so, or (groups, mechanisms, outputs …) on a page of its own."""
    own = {"group", "mechanism", "attachment", "output", "survey", "policy_document", "press_item", "request"}
    for code, kind in kinds.kinds().items():
        reached = set(asked.linked_records(kind)) | own
        while more := {child for record in reached for child in asked.children_of(record)} - reached:
            reached |= more
        missing = set(kinds.records_of(kind)) - reached
        assert not missing, (code, missing)


def test_children_name_their_parent() -> None:
    assert asked.children_of("competition") == ["result"]
    assert "attendance" in asked.children_of("participation")
    for record in RECORDS:
        for child in asked.children_of(record):
            assert RECORDS[child].by_name[RECORDS[child].parent].type.record == record


def test_plan_lines_to_choose_from_have_a_kind_and_are_open(store: Store) -> None:
    store.write(lambda w: [w.put(rec, values, row) for rec, row, values in plans.plan_rows(plans.plans()[0])])
    with store.read() as r:
        lines = asked.plan_choices(r)
    assert lines and all(line["kind"] for line in lines)
    store.write(lambda w: w.put("plan_line", {"status": "done"}, lines[0]["id"]))
    with store.read() as r:
        assert len(asked.plan_choices(r)) == len(lines) - 1
