"""No clock decides anything: the same history under other clocks ends in the same register; doubtful ones are told."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.basics import clock, ids
from app.models import exchange
from app.services import history
from app.sync import conflicts, receive
from tests.simulation.world import World
from tests.sync.build import Country, a_person, get, put

MOMENTS = [datetime(2014, 1, 1, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC), datetime(2036, 5, 5, tzinfo=UTC)]


def told(made: World) -> list[tuple[str, str, object]]:
    """Every field: its value, or, where several are in dispute, all of them (which is shown follows ids)."""
    found: list[tuple[str, str, object]] = []
    with made.office.store.read() as r:
        disputed = {(c["row"], c["field"]): c["ops"] for c in exchange.conflict_rows(r)}
        for row in r.list("person"):
            ops = {op.id.hex(): op for op in r.ops_of(row["id"])}
            for name in ("phone", "unit"):
                live = disputed.get((row["id"], name))
                value = sorted(ops[known].fields[name] for known in live) if live else row[name]
                found.append((row["surname"], name, value))
    return sorted(found, key=repr)


def outcome(moments: random.Random | None) -> list[tuple[str, str, object]]:
    """One fixed history of edits on both sides, under a clock that stands still or jumps."""
    with ids.repeatable(1):
        made = World(3, laptops=(("g1", "ganja"),))
        try:
            if moments is not None:
                clock.turn(lambda: moments.choice(MOMENTS) + timedelta(seconds=moments.randrange(10**6)))
            chance = random.Random(9)
            laptop = made.laptops()[0]
            for _ in range(3):
                made.create(laptop)
            made.heal(2)
            for _ in range(20):
                computer = chance.choice([laptop, made.office])
                row = chance.choice(made.rows)[1]
                values = {chance.choice(["phone", "unit"]): f"v{chance.randrange(9)}"}
                computer.store.write(lambda w, v=values, r=row: w.put("person", v, r))
                if chance.random() < 0.3:
                    made.heal(1)
            made.heal(2)
            for computer, value in ((laptop, "left"), (made.office, "right")):
                computer.store.write(lambda w, v=value: w.put("person", {"phone": v}, made.rows[0][1]))
            made.heal(3)
            return told(made)
        finally:
            made.close()


def test_the_register_does_not_depend_on_any_clock() -> None:
    steady = outcome(None)
    assert len(steady) == 6 and any(isinstance(value, list) for *_, value in steady), "some of it is in dispute"
    for seed in range(3):
        assert outcome(random.Random(seed)) == steady


@pytest.mark.parametrize("years", [-12, 10])
def test_a_laptop_with_a_wrong_clock_is_heard_and_told(country: Country, years: int) -> None:
    g1, baku = country["g1"], country.office
    now = clock.now()
    clock.turn(lambda: now + timedelta(days=365 * years))
    try:
        row = a_person(g1, phone="1")
        path = country.bundle(g1)
    finally:
        clock.turn(None)
    got = receive.receive(baku, path, safety_copy=False)
    assert got.moment_doubtful and get(baku, "person", row)
    put(baku, "person", row, phone="2")
    country.round(2)
    assert get(g1, "person", row)["phone"] == "2", "an edit made after another wins, whatever the clocks say"  # type: ignore[index]
    with baku.read() as r:
        assert r.ops_of(row)[0].doubt == (years < 0), "a moment before this program was made is marked"


def test_what_was_written_under_a_wrong_clock_is_marked_when_the_bundle_was_made_under_a_right_one(
    country: Country,
) -> None:
    g1, baku = country["g1"], country.office
    row = a_person(g1, phone="0")
    country.round(2)
    put(baku, "person", row, phone="2")
    now = clock.now()
    clock.turn(lambda: now + timedelta(days=3))
    try:
        put(g1, "person", row, phone="1")
    finally:
        clock.turn(None)
    got = country.post(g1, baku)
    assert got.doubtful == 1 and not got.moment_doubtful
    with baku.read() as r:
        (story,) = conflicts.conflicts(r)
        doubts = [version.doubtful_clock for version in history.versions(r, "person", row)]
    assert story.theirs.doubtful_clock and not story.ours.doubtful_clock
    assert sum(doubts) == 1
    put(g1, "person", row, unit="x")  # before the last write, by the clock: marked where it is written
    assert country.post(g1, baku).doubtful == 1
    assert country.post(country["g2"], baku).doubtful == 0


def test_a_right_clock_is_not_doubted(country: Country, tmp_path: Path) -> None:
    a_person(country["g1"])
    assert not country.post(country["g1"], country.office).moment_doubtful
