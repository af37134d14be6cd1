"""What exchange asks of the database and leaves in it: peers, roster, bundles, scope, eviction; decides no rule of it.

Every function works on a Reader's or Writer's connection, within a transaction that the store began and will end.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from struct import iter_unpack
from typing import Any, NamedTuple

import zstandard
from sqlalchemy import (
    Select,
    Table,
    Update,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    union_all,
    update,
)

from app.basics import clock
from app.models.arrivals import drop_row, note_emptied
from app.models.engine import broken_links
from app.models.listed import one_of, rows_of
from app.models.oplog import SEED_STORE, Op, fold, op_id, read_line
from app.models.tables import (
    BLOB,
    BUNDLE_IN,
    BUNDLE_OUT,
    CHECKPOINT,
    CONFLICT,
    ERASED,
    EVICTED,
    HEARD,
    OP,
    PARKED,
    PEER,
    QUARANTINE,
    RECORD_TABLES,
    ROSTER,
    SAID,
    SENT_SCOPE,
    STUB,
)
from app.models.writer import Reader, Writer, batches, restricted_keys
from app.specs.fields import RecordSpec
from app.specs.records import RECORDS
from app.specs.types import Reference

_CHUNK = 400
_MANY = 5_000
_SEED_MARK = f'"{SEED_STORE}"'
SITE_RECORDS = tuple(spec for spec in RECORDS.values() if spec.scope == "site")
EVERYWHERE = frozenset(name for name, spec in RECORDS.items() if spec.scope == "everywhere")


# One statement over all record types instead of one for each: they are many, and most are empty.
_OWNED = union_all(
    *(
        select(literal(spec.name).label("record"), table.c.id.label("row"), table.c.owner_site.label("owner"))
        for spec in SITE_RECORDS
        if (table := RECORD_TABLES[spec.name]) is not None
    )
).subquery()
_ROWS_OWNED = select(_OWNED.c.row).where(_OWNED.c.owner.in_(bindparam("owners", expanding=True)))
_LINKS = union_all(
    *(
        select(literal(target).label("target"), table.c.id.label("row"), table.c[spec_field.name].label("named"))
        for spec in SITE_RECORDS
        for spec_field in spec.references
        if RECORDS[target := spec_field.type.record].scope == "site"  # type: ignore[attr-defined]
        and (table := RECORD_TABLES[spec.name]) is not None
    )
).subquery()
_ALL_LINKS = select(_LINKS.c.target, _LINKS.c.row, _LINKS.c.named).where(_LINKS.c.named.is_not(None))


# --- packed ids ------------------------------------------------------------------------------------------------------


def pack_ids(rows: Collection[str]) -> bytes:
    """Row ids as compressed bytes, sorted."""
    return zstandard.compress(b"".join(sorted(_raw_ids(rows))), 1)


def unpack_ids(packed: bytes | None) -> set[str]:
    """The inverse of `pack_ids`; nothing is the empty set."""
    raw = zstandard.decompress(packed).hex() if packed else ""
    cuts = (raw[at : at + 32] for at in range(0, len(raw), 32))
    return {f"{cut[:8]}-{cut[8:12]}-{cut[12:16]}-{cut[16:20]}-{cut[20:]}" for cut in cuts}


def _raw_ids(rows: Collection[str]) -> set[bytes]:
    return _cut(bytes.fromhex("".join(rows).replace("-", "")))


def _cut(raw: bytes) -> set[bytes]:
    return {row for (row,) in iter_unpack("16s", raw)}


# --- rows of the local tables as dicts -------------------------------------------------------------------------------


def _one(r: Reader, table: Table, **equals: Any) -> dict[str, Any] | None:
    found = r.connection.execute(_rows_of(table, tuple(equals)), equals).mappings().first()
    return dict(found) if found else None


def _keep(w: Writer, table: Table, keys: tuple[str, ...], values: Mapping[str, Any]) -> None:
    """Update the row with these keys, or insert it."""
    rest = tuple(name for name in values if name not in keys)
    if rest:
        wanted = {(f"k_{name}" if name in keys else name): value for name, value in values.items()}
        if w.connection.execute(_change_of(table, keys, rest), wanted).rowcount:
            return
    elif _one(w, table, **{key: values[key] for key in keys}):
        return
    w.connection.execute(insert(table), dict(values))


@lru_cache(maxsize=100)
def _rows_of(table: Table, keys: tuple[str, ...], order: tuple[str, ...] = ()) -> Select[Any]:
    query = select(table).where(*(table.c[key] == bindparam(key) for key in keys))
    return query.order_by(*(table.c[name] for name in order))


@lru_cache(maxsize=300)
def _change_of(table: Table, keys: tuple[str, ...], rest: tuple[str, ...]) -> Update:
    found = update(table).where(*(table.c[key] == bindparam(f"k_{key}") for key in keys))
    return found.values({name: bindparam(name) for name in rest})


def peer(r: Reader, store_id: str) -> dict[str, Any] | None:
    """What is known of the store with this id."""
    return _one(r, PEER, store_id=store_id)


def peers(r: Reader, **equals: Any) -> Sequence[dict[str, Any]]:
    """Every known store, or those with these values, the newest heard first."""
    query = select(PEER).order_by(PEER.c.last_received.desc(), PEER.c.store_id)
    for name, value in equals.items():
        query = query.where(PEER.c[name] == value)
    return r.rows(query)


def keep_peer(w: Writer, store_id: str, **values: Any) -> None:
    """Note facts about a store."""
    _keep(w, PEER, ("store_id",), {"store_id": store_id, **values})


def heard(r: Reader, store_id: str | None = None) -> Sequence[dict[str, Any]]:
    """The furthest point at which each store was ever heard."""
    query = select(HEARD).order_by(HEARD.c.store_id)
    return r.rows(query if store_id is None else query.where(HEARD.c.store_id == store_id))


def keep_heard(w: Writer, store_id: str, arr: int, digest: bytes, no: int, bundle: str) -> None:
    """Remember that a store was heard this far."""
    values = {"store_id": store_id, "arr": arr, "digest": digest, "no": no, "bundle": bundle}
    _keep(w, HEARD, ("store_id",), values)


def has_checkpoint(r: Reader, store_id: str, arr: int, digest: bytes) -> bool:
    """Whether everything of that store's log up to (arr, digest) is here."""
    return _one(r, CHECKPOINT, store_id=store_id, arr=arr, digest=digest) is not None


