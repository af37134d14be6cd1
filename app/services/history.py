"""The history of a record in words: who changed what, when and where; and back, by ordinary writes. It decides nothing.

`versions(reader, record, row)` lists it, `bring_back` and `bring_version` restore a value or a whole version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.errors import UserError
from app.models import exchange
from app.models.oplog import SEED_STORE, Op, fold
from app.models.queries.titles import names_of
from app.models.writer import OFFICE_KEYS, Reader, Writer
from app.specs import wording
from app.specs.fields import RecordSpec
from app.specs.records import RECORDS
from app.specs.types import Reference, References

_QUIET = frozenset({"owner_site"})


@dataclass(frozen=True)
class Change:
    """One field of one write. `stands`: its value is the one shown now; `disputed`: it is one of several live ones."""

    key: str
    label: str
    before: str
    after: str
    stands: bool
    disputed: bool


@dataclass(frozen=True)
class Version:
    """One write: `what` is made, changed, binned or unbinned; `place` the laptop, `sites` where it stands."""

    op: str
    what: str
    moment: str
    user: str
    place: str
    sites: Sequence[str]
    doubtful_clock: bool
    reason: str
    changes: Sequence[Change]
    current: bool


def versions(r: Reader, record: str, row: str) -> list[Version]:
    """Every write of a row, the newest first, with names of people, laptops and referred rows in words."""
    spec = RECORDS[record]
    ahead = exchange.ahead_of_their_bundle(r, row)
    ops = sorted(r.ops_of(row), key=lambda op: op.rank)
    if not ops:
        return []
    now = fold(spec, ops)
    shown = {key: live[0].id for key, live in now.live.items()}
    users, places, sites = _users(r), _places(r), _site_names(r)
    names = _names(r, spec, ops)
    found: list[Version] = []
    told: list[Op] = []
    before: dict[str, Any] = {}
    for op in ops:
        told.append(op)
        changes = [
            Change(
                key,
                wording.key_word(record, key),
                wording.value_word(record, key, before.get(key), names),
                wording.value_word(record, key, value, names),
                _same(now.live, shown, key, value),
                key in now.contested and any(op.id == live.id for live in now.contested[key]),
            )
            for key, value in op.fields.items()
            if key != "deleted" and key not in _QUIET and not (value is None and before.get(key) is None)
        ]
        what = "changed"
        if "deleted" in op.fields and len(op.fields) == 1:
            what = "binned" if op.fields["deleted"] else "unbinned"
        elif len(told) == 1:
            what = "made"
        name, where = places.get(op.store, ("", ()))
        found.append(
            Version(
                op.id.hex(),
                what,
                op.wall,
                "" if op.store == SEED_STORE else users.get(op.user, ""),
                SEED_STORE if op.store == SEED_STORE else name,
                [sites[site] for site in where if site in sites],
                op.doubt or op.id in ahead,
                op.note,
                changes,
                op is ops[-1],
            )
        )
        state = fold(spec, told)
        before = {key: live[0].fields[key] for key, live in state.live.items()}
    return found[::-1]


def _same(live: Mapping[str, Sequence[Op]], shown: Mapping[str, bytes], key: str, value: Any) -> bool:
    return key in shown and live[key][0].fields[key] == value


def bring_back(w: Writer, record: str, row: str, op: str, key: str) -> None:
    """Give a field the value that a write once gave it. UserError(no_such_row) when there is no such write."""
    found = next((one for one in w.ops_of(row) if one.id.hex() == op and key in one.fields), None)
    if found is None:
        raise UserError("no_such_row", record=record)
    name, _, member = key.partition("/")
    value = found.fields[key]
    if member:
        now = set((w.get(record, row, deleted=True) or {}).get(name) or ())
        value = sorted(now | {member} if value else now - {member})
    elif key.startswith("details."):
        name = "details"
        now_details = dict((w.get(record, row, deleted=True) or {}).get("details") or {})
        now_details.pop(key[8:], None)
        value = {**now_details, **({} if value is None else {key[8:]: value})}
    w.put(record, {name: value}, row)


def bring_version(w: Writer, record: str, row: str, op: str) -> None:
    """Give the whole row the values it had after a write. UserError(no_such_row) when there is no such write."""
    spec = RECORDS[record]
    ops = sorted(w.ops_of(row), key=lambda one: one.rank)
    at = next((n for n, one in enumerate(ops) if one.id.hex() == op), None)
    if at is None:
        raise UserError("no_such_row", record=record)
    then = fold(spec, ops[: at + 1]).values
    kept = {*OFFICE_KEYS, *spec.natural_key, spec.parent}
    now = w.get(record, row, deleted=True) or {}
    values = {
        field.name: then.get(field.name, [] if field.type.storage == "set" else None)
        for field in spec.fields
        if field.name not in kept
    }
    if spec.details:
        values["details"] = then.get("details") or {}
    # Only what differs: untouched fields are not written again, so they can start no conflict.
    w.put(record, {name: value for name, value in values.items() if (now.get(name) or None) != (value or None)}, row)


def _users(r: Reader) -> dict[str, str]:
    user = r.meta("user", {"id": "", "name": ""})
    return {**r.meta("users", {}), user["id"]: user["name"]}


def _places(r: Reader) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Store id → (name of its laptop, its sites)."""
    found = {store: (entry["name"], tuple(entry["sites"])) for entry in exchange.roster(r) for store in entry["stores"]}
    mine = (str(r.meta("name", "")), tuple(r.identity.sites))
    return {**{parent: mine for parent, _ in r.meta("parents", [])}, **found, r.identity.store_id: mine}


def _site_names(r: Reader) -> dict[str, str]:
    return {site["id"]: wording.title_word("site", site) for site in r.list("site")}


def _names(r: Reader, spec: RecordSpec, ops: Iterable[Op]) -> dict[str, str]:
    """Names of the rows that any of the writes refers to."""
    wanted: dict[str, set[str]] = {}
    for op in ops:
        for key, value in op.fields.items():
            name, _, member = key.partition("/")
            kind = spec.by_name[name].type if name in spec.by_name else None
            if isinstance(kind, Reference | References):
                one = member or value
                if isinstance(one, str) and one:
                    wanted.setdefault(kind.record, set()).add(one)
    return {
        i: wording.title_word(target, named) or i
        for target, ids in wanted.items()
        for i, named in names_of(r, target, ids).items()
    }
