"""Measures the duplicate finder on whole registers composed by seed: F1, recall, kin, languages and CPU time.

Run: python -m tests.bench.pairs [first seed] [last seed]
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable

from app.names.pairs import CUT_OFF, Pair, find_pairs
from tests.names import registers


def _ids(pair: Pair) -> tuple[str, str]:
    return (pair.id1, pair.id2) if pair.id1 < pair.id2 else (pair.id2, pair.id1)


def measured(register: registers.Register) -> dict[str, float]:
    """The levels of one register; ``own`` is F1 at the product's own cut-off, ``gap`` in points of recall."""
    start = time.process_time()
    pairs = find_pairs(register.rows, 0.0)
    took = time.process_time() - start
    same = register.same
    best = high = 0.0
    right = 0
    for count, pair in enumerate(pairs, 1):
        right += _ids(pair) in same
        best = max(best, 2 * right / (count + len(same)))
        if right / count >= 0.95:
            high = right / len(same)
    found = {_ids(pair) for pair in pairs if pair.score >= CUT_OFF}
    good, false = found & same, found - same
    cross = {pair for pair in same if register.language[pair[0]] != register.language[pair[1]]}
    within = same - cross
    return {
        "best_f1": best,
        "own_f1": 2 * len(good) / (len(found) + len(same)),
        "precision": len(good) / max(1, len(found)),
        "recall": len(good) / len(same),
        "recall_at_95": high,
        "gap": 100 * (len(good & within) / len(within) - len(good & cross) / len(cross)),
        "kin_of_false": len(false & register.kin) / max(1, len(false)),
        "cpu_s": took,
    }


def measure(seeds: Iterable[int] = range(201, 205)) -> dict[str, dict[str, float]]:
    """Every register's levels and their mean."""
    result: dict[str, dict[str, float]] = {}
    total: Counter[str] = Counter()
    for seed in seeds:
        figures = measured(registers.register(seed))
        total.update(figures)
        result[str(seed)] = {name: round(value, 3) for name, value in figures.items()}
    result["mean"] = {name: round(value / len(result), 3) for name, value in total.items()}
    return result


if __name__ == "__main__":
    first = int(sys.argv[1]) if len(sys.argv) > 1 else 201
    last = int(sys.argv[2]) if len(sys.argv) > 2 else first + 7
    for label, figures in measure(range(first, last + 1)).items():
        print(f"{label:>6}", figures, flush=True)
