"""A month as weeks from Monday and a year as sites by months, painted by hand; told what to show, never asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QLocale, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.basics import clock
from app.basics.words import text
from app.ui import theme
from app.ui.widgets.buttons import button, icon_button
from app.ui.widgets.labels import label


@dataclass(frozen=True)
class Entry:
    """Something on days `start` to `end` (ISO): its id, its words, the token of its colour."""

    id: str
    title: str
    start: str
    end: str
    colour: str = "accent"


class _Paged(QWidget):
    """A heading with arrows to the one before and after, and back to today."""

    def __init__(self, locale: QLocale, name: str) -> None:
        super().__init__()
        self.locale_ = locale
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 0, 16, 8)
        self._column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(icon_button("chevron-left", text("ui.before"), lambda: self.step(-1)))
        head.addWidget(icon_button("chevron-right", text("ui.after"), lambda: self.step(1)))
        self.heading = label("", "emphasis")
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addWidget(button(text("ui.page_today"), self.go_today))
        self._column.addLayout(head)

    def step(self, by: int) -> None:
        """Go on or back."""
        raise NotImplementedError

    def go_today(self) -> None:
        """Go to today."""
        raise NotImplementedError


class MonthView(_Paged):
    """Emits `opened(id)`; `moved` asks for the entries of the days now shown."""

    opened = Signal(str)
    moved = Signal()

    def __init__(self, locale: QLocale, name: str) -> None:
        super().__init__(locale, name)
        today = clock.today()
        self.year, self.month = today.year, today.month
        self.grid = _MonthGrid(self)
        self._column.addWidget(self.grid, 1)
        self._say()

    def days(self) -> tuple[str, str]:
        """The first and the last day shown, Monday to Sunday."""
        weeks = self.grid.weeks()
        return weeks[0][0].isoformat(), weeks[-1][-1].isoformat()

    def go(self, year: int, month: int) -> None:
        """Show a month."""
        self.year, self.month = year, month
        self._say()
        self.moved.emit()

    def step(self, by: int) -> None:
        month = self.year * 12 + self.month - 1 + by
        self.go(month // 12, month % 12 + 1)

    def go_today(self) -> None:
        today = clock.today()
        self.go(today.year, today.month)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show what is on these days."""
        self.grid.show_entries(entries)

    def _say(self) -> None:
        named = self.locale_.standaloneMonthName(self.month)
        self.heading.setText(f"{named[:1].upper()}{named[1:]} {self.year}")
        self.grid.update()


