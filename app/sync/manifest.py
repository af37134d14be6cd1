"""What a bundle says of itself, signed: from which store, how far it reaches, what its maker has; trusts nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.errors import UserError

_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True)
class Point:
    """How far a log was heard: position, name of the prefix (hex), and the number and id of the bundle that told it."""

    arr: int
    digest: str
    no: int
    bundle: str

    def as_json(self) -> dict[str, Any]:
        """The form on the wire."""
        return {"arr": self.arr, "digest": self.digest, "no": self.no, "bundle": self.bundle}


@dataclass(frozen=True)
class Manifest:
    """The words of the sender. `parents`: (former store id, its last number); `numbers`: those sent to us, unconfirmed.

    `membership`: the number under which the lists of entering and leaving rows count, None where there are none;
    `whole`: every row in the bundle is complete; `state`: what we should add up to after this bundle, or empty.
    """

    store: str
    parents: tuple[tuple[str, int], ...]
    to_store: str | None
    no: int
    numbers: tuple[int, ...]
    made: str
    from_arr: int
    from_digest: str
    to_arr: int
    to_digest: str
    ack: Mapping[str, Point]
    heard: Mapping[str, Point]
    schema: int
    min_schema: int
    seed_version: int
    role: str
    membership: int | None = None
    whole: bool = False
    state: str = ""
    writes: int = 0
    refused: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    receipts: tuple[Mapping[str, Any], ...] = ()
    users: Mapping[str, str] = field(default_factory=dict)
    roster: Mapping[str, Any] | None = None
    roster_version: int = 0

    def as_json(self) -> dict[str, Any]:
        """The form on the wire."""
        told = {name: getattr(self, name) for name in self.__dataclass_fields__}
        for name in ("ack", "heard"):
            told[name] = {store: point.as_json() for store, point in told[name].items()}
        for name in ("parents", "numbers", "refused", "wanted", "receipts"):
            told[name] = [list(entry) if isinstance(entry, tuple) else entry for entry in told[name]]
        return told


def read_manifest(told: Mapping[str, Any], sender: str) -> Manifest:
    """The manifest of a verified bundle. UserError(bundle_damaged) if its shape is wrong: its maker is at fault.

    Words that a newer program added are passed over.
    """
    try:
        return Manifest(
            store=_hex(told["store"]),
            parents=tuple((_hex(store), _count(no)) for store, no in told["parents"]),
            to_store=None if told["to_store"] is None else _hex(told["to_store"]),
            no=_count(told["no"]),
            numbers=tuple(_count(no) for no in told["numbers"]),
            made=_text(told["made"], 40),
            from_arr=_count(told["from_arr"]),
            from_digest=_hex(told["from_digest"]),
            to_arr=_count(told["to_arr"]),
            to_digest=_hex(told["to_digest"]),
            ack={_hex(store): _point(point) for store, point in told["ack"].items()},
            heard={_hex(store): _point(point) for store, point in told["heard"].items()},
            schema=_count(told["schema"]),
            min_schema=_count(told["min_schema"]),
            seed_version=_count(told["seed_version"]),
            role=_text(told["role"], 20),
            membership=None if told["membership"] is None else _count(told["membership"]),
            whole=told["whole"] is True,
            state=_hex(told["state"]),
            writes=_count(told["writes"]),
            refused=tuple(_hex(known) for known in told["refused"]),
            wanted=tuple(_hex(known) for known in told["wanted"]),
            receipts=tuple(_receipt(receipt) for receipt in told["receipts"]),
            users=dict(told["users"]),
            roster=None if told["roster"] is None else dict(told["roster"]),
            roster_version=_count(told["roster_version"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UserError("bundle_damaged", sender=sender) from error


def _point(told: Mapping[str, Any]) -> Point:
    return Point(_count(told["arr"]), _hex(told["digest"]), _count(told["no"]), _hex(told["bundle"]))


def _receipt(told: Mapping[str, Any]) -> Mapping[str, Any]:
    counts = {name: _count(told[name]) for name in ("no", "new", "refused", "conflicts")}
    return {"bundle": _hex(told["bundle"]), "received": _text(told["received"], 40), **counts}


def _hex(value: Any) -> str:
    if type(value) is not str or len(value) > 64 or not _HEX.issuperset(value):
        raise ValueError("hex")
    return value


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**62:
        raise ValueError("count")
    return value


def _text(value: Any, longest: int) -> str:
    if type(value) is not str or len(value) > longest:
        raise ValueError("text")
    return value
