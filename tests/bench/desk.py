"""People entered a second, each in its own transaction as at the door; floor: one plain INSERT a transaction."""

from __future__ import annotations

import time
from typing import Any

from app.services import activities, attendance
from app.specs.seeds import site_id
from tests.bench.figures import a_store, percentile, ratio


def measure(size: str) -> dict[str, Any]:
    """Marks a second and the slowest hundredth, in milliseconds."""
    count = 200 if size == "small" else 2_000
    with a_store(count) as store:
        with store.read() as reader:
            people = [row["id"] for row in reader.list("person")]
        values = {"site": site_id("ganja"), "start": "2026-11-02"}
        activity = store.write(lambda w: activities.plan(w, "training_gender_mainstreaming", values)).value
        session = store.write(lambda w: attendance.plan_sessions(w, activity)[0]).value
        entered = []
        for row, person in enumerate(people, 1):
            enter = lambda w, p=person, n=row: attendance.add_person(w, activity, p, session=session, row=n)  # noqa: E731
            start = time.perf_counter()
            store.write(enter)
            entered.append(time.perf_counter() - start)
        store.raw.execute("CREATE TABLE floor (a TEXT PRIMARY KEY, b TEXT, c TEXT)")
        floor = []
        for person in people:
            start = time.perf_counter()
            store.raw.execute("BEGIN IMMEDIATE")
            store.raw.execute("INSERT INTO floor VALUES (?, ?, 'present')", (person, session))
            store.raw.execute("COMMIT")
            floor.append(time.perf_counter() - start)
    return {
        "people": count,
        "people_a_second": round(len(entered) / sum(entered), 1),
        "p50_ms": percentile(entered, 0.5),
        "p99_ms": percentile(entered, 0.99),
        "floor_inserts_a_second": round(len(floor) / sum(floor), 1),
        "ratio": ratio(sum(entered), sum(floor)),
    }