class _MonthGrid(QWidget):
    """Seven columns; arrows move over the entries, Enter opens one."""

    def __init__(self, view: MonthView) -> None:
        super().__init__()
        self._view = view
        self._entries: list[Entry] = []
        self._areas: list[tuple[QRect, Entry]] = []
        self._current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(view.accessibleName())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(200)

    def weeks(self) -> list[list[date]]:
        first = date(self._view.year, self._view.month, 1)
        monday = first - timedelta(days=first.weekday())
        weeks = []
        while monday.month == self._view.month or monday < first:
            weeks.append([monday + timedelta(days=n) for n in range(7)])
            monday += timedelta(days=7)
        return weeks

    def show_entries(self, entries: Sequence[Entry]) -> None:
        self._entries = sorted(entries, key=lambda e: (e.start, e.title))
        self._current = -1
        said = "; ".join(f"{e.start}: {e.title}" for e in self._entries[:40])
        self.setAccessibleDescription(said)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}.get(
            Qt.Key(event.key())
        )
        if step and self._entries:
            self._current = (self._current + step) % len(self._entries)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self._current < len(self._entries):
            self._view.opened.emit(self._entries[self._current].id)
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._view.step(-1 if event.key() == Qt.Key.Key_PageUp else 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for area, entry in self._areas:
            if area.contains(event.position().toPoint()):
                self._current = self._entries.index(entry)
                self._view.opened.emit(entry.id)
                self.update()
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        weeks = self.weeks()
        line = painter.fontMetrics().height() + 4
        names = line + 4
        wide, high = self.width() / 7, (self.height() - names) / len(weeks)
        self._areas = []
        today = clock.today()
        for column in range(7):
            painter.setPen(QColor(t.muted))
            named = self._view.locale_.dayName(column + 1, QLocale.FormatType.ShortFormat)
            painter.drawText(
                QRect(round(column * wide) + 6, 0, round(wide), names), int(Qt.AlignmentFlag.AlignVCenter), named
            )
        for row, week in enumerate(weeks):
            for column, day in enumerate(week):
                cell = QRect(round(column * wide), round(names + row * high), round(wide), round(high))
                painter.setPen(QColor(t.hairline))
                painter.drawLine(cell.topLeft(), cell.topRight())
                font = QFont(self.font())
                font.setBold(day == today)
                painter.setFont(font)
                inside = day.month == self._view.month
                painter.setPen(QColor(t.accent if day == today else t.text if inside else t.edge))
                painter.drawText(cell.adjusted(6, 4, 0, 0), int(Qt.AlignmentFlag.AlignTop), str(day.day))
                painter.setFont(self.font())
                self._paint_day(painter, cell, day, line)
        painter.end()

    def _paint_day(self, painter: QPainter, cell: QRect, day: date, line: int) -> None:
        t = theme.tokens()
        todays = [e for e in self._entries if e.start <= day.isoformat() <= e.end]
        room = max(0, (cell.height() - line - 8) // (line + 2))
        shown = todays if len(todays) <= room else todays[: max(0, room - 1)]
        top = cell.top() + line + 6
        for entry in shown:
            area = QRect(cell.left() + 3, top, cell.width() - 6, line)
            chosen = self._entries.index(entry) == self._current
            painter.setPen(QPen(QColor(t.accent), 2) if chosen and self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.chosen if chosen else t.hover))
            painter.drawRoundedRect(area, 4, 4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(getattr(t, entry.colour, t.accent)))
            painter.drawRoundedRect(QRect(area.left(), area.top(), 3, area.height()), 1, 1)
            painter.setPen(QColor(t.text))
            words = painter.fontMetrics().elidedText(entry.title, Qt.TextElideMode.ElideRight, area.width() - 12)
            painter.drawText(area.adjusted(8, 0, -4, 0), int(Qt.AlignmentFlag.AlignVCenter), words)
            self._areas.append((area, entry))
            top += line + 2
        if len(shown) < len(todays) and room > 0:
            painter.setPen(QColor(t.muted))
            more = f"+{len(todays) - len(shown)}"
            painter.drawText(QRect(cell.left() + 8, top, cell.width(), line), int(Qt.AlignmentFlag.AlignVCenter), more)


class YearView(_Paged):
    """How many activities each site has in each month; emits `chosen(month)` for a click on a month."""

    chosen = Signal(int)

    def __init__(self, locale: QLocale, name: str) -> None:
        super().__init__(locale, name)
        self.year = clock.today().year
        self.grid = _YearGrid(self)
        self._column.addWidget(self.grid, 1)
        self.heading.setText(str(self.year))

    def step(self, by: int) -> None:
        self.year += by
        self.heading.setText(str(self.year))
        self.chosen.emit(0)

    def go_today(self) -> None:
        self.step(clock.today().year - self.year)

    def show_counts(self, counts: Mapping[str, Sequence[int]]) -> None:
        """Show site → twelve counts."""
        self.grid.show_counts(counts)


class _YearGrid(QWidget):
    def __init__(self, view: YearView) -> None:
        super().__init__()
        self._view = view
        self._counts: dict[str, list[int]] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(view.accessibleName())

    def show_counts(self, counts: Mapping[str, Sequence[int]]) -> None:
        self._counts = {site: list(months) for site, months in counts.items()}
        self.setAccessibleDescription("; ".join(f"{site}: {sum(months)}" for site, months in self._counts.items()))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(700, 60 + 36 * max(1, len(self._counts)))

    def _place(self) -> tuple[int, float, float]:
        names = max((self.fontMetrics().horizontalAdvance(site) for site in self._counts), default=60) + 24
        names = min(names, self.width() // 4)
        return names, (self.width() - names) / 13, 36.0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        names, wide, _ = self._place()
        month = int((event.position().x() - names) // wide) + 1
        if 1 <= month <= 12:
            self._view.chosen.emit(month)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names, wide, high = self._place()
        top = max((n for months in self._counts.values() for n in months), default=1) or 1
        centre = int(Qt.AlignmentFlag.AlignCenter)
        painter.setPen(QColor(t.muted))
        for month in range(12):
            named = self._view.locale_.standaloneMonthName(month + 1, QLocale.FormatType.ShortFormat)
            painter.drawText(QRect(round(names + month * wide), 0, round(wide), 28), centre, named)
        painter.drawText(QRect(round(names + 12 * wide), 0, round(wide), 28), centre, "Σ")
        for row, (site, months) in enumerate(self._counts.items()):
            y = round(32 + row * high)
            painter.setPen(QColor(t.text))
            words = painter.fontMetrics().elidedText(site, Qt.TextElideMode.ElideRight, names - 12)
            painter.drawText(QRect(0, y, names, round(high)), int(Qt.AlignmentFlag.AlignVCenter), words)
            for month, n in enumerate(months):
                cell = QRect(round(names + month * wide) + 2, y + 2, round(wide) - 4, round(high) - 4)
                ground = QColor(t.accent)
                ground.setAlphaF(0.1 + 0.3 * n / top if n else 0)  # the number on it stays readable
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ground if n else QColor(t.rail))
                painter.drawRoundedRect(cell, 4, 4)
                if n:
                    painter.setPen(QColor(t.text))
                    painter.drawText(cell, centre, str(n))
            painter.setPen(QColor(t.text))
            painter.drawText(QRect(round(names + 12 * wide), y, round(wide), round(high)), centre, str(sum(months)))
        painter.end()
