"""Looks the whole store over: file, foreign keys, log, tables, conflicts, attachments; repairs only what is derived."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, insert, select

from app.models.oplog import Op, fold, op_id, read_line
from app.models.store import Store
from app.models.tables import AUDIT, BLOB, CONFLICT, ERASED, EVICTED, OP, PARKED, RECORD_TABLES, STUB
from app.models.writer import Reader, Writer, conflict_id, shown_values
from app.specs.fields import RecordSpec
from app.specs.records import RECORDS


@dataclass
class Findings:
    """What a check found: each finding is a code and where it is. `writes` and `rows` say how much was looked at.

    `repaired`: rows made anew from the log; `left`: what is wrong still after that.
    """

    bad: list[tuple[str, str]] = field(default_factory=list)
    writes: int = 0
    rows: int = 0
    repaired: int = 0
    left: list[tuple[str, str]] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing was wrong."""
        return not self.bad


def check(store: Store, *, repair: bool = False) -> Findings:
    """Check the file page by page, then fold every write from scratch and compare with the tables.

    With `repair`, tables and conflict list are made anew from the log; the log itself is never touched.
    """
    findings = Findings(store.file_findings())
    findings.left = findings.bad
    if any(code in _UNREADABLE for code, _ in findings.bad):
        return findings  # nothing that is read from a damaged file proves anything
    with store.read() as reader:
        states = _check_log(reader, findings)
        _check_tables(reader, states, findings)
        _check_blobs(reader, findings)
        _check_audit(reader, findings)
        if since := reader.meta("log_lost"):
            findings.bad.append(("log_lost", since))
    if repair and any(code in _DERIVED for code, _ in findings.bad):
        findings.repaired = store.write(_rebuild).value
        findings.left = check(store).bad
    return findings


_UNREADABLE = ("page_damaged", "file_inconsistent")
_DERIVED = ("table_differs", "row_missing", "row_without_writes", "conflicts_differ", "log_lost")


def _check_log(reader: Reader, findings: Findings) -> dict[tuple[str, str], list[Op]]:
    """Every write has the id of its line and the digest chain holds; gives the writes by row."""
    rows: dict[tuple[str, str], list[Op]] = {}
    digest = b""
    previous = 0
    query = select(OP.c.arr, OP.c.id, OP.c.record, OP.c.row, OP.c.body, OP.c.digest).order_by(OP.c.arr)
    for arr, known, record, row, body, stored in reader.connection.execute(query):
        findings.writes += 1
        digest = hashlib.blake2b(digest + bytes(known), digest_size=16).digest()
        if bytes(stored) != digest:
            findings.bad.append(("chain_broken", str(arr)))
            digest = bytes(stored)
        if arr <= previous:
            findings.bad.append(("order_broken", str(arr)))
        previous = arr
        if body is None:
            continue
        if op_id(body) != bytes(known):
            findings.bad.append(("write_altered", str(arr)))
            continue
        rows.setdefault((record, row), []).append(read_line(body, bytes(known)))
    if findings.writes and reader.meta("log", {}).get("schema") is None:
        findings.bad.append(("counters_missing", "log"))
    return rows


def _expected(spec: RecordSpec, ops: list[Op]) -> tuple[dict[str, Any], dict[str, list[str]]]:
    state = fold(spec, ops)
    return shown_values(spec, ops[0].row, state), {
        key: [op.id.hex() for op in live] for key, live in state.contested.items()
    }


