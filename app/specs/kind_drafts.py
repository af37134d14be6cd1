"""A kind of activity as a form edits it: plain values out of a definition and back into one; never touches the store.

A draft is flat: `label_en`, `shape`, `facets` … by the names in HEAD. What equals the kind that is extended stays out
of the definition, so that a correction of the shipped kind still reaches it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from app.specs import definitions
from app.specs.fields import FieldSpec as F
from app.specs.kind import Kind
from app.specs.types import Boolean, Choice, Choices, Decimal, Text

LANGUAGES = ("en", "az", "ru")
_LINE = Text(longest=200)
_HINT = Text(longest=1000, lines=True)
_NOTHING: dict[str, Any] = {"fields_of_work": [], "topics": [], "audiences": [], "programme": []}


def _three(stem: str, kind: Text, *, required: bool = False) -> tuple[F, ...]:
    return tuple(F(f"{stem}_{lang}", kind, required=required and lang == "en") for lang in LANGUAGES)


HEAD: tuple[F, ...] = (
    *_three("label", _LINE, required=True),
    F("shape", Choice(list="shape"), required=True),
    F("approach", Choice(list="approach"), required=True),
    F("privacy", Choice(list="privacy"), required=True),
    F("counts_as_trained", Boolean()),
    F("duty", Choice(list="duty")),
    F("recommended_by", _LINE),
    F("facets", Choices(list="facet")),
    F("audiences", Choices(list="audience")),
    F("topics", Choices(list="topic")),
    F("field_of_work", Choice(list="field_of_work")),
    F("fields_of_work", Choices(list="field_of_work")),
    F("dimension", Choice(list="dimension")),
    F("programme", Choices(list="programme_element")),
    F("output_kind", Choice(list="output_kind")),
    F("mechanism_type", Choice(list="mechanism_type")),
    F("group_type", Choice(list="group_type")),
    *_three("title", _LINE),
    *_three("hint", _HINT),
)
"""What a form asks of a kind that the office makes."""

OF_SHIPPED = (
    *(f"label_{lang}" for lang in LANGUAGES),
    *("duty", "audiences", "topics", "field_of_work", "fields_of_work"),
    *(f"title_{lang}" for lang in LANGUAGES),
    *(f"hint_{lang}" for lang in LANGUAGES),
)
"""Those that the office may change of a shipped kind: how it counts and what it is stay what they were."""

FIELD: tuple[F, ...] = (
    *_three("label", _LINE, required=True),
    F("type", Choice(list="field_type"), required=True),
    F("values", Text(longest=20_000, lines=True)),
    F("list", Text(longest=60)),
    F("least", Decimal(-1_000_000, 1_000_000)),
    F("most", Decimal(-1_000_000, 1_000_000_000)),
    F("required", Boolean()),
    *_three("hint", _HINT),
)
"""What a form asks of one field; `values` are the lines of a list of its own, `list` the name of one there is."""

_KEYS = tuple(f.name for f in HEAD if f.name.rpartition("_")[0] not in ("label", "title", "hint"))
_OF_ROW = ("recommended_by",)


def values_of(raw: Mapping[str, Any], made: Kind) -> dict[str, Any]:
    """The draft of a definition, with what it takes over from the kind it extends filled in."""
    values: dict[str, Any] = {}
    for stem, by_language in (("label", made.labels), ("title", made.titles), ("hint", made.hints)):
        values |= {f"{stem}_{lang}": by_language.get(lang) or None for lang in LANGUAGES}
    for key in _KEYS:
        if key not in _OF_ROW:
            value = getattr(made, key)
            values[key] = list(value) if isinstance(value, tuple) else (None if value == "" else value)
    return values


def compose(raw: Mapping[str, Any], values: Mapping[str, Any], base: Kind | None) -> dict[str, Any]:
    """The definition `raw` with these values of a draft in it; keys that a draft does not show stay as they are.

    Facets that nobody chose follow shape and privacy.
    """
    made = dict(raw)
    for stem in ("label", "title", "hint"):
        told = {lang: values[name] for lang in LANGUAGES if values.get(name := f"{stem}_{lang}")}
        if any(f"{stem}_{lang}" in values for lang in LANGUAGES):
            inherited = {} if base is None else dict(getattr(base, f"{stem}s"))
            _set(made, stem, told, {k: v for k, v in inherited.items() if v} if base else {})
    for key in _KEYS:
        if key in values and key not in _OF_ROW and key != "facets":
            default = getattr(base, key) if base is not None else _NOTHING.get(key, "")
            value = values[key]
            if value is None:
                value = False if key == "counts_as_trained" else "none" if key == "duty" else _NOTHING.get(key, "")
            _set(made, key, value, list(default) if isinstance(default, tuple) else default)
    if "facets" in values:
        _set_facets(made, values, base)
    return made


def _set(made: dict[str, Any], key: str, value: Any, default: Any) -> None:
    empty = value in ("", {}, []) and default in ("", {}, [], None)
    if empty or (value == default and key not in ("shape", "approach", "privacy")):
        made.pop(key, None)
    else:
        made[key] = value


def _set_facets(made: dict[str, Any], values: Mapping[str, Any], base: Kind | None) -> None:
    shape, privacy = made.get("shape") or (base.shape if base else ""), made.get("privacy") or "named"
    travel = bool(made.get("travel", base.travel if base else False))
    usual = base.facets if base is not None and base.shape == shape else None
    usual = usual if usual is not None else definitions.default_facets(shape, privacy, travel)
    chosen = list(values["facets"] or [])
    if not chosen or set(chosen) == set(usual):
        made.pop("facets", None)
    else:
        order = {facet: number for number, facet in enumerate(definitions.FACETS)}
        made["facets"] = sorted(chosen, key=lambda facet: order.get(facet, 99))


# --- fields ----------------------------------------------------------------------------------------------------------


def field_values(row: Mapping[str, Any], lines: str = "") -> dict[str, Any]:
    """The draft of one field of a definition; `lines` are the values of its own list."""
    values: dict[str, Any] = {key: row.get(key) for key in ("type", "list", "least", "most", "required")}
    for stem in ("label", "hint"):
        values |= {f"{stem}_{lang}": (row.get(stem) or {}).get(lang) for lang in LANGUAGES}
    return {**values, "values": lines or None}


def compose_field(row: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The field `row` of a definition with these values; bounds and list only where its type has them."""
    made = {key: value for key, value in row.items() if key in ("name", "section", "table", "longest", "retired")}
    made["type"] = values.get("type") or "text"
    for stem in ("label", "hint"):
        told = {lang: values[name] for lang in LANGUAGES if values.get(name := f"{stem}_{lang}")}
        if told:
            made[stem] = told
    if values.get("required"):
        made["required"] = True
    if made["type"] in ("choice", "choices"):
        made["list"] = values.get("list") or ""
    if made["type"] in ("integer", "decimal"):
        made |= {key: values[key] for key in ("least", "most") if values.get(key) is not None}
    if made["type"] != "text":
        made.pop("longest", None)
    return made


