"""Many ids in one parameter: `one_of(column)` with `rows_of(connection, query, ids)`; knows how each database takes a
list apart.

One statement serves any number of ids, so it is prepared once; the database's own IN wants a parameter for every id.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, LargeBinary, Select, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

_NAME = "listed"
_TEXTS = {
    "sqlite": "(SELECT value FROM json_each({}))",
    "postgresql": "(SELECT json_array_elements_text(CAST({} AS json)))",
}
_BYTES = {
    "sqlite": "(SELECT unhex(value) FROM json_each({}))",
    "postgresql": "(SELECT decode(member, 'hex') FROM json_array_elements_text(CAST({} AS json)) AS member)",
}


class _Texts(FunctionElement[str]):
    """The members of a list of texts, as rows."""

    inherit_cache = True


class _Bytes(FunctionElement[bytes]):
    """The members of a list of hexadecimal texts, as rows of bytes."""

    inherit_cache = True


@compiles(_Texts)
def _texts(element: _Texts, compiler: SQLCompiler, **rest: Any) -> str:
    return _TEXTS[compiler.dialect.name].format(compiler.process(element.clauses, **rest))


@compiles(_Bytes)
def _bytes(element: _Bytes, compiler: SQLCompiler, **rest: Any) -> str:
    return _BYTES[compiler.dialect.name].format(compiler.process(element.clauses, **rest))


def one_of(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a column of texts or bytes is among the ids given with `listed`."""
    members = _Bytes if isinstance(column.type, LargeBinary) else _Texts
    return column.bool_op("IN")(members(bindparam(_NAME)))


def rows_of(connection: Connection, query: Select[Any], ids: Iterable[str] | Iterable[bytes]) -> Sequence[Any]:
    """All rows (tuples with names) of a query over these ids, which it names with `one_of`."""
    members = [found.hex() if isinstance(found, bytes) else found for found in ids]
    return connection.execute(query, {_NAME: json.dumps(members)}).all() if members else []
