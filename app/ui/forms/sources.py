"""Where pickers find their options: code lists at once, records through the store's thread; writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject

from app.specs import choices
from app.ui.forms.words import loose, title_of
from app.ui.tasks import Tasks
from app.ui.widgets.date_edit import show_day
from app.ui.widgets.picker import Option, Source

LIMIT = 40


class ChoiceSource:
    """The offered values of a code list; in a long one those whose words contain what was typed."""

    def __init__(self, list_name: str) -> None:
        self._list = list_name

    def find(self, text: str, reply: Callable[[Sequence[Option]], None]) -> None:
        """Matches at the beginning first."""
        try:
            offered = choices.offered_audiences() if self._list == "audience" else choices.offered(self._list)
        except KeyError:
            offered = {}
        options = [Option(code, entry.label()) for code, entry in offered.items()]
        reply(matching(options, text, limit=200))

    def name(self, key: str, reply: Callable[[str], None]) -> None:
        """The label of a code, retired ones too."""
        reply(choices.label(self._list, key))


class RecordSource:
    """Rows of a record type, found by their title; persons by the name search."""

    def __init__(self, tasks: Tasks, record: str, context: QObject) -> None:
        self._tasks = tasks
        self._record = record
        self._context = context
        self._known: list[Option] | None = None

    def find(self, text: str, reply: Callable[[Sequence[Option]], None]) -> None:
        """At most LIMIT rows; the newest question wins."""
        record, known = self._record, self._known
        if record == "person":
            self._read(lambda r: found_persons(r, text, 12), reply)
        elif known is not None and text.strip():
            reply(matching(known, text, limit=LIMIT))
        else:  # each opening reads the titles anew, typing then looks through them

            def keep(options: list[Option]) -> None:
                self._known = options
                reply(matching(options, text, limit=LIMIT))

            self._read(lambda r: title_options(r, record), keep)

    def name(self, key: str, reply: Callable[[str], None]) -> None:
        """The title of a row, also of one in the bin."""
        record = self._record
        self._tasks.read(lambda r: title_of(record, r.get(record, key, deleted=True)), reply, context=self._context)

    def _read(self, work: Callable[[Any], list[Option]], reply: Callable[[list[Option]], None]) -> None:
        self._tasks.read(work, reply, context=self._context, urgent=True, latest=f"pick-{id(self)}")


def found_persons(reader: Any, typed: str, limit: int) -> list[Option]:
    """The persons most like what was typed, as options."""
    from app.services import people  # the database code comes after the first paint

    return [person_option(found.person) for found in people.find(reader, typed, limit)]


def title_options(reader: Any, record: str) -> list[Option]:
    """All live rows of a type as options, by the order of their titles."""
    from app.models.queries.titles import titles  # the database code comes after the first paint

    options = [Option(row["id"], title_of(record, row), _detail(row)) for row in titles(reader, record)]
    return sorted(options, key=lambda option: loose(option.label))


class FixedSource:
    """A few options known beforehand."""

    def __init__(self, options: Mapping[str, str]) -> None:
        self._options = dict(options)

    def find(self, text: str, reply: Callable[[Sequence[Option]], None]) -> None:
        """All that contain what was typed."""
        reply(matching([Option(key, label) for key, label in self._options.items()], text, limit=200))

    def name(self, key: str, reply: Callable[[str], None]) -> None:
        """The words of a key, or the key."""
        reply(self._options.get(key, key))


class Sources:
    """All sources a form needs; pages make one and hand it to their forms."""

    def __init__(self, tasks: Tasks, context: QObject) -> None:
        self._tasks = tasks
        self._context = context

    def may_edit(self, record: str) -> bool:
        """Whether whoever is at the keyboard may change rows of this type; what they may not is shown to read."""
        from app.models import permits  # after the first paint, with the rest of the database's code

        level = self._tasks.level
        return not level or permits.may_write(level, record, (), new=False)

    def choice(self, list_name: str) -> Source:
        """The source of a code list."""
        return ChoiceSource(list_name)

    def record(self, record: str) -> Source:
        """The source of a record type."""
        return RecordSource(self._tasks, record, self._context)


def person_option(row: Mapping[str, Any]) -> Option:
    """A person as an option: the name, and rank and unit to tell namesakes apart."""
    rank = choices.label("rank", row.get("rank"))
    from app.services.people import full_name

    return Option(row["id"], full_name(dict(row)), ", ".join(filter(None, (rank, row.get("unit")))))


def matching(options: Sequence[Option], text: str, *, limit: int) -> list[Option]:
    """The options whose words contain every typed word (spelling folded), those that begin with it first."""
    wanted = loose(text)
    if not wanted:
        return list(options[:limit])
    begins, holds = [], []
    for option in options:
        folded = loose(f"{option.label} {option.key if len(option.key) < 8 else ''}")
        if folded.startswith(wanted):
            begins.append(option)
        elif all(word in folded for word in wanted.split()):
            holds.append(option)
    return [*begins, *holds][:limit]


def _detail(row: Mapping[str, Any]) -> str:
    return show_day(row["start"]) if row.get("start") else str(row.get("code") or row.get("place") or "")
