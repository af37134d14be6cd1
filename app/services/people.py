"""People: found while typing, merged and taken apart again; ranking and spelling are `app.names`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.errors import UserError
from app.models.writer import Reader, Writer


@dataclass(frozen=True)
class Found:
    """A person who may be the one that was typed, with a likeness between 0 and 1."""

    person: dict[str, Any]
    score: float


def full_name(person: dict[str, Any]) -> str:
    """Surname, given name, patronymic with its suffix, as forms have them."""
    suffix = {"oglu": "oğlu", "qizi": "qızı"}.get(person.get("suffix") or "", person.get("suffix") or "")
    parts = (person.get("surname"), person.get("given"), person.get("patronymic"), suffix)
    return " ".join(part for part in parts if part)


def find(r: Reader, typed: str, limit: int = 5) -> list[Found]:
    """The persons most like what was typed, surest first; spelling, script and order of words do not matter."""
    if not typed.strip():
        return []
    ranked = [Found(person, score) for person, score in r.people_like(typed[:200], limit)]
    ranked.sort(key=lambda found: (-found.score, full_name(found.person), found.person["id"]))
    return ranked[:limit]


def canonical(r: Reader, person: str) -> str:
    """The person that stands for this one after merges; the least id where merges made a circle."""
    seen = [person]
    while True:
        row = r.get("person", seen[-1], deleted=True)
        following = row["merged_into"] if row else None
        if not following:
            return seen[-1]
        if following in seen:
            return min(seen[seen.index(following) :])
        seen.append(following)


def merge(w: Writer, keep: str, other: str) -> None:
    """Let `other` stand for `keep` from now on; nothing is rewritten, so `split` takes it back.

    Raises UserError(merge_itself, no_such_row, merge_in_use) and then nothing changed.
    """
    for person in (keep, other):
        if w.get("person", person) is None:
            raise UserError("no_such_row", record="person")
    if canonical(w, keep) == canonical(w, other):
        raise UserError("merge_itself")
    w.put("person", {"merged_into": canonical(w, keep)}, other)


def split(w: Writer, other: str) -> None:
    """Take a merge back: `other` is a person of their own again. Raises UserError(not_merged)."""
    row = w.get("person", other)
    if row is None or not row["merged_into"]:
        raise UserError("not_merged")
    w.put("person", {"merged_into": None}, other)