def keep_checkpoint(w: Writer, store_id: str, arr: int, digest: bytes) -> None:
    """Everything of that store's log up to (arr, digest) is here."""
    _keep(w, CHECKPOINT, ("store_id", "arr"), {"store_id": store_id, "arr": arr, "digest": digest})


def forget_cursors(w: Writer, store_id: str | None = None) -> None:
    """Forget how far exchange with one store (or all) has come; what is true does not depend on it."""
    blank = {
        "acked_arr": 0,
        "acked_no": 0,
        "held_in": None,
        "seen_arr": 0,
        "seen_digest": None,
        "seen_no": 0,
        "seen_bundle": None,
    }
    change, gone = update(PEER), delete(CHECKPOINT)
    if store_id is not None:
        change, gone = change.where(PEER.c.store_id == store_id), gone.where(CHECKPOINT.c.store_id == store_id)
    w.connection.execute(change.values(blank))
    w.connection.execute(gone)


_PARENTS = 200


def take_new_id(w: Writer) -> str:
    """Go on under a new store id; the old one, with the number of its last bundle, becomes a parent.

    For a store that was put back or copied. It forgets how far exchange had come, which costs bytes and nothing else.
    """
    old = w.identity.store_id
    parents = [*w.meta("parents", []), [old, w.meta("export_no", 0)]][-_PARENTS:]
    fresh = os.urandom(16).hex()
    w.set_meta("store_id", fresh)
    w.set_meta("parents", parents)
    forget_cursors(w)
    own = device(w, w.meta("device", {}).get("id", ""))
    if own is not None:
        keep_device(w, own["device"], stores=[*own["stores"], fresh])
        if w.identity.role == "office":
            w.set_meta("roster_version", w.meta("roster_version", 0) + 1)
    w.identity = replace(w.identity, store_id=fresh)
    return fresh


def roster(r: Reader) -> Sequence[dict[str, Any]]:
    """Every device that was ever issued, by name."""
    return r.rows(select(ROSTER).order_by(ROSTER.c.name))


def device(r: Reader, device_id: str) -> dict[str, Any] | None:
    """One device of the roster."""
    return _one(r, ROSTER, device=device_id)


def keep_device(w: Writer, device_id: str, **values: Any) -> None:
    """Note facts about a device."""
    _keep(w, ROSTER, ("device",), {"device": device_id, **values})


def replace_roster(w: Writer, entries: Sequence[Mapping[str, Any]]) -> None:
    """Take over a whole roster."""
    w.connection.execute(delete(ROSTER))
    if entries:
        w.connection.execute(insert(ROSTER), [dict(entry) for entry in entries])


# --- bundles ---------------------------------------------------------------------------------------------------------


def keep_sent(w: Writer, bundle: str, **values: Any) -> None:
    """Note facts about a bundle made here."""
    _keep(w, BUNDLE_OUT, ("id",), {"id": bundle, **values})


def sent(r: Reader, **equals: Any) -> Sequence[dict[str, Any]]:
    """Bundles made here, in order."""
    return r.rows(_rows_of(BUNDLE_OUT, tuple(equals), ("no",)), equals)


