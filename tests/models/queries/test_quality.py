"""The board of quality finds what is missing and what cannot be, and nothing where all is well."""

from __future__ import annotations

from typing import Any

from app.models.queries.quality import Quality, quality
from app.models.store import Store
from app.models.writer import Writer
from tests import build


def board(store: Store) -> Quality:
    with store.read() as r:
        return quality(r, "2026-03-01")


def kinds(found: Quality) -> list[str]:
    return sorted(finding.kind for finding in found.findings)


def a_whole_event(w: Writer, person: str, **values: Any) -> tuple[str, str, str]:
    """An event with a session of three hours, a participant and a mark; (activity, session, participation)."""
    activity = build.an_activity(w, **values)
    session = build.a_session(w, activity, values.get("start", "2026-02-10"))
    seat = build.a_participation(w, activity, person)
    build.a_mark(w, seat, session, signed=True)
    w.put("attachment", {"name": "s.png", "sha256": "0" * 64, "size": 1, "media_type": "image/png",
                         "linked_record": "activity", "linked_id": activity, "purpose": "sign_in_sheet"})  # fmt: skip
    return activity, session, seat


def test_where_all_is_well_nothing_is_found(store: Store) -> None:
    store.write(lambda w: a_whole_event(w, build.a_person(w, unit="x")))
    found = board(store)
    assert found.findings == []
    (ganja,) = (one for one in found.sites if one.site == build.site("ganja"))
    assert (ganja.held, ganja.listed, ganja.no_sheet, ganja.nobody_marked) == (1, 1, 0, 0)


def test_what_is_missing_is_counted_by_site_and_named(store: Store) -> None:
    def fill(w: Writer) -> None:
        build.a_person(w, sex=None, unit=None, owner_site=build.site("guba"))
        build.a_person(w, unit="x", owner_site=build.site("guba"))
        activity = build.an_activity(w, site=build.site("guba"))
        build.a_participation(w, activity, build.a_person(w, owner_site=build.site("guba")), state="invited")
        build.an_activity(w, site=build.site("guba"), status="planned", start="2026-02-01")

    store.write(fill)
    found = board(store)
    assert kinds(found) == ["no_sheet", "nobody_marked", "sex_missing", "unfinished"]
    (guba,) = (one for one in found.sites if one.site == build.site("guba"))
    assert (guba.people, guba.sex_missing, guba.unit_missing) == (3, 1, 2)
    assert (guba.held, guba.listed, guba.no_sheet, guba.nobody_marked, guba.unfinished) == (1, 1, 1, 1, 1)


def test_nobody_is_in_two_places_on_one_day_even_under_two_names(store: Store) -> None:
    def fill(w: Writer) -> str:
        one, other = build.a_person(w), build.a_person(w)
        w.put("person", {"merged_into": one}, other)
        a_whole_event(w, one)
        a_whole_event(w, other, site=build.site("guba"))
        a_whole_event(w, one, site=build.site("guba"), start="2026-02-11")
        return one

    person = store.write(fill).value
    (finding,) = board(store).findings
    assert (finding.kind, finding.row, finding.day) == ("two_places", person, "2026-02-10")
    assert {finding.params["one"], finding.params["other"]} == {"Ganja", "Guba"}


def test_sums_and_signatures_that_differ_from_the_sheet(store: Store) -> None:
    def fill(w: Writer) -> None:
        activity, session, seat = a_whole_event(w, build.a_person(w))
        w.put("headcount", {"activity": activity, "figure": 3, "method": "sign_in_sheets"})
        w.put("headcount", {"activity": activity, "figure": 90, "method": "entrance_count"})
        w.put("headcount", {"activity": build.an_activity(w), "figure": 20, "method": "sign_in_sheets"})  # no list
        build.a_mark(w, seat, session, "absent", signed=True)

    store.write(fill)
    found = {finding.kind: finding for finding in board(store).findings}
    assert set(found) == {"sum_differs", "signature_differs"}
    assert (
        dict(found["sum_differs"].params) == {"figure": 3, "typed": 1} and found["signature_differs"].params["n"] == 1
    )


def test_hours_days_and_ages_that_cannot_be(store: Store) -> None:
    def fill(w: Writer) -> None:
        activity, session, seat = a_whole_event(w, build.a_person(w, birth_year=1998), start="2002-02-10")
        build.a_mark(w, seat, session, "late", hours=5, signed=True)
        build.a_session(w, activity, "2002-02-12")

    store.write(fill)
    found = {finding.kind: finding.params for finding in board(store).findings}
    assert set(found) == {"hours_too_many", "day_outside", "age_impossible"}
    assert found["age_impossible"]["age"] == 4 and found["day_outside"]["date"] == "2002-02-12"
