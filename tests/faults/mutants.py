"""F10 at full size, ten million altered bundles: `python -m tests.faults.mutants --help`; it changes no store.

Each piece of mutants follows from its number, so what was played is kept in the record and not played again. The
bundles themselves have new keys in every run. Ends with 1 and names the piece if one mutant was believed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import lru_cache
from pathlib import Path

from app.errors import UserError
from app.keys import sealing, signing
from app.sync import package

LONG, PIECE = 10_000_000, 20_000


@lru_cache
def originals() -> tuple[list[bytes], Callable[[bytes], object]]:
    """Three bundles (nothing in it; writes; writes and an attachment), and their reader: it returns or refuses."""
    key, _ = signing.new_key()
    identity, recipient = sealing.new_identity()
    sender = package.SenderKey("laptop", "Laptop", signing.verifying_key(key))
    chance = random.Random(1)
    writes = b"".join(b'[1,"%032x",{"surname":"S%d"}]\n' % (chance.getrandbits(128), n) for n in range(20))
    kinds = ({}, {"writes": writes}, {"writes": writes, "blobs": b'{"size":300}\n' + chance.randbytes(300)})
    made = [package.write_package({"no": n}, kind, key, "laptop", [("us", recipient)]) for n, kind in enumerate(kinds)]
    return made, lambda data: package.read_package(data, [identity], {"laptop": sender}.get, "us")


def mutant(bundles: Sequence[bytes], chance: random.Random) -> bytes:
    """One of the bundles with up to four changes: bytes altered, cut out, put in, or taken from another bundle."""
    data = bytearray(chance.choice(bundles))
    for _ in range(chance.randrange(1, 5)):
        kind, at = chance.randrange(4), chance.randrange(len(data))
        if kind == 0:
            data[at] ^= chance.randrange(1, 256)
        elif kind == 1:
            del data[at : at + chance.randrange(1, 40)]
        elif kind == 2:
            data[at:at] = chance.randbytes(chance.randrange(1, 40))
        else:
            data[at : at + 64] = chance.choice(bundles)[at : at + 64]
    return bytes(data)


def play(
    number: int, size: int = PIECE, read: Callable[[bytes], object] | None = None
) -> tuple[int, int, float, list[str]]:
    """Piece `number`: (number, mutants tried, seconds, what was believed or what broke the reader)."""
    bundles, sound = originals()
    chance, began, bad = random.Random(number), time.process_time(), []
    for count in range(size):
        data = mutant(bundles, chance)
        if data in bundles:
            continue
        try:
            (read or sound)(data)
        except UserError:
            continue
        except Exception as error:  # a crash is a finding like any other
            bad.append(f"{number}/{count}: {type(error).__name__}: {error}")
        else:
            bad.append(f"{number}/{count}: believed")
    return number, size, time.process_time() - began, bad


def run(count: int, record: Path | None, jobs: int, size: int = PIECE) -> tuple[int, list[str]]:
    """Play what the record does not have: (mutants tried by now, what was found)."""
    lines = record.read_text("utf-8").splitlines() if record and record.exists() else []
    done: dict[int, tuple[int, list[str]]] = {}
    for number, tried, _, bad in map(json.loads, lines):
        done[number] = tried, bad
    left = [number for number in range(-(-count // size)) if number not in done]
    with ProcessPoolExecutor(jobs) as pool:
        for future in as_completed([pool.submit(play, number, size) for number in left]):
            number, tried, seconds, bad = future.result()
            done[number] = tried, bad
            if record:
                with record.open("a", encoding="utf-8") as file:
                    file.write(json.dumps([number, tried, round(seconds, 1), bad]) + "\n")
    return sum(tried for tried, _ in done.values()), [one for _, bad in done.values() for one in bad]


def main(arguments: Sequence[str] | None = None) -> int:
    """0 if every mutant was refused."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.mutants", description=__doc__)
    parser.add_argument("--count", type=int, default=LONG)
    parser.add_argument("--record", type=Path)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args(arguments)
    tried, found = run(given.count, given.record, given.jobs)
    print(f"{tried} mutants, {len(found)} believed or broke the reader", *found[:20], sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
