"""Plays histories on the model or on the engine and names the seeds that broke: `python -m tests.simulation --help`.

It decides nothing about the program. What has been played is kept in a file, so that a long run can be taken up again.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from tests.simulation import histories

CI = {"model": 2_000, "engine": 30, "files": 30}
LONG = {"model": 50_000, "engine": 5_000, "files": 5_000}
STEPS = {"model": 120, "engine": 60, "files": 60}
PIECE = {"model": 200, "engine": 5, "files": 5}


@dataclass(frozen=True)
class Played:
    """A piece of a run: the seeds from `first` up to (without) `end`; `broken`: seed → what did not hold.

    `what`: model, engine (in memory), or files (the engine on files).
    """

    what: str
    steps: int
    first: int
    end: int
    seconds: float
    broken: dict[int, str]


def play_piece(what: str, steps: int, first: int, end: int) -> Played:
    """Play some seeds; what is found does not stop the others."""
    began = time.process_time()
    broken = {}
    for seed in range(first, end):
        try:
            play_one(what, seed, steps)
        except Exception as error:  # a crash of the engine is a finding like any other
            broken[seed] = f"{type(error).__name__}: {error}"[:500]
    return Played(what, steps, first, end, round(time.process_time() - began, 2), broken)


def play_one(what: str, seed: int, steps: int) -> None:
    """One history. Every tenth of the model has no misfortune in it: there, asking for everything again is an error."""
    if what == "model":
        from tests.simulation import model

        model.play(seed, steps, faults=seed % 10 != 9)
    else:
        from tests.simulation import media, world

        world.play(seed, steps, media.Files if what == "files" else media.Memory)


def shortened(what: str, seed: int, steps: int) -> Path | None:
    """Shorten the history of a seed that breaks and keep it, to become a named test; None if it holds."""
    from tests.simulation import media, model, world

    replay: Callable[[histories.History], None]
    if what == "model":
        drawn, replay = model.history(seed, steps, seed % 10 != 9), model.replay
    else:
        drawn = world.history(seed, steps)
        replay = partial(world.replay, medium=media.Files if what == "files" else media.Memory)

    def breaks(tried: histories.History) -> bool:
        try:
            replay(tried)
        except Exception:
            return True
        return False

    if not breaks(drawn):
        return None
    return histories.keep(f"{what}-{seed}", histories.shorten(drawn, breaks), seed=seed, steps_drawn=steps)


def taken_up(record: Path, what: str, steps: int) -> Iterator[Played]:
    """What an earlier run with the same record has played already."""
    if record.exists():
        for line in record.read_text("utf-8").splitlines():
            piece = Played(**json.loads(line))
            if (piece.what, piece.steps) == (what, steps):
                yield piece


def main(arguments: list[str] | None = None) -> int:
    """0 if every history held, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("what", choices=["model", "engine"], nargs="?", default="model")
    parser.add_argument("--files", action="store_true", help="the engine on encrypted files instead of in memory")
    parser.add_argument("--long", action="store_true", help=f"{LONG} histories instead of {CI}")
    parser.add_argument("--first", type=int, default=0, help="first seed")
    parser.add_argument("--count", type=int, help="how many seeds")
    parser.add_argument("--steps", type=int, help=f"length of a history, {STEPS}")
    parser.add_argument("--minutes", type=float, help="stop after so long (what was played is kept)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--record", type=Path, help="file to keep what was played; with it a run can be taken up again")
    parser.add_argument("--shorten", type=int, metavar="SEED", help="shorten the history of this seed and keep it")
    given = parser.parse_args(arguments)
    if given.files:
        if given.what != "engine":
            parser.error("only the engine plays on files")
        given.what = "files"
    steps = given.steps or STEPS[given.what]
    if given.shorten is not None:
        kept = shortened(given.what, given.shorten, steps)
        print(kept or f"seed {given.shorten} holds")
        return 0
    count = given.count or (LONG if given.long else CI)[given.what]
    until = time.monotonic() + given.minutes * 60 if given.minutes else None
    done = list(taken_up(given.record, given.what, steps)) if given.record else []
    known = {seed for piece in done for seed in range(piece.first, piece.end)}
    size = PIECE[given.what]
    starts = [at for at in range(given.first, given.first + count, size) if at not in known]
    with ProcessPoolExecutor(given.jobs) as pool:
        waiting = {
            pool.submit(play_piece, given.what, steps, at, min(at + size, given.first + count)): at for at in starts
        }
        for finished in as_completed(waiting):
            if finished.cancelled():
                continue
            piece = finished.result()
            done.append(piece)
            if given.record:
                with given.record.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(asdict(piece)) + "\n")
            for seed, said in piece.broken.items():
                print(f"seed {seed}: {said}", flush=True)
            if until is not None and time.monotonic() > until:
                for future in waiting:
                    future.cancel()
    played = sum(piece.end - piece.first for piece in done)
    broken = sorted(int(seed) for piece in done for seed in piece.broken)
    seconds = sum(piece.seconds for piece in done)
    told = "engine on files" if given.files else given.what
    print(f"{told}: {played} histories of {steps} steps, {seconds:.0f} CPU seconds, {len(broken)} broken {broken}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
