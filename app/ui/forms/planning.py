"""A new activity in one line: what (a plan line or a kind, by typing), when, where; makes nothing itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.basics import clock
from app.basics.words import text
from app.names.fold import fold
from app.specs import choices, kinds
from app.ui.forms.sources import Sources, matching
from app.ui.forms.words import label_of, title_of
from app.ui.tasks import Tasks
from app.ui.widgets.buttons import button, icon_button
from app.ui.widgets.date_edit import read_day, show_day
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.labels import label
from app.ui.widgets.picker import Option, Picker

_RANGE = re.compile(r"(\d{1,2})\s*[-–]\s*(\d{1,2}(?:[.\-/ ]\d{1,2}(?:[.\-/ ]\d{2,4})?)?\.?)")
FORTNIGHT = 14
"""Days up to which 30-2.12 means from one month into the next; more is taken for a slip of the finger."""
_LENGTH = re.compile(r"(.+?)\s*[+x×]\s*(\d{1,3})")


def read_days(typed: str, today: date) -> tuple[str, str] | None:
    """(first, last) ISO day of `24-26.11`, `24.11 - 26.11.2026`, `2411+3` (three days), `24-26`, `24`; None if none.

    Days without a month are the next such days, today included.
    """
    typed = typed.strip()
    if length := _LENGTH.fullmatch(typed):
        first = _day(length[1], today)
        days = int(length[2])
        if first is None or not 1 <= days <= 366:
            return None
        return first, (date.fromisoformat(first) + timedelta(days=days - 1)).isoformat()
    if span := _RANGE.fullmatch(typed):
        last = _day(span[2], today)
        if last is None:
            return None
        first = _before(int(span[1]), date.fromisoformat(last))
        if span[2].isdigit() and first is not None and first < today.isoformat():
            moved = _next(int(span[1]), today)
            if moved is None:
                return None
            first, last = moved, _on(int(span[2]), date.fromisoformat(moved)) or ""
        return (first, last) if first and last and first <= last else None
    both = re.split(r"\s+[-–]\s+|\s*–\s*", typed)
    if len(both) == 2:
        first, last = _day(both[0], today), _day(both[1], today)
        return (first, last) if first and last and first <= last else None
    first = _day(typed, today)
    return (first, first) if first else None


def _day(typed: str, today: date) -> str | None:
    typed = typed.strip()
    if typed.isdigit() and len(typed) <= 2:
        return _next(int(typed), today)
    return read_day(typed, today)


def _next(day: int, today: date) -> str | None:
    for months in range(13):
        month = today.month - 1 + months
        try:
            found = date(today.year + month // 12, month % 12 + 1, day)
        except ValueError:
            continue
        if found >= today:
            return found.isoformat()
    return None


def _before(day: int, last: date) -> str | None:
    """The day of the month from which a few days lead to `last`: in its month, or late in the one before."""
    if 1 <= day <= last.day:
        return last.replace(day=day).isoformat()
    end = last.replace(day=1) - timedelta(days=1)
    if not 1 <= day <= end.day or (last - end.replace(day=day)).days > FORTNIGHT:
        return None
    return end.replace(day=day).isoformat()


def _on(day: int, first: date) -> str | None:
    try:
        return first.replace(day=day).isoformat()
    except ValueError:
        return None


class WhatSource:
    """Plan lines first, then all kinds that are offered; keys are `line:<id>` and `kind:<code>`."""

    def __init__(self, tasks: Tasks, context: QWidget) -> None:
        self._tasks = tasks
        self._context = context
        self._lines: list[Option] | None = None
        self._kinds: dict[str, str] = {}

    def kind_of(self, key: str) -> str:
        """The code of the kind that a key stands for, '' while the plan has not been read."""
        source, _, code = key.partition(":")
        return code if source == "kind" else self._kinds.get(key, "")

    def find(self, typed: str, reply: Callable[[Sequence[Option]], None]) -> None:
        """What contains the typed words, in any of the languages."""
        if self._lines is not None:
            reply(self._matching(typed))
            return

        def keep(rows: list[dict[str, Any]]) -> None:
            self._kinds = {f"line:{row['id']}": row["kind"] for row in rows}
            self._lines = [
                Option(
                    f"line:{row['id']}",
                    title_of("plan_line", row),
                    text("activities.plan_line", code=row["code"] or ""),
                )
                for row in rows
            ]
            reply(self._matching(typed))

        self._tasks.read(_plan_choices, keep, context=self._context, urgent=True)

    def name(self, key: str, reply: Callable[[str], None]) -> None:
        """The words of a key."""
        source, _, code = key.partition(":")
        if source == "kind":
            reply(choices.label(choices.KINDS, code))
        else:
            reply(next((o.label for o in self._lines or () if o.key == key), ""))

    def _matching(self, typed: str) -> list[Option]:
        offered = []
        wanted = fold(typed).split()
        for code, entry in choices.offered(choices.KINDS).items():
            spoken = Option(f"kind:{code}", entry.label(), choices.label("shape", entry.more.get("shape")))
            other = fold(" ".join(entry.labels.values()))
            if not wanted or all(word in other for word in wanted):
                offered.append(spoken)
        first = matching(offered, typed, limit=200)
        rest = [option for option in offered if option not in first]
        return [*matching(self._lines or [], typed, limit=20), *first, *rest][:60]


class NewActivity(QFrame):
    """What, when, where: Enter makes it. `made({what, start, end, place, site})`."""

    made = Signal(dict)
    closed = Signal()

    def __init__(self, tasks: Tasks, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(text("activities.new"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(6)
        flow = FlowLayout(gap=8)
        self._source = WhatSource(tasks, self)
        self.what = Picker(self._source)
        flow.addWidget(_cell(text("activities.what"), self.what, 340))
        self.when = QLineEdit()
        self.when.setPlaceholderText(text("activities.when_hint"))
        flow.addWidget(_cell(text("activities.when"), self.when, 150))
        self.place = QLineEdit()
        flow.addWidget(_cell(label_of("activity", "place"), self.place, 200))
        self.site = Picker(sources.record("site"))
        flow.addWidget(_cell(label_of("activity", "site"), self.site, 150))
        column.addLayout(flow)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.note = label(text("activities.new_hint"), "muted", wrap=True)
        foot.addWidget(self.note, 1)
        foot.addWidget(button(text("ui.create"), self.finish, kind="primary"))
        foot.addWidget(icon_button("x", text("ui.close"), self.closed.emit))
        column.addLayout(foot)
        self.what.changed.connect(self._on_what)
        for line in (self.what, self.when, self.place, self.site):
            line.returnPressed.connect(self.finish)
        self.when.textEdited.connect(lambda _: self._say_days())

    def begin(self, what: str = "", words: str = "") -> None:
        """Start with nothing, or with something chosen elsewhere."""
        self.what.set_value(what or None, words)
        self.when.clear()
        self.place.clear()
        self.note.setText(text("activities.new_hint"))
        self.show()
        (self.when if what else self.what).setFocus()

    def finish(self) -> None:
        """Make it, or go to what is missing."""
        what, days = self.what.value(), read_days(self.when.text(), clock.today())
        if not what:
            self.what.setFocus()
        elif days is None:
            self.note.setText(text("activities.when_wrong"))
            self.when.setFocus()
            self.when.selectAll()
        else:
            first, last = days
            end = last if last != first else None
            place, site = self.place.text().strip() or None, self.site.value()
            self.made.emit({"what": what, "start": first, "end": end, "place": place, "site": site})

    def _on_what(self) -> None:
        if self.what.value():
            kind = kinds.kind(self._source.kind_of(str(self.what.value())))
            self.note.setText((kind.hint() if kind is not None else "") or text("activities.new_hint"))
            self.when.setFocus()
            self.what.setCursorPosition(0)  # a long title shows its beginning

    def _say_days(self) -> None:
        days = read_days(self.when.text(), clock.today())
        if days is not None:
            first, last = days
            n = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
            said = show_day(first) if n == 1 else f"{show_day(first)} – {show_day(last)}"
            self.note.setText(text("activities.days", n=n, days=said))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        overrides = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if overrides and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()  # Esc closes this line, not the page
            return True
        return super().event(event)


def _plan_choices(reader: Any) -> list[dict[str, Any]]:
    from app.models.queries.activities import plan_choices  # the database code comes after the first paint

    return plan_choices(reader)


def _cell(name: str, editor: QWidget, width: int) -> QWidget:
    cell = QWidget()
    column = QVBoxLayout(cell)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    caption = label(name, "muted")
    caption.setBuddy(editor)
    editor.setAccessibleName(name)
    editor.setMinimumWidth(width)
    column.addWidget(caption)
    column.addWidget(editor)
    return cell
