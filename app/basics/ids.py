"""Identifiers: random ones for new rows, computed ones where two laptops must arrive at the same."""

from __future__ import annotations

import os
import time
import uuid

_SAHA = uuid.UUID("5a1a0000-0000-5000-8000-000000000001")


def new_id() -> str:
    """A fresh row id. The leading milliseconds only keep neighbours together on disk; nothing reads them."""
    millis = time.time_ns() // 1_000_000
    raw = bytearray(millis.to_bytes(6, "big") + os.urandom(10))
    raw[6] = (raw[6] & 0x0F) | 0x70
    raw[8] = (raw[8] & 0x3F) | 0x80
    return str(uuid.UUID(bytes=bytes(raw)))


def id_of(record: str, *parts: str) -> str:
    """The id that every store computes alike for a seeded row (its code) or a natural key."""
    return str(uuid.uuid5(_SAHA, "\x1f".join((record, *parts))))
