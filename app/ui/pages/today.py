"""Today: what is on now with one button to it, what is late, what is coming, the numbers of the quarter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from app.basics import clock
from app.basics import settings as remembered
from app.basics.words import text
from app.specs import choices, kinds
from app.ui import icons
from app.ui.foot import is_due
from app.ui.forms.words import title_of
from app.ui.pages.page import Page
from app.ui.shell import Command, Shell
from app.ui.widgets.buttons import button
from app.ui.widgets.charts import number
from app.ui.widgets.date_edit import show_day
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.labels import ElidedLabel, label
from app.ui.widgets.number_tile import NumberTile

WIDE = 860
"""Points of width from which what is late stands beside what is on."""
OLD = 14
"""Days after which what has not been confirmed is marked."""
MOST = 4
"""Lines of one sort; the rest is a number and a link."""


class TodayPage(Page):
    """The first page. It reads twice: what is on and late at once, the numbers of the quarter after it."""

    records = (
        "activity",
        "session",
        "participation",
        "attendance",
        "tally",
        "action_item",
        "target",
        "headcount",
        "plan_line",
        "project",
    )

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        today = clock.today()
        named = shell.locale.toString(_qdate(today), QLocale.FormatType.LongFormat)
        head = self.add_head(text("today.title"), named)
        self.new_button = button(text("activities.new"), self._new, kind="primary", icon="plus", key="Ctrl+N")
        head.addWidget(self.new_button)
        self._stack = QStackedLayout()
        self.column.addLayout(self._stack, 1)
        self._loading = EmptyState(text("ui.loading"), icon="clock")
        self._failed = EmptyState(
            text("ui.not_loaded"), icon="triangle-alert", action=text("attendance.again"), clicked=self.reload
        )
        self._empty = EmptyState(
            text("today.empty"), text("today.empty_hint"), icon="calendar-days",
            action=text("activities.new"), clicked=self._new,
        )  # fmt: skip
        inner = QWidget()
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(24, 4, 24, 24)
        whole.setSpacing(24)
        self._tiles = QGridLayout()
        self._tiles.setSpacing(12)
        self.tiles: dict[str, NumberTile] = {}
        self._columns = QGridLayout()
        self._columns.setHorizontalSpacing(32)
        self._columns.setVerticalSpacing(24)
        self.on = _Section(text("today.now"))
        self.coming = _Section(text("today.coming"))
        self.late = _Section(text("today.late"))
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._left.setSpacing(24)
        self._numbers_head = label("", "emphasis")
        self._numbers = QWidget()
        numbers = QVBoxLayout(self._numbers)
        numbers.setContentsMargins(0, 0, 0, 0)
        numbers.setSpacing(8)
        numbers.addWidget(self._numbers_head)
        numbers.addLayout(self._tiles)
        self._left.addWidget(self.on)
        self._left.addWidget(self._numbers)
        self._left.addWidget(self.coming)
        self._left.addStretch(1)
        self._right.addWidget(self.late)
        self._right.addStretch(1)
        whole.addLayout(self._columns)
        whole.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        self._area = area
        for part in (self._loading, self._failed, self._empty, area):
            self._stack.addWidget(part)
        self._wide: bool | None = None
        self._arrange(True)

    # --- the page ---------------------------------------------------------------------------------------

    def reload(self) -> None:
        day = clock.today()

        def work(r: Any) -> Any:
            from app.models.queries.today import today  # the database code comes after the first paint
            from app.sync.status import status

            found = today(r, day)
            sites = {due.site for due in found.duties}
            sites |= {site for _, scope in found.departments for site in (*scope.missing, *scope.several)}
            names = {site: title_of("site", r.get("site", site, deleted=True)) for site in sites}
            now = status(r)
            return found, names, now if now.partners or now.role != "office" else None

        self.shell.tasks.read(work, self._show, self._on_unread, context=self, latest="today")

        def count(r: Any) -> Any:
            from app.models.queries.today import quarter

            return quarter(r, day)

        self.shell.tasks.read(count, self._show_numbers, context=self, latest="today-numbers")

    def focus_start(self) -> None:
        """The button of what is on, else the first line there is."""
        for wanted in (*self.on.starts(), *self.late.starts(), *self.coming.starts()):
            if wanted.isVisible():
                wanted.setFocus()
                return
        self.setFocus()

    def commands(self) -> Sequence[Command]:
        return (Command(text("activities.new"), "plus", self._new),)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(event.size().width() >= WIDE)

    # --- showing ----------------------------------------------------------------------------------------

    def _show(self, answer: Any) -> None:
        found, sites, waits = answer
        unsent = bool(waits and (waits.unsent or waits.conflicts))
        self._stack.setCurrentWidget(self._area if found.any or unsent else self._empty)
        self.on.clear()
        for row in found.running:
            self.on.add(self._running(row))
        if not found.running:
            self.on.say(text("today.nothing_on"))
        self.coming.clear()
        for row in found.coming[:MOST]:
            self.coming.add(self._line("calendar", _title(row), _when(row), partial(self._open, row["id"])))
        self.coming.setVisible(bool(found.coming))
        if len(found.coming) > MOST:
            self.coming.add(self._more(len(found.coming) - MOST, lambda: self.shell.go("activities", "")))
        self._show_late(found, sites, waits)
        helper = self.shell.tasks.level == "helper"  # who has the door of what is on and no register
        for part in (self.coming, self.late, self._numbers):
            part.setVisible(not helper and (part is not self.coming or bool(found.coming)))
        self.new_button.setVisible(self.sources.may_edit("activity"))

    def _show_late(self, found: Any, sites: Mapping[str, str], waits: Any) -> None:
        late = self.late
        late.clear()
        days = waits.oldest_days or 0 if waits else 0
        if waits and (waits.to_send or (waits.unsent and days >= OLD)):  # on its way it needs nobody until it is old
            sending = waits.to_send > 0
            said = text("today.unsent", n=waits.to_send) if sending else text("today.unconfirmed", n=waits.unsent)
            old = text("today.unsent_age", n=days) if days else text("today.unsent_today")
            agreed = self.shell.settings.get(remembered.EXCHANGE_DAY)
            come = is_due(waits, agreed)
            note = text("today.agreed_day", day=agreed, old=old) if come else old
            go = partial(self.shell.go, "exchange", "send" if sending else "")
            late.add(self._line("send", said, note, go, warn=come or days >= OLD))
        if waits and waits.conflicts:
            said = text("today.conflicts", n=waits.conflicts)
            go = partial(self.shell.go, "exchange", "conflicts")
            late.add(self._line("git-compare", said, text("today.conflicts_note"), go, warn=True))
        together: dict[tuple[str, str, str], list[str]] = {}
        for due in found.duties:
            together.setdefault((due.kind, due.state, due.end), []).append(sites.get(due.site, ""))
        for (kind, state, end), names in list(together.items())[:MOST]:
            where = names[0] if len(names) == 1 else text("today.at_sites", n=len(names), sites=", ".join(names))
            when = text("today.duty_overdue" if state == "overdue" else "today.duty_until", day=show_day(end))
            run = partial(self.shell.go, "activities", f"new/kind:{kind}")
            label_ = choices.label(choices.KINDS, kind)
            late.add(self._line("flag", label_, f"{when} · {where}", run, warn=state == "overdue"))
        for row, scope in found.departments[:MOST]:
            notes = [show_day(row["start"])]
            if scope.missing:
                none = ", ".join(sorted(sites.get(site, "") for site in scope.missing))
                notes.append(text("plan.nobody_from", n=len(scope.missing), all=len(scope.wanted), sites=none))
            if scope.several:
                many = ", ".join(sorted(sites.get(site, "") for site in scope.several))
                notes.append(text("plan.several_from", sites=many))
            late.add(
                self._line(
                    "users", _title(row), " · ".join(notes), partial(self._open, row["id"]), warn=bool(scope.missing)
                )
            )
        if found.late_lines:
            lines = found.late_lines
            first = ", ".join(title_of("plan_line", line) for line in lines[:MOST])
            run = partial(self.shell.go, "activities", "view/plan")
            late.add(self._line("target", text("today.late_lines", n=len(lines)), first, run, warn=True))
        if len(together) > MOST:
            late.add(self._more(len(together) - MOST, lambda: self.shell.go("reports", "")))
        for item in found.actions[:MOST]:
            note = " · ".join(filter(None, (text("today.due", day=show_day(item["due"])), item["owner_name"])))
            target = f"action_item/{item['id']}"
            late.add(self._line("list-checks", item["text"], note, partial(self.shell.go, "lists", target), warn=True))
        if len(found.actions) > MOST:
            late.add(self._more(len(found.actions) - MOST, lambda: self.shell.go("lists", "action_item")))
        for row in found.late[:MOST]:
            note = " · ".join((text("today.still_planned"), _when(row)))
            late.add(self._line("circle-help", _title(row), note, partial(self._open, row["id"])))
        if len(found.late) > MOST:
            late.add(self._more(len(found.late) - MOST, lambda: self.shell.go("activities", "")))
        if not late.starts():
            late.say(text("today.nothing_late"))

    def _show_numbers(self, numbers: Sequence[Any]) -> None:
        day = clock.today()
        self._numbers_head.setText(text("today.quarter", quarter=(day.month + 2) // 3, year=day.year))
        for told in numbers:
            tile = self.tiles.get(told.code)
            if tile is None:
                # words: today.n_*
                tile = self.tiles[told.code] = NumberTile(text(f"today.n_{told.code}"), opens=True)
                tile.clicked.connect(lambda: self.shell.go("reports", ""))
            shown = f"{number(told.value)} %" if told.code == "women_percent" else number(told.value)
            note = "" if told.target is None else text("today.target", n=number(told.target))
            tile.show_number(shown, value=told.value, target=told.target, note=note)
        for code in set(self.tiles) - {told.code for told in numbers}:
            self.tiles.pop(code).deleteLater()
        self._place_tiles()

    def _place_tiles(self) -> None:
        across = 3 if self._wide else max(2, min(3, self.width() // 190))
        for position, tile in enumerate(self.tiles.values()):
            self._tiles.addWidget(tile, position // across, position % across)
        for column in range(3):
            self._tiles.setColumnStretch(column, 1 if column < across else 0)

    def _running(self, row: Mapping[str, Any]) -> QWidget:
        """What is on: its title, where, how many, one button to its door."""
        entry = choices.choices(choices.KINDS).get(row["kind"])
        kind = kinds.kind(row["kind"])
        card = QFrame()
        card.setProperty("role", "card")
        line = QHBoxLayout(card)
        line.setContentsMargins(20, 16, 20, 16)
        line.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(ElidedLabel(_title(row), role="emphasis"))
        words.addWidget(ElidedLabel(_when(row), role="muted"))
        counts = []
        if row["sessions"]:
            counts.append(text("today.on_list", n=row["listed"]))
            counts.append(text("today.sessions_done", n=row["sessions"], marked=row["marked"]))
        if row["heads"] is not None:
            counts.append(text("today.heads", n=row["heads"]))
        if counts:
            words.addWidget(label(" · ".join(counts), "muted", wrap=True))
        line.addLayout(words, 1)
        shape = entry.more.get("shape") if entry else ""
        if shape == "public_event":
            key, icon, page = "activities.to_door", "door-open", "door"
        elif kind is not None and "agenda" in kind.facets:  # the minutes are also where it is said who is there
            key, icon, page = "today.to_minutes", "handshake", "meeting"
        elif row["sessions"] or shape in ("training", "meeting"):
            key, icon, page = "activities.to_desk", "clipboard-check", "attendance"
        else:
            key, icon, page = "today.open", "calendar-days", "activities"
        go = button(text(key), lambda: self.shell.go(page, row["id"]), kind="primary", icon=icon)
        go.setAccessibleName(f"{text(key)}: {_title(row)}")
        line.addWidget(go, 0, Qt.AlignmentFlag.AlignVCenter)
        return card

    def _line(self, icon: str, title: str, note: str, run: Callable[[], object], *, warn: bool = False) -> QWidget:
        made = _Line(icon, title, note, warn=warn)
        made.pressed.connect(lambda: run())
        return made

    def _more(self, n: int, run: Callable[[], object]) -> QWidget:
        return button(text("today.more", n=n), run, kind="link")

    def _arrange(self, wide: bool) -> None:
        if self._wide != wide:
            self._wide = wide
            for layout in (self._left, self._right):
                self._columns.removeItem(layout)
            self._columns.addLayout(self._left, 0, 0)
            self._columns.addLayout(self._right, 0 if wide else 1, 1 if wide else 0)
            self._columns.setColumnStretch(0, 3)
            self._columns.setColumnStretch(1, 2 if wide else 0)
        self._place_tiles()

    def _new(self) -> None:
        self.shell.go("activities", "new")

    def _open(self, row: str) -> None:
        self.shell.go("activities", row)

    def _on_unread(self, error: Exception) -> None:
        self._stack.setCurrentWidget(self._failed)
        self.shell.messages.error(error)


class _Section(QWidget):
    """A heading and what stands under it."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(label(heading, "emphasis"))
        self._parts: list[QWidget] = []

    def clear(self) -> None:
        """Take everything out but the heading."""
        for part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []

    def add(self, part: QWidget) -> None:
        """Put something under it."""
        self._parts.append(part)
        self._column.addWidget(part)
        part.show()  # now, not at the next turn of the loop: the cursor may go there

    def say(self, words: str) -> None:
        """A sentence where there is nothing."""
        self.add(label(words, "muted", wrap=True))

    def starts(self) -> list[QWidget]:
        """What can take the cursor, from the top."""
        found: list[QWidget] = []
        for part in self._parts:
            inside = [w for w in (part, *part.findChildren(QWidget)) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
            found += inside[:1]
        return found


class _Line(QFrame):
    """One thing to look at: icon, what, a note; pressed like a button."""

    pressed = Signal()

    def __init__(self, icon: str, title: str, note: str, *, warn: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "choice")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{title}, {note}")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        picture = label()
        colour = "warn" if warn else "muted"
        picture.setPixmap(icons.pixmap(icon, colour, size=18, ratio=max(1.0, self.devicePixelRatioF())))
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(" ".join(title.split())))
        words.addWidget(ElidedLabel(note, role="warn" if warn else "muted"))
        row.addLayout(words, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)


def _title(row: Mapping[str, Any]) -> str:
    return title_of("activity", row) or choices.label(choices.KINDS, row["kind"])


def _when(row: Mapping[str, Any]) -> str:
    """Days and place in a line."""
    days = show_day(row["start"])
    if row["end"] and row["end"] != row["start"]:
        days = f"{days} – {show_day(row['end'])}"
    site = title_of("site", {f"name_{lang}": row.get(f"site_name_{lang}") for lang in ("en", "az", "ru")})
    return " · ".join(filter(None, (days, site, row.get("place"))))


def _qdate(day: date) -> Any:
    from PySide6.QtCore import QDate

    return QDate(day.year, day.month, day.day)
