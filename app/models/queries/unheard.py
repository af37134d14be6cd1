"""What should have happened at sites of which nothing was heard: for the list of events to look for on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.models.queries.activities import listed
from app.models.queries.duties import duties
from app.models.writer import Reader
from app.specs import choices, wording

_OPEN = ("planned", "confirmed")


@dataclass(frozen=True)
class Event:
    """One event to look for. `source`: plan (an activity that stands as planned) or duty (owed in the window
    `day`–`until`); `kind` a code, `title` what the plan calls it."""

    source: str
    site: str
    day: str
    until: str
    kind: str
    title: str


def events(r: Reader, sites: Sequence[str], since: str, today: str) -> list[Event]:
    """Planned activities of the days from `since` to `today`, and duties whose window touches them and is not done."""
    found = [
        Event(
            "plan",
            row["site"],
            row["start"],
            row["end"] or row["start"],
            row["kind"],
            wording.title_word("activity", row) or choices.label(choices.KINDS, row["kind"]),
        )
        for row in listed(r, since, today, list(sites))
        if row["status"] in _OPEN
    ]
    found += [
        Event("duty", due.site, due.start, due.end, due.kind, choices.label(choices.KINDS, due.kind))
        for due in duties(r, since, today, sites, today)
        if due.state in ("open", "overdue")
    ]
    return sorted(found, key=lambda event: (event.day, event.site, event.kind))
