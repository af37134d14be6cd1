"""How shares, hours and merged persons are worked out, case by case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.queries.facts import Facts, Scope, ends_of, length, participant_roles, trainer_roles
from app.models.store import Store
from app.models.writer import Writer
from tests.build import a_mark, a_participation, a_person, a_session, an_activity, site


def only_seat(store: Store) -> object:
    with store.read() as reader:
        (seat,) = Facts(reader, Scope("2026-01-01", "2026-12-31")).seats
        return seat


def one(w: Writer, marks: list[tuple[str, float | None]], hours: list[float | None], seat: dict) -> None:
    activity = an_activity(w)
    participation = a_participation(w, activity, a_person(w), **seat)
    for no, long in enumerate(hours):
        session = a_session(w, activity, f"2026-02-1{no}", hours=long)
        if no < len(marks):
            a_mark(w, participation, session, marks[no][0], hours=marks[no][1])


@pytest.mark.parametrize(
    ("marks", "hours", "seat", "share", "attended_hours", "days"),
    [
        ([("present", None)] * 2, [3, 3], {}, 1.0, 6, 2),
        ([("present", None), ("absent", None)], [3, 3], {}, 0.5, 3, 1),
        ([("present", None), ("excused", None)], [2, 6], {}, 0.25, 2, 1),
        ([("late", 2)], [4], {}, 0.5, 2, 1),
        ([("left_early", None)], [4], {}, 0.5, 2, 1),  # nobody wrote how long: half
        ([("late", 9)], [4], {}, 1.0, 4, 1),  # never more than the session
        ([("present", None)], [3, 3], {}, 0.5, 3, 1),  # the second session was not marked
        (
            [("present", None), ("absent", None)],
            [None, 3],
            {},
            0.5,
            None,
            1,
        ),  # a length is missing: sessions count alike
        ([], [3, 3], {}, 1.0, 6, 2),  # a list without a grid
        ([], [3, 3], {"hours": 3.0}, 0.5, 3, 2),  # hours typed beside the name
        ([], [], {"hours": 4.0}, 1.0, 4, 0),
        ([], [3], {"state": "invited"}, 0.0, 0, 0),
        ([], [], {}, 1.0, None, 1),
    ],
)
def test_shares_and_hours(
    store: Store, marks: list, hours: list, seat: dict, share: float, attended_hours: float | None, days: int
) -> None:
    store.write(lambda w: one(w, marks, hours, seat))
    found = only_seat(store)
    assert (found.share, found.hours, found.days) == (share, attended_hours, days)  # type: ignore[attr-defined]


def test_the_list_is_believed_only_where_no_grid_is_used(store: Store) -> None:
    def two(w: Writer) -> None:
        activity = an_activity(w)
        session = a_session(w, activity)
        a_mark(w, a_participation(w, activity, a_person(w)), session)
        a_participation(w, activity, a_person(w))

    store.write(two)
    with store.read() as reader:
        shares = sorted(seat.share for seat in Facts(reader, Scope("2026-01-01", "2026-12-31")).seats)
    assert shares == [0.0, 1.0]


def test_lengths() -> None:
    assert length({"hours": 2.5, "start": "09:00", "end": "17:00"}) == 2.5
    assert length({"hours": None, "start": "09:15", "end": "10:45"}) == 1.5
    assert length({"hours": None, "start": "10:00", "end": "09:00"}) is None
    assert length({"hours": None, "start": None, "end": None}) is None


@given(st.dictionaries(st.integers(0, 9).map(str), st.integers(0, 9).map(str)))
def test_chains_of_merges_end_somewhere(links: dict[str, str]) -> None:
    ends = ends_of(links)
    for first in links:
        end = ends.get(first, first)
        assert ends.get(end, end) == end, "whoever stands for others stands for himself"
        following = links[first]
        assert ends.get(following, following) == end, "everybody in a chain has one end"


def test_roles() -> None:
    assert {"participant", "delegate"} <= participant_roles()
    assert not participant_roles() & {"trainer", "peer_trainer", "organiser", "press", "vip", "performer", "guest"}
    assert trainer_roles(peers=True) == ("peer_trainer",)


def test_where_rows_without_a_site_stand(store: Store) -> None:
    def outputs(w: Writer) -> None:
        activity = an_activity(w)
        for values in ({"activity": activity}, {"site": site("guba")}):
            w.put(
                "output",
                {"kind": "book", "title_en": "B", "stage": "published", "date": "2026-02-01", **values},
            )

    store.write(outputs)
    with store.read() as reader:
        found = Facts(reader, Scope("2026-01-01", "2026-12-31")).dated("output", "date")
        assert {row["site"] for row in found} == {site("ganja"), site("guba")}
        here = Facts(reader, Scope("2026-01-01", "2026-12-31", (site("guba"),))).dated("output", "date")
        assert len(here) == 1
