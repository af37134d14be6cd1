"""The search of the desk, keystroke by keystroke; floor: SQLite's own full-text index of the names, unranked."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Sequence
from typing import Any

from app.services import people
from tests.bench.figures import a_store, percentile, ratio


def measure(size: str) -> dict[str, Any]:
    """Milliseconds a keystroke on 5,000 (small) or 100,000 (full) people."""
    count = 5_000 if size == "small" else 100_000
    chance = random.Random(9)
    with a_store(count) as store, store.read() as reader:
        rows = reader.list("person")
        index = _full_text(rows)
        targets = chance.sample(rows, 40)
        ours: list[float] = []
        floor: list[float] = []
        found = 0
        for target in targets:
            name = f"{target['surname']} {target['given']}"
            for length in range(1, len(name) + 1):
                typed = name[:length]
                start = time.perf_counter()
                hits = people.find(reader, typed)
                ours.append(time.perf_counter() - start)
                start = time.perf_counter()
                words = " ".join(f'"{word}"*' for word in typed.lower().replace('"', "").split())
                index.execute("SELECT rowid FROM names WHERE names MATCH ? LIMIT 50", (words,)).fetchall()
                floor.append(time.perf_counter() - start)
            wanted = people.full_name(target).split()[:2]
            found += any(people.full_name(hit.person).split()[:2] == wanted for hit in hits)
    return {
        "people": count,
        "keystrokes": len(ours),
        "p50_ms": percentile(ours, 0.5),
        "p95_ms": percentile(ours, 0.95),
        "floor_p95_ms": percentile(floor, 0.95),
        "ratio_p95": ratio(percentile(ours, 0.95), percentile(floor, 0.95)),
        "name_found_in_five": round(found / len(targets), 3),
    }


def _full_text(rows: Sequence[dict[str, Any]]) -> sqlite3.Connection:
    """The names in an index of their own, which finds beginnings of words and nothing else."""
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE names USING fts5(words, content='', prefix='1 2 3', detail=column)")
    index.executemany("INSERT INTO names (words) VALUES (?)", [(people.full_name(p).lower(),) for p in rows])
    return index
