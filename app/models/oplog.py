"""Writes and what they add up to: the canonical line of a write, its id, and the state of a row as a pure function.

Nothing here touches a database or decides by a clock.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, NamedTuple

from app.errors import UserError
from app.specs.fields import FieldSpec, RecordSpec

SCHEMA = 1
"""The schema number that this program writes; the wire names of a schema are never renamed or reused."""
SEED_STORE = "5eed" * 8
"""The author of the shipped reference data: its writes are equal on every store and are not sent."""

BUILD_DAY = "2026-11-01T00:00:00Z"
"""No honest clock shows an earlier moment; writes that claim one are marked."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_decode = json.JSONDecoder().raw_decode
_LINE_LENGTH = 12


class Op(NamedTuple):
    """One user change of one row. `id` is BLAKE2b-128 of `line`; two equal changes by one author differ in `seq`.

    `fields`: field key → value. A set's member has a key of its own (`topics/domestic_violence`: true or false), and so
    has every kind-specific value (`details.hours_before`). `replaced`: field key → ids (hex) of every write that is or
    was a value of that field to the author's knowledge; a deletion also lists every live id it saw under `*`. `note`:
    the author's reason, where one was given.
    """

    id: bytes
    line: str
    store: str
    seq: int
    lamport: int
    wall: str
    user: str
    record: str
    row: str
    fields: dict[str, Any]
    replaced: dict[str, list[str]]
    schema: int
    doubt: bool
    note: str = ""

    @property
    def rank(self) -> tuple[int, bytes]:
        """The order that decides which of several live values is shown, the same everywhere."""
        return (self.lamport, self.id)


def op_id(line: str) -> bytes:
    """The id of a write: BLAKE2b-128 of its canonical line."""
    return blake2b(line.encode(), digest_size=16).digest()


def line_id(line: bytes) -> bytes:
    """The id of a write by its canonical line as it travels, in UTF-8."""
    return blake2b(line, digest_size=16).digest()


def write_line(
    store: str,
    seq: int,
    lamport: int,
    wall: str,
    user: str,
    record: str,
    row: str,
    fields: Mapping[str, Any],
    replaced: Mapping[str, list[str]],
    doubt: bool = False,
    note: str = "",
) -> str:
    """The canonical JSON line of a new write."""
    return _encode([SCHEMA, store, seq, lamport, wall, user, record, row, fields, replaced, int(doubt), note])


def read_line(line: str, known_id: bytes | None = None) -> Op:
    """The write in a canonical line. Raises UserError("write_unreadable") when it is not one."""
    try:
        parts, end = _decode(line)
        schema, store, seq, lamport, wall, user, record, row, fields, replaced, doubt, note = parts[:_LINE_LENGTH]
        if (
            not type(fields) is type(replaced) is dict
            or not type(seq) is type(lamport) is int
            or not (0 <= lamport < 2**62 and 0 < seq < 2**62)
            or not (type(store) is type(wall) is type(user) is type(record) is type(row) is type(note) is str)
            or (replaced and not _names_writes(replaced))
            or end != len(line)
        ):
            raise ValueError
    except (ValueError, TypeError, RecursionError) as error:
        raise UserError("write_unreadable") from error
    return Op(
        known_id or op_id(line),
        line,
        store,
        seq,
        lamport,
        wall,
        user,
        record,
        row,
        fields,
        replaced,
        schema,
        bool(doubt),
        note,
    )


_PROOF = 8  # bytes: every guess takes a write of its own, which is kept apart where people see it
_TAIL = 2 * _PROOF + 4


def vouched(line: str, key: bytes) -> str:
    """The line with its author's proof as one entry more, which every reader passes over: only who has `key` makes it.

    The office's own writes may come back to it from any laptop, and then count for the office's.
    """
    return f'{line[:-1]},"{_proof(line, key)}"]'


def vouches(line: str, key: bytes) -> bool:
    """Whether a line ends with the proof that this key makes."""
    bare = line[:-_TAIL] + "]"
    return hmac.compare_digest(line[-_TAIL:].encode(), f',"{_proof(bare, key)}"]'.encode())


def _proof(line: str, key: bytes) -> str:
    return blake2b(line.encode(), digest_size=_PROOF, key=key, person=b"saha/write/1").hexdigest()


def row_of(line: bytes) -> tuple[str, str]:
    """(record type, row) of a canonical line, without reading the rest of it; two empty texts for what is none."""
    end = line.find(b'",{')
    while end > 0 and line[end - 1] == _ESCAPE:  # a quotation mark within the author's name
        end = line.find(b'",{', end + 1)
    begin = end - 36
    if begin < 4 or line[begin - 3 : begin] != b'","':
        return "", ""
    record = line[line.rfind(b'"', 0, begin - 3) + 1 : begin - 3]
    return record.decode("utf-8", "replace"), line[begin:end].decode("utf-8", "replace")


