"""What every site owes regularly (a press meeting each quarter) and whether it was done; writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app.models.tables import RECORD_TABLES
from app.models.writer import Reader
from app.specs import kinds

MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}
_NOT_PROGRAMME = ("office", "other_place", "abroad", "neighbourhood")


@dataclass(frozen=True)
class Due:
    """One duty of one site in one window of time (ISO days, both included).

    `state`: done, planned (something is planned in the window, which is not over), open (the window is not over),
    or overdue. `days` are those on which it was done, else is planned; `ids` are the rows (of `record`) behind them.
    """

    kind: str
    site: str
    start: str
    end: str
    state: str
    days: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    record: str = "activity"


def duties(reader: Reader, start: str, end: str, sites: Iterable[str] | None, today: str) -> list[Due]:
    """Every duty whose window touches the period, by kind, site and window.

    A site owes from the window in which the programme began there to the one in which it ended. What is owed by a
    mechanism (a hotline's counts each month) is owed only where one runs, and done by a reading.
    """
    owing = [kind for kind in kinds.kinds().values() if kind.duty in MONTHS and not kind.retired]
    wanted = None if sites is None else set(sites)
    places = [
        s for s in reader.list("site") if s["type"] not in _NOT_PROGRAMME and (wanted is None or s["id"] in wanted)
    ]
    places.sort(key=lambda s: (s["pilot_wave"] or 99, s["code"]))
    done: list[Due] = []
    for kind in sorted(owing, key=lambda k: k.code):
        windows = list(_windows(MONTHS[kind.duty], start, end))
        if not windows:
            continue
        if kind.shape == "mechanism":
            done += _by_mechanisms(reader, kind, places, windows, today)
            continue
        known = _activities(reader, kind.code, windows[0][0], windows[-1][1])
        for site in places:
            for first, last in windows:
                if (site["start"] or "") > last or (site["end"] or "9999") < first:
                    continue
                here = [a for a in known if a["site"] == site["id"] and first <= a["start"] <= last]
                done.append(_due(kind.code, site["id"], first, last, here, today))
    return done


def _by_mechanisms(
    reader: Reader, kind: kinds.Kind, places: list[dict[str, Any]], windows: list[tuple[str, str]], today: str
) -> list[Due]:
    found = []
    running = reader.list("mechanism", type=kind.mechanism_type) if kind.mechanism_type else []
    for site in places:
        for mechanism in (m for m in running if m["site"] == site["id"]):
            readings = reader.list("reading", mechanism=mechanism["id"])
            for first, last in windows:
                if (mechanism["start"] or "") > last or (mechanism["end"] or "9999") < first:
                    continue
                read = sorted((r["date"], r["id"]) for r in readings if first <= r["date"] <= last)
                state = "done" if read else "overdue" if last < today else "open"
                days, ids = tuple(d for d, _ in read), tuple(i for _, i in read)
                found.append(Due(kind.code, site["id"], first, last, state, days, ids, "reading"))
    return found


def _activities(reader: Reader, kind: str, first: str, last: str) -> list[dict[str, Any]]:
    table = RECORD_TABLES["activity"]
    query = (
        select(table.c.id, table.c.site, table.c.start, table.c.status)
        .where(table.c.deleted.is_(False), table.c.kind == kind, table.c.start.between(first, last))
        .order_by(table.c.start, table.c.id)
    )
    return list(reader.rows(query))


def _due(kind: str, site: str, first: str, last: str, here: list[dict[str, Any]], today: str) -> Due:
    held = [a for a in here if a["status"] == "held"]
    planned = [a for a in here if a["status"] in ("planned", "confirmed")]
    if held:
        state = "done"
    elif last < today:
        state, planned = "overdue", []
    else:
        state = "planned" if planned else "open"
    shown = held or planned
    return Due(kind, site, first, last, state, tuple(a["start"] for a in shown), tuple(a["id"] for a in shown))


def _windows(months: int, start: str, end: str) -> Iterator[tuple[str, str]]:
    """The calendar's windows of so many months that touch a period."""
    day = date.fromisoformat(start)
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    while first.isoformat() <= end:
        after = date(first.year + (first.month - 1 + months) // 12, (first.month - 1 + months) % 12 + 1, 1)
        yield first.isoformat(), (after - timedelta(days=1)).isoformat()
        first = after
