"""Percentiles, ratios and a store to measure on; measures nothing itself."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.keys.slots import LIGHT
from app.models.store import Store
from app.services import practice

PASSPHRASE = "practice"


def percentile(times: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie, in milliseconds."""
    ordered = sorted(times)
    return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 3)


def ratio(ours: float, floor: float) -> float:
    """How many times the floor."""
    return round(ours / floor, 2) if floor else 0.0


def timed(work: Callable[[], Any]) -> float:
    """Seconds on the wall."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@contextmanager
def a_store(people: int = 0) -> Iterator[Store]:
    """An encrypted store in a temporary folder with this many made-up people."""
    chance = random.Random(3)
    with (
        tempfile.TemporaryDirectory(prefix="saha-bench-") as folder,
        Store.create(Path(folder) / "store", PASSPHRASE, name="bench", work=LIGHT) as store,
    ):
        rows = [practice.made_up_person(chance) for _ in range(people)]
        for start in range(0, people, 20_000):
            store.write(lambda w, start=start: w.put_many("person", rows[start : start + 20_000]))
        yield store
