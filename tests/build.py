"""Plain builders of register rows with sensible values; every one is a `put`, none opens or ends anything."""

from __future__ import annotations

from itertools import count
from typing import Any

from app.models.writer import Writer
from app.specs import seeds

_no = count(1)


def site(code: str) -> str:
    """The id of a seeded site."""
    return seeds.site_id(code)


def a_person(w: Writer, **values: Any) -> str:
    """A police officer, a woman unless said otherwise."""
    return w.put(
        "person",
        {
            "surname": f"Məmmədova{next(_no)}",
            "given": "Gülnar",
            "patronymic": "Əli",
            "suffix": "qizi",
            "sex": "f",
            "service": "neighbourhood_police",
            "rank": "captain",
            **values,
        },
    )


def an_activity(w: Writer, **values: Any) -> str:
    """A held one-day training in Ganja."""
    return w.put(
        "activity",
        {
            "kind": "training_gender_mainstreaming",
            "title_en": "Gender training",
            "site": site("ganja"),
            "start": "2026-02-10",
            "status": "held",
            **values,
        },
    )


def a_session(w: Writer, activity: str, date: str = "2026-02-10", **values: Any) -> str:
    """A session of three hours in the morning."""
    return w.put("session", {"activity": activity, "date": date, "part": "am", "hours": 3, **values})


def a_participation(w: Writer, activity: str, person: str | None, **values: Any) -> str:
    """Somebody on the list who attended."""
    return w.put("participation", {"activity": activity, "person": person, "state": "attended", **values})


def a_mark(w: Writer, participation: str, session: str, state: str = "present", **values: Any) -> str:
    """A mark in the grid of sessions."""
    return w.put("attendance", {"participation": participation, "session": session, "state": state, **values})


def a_tally(w: Writer, activity: str, category: str, delta: int, **values: Any) -> str:
    """So many heads at door A."""
    return w.put(
        "tally",
        {
            "activity": activity,
            "door": "A",
            "hour": "2026-03-07T08:00:00Z",
            "category": category,
            "delta": delta,
            **values,
        },
    )


def a_group(w: Writer, **values: Any) -> str:
    """A working group in Ganja, founded before the period."""
    return w.put(
        "group",
        {
            "type": "cpwg",
            "name_en": "Ganja working group",
            "site": site("ganja"),
            "founded": "2025-01-15",
            "status": "active",
            **values,
        },
    )


def an_action(w: Writer, **values: Any) -> str:
    """An open action item."""
    return w.put("action_item", {"text": "Repair the street lamp", "state": "open", **values})
