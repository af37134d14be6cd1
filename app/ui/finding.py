"""What Ctrl+K finds: persons, activities, groups, pages, lists and commands; opens what is chosen through the shell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from app.basics.words import text
from app.specs.records import RECORDS
from app.ui import navigation
from app.ui.actions import ACTIONS
from app.ui.forms.sources import found_persons, matching, title_options
from app.ui.forms.words import loose, records_name
from app.ui.pages.page import Page
from app.ui.shell import Shell
from app.ui.widgets.command_palette import Hit
from app.ui.widgets.picker import Option

_EACH = 5
_PLACES = (("activity", "activities", "calendar-days"), ("group", "groups", "handshake"))


class Finder:
    """Answers what is typed: commands and pages at once, rows of the register as soon as they are read."""

    def __init__(self, shell: Shell, current: Callable[[], Page | None]) -> None:
        self._shell = shell
        self._current = current
        self._titles: dict[str, list[Option]] = {}

    def find(self, typed: str, reply: Callable[[Sequence[Hit]], None]) -> None:
        """At most five of each sort."""
        commands = self._commands(typed)
        if not typed:
            self._titles.clear()  # each opening reads them anew
            reply(commands)
            return
        self._shell.tasks.read(
            lambda r: self._rows(r, typed), lambda hits: reply([*hits, *commands]), urgent=True, latest="palette"
        )

    def _rows(self, reader: Any, typed: str) -> list[Hit]:
        hits = [
            Hit(
                found.label,
                found.detail or text("ui.group_person"),
                "user",
                partial(self._shell.go, "people", found.key),
            )
            for found in found_persons(reader, typed, _EACH)
        ]
        for record, page, icon in _PLACES:
            if record not in self._titles:
                self._titles[record] = title_options(reader, record)
            for found in matching(self._titles[record], typed, limit=_EACH):
                detail = " · ".join(filter(None, (found.detail, text(f"ui.group_{record}"))))
                hits.append(Hit(found.label, detail, icon, partial(self._shell.go, page, found.key)))
        return hits

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


def _begins(words: list[str], wanted: list[str]) -> bool:
    """Whether each wanted word begins one of these: commands are few, so letters inside words only confuse."""
    return all(any(word.startswith(start) for word in words) for start in wanted)
