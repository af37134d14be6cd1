"""Reader and Writer: the one door to the register. They live within a transaction that `store` began and will end."""

from __future__ import annotations

import builtins
import hashlib
import json
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table, Update, bindparam, delete, func, insert, select, update
from sqlalchemy.sql import Select

from app.basics import clock
from app.basics.ids import id_of, new_id
from app.errors import Invalid, Problem, UserError
from app.models import honesty, people_register, permits
from app.models.listed import one_of, rows_of
from app.models.oplog import (
    BUILD_DAY,
    SCHEMA,
    Op,
    RowState,
    fold,
    gather,
    op_id,
    read_line,
    spread,
    values_known,
    vouched,
    write_line,
)
from app.models.tables import CONFLICT, DRAFT, META, OP, PARKED, RECORD_TABLES, STUB, Json
from app.specs import choices, kinds
from app.specs.fields import FieldSpec, RecordSpec
from app.specs.records import RECORDS
from app.specs.types import Boolean, Choice, Choices, Reference

_CHUNK = 400
Step = Callable[[int, int], None]


# Statements of the hot path, built once: building them costs several times what running them does.
_BY_ID = {name: select(table).where(table.c.id == bindparam("row")) for name, table in RECORD_TABLES.items()}
_OWNER = {
    name: select(table.c.owner_site).where(table.c.id == bindparam("row")) for name, table in RECORD_TABLES.items()
}
_INSERT = {name: insert(table) for name, table in RECORD_TABLES.items()}
_OPS_OF = select(OP.c.id, OP.c.body).where(OP.c.row == bindparam("row"), OP.c.body.is_not(None)).order_by(OP.c.arr)
_LOG_COLUMNS = ("arr", "id", "record", "row", "body", "digest", "origin")
_NEVER_EMPTY = {"id", "deleted", "details"}
_PREPARED: dict[tuple[str, str, tuple[str, ...]], tuple[str, list[int]]] = {}


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


_PERSON = RECORD_TABLES["person"]
_SHOWN_PEOPLE = select(
    *(
        _PERSON.c[name]
        for name in (
            "id",
            "surname",
            "given",
            "patronymic",
            "suffix",
            "name_ru",
            "name_printed",
            "aliases",
            "sex",
            "birth_year",
            "organisation",
            "unit",
            "rank",
            "service",
            "owner_site",
            "merged_into",
        )
    )
).where(_PERSON.c.id.in_(bindparam("ids", expanding=True)), _PERSON.c.deleted.is_(False))
_ROWS_WITH_WRITES = select(OP.c.row).where(one_of(OP.c.row)).distinct()
_KNOWN = select(OP.c.id).where(one_of(OP.c.id))
_EXISTING = {name: select(table.c.id).where(one_of(table.c.id)) for name, table in RECORD_TABLES.items()}
_ROWS = {name: select(table).where(one_of(table.c.id)) for name, table in RECORD_TABLES.items()}


@lru_cache(maxsize=1000)
def _update(record: str, columns: tuple[str, ...]) -> Update:
    """The statement that changes just these columns: each one named costs its indexes a removal and an insertion."""
    table = RECORD_TABLES[record]
    return (
        update(table).where(table.c.id == bindparam("v_id")).values({name: bindparam(f"v_{name}") for name in columns})
    )


@lru_cache(maxsize=100)
def _one_value(record: str, name: str) -> Select[Any]:
    table = RECORD_TABLES[record]
    return select(table.c.id, table.c[name]).where(one_of(table.c.id))


@lru_cache(maxsize=1000)
def _rows_that(record: str, equal: tuple[str, ...], several: frozenset[str], empty: frozenset[str]) -> Select[Any]:
    """Rows in the bin or not (`v_`) whose columns equal `v_<name>`, are among them, or are empty; by id."""
    table = RECORD_TABLES[record]
    query = select(table).where(table.c.deleted == bindparam("v_")).order_by(table.c.id)
    for name in equal:
        column, value = table.c[name], f"v_{name}"
        if name in empty:
            query = query.where(column.is_(None))
        elif name in several:
            query = query.where(column.in_(bindparam(value, expanding=True)))
        else:
            query = query.where(column == bindparam(value))
    return query


