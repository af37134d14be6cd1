"""Who exchanges with whom: this store's keys, the roster of devices, their names; never trusts a device not in it."""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from app.basics import clock
from app.errors import UserError
from app.keys import canonical, sealing, signing
from app.models import exchange, permits
from app.models.oplog import Op
from app.models.writer import Reader, Writer
from app.sync.package import SenderKey

ACTIVE, LOST, REPLACED = "active", "lost", "replaced"
EVERY_NUMBER = 2**53 - 1
"""What a replaced device signed counts to its last number: its bundles may still be on the way."""


@dataclass(frozen=True)
class Keys:
    """This device's secrets: its id, its signing key, its age identities (newest first)."""

    device: str
    signing_key: bytes
    identities: tuple[str, ...]


@dataclass(frozen=True)
class Device:
    """A device of the roster. `stores`: ids its store has had, the present one last; `sites`: ids of its sites."""

    id: str
    name: str
    role: str
    sites: tuple[str, ...]
    past_sites: tuple[str, ...]
    verify_key: bytes
    recipient: str
    state: str
    stores: tuple[str, ...]
    last_accepted: Mapping[str, int] | None
    issued: str
    revoked: str | None

    @property
    def trusted(self) -> bool:
        """Whether bundles go to it."""
        return self.state == ACTIVE


def new_keys() -> tuple[Keys, dict[str, Any]]:
    """Fresh keys and the public half of them, as the roster keeps it."""
    signing_key, verify_key = signing.new_key()
    identity, recipient = sealing.new_identity()
    keys = Keys(os.urandom(16).hex(), signing_key, (identity,))
    return keys, {"signing_key": verify_key, "recipient": recipient}


def keys_as_json(keys: Keys) -> dict[str, Any]:
    """The form in which keys lie in the store and in a kit."""
    return {"id": keys.device, "signing_key": keys.signing_key.hex(), "identities": list(keys.identities)}


def keys_from_json(value: Mapping[str, Any]) -> Keys:
    """The inverse of `keys_as_json`."""
    return Keys(value["id"], bytes.fromhex(value["signing_key"]), tuple(value["identities"]))


def my_keys(r: Reader) -> Keys:
    """This store's keys. UserError(not_enrolled) when it has none yet."""
    value = r.meta("device")
    if value is None:
        raise UserError("not_enrolled")
    return keys_from_json(value)


def roster(r: Reader) -> Sequence[Device]:
    """Every device ever issued, by name."""
    return [_device(entry) for entry in exchange.roster(r)]


def _device(entry: Mapping[str, Any]) -> Device:
    return Device(
        entry["device"],
        entry["name"],
        entry["role"],
        tuple(entry["sites"]),
        tuple(entry["past_sites"]),
        bytes(entry["signing_key"]),
        entry["recipient"],
        entry["state"],
        tuple(entry["stores"]),
        entry["last_accepted"],
        entry["issued"] or "",
        entry["revoked"],
    )


def device(r: Reader, device_id: str) -> Device | None:
    """A device of the roster by its id."""
    entry = exchange.device(r, device_id)
    return _device(entry) if entry else None


def device_named(r: Reader, name: str) -> Device:
    """A device by the name people know it by. UserError(laptop_unknown)."""
    wanted = name.strip().casefold()
    for known in roster(r):
        if known.name.casefold() == wanted:
            return known
    raise UserError("laptop_unknown", name=name)


def office(r: Reader) -> Device:
    """The office's device. UserError(not_enrolled) when this store knows none."""
    for known in roster(r):
        if known.role == "office" and known.trusted:
            return known
    raise UserError("not_enrolled")


def sender_keys(r: Reader) -> Callable[[str], SenderKey | None]:
    """The look-up that reading a bundle needs."""
    known = {entry.id: entry for entry in roster(r)}

    def find(device_id: str) -> SenderKey | None:
        entry = known.get(device_id)
        if entry is None:
            return None
        accepted = None if entry.trusted else max((entry.last_accepted or {}).values(), default=0)
        return SenderKey(entry.id, entry.name, entry.verify_key, accepted)

    return find


def enter(w: Writer, device_id: str, public: Mapping[str, Any], **facts: Any) -> None:
    """Put a device into the roster; a new version of the roster goes out with every bundle of the office."""
    entry = {"past_sites": [], "stores": [], "state": ACTIVE, "issued": clock.stamp(), **facts, **public}
    exchange.keep_device(w, device_id, **entry)
    raise_version(w)


_VERSION_LEAP = 2**20
"""No honest laptop knows of so many later rosters; an invented number could otherwise use the counter up."""


def raise_version(w: Writer, beyond: int = 0) -> None:
    """The roster has changed (or others know a later one than we do, because we were restored)."""
    now = w.meta("roster_version", 0)
    w.set_meta("roster_version", max(now, beyond if beyond <= now + _VERSION_LEAP else 0) + 1)


def roster_as_json(r: Reader) -> dict[str, Any]:
    """The roster as it travels, under the office's signature."""
    entries = []
    for entry in exchange.roster(r):
        entries.append({**entry, "signing_key": bytes(entry["signing_key"]).hex()})
    return {"version": r.meta("roster_version", 0), "devices": entries, "levels": r.meta("levels", {})}


def sealed_roster(r: Reader) -> dict[str, Any]:
    """The office's roster with a seal that only the office can make and check: laptops can give it back unaltered."""
    told = roster_as_json(r)
    return {**told, "seal": _seal(r, told)}


def _seal(r: Reader, told: Mapping[str, Any]) -> str:
    open_part = canonical.encode({name: told[name] for name in ("version", "devices", "levels")})
    return blake2b(open_part, digest_size=16, key=my_keys(r).signing_key, person=b"saha/roster/1").hexdigest()


