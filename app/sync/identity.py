"""What a store does when it finds that it was restored or copied: it takes a new id and forgets how far exchange came.

What is true never depends on that; forgetting only costs bytes. `heard` is never forgotten.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.models import exchange
from app.models.writer import Reader, Writer

_PARENTS = 200


def take_new_id(w: Writer) -> str:
    """Go on under a new store id; the old one, with the number of its last bundle, becomes a parent."""
    old = w.identity.store_id
    parents = [*w.meta("parents", []), [old, w.meta("export_no", 0)]][-_PARENTS:]
    fresh = os.urandom(16).hex()
    w.set_meta("store_id", fresh)
    w.set_meta("parents", parents)
    exchange.forget_cursors(w)
    w.identity = replace(w.identity, store_id=fresh)
    return fresh


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
