"""The wall clock in one place, so that tests can turn it; nothing is ever decided by it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

_now: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731


def now() -> datetime:
    """The present moment in UTC."""
    return _now()


def today() -> date:
    """The local calendar day."""
    return _now().astimezone().date()


def stamp() -> str:
    """The present moment as ISO 8601 in UTC with seconds, the form the log keeps."""
    return _now().strftime("%Y-%m-%dT%H:%M:%SZ")


def day_after(moment: str) -> str:
    """The moment a day after one in the form of the log; for what is no moment one that comes after all others."""
    try:
        return (datetime.fromisoformat(moment) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return "~"


def turn(source: Callable[[], datetime] | None) -> None:
    """Use another clock (tests, simulations); None turns back to the machine's."""
    global _now
    _now = source or (lambda: datetime.now(UTC))
