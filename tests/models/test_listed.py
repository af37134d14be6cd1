"""Many ids in one parameter, texts and bytes alike, on the database we run and in the words of the other one."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from app.models.listed import one_of, rows_of
from app.models.store import Store
from app.models.tables import OP, RECORD_TABLES
from tests import build


def test_texts_and_bytes_are_found_and_nothing_else(store: Store) -> None:
    people = [store.write(build.a_person).value for _ in range(3)]
    table = RECORD_TABLES["person"]
    with store.read() as reader:
        rows = select(table.c.id).where(one_of(table.c.id))
        found = rows_of(reader.connection, rows, [*people[:2], "nobody's", '"quoted\\'])
        assert {row for (row,) in found} == set(people[:2])
        ids = list(reader.connection.execute(select(OP.c.id).where(OP.c.row == people[0])).scalars())
        known = select(OP.c.row).where(one_of(OP.c.id)).distinct()
        assert [row for (row,) in rows_of(reader.connection, known, [bytes(i) for i in ids])] == people[:1]
        assert not rows_of(reader.connection, known, [])


def test_more_than_any_in_list_holds(store: Store) -> None:
    person = store.write(build.a_person).value
    table = RECORD_TABLES["person"]
    with store.read() as reader:
        many = [*(f"x{n}" for n in range(300_000)), person]  # the database takes 250,000 parameters at most
        found = rows_of(reader.connection, select(table.c.id).where(one_of(table.c.id)), many)
    assert [row for (row,) in found] == [person]


@pytest.mark.parametrize(("column", "words"), [(OP.c.row, "json_array_elements_text"), (OP.c.id, "decode(member")])
def test_the_other_database_has_words_for_it(column: object, words: str) -> None:
    told = str(select(OP.c.arr).where(one_of(column)).compile(dialect=postgresql.dialect()))  # type: ignore[arg-type]
    assert words in told
    assert "json_each" not in told
