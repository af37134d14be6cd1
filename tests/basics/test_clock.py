"""The clock can be turned and turned back."""

from __future__ import annotations

from datetime import UTC, datetime

from app.basics import clock


def test_a_turned_clock_is_the_one_everybody_reads() -> None:
    clock.turn(lambda: datetime(2036, 2, 29, 12, 30, 15, tzinfo=UTC))
    try:
        assert clock.stamp() == "2036-02-29T12:30:15Z"
        assert clock.today().year == 2036
    finally:
        clock.turn(None)
    assert abs((clock.now() - datetime.now(UTC)).total_seconds()) < 60
