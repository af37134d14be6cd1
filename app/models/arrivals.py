"""Taking in writes of others: logs them verbatim and shows what they add up to; decides nothing about whom to trust.

Order, repetition and grouping of what comes do not matter: the state of a row is a function of the set of its writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from app.basics import clock
from app.models.oplog import Op, RowState, fold, gather, op_id, read_line
from app.models.tables import CONFLICT, ERASED, OP, PARKED, QUARANTINE, RECORD_TABLES, STUB
from app.models.writer import Writer, batches, storable
from app.specs.fields import RecordSpec
from app.specs.records import RECORDS
from app.specs.types import is_id

_CHUNK = 400
_MANY = 10_000
_PIECE = 4_000
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
    """What receiving writes did: counts of writes, and of rows by record type. `opened`: ids of new conflicts."""

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


def absorb(
    w: Writer,
    lines: Iterable[str],
    origin: str,
    *,
    sender: str = "",
    judge: Judge | None = None,
) -> Absorbed:
    """Take in canonical lines under the bundle `origin`. Raises UserError(write_unreadable) for what is no write.

    `judge` sees every write that is new here and names those not to be taken. A row whose parent is unknown is parked
    and shown once it comes; a record type this program does not know stays in the log for a newer one.
    """
    told = Absorbed()
    before = set(w.connection.execute(select(CONFLICT.c.id)).scalars())
    known = _Known(w)
    # In pieces: a country's first bundle would otherwise stand in memory whole, several times over.
    for number, piece in enumerate(batches(lines, _PIECE)):
        _absorb_piece(w, piece, origin, sender, judge, known, told)
        w.step((number + 1) * _PIECE, 0)
    told.opened = sorted(set(w.connection.execute(select(CONFLICT.c.id)).scalars()) - before)
    told.parked = w.connection.execute(select(func.count()).select_from(PARKED)).scalar_one()
    return told


class _Known:
    """Which writes are here, asked piece by piece or, once it is worth it, kept whole.

    `empty`: payload dropped when their row left; `aside`: kept apart; `made`: rows this receipt has created.
    """

    def __init__(self, w: Writer) -> None:
        self.empty = set(map(bytes, w.connection.execute(select(OP.c.id).where(OP.c.body.is_(None))).scalars()))
        self.aside = set(map(bytes, w.connection.execute(select(QUARANTINE.c.id)).scalars()))
        self.made: set[str] = set()
        self._everything: set[bytes] | None = None
        self._asked = 0

    def among(self, w: Writer, ids: Sequence[bytes]) -> set[bytes]:
        """Those of the ids that are in the log."""
        self._asked += len(ids)
        if self._asked > _MANY and self._everything is None:
            self._everything = set(map(bytes, w.connection.execute(select(OP.c.id)).scalars()))
        if self._everything is not None:
            return self._everything.intersection(ids)
        return {found for chunk in batches(ids, _CHUNK) for found in w.known_ops(chunk)}

    def add(self, ids: Iterable[bytes]) -> None:
        """These are in the log now."""
        if self._everything is not None:
            self._everything.update(ids)


def _absorb_piece(
    w: Writer, lines: Sequence[str], origin: str, sender: str, judge: Judge | None, known: _Known, told: Absorbed
) -> None:
    fresh, hollow = _sort_out(w, lines, known, told)
    _judge(w, fresh, hollow, origin, sender, judge, told)
    taken = [*fresh.values(), *hollow.values()]
    erased = set(w.connection.execute(select(ERASED.c.row)).scalars())
    erasures = [op for op in taken if "erased" in op.fields]
    erased |= {op.row for op in erasures}
    rows: dict[str, dict[str, list[Op]]] = {}
    for op in taken:
        w.lamport = max(w.lamport, op.lamport)
        told.doubtful_clock += op.doubt
        if op.row not in erased or "erased" in op.fields:
            rows.setdefault(op.record, {}).setdefault(op.row, []).append(op)
    old = _known_rows(w, {row for some in rows.values() for row in some})
    w._append(list(fresh.values()), origin)
    known.add(fresh)
    for found, op in hollow.items():
        w.connection.execute(update(OP).where(OP.c.id == found).values(body=op.line))
        known.empty.discard(found)
    told.new += len(taken)
    if erased:
        _blank(w, taken, erased, erasures)
    for record in sorted(rows, key=lambda name: (_ORDER.get(name, len(_ORDER)), name)):
        _show_received(w, record, rows[record], old, known.made, told)
    w._retry_parked()


_ORDER = {name: number for number, name in enumerate(RECORDS)}


def _sort_out(
    w: Writer, lines: Sequence[str], known: _Known, told: Absorbed
) -> tuple[dict[bytes, Op], dict[bytes, Op]]:
    """(writes never seen, writes whose payload had been dropped when their row left and that come back)."""
    by_id = {op_id(line): line for line in lines}
    told.repeated += len(lines) - len(by_id)
    here = known.among(w, list(by_id))
    fresh: dict[bytes, Op] = {}
    hollow: dict[bytes, Op] = {}
    for found, line in by_id.items():
        if found in known.empty:
            hollow[found] = read_line(line, found)
        elif found in here or found in known.aside:
            told.repeated += 1
        else:
            fresh[found] = read_line(line, found)
    return fresh, hollow


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
    erased = set(w.connection.execute(select(ERASED.c.row)).scalars())
    open_cases = [op for op in both if op.id not in refused and (op.row not in erased or "erased" in op.fields)]
    if judge is not None:
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


def _known_rows(w: Writer, rows: set[str]) -> set[str]:
    """Those of the rows that have writes here already."""
    if len(rows) > _MANY:
        return rows & set(w.connection.execute(select(OP.c.row).distinct()).scalars())
    found: set[str] = set()
    for chunk in batches(rows, _CHUNK):
        found.update(w.connection.execute(select(OP.c.row).where(OP.c.row.in_(chunk)).distinct()).scalars())
    return found


def _blank(w: Writer, taken: Sequence[Op], erased: set[str], erasures: Sequence[Op]) -> None:
    """Drop the payload of every write of an erased row but of the erasure itself, and remember the row for ever."""
    known = set(w.connection.execute(select(ERASED.c.row)).scalars())
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


def _show_received(
    w: Writer, record: str, rows: Mapping[str, Sequence[Op]], old: set[str], made: set[str], told: Absorbed
) -> None:
    spec = RECORDS.get(record)
    if spec is None:
        for row in rows:
            w._park(record, row, "newer_program", None)
        return
    plain: list[dict[str, Any]] = []
    judged: dict[str, RowState] = {}
    known = ops_of_rows(w, [row for row in rows if row in old])
    there = w._existing(record, [row for row in rows if row in old])
    stubs = set(w.connection.execute(select(STUB.c.row).where(STUB.c.record == record)).scalars())
    for row, ops in rows.items():
        if row not in old and len(ops) == 1:
            state = _state_of_one(spec, ops[0])
        else:
            state = fold(spec, known[row] if row in old else ops)
        counter = told.changed if row in there else told.created
        if state.deleted:
            counter = told.deleted
        if row not in made:
            counter[record] = counter.get(record, 0) + 1
        if row not in there:
            made.add(row)
        if row in old or row in stubs or state.contested:
            judged[row] = state
        else:
            plain.append({**storable(spec, state.values), "id": row, "deleted": state.deleted})
    marked = stubs | _marked(w)
    complete = _with_parents(w, spec, plain, judged, rows)
    for start in range(0, len(complete), 5000):
        w._store_new(spec, complete[start : start + 5000])
    for row, state in judged.items():
        w._show(spec, row, state, clean=row not in marked)


def _marked(w: Writer) -> set[str]:
    """Rows that are parked or in dispute: few, and only for them these tables need a look when they are shown."""
    return {row for table in (PARKED, CONFLICT) for row in w.connection.execute(select(table.c.row)).scalars()}


def _state_of_one(spec: RecordSpec, op: Op) -> RowState:
    """What `fold` gives for a single write, without the work of comparing it with others."""
    if "deleted" in op.fields:
        return fold(spec, [op])
    return RowState(gather(spec, op.fields))


def ops_of_rows(w: Writer, rows: Sequence[str]) -> dict[str, list[Op]]:
    """Every known write of many rows, in order of arrival."""
    found: dict[str, list[Op]] = {row: [] for row in rows}
    query = select(OP.c.row, OP.c.id, OP.c.body).where(OP.c.body.is_not(None)).order_by(OP.c.arr)
    for chunk in batches(rows, _CHUNK):
        for row, known, body in w.connection.execute(query.where(OP.c.row.in_(chunk))):
            found[row].append(read_line(body, bytes(known)))
    return found


def _with_parents(
    w: Writer,
    spec: RecordSpec,
    plain: list[dict[str, Any]],
    judged: dict[str, RowState],
    rows: Mapping[str, Sequence[Op]],
) -> list[dict[str, Any]]:
    """The rows whose references all exist; the others go the careful way, one by one, where they may be parked."""
    own = {row["id"] for row in plain}
    doubtful: set[str] = set()
    for spec_field in spec.references:
        target = spec_field.type.record  # type: ignore[attr-defined]
        named = {row[spec_field.name] for row in plain if row.get(spec_field.name)}
        there = w._existing(target, named)
        if target == spec.name:
            there |= own
        doubtful |= {row["id"] for row in plain if row.get(spec_field.name) and row[spec_field.name] not in there}
        if spec_field.required:
            doubtful |= {row["id"] for row in plain if not row.get(spec_field.name)}
    for row in sorted(doubtful):
        judged[row] = fold(spec, rows[row])
    return [row for row in plain if row["id"] not in doubtful]


def drop_row(w: Writer, record: str, row: str) -> None:
    """Take a row out of its table (it has left this store's scope or never should have been here)."""
    w.connection.execute(delete(RECORD_TABLES[record]).where(RECORD_TABLES[record].c.id == row))
    w.connection.execute(delete(CONFLICT).where(CONFLICT.c.row == row))
    w.connection.execute(delete(PARKED).where(PARKED.c.row == row))
    w._known.discard((record, row))
    w._note(record, [row])