_META_OF = select(META.c.value).where(META.c.key == bindparam("key"))
_EMPTY_ROW = {name: dict.fromkeys(column.name for column in table.columns) for name, table in RECORD_TABLES.items()}
_ALL_BUT_ID = {
    name: tuple(column.name for column in table.columns if column.name != "id") for name, table in RECORD_TABLES.items()
}


def _no_steps(done: int, total: int) -> None:
    """Nobody watches the progress."""


@dataclass(frozen=True)
class Identity:
    """Who writes: this store's id, the person at the keyboard, and what the two may (a level of `permits`)."""

    store_id: str
    user: str
    default_site: str | None = None
    sites: tuple[str, ...] = ()
    role: str = "office"
    level: str = permits.ADMINISTRATOR


@dataclass
class Changes:
    """What a transaction changed: record name → ids, and the positions of its writes in the log."""

    rows: dict[str, set[str]] = field(default_factory=dict)
    ops: array[int] = field(default_factory=lambda: array("q"))

    def touch(self, *records: str) -> bool:
        """Whether any of these record types changed."""
        return any(record in self.rows for record in records)


OFFICE_KEYS = permits.OFFICE_KEYS


def restricted_keys(record: str) -> set[str]:
    """The field keys that stay between the office and those who wrote them."""
    return _RESTRICTED.get(record, _NOTHING)


_NOTHING: set[str] = set()
_RESTRICTED = {
    name: restricted for name, spec in RECORDS.items() if (restricted := {f.name for f in spec.fields if f.restricted})
}


def conflict_id(record: str, row: str, key: str) -> str:
    """The id of a conflict, the same on every store."""
    return id_of("conflict", record, row, key)


