"""Reads the definition of an activity kind, strictly; keeps nothing and looks nothing up but the code lists."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from typing import Any

from app.basics import words
from app.errors import UserError
from app.specs import choices
from app.specs.fields import FieldSpec
from app.specs.kind import FACETS, PRIVACY, SHAPES, Kind, Rule
from app.specs.records import RECORDS
from app.specs.types import Boolean, Choice, Choices, Date, Decimal, FieldType, Integer, Text

CODE = re.compile(r"[a-z][a-z0-9_]{2,59}")
_MOST_FIELDS = 100

Find = Callable[[str, bool], Kind | None]
"""Looks up a kind by its code; the flag asks for the shipped one even where the office extended it."""

_BY_SHAPE: dict[str, tuple[str, ...]] = {
    "training": ("sessions", "attendance", "trainers", "tests", "evaluation", "certificates", "cost"),
    "meeting": ("agenda", "attendance", "minutes", "decisions", "action_items"),
    "public_event": ("tally", "headcount", "programme", "media", "cost"),
    "output": ("outputs", "distribution", "cost"),
    "mechanism": ("mechanisms", "readings"),
    "survey": ("survey", "cost"),
    "assistance": ("request", "missions", "recommendations", "documents", "cost"),
}
_NAMED_FACETS = {"attendance", "certificates", "tests"}

_TYPES = ("integer", "decimal", "text", "note", "date", "boolean", "choice", "choices")
_RULES = ("needs", "one_of", "not_after", "not_more")
_KEYS = frozenset(
    (
        *("code", "number", "version", "shape", "approach", "privacy", "counts_as_trained", "duty", "travel"),
        *("field_of_work", "fields_of_work", "dimension", "topics", "audiences", "programme", "facets"),
        *(
            "output_kind",
            "mechanism_type",
            "group_type",
            "extends",
            "label",
            "hint",
            "title",
            "field",
            "rule",
            "review",
        ),
    )
)
_FIELD_KEYS = frozenset(
    (
        "name",
        "type",
        "list",
        "least",
        "most",
        "longest",
        "required",
        "table",
        "section",
        "label",
        "hint",
        "retired",
        "default",
    )
)


def read(
    definition: str | Mapping[str, Any], find: Find, *, own: bool, more_lists: Collection[str] = frozenset()
) -> Kind:
    """A kind from TOML, from JSON or from a plain mapping; UserError (`kind_…`) says what is wrong with it.

    `more_lists` are lists that exist besides those in `choices`: made by the transaction that is still going on.
    """
    return _Reader(mapping(definition), own, find, more_lists).kind()


def default_facets(shape: str, privacy: str, travel: bool) -> tuple[str, ...]:
    """The facets of a kind that names none itself."""
    facets = list(_BY_SHAPE[shape])
    if privacy in ("count_only", "never"):
        kept = [facet for facet in facets if facet not in _NAMED_FACETS]
        counted = ["headcount"] if "attendance" in facets else []
        facets = kept + counted
    if travel:
        facets.insert(-1, "travel")
    return tuple(facets)


def mapping(definition: str | Mapping[str, Any]) -> Mapping[str, Any]:
    """A definition as it was written, before anything in it is looked at. UserError(kind_unreadable)."""
    if isinstance(definition, Mapping):
        return definition
    try:
        read = json.loads(definition) if definition.lstrip().startswith("{") else tomllib.loads(definition)
    except (ValueError, RecursionError) as error:  # both decoders' errors are ValueErrors
        raise UserError("kind_unreadable", reason=str(error)) from error
    if not isinstance(read, dict):
        raise UserError("kind_unreadable", reason="not a table")
    return read


class _Reader:
    """Reads one definition strictly: every key known, every value of the right type, every code in its list."""

    def __init__(self, raw: Mapping[str, Any], own: bool, find: Find, more_lists: Collection[str]) -> None:
        self.raw = raw
        self.more_lists = more_lists
        self.own = own
        self.find = find
        self.code = raw.get("code", "")
        if not isinstance(self.code, str) or not CODE.fullmatch(self.code):
            raise UserError("kind_bad_code", kind=str(self.code)[:80])
        for key in raw:
            if key not in _KEYS:
                raise UserError("kind_unknown_key", kind=self.code, name=str(key)[:80])
        self.base = self._base()

    def kind(self) -> Kind:
        base = self.base
        shape = self._one("shape", SHAPES, base.shape if base else None)
        privacy = self._one("privacy", PRIVACY, base.privacy if base else "named")
        travel = self._flag("travel", base.travel if base else False)
        specs, labels, hints = self._fields()
        return Kind(
            self.code,
            labels=self._labels(self.raw, "label", base.labels if base else None),
            shape=shape,
            approach=self._code("approach", "approach", base.approach if base else None),
            numbers=self._numbers(),
            version=self._whole("version", 1),
            hints=self._labels(self.raw, "hint", base.hints if base else {}),
            titles=self._labels(self.raw, "title", base.titles if base else {}),
            privacy=privacy,
            counts_as_trained=self._flag("counts_as_trained", base.counts_as_trained if base else False),
            duty=self._code("duty", "duty", base.duty if base else "none"),
            travel=travel,
            field_of_work=self._code("field_of_work", "field_of_work", base.field_of_work if base else ""),
            fields_of_work=self._codes("fields_of_work", "field_of_work", base.fields_of_work if base else ()),
            dimension=self._code("dimension", "dimension", base.dimension if base else ""),
            topics=self._codes("topics", "topic", base.topics if base else ()),
            audiences=self._audiences(),
            output_kind=self._code("output_kind", "output_kind", base.output_kind if base else ""),
            mechanism_type=self._code("mechanism_type", "mechanism_type", base.mechanism_type if base else ""),
            group_type=self._code("group_type", "group_type", base.group_type if base else ""),
            programme=self._codes("programme", "programme_element", base.programme if base else ()),
            facets=self._facets(shape, privacy, travel),
            fields=specs,
            field_labels=labels,
            field_hints=hints,
            rules=(*(base.rules if base else ()), *self._rules({spec.name: spec for spec in specs})),
            retired_fields=(base.retired_fields if base else frozenset()) | self._retired_fields(),
            extends=self.raw.get("extends", ""),
            own=self.own,
        )

    def _base(self) -> Kind | None:
        extends = self.raw.get("extends")
        if extends is None:
            if self.own and self.find(self.code, True) is not None:
                raise UserError("kind_code_taken", kind=self.code)
            return None
        base = self.find(extends, extends == self.code) if isinstance(extends, str) else None
        if base is None:
            raise UserError("kind_extends_unknown", kind=self.code, extends=str(extends)[:80])
        return base

    def _bad(self, key: str, value: object) -> UserError:
        return UserError("kind_bad_value", kind=self.code, name=key, value=str(value)[:80])

    def _one(self, key: str, allowed: tuple[str, ...], default: str | None) -> str:
        value = self.raw.get(key, default)
        if value is None:
            raise UserError("kind_missing", kind=self.code, name=key)
        if value not in allowed:
            raise self._bad(key, value)
        return str(value)

    def _flag(self, key: str, default: bool) -> bool:
        value = self.raw.get(key, default)
        if not isinstance(value, bool):
            raise self._bad(key, value)
        return value

    def _whole(self, key: str, default: int) -> int:
        value = self.raw.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 1_000_000:
            raise self._bad(key, value)
        return value

    def _numbers(self) -> tuple[int, ...]:
        inherited = self.base.numbers if self.base and self.base.code == self.code else ()
        value = self.raw.get("number", list(inherited))
        numbers = value if isinstance(value, list) else [value]
        if not all(isinstance(n, int) and not isinstance(n, bool) and 0 < n < 1000 for n in numbers):
            raise self._bad("number", value)
        return tuple(numbers)

    def _code(self, key: str, name: str, default: str | None) -> str:
        value = self.raw.get(key, default)
        if value is None:
            raise UserError("kind_missing", kind=self.code, name=key)
        if value != "":
            self._known(key, name, value)
        return str(value)

    def _codes(self, key: str, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
        value = self.raw.get(key, list(default))
        if not isinstance(value, list) or len(set(map(str, value))) != len(value):
            raise self._bad(key, value)
        for code in value:
            self._known(key, name, code)
        return tuple(value)

    def _known(self, key: str, name: str, value: object) -> None:
        if not isinstance(value, str):
            raise self._bad(key, value)
        if not choices.exists(name, value):
            raise UserError("kind_unknown_choice", kind=self.code, name=key, list=name, value=value[:80])

    def _audiences(self) -> tuple[str, ...]:
        codes = self._codes("audiences", "audience", self.base.audiences if self.base else ())
        for code in codes:
            if choices.choices("audience")[code].more.get("named") == "never":
                raise UserError("kind_never_audience", kind=self.code, value=code)
        return codes

    def _facets(self, shape: str, privacy: str, travel: bool) -> tuple[str, ...]:
        facets = self.raw.get("facets")
        if facets is None:
            if self.base is not None and self.base.shape == shape:
                return self.base.facets
            facets = list(default_facets(shape, privacy, travel))
        if not isinstance(facets, list) or len(set(map(str, facets))) != len(facets):
            raise self._bad("facets", facets)
        for facet in facets:
            if not isinstance(facet, str) or facet not in FACETS:
                raise self._bad("facets", facet)
        return tuple(facets)

    def _labels(self, raw: Mapping[str, Any], key: str, default: Mapping[str, str] | None) -> Mapping[str, str]:
        """Sentences by language; a shipped kind has all three, the office may leave all but English empty."""
        value = raw.get(key, default)
        if value is None:
            raise UserError("kind_missing", kind=self.code, name=key)
        if not isinstance(value, Mapping) or not all(
            lang in words.LANGUAGES and isinstance(text, str) and len(text) <= 1000 for lang, text in value.items()
        ):
            raise self._bad(key, value)
        if (value or default is None) and not value.get("en"):
            raise UserError("kind_missing", kind=self.code, name=f"{key}.en")
        return dict(value)

    def _fields(self) -> tuple[tuple[FieldSpec, ...], dict[str, Mapping[str, str]], dict[str, Mapping[str, str]]]:
        base = self.base
        specs = list(base.fields) if base else []
        labels = dict(base.field_labels) if base else {}
        hints = dict(base.field_hints) if base else {}
        rows = self.raw.get("field", [])
        if not isinstance(rows, list) or len(rows) > _MOST_FIELDS:
            raise self._bad("field", len(rows) if isinstance(rows, list) else rows)
        for row in rows:
            if not isinstance(row, Mapping):
                raise self._bad("field", row)
            name = row.get("name", "")
            if not isinstance(name, str) or not CODE.fullmatch(name) or name in RECORDS["activity"].by_name:
                raise UserError("kind_bad_field_name", kind=self.code, field=str(name)[:80])
            if name in labels:
                raise UserError("kind_field_twice", kind=self.code, field=name)
            specs.append(self._field(name, row))
            labels[name] = self._labels(row, "label", None)
            if row.get("hint"):
                hints[name] = self._labels(row, "hint", None)
        return tuple(specs), labels, hints

    def _retired_fields(self) -> frozenset[str]:
        return frozenset(row["name"] for row in self.raw.get("field", []) if row.get("retired"))

    def _field(self, name: str, row: Mapping[str, Any]) -> FieldSpec:
        for key in row:
            if key not in _FIELD_KEYS:
                raise UserError("kind_unknown_key", kind=self.code, name=f"{name}.{str(key)[:80]}")
        section = row.get("section", "main")
        required, table = row.get("required", False), row.get("table", False)
        if not isinstance(row.get("retired", False), bool):
            raise self._bad(f"{name}.retired", row["retired"])
        if not (isinstance(required, bool) and isinstance(table, bool) and isinstance(section, str) and section):
            raise self._bad(f"{name}.required/table/section", (required, table, section))
        kind_, default = self._type(name, row), row.get("default")
        if default is not None and (
            kind_.problem(default) is not None
            or (isinstance(kind_, Choice) and not choices.exists(kind_.list, str(default)))
        ):
            raise self._bad(f"{name}.default", default)
        return FieldSpec(name, kind_, required=required, table=table, section=section, default=default)

    def _type(self, name: str, row: Mapping[str, Any]) -> FieldType:
        kind_ = row.get("type")
        if kind_ not in _TYPES:
            raise self._bad(f"{name}.type", kind_)
        least, most = row.get("least", 0), row.get("most", 1_000_000)
        if not all(isinstance(n, int | float) and not isinstance(n, bool) for n in (least, most)) or least > most:
            raise self._bad(f"{name}.least/most", (least, most))
        if kind_ in ("choice", "choices"):
            list_ = row.get("list")
            if not isinstance(list_, str) or not (list_ in self.more_lists or list_ in choices.lists()):
                raise UserError("kind_unknown_list", kind=self.code, field=name, list=str(list_)[:80])
            return Choice(list=list_) if kind_ == "choice" else Choices(list=list_)
        if kind_ == "integer":
            return Integer(int(least), int(most))
        if kind_ == "decimal":
            return Decimal(float(least), float(most))
        if kind_ == "text":
            longest = row.get("longest", 300)
            if isinstance(longest, bool) or not isinstance(longest, int) or not 0 < longest <= 5000:
                raise self._bad(f"{name}.longest", longest)
            return Text(longest=longest)
        if kind_ == "note":
            return Text(longest=20_000, lines=True)
        return Date() if kind_ == "date" else Boolean()

    def _rules(self, specs: Mapping[str, FieldSpec]) -> list[Rule]:
        rows = self.raw.get("rule", [])
        if not isinstance(rows, list):
            raise self._bad("rule", rows)
        rules = []
        for row in rows:
            if not isinstance(row, Mapping) or len(row) != 1 or next(iter(row)) not in _RULES:
                raise self._bad("rule", row)
            verb, names = next(iter(row.items()))
            pair = verb in ("not_after", "not_more")
            if not isinstance(names, list) or len(names) < 2 or (pair and len(names) != 2):
                raise self._bad(f"rule.{verb}", names)
            for name in names:
                if name not in specs:
                    raise UserError("kind_rule_unknown_field", kind=self.code, rule=verb, field=str(name)[:80])
            fits = (Date,) if verb == "not_after" else (Integer, Decimal)
            if pair and not all(isinstance(specs[name].type, fits) for name in names):
                raise self._bad(f"rule.{verb}", names)
            rules.append(Rule(verb, tuple(names)))
        return rules
