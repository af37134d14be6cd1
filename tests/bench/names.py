"""Measures the matcher on real parallel spellings among composed persons: recall by direction, noise and CPU time.

Run: python -m tests.bench.names [size]
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable

from app.names.match import Register
from tests.names import compose

LANGUAGES = compose.LANGUAGES


def background(size: int, language: str, seed: int = 5, mixed: bool = False) -> list[str]:
    """Composed persons in one language, official and plain forms; ``mixed`` draws each one's language too."""
    rng = random.Random(seed)
    names = []
    for _ in range(size):
        written = rng.choice(LANGUAGES) if mixed else language
        names.append(compose.person(rng).name(written, rng, rng.choice(["official", "plain", "short"])))
    return names


def _share(register: Register, queries: list[tuple[int, str]], misses: list[str] | None = None) -> dict[str, float]:
    first = five = 0
    times = []
    for number, query in queries:
        start = time.process_time()
        found = [hit.id for hit in register.find(query, 5)]
        times.append(time.process_time() - start)
        first += found[:1] == [number]
        five += number in found
        if number not in found and misses is not None:
            misses.append(query)
    times.sort()
    count = len(queries)
    return {
        "recall@1": round(first / count, 4),
        "recall@5": round(five / count, 4),
        "p50_ms": round(times[count // 2] * 1000, 2),
        "p95_ms": round(times[int(count * 0.95)] * 1000, 2),
    }


def measure(size: int | str = 5700, misses: dict[str, list[str]] | None = None) -> dict[str, dict[str, float]]:
    """Recall and CPU milliseconds by group of queries among ``size`` persons ("small" 5,700, "full" 20,000).

    See names.md for the levels to reach.
    """
    size = {"small": 5700, "full": 20_000}.get(size, 5700) if isinstance(size, str) else size
    persons = compose.rows("persons.csv")
    rng = random.Random(11)
    result: dict[str, dict[str, float]] = {}

    def build(language: str, mixed: bool = False) -> Register:
        others = background(size - len(persons), language, mixed=mixed)
        start = time.process_time()
        register = Register()
        for number, row in enumerate(persons):
            register.add(number, row[language])
        for number, name in enumerate(others):
            register.add(("other", number), name)
        register.find("a")
        result.setdefault("build", {})[language + ("+mixed" if mixed else "")] = round(time.process_time() - start, 3)
        return register

    def group(name: str, register: Register, make: Callable[[dict[str, str]], str]) -> None:
        lost: list[str] = []
        result[name] = _share(register, [(number, make(row)) for number, row in enumerate(persons)], lost)
        if misses is not None:
            misses[name] = lost

    for stored in LANGUAGES:
        register = build(stored)
        for asked in LANGUAGES:
            if asked != stored:
                group(f"{asked} > {stored}", register, lambda row, asked=asked: row[asked])
                group(
                    f"{asked} > {stored}, father added",
                    register,
                    lambda row, asked=asked: with_father(row[asked], asked, rng),
                )
                group(
                    f"{asked} > {stored}, other ending",
                    register,
                    lambda row, asked=asked: compose.other_ending(row[asked], rng),
                )
                group(f"{asked} > {stored}, typo", register, lambda row, asked=asked: compose.typo(row[asked], rng))
                group(f"{asked} > {stored}, beginnings", register, lambda row, asked=asked: beginnings(row[asked], rng))
        group(f"{stored}, typo", register, lambda row, stored=stored: compose.typo(row[stored], rng))
        group(f"{stored}, beginnings", register, lambda row, stored=stored: beginnings(row[stored], rng))
        group(f"{stored}, initials", register, lambda row, stored=stored: initials(row[stored]))
        group(f"through russian > {stored}", register, lambda row: compose.through_russian(row["ru"], rng))
        group(f"old cyrillic > {stored}", register, lambda row: compose.old_cyrillic(row["az"]))
        group(f"turned > {stored}", register, lambda row, stored=stored: turned(row[stored]))
        if stored == "az":
            group("az, plain keyboard", register, lambda row: compose.typed_plain(row["az"], rng))
            group("az, plain and typo", register, lambda row: compose.typo(compose.typed_plain(row["az"], rng), rng))
            keys = [typed for row in persons[:40] for typed in keystrokes(row[rng.choice(LANGUAGES)])]
            result["keystrokes"] = _share(register, [(-1, typed) for typed in keys])
    register = build("az", mixed=True)
    for asked in LANGUAGES:
        group(
            f"{asked} > az, wrong layout",
            register,
            lambda row, asked=asked: compose.wrong_layout(row[asked], asked, rng),
        )
    return result


def beginnings(name: str, rng: random.Random) -> str:
    """Half-typed: the first word whole, three or four letters of the last, as a person types until it is found."""
    words = name.split()
    if rng.random() < 0.5:
        words.reverse()
    return " ".join([words[0], words[-1][: rng.choice([3, 4])]])


def turned(name: str) -> str:
    """The last word first."""
    words = name.split()
    return " ".join([words[-1], *words[:-1]])


def with_father(name: str, language: str, rng: random.Random) -> str:
    """Surname first, and a father's name the register does not hold."""
    words = name.split()
    if len(words) != 2:
        return name
    father = compose.spelled(rng.choice(compose.MEN), language, rng)
    sex = "f" if words[1].endswith(("va", "ва", "ая")) else "m"
    return f"{words[1]} {words[0]} {compose.patronymic(father, sex, language, rng)}"


def initials(name: str) -> str:
    """Surname and initials of a given-first or surname-first name."""
    words = [word for word in name.split() if word.lower() not in ("oğlu", "qızı", "bəy", "bey", "оглу", "гызы")]
    return f"{words[-1]} {' '.join(word[0] + '.' for word in words[:-1])}"


def keystrokes(name: str) -> list[str]:
    """Every state of the search box while a name is typed."""
    return [name[:end] for end in range(1, len(name) + 1)]


if __name__ == "__main__":
    lost: dict[str, list[str]] = {}
    for label, figures in measure(int(sys.argv[1]) if len(sys.argv) > 1 else 5700, lost).items():
        print(f"{label:28}", figures, lost.get(label, [])[:6])
