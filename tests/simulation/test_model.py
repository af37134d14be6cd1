"""Thousands of histories on the model; every rule, taken out, is caught: the frequent ones at random, the rare ones by
a kept history. `--long` plays 50,000 (`python -m tests.simulation model --long` does so and can be taken up again)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest

from tests.simulation import histories
from tests.simulation.model import FAULTS, RULES, SECOND_LINE, Broken, Model, Store, history, play, replay

CI, LONG = 2_000, 50_000
PIECES = 8  # so that two workers share them


@pytest.mark.timeout(7_200)  # with --long
@pytest.mark.parametrize("piece", range(PIECES))
def test_with_all_rules_nothing_breaks(piece: int, pytestconfig: pytest.Config) -> None:
    count = LONG if pytestconfig.getoption("--long") else CI
    for seed in range(piece, count, PIECES):
        play(seed, faults=seed % 10 != 9)


# Seeds at which the history breaks without the rule; kept, so that a control costs one history and not hundreds.
FREQUENT = {
    "content_ids": (1, 2, 3),
    "rollback_checks": (24, 52, 213),
    "no_echo_suppression": (8, 27, 54),
    "always_merge": (2, 3, 6),
}
# One in thousands of random histories needs these; the tests named here are their kept histories.
RARE = {
    "heard_survives": "test_a_laptop_that_changes_its_id_still_tells_the_office_that_it_was_set_back",
    "transitive_replaces": "test_an_edit_whose_middle_is_late",
    "whole_after_evict": "test_a_row_that_comes_back_while_its_leaving_is_on_the_way",
}


@pytest.mark.parametrize(("rule", "seed"), [(rule, seed) for rule, seeds in FREQUENT.items() for seed in seeds])
def test_without_the_rule_it_breaks(rule: str, seed: int) -> None:
    play(seed)
    with pytest.raises(Broken, match=rule):
        play(seed, without=[rule])


@pytest.mark.parametrize("rule", FREQUENT)
def test_it_breaks_at_random_too(rule: str, pytestconfig: pytest.Config) -> None:
    """Not only at the kept seeds: a control that a change of the generator has emptied would be noticed."""
    count = 2_000 if pytestconfig.getoption("--long") else 130
    assert any(breaks(history(seed), rule) for seed in range(count))


def breaks(steps: Sequence[histories.Step], *rules: str) -> bool:
    try:
        replay(steps, without=rules)
    except Broken:
        return True
    return False


@pytest.mark.parametrize("name", histories.names_kept("model-found-"))
def test_what_once_broke_holds(name: str) -> None:
    replay(histories.kept(name))


def test_every_fault_is_in_the_generator() -> None:
    """Section 5 of the design, and what in a history stands for it."""
    drawn = [history(seed) for seed in range(20)]
    names = {name for steps in drawn for name, *_ in steps}
    assert set(FAULTS) | {"move", "send", "deliver"} <= names
    seen = set()
    for steps in drawn:
        model = Model(0)
        taken: dict[tuple[int, int], int] = {}
        latest = 0
        original = model.take

        def take(store: Store, bundle: object) -> int:
            nonlocal latest
            at = (id(store), bundle.id)  # type: ignore[attr-defined]
            taken[at] = taken.get(at, 0) + 1  # noqa: B023
            seen.update(
                name
                for name, happens in {
                    "repeated": taken[at] > 1,  # noqa: B023
                    "reordered": bundle.id < latest,  # type: ignore[attr-defined]
                    "very late": bundle.id < latest - 20,  # type: ignore[attr-defined]
                    "neighbour": bundle.device != "office" and store is not model.office,  # type: ignore[attr-defined]  # noqa: B023
                }.items()
                if happens
            )
            latest = max(latest, bundle.id)  # type: ignore[attr-defined]
            return original(store, bundle)  # type: ignore[arg-type]  # noqa: B023

        model.take = take  # type: ignore[assignment,method-assign]
        for name, number, chance in steps:
            model.random.seed(chance)
            store = model.stores[number % len(model.stores)]
            before = (store.id, len(model.stores), store is model.office)
            getattr(model, name)(store)
            again = model.stores[number % len(model.stores) if len(model.stores) == before[1] else -1]
            if name == "set_back" and again is not store:
                found = "detected" if again.id not in (store.id,) and again.parents else "undetected"
                seen.add(f"{'office' if before[2] else 'laptop'} set back, {found}")
            if name == "copy_disk" and len(model.stores) > before[1]:
                seen.add("copied")
        seen.update("lost" for letter in model.letters if not any(number == letter.id for _, number in taken))
    assert seen == {
        "repeated", "reordered", "very late", "neighbour", "lost", "copied", "office set back, detected",
        "office set back, undetected", "laptop set back, detected", "laptop set back, undetected",
    }  # fmt: skip


def test_a_history_is_shortened_to_what_it_needs() -> None:
    steps = [(name, 0, number) for number, name in enumerate("abcdefghij")]
    assert histories.shorten(steps, lambda tried: {"b", "h"} <= {name for name, *_ in tried}) == [steps[1], steps[7]]


def country(without: str | None) -> tuple[Model, Store]:
    model = Model(1, [without] if without else [])
    return model, model.laptops()[0]


def exchange(model: Model, laptop: Store) -> None:
    for _ in range(2):
        for bundle in model.make(laptop, "office"):
            model.take(model.office, bundle)
        for bundle in model.make(model.office, laptop.device):
            model.take(laptop, bundle)


@pytest.mark.parametrize("without", [None, "whole_after_evict"])
def test_a_row_that_comes_back_while_its_leaving_is_on_the_way(without: str | None) -> None:
    model, laptop = country(without)
    model.create(laptop)
    exchange(model, laptop)
    model.put(model.office, 1, "owner", "b")
    leaving = model.make(model.office, laptop.device)[0]
    model.put(model.office, 1, "owner", "a")
    back = model.make(model.office, laptop.device)[0]
    model.take(laptop, leaving)
    assert laptop.rows() == set()
    if without:
        with pytest.raises(Broken, match="lacks writes"):
            model.take(laptop, back)
    else:
        model.take(laptop, back)
        assert laptop.rows() == {1} and laptop.shown(1) == model.office.shown(1)


@pytest.mark.parametrize("without", [None, "transitive_replaces"])
def test_an_edit_whose_middle_is_late(without: str | None) -> None:
    """The third of three edits made one after the other is known before the second: nothing is in dispute."""
    model, laptop = country(without)
    for value in ("1", "2", "3"):
        model.put(laptop, 1, "x", value)
    first, _, third = (laptop.writes[known] for known in laptop.log)
    for order in itertools.permutations((first, third)):
        reader = Store("reader", "a", "r")
        for write in order:
            reader.add(write, "")
        assert bool(reader.disputed(1)) == bool(without)


@pytest.mark.parametrize("without", [None, "heard_survives"])
def test_a_laptop_that_changes_its_id_still_tells_the_office_that_it_was_set_back(without: str | None) -> None:
    model, laptop = country(without)
    exchange(model, laptop)
    model.snapshot(model.office)
    exchange(model, laptop)  # numbers are used up; no write is lost that could give it away
    model.new_id(laptop)
    model.office = model.stores[0] = model.snapshots[0][0]
    before = model.office.id
    model.put(model.office, 9, "x", "after the backup was put back")
    for bundle in model.make(laptop, "office"):
        laptop_says = bundle.heard.get(before)
        model.take(model.office, bundle)
    assert (laptop_says is None) == bool(without)
    assert (model.office.id == before) == bool(without)


def test_every_rule_has_a_control() -> None:
    assert all(name in globals() for name in RARE.values())
    assert set(RULES) == {*FREQUENT, *RARE} and not set(RULES) & set(SECOND_LINE)
