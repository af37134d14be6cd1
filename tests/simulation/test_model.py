"""Thousands of histories on the model; every rule, taken out, is caught: the frequent ones at random, the rare ones by
a kept history. `--long` plays 50,000."""

from __future__ import annotations

import itertools

import pytest

from tests.simulation.model import RULES, Broken, Model, Store, play

CI, LONG = 300, 50_000


def test_with_all_rules_nothing_breaks(pytestconfig: pytest.Config) -> None:
    count = LONG if pytestconfig.getoption("--long") else CI
    for seed in range(count):
        play(seed)
    for seed in range(count // 10):
        play(seed, faults=False)


# Seeds at which the history breaks without the rule; kept, so that a control costs one history and not hundreds.
FREQUENT = {
    "content_ids": (1, 2, 5),
    "rollback_checks": (92, 119, 128),
    "no_echo_suppression": (14, 31, 37),
    "always_merge": (5, 9, 14),
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
    assert any(breaks(seed, rule) for seed in range(count))


def breaks(seed: int, rule: str) -> bool:
    try:
        play(seed, without=[rule])
    except Broken:
        return True
    return False


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
    kept = {"whole_after_evict", "transitive_replaces", "heard_survives"}
    assert set(RULES) == set(FREQUENT) | kept
