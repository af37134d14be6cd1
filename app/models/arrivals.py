"""Taking in writes of others: logs them verbatim and shows what they add up to; decides nothing about whom to trust.

Order, repetition and grouping of what comes do not matter: the state of a row is a function of the set of its writes.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from app.basics import clock
from app.errors import UserError
from app.models.listed import one_of, rows_of
from app.models.oplog import Op, RowState, fold, line_id, read_line, row_of
from app.models.tables import CONFLICT, ERASED, OP, PARKED, QUARANTINE, RECORD_TABLES, STUB
from app.models.writer import Writer, batches, shown_values, storable
from app.specs.fields import RecordSpec
from app.specs.records import RECORDS
from app.specs.types import Boolean, FieldType, Reference, References, are_ids, is_id

_PIECE = 2_000
_MANY = 5_000
_NAMED = {
    f.type.record for spec in RECORDS.values() for f in spec.fields if isinstance(f.type, (Reference, References))
}
LAMPORT_LEAP = 2**40
"""No honest store is further ahead than this; one write of a rogue could otherwise use up the counter for everybody."""


@dataclass(frozen=True)
class Verdict:
    """Why a write is not taken: kept apart for a person to see, or passed over in silence (`kept` false)."""

    reason: str
    kept: bool = True


Judge = Callable[[Writer, Sequence[Op]], Mapping[bytes, Verdict]]


@dataclass
class Absorbed:
    """What receiving writes did: counts of writes, and of rows by record type. `opened`: ids of new conflicts.

    `brought`: record type → the rows of which there was a write, known or not, taken or not (ids of 16 bytes, with
    repetitions).
    """

    new: int = 0
    repeated: int = 0
    refused: int = 0
    passed_over: int = 0
    created: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    deleted: dict[str, int] = field(default_factory=dict)
    opened: list[str] = field(default_factory=list)
    parked: int = 0
    doubtful_clock: int = 0
    brought: dict[str, bytearray] = field(default_factory=dict)


def absorb(
    w: Writer,
    lines: Iterable[bytes],
    origin: str,
    *,
    sender: str = "",
    judge: Judge | None = None,
    expected: int = 0,
) -> Absorbed:
    """Take in canonical lines under the bundle `origin`. Raises UserError(write_unreadable) for what is no write.

    `expected`: about how many there are (it decides how they are looked up, and nothing else).

    `judge` sees every write that is new here and names those not to be taken. A row whose parent is unknown is parked
    and shown once it comes; a record type this program does not know stays in the log for a newer one.
    """
    told = Absorbed()
    before = set(w.connection.execute(select(CONFLICT.c.id)).scalars().all())
    known = _Known(w, expected)
    # In pieces: a country's first bundle would otherwise stand in memory whole, several times over.
    with _no_search_for_cycles():
        for number, piece in enumerate(batches(lines, _PIECE)):
            _absorb_piece(w, piece, origin, sender, judge, known, told)
            w.step((number + 1) * _PIECE, 0)
            gc.collect(0)  # what the database's tool leaves behind of a statement does hold cycles
    told.opened = sorted(set(w.connection.execute(select(CONFLICT.c.id)).scalars().all()) - before)
    told.parked = w.connection.execute(select(func.count()).select_from(PARKED)).scalar_one()
    return told


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Writes hold no cycles, and to look for some in everything read so far, again and again, takes a third as long as
    taking it in."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Known:
    """Which writes and rows are here: asked piece by piece or, where much comes to little, read whole at the start.

    `empty`: writes whose payload was dropped when their row left; `aside`: those kept apart; `present`: record type →
    rows that are in its table for certain, where others may name them.
    """

    def __init__(self, w: Writer, expected: int) -> None:
        self.aside = set(map(bytes, w.connection.execute(select(QUARANTINE.c.id)).scalars().all()))
        self.empty: set[bytes] = set()
        if w.meta("emptied", False):
            self.empty.update(
                map(bytes, w.connection.execute(select(OP.c.id).where(OP.c.body.is_(None))).scalars().all())
            )
        self.present: dict[str, set[str]] = {}
        self._whole = expected * 4 > w.arr
        self._ids: set[bytes] = set()
        self._rows: set[str] | None = None
        if self._whole:
            for piece in w.connection.execute(select(OP.c.id)).scalars().partitions(_MANY):
                self._ids.update(map(bytes, piece))

    def among(self, w: Writer, ids: Iterable[bytes]) -> set[bytes]:
        """Those of the ids that are in the log."""
        return self._ids.intersection(ids) if self._whole else w.known_ops(ids)

    def rows_among(self, w: Writer, record: str, rows: Collection[str]) -> set[str]:
        """Those of the rows that have writes here already."""
        if not self._whole:
            return w.rows_with_writes(rows)
        if self._rows is None:
            self._rows = set()
            for piece in w.connection.execute(select(OP.c.row)).scalars().partitions(_MANY):
                self._rows.update(piece)
        wanted = set(rows)
        return self._rows & wanted | w.changes.rows.get(record, set()) & wanted

    def add(self, ops: Iterable[Op]) -> None:
        """These are in the log now."""
        if self._whole:
            self._ids.update(op.id for op in ops)

    def note_present(self, record: str, rows: Iterable[str]) -> None:
        """These are in their table now."""
        if record in _NAMED:
            self.present.setdefault(record, set()).update(rows)

    def absent(self, w: Writer, record: str, rows: set[str]) -> set[str]:
        """Those of the rows that are not in the table of their type."""
        present = self.present.setdefault(record, set())
        unsure = rows - present
        if unsure:
            present |= w._existing(record, unsure)
            unsure -= present
        return unsure


_OPS_OF_ROWS = select(OP.c.row, OP.c.id, OP.c.body).where(one_of(OP.c.row), OP.c.body.is_not(None)).order_by(OP.c.arr)


def _absorb_piece(
    w: Writer, lines: Sequence[bytes], origin: str, sender: str, judge: Judge | None, known: _Known, told: Absorbed
) -> None:
    fresh, hollow = _sort_out(w, lines, known, told)
    _judge(w, fresh, hollow, origin, sender, judge, told)
    taken = [*fresh.values(), *hollow.values()]
    erased = set(w.connection.execute(select(ERASED.c.row)).scalars().all())
    erasures = [op for op in taken if "erased" in op.fields]
    erased |= {op.row for op in erasures}
    rows: dict[str, dict[str, list[Op]]] = {}
    for op in taken:
        w.lamport = max(w.lamport, op.lamport)
        told.doubtful_clock += op.doubt
        if op.row not in erased or "erased" in op.fields:
            rows.setdefault(op.record, {}).setdefault(op.row, []).append(op)
    old = {record: known.rows_among(w, record, some) for record, some in rows.items()}
    w._append(list(fresh.values()), origin)
    known.add(fresh.values())
    for found, op in hollow.items():
        w.connection.execute(update(OP).where(OP.c.id == found).values(body=op.line))
        known.empty.discard(found)
    told.new += len(taken)
    if erased:
        _blank(w, taken, erased, erasures)
    for record in sorted(rows, key=lambda name: (_ORDER.get(name, len(_ORDER)), name)):
        _show_received(w, record, rows[record], old[record], known, told)
    if taken:
        w._retry_parked()


_ORDER = {name: number for number, name in enumerate(RECORDS)}


def _sort_out(
    w: Writer, lines: Sequence[bytes], known: _Known, told: Absorbed
) -> tuple[dict[bytes, Op], dict[bytes, Op]]:
    """(writes never seen, writes whose payload had been dropped when their row left and that come back)."""
    by_id = {line_id(line): line for line in lines}
    told.repeated += len(lines) - len(by_id)
    here = known.among(w, by_id)
    fresh: dict[bytes, Op] = {}
    hollow: dict[bytes, Op] = {}
    brought: dict[str, set[str]] = {}
    for found, line in by_id.items():
        if found not in known.empty and (found in here or found in known.aside):
            told.repeated += 1
            record, row = row_of(line)
        else:
            op = read_line(_text(line), found)
            (hollow if found in known.empty else fresh)[found] = op
            record, row = op.record, op.row
        if record in brought:
            brought[record].add(row)
        else:
            brought[record] = {row}
    for record, rows in brought.items():
        if not are_ids(rows):
            rows = {row for row in rows if is_id(row)}
        told.brought.setdefault(record, bytearray()).extend(bytes.fromhex("".join(rows).replace("-", "")))
    return fresh, hollow


def _text(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError as error:
        raise UserError("write_unreadable") from error


def _judge(
    w: Writer,
    fresh: dict[bytes, Op],
    hollow: dict[bytes, Op],
    origin: str,
    sender: str,
    judge: Judge | None,
    told: Absorbed,
) -> None:
    """Take out of `fresh` and `hollow` what is malformed and what the judge refuses; keep it apart where it should."""
    both = [*fresh.values(), *hollow.values()]
    refused = {
        op.id: Verdict("malformed")
        for op in both
        if not is_id(op.row) or op.lamport > w.lamport + LAMPORT_LEAP or len(op.line) > 1_000_000
    }
    # Late writes of an erased row are never kept apart, where their words would outlive the erasure.
    erased = set(w.connection.execute(select(ERASED.c.row)).scalars().all())
    open_cases = [op for op in both if op.id not in refused and (op.row not in erased or "erased" in op.fields)]
    if judge is not None and open_cases:
        refused.update(judge(w, open_cases))
    stamp = clock.stamp()
    for known, verdict in refused.items():
        op = fresh.pop(known, None) or hollow.pop(known, None)
        if op is None:
            continue
        if not verdict.kept:
            told.passed_over += 1
            continue
        told.refused += 1
        entry = {"id": known, "body": op.line, "origin": origin, "sender": sender}
        w.connection.execute(insert(QUARANTINE), {**entry, "reason": verdict.reason, "received": stamp})


def _blank(w: Writer, taken: Sequence[Op], erased: set[str], erasures: Sequence[Op]) -> None:
    """Drop the payload of every write of an erased row but of the erasure itself, and remember the row for ever."""
    known = set(w.connection.execute(select(ERASED.c.row)).scalars().all())
    for op in erasures:
        if op.row not in known:
            known.add(op.row)
            w.connection.execute(insert(ERASED), {"row": op.row, "record": op.record, "moment": clock.stamp()})
    for row in sorted({op.row for op in taken} & erased):
        blank_row(w, row)


def blank_row(w: Writer, row: str) -> None:
    """Empty the payload of all writes of a row except erasures, here and among those kept apart."""
    w.connection.execute(
        update(OP)
        .where(OP.c.row == row, OP.c.body.is_not(None), OP.c.body.not_like('%"erased":true%'))
        .values(body=None)
    )
    w.connection.execute(delete(QUARANTINE).where(QUARANTINE.c.body.like(f"%{row}%")))
    note_emptied(w)


def note_emptied(w: Writer) -> None:
    """From now on there may be writes here whose payload is gone; a receipt must look for them."""
    if not w.meta("emptied", False):
        w.set_meta("emptied", True)


def forget(w: Writer, record: str, row: str) -> None:
    """Erase a row here: every payload but that of the erasure goes, and the row is remembered for ever."""
    if w.connection.execute(select(ERASED.c.row).where(ERASED.c.row == row)).first() is None:
        w.connection.execute(insert(ERASED), {"row": row, "record": record, "moment": clock.stamp()})
    blank_row(w, row)


@dataclass(frozen=True, eq=False)
class _Shape:
    """What the fields of a write that creates a whole row become: for each column kept the place of its value in the
    write and its type (None: the owner). Only writes without sets, details and deletion have one."""

    record: str
    columns: tuple[str, ...]
    values: tuple[tuple[int, FieldType | None], ...]
    references: tuple[tuple[int, str, bool], ...]

    def row(self, op: Op) -> tuple[Any, ...]:
        """The row in the order of `columns`; a value of a foreign shape stays in the log and is shown as empty."""
        given = list(op.fields.values())
        ready: list[Any] = [op.row, False]
        for at, kind in self.values:
            value = given[at]
            if value is None:
                pass
            elif kind is None:
                value = value if isinstance(value, str) else None
            elif kind.problem(value) is not None:
                value = None
            elif isinstance(kind, Boolean):
                value = bool(value)
            ready.append(value)
        if "details" in self.columns:
            ready.append("{}")
        return tuple(ready)


@lru_cache(maxsize=1000)
def _shape(record: str, keys: tuple[str, ...]) -> _Shape | None:
    spec = RECORDS[record]
    if "deleted" in keys or any("/" in key or key.startswith("details.") for key in keys):
        return None
    kept = [(key, at) for at, key in enumerate(keys) if key == "owner_site" or key in spec.by_name]
    if any(key in spec.by_name and spec.by_name[key].type.storage == "set" for key, _ in kept):
        return None
    names = [key for key, _ in kept]
    if any(reference.required and reference.name not in names for reference in spec.references):
        return None
    return _Shape(
        record,
        ("id", "deleted", *names, *(["details"] if spec.details else [])),
        tuple((at, spec.by_name[key].type if key in spec.by_name else None) for key, at in kept),
        tuple(
            (names.index(f.name) + 2, f.type.record, f.required)  # type: ignore[attr-defined]
            for f in spec.references
            if f.name in names
        ),
    )


def _show_received(
    w: Writer, record: str, rows: Mapping[str, Sequence[Op]], old: set[str], known: _Known, told: Absorbed
) -> None:
    """Show what rows add up to: those that one write creates all at once, the others each by itself."""
    spec = RECORDS.get(record)
    if spec is None:
        for row in rows:
            w._park(record, row, "newer_program", None)
        return
    stubs = set(w.connection.execute(select(STUB.c.row).where(STUB.c.record == record)).scalars().all())
    counted = w.changes.rows.get(record, set())
    created: dict[_Shape, list[tuple[Any, ...]]] = {}
    judged: dict[str, RowState] = {}
    changed = [row for row in rows if row in old]
    writes = ops_of_rows(w, changed)
    there = w.rows_by_id(record, changed)
    for row, ops in rows.items():
        if row not in old and row not in stubs and len(ops) == 1:
            shape = _shape(record, tuple(ops[0].fields))
            if shape is not None:
                created.setdefault(shape, []).append(shape.row(ops[0]))
                continue
        state = fold(spec, writes[row] if row in old else ops)
        counter = told.changed if row in there else told.created
        if state.deleted:
            counter = told.deleted
        if row in stubs or row not in counted:
            counter[record] = counter.get(record, 0) + 1
        judged[row] = state
    for ready in created.values():
        told.created[record] = told.created.get(record, 0) + len(ready)
    _insert_created(w, created, judged, rows, known)
    marked = stubs | _marked(w)
    plain = {row for row, state in judged.items() if row not in old and row not in stubs and not state.contested}
    complete = _with_parents(w, spec, plain, judged, known)
    for start in range(0, len(complete), 5000):
        w._store_new(spec, complete[start : start + 5000])
    known.note_present(record, [row["id"] for row in complete])
    _update_shown(w, spec, judged, there, marked)
    for row, state in judged.items():
        w._show(spec, row, state, clean=row not in marked, shown=there.get(row))


def _update_shown(
    w: Writer, spec: RecordSpec, judged: dict[str, RowState], there: Mapping[str, Mapping[str, Any]], marked: set[str]
) -> None:
    """Bring rows that stand in their table up to date, all that change the same columns at once; taken out of
    `judged`. Left there is what is or comes into dispute, is marked, or names another row than before."""
    links = {f.name for f in spec.references}
    changes: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row, shown in there.items():
        state = judged.get(row)
        if state is None or state.contested or row in marked:
            continue
        values = shown_values(spec, row, state)
        columns = tuple(name for name, value in values.items() if value != shown[name])
        if links.isdisjoint(columns):
            changes.setdefault(columns, []).append(values)
            del judged[row]
    for columns, rows in changes.items():
        w._update_rows(spec.name, columns, rows)
        w._note(spec.name, [values["id"] for values in rows])


def _insert_created(
    w: Writer,
    created: Mapping[_Shape, Sequence[tuple[Any, ...]]],
    judged: dict[str, RowState],
    rows: Mapping[str, Sequence[Op]],
    known: _Known,
) -> None:
    """Insert the new rows whose references all exist; the others go the careful way, where they may be parked."""
    for shape, ready in created.items():
        own = {row[0] for row in ready}
        lost: set[str] = set()
        for at, target, required in shape.references:
            absent = known.absent(w, target, {row[at] for row in ready if row[at] is not None})
            if target == shape.record:
                absent -= own
            if absent or required:
                lost |= {row[0] for row in ready if row[at] in absent or (required and row[at] is None)}
        if lost:
            own_links = [at for at, target, _ in shape.references if target == shape.record]
            lost = _with_what_names(lost, [(row[0], row[at]) for at in own_links for row in ready])
            spec = RECORDS[shape.record]
            judged.update((row, fold(spec, rows[row])) for row in lost)
            ready = [row for row in ready if row[0] not in lost]
        w._insert_many(RECORD_TABLES[shape.record], shape.columns, ready)
        w._note(shape.record, own - lost)
        known.note_present(shape.record, own - lost)


def _with_what_names(lost: set[str], links: Sequence[tuple[str, str | None]]) -> set[str]:
    """Rows that cannot be stored yet, and those that name one of them. `links`: (row, the row that it names)."""
    named_by: dict[str, list[str]] = {}
    for row, named in links:
        if named is not None:
            named_by.setdefault(named, []).append(row)
    found, open_ends = set(lost), list(lost)
    while open_ends:
        for row in named_by.get(open_ends.pop(), ()):
            if row not in found:
                found.add(row)
                open_ends.append(row)
    return found


def _marked(w: Writer) -> set[str]:
    """Rows that are parked or in dispute: few, and only for them these tables need a look when they are shown."""
    return {row for table in (PARKED, CONFLICT) for row in w.connection.execute(select(table.c.row)).scalars()}


def ops_of_rows(w: Writer, rows: Sequence[str]) -> dict[str, list[Op]]:
    """Every known write of many rows, in order of arrival."""
    found: dict[str, list[Op]] = {row: [] for row in rows}
    for chunk in batches(rows, _PIECE):
        for row, known, body in rows_of(w.connection, _OPS_OF_ROWS, chunk):
            found[row].append(read_line(body, bytes(known)))
    return found


def _with_parents(
    w: Writer, spec: RecordSpec, plain: set[str], judged: dict[str, RowState], known: _Known
) -> list[dict[str, Any]]:
    """Of the new rows those whose references all exist, taken out of `judged` and ready to be stored."""
    ready = [{**storable(spec, judged[row].values), "id": row, "deleted": judged[row].deleted} for row in sorted(plain)]
    lost: set[str] = set()
    for spec_field in spec.references:
        target = spec_field.type.record  # type: ignore[attr-defined]
        named = {row[spec_field.name] for row in ready if row.get(spec_field.name)}
        absent = known.absent(w, target, named) - (plain if target == spec.name else set())
        lost |= {row["id"] for row in ready if row.get(spec_field.name) in absent}
        if spec_field.required:
            lost |= {row["id"] for row in ready if not row.get(spec_field.name)}
    own_links = [f.name for f in spec.references if f.type.record == spec.name]  # type: ignore[attr-defined]
    lost = _with_what_names(lost, [(row["id"], row.get(name)) for name in own_links for row in ready])
    complete = [row for row in ready if row["id"] not in lost]
    for row in complete:
        del judged[row["id"]]
    return complete


def drop_row(w: Writer, record: str, row: str) -> None:
    """Take a row out of its table (it has left this store's scope or never should have been here)."""
    w.connection.execute(delete(RECORD_TABLES[record]).where(RECORD_TABLES[record].c.id == row))
    w.connection.execute(delete(CONFLICT).where(CONFLICT.c.row == row))
    w.connection.execute(delete(PARKED).where(PARKED.c.row == row))
    w._known.discard((record, row))
    w._note(record, [row])