def keep_scope(w: Writer, bundle: str, rows: bytes, evicted: bytes | None) -> None:
    """What a laptop will hold, and what will have left it, once it has a bundle (packed ids)."""
    w.connection.execute(insert(SENT_SCOPE), {"bundle": bundle, "rows": rows, "evicted": evicted})


def has_scope(r: Reader, bundle: str) -> bool:
    """Whether it is still known what a bundle made its receiver hold."""
    query = select(SENT_SCOPE.c.bundle).where(SENT_SCOPE.c.bundle == bindparam("bundle"))
    return r.connection.execute(query, {"bundle": bundle}).first() is not None


def scope_of(r: Reader, bundle: str | None) -> set[str]:
    """What a laptop holds once it has this bundle; nothing if that is not known."""
    kept = _one(r, SENT_SCOPE, bundle=bundle) if bundle else None
    return unpack_ids(kept["rows"]) if kept else set()


def evicted_by(r: Reader, bundle: str) -> set[str]:
    """What has left a laptop once it has this bundle."""
    query = select(SENT_SCOPE.c.evicted).where(SENT_SCOPE.c.bundle == bindparam("bundle"))
    return unpack_ids(r.connection.execute(query, {"bundle": bundle}).scalar())


def forget_scopes(w: Writer, store_id: str, no: int) -> None:
    """The scopes of bundles before a confirmed one are not needed any more."""
    older = select(BUNDLE_OUT.c.id).where(BUNDLE_OUT.c.peer == store_id, BUNDLE_OUT.c.no < no)
    w.connection.execute(delete(SENT_SCOPE).where(SENT_SCOPE.c.bundle.in_(older)))


def said(r: Reader, store_id: str) -> set[str]:
    """The rows that a store has sent and that have not left it since."""
    pieces = r.connection.execute(select(SAID.c.rows).where(SAID.c.store_id == store_id)).scalars()
    return set[str]().union(*map(unpack_ids, pieces))


def note_said(w: Writer, store_id: str, parts: Sequence[bytes]) -> None:
    """Remember that a store has sent these rows (ids of 16 bytes, in parts so that a country's are never one set)."""
    of_store = SAID.c.store_id == store_id
    if w.connection.execute(select(func.count()).where(of_store)).scalar_one() > _SAID_PIECES:
        unsay(w, store_id, set())
    before = w.connection.execute(select(SAID.c.no, func.length(SAID.c.rows)).where(of_store)).all()
    last = max((no for no, _ in before), default=0)
    # Months repeat little, and what is there twice does no harm; a bundle sent anew from the beginning repeats all.
    again = sum(map(len, parts)) * 4 > sum(length for _, length in before)
    for number, part in enumerate(parts, last + 1):
        fresh = _cut(part)
        for no, _ in before if again else ():
            kept = w.connection.execute(select(SAID.c.rows).where(of_store, SAID.c.no == no)).scalar_one()
            fresh -= _cut(zstandard.decompress(kept))
        if fresh:
            packed = zstandard.compress(b"".join(sorted(fresh)), 1)
            w.connection.execute(insert(SAID), {"store_id": store_id, "no": number, "rows": packed})


def unsay(w: Writer, store_id: str, rows: set[str]) -> None:
    """These rows have left a store; what it has sent besides becomes one piece."""
    left = said(w, store_id) - rows
    w.connection.execute(delete(SAID).where(SAID.c.store_id == store_id))
    if left:
        w.connection.execute(insert(SAID), {"store_id": store_id, "no": 1, "rows": pack_ids(left)})


_SAID_PIECES = 40


def keep_received(w: Writer, bundle: str, **values: Any) -> None:
    """Note facts about a received bundle."""
    _keep(w, BUNDLE_IN, ("id",), {"id": bundle, **values})


def received(r: Reader, **equals: Any) -> Sequence[dict[str, Any]]:
    """Received bundles, in order of their sender's number."""
    return r.rows(_rows_of(BUNDLE_IN, tuple(equals), ("sender", "no", "received")), equals)


# --- the log ---------------------------------------------------------------------------------------------------------


def digest_at(r: Reader, arr: int) -> bytes | None:
    """The name of the log's prefix up to `arr`; None beyond its end."""
    if arr == 0:
        return b""
    found = r.connection.execute(select(OP.c.digest).where(OP.c.arr == arr)).scalar()
    return bytes(found) if found is not None else None


def is_seed(body: str) -> bool:
    """Whether a write's line is of the shipped reference data."""
    return _SEED_MARK in body[:48]


class LogLine(NamedTuple):
    """A write as it lies in the log."""

    arr: int
    record: str
    row: str
    body: str


_LINE = (OP.c.arr, OP.c.record, OP.c.row, OP.c.body)


