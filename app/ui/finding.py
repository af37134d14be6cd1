"""What Ctrl+K finds: every row of the register, pages, lists and commands; opens what is chosen through the shell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import accumulate, islice
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
        self._known: dict[str, Folded] = {}

    def freshen(self, reader: Any) -> None:
        """Read the titles of the types that were written to since the last time."""
        from app.models.queries.titles import written_since  # the database code comes after the first paint

        last, touched = written_since(reader, self._position)
        if words.language() != self._language:
            self._known.clear()
        for record in FOUND:
            if record in touched or record not in self._known:
                self._known[record] = Folded(_titled(reader, record))
        self._position, self._language = last, words.language()

    def find(self, typed: str) -> list[tuple[str, Option]]:
        """(record type, answer): at most five of a type, those that begin with what was typed before the others."""
        wanted = loose(typed)
        begins: list[tuple[str, Option]] = []
        holds: list[tuple[str, Option]] = []
        for record, known in self._known.items():
            first = known.beginning(wanted, _EACH)
            begins += [(record, option) for option in first]
            more = known.holding(wanted.split(), _EACH)
            holds += [(record, option) for option in more if option not in first][: _EACH - len(first)]
        return [*begins, *holds]


class Folded:
    """Titles of one type as one long text: looking through it is one search in C and not one a title (10,000 titles
    took 30 ms in Python, two frames)."""

    def __init__(self, entries: Sequence[tuple[str, Option]]) -> None:
        self._lines = [folded for folded, _ in entries]
        self._options = [option for _, option in entries]
        self._text = "\n" + "\n".join(self._lines)
        self._starts = list(accumulate((len(line) + 1 for line in self._lines), initial=0))

    def beginning(self, wanted: str, most: int) -> list[Option]:
        """The first few that begin with this."""
        return [self._options[n] for n in islice(self._lines_with("\n" + wanted), most)] if wanted else []

    def holding(self, parts: Sequence[str], most: int) -> list[Option]:
        """The first few that hold each of these."""
        if not parts:
            return []
        rarest = max(parts, key=len)
        fitting = (n for n in self._lines_with(rarest) if all(part in self._lines[n] for part in parts))
        return [self._options[n] for n in islice(fitting, most)]

    def _lines_with(self, part: str) -> Iterator[int]:
        at = self._text.find(part)
        while at >= 0:
            line = bisect_right(self._starts, at) - 1
            yield line
            at = self._text.find(part, self._starts[line + 1])


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