_ESCAPE = ord("\\")


def _names_writes(replaced: dict[str, Any]) -> bool:
    return all(
        isinstance(ids, list) and all(isinstance(i, str) and len(i) == 32 for i in ids) for ids in replaced.values()
    )


@dataclass(slots=True)
class RowState:
    """What the writes of one row add up to. `contested`: field key → live writes that disagree and want a person."""

    values: dict[str, Any] = field(default_factory=dict)
    deleted: bool = False
    contested: dict[str, list[Op]] = field(default_factory=dict)
    live: dict[str, list[Op]] = field(default_factory=dict)


def spread(spec: RecordSpec, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by field → field keys of the log: a set becomes its members, `details` its entries."""
    keys: dict[str, Any] = {}
    for name, value in values.items():
        known = spec.by_name.get(name)
        if name == "details":
            for key, detail in (value or {}).items():
                keys[f"details.{key}"] = detail
        elif known is not None and known.type.storage == "set":
            for member in value or []:
                keys[f"{name}/{member}"] = True
        else:
            keys[name] = value
    return keys


def gather(spec: RecordSpec, keys: Mapping[str, Any]) -> dict[str, Any]:
    """The inverse of `spread`; keys that this program does not know are left out here and stay in the log."""
    values: dict[str, Any] = {}
    details: dict[str, Any] = {}
    for key, value in keys.items():
        if key in spec.by_name or key == "owner_site":
            values[key] = value
        elif key.startswith("details.") and spec.details:
            if value is not None:
                details[key[8:]] = value
        elif "/" in key:
            name, _, member = key.partition("/")
            known = spec.by_name.get(name)
            if known is not None and known.type.storage == "set" and value:
                values.setdefault(name, []).append(member)
    for name, value in values.items():
        if isinstance(value, list):
            values[name] = sorted(value)
    if spec.details:
        values["details"] = details
    return values


def _policy(spec: RecordSpec, key: str) -> FieldSpec | None:
    return spec.by_name.get(key.partition("/")[0])


def fold(spec: RecordSpec, ops: Iterable[Op]) -> RowState:
    """The state of a row from the set of its writes, in any order and with repetitions."""
    carriers: dict[str, dict[bytes, Op]] = {}
    gone: dict[str, set[str]] = {}
    for op in ops:
        for key in op.fields:
            carriers.setdefault(key, {})[op.id] = op
        for key, ids in op.replaced.items():
            gone.setdefault(key, set()).update(ids)
    state = RowState()
    keys: dict[str, Any] = {}
    for key, writers in carriers.items():
        replaced = gone.get(key, ())
        live = [op for op in writers.values() if op.id.hex() not in replaced]
        if not live:
            continue
        if len(live) > 1 and any(op.store == SEED_STORE for op in live):
            # What another version of the program ships is never in dispute with what people wrote.
            live = [op for op in live if op.store != SEED_STORE] or live
        live.sort(key=lambda op: op.rank, reverse=True)
        state.live[key] = live
        value = live[0].fields[key]
        if len(live) > 1 and any(op.fields[key] != value for op in live[1:]):
            policy = _policy(spec, key)
            if policy is not None and policy.merge == "restrict" and policy.strictest:
                # What is none of the stances (a newer program's, or of a foreign shape) is the least strict.
                stances = [op.fields[key] for op in live if op.fields[key] in policy.strictest]
                value = min(stances, key=policy.strictest.index, default=value)
            elif key == "deleted":
                value = any(op.fields[key] for op in live)
            elif (policy is None or policy.merge == "review") and "/" not in key:
                state.contested[key] = live
        keys[key] = value
    if keys.pop("deleted", False):
        _judge_deletion(spec, state)
    state.values = gather(spec, keys)
    return state


def _judge_deletion(spec: RecordSpec, state: RowState) -> None:
    """A deletion stands unless a live write exists that its author had not seen; attendance's deletion always wins."""
    deletions = [op for op in state.live["deleted"] if op.fields["deleted"]]
    seen = {i for op in deletions for i in op.replaced.get("*", ())}
    unseen = {
        op.id: op
        for key, live in state.live.items()
        if key != "deleted"
        and key not in spec.natural_key
        and ((policy := _policy(spec, key)) is None or policy.merge != "auto")
        for op in live
        if op.id.hex() not in seen and not any(op.id == deletion.id for deletion in deletions)
    }
    if unseen:
        state.contested["deleted"] = sorted([*deletions, *unseen.values()], key=lambda op: op.rank, reverse=True)
    else:
        state.deleted = True


def values_known(ops: Iterable[Op], key: str) -> list[str]:
    """Every id (hex, sorted) that is or was a value of a field: what a new write of it must name as replaced."""
    ids: set[str] = set()
    for op in ops:
        if key in op.fields:
            ids.add(op.id.hex())
        ids.update(op.replaced.get(key, ()))
    return sorted(ids)