def roster_to_return(r: Reader) -> dict[str, Any] | None:
    """The roster as it came from the office, where the office has shown that it knows only an older one."""
    return r.meta("roster_told") if r.meta("roster_wanted") else None


def note_version(w: Writer, version: int) -> None:
    """The office's newest word names this version of the roster; if we have a later one, it was set back."""
    behind = version < w.meta("roster_version", 0)
    if behind != bool(w.meta("roster_wanted")):
        w.set_meta("roster_wanted", behind)


def take_back(w: Writer, told: Mapping[str, Any]) -> bool:
    """At an office that was set back: take a later roster of its own again, that a laptop gives back; else False.

    Laptops that were added since are known again. Who was lost or replaced stays so, by either roster, and may write
    the less of what both say.
    """
    try:
        if told["version"] <= w.meta("roster_version", 0) or not hmac.compare_digest(told["seal"], _seal(w, told)):
            return False
    except (KeyError, TypeError, ValueError):
        return False
    for entry in told["devices"]:
        entry = {**entry, "signing_key": bytes.fromhex(entry["signing_key"])}
        here = exchange.device(w, entry["device"])
        if here is not None:
            entry["stores"] = [*[store for store in entry["stores"] if store not in here["stores"]], *here["stores"]]
            if here["state"] != ACTIVE:
                entry |= {name: here[name] for name in ("state", "revoked", "last_accepted", "name")}
        exchange.keep_device(w, entry.pop("device"), **entry)
    levels = w.meta("levels", {})
    both = {one: permits.lower(level, levels.get(one, level)) for one, level in told["levels"].items()}
    w.set_meta("levels", {**levels, **both})
    raise_version(w, told["version"])
    return True


def take_roster(w: Writer, told: Mapping[str, Any]) -> bool:
    """Take over a roster that the office sent; an older one is refused (returns False)."""
    if type(told.get("version")) is not int or told["version"] <= w.meta("roster_version", 0):
        return False
    entries = [{**entry, "signing_key": bytes.fromhex(entry["signing_key"])} for entry in told["devices"]]
    exchange.replace_roster(w, entries)
    w.set_meta("roster_version", told["version"])
    w.set_meta("roster_told", dict(told))
    if isinstance(told.get("levels"), dict):
        w.set_meta("levels", told["levels"])
        w.set_meta("level", told["levels"].get(my_keys(w).device))
    mine = exchange.device(w, my_keys(w).device)
    if mine is not None and mine["sites"] != w.meta("sites", []):
        w.set_meta("sites", mine["sites"])
    return True


def level_of(r: Reader, known: Device) -> str:
    """What a device may write (a level of `permits`), by the roster."""
    return permits.level_of(known.role, r.meta("levels", {}).get(known.id))


def give_level(w: Writer, device_id: str, level: str) -> None:
    """Say what a laptop may write; it learns of it with the next bundle, and every import asks for it at once.

    UserError(level_unknown).
    """
    if level not in permits.OF_LAPTOPS:
        raise UserError("level_unknown", level=level[:40], known=", ".join(permits.OF_LAPTOPS))
    w.set_meta("levels", {**w.meta("levels", {}), device_id: level})
    raise_version(w)


def beyond_role(w: Writer, sender: str, ops: Sequence[Op]) -> set[bytes]:
    """Those of the received writes that neither their sender nor their author may make, by the roster.

    What the office itself brings is not looked at, nor what this store once wrote itself and has back from others.
    """
    known = device(w, sender)
    if known is None or known.role == "office":
        return set()
    mine = level_of(w, known)
    by_store = {store: level_of(w, one) for one in roster(w) for store in one.stores}
    if {mine, *by_store.values()} <= {permits.ADMINISTRATOR, permits.COORDINATOR}:
        return set()  # nobody was given less, which is the rule: no write has to be looked at
    ours = {w.identity.store_id, *(parent for parent, _ in w.meta("parents", []))}
    doubtful = []
    for op in ops:
        level = permits.lower(mine, by_store.get(op.store, mine))
        if op.store not in ours and level not in (permits.ADMINISTRATOR, permits.COORDINATOR):
            doubtful.append((op, level))
    there = w.rows_with_writes({op.row for op, _ in doubtful}) if doubtful else set()
    refused = set()
    for op, level in sorted(doubtful, key=lambda found: found[0].rank):
        if not permits.may_write(level, op.record, op.fields, new=op.row not in there):
            refused.add(op.id)
        there.add(op.row)
    return refused


def note_store(w: Writer, device_id: str, store_id: str) -> None:
    """Remember the store that now speaks for a device (office only: laptops are told)."""
    entry = exchange.device(w, device_id)
    if entry is not None and (not entry["stores"] or entry["stores"][-1] != store_id):
        stores = [known for known in entry["stores"] if known != store_id]
        exchange.keep_device(w, device_id, stores=[*stores, store_id])
        raise_version(w)


def users_known(r: Reader) -> dict[str, str]:
    """User id → name, of everybody who ever wrote something that came here."""
    user = r.meta("user", {"id": "", "name": ""})
    return {**r.meta("users", {}), user["id"]: user["name"]}


def take_users(w: Writer, told: Mapping[str, Any]) -> None:
    """Remember the names of the people behind user ids."""
    known = w.meta("users", {})
    fresh = {i: n[:200] for i, n in told.items() if isinstance(i, str) and isinstance(n, str) and known.get(i) != n}
    if fresh:
        w.set_meta("users", {**known, **fresh})


def place_of(r: Reader) -> dict[str, str]:
    """Store id → name of the device it is or was on."""
    return {store: known.name for known in roster(r) for store in known.stores}
