"""What a record is made of; frozen descriptions that tables, forms, sheets and exchange all read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from app.errors import Problem
from app.specs.types import FieldType, Reference

Merge = Literal["review", "auto", "restrict"]
Scope = Literal["everywhere", "site", "office"]


@dataclass(frozen=True)
class FieldSpec:
    """One field. Its wire name is permanent: never renamed, never reused.

    `merge` says what happens when two stores changed it without knowing: a person looks (`review`), the shown value
    stands (`auto`), or the stricter value wins (`restrict`, by the order of `strictest`). `table` puts it into lists;
    `section` groups the form; `restricted` never leaves the office and its author; `personal` is blanked by erasure.
    """

    name: str
    type: FieldType
    required: bool = False
    merge: Merge = "review"
    table: bool = False
    section: str = "main"
    restricted: bool = False
    personal: bool = False
    default: Any = None
    strictest: tuple[Any, ...] = ()


@dataclass(frozen=True)
class RecordSpec:
    """One record type.

    `scope`: `everywhere` (reference data of the office), `site` (belongs to the site in `owner_site`, which a child
    takes from the record named by its `parent` field), or `office` (never leaves Baku).
    `natural_key`: fields whose values give the id, so that the same fact from two laptops is one row.
    """

    name: str
    fields: tuple[FieldSpec, ...]
    scope: Scope = "site"
    parent: str = ""
    title: tuple[str, ...] = ()
    natural_key: tuple[str, ...] = ()
    append_only: bool = False
    details: bool = False
    rules: tuple[Callable[[Mapping[str, Any]], list[Problem]], ...] = ()

    @cached_property
    def by_name(self) -> dict[str, FieldSpec]:
        """Fields by their wire name, `owner_site` and `deleted` not included."""
        return {field.name: field for field in self.fields}

    @cached_property
    def references(self) -> tuple[FieldSpec, ...]:
        """The fields that are foreign keys."""
        return tuple(field for field in self.fields if isinstance(field.type, Reference))

    def tidy(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values in canonical form; empty text, empty lists and None all become None."""
        tidied = {}
        for name, value in values.items():
            field = self.by_name.get(name)
            if field is not None and value is not None:
                value = field.type.tidy(value)
            tidied[name] = None if value in ("", []) else value
        return tidied

    def check(self, values: Mapping[str, Any], *, whole: bool) -> list[Problem]:
        """Everything wrong with these values; `whole` also asks for what is required and runs the record's rules."""
        problems = []
        for name, value in values.items():
            field = self.by_name.get(name)
            if field is None:
                if name not in ("owner_site", "details") and not name.startswith("details."):
                    problems.append(Problem("unknown_field", self.name, name))
            elif value is not None and (found := field.type.problem(value)) is not None:
                problems.append(Problem(found.code, self.name, name, found.params))
        if whole:
            problems += [
                Problem("required", self.name, field.name)
                for field in self.fields
                if field.required and values.get(field.name) is None
            ]
            for rule in self.rules:
                problems += rule(values)
        return problems
