"""What fields and values are called, in the language spoken: for conflicts, histories and papers; reads no register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.basics import words
from app.basics.words import known, text
from app.specs import choices
from app.specs.records import RECORDS
from app.specs.types import Boolean, Choice, Choices, Date, Moment, Reference, References


def record_word(record: str, *, many: bool = False) -> str:
    """What a record of this type (or many) is called; the type itself where the catalogue is older."""
    key = f"records.{record}.{'many' if many else 'one'}"
    return text(key) if known(key) else record.replace("_", " ").capitalize()  # words: records.*


def key_word(record: str, key: str) -> str:
    """What a field key of the log is called: a field, a member of a set (`topics/…`), a detail of a kind."""
    if key == "deleted":
        return text("conflicts.in_the_bin")
    name = key.partition("/")[0].removeprefix("details.")
    stem, _, language = name.rpartition("_")
    twin = bool(stem) and language in words.LANGUAGES
    for wanted in (f"records.{record}.{name}", f"records.{name}"):
        if known(wanted):
            return text(wanted)  # words: records.*
    for wanted in (f"records.{record}.{stem}", f"records.{stem}"):
        if twin and known(wanted):
            return f"{text(wanted)} ({language})"  # words: records.*
    return name.replace("_", " ").capitalize()


def value_word(record: str, key: str, value: Any, names: Mapping[str, str] | None = None) -> str:
    """A value of a field key as a person reads it; `names`: id → name of the rows it may refer to. "" for nothing."""
    if value is None or value == "" or value == []:
        return ""
    spec = RECORDS.get(record)
    name, _, member = key.partition("/")
    kind = spec.by_name[name].type if spec is not None and name in spec.by_name else None
    if member:
        said = choices.label(kind.list, member) if isinstance(kind, Choices) else (names or {}).get(member, member)
        return said if value else text("conflicts.without", value=said)
    if isinstance(kind, Choice):
        return choices.label(kind.list, str(value)) or str(value)
    if isinstance(kind, Choices) and isinstance(value, list):
        return ", ".join(choices.label(kind.list, code) or code for code in value)
    if isinstance(kind, Reference | References):
        ids = value if isinstance(value, list) else [value]
        return ", ".join((names or {}).get(one, str(one)) for one in ids)
    if isinstance(kind, Boolean) or isinstance(value, bool):
        return text("sync.yes" if value else "sync.no")
    if isinstance(kind, Date):
        return day_word(str(value))
    if isinstance(kind, Moment):
        return moment_word(str(value))
    return str(value)


def day_word(day: str | None) -> str:
    """An ISO day (or the day of a moment) as people there write it: 21.11.2026; what is none as it is, "" for None."""
    parts = (day or "")[:10].split("-")
    return ".".join(reversed(parts)) if len(parts) == 3 and all(part.isdigit() for part in parts) else day or ""


def moment_word(moment: str | None) -> str:
    """A UTC moment on this machine's clock: 21.11.2026 14:05; what is none as it is, "" for None."""
    try:
        return f"{datetime.fromisoformat((moment or '').replace('Z', '+00:00')).astimezone():%d.%m.%Y %H:%M}"
    except ValueError:
        return moment or ""


def title_word(record: str, row: Mapping[str, Any]) -> str:
    """What a person calls a row: its title fields, in the language spoken where there are several; "" where none."""
    if record == "person":
        return " ".join(str(row[part]) for part in ("surname", "given", "patronymic") if row.get(part))
    order = (words.language(), "en", "az", "ru")
    for stem in RECORDS[record].title:
        for name in (stem, *(f"{stem}_{language}" for language in order)):
            if row.get(name):
                return str(row[name])
    return ""
