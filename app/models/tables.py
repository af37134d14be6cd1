"""The tables: one for every record type, made from its spec, and those that only this store uses; holds no query."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.specs import types as field_types
from app.specs.fields import FieldSpec, RecordSpec
from app.specs.records import RECORDS


class Json(TypeDecorator[Any]):
    """A list or an object kept as canonical JSON text, on every database alike."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


METADATA = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "fk": "fk_%(table_name)s_%(column_0_name)s"}
)

_STORAGE: dict[str, type[TypeEngine[Any]]] = {"text": Text, "integer": Integer, "real": Float, "set": Json}


def _column(field: FieldSpec) -> Column[Any]:
    if isinstance(field.type, field_types.Reference):
        # Rows of one bundle may name each other in any order: foreign keys are looked at when the transaction ends.
        target = ForeignKey(f"{field.type.record}.id", deferrable=True, initially="DEFERRED")
        return Column(field.name, Text, target, index=True)
    if isinstance(field.type, field_types.Boolean):
        return Column(field.name, Boolean)
    return Column(field.name, _STORAGE[field.type.storage])


def _table(spec: RecordSpec) -> Table:
    columns: list[Any] = [
        Column("id", Text, primary_key=True),
        Column("owner_site", Text, index=True),
        Column("deleted", Boolean, nullable=False, default=False),
        *(_column(field) for field in spec.fields),
    ]
    if spec.details:
        columns.append(Column("details", Json, nullable=False, default=dict))
    return Table(spec.name, METADATA, *columns)


RECORD_TABLES: dict[str, Table] = {name: _table(spec) for name, spec in RECORDS.items()}
for _record, _name in (("activity", "start"), ("activity", "kind"), ("person", "surname"), ("session", "date")):
    Index(f"ix_{_record}_{_name}", RECORD_TABLES[_record].c[_name])

OP = Table(
    "op",
    METADATA,
    Column("arr", Integer, primary_key=True, autoincrement=True),
    Column("id", LargeBinary, nullable=False, unique=True),
    Column("record", Text, nullable=False),
    Column("row", Text, nullable=False, index=True),
    Column("body", Text),
    Column("digest", LargeBinary, nullable=False),
    Column("origin", Text),
    sqlite_autoincrement=True,
)
"""Every write this store knows, in order of arrival. `body` is the canonical line, NULL once erased; `digest` chains
the ids, so that any prefix of the log has a checkable name; `origin` is the bundle it came in, NULL for our own."""

CONFLICT = Table(
    "conflict",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("record", Text, nullable=False),
    Column("row", Text, nullable=False, index=True),
    Column("field", Text, nullable=False),
    Column("ops", Json, nullable=False),
    Column("opened", Text, nullable=False),
)
"""Fields with several live values, derived from the log: id is computed from record, row and field."""

