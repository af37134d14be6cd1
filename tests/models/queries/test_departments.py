"""One delegate of every department: who is missing, who has several, by what a delegate stands for a department."""

from __future__ import annotations

from typing import Any

from app.models.queries.departments import Scope, scope_of, uncovered
from app.models.store import Store
from app.services import activities
from app.specs import choices
from app.specs.seeds import organisation_id
from tests import build

ELEVEN = choices.choices("site_scope")["eleven_departments"].more["sites"].split()


def a_visit(store: Store, **values: Any) -> str:
    where = {"site": build.site("baku"), "start": "2026-11-25", **values}
    return store.write(lambda w: activities.plan(w, "study_visit_departments", where)).value


def scope(store: Store, activity: str) -> Scope | None:
    with store.read() as r:
        return scope_of(r, r.get("activity", activity))


def delegate(store: Store, activity: str, person: dict[str, Any] | None = None, **values: Any) -> None:
    def work(w: Any) -> None:
        who = build.a_person(w, **(person or {}))
        build.a_participation(w, activity, who, **{"role": "delegate", "state": "invited", **values})

    store.write(work)


def test_the_study_visit_asks_for_all_eleven_from_the_start(store: Store) -> None:
    found = scope(store, a_visit(store))
    assert found is not None and set(found.missing) == {build.site(code) for code in ELEVEN}


def test_a_delegate_stands_for_the_department_of_the_event_the_posting_or_the_site(store: Store) -> None:
    visit = a_visit(store)
    delegate(store, visit, organisation=organisation_id("pd_guba"))
    below = store.write(
        lambda w: w.put(
            "organisation",
            {"name_en": "1st station", "type": "police_department", "parent": organisation_id("pd_shirvan")},
        )
    ).value
    delegate(store, visit, {"organisation": below})
    delegate(store, visit, {"owner_site": build.site("gazakh")})

    def moved(w: Any) -> None:
        who = build.a_person(w, owner_site=build.site("ganja"))
        w.put("posting", {"person": who, "site": build.site("ganja"), "start": "2020-01-01", "end": "2026-10-31"})
        w.put("posting", {"person": who, "site": build.site("tartar"), "start": "2026-11-01"})
        build.a_participation(w, visit, who, role="delegate", state="confirmed")

    store.write(moved)
    found = scope(store, visit)
    there = {build.site(code) for code in ("guba", "shirvan", "gazakh", "tartar")}
    assert set(found.delegates) == there and set(found.missing) == set(found.wanted) - there and found.several == ()


def test_several_of_one_department_are_told_and_others_do_not_count(store: Store) -> None:
    visit = a_visit(store)
    for _ in range(2):
        delegate(store, visit, organisation=organisation_id("pd_guba"))
    delegate(store, visit, organisation=organisation_id("pd_ganja"), state="declined")
    delegate(store, visit, organisation=organisation_id("pd_ganja"), role="interpreter")
    delegate(
        store,
        visit,
        organisation=organisation_id("police_academy"),
    )
    found = scope(store, visit)
    assert found.several == (build.site("guba"),) and found.delegates[build.site("guba")] == 2
    assert build.site("ganja") in found.missing and found.elsewhere == 1


def test_of_a_held_visit_only_those_who_came_count(store: Store) -> None:
    visit = a_visit(store)
    delegate(store, visit, organisation=organisation_id("pd_guba"))
    assert build.site("guba") not in scope(store, visit).missing
    store.write(lambda w: w.put("activity", {"status": "held"}, visit))
    assert build.site("guba") in scope(store, visit).missing
    store.write(lambda w: activities.set_status(w, visit, "cancelled", "No visas"))
    assert scope(store, visit) is None


def test_a_plan_line_names_the_departments_and_a_training_held_site_by_site_asks_for_none(store: Store) -> None:
    store.write(lambda w: activities.load_plan(w, "community_policing_2009", 2026))

    def begin(w: Any, code: str) -> str:
        line = w.list("plan_line", code=code)[0]["id"]
        return activities.plan_from_line(w, line, {"site": build.site("ganja"), "start": "2026-11-25"})

    visit = store.write(lambda w: begin(w, "O.2")).value
    training = store.write(lambda w: begin(w, "T.8")).value
    assert len(scope(store, visit).wanted) == 11 and scope(store, training) is None
    store.write(lambda w: w.put("activity", {"details": {"site_scope": "new_pilot_sites"}}, training))
    assert len(scope(store, training).wanted) == 2, "asked for where somebody says so"
    sites = [build.site("guba"), build.site("ganja")]
    other = a_visit(store, sites=sites, details={"site_scope": "selected_sites"})
    assert set(scope(store, other).wanted) == set(sites)


def test_all_of_a_period(store: Store) -> None:
    visit = a_visit(store)
    store.write(build.an_activity)
    with store.read() as r:
        found = uncovered(r, "2026-11-01", "2026-11-30")
        assert [(row["id"], len(told.missing)) for row, told in found] == [(visit, 11)]
        assert uncovered(r, "2026-12-01", "2026-12-31") == []
        assert uncovered(r, "2026-11-01", "2026-11-30", [build.site("ganja")]) == []
