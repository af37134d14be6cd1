"""Numbers that know what they count and refuse to be added to numbers of another kind; never asks the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.errors import UserError

TYPES = ("people", "participations", "headcount", "estimate", "legacy", "things", "hours", "share", "money")
"""The count types of `choices/count_type.csv`: each can be added only to its own kind, a share to nothing."""


class MixedCounts(UserError, TypeError):
    """Numbers that must not be added: people and participations, manats and euros, or the same people twice."""


@dataclass(frozen=True)
class Count:
    """A number, what it counts (`type`, one of TYPES) and in what (`unit`: a currency, copies, issues …).

    `low` and `high` bound an estimate. Numbers of people cannot be added at all, because two groups may share persons:
    that takes figures, which know their people.
    """

    value: float
    type: str
    unit: str = ""
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        if self.type not in TYPES:
            raise ValueError(self.type)

    def __add__(self, other: object) -> Count:
        if not isinstance(other, Count):
            return NotImplemented
        if (self.type, self.unit) != (other.type, other.unit) or self.type in ("people", "share"):
            raise MixedCounts("mixed_counts", first=self.named(), second=other.named())
        return self._joined(other)

    def named(self) -> str:
        """What it counts, for messages: `money AZN`, `people`."""
        return f"{self.type} {self.unit}".strip()

    def _joined(self, other: Count) -> Count:
        ranged = any(bound is not None for bound in (self.low, self.high, other.low, other.high))
        low = _or(self.low, self.value) + _or(other.low, other.value) if ranged else None
        high = _or(self.high, self.value) + _or(other.high, other.value) if ranged else None
        return Count(self.value + other.value, self.type, self.unit, low, high)


@dataclass(frozen=True)
class Figure:
    """A count together with the rows behind it: `ids` of `record`, each row once.

    Two figures can be added when their counts can and no row is in both; people can, because here they are known.
    """

    count: Count
    record: str
    ids: tuple[str, ...] = ()

    @property
    def value(self) -> float:
        """The number alone, for showing."""
        return self.count.value

    def __add__(self, other: object) -> Figure:
        if not isinstance(other, Figure):
            return NotImplemented
        first, second = self.count, other.count
        same = (first.type, first.unit, self.record) == (second.type, second.unit, other.record)
        if not same or first.type == "share":
            raise MixedCounts("mixed_counts", first=first.named(), second=second.named())
        if not set(self.ids).isdisjoint(other.ids):
            raise MixedCounts("counted_twice", count=first.named())
        return Figure(first._joined(second), self.record, self.ids + other.ids)


def people(ids: Iterable[str]) -> Figure:
    """So many different people; an id given twice counts once."""
    once = tuple(dict.fromkeys(ids))
    return Figure(Count(len(once), "people"), "person", once)


def rows(record: str, ids: Iterable[str], type: str = "things", unit: str = "") -> Figure:
    """As many as there are rows."""
    once = tuple(dict.fromkeys(ids))
    return Figure(Count(len(once), type, unit or (record if type == "things" else "")), record, once)


def behind(figure: Figure) -> list[str]:
    """The ids of the rows that a figure was made from."""
    return list(figure.ids)


def _or(bound: float | None, value: float) -> float:
    return value if bound is None else bound
