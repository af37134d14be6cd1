"""The driver: too old is refused, a damaged file is told from a wrong setting."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.errors import StoreError
from app.models import engine
from app.models.store import Store
from app.models.tables import METADATA


def test_an_old_library_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert driver.sqlite_version_info >= engine.SQLITE_AT_LEAST
    monkeypatch.setattr(engine, "SQLITE_AT_LEAST", (99, 0, 0))
    with pytest.raises(StoreError, match="database_library_too_old"):
        engine.open_encrypted(tmp_path / "x.db", b"k" * 32)


def test_another_key_is_a_damaged_file_to_the_driver(tmp_path: Path) -> None:
    database = engine.open_encrypted(tmp_path / "x.db", b"k" * 32)
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE t (a)"))
    database.close()
    with pytest.raises(StoreError, match="store_damaged"):
        engine.open_encrypted(tmp_path / "x.db", b"l" * 32)


def test_a_whole_file_has_no_findings(tmp_path: Path) -> None:
    database = engine.open_encrypted(tmp_path / "x.db", b"k" * 32)
    assert database.findings() == []
    database.close()


def test_a_change_of_the_form_rolls_back_with_its_transaction(tmp_path: Path) -> None:
    database = engine.open_encrypted(tmp_path / "x.db", b"k" * 32)
    with pytest.raises(RuntimeError), database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE gone (a)"))
        raise RuntimeError
    assert database.raw.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    database.close()


def test_a_register_in_memory_keeps_foreign_keys() -> None:
    database = engine.open_unencrypted_memory()
    assert database.raw.execute("PRAGMA foreign_keys").fetchone() == (1,)
    database.close()


def test_many_rows_are_all_written_and_the_idle_statements_come_back(store: Store) -> None:
    scratch = store._database.scratch
    idle = len(scratch._idle)
    people = [{"surname": f"S{n}", "given": "A"} for n in range(engine._MANY_ROWS * 3)]
    store.write(lambda w: w.put_many("person", people))
    with store.read() as reader:
        assert {row["surname"] for row in reader.list("person")} == {row["surname"] for row in people}
    assert len(scratch._idle) == idle > 0


def test_a_refusal_of_many_rows_brings_the_idle_statements_back(store: Store) -> None:
    scratch = store._database.scratch
    with store._engine.connect() as connection:
        with pytest.raises(IntegrityError) as refused:
            connection.exec_driver_sql(
                "INSERT INTO draft (key, value) VALUES (?, ?)", [("Kanarəyev", "1")] * (engine._MANY_ROWS * 2)
            )
        connection.rollback()
    assert scratch._idle
    assert "Kanar" not in str(refused.value)  # what was to be written is in no error


def test_links_are_watched_again_after_the_block(store: Store) -> None:
    with store._database.links_unwatched():
        assert store.raw.execute("PRAGMA foreign_keys").fetchone()[0] == 0
    assert store.raw.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_what_only_this_database_understands_is_said_in_one_module() -> None:
    """So that the office can run on another: statements of SQLite's own stand in `engine`, behind functions."""
    folder = Path(engine.__file__).parent
    said = [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        if re.search(r"PRAGMA|VACUUM|sqlite_master|INSERT OR|BEGIN IMMEDIATE", path.read_text("utf-8"))
    ]
    assert said == ["engine.py"]


def test_schema_and_statements_are_those_of_postgresql_too() -> None:
    """Every table and every index can be said to PostgreSQL; nothing in them is SQLite's alone."""
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.schema import CreateIndex, CreateTable

    dialect = postgresql.dialect()
    for table in METADATA.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect)).strip().startswith("CREATE TABLE")
        for index in table.indexes:
            assert "CREATE" in str(CreateIndex(index).compile(dialect=dialect))
