"""Histories as data: stored, replayed and shortened; knows nothing of what happens in them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

Step = tuple[str, int, int]
"""What happens, to which computer (counted round), and the chance within it: steps can be left out one by one."""
History = list[Step]
KEPT = Path(__file__).resolve().parents[1] / "data" / "histories"


def shorten(steps: Sequence[Step], breaks: Callable[[Sequence[Step]], bool]) -> History:
    """A history that still breaks and of which no single step can be left out."""
    left = list(steps)
    size = max(len(left) // 2, 1)
    while True:
        at = 0
        smaller = False
        while at < len(left):
            tried = left[:at] + left[at + size :]
            if breaks(tried):
                left, smaller = tried, True
            else:
                at += size
        if size == 1 and not smaller:
            return left
        size = max(size // 2, 1) if not smaller or size > 1 else 1


def keep(name: str, steps: Sequence[Step], **facts: object) -> Path:
    """Store a history under a name."""
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{name}.json"
    lines = ",\n".join("  " + json.dumps(list(step)) for step in steps)
    head = "".join(f" {json.dumps(key)}: {json.dumps(value)},\n" for key, value in facts.items())
    path.write_text(f'{{\n{head} "steps": [\n{lines}\n ]\n}}\n', "utf-8")
    return path


def kept(name: str) -> History:
    """A stored history."""
    told = json.loads((KEPT / f"{name}.json").read_text("utf-8"))
    return [(action, computer, chance) for action, computer, chance in told["steps"]]


def names_kept(prefix: str) -> list[str]:
    """The names of the stored histories that begin so."""
    return sorted(path.stem for path in KEPT.glob(f"{prefix}*.json"))
