"""An editor for every type of field: the only table from FieldType to widget. Editors know values, never records.

The contract: `value()` is a JSON value, None when empty, or the text as typed when it cannot be read (the spec then
says what is wrong with it); `set_value` shows without a signal; `changed` at every edit, `settled` when one is done.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.basics.words import text as say
from app.specs.fields import FieldSpec
from app.specs.types import (
    Boolean,
    Choice,
    Choices,
    Date,
    Decimal,
    FieldType,
    Integer,
    Moment,
    Reference,
    References,
    Text,
    Time,
)
from app.ui.forms.sources import Sources
from app.ui.widgets.buttons import Segments
from app.ui.widgets.date_edit import DateEdit, read_day, show_day
from app.ui.widgets.labels import restyle
from app.ui.widgets.line import Line, Paper
from app.ui.widgets.picker import ChipsEdit, Picker

RESTING = 1500
"""Milliseconds after the last key when longer text counts as settled, so that a power cut takes little."""


class Editor(QObject):
    """One editor; `widget` is what the form shows."""

    changed = Signal()
    settled = Signal()
    wide = False  # whether it wants the whole width of a form

    def __init__(self, widget: QWidget, name: str) -> None:
        super().__init__(widget)
        self.widget = widget
        self.name_it(name)

    def value(self) -> Any:
        """The JSON value, None, or unreadable text as typed."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value without a signal."""
        raise NotImplementedError

    def set_read_only(self, read_only: bool) -> None:
        """Show only, or edit."""
        self.widget.setEnabled(not read_only)

    def name_it(self, name: str) -> None:
        """The accessible name."""
        self.widget.setAccessibleName(name)

    def mark_wrong(self, wrong: bool) -> None:
        """Draw the edge in the colour of problems."""
        if bool(self.widget.property("wrong")) != wrong:
            self.widget.setProperty("wrong", wrong)
            restyle(self.widget)

    def focus(self) -> None:
        """Put the cursor here."""
        self.widget.setFocus()

    @property
    def has_focus(self) -> bool:
        """Whether the cursor is here."""
        focused = self.widget.window().focusWidget() if self.widget.isVisible() else None
        return focused is not None and (focused is self.widget or self.widget.isAncestorOf(focused))


class LineEditor(Editor):
    """A line of text; `read` makes a value of it and `show` text of a value."""

    def __init__(
        self,
        field: FieldSpec,
        sources: Sources | None,
        name: str,
        *,
        read: Callable[[str], Any] = lambda typed: typed,
        show: Callable[[Any], str] = str,
        hint: str = "",
    ) -> None:
        self._line = Line()
        super().__init__(self._line, name)
        self._read, self._show = read, show
        self._line.setPlaceholderText(hint)
        self._settled = ""
        self._line.textEdited.connect(lambda _: self.changed.emit())
        self._line.editingFinished.connect(self._on_finished)

    def value(self) -> Any:
        typed = self._line.text().strip()
        return self._read(typed) if typed else None

    def set_value(self, value: Any) -> None:
        self._settled = "" if value is None else self._show(value)
        self._line.setText(self._settled)
        self._line.setCursorPosition(0)

    def set_read_only(self, read_only: bool) -> None:
        self._line.setReadOnly(read_only)

    def _on_finished(self) -> None:
        typed = self._line.text()
        self._line.setModified(False)
        if typed != self._settled:
            self._settled = typed
            self.settled.emit()


class _Paper(Paper):
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class LinesEditor(Editor):
    """Text of several lines; grows with what is written, from three lines to twelve."""

    wide = True

    def __init__(self, field: FieldSpec, sources: Sources | None, name: str) -> None:
        self._paper = _Paper()
        super().__init__(self._paper, name)
        self._paper.setTabChangesFocus(True)
        self._paper.setFrameShape(QFrame.Shape.NoFrame)
        self._rest = QTimer(self, singleShot=True, interval=RESTING)
        self._rest.timeout.connect(self._settle)
        self._settled = ""
        self._quiet = False
        self._paper.textChanged.connect(self._on_text)
        self._paper.left.connect(self._settle)
        self._grow()

    def value(self) -> Any:
        return self._paper.toPlainText().strip() or None

    def set_value(self, value: Any) -> None:
        self._quiet = True
        self._settled = "" if value is None else str(value)
        self._paper.setPlainText(self._settled)
        self._quiet = False
        self._rest.stop()
        self._grow()

    def set_read_only(self, read_only: bool) -> None:
        self._paper.setReadOnly(read_only)

    def _on_text(self) -> None:
        self._grow()
        if not self._quiet:
            self.changed.emit()
            self._rest.start()

    def _settle(self) -> None:
        self._rest.stop()
        typed = self._paper.toPlainText()
        self._paper.document().setModified(False)
        if typed != self._settled:
            self._settled = typed
            self.settled.emit()

    def _grow(self) -> None:
        lines = min(12, max(3, self._paper.document().lineCount()))
        height = lines * self._paper.fontMetrics().lineSpacing() + 18
        if self._paper.minimumHeight() != height:
            self._paper.setFixedHeight(height)


class BooleanEditor(Editor):
    """Yes, no, or nobody has said."""

    def __init__(self, field: FieldSpec, sources: Sources | None, name: str) -> None:
        self._segments = Segments([(True, say("ui.yes")), (False, say("ui.no"))], optional=True)
        super().__init__(self._segments, name)
        self._segments.chosen.connect(self._on_chosen)

    def value(self) -> Any:
        return self._segments.value()

    def set_value(self, value: Any) -> None:
        self._segments.set_value(None if value is None else bool(value))

    def name_it(self, name: str) -> None:
        self.widget.setAccessibleName(name)
        for value, words in ((True, say("ui.yes")), (False, say("ui.no"))):
            self._segments.button_of(value).setAccessibleName(f"{name}: {words}")

    def _on_chosen(self) -> None:
        self.changed.emit()
        self.settled.emit()