def lines_after(r: Reader, arr: int, upto: int | None = None) -> Iterator[LogLine]:
    """Writes with a payload after a position of the log, in order; read in pieces, never all at once."""
    query = select(*_LINE).where(OP.c.arr > bindparam("after")).order_by(OP.c.arr).limit(5000)
    if upto is not None:
        query = query.where(OP.c.arr <= upto)
    while True:
        piece = r.connection.execute(query, {"after": arr}).all()
        if not piece:
            return
        arr = piece[-1].arr
        for line in piece:
            if line.body is not None:
                yield LogLine._make(line)


def bodies_after(r: Reader, arr: int) -> list[str]:
    """The lines after a position of the log, in order, those of the shipped reference data left out."""
    query = select(OP.c.body).where(OP.c.arr > arr, OP.c.body.is_not(None)).order_by(OP.c.arr)
    return [body for body in r.connection.execute(query).scalars().all() if _SEED_MARK not in body[:48]]


def lines_of_rows(r: Reader, rows: Iterable[str], upto: int) -> Sequence[LogLine]:
    """Writes with a payload of these rows up to a position of the log, in order."""
    query = select(*_LINE).where(one_of(OP.c.row), OP.c.arr <= upto, OP.c.body.is_not(None))
    found: list[LogLine] = []
    for chunk in batches(rows, _MANY):
        found += map(LogLine._make, rows_of(r.connection, query, chunk))
    return sorted(found)


def positions_of(r: Reader, lines: Sequence[str]) -> Sequence[int]:
    """Where in the log each of these lines stands."""
    found: dict[bytes, int] = {}
    ids = [op_id(line) for line in lines]
    for chunk in batches(ids, _CHUNK):
        found.update(
            (bytes(i), arr) for i, arr in r.connection.execute(select(OP.c.id, OP.c.arr).where(OP.c.id.in_(chunk)))
        )
    return [found[known] for known in ids]


def rows_touched_after(r: Reader, arr: int) -> set[str]:
    """Rows that have writes after a position of the log."""
    return set(r.connection.execute(select(OP.c.row).where(OP.c.arr > arr).distinct()).scalars().all())


def unsent(r: Reader, after: int) -> tuple[int, str | None]:
    """(writes made here after a position of the log, when the oldest of them was made)."""
    query = select(OP.c.body).where(OP.c.arr > after, OP.c.origin.is_(None), OP.c.body.is_not(None)).order_by(OP.c.arr)
    bodies = [body for body in r.connection.execute(query).scalars() if not is_seed(body)]
    return len(bodies), (min(read_line(body).wall for body in bodies) if bodies else None)


def state_hash(r: Reader, rows: set[str] | None, given: set[str], skip: set[bytes], after: tuple[int, set[str]]) -> str:
    """A number that two stores share when they hold the same writes: the sum of their ids.

    `rows`: site rows in scope (None: all that are here); reference data always count. `given`: rows whose restricted
    writes count. `skip`: ids that do not. `after`: beyond that position of the log only writes that came in these
    bundles count.
    """
    total = 0
    erased = set(r.connection.execute(select(ERASED.c.row)).scalars().all())
    gone = set(r.connection.execute(select(EVICTED.c.row)).scalars().all())
    upto, bundles = after
    closed = _restricted_writes(r)
    columns = (OP.c.arr, OP.c.id, OP.c.record, OP.c.row, OP.c.origin, func.substr(OP.c.body, 1, 48))
    query = select(*columns).where(OP.c.body.is_not(None))
    found = (line for piece in r.connection.execute(query).partitions(_MANY) for line in piece)
    for arr, known, record, row, origin, head in found:
        if row in erased or (rows is None and row in gone) or _SEED_MARK in head:
            continue
        if record not in RECORDS or (record not in EVERYWHERE and rows is not None and row not in rows):
            continue
        if RECORDS[record].scope == "office" or (arr > upto and origin not in bundles):
            continue
        identity = bytes(known)
        if identity in skip or (identity in closed and row not in given):
            continue
        total += int.from_bytes(identity, "big")
    return f"{total % 2**128:032x}"


def _restricted_writes(r: Reader) -> set[bytes]:
    """Ids of the writes that say anything of a restricted field."""
    found: set[bytes] = set()
    for record in RECORDS:
        for key in restricted_keys(record):
            query = select(OP.c.id, OP.c.body).where(OP.c.record == record, OP.c.body.contains(f'"{key}"'))
            found |= {bytes(known) for known, body in r.connection.execute(query) if holds_restricted(record, body)}
    return found


def holds_restricted(record: str, body: str) -> bool:
    """Whether a write says anything of a restricted field."""
    keys = restricted_keys(record)
    if not any(key in body for key in keys):
        return False
    op = read_line(body)
    return not keys.isdisjoint(op.fields) or not keys.isdisjoint(op.replaced)


# --- scope -----------------------------------------------------------------------------------------------------------


