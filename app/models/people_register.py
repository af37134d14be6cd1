"""The names of the store's people in memory, for search in any spelling; keeps nothing on disk and knows no ranking.

Built when somebody is first looked for (about a second for 100,000 people) and then kept in step with the log: writes
that have come since are read before every search.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Row, bindparam, select

from app.models.tables import OP, RECORD_TABLES
from app.names.match import Register

_PERSON = RECORD_TABLES["person"]
_NAMES = select(
    _PERSON.c.id,
    _PERSON.c.surname,
    _PERSON.c.given,
    _PERSON.c.patronymic,
    _PERSON.c.suffix,
    _PERSON.c.name_ru,
    _PERSON.c.name_printed,
    _PERSON.c.aliases,
    _PERSON.c.deleted,
    _PERSON.c.merged_into,
)
_SOME = _NAMES.where(_PERSON.c.id.in_(bindparam("ids", expanding=True)))
_END = select(OP.c.arr, OP.c.digest).order_by(OP.c.arr.desc()).limit(1)
_AT = select(OP.c.digest).where(OP.c.arr == bindparam("arr"))
_SINCE = select(OP.c.row).where(OP.c.arr > bindparam("arr"), OP.c.record == "person").distinct()
_SUFFIXES = {"oglu": "oğlu", "qizi": "qızı"}
_FEW = 500


@dataclass
class _Kept:
    """A register and the end of the log it is true for."""

    register: Register
    arr: int
    digest: bytes


_KEPT: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()


def find_like(connection: Connection, typed: str, limit: int = 5) -> list[tuple[str, float]]:
    """Ids of the live persons whose names are most like what was typed, with a likeness 0…1, best first."""
    return [(str(hit.id), hit.score) for hit in _fresh(connection).find(typed, limit)]


def _fresh(connection: Connection) -> Register:
    end = connection.execute(_END).first()
    arr, digest = (end[0], bytes(end[1])) if end else (0, b"")
    kept = _KEPT.get(connection.engine)
    if kept is not None and (kept.arr, kept.digest) == (arr, digest):
        return kept.register
    if kept is not None and kept.arr < arr:
        known = connection.execute(_AT, {"arr": kept.arr}).scalar()
        if known is not None and bytes(known) == kept.digest:
            changed = list(connection.execute(_SINCE, {"arr": kept.arr}).scalars())
            if len(changed) <= _FEW:
                _take_in(kept.register, connection.execute(_SOME, {"ids": changed}) if changed else ())
                kept.arr, kept.digest = arr, digest
                return kept.register
    # nothing is kept yet, a great deal is new, or the log has another past (a transaction was taken back)
    register = Register()
    _take_in(register, connection.execute(_NAMES))
    _KEPT[connection.engine] = _Kept(register, arr, digest)
    return register


def _take_in(register: Register, rows: Iterable[Row[tuple[object, ...]]]) -> None:
    for row in rows:
        if row.deleted or row.merged_into:
            register.remove(row.id)
            continue
        rest = " ".join(part for part in (row.given, row.patronymic, _SUFFIXES.get(row.suffix, row.suffix)) if part)
        spellings = [f"{row.surname}, {rest}" if row.surname else rest]
        spellings += [text for text in (row.name_ru, row.name_printed) if text]
        spellings += (row.aliases or "").splitlines()
        register.add(row.id, *(text for text in spellings if text.strip(" ,")))
