"""The search of the desk, keystroke by keystroke; floor: the full-text index asked for the same words, unranked."""

from __future__ import annotations

import random
import time
from typing import Any

from sqlalchemy import text

from app.services import people
from tests.bench.figures import a_store, percentile, ratio


def measure(size: str) -> dict[str, Any]:
    """Milliseconds a keystroke on 5,000 (small) or 100,000 (full) people."""
    count = 5_000 if size == "small" else 100_000
    chance = random.Random(9)
    with a_store(count) as store, store.read() as reader:
        rows = reader.list("person")
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
                query = text("SELECT rowid FROM person_search WHERE person_search MATCH :m LIMIT 50")
                words = " ".join(f'"{word}"*' for word in typed.lower().replace('"', "").split())
                reader.connection.execute(query, {"m": words}).all()
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
