"""What an activity kind is: its form, its facets, how it counts; knows neither files nor the store."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.basics import words
from app.errors import Problem
from app.specs import choices
from app.specs.fields import FieldSpec
from app.specs.types import Choice, Choices, FieldType

SHAPES = ("training", "meeting", "public_event", "output", "mechanism", "survey", "assistance")
PRIVACY = ("named", "optional", "count_only", "never")

FACETS: dict[str, tuple[str, ...]] = {
    "sessions": ("session",),
    "attendance": ("participation", "attendance"),
    "trainers": ("participation",),
    "tests": ("participation",),
    "evaluation": ("evaluation",),
    "certificates": ("certificate",),
    "travel": ("travel",),
    "cost": ("cost",),
    "agenda": ("meeting_item",),
    "minutes": ("meeting_item",),
    "decisions": ("meeting_item",),
    "action_items": ("action_item",),
    "tally": ("tally",),
    "headcount": ("headcount",),
    "programme": ("programme_element",),
    "competition": ("competition", "result"),
    "media": ("press_item", "quote"),
    "outputs": ("output",),
    "distribution": ("distribution",),
    "airings": ("airing",),
    "group": ("group", "membership"),
    "mechanisms": ("mechanism",),
    "readings": ("reading",),
    "survey": ("survey", "question", "answer_count"),
    "request": ("request",),
    "missions": ("expert_mission",),
    "recommendations": ("recommendation",),
    "documents": ("policy_document",),
    "milestones": ("milestone",),
    "attachments": ("attachment",),
}
"""The parts that an activity may have, and the record types each part keeps its rows in."""


@dataclass(frozen=True)
class Rule:
    """A condition on the values of a kind: `needs`, `one_of`, `not_after` or `not_more`, over field names."""

    verb: str
    names: tuple[str, ...]

    def check(self, values: Mapping[str, Any]) -> list[Problem]:
        """What breaks the rule; fields that are not filled in break only `needs` and `one_of`."""
        filled = [values.get(name) for name in self.names]
        first, last = self.names[0], self.names[-1]
        if self.verb == "one_of":
            if all(value is None for value in filled):
                return [Problem("one_of", "activity", f"details.{first}", {"fields": ", ".join(self.names)})]
        elif self.verb == "needs":
            missing = [name for name, value in zip(self.names, filled, strict=True) if value is None]
            if filled[0] is not None:
                return [Problem("needs_other", "activity", f"details.{name}", {"other": first}) for name in missing]
        elif filled[0] is not None and filled[-1] is not None and filled[0] > filled[-1]:
            if self.verb == "not_after":
                params: dict[str, object] = {"start": filled[0], "end": filled[-1]}
                return [Problem("ends_before_it_starts", "activity", f"details.{last}", params)]
            params = {"part": filled[0], "whole": filled[-1]}
            return [Problem("part_above_whole", "activity", f"details.{first}", params)]
        return []


@dataclass(frozen=True)
class Kind:
    """One kind of activity: what its form asks, which facets it has, how it counts.

    `numbers` are the lines of the seeds' list that it serves; `field_labels` and `field_hints` are by field name, then
    language. `own` marks a kind, or an extension of one, that the office made.
    """

    code: str
    labels: Mapping[str, str]
    shape: str
    approach: str
    numbers: tuple[int, ...] = ()
    version: int = 1
    hints: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    privacy: str = "named"
    counts_as_trained: bool = False
    duty: str = "none"
    travel: bool = False
    field_of_work: str = ""
    fields_of_work: tuple[str, ...] = ()
    dimension: str = ""
    topics: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    output_kind: str = ""
    mechanism_type: str = ""
    group_type: str = ""
    programme: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    fields: tuple[FieldSpec, ...] = ()
    field_labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    field_hints: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    retired_fields: frozenset[str] = frozenset()
    extends: str = ""
    retired: bool = False
    own: bool = False

    @property
    def by_name(self) -> dict[str, FieldSpec]:
        """Its own fields (kept in `details` of the activity) by name."""
        return {spec.name: spec for spec in self.fields}

    def shown_fields(self, details: Mapping[str, Any]) -> tuple[FieldSpec, ...]:
        """The fields of its form: a retired one only where it holds a value."""
        return tuple(f for f in self.fields if f.name not in self.retired_fields or details.get(f.name) is not None)

    def label(self, language: str | None = None) -> str:
        """Its name in a language (the one spoken now if none is named), English where it has none."""
        return _spoken(self.labels, language)

    def hint(self, language: str | None = None) -> str:
        """What the kind is for, in a sentence; '' where nothing needs saying."""
        return _spoken(self.hints, language)

    def title(self, language: str | None = None) -> str:
        """The title to propose for a new activity of this kind: its label where no better one is given."""
        return _spoken(self.titles, language) or self.label(language)

    def field_label(self, name: str, language: str | None = None) -> str:
        """The label of one of its fields; the name itself for a field it does not have."""
        return _spoken(self.field_labels.get(name, {}), language) or name

    def field_hint(self, name: str, language: str | None = None) -> str:
        """The hint of one of its fields, '' where there is none."""
        return _spoken(self.field_hints.get(name, {}), language)

    def tidy(self, details: Mapping[str, Any]) -> dict[str, Any]:
        """Values in canonical form; empty text, empty lists and None all become None; unknown ones stay as they are."""
        specs, tidied = self.by_name, {}
        for name, value in details.items():
            if name in specs and value is not None:
                value = specs[name].type.tidy(value)
            tidied[name] = None if value in ("", []) else value
        return tidied

    def check(self, details: Mapping[str, Any], *, whole: bool, stored: Collection[str] = ()) -> list[Problem]:
        """Everything wrong with these values; `whole` also asks for what is required and runs the rules.

        Names in `stored` were in the store before: a newer program may have put them there, so they are let be.
        """
        specs, problems = self.by_name, []
        for name, value in details.items():
            spec = specs.get(name)
            if spec is None:
                if name not in stored:
                    problems.append(Problem("unknown_field", "activity", f"details.{name}"))
            elif value is not None and (found := _problem(spec.type, value)) is not None:
                problems.append(Problem(found.code, "activity", f"details.{name}", found.params))
        if whole and not problems:
            problems += [
                Problem("required", "activity", f"details.{spec.name}")
                for spec in self.fields
                if spec.required and spec.name not in self.retired_fields and details.get(spec.name) is None
            ]
            for rule in self.rules:
                problems += rule.check(details)
        return problems


def facets_of(kind_: Kind) -> tuple[str, ...]:
    """The facets of a kind in the order to show them; attachments come with every kind."""
    return (*(f for f in kind_.facets if f != "attachments"), "attachments")


def records_of(kind_: Kind) -> tuple[str, ...]:
    """The record types that the facets of a kind keep their rows in, each once."""
    return tuple(dict.fromkeys(record for facet in facets_of(kind_) for record in FACETS[facet]))


def _spoken(by_language: Mapping[str, str], language: str | None) -> str:
    return by_language.get(language or words.language()) or by_language.get("en", "")


def _problem(kind_: FieldType, value: Any) -> Problem | None:
    found = kind_.problem(value)
    if found is None and isinstance(kind_, Choice | Choices):
        for code in [value] if isinstance(value, str) else value:
            if not choices.exists(kind_.list, code):
                return Problem("not_a_choice", params={"list": kind_.list, "value": code})
    return found