class Reader:
    """Reads the register; gives plain dicts, never objects of the database."""

    def __init__(self, connection: Connection, identity: Identity, step: Step = _no_steps) -> None:
        self.connection = connection
        self.identity = identity
        self.step = step

    def get(self, record: str, row: str, *, deleted: bool = False) -> dict[str, Any] | None:
        """One row, or None if there is none (or it is in the bin, unless `deleted`)."""
        self._refuse_to_show(record)
        found = self.connection.execute(_BY_ID[record], {"row": row}).mappings().first()
        if found is None or (found["deleted"] and not deleted):
            return None
        return dict(found)

    def rows_by_id(self, record: str, ids: Collection[str]) -> dict[str, dict[str, Any]]:
        """Rows as they stand in their table, in the bin or not, by id."""
        return {row.id: dict(row._mapping) for row in rows_of(self.connection, _ROWS[record], ids)}

    def values_by_id(self, record: str, name: str, ids: Collection[str]) -> dict[str, Any]:
        """One field of rows as they stand in their table, by id: without reading all the others."""
        return dict(rows_of(self.connection, _one_value(record, name), ids))

    def list(self, record: str, *, deleted: bool = False, **equals: Any) -> builtins.list[dict[str, Any]]:
        """Live rows (or, with `deleted`, those in the bin) whose fields equal these values, by id."""
        self._refuse_to_show(record)
        wanted = {f"v_{name}": value for name, value in equals.items() if value is not None}
        several = frozenset(name for name in equals if isinstance(equals[name], (list, set, tuple)))
        empty = frozenset(name for name in equals if equals[name] is None)
        query = _rows_that(record, tuple(equals), several, empty)
        return [dict(row) for row in self.connection.execute(query, {**wanted, "v_": deleted}).mappings()]

    def _refuse_to_show(self, record: str) -> None:
        if self.identity.level == permits.HELPER and not permits.may_read(self.identity.level, record):
            raise UserError("role_may_not", record=record)

    def rows(self, query: Select[Any], given: Mapping[str, Any] | None = None) -> builtins.list[dict[str, Any]]:
        """The rows of a query as dicts; `given`: its parameters."""
        return [dict(row) for row in self.connection.execute(query, given or {}).mappings()]

    def count(self, record: str, **equals: Any) -> int:
        """How many live rows have these values."""
        table = RECORD_TABLES[record]
        query = select(func.count()).select_from(table).where(table.c.deleted.is_(False))
        for name, value in equals.items():
            query = query.where(table.c[name] == value)
        return int(self.connection.execute(query).scalar_one())

    def meta(self, key: str, default: Any = None) -> Any:
        """A fact this store knows about itself."""
        value = self.connection.execute(_META_OF, {"key": key}).scalar()
        return default if value is None else value

    def draft(self, key: str) -> Any:
        """Unfinished typing kept under `key`, or None."""
        return self.connection.execute(select(DRAFT.c.value).where(DRAFT.c.key == key)).scalar()

    def ops_of(self, row: str) -> Sequence[Op]:
        """Every known write of a row, in order of arrival."""
        return [read_line(body, known) for known, body in self.connection.execute(_OPS_OF, {"row": row})]

    def history(self, record: str, row: str) -> Sequence[dict[str, Any]]:
        """Who changed what, when and where: one dict a write with wall, user, store, doubt, fields (key → old, new)."""
        spec = RECORDS[record]
        told: list[Op] = []
        entries = []
        before: dict[str, Any] = {}
        for op in sorted(self.ops_of(row), key=lambda op: op.rank):
            told.append(op)
            state = fold(spec, told)
            after = {key: live[0].fields[key] for key, live in state.live.items()}
            changed = {key: (before.get(key), value) for key, value in op.fields.items()}
            before = after
            entries.append(
                {
                    "op": op.id.hex(),
                    "wall": op.wall,
                    "user": op.user,
                    "store": op.store,
                    "doubt": op.doubt,
                    "fields": changed,
                }
            )
        return entries

    def people_like(self, typed: str, limit: int = 5) -> Sequence[tuple[dict[str, Any], float]]:
        """Live persons in any spelling of what was typed, surest first, with a likeness 0…1 and what a list shows."""
        self._refuse_to_show("person")
        found = dict(people_register.find_like(self.connection, typed, limit))
        if not found:
            return []
        rows = [dict(row) for row in self.connection.execute(_SHOWN_PEOPLE, {"ids": list(found)}).mappings()]
        return sorted(((row, found[row["id"]]) for row in rows), key=lambda pair: -pair[1])

    def position(self) -> tuple[int, bytes]:
        """The end of the log: (arr, digest); (0, b"") when it is empty."""
        found = self.connection.execute(select(OP.c.arr, OP.c.digest).order_by(OP.c.arr.desc()).limit(1)).first()
        return (found[0], bytes(found[1])) if found else (0, b"")

    def choice_exists(self, list_name: str, code: str) -> bool:
        """Whether a code is in a shipped list, in the office's additions to it, or among the kinds."""
        if list_name == "activity_kind":
            return kinds.kind(code) is not None or self._made_here("activity_kind", code=code)
        return choices.exists(list_name, code) or self._made_here("choice", list=list_name, code=code)

    def _made_here(self, record: str, **equals: Any) -> bool:
        return self.count(record, **equals) > 0

    def kind(self, code: str) -> kinds.Kind | None:
        """A kind of activity, shipped or made by the office."""
        known = kinds.kind(code)
        if known is not None:
            return known
        made = self.list("activity_kind", code=code)
        return kinds.parse(made[0]["definition"], own=True) if made else None


