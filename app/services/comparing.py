"""Persons of the register put before the matcher and its answers read back; it decides nothing and writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.names.against import Against

_SUFFIXES = {"oglu": "oğlu", "qizi": "qızı"}

CONTRADICTIONS = frozenset({"sex_other", "birth_other", "signed_both"})
"""Reasons against: with one of them nobody is taken for somebody without being asked."""


def as_compared(person: Mapping[str, Any]) -> dict[str, object]:
    """A person (whole row, narrow row or values being typed) as the matcher reads records."""
    return {
        "id": person.get("id") or "",
        "surname": person.get("surname") or "",
        "given_name": person.get("given") or "",
        "patronymic": person.get("patronymic") or "",
        "suffix": _SUFFIXES.get(person.get("suffix") or "", ""),
        "other_names": other_names(person),
        "sex": person.get("sex") or "",
        "birth_year": person.get("birth_year") or "",
        "phone": person.get("phone") or "",
        "email": person.get("email") or "",
        "unit": person.get("unit") or "",
    }


def other_names(person: Mapping[str, Any]) -> str:
    """The further spellings on a person's card, one a line, those that say nothing new left out."""
    main = " ".join(str(person.get(part) or "") for part in ("surname", "given", "patronymic")).split()
    spellings = [str(person.get("name_ru") or ""), *str(person.get("aliases") or "").splitlines()]
    return "\n".join(dict.fromkeys(name.strip() for name in spellings if name.strip() and name.split() != main))


def register(persons: Iterable[Mapping[str, Any]]) -> Against:
    """All these persons, ready to be compared with. Costs a second or two for 50,000."""
    return Against([as_compared(person) for person in persons])
