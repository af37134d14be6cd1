"""The one byte form."""

from __future__ import annotations

import pytest

from app.keys import canonical


def test_round_trip_is_exact() -> None:
    value = {"b": [1, None, True, "ə\u0000\u2028"], "a": {"z": "", "y": -3}}
    assert canonical.decode(canonical.encode(value)) == value
    assert canonical.encode({"b": 1, "a": 2}) == b'{"a":2,"b":1}'


@pytest.mark.parametrize(
    "data",
    [
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1,"a":1}',
        b'"\\u0041"',
        b"NaN",
        b"1e999",
        b'"\\ud800"',
        b"\xff",
        b"",
        b"[" * 100_000,
        b"1" * 5000,
        b'{"a":1}\n',
    ],
)
def test_any_other_spelling_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        canonical.decode(data)
