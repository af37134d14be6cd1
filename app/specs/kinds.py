"""The activity kinds: one TOML file each, and those the office made; never code, and never the store.

A definition made by the office (record `activity_kind`) is JSON of the same shape. It may say `extends = "<code>"` to
start from another kind, or from the shipped kind of the same code, and add fields to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from app.basics import words
from app.basics.paths import RESOURCES
from app.errors import UserError
from app.specs import choices, definitions
from app.specs.kind import FACETS, Kind, Rule, facets_of, records_of

__all__ = [
    "FACETS",
    "NOT_KINDS",
    "Kind",
    "Rule",
    "facets_of",
    "kind",
    "kinds",
    "parse",
    "records_of",
    "shipped",
    "use_own",
]

_FOLDER = RESOURCES / "reference" / "kinds"

NOT_KINDS: dict[int, str] = {
    80: "person",  # the roster of experts is a view of people: roles, expert_fields, sex, languages
    86: "report",  # the POLIS entry is a layout of the activity export
}
"""The lines of the seeds' list that are served by something else than a kind, and by what."""


def kinds() -> dict[str, Kind]:
    """All kinds by code, shipped ones first, retired ones too. The first call reads every file."""
    return {code: kind_ for code in [*_codes(), *_own] if (kind_ := kind(code)) is not None}


def kind(code: str) -> Kind | None:
    """One kind, or None if there is none of this code; reads one file at most."""
    return _own.get(code) or _shipped(code)


def use_own(rows: Iterable[Mapping[str, Any]]) -> list[UserError]:
    """Replace the office's own kinds by these rows of record `activity_kind`.

    A definition that cannot be used (made by a newer program, say) is left out; its error is in the answer.
    """
    global _own
    made: dict[str, Kind] = {}

    def find(code: str, shipped: bool) -> Kind | None:
        return _shipped(code) if shipped else made.get(code) or _shipped(code)

    waiting = {row["code"]: row for row in rows}
    errors: dict[str, UserError] = {}
    while waiting:  # a kind may extend another one of the office's, which then has to come first
        before = len(waiting)
        for code, row in list(waiting.items()):
            try:
                own = definitions.read(row["definition"], find, own=True)
                if own.code != code:
                    raise UserError("kind_wrong_code", kind=code, found=own.code)
            except UserError as error:
                errors[code] = error
                continue
            made[code] = _with_row(own, row)
            errors.pop(code, None)
            del waiting[code]
        if len(waiting) == before:
            break
    _own = made  # in one step: another thread may be reading
    choices.use_own_kinds({code: _entry(own) for code, own in made.items()})
    return list(errors.values())


def parse(definition: str | Mapping[str, Any], *, own: bool = False, more_lists: Collection[str] = frozenset()) -> Kind:
    """A kind from TOML, from JSON or from a plain mapping; UserError (`kind_…`) says what is wrong with it.

    `own` for what the office makes: a code that is shipped is then refused unless the definition extends it.
    `more_lists` are lists that `choices` does not know yet.
    """
    return definitions.read(definition, _find, own=own, more_lists=more_lists)


def shipped(code: str) -> Kind | None:
    """The kind of this code as it ships, whatever the office added to it; None where none ships."""
    return _shipped(code)


_own: dict[str, Kind] = {}


@cache
def _codes() -> tuple[str, ...]:
    return tuple(path.stem for path in sorted(_FOLDER.glob("*.toml")))


@cache
def _shipped(code: str) -> Kind | None:
    if not definitions.CODE.fullmatch(code):
        return None
    path = Path(_FOLDER, f"{code}.toml")
    return parse(path.read_text(encoding="utf-8")) if path.is_file() else None


def _with_row(made: Kind, row: Mapping[str, Any]) -> Kind:
    """The kind with what its row says besides the definition: labels that were edited, whether it is retired."""
    labels: dict[str, str] = {lang: row.get(f"label_{lang}") or made.labels.get(lang, "") for lang in words.LANGUAGES}
    return replace(made, labels=labels, retired=bool(row.get("retired")))


def _entry(own: Kind) -> choices.Entry:
    more = {"approach": own.approach, "shape": own.shape}
    return choices.Entry(own.code, own.labels, retired=own.retired, more=more, own=True)


def _find(code: str, shipped: bool) -> Kind | None:
    return _shipped(code) if shipped else kind(code)
