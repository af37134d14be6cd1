"""The code lists that choice fields draw on, read from CSV files as they are needed; never touches the store.

The office's own values (records of type `choice`) are handed in with `use_own` when a store opens or changes.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from app.basics import words
from app.basics.paths import RESOURCES

KINDS = "activity_kind"
_REFERENCE = RESOURCES / "reference"
_COLUMNS = frozenset({"code", "en", "az", "ru", "parent", "retired", "review"})
_NOTHING: Mapping[str, str] = MappingProxyType({})
_own: dict[str, dict[str, Entry]] = {}
_own_kinds: dict[str, Entry] = {}


@dataclass(frozen=True)
class Entry:
    """One value of a list. `more` holds the list's further columns; `review` the languages a native should read."""

    code: str
    labels: Mapping[str, str]
    parent: str = ""
    retired: bool = False
    review: tuple[str, ...] = ()
    more: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    own: bool = False

    def label(self, language: str | None = None) -> str:
        """The label in a language (the one spoken now if none is named), English where it has none."""
        return self.labels.get(language or words.language()) or self.labels["en"]


def lists() -> list[str]:
    """The names of all lists that are shipped or made by the office, sorted."""
    shipped = {path.stem for path in (_REFERENCE / "choices").glob("*.csv")}
    return sorted(shipped | {KINDS} | set(_own))


def choices(name: str) -> Mapping[str, Entry]:
    """All values of a list by code in the order to show them, retired ones too. KeyError for an unknown list."""
    shipped = _shipped(name)
    own = _own_kinds if name == KINDS else _own.get(name)
    if shipped is None and own is None:
        raise KeyError(name)
    if not own:
        return shipped or {}
    return {**(shipped or {}), **own}


def offered(name: str) -> dict[str, Entry]:
    """The values to offer for new entries: those that are not retired."""
    return {code: entry for code, entry in choices(name).items() if not entry.retired}


def offered_audiences() -> dict[str, Entry]:
    """The audiences to offer; categories that are never recorded (victims) are not among them."""
    return {code: entry for code, entry in offered("audience").items() if entry.more.get("named") != "never"}


def label(name: str, code: str | None, language: str | None = None) -> str:
    """What to show for a code: its label, or the code itself where the list does not know it; '' for None."""
    if not code:
        return ""
    try:
        entry = choices(name).get(code)
    except KeyError:
        return code
    return entry.label(language) if entry else code


def exists(name: str, code: str) -> bool:
    """Whether the list knows this code, retired or not."""
    try:
        return code in choices(name)
    except KeyError:
        return False


def within(name: str, code: str) -> set[str]:
    """The code and everything below it in a list with parents; just the code in a flat one."""
    found = {code}
    entries = choices(name).values()
    while more := {e.code for e in entries if e.parent in found} - found:
        found |= more
    return found


def use_own(rows: Iterable[Mapping[str, Any]]) -> None:
    """Replace the office's own values by these rows of record `choice`, shown in the order of their codes.

    A shipped code keeps its further columns.
    """
    global _own
    own: dict[str, dict[str, Entry]] = {}
    for row in sorted(rows, key=lambda row: (row["list"], row["code"])):
        shipped = (_shipped(row["list"]) or {}).get(row["code"])
        labels = {"en": row["label_en"], "az": row.get("label_az") or "", "ru": row.get("label_ru") or ""}
        own.setdefault(row["list"], {})[row["code"]] = Entry(
            row["code"],
            labels,
            parent=row.get("parent") or (shipped.parent if shipped else ""),
            retired=bool(row.get("retired")),
            more=shipped.more if shipped else _NOTHING,
            own=True,
        )
    _own = own  # in one step: another thread may be reading


def use_own_kinds(entries: Mapping[str, Entry]) -> None:
    """Replace the office's own activity kinds; called by `kinds.use_own`, which reads their definitions."""
    global _own_kinds
    _own_kinds = dict(entries)


@cache
def _shipped(name: str) -> Mapping[str, Entry] | None:
    if name == KINDS:
        return _kind_labels()
    path = _REFERENCE / "choices" / f"{name}.csv"
    if "/" in name or "\\" in name or not path.is_file():
        return None
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: _entry(row) for row in csv.DictReader(file)}


def _entry(row: Mapping[str, str]) -> Entry:
    more = {column: value for column, value in row.items() if column not in _COLUMNS}
    return Entry(
        row["code"],
        {language: row[language] for language in words.LANGUAGES},
        parent=row.get("parent") or "",
        retired=row.get("retired") == "yes",
        review=tuple((row.get("review") or "").split()),
        more=MappingProxyType(more) if more else _NOTHING,
    )


def _kind_labels() -> Mapping[str, Entry]:
    """The activity kinds as a list. Only the head of each file is parsed: a list needs no fields."""
    entries = {}
    for path in sorted((_REFERENCE / "kinds").glob("*.toml")):
        head = tomllib.loads(path.read_text(encoding="utf-8").partition("\n[[")[0])
        entries[head["code"]] = Entry(
            head["code"], head["label"], more=MappingProxyType({"approach": head["approach"], "shape": head["shape"]})
        )
    return entries
