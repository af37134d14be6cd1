"""The clock can be turned and turned back."""

from __future__ import annotations

from datetime import UTC, datetime

from app.basics import clock


def test_a_day_after() -> None:
    assert clock.day_after("2026-02-28T23:59:59Z") == "2026-03-01T23:59:59Z"
    assert clock.day_after("2026-02-28T23:59:59+04:00") == "2026-03-01T23:59:59Z" > "2026-03-01T23:59:58Z"
    for nothing in ("", "yesterday", "9999-12-31T23:59:59Z"):
        assert clock.day_after(nothing) > "9999-12-31T23:59:59Z"


def test_a_turned_clock_is_the_one_everybody_reads() -> None:
    clock.turn(lambda: datetime(2036, 2, 29, 12, 30, 15, tzinfo=UTC))
    try:
        assert clock.stamp() == "2036-02-29T12:30:15Z"
        assert clock.today().year == 2036
    finally:
        clock.turn(None)
    assert abs((clock.now() - datetime.now(UTC)).total_seconds()) < 60