def read_values(lines: str) -> list[dict[str, str]]:
    """The values of a list, one a line, as `English | Azərbaycanca | Русский`; the last two may be left out."""
    values = []
    for line in lines.splitlines():
        told = [" ".join(part.split()) for part in line.split("|")]
        if told[0]:
            values.append({f"label_{lang}": part for lang, part in zip(LANGUAGES, told, strict=False) if part})
    return values


def write_values(entries: Iterable[Mapping[str, Any]]) -> str:
    """The inverse of `read_values`."""
    lines = [" | ".join(str(entry.get(f"label_{lang}") or "") for lang in LANGUAGES).rstrip(" |") for entry in entries]
    return "\n".join(lines)


_LETTERS = str.maketrans(
    dict(zip("əıçşğöü", "eicsgou", strict=True))
    | dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", [*"abvgdeejziiklmnoprstufhccss", "", "i", "", *"eua"], strict=True))
)


def code_from(label: str, taken: Collection[str], *, longest: int = 40) -> str:
    """A code for something called `label`, permanent once given: small letters, none that is taken."""
    plain = unicodedata.normalize("NFKD", label.casefold().translate(_LETTERS)).encode("ascii", "ignore").decode()
    words: Sequence[str] = re.findall(r"[a-z0-9]+", plain) or ["own"]
    stem = "_".join(words)[:longest].strip("_")
    if not definitions.CODE.fullmatch(stem):
        stem = f"own_{stem}"
    code, number = stem, 2
    while code in taken:
        code, number = f"{stem}_{number}", number + 1
    return code
