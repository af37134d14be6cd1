"""The first page's rows: on, coming, late, owed; the quarter's numbers and their targets."""

from __future__ import annotations

from datetime import date

import pytest

from app.models.queries import today as asked
from app.models.store import Store
from app.models.writer import Writer
from app.services import activities
from app.services import attendance as desk
from tests import build

DAY = date(2026, 11, 20)


def read(store: Store) -> asked.Today:
    with store.read() as r:
        return asked.today(r, DAY)


def test_what_is_on_coming_and_late(store: Store) -> None:
    on = store.write(lambda w: build.a_training(w, people=3, days=3, start="2026-11-19")).value
    soon = store.write(lambda w: build.an_activity(w, start="2026-12-01", status="planned")).value
    late = store.write(lambda w: build.an_activity(w, start="2026-11-01", status="confirmed")).value
    store.write(
        lambda w: (
            build.an_activity(w, start="2026-12-20", status="planned"),  # too far
            build.an_activity(w, start="2026-11-20", status="cancelled", status_reason="x"),
            build.an_activity(w, start="2026-11-02", status="held"),
        )
    )
    with store.read() as r:
        from app.models.queries.attendance import sessions_of

        session = sessions_of(r, on)[0]["id"]
    store.write(lambda w: desk.mark_all(w, on, session))
    found = read(store)
    assert [row["id"] for row in found.running] == [on]
    assert (found.running[0]["listed"], found.running[0]["sessions"], found.running[0]["marked"]) == (3, 3, 1)
    assert [row["id"] for row in found.coming] == [soon]
    assert [row["id"] for row in found.late] == [late]
    assert found.any


def test_an_empty_register(store: Store) -> None:
    found = read(store)
    assert not found.any and not found.running and not found.late and not found.actions


def test_action_items_past_their_day(store: Store) -> None:
    store.write(
        lambda w: (
            build.an_action(w, text="late", due="2026-11-19"),
            build.an_action(w, text="today", due="2026-11-20"),
            build.an_action(w, text="done", due="2026-11-01", state="done"),
            build.an_action(w, text="no day"),
        )
    )
    assert [item["text"] for item in read(store).actions] == ["late"]


def test_duties_are_overdue_until_held_and_open_until_planned(store: Store) -> None:
    def of_ganja(found: asked.Today) -> list[tuple[str, str]]:
        return [(due.state, due.end) for due in found.duties if due.site == build.site("ganja")
                and due.kind == "press_meeting_quarterly"]  # fmt: skip

    assert of_ganja(read(store)) == [("overdue", "2026-09-30"), ("open", "2026-12-31")]
    store.write(lambda w: build.an_activity(w, kind="press_meeting_quarterly", start="2026-08-01"))
    store.write(lambda w: build.an_activity(w, kind="press_meeting_quarterly", start="2026-12-05", status="planned"))
    assert of_ganja(read(store)) == []


@pytest.mark.parametrize(
    ("day", "span"),
    [
        (date(2026, 11, 20), ("2026-10-01", "2026-12-31")),
        (date(2027, 1, 1), ("2027-01-01", "2027-03-31")),
        (date(2028, 6, 30), ("2028-04-01", "2028-06-30")),
    ],
)
def test_quarters(day: date, span: tuple[str, str]) -> None:
    assert asked.bounds(day) == span


def test_numbers_of_the_quarter_with_targets_of_their_own(store: Store) -> None:
    training = store.write(lambda w: build.a_training(w, people=6, days=1, start="2026-11-10", status="held")).value

    def mark(w: object) -> None:
        from app.models.queries.attendance import sessions_of

        desk.mark_all(w, training, sessions_of(w, training)[0]["id"])  # type: ignore[arg-type]
        desk.mark_rows(w, training, sessions_of(w, training)[0]["id"], "6")  # type: ignore[arg-type]
        indicator = w.list("indicator", code="persons_trained")[0]["id"]  # type: ignore[attr-defined]
        for site, value in (("ganja", 30), ("shirvan", 20)):
            w.put(  # type: ignore[attr-defined]
                "target",
                {"indicator": indicator, "site": build.site(site), "year": 2026, "quarter": "q4", "value": value},
            )
        w.put("target", {"indicator": indicator, "year": 2026, "quarter": "q3", "value": 999})  # type: ignore[attr-defined]

    store.write(mark)
    with store.read() as r:
        told = {number.code: number for number in asked.quarter(r, DAY)}
    assert told["trainings_held"].value == 1 and told["trainings_held"].target is None
    assert (told["persons_trained"].value, told["persons_trained"].target) == (5, 50)
    assert told["training_participations"].value == 5
    assert told["women_percent"].value == 20
    with store.read() as r:
        assert "women_percent" not in {n.code for n in asked.quarter(r, date(2027, 2, 1))}


def test_departments_without_a_delegate_and_lines_of_the_plan_that_are_late(store: Store) -> None:
    def plan(w: Writer) -> tuple[str, str]:
        activities.load_plan(w, "community_policing_2009", 2026)
        line = w.list("plan_line", code="S.5")[0]["id"]
        w.put("plan_line", {"quarters": ["q1"]}, line)
        baku = build.site("baku")
        visit = activities.plan(w, "study_visit_departments", {"site": baku, "start": "2026-12-10"})
        activities.plan(w, "study_visit_departments", {"site": baku, "start": "2027-03-10"})  # too far to be told
        return visit, line

    visit, line = store.write(plan).value
    found = read(store)
    assert [(row["id"], len(scope.missing)) for row, scope in found.departments] == [(visit, 11)]
    assert [row["id"] for row in found.late_lines] == [line]
    store.write(lambda w: w.put("activity", {"status": "cancelled", "status_reason": "No visas"}, visit))
    assert read(store).departments == []
