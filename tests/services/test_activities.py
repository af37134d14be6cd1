"""Planning: from a kind, a plan line, a copy; states with reasons."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import Invalid, UserError
from app.models.queries import attendance as sheets
from app.models.store import Store
from app.services import activities, attendance
from app.specs import plans
from tests import build


def test_a_kind_fills_in_what_it_knows(store: Store) -> None:
    row = store.write(
        lambda w: activities.plan(
            w,
            "training_gender_mainstreaming",
            {"site": build.site("ganja"), "start": "2026-12-01", "end": "2026-12-03"},
        )
    ).value
    with store.read() as r:
        made = r.get("activity", row)
        assert made["title_az"] and made["title_ru"] and made["topics"] and made["status"] == "planned"
        assert [s["date"] for s in sheets.sessions_of(r, row)] == ["2026-12-01", "2026-12-02", "2026-12-03"]
    with pytest.raises(UserError):
        store.write(lambda w: activities.plan(w, "no_such_kind", {}))


def test_a_plan_line_gives_kind_titles_and_project_and_the_site_is_remembered(store: Store) -> None:
    store.write(lambda w: [w.put(rec, values, row) for rec, row, values in plans.plan_rows(plans.plans()[0])])
    with store.read() as r:
        line = next(x for x in r.list("plan_line") if x["kind"] and not x["sites"])
    with pytest.raises(UserError) as error:
        store.write(lambda w: activities.begin(w, f"line:{line['id']}", {"start": "2026-12-01"}))
    assert error.value.code == "no_site_known"
    first = store.write(
        lambda w: activities.begin(w, f"line:{line['id']}", {"start": "2026-12-01", "site": build.site("shirvan")})
    ).value
    second = store.write(lambda w: activities.begin(w, "kind:police_open_day", {"start": "2026-12-05"})).value
    with store.read() as r:
        made = r.get("activity", first)
        assert (made["kind"], made["plan_line"], made["project"]) == (line["kind"], line["id"], line["project"])
        assert r.get("activity", second)["site"] == build.site("shirvan")
        assert r.list("programme_element", activity=second)


def test_a_copy_shifts_days_and_keeps_people_but_no_marks(store: Store) -> None:
    old = store.write(lambda w: build.a_training(w, people=5, days=3, start="2026-11-10")).value

    def mark(w: object) -> None:
        session = sheets.sessions_of(w, old)[0]["id"]  # type: ignore[arg-type]
        attendance.mark_all(w, old, session)  # type: ignore[arg-type]

    store.write(mark)
    new = store.write(lambda w: activities.clone(w, old, "2026-12-01")).value
    with store.read() as r:
        found = sheets.sheet(r, new)
        assert found is not None
        assert [s["date"] for s in found.sessions] == ["2026-12-01", "2026-12-02", "2026-12-03"]
        assert (found.activity["end"], found.activity["status"]) == ("2026-12-03", "planned")
        assert [row["sheet_row"] for row in found.rows] == [1, 2, 3, 4, 5]
        assert all(not row["marks"] and row["state"] == "invited" for row in found.rows)
        assert found.activity["cloned_from"] == old


@pytest.mark.parametrize(
    ("old", "today", "proposed"),
    [
        ("2026-11-10", date(2026, 11, 21), "2026-11-24"),  # a Tuesday
        ("2026-11-21", date(2026, 11, 21), "2026-11-28"),
        ("2027-01-05", date(2026, 11, 21), "2027-01-12"),
    ],
)
def test_a_copy_is_proposed_for_the_same_day_of_a_coming_week(old: str, today: date, proposed: str) -> None:
    assert activities.propose_start(old, today) == proposed


def test_some_states_want_a_reason(store: Store) -> None:
    row = store.write(build.an_activity).value
    for state in ("postponed", "cancelled"):
        with pytest.raises(Invalid) as error:
            store.write(lambda w, s=state: activities.set_status(w, row, s))
        assert error.value.problems[0].code == "status_needs_reason"
    store.write(lambda w: activities.set_status(w, row, "postponed", "snow"))
    store.write(lambda w: activities.set_status(w, row, "held"))
    with store.read() as r:
        assert (r.get("activity", row)["status"], r.get("activity", row)["status_reason"]) == ("held", None)