def scope_rows(r: Reader, sites: Iterable[str], authors: set[str]) -> set[str]:
    """Ids of the site rows that a laptop of these sites may have.

    `authors`: store ids of that laptop; restricted activities, with all that hangs on them, go only to their author's.
    """
    owners = sorted(sites)
    rows = set(r.connection.execute(_ROWS_OWNED, {"owners": owners}).scalars().all())
    rows -= set(r.connection.execute(select(STUB.c.row)).scalars().all())
    for record, row in r.connection.execute(select(PARKED.c.record, PARKED.c.row)):
        waiting = RECORDS.get(record)
        if waiting is not None and waiting.scope == "site" and row not in rows:
            state = fold(waiting, r.ops_of(row))
            if state.values.get("owner_site") in owners:
                rows.add(row)
    return rows - _compartment(r, owners, authors)


def _compartment(r: Reader, owners: Sequence[str], authors: set[str]) -> set[str]:
    """Restricted activities of others and everything that hangs on them."""
    table = RECORD_TABLES["activity"]
    query = select(table.c.id).where(table.c.restricted.is_(True), table.c.owner_site.in_(owners))
    closed = {row for row in r.connection.execute(query).scalars() if author_store(r, row) not in authors}
    if not closed:
        return closed
    by_record = {"activity": set(closed)}
    for spec in SITE_RECORDS:
        parent = spec.by_name.get(spec.parent)
        if parent is None or not isinstance(parent.type, Reference) or not by_record.get(parent.type.record):
            continue
        child = RECORD_TABLES[spec.name]
        for chunk in batches(sorted(by_record[parent.type.record]), _CHUNK):
            found = r.connection.execute(select(child.c.id).where(child.c[spec.parent].in_(chunk))).scalars()
            by_record.setdefault(spec.name, set()).update(found)
    attachment = RECORD_TABLES["attachment"]
    closed = set().union(*by_record.values())
    for chunk in batches(sorted(closed), _CHUNK):
        closed |= set(
            r.connection.execute(select(attachment.c.id).where(attachment.c.linked_id.in_(chunk))).scalars().all()
        )
    return closed


def author_store(r: Reader, row: str) -> str:
    """The store where a row was created: that of its first write, by the order that is the same everywhere."""
    ops = r.ops_of(row)
    return min(ops, key=lambda op: op.rank).store if ops else ""


def rows_with_restricted_writes(r: Reader, authors: set[str]) -> set[str]:
    """Rows in which one of these stores wrote something restricted."""
    found: set[str] = set()
    for record in RECORDS:
        for key in restricted_keys(record):
            query = select(OP.c.row, OP.c.body).where(OP.c.record == record, OP.c.body.contains(f'"{key}"'))
            for row, body in r.connection.execute(query):
                op = read_line(body)
                if key in op.fields and op.store in authors:
                    found.add(row)
    return found


def owned_rows(r: Reader) -> Sequence[tuple[str, str, str | None]]:
    """(record, id, owner) of every site row here, in the bin or not."""
    return [(record, row, owner) for record, row, owner in r.connection.execute(select(_OWNED))]


def owners_ever(r: Reader, rows: Iterable[str]) -> dict[str, set[str]]:
    """Every site that was ever the owner of each of these rows, by what is known here."""
    found: dict[str, set[str]] = {}
    query = select(OP.c.row, OP.c.body).where(one_of(OP.c.row), OP.c.body.contains('"owner_site"'))
    for chunk in batches(rows, _MANY):
        for row, body in rows_of(r.connection, query, chunk):
            owner = read_line(body).fields.get("owner_site")
            if isinstance(owner, str):
                found.setdefault(row, set()).add(owner)
    return found


# --- stubs and eviction ----------------------------------------------------------------------------------------------


def stubs_for(r: Reader, rows: set[str]) -> Sequence[dict[str, Any]]:
    """What rows in scope name and is not in it: record, id, and for a person the name that is shown; nothing else."""
    wanted: dict[str, set[str]] = {}
    for piece in r.connection.execute(_ALL_LINKS).partitions(_MANY):
        for target, row, named in piece:
            if named not in rows and row in rows:
                wanted.setdefault(target, set()).add(named)
    stubs = []
    for record in [spec.name for spec in SITE_RECORDS if spec.name in wanted]:
        table = RECORD_TABLES[record]
        for chunk in batches(sorted(wanted[record]), _CHUNK):
            for found in r.connection.execute(select(table).where(table.c.id.in_(chunk))).mappings():
                stubs.append(
                    {
                        "record": record,
                        "row": found["id"],
                        "site": found["owner_site"],
                        "values": {name: found[name] for name in stub_fields(record) if found[name] is not None},
                    }
                )
    return stubs


def stub_fields(record: str) -> tuple[str, ...]:
    """What a stub may say of its row."""
    return {"person": ("surname", "given", "patronymic"), "venue": ("name",), "group": ("name",)}.get(record, ())


