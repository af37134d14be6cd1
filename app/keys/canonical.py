"""The one byte form of a JSON value that is hashed, signed or sealed; accepts no second spelling of it."""

from __future__ import annotations

import json
from typing import Any


def encode(value: object) -> bytes:
    """Canonical UTF-8 bytes of a JSON value: sorted keys, no spaces. ValueError, TypeError for what JSON cannot say."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode("utf-8")


def decode(data: bytes) -> Any:
    """The value behind canonical bytes; ValueError for anything else (callers cap the length first)."""
    try:
        value = json.loads(data.decode("utf-8"))
        if encode(value) != data:
            raise ValueError("not canonical")
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    return value
