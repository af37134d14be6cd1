"""Ids: fresh ones differ, computed ones agree, made-up data repeat."""

from __future__ import annotations

from app.basics import ids
from app.specs.types import is_id


def test_fresh_ids_differ_and_have_the_form_of_one() -> None:
    made = {ids.new_id() for _ in range(2000)}
    assert len(made) == 2000
    assert all(is_id(one) for one in made)


def test_computed_ids_depend_on_every_part_and_its_place() -> None:
    assert ids.id_of("site", "ganja") == ids.id_of("site", "ganja")
    assert len({ids.id_of("a", "b", "c"), ids.id_of("a", "bc"), ids.id_of("ab", "c"), ids.id_of("b", "a", "c")}) == 4


def test_within_a_seed_ids_repeat_and_afterwards_they_are_fresh_again() -> None:
    with ids.repeatable(3):
        first = [ids.new_id() for _ in range(5)]
    with ids.repeatable(3):
        assert [ids.new_id() for _ in range(5)] == first
    with ids.repeatable(4):
        assert ids.new_id() != first[0]
    assert ids.new_id() not in first