def _check_tables(reader: Reader, rows: dict[tuple[str, str], list[Op]], findings: Findings) -> None:
    connection = reader.connection
    away = {row for table in (EVICTED, ERASED, STUB) for row in connection.execute(select(table.c.row)).scalars()}
    parked = set(connection.execute(select(PARKED.c.row)).scalars())
    contested: dict[str, list[str]] = {}
    expected: dict[str, dict[str, dict[str, Any]]] = {}
    for (record, row), ops in rows.items():
        spec = RECORDS.get(record)
        if spec is None or row in away:
            continue
        shown, fields = _expected(spec, ops)
        if row not in parked:
            expected.setdefault(record, {})[row] = shown
        contested.update({conflict_id(record, row, key): ids for key, ids in fields.items()})
    for record, table in RECORD_TABLES.items():
        wanted = expected.get(record, {})
        for found in connection.execute(select(table)).mappings():
            findings.rows += 1
            should = wanted.pop(found["id"], None)
            if should is None:
                if found["id"] not in away | parked:
                    findings.bad.append(("row_without_writes", f"{record} {found['id']}"))
            elif dict(found) != should:
                findings.bad.append(("table_differs", f"{record} {found['id']}"))
        findings.bad += [("row_missing", f"{record} {row}") for row in wanted]
    listed = dict(connection.execute(select(CONFLICT.c.id, CONFLICT.c.ops)).all())
    if {i: sorted(ops) for i, ops in listed.items()} != {i: sorted(ops) for i, ops in contested.items()}:
        findings.bad.append(("conflicts_differ", str(len(contested))))


def _check_blobs(reader: Reader, findings: Findings) -> None:
    for name in reader.connection.execute(select(BLOB.c.sha256)).scalars().all():
        content = reader.connection.execute(select(BLOB.c.content).where(BLOB.c.sha256 == name)).scalar_one()
        if hashlib.sha256(content).hexdigest() != name:
            findings.bad.append(("attachment_damaged", name[:12]))


def _check_audit(reader: Reader, findings: Findings) -> None:
    digest = b""
    for entry in reader.connection.execute(select(AUDIT).order_by(AUDIT.c.no)).mappings():
        digest = audit_digest(digest, entry)
        if bytes(entry["digest"]) != digest:
            findings.bad.append(("audit_broken", str(entry["no"])))
            digest = bytes(entry["digest"])


def audit_digest(previous: bytes, entry: Any) -> bytes:
    """The chain value of an audit entry."""
    told = "\x1f".join(str(entry[name]) for name in ("moment", "user", "action", "object", "names"))
    return hashlib.sha256(previous + told.encode()).digest()


def _rebuild(writer: Writer) -> int:
    """Make everything that is derived anew from the log."""
    connection = writer.connection
    away = {row for table in (EVICTED, ERASED, STUB) for row in connection.execute(select(table.c.row)).scalars()}
    connection.execute(delete(CONFLICT))
    for table in RECORD_TABLES.values():
        connection.execute(
            delete(table).where(table.c.id.not_in(select(ERASED.c.row)), table.c.id.not_in(select(STUB.c.row)))
        )
    writer._known.clear()
    done = 0
    for record, spec in RECORDS.items():
        for row, ops in _by_row(writer, record):
            if row not in away:
                writer._show(spec, row, fold(spec, ops))
                done += 1
    writer._retry_parked()
    writer.set_meta("log_lost", None)
    return done


def _by_row(reader: Reader, record: str) -> Iterator[tuple[str, list[Op]]]:
    rows: dict[str, list[Op]] = {}
    query = select(OP.c.id, OP.c.row, OP.c.body).where(OP.c.record == record, OP.c.body.is_not(None)).order_by(OP.c.arr)
    for known, row, body in reader.connection.execute(query):
        rows.setdefault(row, []).append(read_line(body, bytes(known)))
    yield from rows.items()


def record_audit(writer: Writer, action: str, subject: str = "", names: list[str] | None = None) -> None:
    """Add a link to the audit chain: who did what to which object, with field names and never values."""
    last = writer.connection.execute(select(AUDIT.c.digest).order_by(AUDIT.c.no.desc()).limit(1)).scalar()
    entry: dict[str, Any] = {
        "moment": writer._stamp(),
        "user": writer.identity.user,
        "action": action,
        "object": subject,
        "names": names or [],
    }
    entry["digest"] = audit_digest(bytes(last) if last else b"", entry)
    writer.connection.execute(insert(AUDIT), entry)