def keep_stubs(w: Writer, stubs: Sequence[Mapping[str, Any]], *, refresh: bool = True) -> None:
    """Show what rows here name of other sites. A person can be seen; other stubs lie in the bin, only to be named.

    Without `refresh` a stub that is here stays as it is (the news may be older than it).
    """
    w._stubs = None
    for stub in stubs:
        record, row = stub["record"], stub["row"]
        table = RECORD_TABLES[record]
        if w._exists(record, row) and (not refresh or _one(w, STUB, row=row) is None):
            continue
        values: dict[str, Any] = {column.name: None for column in table.columns}
        if RECORDS[record].details:
            values["details"] = {}
        said = {name: stub["values"].get(name) for name in stub_fields(record) if name in table.c}
        values |= {"id": row, "owner_site": stub["site"], "deleted": record != "person", **said}
        _keep(w, table, ("id",), values)
        _keep(w, STUB, ("row",), {"row": row, "record": record})
        w._known.add((record, row))
        w._note(record, [row])


def drop_unused_stubs(w: Writer) -> None:
    """Remove stubs that no row here names any more."""
    stubs = dict(w.connection.execute(select(STUB.c.row, STUB.c.record)).all())
    if not stubs:
        return
    named = _named_rows(w, set(stubs), set(stubs))
    for row, record in stubs.items():
        if row not in named:
            drop_row(w, record, row)
            w.connection.execute(delete(STUB).where(STUB.c.row == row))


def _named_rows(w: Writer, rows: set[str], besides: set[str]) -> set[str]:
    """Those of `rows` that a row not in `besides` names."""
    named: set[str] = set()
    for chunk in batches(sorted(rows), _CHUNK):
        for _, row, name in w.connection.execute(_ALL_LINKS.where(_LINKS.c.named.in_(chunk))):
            if row not in besides:
                named.add(name)
    return named


def own_rows(w: Writer, rows: Collection[str]) -> set[str]:
    """Those of the rows that have writes here and are not away."""
    return w.rows_with_writes(rows) - evicted(w)


def count_erased(r: Reader) -> int:
    """How many rows were ever erased."""
    return int(r.connection.execute(select(func.count()).select_from(ERASED)).scalar_one())


def evicted(r: Reader) -> set[str]:
    """Rows that have left this laptop's scope."""
    return set(r.connection.execute(select(EVICTED.c.row)).scalars().all())


def records_of(r: Reader, rows: Iterable[str]) -> dict[str, str]:
    """Row → record type, by the log."""
    query = select(OP.c.row, OP.c.record).where(one_of(OP.c.row)).distinct()
    return {row: record for chunk in batches(rows, _MANY) for row, record in rows_of(r.connection, query, chunk)}


def evict(w: Writer, rows: Iterable[str]) -> int:
    """Take rows out of this laptop; a row that one staying here names is left as a stub. Gives the number taken out."""
    wanted = set(rows)
    known = records_of(w, wanted)
    wanted -= {row for row, record in known.items() if record in EVERYWHERE}  # reference data never leave
    for row in sorted(wanted - evicted(w)):
        w.connection.execute(insert(EVICTED), {"row": row, "record": known.get(row, "")})
    gone = {row: record for row, record in known.items() if record in RECORDS and row in wanted}
    there = {row for row, record in gone.items() if w._exists(record, row)}
    there -= set(w.connection.execute(select(STUB.c.row)).scalars().all())
    named = _named_rows(w, there, there)
    for row in sorted(there):
        record = gone[row]
        left = w.get(record, row, deleted=True)
        drop_row(w, record, row)
        if row in named and left is not None:
            values = {name: left[name] for name in stub_fields(record)}
            keep_stubs(w, [{"record": record, "row": row, "site": left["owner_site"], "values": values}])
    w.connection.execute(delete(PARKED).where(PARKED.c.row.in_(select(EVICTED.c.row))))
    return len(there)


def let_in(w: Writer, rows: Iterable[str] | None) -> None:
    """These rows (None: all) are in scope again."""
    if rows is None:
        w.connection.execute(delete(EVICTED))
        return
    for chunk in batches(sorted(rows), _CHUNK):
        w.connection.execute(delete(EVICTED).where(EVICTED.c.row.in_(chunk)))


def drop_evicted_payloads(w: Writer, acked: int) -> None:
    """Empty the writes of evicted rows that the office has confirmed; their ids stay in the log for ever."""
    emptied = w.connection.execute(
        update(OP)
        .where(OP.c.row.in_(select(EVICTED.c.row)), OP.c.arr <= acked, OP.c.body.is_not(None))
        .values(body=None)
    )
    if emptied.rowcount:
        note_emptied(w)


def show_again(w: Writer, rows: Iterable[str]) -> None:
    """Show rows whose writes are here already but that are in no table (they had been evicted)."""
    for row, record in sorted(records_of(w, rows).items(), key=lambda item: _order(item[1])):
        spec = RECORDS.get(record)
        ops = w.ops_of(row) if spec is not None else ()
        if spec is not None and ops and (not w._exists(record, row) or _one(w, STUB, row=row)):
            w._show(spec, row, fold(spec, ops))
    w._retry_parked()