class DayEditor(Editor):
    """A day, dd.mm.yyyy."""

    def __init__(self, field: FieldSpec, sources: Sources | None, name: str) -> None:
        self._date = DateEdit(say("ui.calendar"))
        super().__init__(self._date, name)
        self._date.changed.connect(self.changed)
        self._date.settled.connect(self.settled)

    def value(self) -> Any:
        return self._date.value()

    def set_value(self, value: Any) -> None:
        self._date.set_value(value)

    def set_read_only(self, read_only: bool) -> None:
        self._date.setReadOnly(read_only)


class PickEditor(Editor):
    """One code of a list, or one record."""

    def __init__(self, field: FieldSpec, sources: Sources | None, name: str) -> None:
        self._picker = Picker(_source(field, sources))
        super().__init__(self._picker, name)
        self._picker.changed.connect(self._on_changed)

    def value(self) -> Any:
        return self._picker.value()

    def set_value(self, value: Any) -> None:
        self._picker.set_value(value)

    def set_read_only(self, read_only: bool) -> None:
        self._picker.setReadOnly(read_only)

    def _on_changed(self) -> None:
        self.changed.emit()
        self.settled.emit()


class ChipsEditor(Editor):
    """Several codes of a list, or several records."""

    wide = True

    def __init__(self, field: FieldSpec, sources: Sources | None, name: str) -> None:
        self._chips = ChipsEdit(_source(field, sources), say("ui.remove"))
        super().__init__(self._chips, name)
        self._chips.changed.connect(self._on_changed)

    def value(self) -> Any:
        return self._chips.value() or None

    def set_value(self, value: Any) -> None:
        self._chips.set_value(value)

    def set_read_only(self, read_only: bool) -> None:
        self._chips.set_read_only(read_only)

    def _on_changed(self) -> None:
        self.changed.emit()
        self.settled.emit()


def _text(field: FieldSpec, sources: Sources | None, name: str) -> Editor:
    assert isinstance(field.type, Text)
    return LinesEditor(field, sources, name) if field.type.lines else LineEditor(field, sources, name)


def _integer(field: FieldSpec, sources: Sources | None, name: str) -> Editor:
    return LineEditor(field, sources, name, read=read_integer)


def _decimal(field: FieldSpec, sources: Sources | None, name: str) -> Editor:
    return LineEditor(field, sources, name, read=read_decimal, show=show_decimal)


def _time(field: FieldSpec, sources: Sources | None, name: str) -> Editor:
    return LineEditor(field, sources, name, read=read_time, hint="09:00")


def _moment(field: FieldSpec, sources: Sources | None, name: str) -> Editor:
    return LineEditor(field, sources, name, read=read_moment, show=show_moment)


EDITORS: dict[type[FieldType], Callable[[FieldSpec, Sources | None, str], Editor]] = {
    Text: _text,
    Integer: _integer,
    Decimal: _decimal,
    Boolean: BooleanEditor,
    Date: DayEditor,
    Time: _time,
    Moment: _moment,
    Choice: PickEditor,
    Choices: ChipsEditor,
    Reference: PickEditor,
    References: ChipsEditor,
}


def editor_for(field: FieldSpec, sources: Sources | None, name: str) -> Editor:
    """A new editor for a field; `name` is its accessible name."""
    return EDITORS[type(field.type)](field, sources, name)


def read_integer(typed: str) -> Any:
    """A whole number, spaces between thousands allowed; what is none stays text."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", typed)
    return int(plain) if re.fullmatch(r"[+-]?\d{1,15}", plain) else typed


def read_decimal(typed: str) -> Any:
    """A number with a comma or a point; what is none stays text."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", typed).replace(",", ".")
    return float(plain) if re.fullmatch(r"[+-]?\d{1,15}(\.\d*)?", plain) else typed


def show_decimal(value: Any) -> str:
    """A comma as people there write it, no idle zeros."""
    return f"{value:.4f}".rstrip("0").rstrip(".").replace(".", ",") if isinstance(value, int | float) else str(value)


def read_time(typed: str) -> Any:
    """HH:MM from 9, 9:30, 9.30, 0930; what is none stays text."""
    found = re.fullmatch(r"(\d{1,2})(?:[:.\- ]?(\d{2}))?", typed)
    if found and int(found.group(1)) < 24 and int(found.group(2) or 0) < 60:
        return f"{int(found.group(1)):02}:{int(found.group(2) or 0):02}"
    return typed


def read_moment(typed: str) -> Any:
    """UTC from local `21.11.2026 14:30`; what is none stays text."""
    day, _, hour = typed.strip().partition(" ")
    date, time = read_day(day, datetime.now().astimezone().date()), read_time(hour.strip() or "0")
    try:
        local = datetime.fromisoformat(f"{date}T{time}:00").astimezone()
    except ValueError:
        return typed
    return local.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def show_moment(value: Any) -> str:
    """Local `21.11.2026 14:30` for a UTC moment; anything else as it is."""
    try:
        local = datetime.fromisoformat(str(value).replace("Z", "+00:00")).astimezone()
    except ValueError:
        return str(value)
    return f"{show_day(local.date().isoformat())} {local:%H:%M}"


def _source(field: FieldSpec, sources: Sources | None) -> Any:
    if sources is None:
        raise ValueError(f"{field.name}: a choice needs sources")
    kind = field.type
    if isinstance(kind, Choice | Choices):
        return sources.choice(kind.list)
    assert isinstance(kind, Reference | References)
    return sources.record(kind.record)