PARKED = Table(
    "parked",
    METADATA,
    Column("row", Text, primary_key=True),
    Column("record", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("missing", Text),
)
"""Rows whose writes are known but cannot be shown yet (their parent is missing, or their type is newer than we are)."""

QUARANTINE = Table(
    "quarantine",
    METADATA,
    Column("id", LargeBinary, primary_key=True),
    Column("body", Text, nullable=False),
    Column("origin", Text),
    Column("sender", Text),
    Column("reason", Text, nullable=False),
    Column("received", Text, nullable=False),
)
"""Writes that a sender had no right to make; kept, never applied by themselves."""

ERASED = Table(
    "erased",
    METADATA,
    Column("row", Text, primary_key=True),
    Column("record", Text, nullable=False),
    Column("moment", Text, nullable=False),
)
"""Rows whose personal data the office has had erased; a late bundle cannot bring it back."""

EVICTED = Table("evicted", METADATA, Column("row", Text, primary_key=True), Column("record", Text, nullable=False))
"""Rows that have left this laptop's scope."""

PEER = Table(
    "peer",
    METADATA,
    Column("store_id", Text, primary_key=True),
    Column("device", Text, index=True),
    Column("role", Text, nullable=False, default="laptop"),
    Column("live", Boolean, nullable=False, default=True),
    Column("ended_at", Integer),
    Column("acked_arr", Integer, nullable=False, default=0),
    Column("acked_no", Integer, nullable=False, default=0),
    Column("held_in", Text),
    Column("seen_arr", Integer, nullable=False, default=0),
    Column("seen_digest", LargeBinary),
    Column("seen_no", Integer, nullable=False, default=0),
    Column("seen_bundle", Text),
    Column("last_no", Integer, nullable=False, default=0),
    Column("last_bundle", Text),
    Column("membership_no", Integer, nullable=False, default=0),
    Column("wants_all", Boolean, nullable=False, default=False),
    Column("announced", Json),
    Column("wanted", Json),
    Column("seed_version", Integer, nullable=False, default=0),
    Column("state_differs", Boolean, nullable=False, default=False),
    Column("last_received", Text),
    Column("last_sent", Text),
)
"""Every store we exchange with, by its id. `acked_*`: how far it confirmed our log; `held_in`: the confirmed bundle of
ours whose scope it holds; `seen_*`: how far we have its log in sequence; `live` is false once
another store goes on in its place; `ended_at`: our last number when an office store was so replaced."""

SAID = Table(
    "said",
    METADATA,
    Column("store_id", Text, primary_key=True),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("rows", LargeBinary, nullable=False),
)
"""Rows that a store has sent (packed ids), piece by piece as they came."""

HEARD = Table(
    "heard",
    METADATA,
    Column("store_id", Text, primary_key=True),
    Column("arr", Integer, nullable=False),
    Column("digest", LargeBinary),
    Column("no", Integer, nullable=False),
    Column("bundle", Text),
)
"""The furthest anybody's log was ever seen; never reset, not even when this store takes a new id."""

CHECKPOINT = Table(
    "checkpoint",
    METADATA,
    Column("store_id", Text, primary_key=True),
    Column("arr", Integer, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
)

BUNDLE_OUT = Table(
    "bundle_out",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("store_id", Text, nullable=False),
    Column("no", Integer, nullable=False),
    Column("peer", Text),
    Column("device", Text, index=True),
    Column("from_arr", Integer, nullable=False),
    Column("to_arr", Integer, nullable=False),
    Column("writes", Integer, nullable=False, default=0),
    Column("size", Integer),
    Column("made", Text, nullable=False),
    Column("file", Text),
    Column("receipt", Json),
)
"""Every bundle made here."""

SENT_SCOPE = Table(
    "sent_scope",
    METADATA,
    Column("bundle", Text, primary_key=True),
    Column("rows", LargeBinary, nullable=False),
    Column("evicted", LargeBinary),
)
"""What a laptop holds once it has a bundle of ours, and what has left it by then (packed ids): kept until a later one
is acknowledged."""

BUNDLE_IN = Table(
    "bundle_in",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("sender", Text, nullable=False),
    Column("device", Text),
    Column("no", Integer, nullable=False),
    Column("made", Text),
    Column("received", Text, nullable=False),
    Column("from_arr", Integer),
    Column("to_arr", Integer),
    Column("digest", LargeBinary),
    Column("result", Json),
    Column("undone", Text),
)

STUB = Table(
    "stub",
    METADATA,
    Column("row", Text, primary_key=True),
    Column("record", Text, nullable=False),
)
"""Rows of which this laptop has only what its own rows need to name: read-only, no writes of them are known here."""

ROSTER = Table(
    "roster",
    METADATA,
    Column("device", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("sites", Json, nullable=False),
    Column("signing_key", LargeBinary, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("stores", Json, nullable=False),
    Column("past_sites", Json, nullable=False),
    Column("last_accepted", Json),
    Column("issued", Text),
    Column("revoked", Text),
)

BLOB = Table(
    "blob",
    METADATA,
    Column("sha256", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("media_type", Text),
    Column("content", LargeBinary, nullable=False),
)

META = Table("meta", METADATA, Column("key", Text, primary_key=True), Column("value", Json))
"""What this store knows about itself: store_id, parents, lamport, seq, export_no, role, device keys, practice …"""

DRAFT = Table("draft", METADATA, Column("key", Text, primary_key=True), Column("value", Json), Column("saved", Text))
"""Unfinished typing, so that locking or a power cut loses nothing."""

AUDIT = Table(
    "audit",
    METADATA,
    Column("no", Integer, primary_key=True, autoincrement=True),
    Column("moment", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("object", Text),
    Column("names", Json),
    Column("digest", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)
