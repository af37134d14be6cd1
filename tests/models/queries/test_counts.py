"""Numbers refuse to be added to numbers of another kind, and figures to themselves."""

from __future__ import annotations

import itertools

import pytest

from app.basics.words import text
from app.errors import UserError
from app.models.queries.counts import TYPES, Count, Figure, MixedCounts, behind, people, rows
from app.specs import choices


def test_the_types_are_those_of_the_list() -> None:
    assert set(TYPES) == set(choices.choices("count_type"))
    with pytest.raises(ValueError):
        Count(1, "persons")


@pytest.mark.parametrize(("first", "second"), list(itertools.permutations(TYPES, 2)))
def test_unlike_counts_are_never_added(first: str, second: str) -> None:
    with pytest.raises(MixedCounts) as refused:
        Count(3, first) + Count(4, second)
    assert isinstance(refused.value, TypeError)
    assert isinstance(refused.value, UserError)
    assert first in text(f"errors.{refused.value.code}", **refused.value.params)
    with pytest.raises(MixedCounts):
        Figure(Count(3, first), "activity", ("a",)) + Figure(Count(4, second), "activity", ("b",))


def test_like_counts_are_added() -> None:
    assert Count(3, "participations") + Count(4, "participations") == Count(7, "participations")
    assert Count(3, "money", "AZN") + Count(0.5, "money", "AZN") == Count(3.5, "money", "AZN")
    with pytest.raises(MixedCounts):
        Count(3, "money", "AZN") + Count(4, "money", "EUR")
    with pytest.raises(MixedCounts):
        Count(3, "things", "copies") + Count(4, "things", "issues")
    with pytest.raises(TypeError):
        Count(3, "hours") + 4  # type: ignore[operator]


def test_ranges_are_carried_through() -> None:
    summed = Count(500, "estimate", low=400, high=600) + Count(50, "estimate")
    assert summed == Count(550, "estimate", low=450, high=650)


def test_people_are_added_only_where_they_are_known_and_different() -> None:
    with pytest.raises(MixedCounts):
        Count(3, "people") + Count(4, "people")
    women, men = people(["a", "b", "a"]), people(["c"])
    assert women.value == 2
    assert (women + men).value == 3
    assert behind(women + men) == ["a", "b", "c"]
    with pytest.raises(MixedCounts) as refused:
        women + people(["b"])
    assert refused.value.code == "counted_twice"
    with pytest.raises(MixedCounts):
        rows("activity", ["a"]) + rows("activity", ["a"])
    with pytest.raises(MixedCounts):
        rows("activity", ["a"]) + rows("output", ["b"])
    with pytest.raises(MixedCounts):
        Figure(Count(1, "share"), "activity", ("a",)) + Figure(Count(1, "share"), "activity", ("b",))
