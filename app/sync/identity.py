"""What a store does when it finds that it was restored or copied: it takes a new id and forgets how far exchange came.

What is true never depends on that; forgetting only costs bytes. `heard` is never forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.models import exchange
from app.models.exchange import take_new_id as take_new_id
from app.models.writer import Reader


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