def _order(record: str) -> int:
    return list(RECORDS).index(record) if record in RECORDS else len(RECORDS)


# --- conflicts, quarantine, attachments ------------------------------------------------------------------------------


def conflict_rows(r: Reader, row: str | None = None) -> Sequence[dict[str, Any]]:
    """Open conflicts, oldest first."""
    query = select(CONFLICT).order_by(CONFLICT.c.opened, CONFLICT.c.id)
    return r.rows(query if row is None else query.where(CONFLICT.c.row == row))


def conflict_row(r: Reader, conflict: str) -> dict[str, Any] | None:
    """One open conflict."""
    return _one(r, CONFLICT, id=conflict)


def quarantined(r: Reader, sender: str | None = None) -> Sequence[dict[str, Any]]:
    """Writes kept apart, by their id."""
    query = select(QUARANTINE).order_by(QUARANTINE.c.received, QUARANTINE.c.id)
    return r.rows(query if sender is None else query.where(QUARANTINE.c.sender == sender))


def release(w: Writer, ids: Sequence[bytes]) -> Sequence[bytes]:
    """Take writes out of quarantine; gives their lines."""
    lines = []
    for known in ids:
        found = _one(w, QUARANTINE, id=known)
        if found is not None:
            lines.append(found["body"].encode())
            w.connection.execute(delete(QUARANTINE).where(QUARANTINE.c.id == known))
    return lines


def parked_rows(r: Reader) -> Sequence[dict[str, Any]]:
    """Rows that cannot be shown yet, or not wholly."""
    return r.rows(select(PARKED).order_by(PARKED.c.record, PARKED.c.row))


def missing_blobs(r: Reader, limit: int = 500) -> Sequence[str]:
    """Hashes of attachments that are named here and not here."""
    table = RECORD_TABLES["attachment"]
    query = (
        select(table.c.sha256)
        .where(
            table.c.sha256.is_not(None),
            table.c.deleted.is_(False),
            table.c.sha256.not_in(select(BLOB.c.sha256)),
            table.c.id.not_in(select(STUB.c.row)),
        )
        .distinct()
        .order_by(table.c.sha256)
        .limit(limit)
    )
    return list(r.connection.execute(query).scalars().all())


def blobs_here(r: Reader, hashes: Iterable[str]) -> Sequence[tuple[str, int]]:
    """(hash, size) of those of the attachments that are here, small ones first."""
    found: list[tuple[str, int]] = []
    for chunk in batches(sorted(hashes), _CHUNK):
        found += r.connection.execute(select(BLOB.c.sha256, BLOB.c.size).where(BLOB.c.sha256.in_(chunk))).all()
    return sorted(found, key=lambda blob: (blob[1], blob[0]))


def blob(r: Reader, sha256: str) -> dict[str, Any] | None:
    """One attachment's content."""
    return _one(r, BLOB, sha256=sha256)


def keep_blob(w: Writer, sha256: str, content: bytes, media_type: str | None) -> bool:
    """Keep an attachment's content; False if it is here already."""
    if w.connection.execute(select(BLOB.c.size).where(BLOB.c.sha256 == sha256)).first() is not None:
        return False
    w.connection.execute(
        insert(BLOB), {"sha256": sha256, "size": len(content), "media_type": media_type, "content": content}
    )
    return True


def attachments_after(r: Reader, arr: int) -> set[str]:
    """Hashes that attachments with writes after a position of the log name."""
    table = RECORD_TABLES["attachment"]
    # Asked of each attachment, which are few, and not of every write.
    written = select(OP.c.arr).where(OP.c.row == table.c.id, OP.c.arr > arr).exists()
    query = select(table.c.sha256).where(table.c.sha256.is_not(None), written)
    return set(r.connection.execute(query).scalars().all())


def attachments_of(r: Reader, rows: Iterable[str]) -> set[str]:
    """Hashes that attachments among these rows name."""
    table = RECORD_TABLES["attachment"]
    wanted = set(rows)  # attachments are few beside the rows they are looked for among
    query = select(table.c.id, table.c.sha256).where(table.c.sha256.is_not(None))
    return {name for row, name in r.connection.execute(query) if row in wanted}


# --- undoing a bundle ------------------------------------------------------------------------------------------------


def writes_of_bundle(r: Reader, bundle: str) -> Sequence[tuple[int, bytes, str, str]]:
    """(arr, id, record, row) of the writes that a bundle brought and that are still here, in order."""
    query = select(OP.c.arr, OP.c.id, OP.c.record, OP.c.row).where(OP.c.origin == bundle, OP.c.body.is_not(None))
    return [(a, bytes(i), record, row) for a, i, record, row in r.connection.execute(query.order_by(OP.c.arr))]


