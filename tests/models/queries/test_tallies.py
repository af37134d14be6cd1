"""Sums of the doors: any order, any number of times; estimates apart."""

from __future__ import annotations

import random

from app.models.queries.tallies import Totals, totals
from app.models.store import Store
from tests import build


def test_sums_by_category_door_and_hour_with_estimates_apart(store: Store) -> None:
    day = store.write(build.an_open_day).value

    def count(w: object) -> None:
        for category, delta, more in (
            ("woman", 3, {}),
            ("man", 2, {"door": "B"}),
            ("girl", 1, {"hour": "2026-03-07T09:00:00Z"}),
            ("woman", -1, {"reason": "came in twice"}),
            ("unknown", 40, {"type": "estimated"}),
        ):
            build.a_tally(w, day, category, delta, **more)  # type: ignore[arg-type]

    store.write(count)
    with store.read() as r:
        found = totals(r, day)
        assert totals(r, day, "B").counted == 2
    assert (found.counted, found.estimated, found.corrections) == (5, 40, -1)
    assert found.by_category == {"woman": 2, "man": 2, "girl": 1}
    assert found.by_door == {"A": 3, "B": 2}
    assert found.by_hour == {"2026-03-07T08": 4, "2026-03-07T09": 1}
    assert found.women_share == 3 / 5


def test_the_sum_does_not_depend_on_the_order() -> None:
    rows = [
        {"hour": f"2026-03-07T{8 + n % 3:02}:00:00Z", "delta": 1 if n % 7 else -1, "type": "counted", "reason": "x",
         "category": ("woman", "man", "boy")[n % 3], "door": "AB"[n % 2]}
        for n in range(60)
    ]  # fmt: skip
    first = Totals()
    for row in rows:
        first.add(row)
    for seed in range(5):
        shuffled = rows[:]
        random.Random(seed).shuffle(shuffled)
        again = Totals()
        for row in shuffled:
            again.add(row)
        assert again == first


def test_nobody_seen_has_no_share() -> None:
    found = Totals()
    assert found.women_share is None
    found.add({"hour": "2026-03-07T08:00:00Z", "delta": 4, "type": "counted", "reason": None,
               "category": "unknown", "door": "A"})  # fmt: skip
    assert found.women_share is None and found.counted == 4
