"""What was counted at the doors of a public event, added up; corrections are rows like any other. Writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.models.tables import RECORD_TABLES
from app.models.writer import Reader

_TALLY = RECORD_TABLES["tally"]
_SEX = {"woman": "f", "girl": "f", "man": "m", "boy": "m"}


@dataclass
class Totals:
    """The sums of one event: heads counted, by category, door and hour (UTC), and apart from them those estimated."""

    counted: int = 0
    by_category: dict[str, int] = field(default_factory=dict)
    by_door: dict[str, int] = field(default_factory=dict)
    by_hour: dict[str, int] = field(default_factory=dict)
    corrections: int = 0
    estimated: int = 0
    estimated_by_hour: dict[str, int] = field(default_factory=dict)

    def add(self, row: Mapping[str, Any]) -> None:
        """Take one tally in."""
        hour, delta = row["hour"][:13], row["delta"]
        if row["type"] == "estimated":
            self.estimated += delta
            self.estimated_by_hour[hour] = self.estimated_by_hour.get(hour, 0) + delta
            return
        self.counted += delta
        self.corrections += delta if delta < 0 and row["reason"] else 0
        for sums, key in ((self.by_category, row["category"]), (self.by_door, row["door"]), (self.by_hour, hour)):
            sums[key] = sums.get(key, 0) + delta

    @property
    def women_share(self) -> float | None:
        """The part of women and girls among those whose sex was seen, 0 to 1; None when nobody's was."""
        known = {sex: sum(n for c, n in self.by_category.items() if _SEX.get(c) == sex) for sex in ("f", "m")}
        whole = known["f"] + known["m"]
        return known["f"] / whole if whole > 0 else None


def totals(reader: Reader, activity: str, door: str | None = None) -> Totals:
    """The sums of an activity, or of one of its doors."""
    query = select(_TALLY).where(_TALLY.c.activity == activity, _TALLY.c.deleted.is_(False))
    if door is not None:
        query = query.where(_TALLY.c.door == door)
    summed = Totals()
    for row in reader.rows(query.order_by(_TALLY.c.hour, _TALLY.c.id)):
        summed.add(row)
    return summed
