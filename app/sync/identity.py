"""What a store does when it finds that it was restored or copied: it takes a new id and forgets how far exchange came.

What is true never depends on that; forgetting only costs bytes. `heard` is never forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any

from app.models import exchange
from app.models.exchange import take_new_id as take_new_id
from app.models.writer import Reader
from app.sync import devices
from app.sync.manifest import Point

_NONCE = 16  # letters of a bundle's id that are random; the rest prove who gave it


def former_ids(r: Reader) -> set[str]:
    """The ids this store had before."""
    return {parent for parent, _ in r.meta("parents", [])}


def disproved(r: Reader, told: Mapping[str, Any]) -> bool:
    """Whether what a peer has heard of this store does not fit its own log: it was set back, or another goes on as it.

    `told`: {arr, digest, no, bundle} for this store's present id.
    """
    digest = exchange.digest_at(r, told["arr"])
    if digest is None or digest.hex() != told["digest"]:
        return True
    if told["no"] == 0:
        return False
    made = exchange.sent(r, store_id=r.identity.store_id, no=told["no"])
    return not made or made[0]["id"] != told["bundle"]


def name_bundle(r: Reader, nonce: str, store_id: str, no: int, arr: int, digest: str) -> str:
    """The id of a bundle of ours: random, and with a proof for ourselves that we made it with this number of this log.

    Whoever says that we were set back has to show it. `nonce`: 16 letters of hex.
    """
    told = f"{nonce} {store_id} {no} {arr} {digest}".encode()
    key = devices.my_keys(r).signing_key
    return nonce + blake2b(told, digest_size=8, key=key, person=b"saha/bundle/1").hexdigest()


def names_our_bundle(r: Reader, store_id: str, point: Point) -> bool:
    """Whether what a peer has heard of a store of ours was really said by us, be it forgotten here or not."""
    nonce = point.bundle[:_NONCE]
    return name_bundle(r, nonce, store_id, point.no, point.arr, point.digest) == point.bundle


def knows_what_was_lost(r: Reader, words: Sequence[Mapping[str, Point]]) -> bool:
    """Whether somebody has proved to have heard more of a former self of this store than the store itself has."""
    points = [(former, known[former]) for former in former_ids(r) for known in words if former in known]
    return any(
        names_our_bundle(r, former, point)
        and ((digest := exchange.digest_at(r, point.arr)) is None or digest.hex() != point.digest)
        for former, point in points
    )
