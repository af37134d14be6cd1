"""Counting heads at a door: every key is a row, corrections are rows too; nothing is ever edited or shown here."""

from __future__ import annotations

from collections.abc import Sequence

from app.basics import clock
from app.errors import UserError
from app.models.queries.tallies import totals
from app.models.writer import Writer
from app.specs import choices


def count(w: Writer, activity: str, door: str, category: str, number: int = 1, *, device: str = "") -> str:
    """So many people of a category came through a door just now; gives the id of the row."""
    return _put(w, activity, door, category, number, device=device)


def count_group(w: Writer, activity: str, door: str, categories: Sequence[str], *, device: str = "") -> list[str]:
    """A family or other small group came in together: one row for each category in it."""
    numbers = {category: list(categories).count(category) for category in categories}
    return [_put(w, activity, door, category, number, device=device) for category, number in numbers.items()]


def take_back(w: Writer, tallies: Sequence[str], reason: str) -> list[str]:
    """Undo keys that were wrong by rows that say the opposite, in the hour of the key. The first rows stay."""
    ids = []
    for tally in tallies:
        wrong = w.get("tally", tally)
        if wrong is None:
            raise UserError("no_such_row", record="tally")
        names = ("activity", "door", "device", "hour", "category", "type")
        opposite = {name: wrong[name] for name in names}
        ids.append(w.put("tally", {**opposite, "delta": -wrong["delta"], "reason": reason}))
    return ids


def estimate(
    w: Writer, activity: str, door: str, number: int, *, category: str = "unknown", hour: str = "", device: str = ""
) -> str:
    """A guess for a crowd that could not be counted; kept as another type and never added to what was counted."""
    return _put(w, activity, door, category, number, type_="estimated", hour=hour, device=device)


def correct(w: Writer, activity: str, door: str, category: str, number: int, reason: str, *, device: str = "") -> str:
    """Take `number` people off what a door counted (people who came in by two gates); wants a reason.

    Raises UserError(tally_below_zero) when the door counted fewer of them.
    """
    counted = totals(w, activity, door).by_category.get(category, 0)
    if number <= 0 or number > counted:
        raise UserError("tally_below_zero", door=door, counted=counted)
    return _put(w, activity, door, category, -number, reason=reason, device=device)


def tick(w: Writer, element: str, at: str | None) -> None:
    """Say that a programme element happened at a local time (HH:MM), or, with None, that it has not."""
    w.put("programme_element", {"happened_at": at}, element)


def state_headcount(w: Writer, activity: str) -> str:
    """A headcount statement of what the doors counted, to be looked at and made official by a person."""
    summed = totals(w, activity)
    by_sex = {sex: sum(n for c, n in summed.by_category.items() if _is(c, sex=sex)) for sex in ("f", "m")}
    minors = sum(n for c, n in summed.by_category.items() if _is(c, age="minor"))
    return w.put(
        "headcount",
        {
            "activity": activity,
            "figure": max(0, summed.counted),
            "low": max(0, summed.counted),
            "high": max(0, summed.counted + summed.estimated),
            "women": max(0, by_sex["f"]),
            "men": max(0, by_sex["m"]),
            "minors": max(0, minors),
            "method": "entrance_count",
            "official": False,
        },
    )


def this_hour() -> str:
    """The hour that is running, as the tally keeps it."""
    return clock.stamp()[:13] + ":00:00Z"


def _is(category: str, **more: str) -> bool:
    entry = choices.choices("tally_category").get(category)
    return entry is not None and all(entry.more.get(name) == value for name, value in more.items())


def _put(
    w: Writer,
    activity: str,
    door: str,
    category: str,
    number: int,
    *,
    type_: str = "counted",
    reason: str = "",
    hour: str = "",
    device: str = "",
) -> str:
    if number == 0:
        raise UserError("tally_of_nobody")
    return w.put(
        "tally",
        {
            "activity": activity,
            "door": door,
            "device": device or str(w.meta("name", "")),
            "hour": hour or this_hour(),
            "category": category,
            "delta": number,
            "type": type_,
            "reason": reason or None,
        },
    )
