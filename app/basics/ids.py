"""Identifiers: random ones for new rows, computed ones where two laptops must arrive at the same."""

from __future__ import annotations

import os
import random
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_SAHA = uuid.UUID("5a1a0000-0000-5000-8000-000000000001")


_random_bytes: Callable[[int], bytes] = os.urandom
_millis: Callable[[], int] = lambda: time.time_ns() // 1_000_000  # noqa: E731


def new_id() -> str:
    """A fresh row id. The leading milliseconds only keep neighbours together on disk; nothing reads them."""
    raw = bytearray(_millis().to_bytes(6, "big") + _random_bytes(10))
    raw[6] = (raw[6] & 0x0F) | 0x70
    raw[8] = (raw[8] & 0x3F) | 0x80
    return str(uuid.UUID(bytes=bytes(raw)))


def id_of(record: str, *parts: str) -> str:
    """The id that every store computes alike for a seeded row (its code) or a natural key."""
    return str(uuid.uuid5(_SAHA, "\x1f".join((record, *parts))))


@contextmanager
def repeatable(seed: int) -> Iterator[None]:
    """Within the block ids follow from `seed`, so that made-up data are the same each time; never for real records."""
    global _random_bytes, _millis
    source = random.Random(seed)  # noqa: S311
    count = iter(range(1, 1 << 40))
    before = (_random_bytes, _millis)
    _random_bytes, _millis = source.randbytes, lambda: 1_700_000_000_000 + next(count)
    try:
        yield
    finally:
        _random_bytes, _millis = before
