"""The plan with what was made of it: order, counts in the line's own unit, sites where nothing is, what is late."""

from __future__ import annotations

from typing import Any

from app.models.queries.plan import Plan, PlanLine, plans
from app.models.store import Store
from app.services import activities
from tests import build

TODAY = "2026-11-21"


def loaded(store: Store) -> None:
    store.write(lambda w: activities.load_plan(w, "community_policing_2009", 2026))


def read(store: Store, sites: Any = None, today: str = TODAY) -> Plan:
    with store.read() as r:
        return plans(r, today, sites)[0]


def line(store: Store, code: str, **more: Any) -> PlanLine:
    return next(told for told in read(store, **more).lines if told.row["code"] == code)


def begin(store: Store, code: str, **values: Any) -> str:
    def work(w: Any) -> str:
        wanted = w.list("plan_line", code=code)[0]["id"]
        given = {"site": build.site("ganja"), "start": "2026-03-10", "status": "held", **values}
        return activities.plan_from_line(w, wanted, given)

    return store.write(work).value


def test_the_project_of_the_seed_in_its_order(store: Store) -> None:
    loaded(store)
    told = read(store).lines
    assert len(told) > 40
    codes = [entry.row["code"] for entry in told]
    assert codes[:3] == ["S", "S.1", "S.2"] and codes.index("T") < codes.index("O")
    assert codes.index("T.9") + 1 == codes.index("T.10"), "ten comes after nine"
    depths = {entry.row["code"]: entry.depth for entry in told}
    assert (depths["O"], depths["O.3"], depths["O.3.8"]) == (0, 1, 2)


def test_events_are_counted_as_held_and_the_sites_without_any_are_named(store: Store) -> None:
    loaded(store)
    begin(store, "O.5")
    begin(store, "O.5", site=build.site("guba"), status="planned", start="2026-12-10")
    begin(store, "O.5", site=build.site("shirvan"), status="cancelled", status_reason="Flood")
    told = line(store, "O.5")
    assert (told.done, told.held, told.planned) == (1, 1, 1) and len(told.activities) == 3
    assert len(told.missing) == 8 and build.site("shirvan") in told.missing
    assert line(store, "O").done is None, "what is below a heading has many units and is not added up"


def test_people_are_counted_once_however_often_they_came(store: Store) -> None:
    loaded(store)
    first, second = begin(store, "T.8"), begin(store, "T.8", start="2026-04-10")

    def attend(w: Any) -> None:
        one, other = build.a_person(w), build.a_person(w)
        build.a_participation(w, first, one)
        build.a_participation(w, second, one)
        build.a_participation(w, second, other)
        build.a_participation(w, second, build.a_person(w), role="trainer")
        build.a_participation(w, second, build.a_person(w), state="invited")

    store.write(attend)
    assert line(store, "T.8").done == 2
    assert line(store, "T.8", sites=[build.site("guba")]).done == 0


def test_outputs_and_documents_are_those_published_and_what_cannot_be_counted_is_not(store: Store) -> None:
    loaded(store)
    paper = begin(store, "O.3.3")
    store.write(
        lambda w: [
            w.put("output", {"kind": "newspaper", "title_en": "No. 1", "activity": paper, "stage": stage})
            for stage in ("published", "published", "draft")
        ]
    )
    guidelines = begin(store, "S.1")
    store.write(
        lambda w: w.put(
            "policy_document",
            {"type": "guideline", "title_en": "Guidelines", "activity": guidelines, "stage": "approved"},
        )
    )
    begin(store, "O.3.20")
    assert line(store, "O.3.3").done == 2 and line(store, "S.1").done == 1
    assert line(store, "O.3.20").done is None and line(store, "O.3.20").held == 1


def test_what_is_late(store: Store) -> None:
    loaded(store)
    assert not any(told.late for told in read(store).lines)
    assert line(store, "O.5", today="2027-01-05").late and not line(store, "O", today="2027-01-05").late

    def first_quarter(w: Any) -> None:
        row = w.list("plan_line", code="S.5")[0]["id"]
        w.put("plan_line", {"quarters": ["q1", "q2"]}, row)

    store.write(first_quarter)
    assert line(store, "S.5", today="2026-07-01").late and not line(store, "S.5", today="2026-06-30").late
    begin(store, "S.5")
    assert not line(store, "S.5", today="2026-07-01").late
    store.write(lambda w: w.put("plan_line", {"status": "dropped"}, w.list("plan_line", code="O.5")[0]["id"]))
    assert not line(store, "O.5", today="2027-01-05").late


def test_lines_that_are_each_others_parent_are_still_shown(store: Store) -> None:
    def circle(w: Any) -> None:
        project = w.put("project", {"code": "p", "title_en": "P"})
        one = w.put("plan_line", {"project": project, "title_en": "One", "code": "1"})
        other = w.put("plan_line", {"project": project, "title_en": "Two", "code": "2", "parent": one})
        w.put("plan_line", {"parent": other}, one)

    store.write(circle)
    assert [told.row["code"] for told in read(store).lines] == ["1", "2"]


def test_no_plan_is_no_plan(store: Store) -> None:
    with store.read() as r:
        assert plans(r, TODAY) == []
