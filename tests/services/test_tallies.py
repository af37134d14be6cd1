"""Counting at the door: nothing is edited, corrections have reasons, the sum is the sum of the rows."""

from __future__ import annotations

import pytest

from app.errors import Invalid, UserError
from app.models.queries.tallies import totals
from app.models.store import Store
from app.services import tallies
from tests import build


@pytest.fixture
def day(store: Store) -> str:
    return store.write(build.an_open_day).value


def test_a_family_of_four_is_four_rows_in_one_write(store: Store, day: str) -> None:
    outcome = store.write(lambda w: tallies.count_group(w, day, "A", ["woman", "man", "girl", "boy"]))
    assert len(outcome.value) == len(outcome.changes.ops) == 4
    ids = store.write(lambda w: tallies.count_group(w, day, "A", ["woman", "girl", "girl"])).value
    assert len(ids) == 2
    with store.read() as r:
        assert totals(r, day).by_category == {"woman": 2, "man": 1, "girl": 3, "boy": 1}


def test_a_wrong_key_is_taken_back_by_a_row_of_its_own(store: Store, day: str) -> None:
    wrong = store.write(lambda w: tallies.count(w, day, "A", "man")).value
    store.write(lambda w: tallies.take_back(w, [wrong], "wrong key"))
    with store.read() as r:
        assert totals(r, day).counted == 0
        assert len(r.list("tally", activity=day)) == 2
        assert {row["hour"] for row in r.list("tally", activity=day)} == {r.get("tally", wrong)["hour"]}


def test_a_tally_cannot_be_edited(store: Store, day: str) -> None:
    row = store.write(lambda w: tallies.count(w, day, "A", "man")).value
    with pytest.raises(Invalid):
        store.write(lambda w: w.put("tally", {"delta": 7}, row))


def test_a_correction_wants_a_reason_and_never_goes_below_zero(store: Store, day: str) -> None:
    store.write(lambda w: tallies.count(w, day, "B", "woman", 12))
    with pytest.raises(Invalid) as invalid:
        store.write(lambda w: tallies.correct(w, day, "B", "woman", 5, ""))
    assert invalid.value.problems[0].code == "correction_needs_reason"
    for number in (0, 13, -1):
        with pytest.raises(UserError) as error:
            store.write(lambda w, n=number: tallies.correct(w, day, "B", "woman", n, "two gates"))
        assert error.value.code == "tally_below_zero"
    store.write(lambda w: tallies.correct(w, day, "B", "woman", 5, "two gates"))
    with store.read() as r:
        assert (totals(r, day).counted, totals(r, day).corrections) == (7, -5)


def test_estimates_are_never_among_the_counted(store: Store, day: str) -> None:
    store.write(lambda w: (tallies.estimate(w, day, "A", 80), tallies.count(w, day, "A", "boy")))
    with store.read() as r:
        assert (totals(r, day).counted, totals(r, day).estimated) == (1, 80)
    with pytest.raises(UserError):
        store.write(lambda w: tallies.count(w, day, "A", "boy", 0))


def test_elements_are_ticked_and_unticked(store: Store, day: str) -> None:
    with store.read() as r:
        element = r.list("programme_element", activity=day)[0]["id"]
    store.write(lambda w: tallies.tick(w, element, "11:24"))
    with store.read() as r:
        assert r.get("programme_element", element)["happened_at"] == "11:24"
    store.write(lambda w: tallies.tick(w, element, None))
    with store.read() as r:
        assert r.get("programme_element", element)["happened_at"] is None


def test_the_headcount_says_what_the_doors_counted_and_how_far_the_estimate_goes(store: Store, day: str) -> None:
    store.write(
        lambda w: (
            tallies.count_group(w, day, "A", ["woman", "man", "girl", "boy", "woman"]),
            tallies.estimate(w, day, "A", 20),
        )
    )
    row = store.write(lambda w: tallies.state_headcount(w, day)).value
    with store.read() as r:
        made = r.get("headcount", row)
    assert (made["figure"], made["low"], made["high"], made["women"], made["men"], made["minors"]) == (
        5,
        5,
        25,
        3,
        2,
        2,
    )
    assert made["official"] is False
