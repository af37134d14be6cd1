"""A day typed as people write it (21.11.2026, 21.11, 211126) or picked from a calendar that starts on Monday."""

from __future__ import annotations

import re
from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QWidget

from app.basics import clock
from app.basics.words import text
from app.ui import icons
from app.ui.widgets.line import Line

_PARTS = re.compile(r"(\d{1,2})[.\-/ ](\d{1,2})(?:[.\-/ ](\d{2}|\d{4}))?\.?")


def read_day(text: str, today: date) -> str | None:
    """ISO day for what was typed, or None if it is no day; a missing year is this one, two digits mean 20xx."""
    text = text.strip()
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return date.fromisoformat(text).isoformat()
        if re.fullmatch(r"\d{6}|\d{8}|\d{4}", text):
            text = ".".join(filter(None, (text[:2], text[2:4], text[4:])))
        if (found := _PARTS.fullmatch(text)) is None:
            return None
        day, month, year = found.group(1), found.group(2), found.group(3)
        full = today.year if year is None else int(year) + (2000 if len(year) == 2 else 0)
        return date(full, int(month), int(day)).isoformat()
    except ValueError:
        return None


def show_day(iso: object) -> str:
    """21.11.2026 for 2026-11-21; anything that is no day is shown as it is."""
    if isinstance(iso, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", iso):
        return f"{iso[8:]}.{iso[5:7]}.{iso[:4]}"
    return "" if iso is None else str(iso)


class DateEdit(Line):
    """Emits `changed` at every edit, `settled` when it is done; Up and Down move by a day, F4 shows the calendar."""

    changed = Signal()
    settled = Signal()

    def __init__(self, calendar_name: str, locale: QLocale | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._locale = locale or QLocale()
        self._calendar: QCalendarWidget | None = None
        self._settled: object = None
        self.setPlaceholderText(text("ui.day_hint"))
        self._button = self.addAction(icons.icon("calendar", size=16), QLineEdit.ActionPosition.TrailingPosition)
        self._button.setToolTip(calendar_name)
        self._button.setText(calendar_name)
        self._button.triggered.connect(self.open_calendar)
        self.textEdited.connect(self.changed)
        self.editingFinished.connect(self._on_finished)

    def value(self) -> str | None:
        """The ISO day, None when empty, or the text as it was typed when it is no day."""
        typed = self.text().strip()
        return None if not typed else read_day(typed, clock.today()) or typed

    def set_value(self, value: object) -> None:
        """Show a day without a signal."""
        self._settled = value
        self.setText(show_day(value))

    def open_calendar(self) -> None:
        """Open the calendar below the line, at the day typed or today."""
        if self.isReadOnly():
            return
        if self._calendar is None:
            made = QCalendarWidget(self)
            made.setWindowFlags(Qt.WindowType.Popup)
            made.setLocale(self._locale)
            made.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
            made.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
            made.activated.connect(self._on_picked)
            made.clicked.connect(self._on_picked)
            self._calendar = made
        typed = read_day(self.text(), clock.today()) or clock.today().isoformat()
        self._calendar.setSelectedDate(QDate.fromString(typed, Qt.DateFormat.ISODate))
        self._calendar.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._calendar.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        typed = read_day(self.text(), clock.today())
        if event.key() == Qt.Key.Key_F4:
            self.open_calendar()
        elif step and typed and not self.isReadOnly():
            self.setText(show_day((date.fromisoformat(typed) + timedelta(days=step)).isoformat()))
            self.changed.emit()
        else:
            super().keyPressEvent(event)

    def _on_picked(self, day: QDate) -> None:
        if self._calendar is not None:
            self._calendar.hide()
        self.setText(show_day(day.toString(Qt.DateFormat.ISODate)))
        self.changed.emit()
        self._on_finished()

    def _on_finished(self) -> None:
        value = self.value()
        if isinstance(value, str) and self.text() != show_day(value):
            self.setText(show_day(value))
        self.setModified(False)
        if value != self._settled:
            self._settled = value
            self.settled.emit()
