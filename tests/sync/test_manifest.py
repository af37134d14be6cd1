"""The words of a bundle: written, read back, and refused in any other shape."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.errors import UserError
from app.sync.manifest import Manifest, Point, read_manifest

WHOLE = Manifest(
    store="ab" * 16,
    parents=(("cd" * 16, 4),),
    to_store=None,
    no=7,
    numbers=(6, 7),
    made="2026-11-21T08:00:00Z",
    from_arr=0,
    from_digest="",
    to_arr=9,
    to_digest="ef" * 16,
    ack={"12" * 16: Point(1, "aa", 2, "bb")},
    heard={},
    schema=1,
    min_schema=1,
    seed_version=1,
    role="laptop",
    receipts=({"bundle": "aa", "no": 1, "received": "x", "new": 1, "refused": 0, "conflicts": 0},),
    users={"u": "Name"},
)


def test_there_and_back() -> None:
    told = json.loads(json.dumps(WHOLE.as_json()))
    assert read_manifest(told, "x") == WHOLE
    assert read_manifest({**told, "a_newer_word": 1}, "x") == WHOLE


@pytest.mark.parametrize(
    "change",
    [
        {"store": "XY"},
        {"store": 5},
        {"no": -1},
        {"no": True},
        {"no": 2**62},
        {"parents": [["ab"]]},
        {"parents": 3},
        {"ack": []},
        {"ack": {"ab": {"arr": 1}}},
        {"made": "x" * 100},
        {"membership": "1"},
        {"receipts": [{}]},
        {"users": 4},
        {"roster": 4},
        {"to_digest": None},
    ],
)
def test_any_other_shape_is_refused(change: dict[str, Any]) -> None:
    told = {**json.loads(json.dumps(WHOLE.as_json())), **change}
    with pytest.raises(UserError) as refused:
        read_manifest(told, "g1")
    assert refused.value.code == "bundle_damaged" and refused.value.params == {"sender": "g1"}


@pytest.mark.parametrize("name", sorted(WHOLE.as_json()))
def test_every_word_must_be_there(name: str) -> None:
    told = WHOLE.as_json()
    del told[name]
    with pytest.raises(UserError):
        read_manifest(told, "x")
