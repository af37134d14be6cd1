"""After an update of the program: shows what newer ones had written before. Moves no file, never touches the log."""

from __future__ import annotations

from sqlalchemy import Connection, func, or_, select

from app.models.oplog import SCHEMA, fold
from app.models.tables import ERASED, EVICTED, OP, PARKED, STUB
from app.models.writer import Writer
from app.specs.records import RECORDS


def mark(connection: Connection) -> tuple[int, bytes]:
    """How many writes the log holds and the name of all of them together; no update of the program may change it."""
    count = connection.execute(select(func.count()).select_from(OP)).scalar_one()
    last = connection.execute(select(OP.c.digest).order_by(OP.c.arr.desc()).limit(1)).scalar()
    return count, bytes(last or b"")


def show_unknown(w: Writer, upto: int | None = None) -> int:
    """Show again every row with a write of a schema after the one this store was last written with; gives how many.

    Its fields and record types lay in the log unseen. `upto`: the schema this program knows (None: its own). The
    records come in the order of the registry, so that a row follows what it names.
    """
    known = SCHEMA if upto is None else upto
    before = int(w.meta("log", {}).get("schema") or 0)
    news = [OP.c.body.like(f"[{schema},%") for schema in range(before + 1, known + 1)]
    parked = select(PARKED.c.row).where(PARKED.c.reason == "newer_program")
    query = select(OP.c.record, OP.c.row).where(or_(OP.c.row.in_(parked), *news)).distinct()
    found = [(record, row) for record, row in w.connection.execute(query) if record in RECORDS]
    away = {row for table in (EVICTED, ERASED, STUB) for row in w.connection.execute(select(table.c.row)).scalars()}
    order = {name: number for number, name in enumerate(RECORDS)}
    shown = 0
    for record, row in sorted(found, key=lambda item: (order[item[0]], item[1])):
        ops = w.ops_of(row)
        if ops and row not in away:
            w._show(RECORDS[record], row, fold(RECORDS[record], ops))
            shown += 1
    w._retry_parked()
    return shown