def built_on(r: Reader, bundle: str) -> str | None:
    """A row in which something else was written after the bundle came, or that names one the bundle made; or None."""
    brought = writes_of_bundle(r, bundle)
    if not brought:
        return None
    rows = {row for *_, row in brought}
    first = brought[0][0]
    later = select(OP.c.row).where(
        OP.c.arr > first, OP.c.body.is_not(None), or_(OP.c.origin.is_(None), OP.c.origin != bundle)
    )
    for chunk in batches(sorted(rows), _CHUNK):
        found = r.connection.execute(later.where(OP.c.row.in_(chunk)).limit(1)).scalar()
        if found is not None:
            return str(found)
    old = select(OP.c.row).where(or_(OP.c.origin.is_(None), OP.c.origin != bundle))
    made = {record: set[str]() for record in RECORDS}
    for chunk in batches(sorted(rows), _CHUNK):
        before = set(r.connection.execute(old.where(OP.c.row.in_(chunk))).scalars().all())
        for *_, record, row in brought:
            if row in chunk and row not in before and record in made:
                made[record].add(row)
    for spec in RECORDS.values():
        table = RECORD_TABLES[spec.name]
        for spec_field in spec.references:
            column = table.c[spec_field.name]
            for chunk in batches(sorted(made[spec_field.type.record]), _CHUNK):  # type: ignore[attr-defined]
                query = select(table.c.id).where(column.in_(chunk), table.c.deleted.is_(False))
                for named in r.connection.execute(query).scalars():
                    if named not in rows:
                        return str(named)
    return None


def rows_about(r: Reader, person: str) -> Sequence[tuple[str, str]]:
    """(record, id) of the rows with personal fields that were made out to a person: their certificates."""
    certificate, participation = RECORD_TABLES["certificate"], RECORD_TABLES["participation"]
    query = (
        select(certificate.c.id)
        .join(participation, certificate.c.participation == participation.c.id)
        .where(participation.c.person == person)
    )
    return [("certificate", row) for row in r.connection.execute(query).scalars()]


def count_rows(r: Reader, record: str, sites: Sequence[str]) -> int:
    """How many live rows of a type these sites own."""
    table = RECORD_TABLES[record]
    query = select(func.count()).where(table.c.owner_site.in_(list(sites)), table.c.deleted.is_(False))
    return int(r.connection.execute(query).scalar_one())


def lost_links(w: Writer) -> Sequence[str]:
    """Rows written in this transaction whose references lead nowhere, as `record row`.

    Nothing that others name must have been taken away in it: then only `foreign_keys_broken` finds everything.
    """
    return [
        f"{record} {row}"
        for record, rows in w.changes.rows.items()
        if RECORDS[record].references
        for chunk in batches(rows, _MANY)
        for (row,) in rows_of(w.connection, _lost(record), chunk)
    ]


@cache
def _lost(record: str) -> Select[Any]:
    """Those of the rows of which a reference leads nowhere."""
    table = RECORD_TABLES[record]
    lost = []
    for spec_field in RECORDS[record].references:
        target = RECORD_TABLES[spec_field.type.record].alias()  # type: ignore[attr-defined]
        column = table.c[spec_field.name]
        lost.append(and_(column.is_not(None), ~select(target.c.id).where(target.c.id == column).exists()))
    return select(table.c.id).where(one_of(table.c.id), or_(*lost))


def foreign_keys_broken(r: Reader) -> Sequence[str]:
    """Rows whose references lead nowhere, as `table row`."""
    return [f"{table} {row}" for table, row in broken_links(r.connection)]


def ahead_of_their_bundle(r: Reader, row: str) -> set[bytes]:
    """Ids of the writes of a row whose moment is more than a day after the bundle was made in which they came."""
    query = select(OP.c.id, OP.c.body, BUNDLE_IN.c.made).join(BUNDLE_IN, OP.c.origin == BUNDLE_IN.c.id)
    found = r.connection.execute(query.where(OP.c.row == row, OP.c.body.is_not(None)))
    return {bytes(known) for known, body, made in found if read_line(body).wall > clock.day_after(made or "")}


def ops_by_id(r: Reader, ids: Iterable[str]) -> dict[str, Op]:
    """Writes by their id (hex)."""
    found: dict[str, Op] = {}
    for chunk in batches(ids, _CHUNK):
        query = select(OP.c.id, OP.c.body).where(OP.c.id.in_([bytes.fromhex(i) for i in chunk]))
        for known, body in r.connection.execute(query):
            if body is not None:
                found[bytes(known).hex()] = read_line(body, bytes(known))
    return found


def title_fields(spec: RecordSpec) -> tuple[str, ...]:
    """The fields that name a row to a person, in order of preference."""
    return tuple(name for stem in spec.title for name in spec.by_name if name == stem or name.startswith(f"{stem}_"))
