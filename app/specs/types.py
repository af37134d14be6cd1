"""The types a field can have: what a value may be and how it is kept; pure Python, no database, no window."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Literal

from app.errors import Problem

Storage = Literal["text", "integer", "real", "set"]
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_IDS = re.compile(rf"(?:{_ID.pattern})*+")


@dataclass(frozen=True)
class FieldType:
    """A kind of value. JSON is its only outside form: str, int, float, bool, None or a sorted list of str."""

    storage: ClassVar[Storage] = "text"
    name: ClassVar[str] = ""

    def problem(self, value: Any) -> Problem | None:
        """What is wrong with a value that is not None; None when it is fine."""
        raise NotImplementedError

    def tidy(self, value: Any) -> Any:
        """The canonical form of an acceptable value (trimmed, rounded, sorted); empty becomes None."""
        return value


@dataclass(frozen=True)
class Text(FieldType):
    """A line of text (or several with `lines`: a note), at most `longest` characters."""

    longest: int = 300
    lines: bool = False
    name: ClassVar[str] = "text"

    def problem(self, value: Any) -> Problem | None:
        if not isinstance(value, str):
            return Problem("not_text")
        if len(value) > self.longest:
            return Problem("too_long", params={"longest": self.longest})
        if _CONTROL.search(value) or (not self.lines and "\n" in value):
            return Problem("control_characters")
        return None

    def tidy(self, value: Any) -> Any:
        if isinstance(value, str):
            value = unicodedata.normalize("NFC", value)  # one letter, one form, whatever system it was typed on
            value = value.strip() if self.lines else " ".join(value.split())
        return value or None


@dataclass(frozen=True)
class Integer(FieldType):
    """A whole number within bounds."""

    least: int = 0
    most: int = 1_000_000_000
    storage: ClassVar[Storage] = "integer"
    name: ClassVar[str] = "integer"

    def problem(self, value: Any) -> Problem | None:
        if isinstance(value, bool) or not isinstance(value, int):
            return Problem("not_a_number")
        if not self.least <= value <= self.most:
            return Problem("out_of_range", params={"least": self.least, "most": self.most})
        return None


@dataclass(frozen=True)
class Decimal(FieldType):
    """A number with at most four decimal places (hours, money, coordinates)."""

    least: float = 0
    most: float = 1e12
    storage: ClassVar[Storage] = "real"
    name: ClassVar[str] = "decimal"

    def problem(self, value: Any) -> Problem | None:
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            return Problem("not_a_number")
        if not self.least <= value <= self.most:
            return Problem("out_of_range", params={"least": self.least, "most": self.most})
        return None

    def tidy(self, value: Any) -> Any:
        if isinstance(value, int | float) and not isinstance(value, bool) and value == value:
            value = round(float(value), 4)
        return value


@dataclass(frozen=True)
class Boolean(FieldType):
    """Yes or no; None means nobody has said."""

    storage: ClassVar[Storage] = "integer"
    name: ClassVar[str] = "boolean"

    def problem(self, value: Any) -> Problem | None:
        return None if isinstance(value, bool) or value in (0, 1) else Problem("not_yes_or_no")

    def tidy(self, value: Any) -> Any:
        return bool(value) if value in (0, 1, True, False) else value


@dataclass(frozen=True)
class Date(FieldType):
    """A calendar day, ISO 8601 (2026-11-21)."""

    name: ClassVar[str] = "date"

    def problem(self, value: Any) -> Problem | None:
        try:
            day = date.fromisoformat(value)
        except (TypeError, ValueError):
            return Problem("not_a_date")
        if value != day.isoformat():
            return Problem("not_a_date")
        if not 1900 <= day.year <= 2100:
            return Problem("date_out_of_range")
        return None


@dataclass(frozen=True)
class Time(FieldType):
    """A local time of day, HH:MM."""

    name: ClassVar[str] = "time"

    def problem(self, value: Any) -> Problem | None:
        return None if isinstance(value, str) and _TIME.fullmatch(value) else Problem("not_a_time")


@dataclass(frozen=True)
class Moment(FieldType):
    """A moment in UTC, ISO 8601 with seconds and Z."""

    name: ClassVar[str] = "moment"

    def problem(self, value: Any) -> Problem | None:
        ok = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", value)
        return None if ok else Problem("not_a_moment")


@dataclass(frozen=True)
class Choice(FieldType):
    """One code of a list in `app.specs.choices`; retired codes stay valid because old records keep them."""

    list: str = ""
    name: ClassVar[str] = "choice"

    def problem(self, value: Any) -> Problem | None:
        if not isinstance(value, str) or not value or len(value) > 80:
            return Problem("not_a_choice", params={"list": self.list})
        return None


@dataclass(frozen=True)
class Choices(FieldType):
    """A set of codes; each member added or removed is a write of its own, so two people's additions unite."""

    list: str = ""
    storage: ClassVar[Storage] = "set"
    name: ClassVar[str] = "choices"

    def problem(self, value: Any) -> Problem | None:
        if not isinstance(value, list) or not all(isinstance(v, str) and 0 < len(v) <= 80 for v in value):
            return Problem("not_a_list", params={"list": self.list})
        return None

    def tidy(self, value: Any) -> Any:
        return sorted(set(value)) if isinstance(value, list) and all(isinstance(v, str) for v in value) else value


@dataclass(frozen=True)
class Reference(FieldType):
    """The id of another record."""

    record: str = ""
    name: ClassVar[str] = "reference"

    def problem(self, value: Any) -> Problem | None:
        return None if isinstance(value, str) and _ID.fullmatch(value) else Problem("not_an_id")


@dataclass(frozen=True)
class References(FieldType):
    """A set of ids of other records (partners, trainers); kept as a set, not as foreign keys."""

    record: str = ""
    storage: ClassVar[Storage] = "set"
    name: ClassVar[str] = "references"

    def problem(self, value: Any) -> Problem | None:
        if not isinstance(value, list) or not all(isinstance(v, str) and _ID.fullmatch(v) for v in value):
            return Problem("not_an_id")
        return None

    def tidy(self, value: Any) -> Any:
        return sorted(set(value)) if isinstance(value, list) and all(isinstance(v, str) for v in value) else value


def is_id(value: object) -> bool:
    """Whether a value has the form of a row id."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def are_ids(values: Collection[str]) -> bool:
    """Whether all of many texts have the form of a row id."""
    return {len(value) for value in values} <= {36} and _IDS.fullmatch("".join(values)) is not None
