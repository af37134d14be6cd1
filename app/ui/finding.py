"""What Ctrl+K finds: every row of the register, pages, lists and commands; opens what is chosen through the shell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from app.basics import words
from app.basics.words import text
from app.specs import choices
from app.specs.records import RECORDS
from app.ui import navigation
from app.ui.actions import ACTIONS
from app.ui.forms.sources import found_persons
from app.ui.forms.words import loose, record_name, records_name, title_of
from app.ui.pages.page import Page
from app.ui.shell import Shell
from app.ui.widgets.command_palette import Hit
from app.ui.widgets.date_edit import show_day
from app.ui.widgets.picker import Option

_EACH = 5
_UNTITLED = frozenset({"person", "choice", "import_mapping", "field_rule"})
_SPOKEN_CODES = ("project", "plan_line", "indicator")
_PLACES = {"activity": ("activities", "calendar-days"), "group": ("groups", "handshake")}
FOUND: tuple[str, ...] = tuple(
    sorted(
        (name for name, spec in RECORDS.items() if spec.title and name not in _UNTITLED),
        key=lambda name: (name not in _PLACES, name not in ("output", "mechanism", "survey", "plan_line", "site")),
    )
)
"""The record types whose rows are found by their titles, in the order of the answers; persons are found by name."""


class Titles:
    """What every row but the persons is called, kept folded between two searches; reads only what was written since.

    To be used on the thread of the store.
    """

    def __init__(self) -> None:
        self._position = -1
        self._language = ""
        self._known: dict[str, list[tuple[str, Option]]] = {}

    def freshen(self, reader: Any) -> None:
        """Read the titles of the types that were written to since the last time."""
        from app.models.queries.titles import written_since  # the database code comes after the first paint

        last, touched = written_since(reader, self._position)
        if words.language() != self._language:
            self._known.clear()
        for record in FOUND:
            if record in touched or record not in self._known:
                self._known[record] = _titled(reader, record)
        self._position, self._language = last, words.language()

    def find(self, typed: str) -> list[tuple[str, Option]]:
        """(record type, answer): at most five of a type, those that begin with what was typed before the others."""
        wanted = loose(typed)
        parts = wanted.split()
        begins: list[tuple[str, Option]] = []
        holds: list[tuple[str, Option]] = []
        for record, known in self._known.items():
            first: list[Option] = []
            second: list[Option] = []
            for folded, option in known:
                if folded.startswith(wanted):
                    first.append(option)
                elif len(second) < _EACH and all(part in folded for part in parts):
                    second.append(option)
                if len(first) == _EACH:
                    break
            begins += [(record, option) for option in first]
            holds += [(record, option) for option in second[: _EACH - len(first)]]
        return [*begins, *holds]


def _titled(reader: Any, record: str) -> list[tuple[str, Option]]:
    """The rows of a type as (folded words, answer), by the order of their titles; every language is searched."""
    from app.models.queries.titles import titles  # as above

    found = []
    for row in titles(reader, record):
        label = " ".join(title_of(record, row).split())
        if not label:
            label = choices.label(choices.KINDS, row["kind"]) if row.get("kind") else ""
        also = [value for name, value in row.items() if isinstance(value, str) and _searched(record, name)]
        if label or also:
            day = (row.get("start") or row.get("date")) if RECORDS[record].scope == "site" else None
            code = row.get("code") if record in _SPOKEN_CODES else None
            detail = show_day(day) if day else str(code or row.get("place") or "")
            found.append((loose(" ".join([label, *also])), Option(row["id"], label or also[0], detail)))
    return sorted(found, key=lambda entry: entry[0])


def _searched(record: str, name: str) -> bool:
    return name in ("code", "short_name", "former_names", "place") or name.rpartition("_")[0] in RECORDS[record].title


class Finder:
    """Answers what is typed: commands and pages at once, rows of the register as soon as they are read."""

    def __init__(self, shell: Shell, current: Callable[[], Page | None]) -> None:
        self._shell = shell
        self._current = current
        self._titles = Titles()
        self._stale = True

    def find(self, typed: str, reply: Callable[[Sequence[Hit]], None]) -> None:
        """At most five of each sort."""
        helper = self._shell.tasks.level == "helper"  # to whom no row of the register is shown, nor its lists
        commands = [] if helper else self._commands(typed)
        if not typed or helper:
            self._stale = True  # each opening looks what was written since the last
            reply(commands)
            return
        self._shell.tasks.read(
            lambda r: self._rows(r, typed),
            lambda found: reply([*found[0], *commands, *found[1]]),
            urgent=True,
            latest="palette",
        )

    def _rows(self, reader: Any, typed: str) -> tuple[list[Hit], list[Hit]]:
        """What people look for most, and everything else."""
        first = [
            Hit(
                found.label,
                found.detail or text("ui.group_person"),
                "user",
                partial(self._shell.go, "people", found.key),
            )
            for found in found_persons(reader, typed, _EACH)
        ]
        rest: list[Hit] = []
        if self._stale:
            self._titles.freshen(reader)
            self._stale = False
        for record, found in self._titles.find(typed):
            page, icon = _PLACES.get(record, ("lists", "layout-list"))
            target = found.key if record in _PLACES else f"{record}/{found.key}"
            detail = " · ".join(filter(None, (found.detail, record_name(record))))
            hit = Hit(found.label, detail, icon, partial(self._shell.go, page, target))
            (first if record in _PLACES else rest).append(hit)
        return first, rest

    def _commands(self, typed: str) -> list[Hit]:
        shell, page = self._shell, self._current()
        hits: dict[str, Hit] = {}
        for number, command in enumerate(page.commands() if page is not None else ()):
            hits[f"here-{number}"] = Hit(command.label, text("ui.group_command"), command.icon, command.run)
        for entry in navigation.PAGES:
            if entry.rail or entry.key == "lists":
                hits[f"page-{entry.key}"] = Hit(
                    entry.label, text("ui.group_page"), entry.icon, partial(shell.go, entry.key, "")
                )
        for action in ACTIONS:
            if action.name not in ("find", "back"):
                run = partial(shell.do, action.name)
                hits[f"act-{action.name}"] = Hit(action.label, action.shown_key, action.icon, run)
        if typed:
            for record in RECORDS:
                hits[f"list-{record}"] = Hit(
                    records_name(record), text("ui.group_list"), "layout-list", partial(shell.go, "lists", record)
                )
        wanted = loose(typed).split()
        found = [hit for hit in hits.values() if _begins(loose(hit.label).split(), wanted)]
        return found[:_EACH] if typed else found


def _begins(spoken: list[str], wanted: list[str]) -> bool:
    """Whether each wanted word begins one of these: commands are few, so letters inside words only confuse."""
    return all(any(word.startswith(start) for word in spoken) for start in wanted)
