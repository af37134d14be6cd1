"""The sheet as rows: order, marks, what changed alone, counts by sex and service."""

from __future__ import annotations

from app.models.queries import attendance as asked
from app.models.store import Store
from app.services import attendance as desk
from tests import build


def a_sheet(store: Store, people: int = 6) -> tuple[str, asked.Sheet]:
    activity = store.write(lambda w: build.a_training(w, people=people, days=2)).value
    with store.read() as r:
        found = asked.sheet(r, activity)
    assert found is not None
    return activity, found


def test_an_unknown_activity_has_no_sheet(store: Store) -> None:
    with store.read() as r:
        assert asked.sheet(r, "0" * 8 + "-0000-0000-0000-" + "0" * 12) is None


def test_sessions_stand_in_order_of_time_and_rows_by_number(store: Store) -> None:
    activity, _ = a_sheet(store)
    store.write(lambda w: desk.plan_sessions(w, activity, parts=("pm", "am")))
    with store.read() as r:
        found = asked.sheet(r, activity)
    assert found is not None
    assert [(s["date"][-2:], s["part"]) for s in found.sessions] == [
        (day, part) for day in ("19", "20") for part in ("am", "full_day", "pm")
    ]
    assert [row["sheet_row"] for row in found.rows] == [1, 2, 3, 4, 5, 6]
    assert found.rows[0]["surname"] == "Məmmədov"


def test_rank_is_that_of_the_event_and_of_the_card_where_the_event_has_none(store: Store) -> None:
    _, found = a_sheet(store)
    first, second = found.rows[0], found.rows[1]
    store.write(lambda w: w.put("participation", {"rank": None}, first["id"]))
    store.write(lambda w: [w.put("person", {"rank": "colonel"}, row["person"]) for row in (first, second)])
    with store.read() as r:
        again = {row["id"]: row for row in asked.rows_of(r, [first["id"], second["id"]])}
    assert again[first["id"]]["rank"] == "colonel"
    assert again[second["id"]]["rank"] == second["rank"] != "colonel"


def test_only_the_rows_that_changed_are_named(store: Store) -> None:
    activity, found = a_sheet(store)
    _, others = a_sheet(store)
    session = found.sessions[0]["id"]
    changes = store.write(lambda w: desk.mark(w, found.rows[2]["id"], session, "present")).changes
    changes2 = store.write(lambda w: w.put("person", {"unit": "Yeni bölmə"}, found.rows[4]["person"])).changes
    away = store.write(lambda w: desk.mark(w, others.rows[0]["id"], others.sessions[0]["id"], "present")).changes
    with store.read() as r:
        assert asked.participations_touched(r, activity, changes.rows) == {found.rows[2]["id"]}
        assert asked.participations_touched(r, activity, changes2.rows) == {found.rows[4]["id"]}
        assert asked.participations_touched(r, activity, away.rows) == set()
    gone = store.write(lambda w: desk.take_off(w, found.rows[2]["id"])).changes
    with store.read() as r:
        assert asked.participations_touched(r, activity, gone.rows) == {found.rows[2]["id"]}
        assert asked.rows_of(r, [found.rows[2]["id"]]) == []


def test_counts_by_sex_and_service_and_who_is_missing(store: Store) -> None:
    activity, found = a_sheet(store)
    session = found.sessions[0]["id"]
    nobody = store.write(lambda w: build.an_officer(w, 50, sex="not_recorded", service=None)).value

    def day(w: object) -> None:
        desk.add_person(w, activity, nobody)  # type: ignore[arg-type]
        desk.mark_all(w, activity, session)  # type: ignore[arg-type]
        desk.mark_rows(w, activity, session, "2")  # type: ignore[arg-type]
        desk.mark(w, found.rows[0]["id"], session, "late", hours=1)  # type: ignore[arg-type]

    store.write(day)
    with store.read() as r:
        rows = asked.sheet(r, activity).rows  # type: ignore[union-attr]
    assert asked.count_there(rows, session, "sex") == {"m": 4, "f": 1, "not_recorded": 1}
    assert list(asked.count_there(rows, session, "service"))[-1] == "not_recorded"
    assert [row["sheet_row"] for row in asked.missing(rows, session)] == [2]
    with store.read() as r:
        assert asked.counts_of(r, [activity]) == {activity: {"listed": 7, "sessions": 2, "marked": 1}}


def test_the_latest_of_a_kind(store: Store) -> None:
    old = store.write(lambda w: build.an_activity(w, start="2026-01-10")).value
    new = store.write(lambda w: build.an_activity(w, start="2026-03-10")).value
    with store.read() as r:
        assert asked.last_of_kind(r, "training_gender_mainstreaming", "2026-04-01")["id"] == new  # type: ignore[index]
        assert asked.last_of_kind(r, "training_gender_mainstreaming", "2026-03-10")["id"] == old  # type: ignore[index]
        assert asked.last_of_kind(r, "police_open_day", "2027-01-01") is None


def test_the_last_row_is_that_of_the_list_and_none_of_an_empty_one(store: Store) -> None:
    activity, found = a_sheet(store, people=3)
    store.write(lambda w: w.put("participation", {"sheet_row": 12}, found.rows[1]["id"]))
    empty = store.write(build.an_activity).value
    with store.read() as r:
        assert (asked.last_row(r, activity), asked.last_row(r, empty)) == (12, 0)
    store.write(lambda w: desk.take_off(w, found.rows[1]["id"]))
    with store.read() as r:
        assert asked.last_row(r, activity) == 3
