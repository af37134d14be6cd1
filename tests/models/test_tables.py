"""Specs, mapped columns and the columns of a freshly migrated store are the same."""

from __future__ import annotations

from sqlalchemy import inspect

from app.models import migrations
from app.models.store import Store
from app.models.tables import METADATA, RECORD_TABLES
from app.specs.records import RECORDS
from app.specs.types import Reference


def test_every_record_has_a_table_with_its_fields() -> None:
    assert set(RECORD_TABLES) == set(RECORDS)
    for name, spec in RECORDS.items():
        extra = {"id", "owner_site", "deleted"} | ({"details"} if spec.details else set())
        assert set(RECORD_TABLES[name].columns.keys()) == set(spec.by_name) | extra


def test_a_migrated_store_has_exactly_the_mapped_columns_and_foreign_keys(store: Store) -> None:
    with store.read() as reader:
        look = inspect(reader.connection)
        for table in METADATA.sorted_tables:
            assert {c["name"] for c in look.get_columns(table.name)} == set(table.columns.keys()), table.name
        for name, spec in RECORDS.items():
            wanted = {(f.name, f.type.record) for f in spec.fields if isinstance(f.type, Reference)}
            found = {(k["constrained_columns"][0], k["referred_table"]) for k in look.get_foreign_keys(name)}
            assert found == wanted, name


def test_references_point_backwards_or_at_their_own_table() -> None:
    seen: set[str] = set()
    for name, spec in RECORDS.items():
        for field in spec.references:
            assert isinstance(field.type, Reference)
            assert field.type.record in seen | {name}
        seen.add(name)


def test_the_store_is_at_the_newest_revision(store: Store) -> None:
    assert store.raw.execute("SELECT version_num FROM alembic_version").fetchone() == (migrations.HEAD,)