class Writer(Reader):
    """Writes the register: every change goes through `put` (ours) or `absorb` (received) and into the log."""

    def __init__(self, connection: Connection, identity: Identity, step: Step = _no_steps) -> None:
        super().__init__(connection, identity, step)
        self.changes = Changes()
        self.arr, self.digest = self.position()
        log = self.meta("log", {})
        self.seq: int = log.get("seq", 0)
        self.lamport: int = log.get("lamport", 0)
        self._last_wall: str = log.get("wall", "")
        self._known: set[tuple[str, str]] = set()
        self._stubs: set[str] | None = None
        self._asked: tuple[int, set[str], set[str]] = (-1, set(), set())
        self._voucher: bytes | None = None

    # --- ours ------------------------------------------------------------------------------------------
    def put(self, record: str, values: Mapping[str, Any], row: str | None = None) -> str:
        """Create a row or change fields of one; returns its id. Raises Invalid, and then nothing is written."""
        spec = self._spec(record)
        wanted = spec.tidy(values)
        if row is None and spec.natural_key and all(wanted.get(name) for name in spec.natural_key):
            row = id_of(record, *(wanted[name] for name in spec.natural_key))
        if row is None:
            return self._create(spec, wanted, new_id(), earlier=())
        current = self.get(record, row, deleted=True)
        if current is None:
            return self._create(spec, wanted, row, self.ops_of(row))
        return self._edit(spec, wanted, current)

    def put_many(self, record: str, rows: Sequence[Mapping[str, Any]]) -> Sequence[str]:
        """Create many rows of one type at once; the same checks and log as `put`, a tenth of the time. Gives the ids.

        A row whose natural key is there already is edited instead.
        """
        spec = self._spec(record)
        ids: list[str] = []
        fresh: list[dict[str, Any]] = []
        ops: list[Op] = []
        here: set[str] = set()
        for number, values in enumerate(rows):
            wanted = spec.tidy(values)
            row = new_id()
            if spec.natural_key and all(wanted.get(name) for name in spec.natural_key):
                row = id_of(record, *(wanted[name] for name in spec.natural_key))
                if row in here or self._exists(record, row):
                    self._flush(spec, ops, fresh)
                    ids.append(self.put(record, values, row))
                    continue
            wanted = self._completed(spec, wanted, row)
            fields = {key: value for key, value in spread(spec, wanted).items() if value is not None}
            ops += self._next_ops(spec.name, row, fields, {})
            fresh.append({"id": row, "deleted": False, **gather(spec, fields)})
            ids.append(row)
            here.add(row)
            if len(ops) == 1000:
                self._flush(spec, ops, fresh)
                self.step(number + 1, len(rows))
        self._flush(spec, ops, fresh)
        return ids

    def _flush(self, spec: RecordSpec, ops: list[Op], fresh: list[dict[str, Any]]) -> None:
        self._append(ops, None)
        self._store_new(spec, fresh)
        ops.clear()
        fresh.clear()

    def _spec(self, record: str) -> RecordSpec:
        spec = RECORDS.get(record)
        if spec is None:
            raise Invalid([Problem("unknown_record", record)])
        return spec

    def _create(self, spec: RecordSpec, wanted: dict[str, Any], row: str, earlier: Sequence[Op]) -> str:
        wanted = self._completed(spec, wanted, row)
        fields = {key: value for key, value in spread(spec, wanted).items() if value is not None}
        replaced = {key: known for key in fields if (known := values_known(earlier, key))} if earlier else {}
        self._log(spec.name, row, fields, replaced)
        self._store_new(spec, [{"id": row, "deleted": False, **gather(spec, fields)}])
        return row

    def _completed(self, spec: RecordSpec, wanted: dict[str, Any], row: str) -> dict[str, Any]:
        """The values of a new row with defaults and owner; raises Invalid."""
        for spec_field in spec.fields:
            if spec_field.default is not None:
                wanted.setdefault(spec_field.name, spec_field.default)
        wanted = {name: value for name, value in wanted.items() if value is not None}
        wanted = honesty.as_at_event(self, spec.name, wanted)
        wanted.setdefault("owner_site", self._owner_site(spec, wanted))
        self._refuse_bad(spec, wanted, wanted, row)
        return wanted

    def _edit(self, spec: RecordSpec, wanted: dict[str, Any], current: dict[str, Any]) -> str:
        row = current["id"]
        if spec.append_only and any(current.get(name) != value for name, value in wanted.items()):
            raise Invalid([Problem("append_only", spec.name)])
        if spec.scope == "site" and wanted.get("site") and wanted["site"] != current.get("site"):
            wanted.setdefault("owner_site", wanted["site"])
        before = spread(spec, {name: current.get(name) for name in wanted})
        after = spread(spec, wanted)
        for key in before:
            after.setdefault(key, None if "/" not in key else False)
        contested = {c["field"] for c in self.rows(select(CONFLICT.c.field).where(CONFLICT.c.row == row))}
        changed = {
            key: value
            for key, value in after.items()
            if before.get(key, False if "/" in key else None) != value or key in contested
        }
        if current["deleted"]:
            changed["deleted"] = False
        if not changed:
            return row
        whole = {**current, **wanted}
        if spec.details and "details" in wanted:
            whole["details"] = wanted["details"]
        self._refuse_bad(spec, wanted, whole, row)
        self.change(spec.name, row, changed)
        if "owner_site" in changed:
            self._move_children(spec, row, changed["owner_site"])
        return row

    def change(
        self, record: str, row: str, changed: Mapping[str, Any], seen: Sequence[str] = (), note: str = ""
    ) -> None:
        """Log these field keys as one write that replaces everything known of them, and show the result."""
        spec = RECORDS[record]
        earlier = self.ops_of(row)
        replaced = {key: known for key in changed if (known := values_known(earlier, key))}
        if seen:
            replaced["*"] = sorted(seen)
        ops = self._log(record, row, changed, replaced, note)
        state = fold(spec, [*earlier, *ops])
        self._show(spec, row, state, shown=self.get(record, row, deleted=True))

    def _move_children(self, spec: RecordSpec, row: str, site: str | None) -> None:
        for child in RECORDS.values():
            parent = child.by_name.get(child.parent)
            if parent is None or not isinstance(parent.type, Reference) or parent.type.record != spec.name:
                continue
            for found in self.list(child.name, deleted=False, **{child.parent: row}):
                self.put(child.name, {"owner_site": site}, found["id"])
        for found in self.list("attachment", linked_record=spec.name, linked_id=row):
            self.put("attachment", {"owner_site": site}, found["id"])

    def delete(self, record: str, row: str) -> None:
        """Put a row into the bin, where `restore` finds it. What others changed unseen brings it up for review."""
        if self.get(record, row) is None:
            raise UserError("no_such_row", record=record)
        live = fold(RECORDS[record], self.ops_of(row)).live
        seen = {op.id.hex() for ops in live.values() for op in ops}
        self.change(record, row, {"deleted": True}, sorted(seen))

    def restore(self, record: str, row: str) -> None:
        """Take a row out of the bin."""
        self.change(record, row, {"deleted": False})

    def revert(self, positions: Iterable[int]) -> None:
        """Take writes back by ordinary writes: every field they still decide gets the value it had without them."""
        query = select(OP.c.arr, OP.c.id, OP.c.body, OP.c.record, OP.c.row)
        touched: dict[tuple[str, str], set[bytes]] = {}
        wanted = sorted(set(positions))
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            for _, found, _, record, row in self.connection.execute(
                query.where(OP.c.arr.in_(chunk)).order_by(OP.c.arr)
            ):
                touched.setdefault((record, row), set()).add(bytes(found))
        order = {name: n for n, name in enumerate(RECORDS)}
        for (record, row), taken in sorted(touched.items(), key=lambda item: -order.get(item[0][0], 0)):
            self._revert_row(record, row, taken)

    def _revert_row(self, record: str, row: str, taken: set[bytes]) -> None:
        spec = RECORDS.get(record)
        if spec is None:
            return
        ops = self.ops_of(row)
        now = fold(spec, ops)
        kept = [op for op in ops if op.id not in taken]
        if not kept:
            if not now.deleted:
                self.delete(record, row)
            return
        before = fold(spec, kept)
        back = {}
        for key, live in now.live.items():
            earlier = before.live.get(key)
            # Of two values in dispute the one taken back goes even where it is not shown, and the dispute with it.
            alone = earlier is not None and len(earlier) == 1 and any(op.id in taken for op in live)
            if live[0].id in taken or alone:
                back[key] = earlier[0].fields[key] if earlier else (False if "/" in key or key == "deleted" else None)
        gone = back.pop("deleted", False)
        if gone is False and "deleted" in now.live and now.live["deleted"][0].id in taken:
            back["deleted"] = False
        if back:
            self.change(record, row, back)
        if gone:  # a deletion names what it has seen, which only `delete` does
            self.delete(record, row)

    def _refuse_bad(self, spec: RecordSpec, wanted: Mapping[str, Any], whole: Mapping[str, Any], row: str) -> None:
        problems = spec.check(wanted, whole=False)
        if not problems:
            problems = spec.check(whole, whole=True)
            problems = [p for p in problems if p.code != "unknown_field"]
        for name, value in wanted.items():
            spec_field = spec.by_name.get(name)
            if spec_field is None or value is None:
                continue
            kind = spec_field.type
            if isinstance(kind, Choice) and isinstance(value, str) and not self.choice_exists(kind.list, value):
                problems.append(Problem("not_a_choice", spec.name, name, {"list": kind.list, "value": value}))
            elif isinstance(kind, Choices) and isinstance(value, list):
                problems += [
                    Problem("not_a_choice", spec.name, name, {"list": kind.list, "value": code})
                    for code in value
                    if not self.choice_exists(kind.list, code)
                ]
            elif isinstance(kind, Reference) and isinstance(value, str) and not self._exists(kind.record, value):
                problems.append(Problem("no_such_record", spec.name, name, {"record": kind.record}))
        if not problems:
            problems = honesty.problems(self, spec, whole, row)
        if problems:
            raise Invalid(problems)

    def _exists(self, record: str, row: str) -> bool:
        if (record, row) in self._known:
            return True
        found = self.connection.execute(_OWNER[record], {"row": row}).first() is not None
        if found:
            self._known.add((record, row))
        return found

    def _owner_site(self, spec: RecordSpec, wanted: Mapping[str, Any]) -> str | None:
        if spec.scope != "site":
            return None
        if spec.parent and wanted.get(spec.parent):
            parent_type = spec.by_name[spec.parent].type
            if isinstance(parent_type, Reference):
                owner = self.connection.execute(_OWNER[parent_type.record], {"row": wanted[spec.parent]}).scalar()
                return self._ours(owner)
        return self._ours(wanted.get("site") or self.identity.default_site)

    def _ours(self, site: str | None) -> str | None:
        """The site that owns a new row: on a laptop always one of its own, whatever the row speaks of."""
        if self.identity.role == "laptop" and site not in self.identity.sites:
            return self.identity.default_site
        return site

    # --- the log ---------------------------------------------------------------------------------------
    def _log(
        self,
        record: str,
        row: str,
        fields: Mapping[str, Any],
        replaced: Mapping[str, Sequence[str]],
        note: str = "",
    ) -> Sequence[Op]:
        ops = self._next_ops(record, row, fields, replaced, note)
        self._append(ops, None)
        return ops

    def _next_ops(
        self,
        record: str,
        row: str,
        fields: Mapping[str, Any],
        replaced: Mapping[str, Sequence[str]],
        note: str = "",
    ) -> Sequence[Op]:
        """The next write, or two: restricted fields get one of their own, so that it can stay behind when sending."""
        self._refuse_role(record, row, fields)
        apart = restricted_keys(record) & fields.keys()
        if not apart:
            return [self._next_op(record, row, fields, replaced, note)]
        plain = {key: value for key, value in fields.items() if key not in apart}
        open_part = {key: ids for key, ids in replaced.items() if key not in apart}
        kept = {key: value for key, value in fields.items() if key in apart}
        kept_part = {key: ids for key, ids in replaced.items() if key in apart}
        parts = [(plain, open_part), (kept, kept_part)] if plain else [(kept, kept_part)]
        return [self._next_op(record, row, some, ids, note) for some, ids in parts]

    def _refuse_role(self, record: str, row: str, fields: Mapping[str, Any]) -> None:
        """A laptop changes only what the office will take from it: rows of its sites, no merges, what its role may."""
        level = self.identity.level
        if level not in (permits.ADMINISTRATOR, permits.COORDINATOR):
            new = not permits.may_write(level, record, fields, new=False) and not self._exists(record, row)
            if not permits.may_write(level, record, fields, new=new):
                raise UserError("role_may_not", record=record)
        if self.identity.role != "laptop":
            return
        if RECORDS[record].scope != "site" or not OFFICE_KEYS.isdisjoint(fields):
            raise UserError("office_only", record=record)
        if self._stubs is None:
            self._stubs = set(self.connection.execute(select(STUB.c.row)).scalars().all())
        if row in self._stubs:
            raise UserError("row_read_only", record=record)

    def _next_op(
        self,
        record: str,
        row: str,
        fields: Mapping[str, Any],
        replaced: Mapping[str, Sequence[str]],
        note: str = "",
    ) -> Op:
        self.seq += 1
        self.lamport += 1
        wall = self._stamp()
        doubt = wall < self._last_wall or wall < BUILD_DAY
        self._last_wall = max(self._last_wall, wall)
        line = write_line(
            self.identity.store_id,
            self.seq,
            self.lamport,
            wall,
            self.identity.user,
            record,
            row,
            fields,
            {key: list(ids) for key, ids in replaced.items()},
            doubt,
            note,
        )
        line = self.vouch(line)
        return read_line(line, op_id(line))

    def vouch(self, line: str) -> str:
        """A line of ours as it goes into the log: at an office that exchanges with the proof that it is its own."""
        if self.identity.role != "office":
            return line
        if self._voucher is None:
            self._voucher = bytes.fromhex(self.meta("device", {}).get("signing_key", ""))
        return vouched(line, self._voucher) if self._voucher else line

    def _stamp(self) -> str:
        return clock.stamp()

    def _append(self, ops: Sequence[Op], origin: str | None) -> None:
        rows = []
        first = self.arr + 1
        for op in ops:
            self.arr += 1
            self.digest = hashlib.blake2b(self.digest + op.id, digest_size=16).digest()
            rows.append((self.arr, op.id, op.record, op.row, op.line, self.digest, origin))
        self._insert_many(OP, _LOG_COLUMNS, rows)
        self.changes.ops.extend(range(first, self.arr + 1))

    def _insert_many(self, table: Table, columns: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> None:
        """Insert rows of ready values by the driver itself: the tool above it costs as much again for every row."""
        if not rows:
            return
        dialect = self.connection.dialect
        key = (dialect.name, table.name, columns)
        if key not in _PREPARED:
            compiled = insert(table).compile(dialect=dialect, column_keys=list(columns))
            order = list(compiled.positiontup or columns)
            _PREPARED[key] = (str(compiled), [columns.index(name) for name in order])
        statement, order_of = _PREPARED[key]
        if order_of != list(range(len(columns))):
            rows = [[row[at] for at in order_of] for row in rows]
        self.connection.exec_driver_sql(statement, [row if type(row) is tuple else tuple(row) for row in rows])

    # --- showing what the log says ---------------------------------------------------------------------
    def _store_new(self, spec: RecordSpec, rows: Sequence[dict[str, Any]]) -> None:
        if not rows:
            return
        table = RECORD_TABLES[spec.name]
        used = {name for row in rows for name, value in row.items() if value is not None} | _NEVER_EMPTY
        columns = tuple(column.name for column in table.columns if column.name in used)
        sets = {column.name for column in table.columns if isinstance(column.type, Json)}
        ready = []
        for row in rows:
            values = []
            for name in columns:
                value = row.get(name)
                if name in sets:
                    value = _json(value if value is not None or name != "details" else {})
                values.append(value)
            ready.append(values)
        self._insert_many(table, columns, ready)
        self._note(spec.name, [row["id"] for row in rows])

    def _note(self, record: str, ids: Iterable[str]) -> None:
        self.changes.rows.setdefault(record, set()).update(ids)

    def _show(
        self,
        spec: RecordSpec,
        row: str,
        state: RowState,
        *,
        clean: bool = False,
        shown: Mapping[str, Any] | None = None,
    ) -> None:
        """Make table row and conflict list agree with the state; parks a row whose parent is missing.

        `clean`: the row is known to be no stub, not parked and not in dispute, so that nothing of that must be undone.
        `shown`: what the table has of it now, where that is known.
        """
        values = shown_values(spec, row, state)
        lost = self._lost_references(spec, row, values)
        if lost and lost[0].required:
            # Without its parent it would be in no list; it waits, with its writes, for the parent to come.
            self._park(spec.name, row, "missing_parent", values[lost[0].name])
        else:
            if not clean:
                self.connection.execute(delete(PARKED).where(PARKED.c.row == row))
            if lost:
                self._park(spec.name, row, "missing_reference", values[lost[0].name])
                values.update({spec_field.name: None for spec_field in lost})
            columns = _ALL_BUT_ID[spec.name]
            if shown is not None:
                columns = tuple(name for name in columns if values[name] != shown[name])
            if columns and not self._update_rows(spec.name, columns, [values]):
                self.connection.execute(_INSERT[spec.name], values)
            if not clean:
                self.connection.execute(delete(STUB).where(STUB.c.row == row))
        self._note(spec.name, [row])
        if not clean:
            self.connection.execute(delete(CONFLICT).where(CONFLICT.c.row == row))
        if state.contested:
            self.connection.execute(
                insert(CONFLICT),
                [
                    {
                        "id": conflict_id(spec.name, row, key),
                        "record": spec.name,
                        "row": row,
                        "field": key,
                        "ops": [op.id.hex() for op in live],
                        "opened": max(op.wall for op in live),
                    }
                    for key, live in state.contested.items()
                ],
            )

    def _update_rows(self, record: str, columns: tuple[str, ...], rows: Sequence[Mapping[str, Any]]) -> int:
        """Write these columns of rows that are in their table. Gives how many there were."""
        if not columns:
            return 0
        new = [{f"v_{name}": values[name] for name in ("id", *columns)} for values in rows]
        return self.connection.execute(_update(record, columns), new if len(new) > 1 else new[0]).rowcount

    def _lost_references(self, spec: RecordSpec, row: str, values: Mapping[str, Any]) -> Sequence[FieldSpec]:
        """The fields that name a row which is not here (or, where one must be named, none), the required ones first."""
        lost = [
            f
            for f in spec.references
            if (values[f.name] is None and f.required)
            or (values[f.name] not in (None, row) and not self._exists(f.type.record, values[f.name]))  # type: ignore[attr-defined]
        ]
        return sorted(lost, key=lambda f: not f.required)

    def _park(self, record: str, row: str, reason: str, missing: str | None) -> None:
        self.connection.execute(delete(PARKED).where(PARKED.c.row == row))
        self.connection.execute(insert(PARKED), {"row": row, "record": record, "reason": reason, "missing": missing})

    # --- what others wrote (taken in by `arrivals`) ----------------------------------------------------
    def known_ops(self, ids: Iterable[bytes]) -> set[bytes]:
        """Those of the ids that are in the log."""
        return {bytes(found) for (found,) in rows_of(self.connection, _KNOWN, ids)}

    def rows_with_writes(self, rows: Collection[str]) -> set[str]:
        """Those of the rows that have writes here. Who receives asks twice in a row, to judge and to show."""
        arr, asked, here = self._asked
        if arr != self.arr or not asked.issuperset(rows):
            asked = set(rows)
            here = {row for (row,) in rows_of(self.connection, _ROWS_WITH_WRITES, asked)}
            self._asked = (self.arr, asked, here)
        return here.intersection(rows)

    def _existing(self, record: str, ids: Collection[str]) -> set[str]:
        return {row for (row,) in rows_of(self.connection, _EXISTING[record], ids)}

    def _retry_parked(self) -> None:
        """Show parked rows again whose missing record has come; each one shown may be the parent of another."""
        while True:
            waiting = self.connection.execute(
                select(PARKED.c.record, PARKED.c.row, PARKED.c.missing).where(PARKED.c.missing.is_not(None))
            ).all()
            shown = 0
            for record, row, missing in waiting:
                spec = RECORDS[record]
                if any(self._exists(f.type.record, missing) for f in spec.references):  # type: ignore[attr-defined]
                    self._show(spec, row, fold(spec, self.ops_of(row)))
                    still = select(PARKED.c.missing).where(PARKED.c.row == row)
                    shown += self.connection.execute(still).scalar() != missing
            if not shown:
                return

    # --- facts of this store -----------------------------------------------------------------------------
    def set_meta(self, key: str, value: Any) -> None:
        """Keep a fact about this store; it is never exchanged."""
        if self.connection.execute(update(META).where(META.c.key == key).values(value=value)).rowcount == 0:
            self.connection.execute(insert(META), {"key": key, "value": value})

    def keep_draft(self, key: str, value: Any) -> None:
        """Keep unfinished typing under `key`; None forgets it."""
        self.connection.execute(delete(DRAFT).where(DRAFT.c.key == key))
        if value is not None:
            self.connection.execute(insert(DRAFT), {"key": key, "value": value, "saved": clock.stamp()})

    def finish(self) -> Changes:
        """Called by the store before it commits: the counters of the log follow."""
        if self.changes.ops:
            log = {"seq": self.seq, "lamport": self.lamport, "wall": self._last_wall, "schema": SCHEMA}
            self.set_meta("log", log)
        return self.changes


def shown_values(spec: RecordSpec, row: str, state: RowState) -> dict[str, Any]:
    """What the table is to hold of a row: every column."""
    values = {**_EMPTY_ROW[spec.name], **storable(spec, state.values)}
    values["id"], values["deleted"] = row, state.deleted
    if spec.details:
        values["details"] = state.values.get("details", {})
    return values


def storable(spec: RecordSpec, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values the table can hold; one of a foreign shape stays in the log and is shown as empty."""
    kept = {}
    for name, value in values.items():
        spec_field = spec.by_name.get(name)
        if spec_field is not None and value is not None and spec_field.type.problem(value) is not None:
            value = None
        if spec_field is not None and isinstance(spec_field.type, Boolean) and value is not None:
            value = bool(value)
        if name == "owner_site" and not isinstance(value, str):
            value = None
        kept[name] = value
    return kept


def batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """The items in lists of at most `size`."""
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
