"""The words for records and fields: one place that knows where labels come from; makes no widgets."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from app.basics import words
from app.names.fold import fold
from app.specs.records import RECORDS

TWINS = ("en", "az", "ru")


def label_of(record: str, field: str) -> str:
    """The label of a field in the language spoken now; the field's name in words where the catalogue has none."""
    return _label(record, field, words.language())


def record_name(record: str) -> str:
    """What one record of this type is called."""
    return _first(f"records.{record}.one", f"records.{record}") or _plain(record)


def records_name(record: str) -> str:
    """What a list of this type is called."""
    return _first(f"records.{record}.many", f"records.{record}") or _plain(record)


def section_name(section: str) -> str:
    """The heading of a section of a form."""
    return _first(f"records.section.{section}", f"records.section_{section}") or _plain(section)


def hint_of(record: str, field: str) -> str:
    """A word of help under a field, or an empty string."""
    return _first(f"records.{record}.{field}.hint") or ""


def twin_of(field: str) -> tuple[str, str]:
    """(`name`, `az`) for `name_az`; (`name`, ``) for a field without languages."""
    stem, _, language = field.rpartition("_")
    return (stem, language) if stem and language in TWINS else (field, "")


def title_of(record: str, row: Mapping[str, Any] | None, language: str | None = None) -> str:
    """What to call a row: its title fields, a title in three languages in the one spoken, else any it has."""
    if row is None:
        return ""
    parts = []
    for name in RECORDS[record].title:
        if f"{name}_en" in row or f"{name}_az" in row:
            spoken = language or words.language()
            value = next((row[k] for lang in (spoken, *TWINS) if row.get(k := f"{name}_{lang}")), None)
        else:
            value = row.get(name)
        if value:
            parts.append(str(value))
    return " ".join(parts)


def loose(text: str) -> str:
    """A spelling for filters: alphabet, script and marks do not matter, nor does e typed for ə."""
    return fold(text).replace("e", "a")


@cache
def _label(record: str, field: str, language: str) -> str:
    stem, _ = twin_of(field)
    return _first(f"records.{record}.{field}", f"records.{record}.{stem}", f"records.{field}", f"records.{stem}") or (
        _plain(stem)
    )


def _first(*keys: str) -> str | None:
    for key in keys:
        try:
            if words.known(key):
                return words.text(key)
        except (KeyError, AttributeError, TypeError):
            continue
    return None


def _plain(name: str) -> str:
    return name.replace("_", " ").capitalize()
