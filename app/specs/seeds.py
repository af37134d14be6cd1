"""The rows that every new store starts with, under ids computed from their codes; writes nothing itself."""

from __future__ import annotations

import csv
from functools import cache
from typing import Any

from app.basics.ids import id_of
from app.basics.paths import RESOURCES
from app.specs.records import RECORDS
from app.specs.types import Boolean, Choices, Decimal, Integer, Reference

Row = tuple[str, str, dict[str, Any]]

SEED_VERSION = 1
"""Raised with every change of the files below, so that a store knows when to take them in again."""

_FILES = (("site", "sites", "name"), ("organisation", "organisations", "name"), ("indicator", "indicators", "title"))


@cache
def _read() -> tuple[Row, ...]:
    rows: list[Row] = []
    for record, name, stem in _FILES:
        with (RESOURCES / "reference" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            lines = {line["code"]: _values(record, stem, line) for line in csv.DictReader(file)}
        rows += [(record, id_of(record, code), values) for code, values in lines.items()]
    return tuple(_parents_first(rows))


def seed_rows() -> list[Row]:
    """(record, id, values) of all seeded rows, each after the rows that it refers to; values without empty fields."""
    return [(record, id_, dict(values)) for record, id_, values in _read()]


def site_id(code: str) -> str:
    """The id of a seeded site; only computed, so an unknown code gives an id that no row has."""
    return id_of("site", code)


def organisation_id(code: str) -> str:
    """The id of a seeded organisation; only computed, like `site_id`."""
    return id_of("organisation", code)


def _values(record: str, stem: str, line: dict[str, str]) -> dict[str, Any]:
    fields = RECORDS[record].by_name
    values: dict[str, Any] = {}
    for column, text in line.items():
        name = f"{stem}_{column}" if column in ("en", "az", "ru") else column
        if not text or column == "review":
            continue
        kind = fields[name].type
        if isinstance(kind, Reference):
            values[name] = id_of(kind.record, text)
        elif isinstance(kind, Choices):
            values[name] = sorted(text.split())
        elif isinstance(kind, Integer):
            values[name] = int(text)
        elif isinstance(kind, Decimal):
            values[name] = float(text)
        elif isinstance(kind, Boolean):
            values[name] = text == "yes"
        else:
            values[name] = text
    return values


def _parents_first(rows: list[Row]) -> list[Row]:
    """The same rows in an order in which every reference points backwards; a circle would raise RecursionError."""
    by_id = {row[1]: row for row in rows}
    placed: dict[str, Row] = {}

    def place(row: Row) -> None:
        if row[1] in placed:
            return
        for field in RECORDS[row[0]].references:
            target = row[2].get(field.name)
            if target in by_id:
                place(by_id[target])
        placed[row[1]] = row

    for row in rows:
        place(row)
    return list(placed.values())
