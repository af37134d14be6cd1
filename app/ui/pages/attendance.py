"""The registration desk: who is here, at the speed of typing. Everything is committed as it is entered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from app.basics import clock
from app.basics.words import text
from app.errors import Invalid, UserError
from app.models.queries import attendance as asked
from app.services import attendance as desk
from app.services import people
from app.specs import choices, kinds
from app.specs.records import RECORDS
from app.ui.forms.editors import read_decimal, show_decimal
from app.ui.forms.newcomer import NewcomerLine
from app.ui.forms.words import label_of, title_of
from app.ui.pages.page import Page
from app.ui.pages.papers import Papers
from app.ui.shell import Command, Shell
from app.ui.tables.attendance_grid import KEYS, AttendanceGrid, GridModel
from app.ui.widgets.buttons import Segments, button, icon_button, menu_button
from app.ui.widgets.charts import Bar
from app.ui.widgets.date_edit import show_day
from app.ui.widgets.desk_search import Answer, DeskSearch
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.labels import ElidedLabel, hairline, label, set_role
from app.ui.widgets.presence import PresencePanel

SCREENSHOTS = {"open": "{activity}"}
NEW = "new"
"""The key of the answer that begins a new person."""
SIDE_FROM, LOW = 880, 460
"""Points of width from which the counts stand beside the grid, and of height below which only the grid is shown."""
_LIKE = 0.84
_KEYS = {
    "all_present": "F6",
    "rows": "F7",
    "from_before": "F8",
    "who_missing": "F9",
    "new_person": "Ctrl+N",
    "search": "F2",
}


class AttendancePage(Page):
    """The desk of one activity. Its target is the activity's id, `/` and perhaps a session's."""

    records = ("activity", "session", "participation", "attendance", "person")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.activity = ""
        self.session = ""
        self._wanted_session = ""
        self._sheet: asked.Sheet | None = None
        self._source = "door"
        self.papers = Papers(shell, self)
        self._only_missing = False
        self._session_heads: dict[str, str] = {}
        self._seats: dict[str, tuple[dict[str, Any], desk.Listed]] = {}
        self.model = GridModel(self._words, self)
        self._stack = QStackedLayout()
        self.column.addLayout(self._stack, 1)
        self._no_activity = EmptyState(
            text("attendance.no_activity"),
            text("attendance.no_activity_hint"),
            icon="clipboard-check",
            action=text("attendance.to_activities"),
            clicked=lambda: shell.go("activities", ""),
        )
        self._loading = EmptyState(text("ui.loading"), icon="clock")
        self._failed = EmptyState(
            text("ui.not_loaded"), icon="triangle-alert", action=text("attendance.again"), clicked=self.reload
        )
        self._no_sessions = EmptyState(
            text("attendance.no_sessions"),
            text("attendance.no_sessions_hint"),
            icon="calendar-days",
            action=text("attendance.make_sessions"),
            clicked=lambda: self.plan_sessions(("full_day",)),
        )
        self._counts_only = EmptyState(
            text("attendance.counts_only"),
            text("attendance.counts_only_hint"),
            icon="tally-5",
            action=text("attendance.to_door"),
            clicked=lambda: shell.go("door", self.activity),
        )
        self._desk = QWidget()
        self._desk.setObjectName("page")
        self._build_desk()
        for part in (self._no_activity, self._loading, self._failed, self._no_sessions, self._counts_only, self._desk):
            self._stack.addWidget(part)
        for action, act in (
            ("search", self.focus_search),
            ("all_present", self.mark_all),
            ("rows", self.focus_rows),
            ("from_before", self.repeat_before),
            ("who_missing", lambda: self.show_missing(not self._only_missing)),
            ("new_person", lambda: self.begin_newcomer("")),
        ):
            self._key(_KEYS[action], act)
        self._key("Ctrl+PgDown", lambda: self._step(1))
        self._key("Ctrl+PgUp", lambda: self._step(-1))

    # --- building ---------------------------------------------------------------------------------------

    def _build_desk(self) -> None:
        column = QVBoxLayout(self._desk)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 24, 0)
        head.setSpacing(8)
        head.addWidget(icon_button("arrow-left", text("ui.back"), self.shell.back))
        titles = QVBoxLayout()
        titles.setSpacing(0)
        self.title = ElidedLabel(role="heading")
        self.about = ElidedLabel(role="muted")
        titles.addWidget(self.title)
        titles.addWidget(self.about)
        head.addLayout(titles, 1)
        self.source = Segments([("door", text("attendance.source_door")), ("sheet", text("attendance.source_sheet"))])
        self.source.setAccessibleName(text("attendance.source"))
        self.source.setToolTip(text("attendance.source_hint"))
        self.source.set_value("door")
        self.source.chosen.connect(self._on_source)
        head.addWidget(self.source)
        head.addWidget(menu_button("ellipsis", text("ui.more"), self._fill_menu))
        column.addLayout(head)
        self._session_area = QWidget()
        self._session_row = QHBoxLayout(self._session_area)
        self._session_row.setContentsMargins(24, 0, 24, 0)
        self.sessions: Segments | None = None
        column.addWidget(self._session_area)

        main = QVBoxLayout()
        main.setContentsMargins(0, 0, 0, 0)
        main.setSpacing(8)
        searching = QHBoxLayout()
        searching.setContentsMargins(24, 0, 16, 0)
        searching.setSpacing(8)
        self.search = DeskSearch(text("attendance.search"), self._find)
        self.search.chosen.connect(self._on_chosen)
        self.search.undoRequested.connect(lambda: self.shell.tasks.undo())
        self.search.leftDown.connect(self.focus_grid)
        searching.addWidget(self.search, 1)
        self.new_button = button(
            text("attendance.new_person"),
            lambda: self.begin_newcomer(self.search.text()),
            icon="user-plus",
            tip=self._tip("new_person"),
        )
        searching.addWidget(self.new_button)
        self._searching = QWidget()
        self._searching.setLayout(searching)
        main.addWidget(self._searching)
        self._said_row = QWidget()
        said = QHBoxLayout(self._said_row)
        said.setContentsMargins(28, 0, 24, 0)
        self.said = ElidedLabel(text("attendance.begin"), role="muted")
        said.addWidget(self.said, 1)
        main.addWidget(self._said_row)
        holder = QHBoxLayout()
        holder.setContentsMargins(24, 0, 16, 0)
        self.newcomer = NewcomerLine(self.sources, self._look_similar)
        self.newcomer.saved.connect(self._on_newcomer)
        self.newcomer.known.connect(self._on_known)
        self.newcomer.closed.connect(self.close_newcomer)
        self.newcomer.hide()
        holder.addWidget(self.newcomer)
        main.addLayout(holder)
        main.addWidget(self._build_actions())
        main.addWidget(hairline())
        self.grid = AttendanceGrid(self.model, text("attendance.grid"))
        self.grid.markRequested.connect(self.mark)
        self.grid.hoursRequested.connect(self._on_hours)
        self.grid.signRequested.connect(self._on_sign)
        self.grid.numberRequested.connect(self._on_number)
        self.grid.removeRequested.connect(self.take_off)
        self.grid.sessionChosen.connect(self.choose_session)
        self.grid.typed.connect(self.search.begin)
        self._empty = EmptyState(text("attendance.empty"), text("attendance.empty_hint"), icon="users")
        self._nobody_missing = EmptyState(text("attendance.nobody_missing"), icon="check-check")
        self._grid_area = QWidget()
        self._grid_stack = QStackedLayout(self._grid_area)
        for part in (self.grid, self._empty, self._nobody_missing):
            self._grid_stack.addWidget(part)
        main.addWidget(self._grid_area, 1)
        main.addWidget(self._build_legend())

        self.presence = PresencePanel(
            text("attendance.by_sex"), text("attendance.by_service"), text("attendance.missing_now")
        )
        self._side = QScrollArea()
        self._side.setWidgetResizable(True)
        self._side.setFrameShape(QFrame.Shape.NoFrame)
        self._side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side.setWidget(self.presence)
        self._side.setFixedWidth(288)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addLayout(main, 1)
        self._side_line = hairline(vertical=True)
        beside.addWidget(self._side_line)
        beside.addWidget(self._side)
        column.addLayout(beside, 1)

    def _build_actions(self) -> QWidget:
        self._actions = QWidget()
        flow = FlowLayout(self._actions, gap=8)
        flow.setContentsMargins(24, 0, 16, 0)
        self.all_button = button(
            text("attendance.all_present"),
            self.mark_all,
            icon="check-check",
            tip=self._tip("all_present"),
        )
        flow.addWidget(self.all_button)
        self.rows_line = QLineEdit()
        self.rows_line.setPlaceholderText(text("attendance.rows_hint"))
        self.rows_line.setAccessibleName(text("attendance.rows"))
        self.rows_line.setToolTip(self._tip("rows"))
        self.rows_line.setMinimumWidth(200)
        self.rows_line.addAction(_icon("x"), QLineEdit.ActionPosition.LeadingPosition)
        self.rows_line.returnPressed.connect(self._on_rows)
        flow.addWidget(self.rows_line)
        self.before_button = button(
            text("attendance.from_before"), self.repeat_before, icon="copy", tip=self._tip("from_before")
        )
        flow.addWidget(self.before_button)
        self.missing_button = button(
            text("attendance.who_missing"), kind="quiet", icon="filter", tip=self._tip("who_missing")
        )
        self.missing_button.setCheckable(True)
        self.missing_button.clicked.connect(lambda on: self.show_missing(bool(on)))
        flow.addWidget(self.missing_button)
        return self._actions

    def _build_legend(self) -> QWidget:
        self._legend = QWidget()
        flow = FlowLayout(self._legend, gap=12)
        flow.setContentsMargins(24, 4, 16, 8)
        for key, state in KEYS.items():
            words_ = text("attendance.signed") if state == "sign" else choices.label("attendance_state", state)
            item = QWidget()
            row = QHBoxLayout(item)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(6)
            row.addWidget(label(key.upper(), "key"))
            row.addWidget(label(words_, "muted"))
            flow.addWidget(item)
        return self._legend

    def _key(self, key: str, act: Callable[[], object]) -> None:
        made = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(act)

    def _tip(self, action: str) -> str:
        shown = QKeySequence(_KEYS[action]).toString(QKeySequence.SequenceFormat.NativeText)
        return f"{text(f'attendance.{action}')}  ({shown})"  # words: attendance.rows

    # --- the page ---------------------------------------------------------------------------------------

    def open(self, target: str) -> None:
        activity, _, session = target.partition("/")
        if not activity or (activity == self.activity and not session):
            if self.activity:
                self.focus_search()
            return
        self.activity, self._wanted_session = activity, session
        self.session, self._sheet = "", None
        self._stack.setCurrentWidget(self._loading)
        self.renew()

    def place(self) -> str:
        return f"{self.activity}/{self.session}" if self.session else self.activity

    def go_back(self) -> bool:
        if not self.newcomer.isHidden():
            self.close_newcomer()
            return True
        if self._only_missing:
            self.show_missing(False)
            return True
        return False

    def focus_start(self) -> None:
        """The search box; on the other sheets their button."""
        shown = self._stack.currentWidget()
        if isinstance(shown, EmptyState):
            shown.button.setFocus()
        else:
            self.focus_search()

    def commands(self) -> Sequence[Command]:
        return (
            Command(text("attendance.all_present"), "check-check", self.mark_all),
            Command(text("attendance.from_before"), "copy", self.repeat_before),
            Command(text("attendance.who_missing"), "filter", lambda: self.show_missing(True)),
            Command(text("attendance.two_sessions"), "calendar-days", lambda: self.plan_sessions(("am", "pm"))),
        )

    def reload(self) -> None:
        if not self.activity:
            self._stack.setCurrentWidget(self._no_activity)
            return
        activity = self.activity
        self.shell.tasks.read(
            lambda r: (asked.sheet(r, activity), _where(r, activity)),
            self._show,
            self._on_unread,
            context=self,
            latest="attendance",
        )
        # The names of the whole register are read while one looks at the sheet, so that the first key need not wait.
        self.shell.tasks.read(lambda r: r.people_like("a", 1), context=self, latest="attendance-names")

    def hear(self, changes: Any, initiator: object) -> None:
        """Read again only the rows that changed; the whole sheet when sessions or the activity did."""
        if initiator is self or not changes.touch(*self.records):
            return
        if self._sheet is None or not self.isVisible() or changes.touch("activity", "session"):
            self.renew()
            return
        activity, rows = self.activity, {record: set(ids) for record, ids in changes.rows.items()}

        def work(r: Any) -> tuple[list[dict[str, Any]], set[str]]:
            touched = asked.participations_touched(r, activity, rows)
            found = asked.rows_of(r, touched)
            return found, touched - {row["id"] for row in found}

        self.shell.tasks.read(work, lambda found: self._take(*found), context=self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # --- what people do ---------------------------------------------------------------------------------

    def focus_search(self) -> None:
        """Back to the search box."""
        self.search.setFocus()
        self.search.selectAll()

    def focus_rows(self) -> None:
        """To the line for row numbers."""
        self.rows_line.setFocus()
        self.rows_line.selectAll()

    def focus_grid(self) -> None:
        """Into the grid, at the current session."""
        if self.model.rows:
            self.grid.setFocus()
            if not self.grid.currentIndex().isValid():
                self.grid.go(self.model.rows[0]["id"], self.session)

    def mark(self, participations: list[str], session: str, state: str) -> None:
        """Mark these people in a session; an empty state takes the mark away."""
        source = self._source

        def work(w: Any) -> list[dict[str, Any]]:
            for participation in participations:
                if state:
                    there = state in asked.PRESENT
                    desk.mark(
                        w, participation, session, state, source=source, signed=there if source == "sheet" else None
                    )
                else:
                    desk.unmark(w, participation, session)
            return asked.rows_of(w, participations)

        self._write(work, self._take)

    def mark_all(self) -> None:
        """Everybody who has no mark yet is present; then the cursor waits for the rows of the absent."""
        if not self.session:
            return
        activity, session = self.activity, self.session

        def work(w: Any) -> tuple[int, list[dict[str, Any]]]:
            desk.number_rows(w, activity)
            return desk.mark_all(w, activity, session), asked.rows_of(w, [row["id"] for row in self.model.all_rows])

        def done(answer: tuple[int, list[dict[str, Any]]]) -> None:
            n, rows = answer
            self._take(rows)
            self._say(text("attendance.marked_all", n=n))

        self.focus_rows()
        self._write(work, done)

    def repeat_before(self) -> None:
        """Fill the session with the marks of the one before it."""
        activity, session = self.activity, self.session

        def work(w: Any) -> tuple[int, list[dict[str, Any]]]:
            before = desk.session_before(w, activity, session)
            if before is None:
                raise UserError("no_session_before")
            return desk.repeat_session(w, activity, before, session), asked.rows_of(
                w, [row["id"] for row in self.model.all_rows]
            )

        def done(answer: tuple[int, list[dict[str, Any]]]) -> None:
            n, rows = answer
            self._take(rows)
            self._say(text("attendance.repeated", n=n))

        if session:
            self._write(work, done)

    def show_missing(self, on: bool) -> None:
        """Show only those who are not there yet, or everybody."""
        self._only_missing = on
        self.missing_button.setChecked(on)
        session = self.session
        gone = {row["id"] for row in asked.missing(self.model.all_rows, session)} if on else set()
        self.model.show_only((lambda row: row["id"] in gone) if on else None)
        self.grid.scrollToTop()
        self._settle()

    def begin_newcomer(self, typed: str) -> None:
        """Open the line for a person who was never here, with what was typed as the name."""
        if self._sheet is None:
            return
        self.search.reset()
        self.newcomer.begin(desk.typed_name(typed))
        self._fit()

    def close_newcomer(self) -> None:
        """Put the line away without saving."""
        self._hide_newcomer()
        self.focus_search()

    def _hide_newcomer(self) -> None:
        self.newcomer.hide()
        self._fit()

    def take_off(self, participations: list[str]) -> None:
        """Take people off the list; the message offers to take it back."""

        def work(w: Any) -> None:
            for participation in participations:
                desk.take_off(w, participation)

        def done(_: Any) -> None:
            self._take([], participations)
            self.shell.messages.undo(text("attendance.taken_off", n=len(participations)))

        if participations:
            self._write(work, done)

    def plan_sessions(self, parts: tuple[str, ...]) -> None:
        """A session for each day, or for each half of a day."""
        activity = self.activity
        self.shell.tasks.write(
            lambda w: desk.plan_sessions(w, activity, parts=parts),
            lambda _: self.renew(),
            self._on_failed,
            context=self,
        )

    def choose_session(self, session: str) -> None:
        """Work in this session from now on."""
        if self._sheet is None or session not in self.model.sessions:
            return
        self.session = session
        self.model.choose(session)
        if self.sessions is not None:
            self.sessions.set_value(session)
        if self._only_missing:
            self.show_missing(True)
        self.before_button.setEnabled(self.model.sessions.index(session) > 0)
        self._count()
        self.grid.viewport().update()

    # --- showing ----------------------------------------------------------------------------------------

    def _show(self, answer: tuple[asked.Sheet | None, str]) -> None:
        sheet, where = answer
        if sheet is None:
            self.activity = ""
            self._stack.setCurrentWidget(self._no_activity)
            return
        kind = kinds.kind(sheet.activity["kind"])
        first = self._sheet is None
        self._sheet = sheet
        self.title.setText(title_of("activity", sheet.activity) or (kind.label() if kind else ""))
        self.about.setText(where)
        if kind is not None and kind.privacy in ("count_only", "never"):
            self._stack.setCurrentWidget(self._counts_only)
            return
        if not sheet.sessions:
            self._stack.setCurrentWidget(self._no_sessions)
            return
        numbers = ["pre_test", "post_test"] if kind is None or "tests" in kind.facets else []
        numbers += ["satisfaction"] if kind is None or "evaluation" in kind.facets else []
        ids = [s["id"] for s in sheet.sessions]
        wanted = self._wanted_session or self.session
        self.session = wanted if wanted in ids else _current(sheet)
        self._wanted_session = ""
        self.model.current = self.session
        self._show_sessions(sheet.sessions)
        self.model.show(self._heads(sheet.sessions, numbers), ids, numbers, sheet.rows)
        self.choose_session(self.session)
        first = first or self._stack.currentWidget() is not self._desk
        self._stack.setCurrentWidget(self._desk)
        self._settle()
        self._fit()
        if first:
            self.focus_search()

    def _show_sessions(self, sessions: Sequence[Mapping[str, Any]]) -> None:
        if self.sessions is not None:
            self._session_row.removeWidget(self.sessions)
            self.sessions.deleteLater()
            self.sessions = None
        if 1 < len(sessions) <= 8:
            self.sessions = Segments([(s["id"], self._session_name(s)) for s in sessions])
            self.sessions.setAccessibleName(text("attendance.session"))
            self.sessions.chosen.connect(lambda session: self._on_session(str(session)))
            self._session_row.addWidget(self.sessions)

    def _on_session(self, session: str) -> None:
        self.choose_session(session)
        self.focus_search()

    def _session_name(self, session: Mapping[str, Any]) -> str:
        day = date.fromisoformat(session["date"])
        named = self.shell.locale.dayName(day.isoweekday(), self.shell.locale.FormatType.ShortFormat)
        part = choices.label("day_part", session["part"]) if session["part"] not in (None, "full_day") else ""
        return " · ".join(filter(None, (f"{named} {day:%d.%m}", part)))

    def _heads(self, sessions: Sequence[Mapping[str, Any]], numbers: Sequence[str]) -> dict[str, str]:
        heads = {"no": text("attendance.no"), "name": text("attendance.name")}
        heads |= {name: label_of("person", name) for name in ("rank", "unit")}
        heads |= {name: label_of("participation", name) for name in numbers}
        for name in numbers:
            heads[f"tip.{name}"] = heads[name]
            heads[name] = text(
                f"attendance.{name}"
            )  # words: attendance.pre_test, attendance.post_test, attendance.satisfaction
        for session in sessions:
            day = f"{date.fromisoformat(session['date']):%d.%m}"
            part = session["part"]
            short = (
                text(f"attendance.part_{part}") if part not in (None, "full_day") else ""
            )  # words: attendance.part_*
            self._session_heads[session["id"]] = f"{day} {short}".strip()
            heads[f"tip.{session['id']}"] = self._session_name(session)
        return heads

    def _words(self, column: str, value: Any) -> str:
        """What the grid shows: the cell of a row, a mark in words, hours."""
        if column == "hours":
            return "" if value is None else text("attendance.hours", hours=show_decimal(value))
        if column == "mark":
            if value is None:
                return text("attendance.not_marked")
            said = [
                choices.label("attendance_state", value["state"]),
                choices.label("attendance_source", value["source"]),
            ]
            return ", ".join(filter(None, [*said, text("attendance.signed") if value["signed"] else ""]))
        if column == "no":
            return str(value["sheet_row"] or "–")
        if column == "name":
            return people.full_name(value) or text("attendance.unnamed")
        if column == "rank":
            return choices.label("rank", value["rank"])
        if column in ("pre_test", "post_test", "satisfaction"):
            return "" if value[column] is None else show_decimal(value[column])
        return str(value.get(column) or "")

    def _take(self, rows: list[dict[str, Any]], gone: Sequence[str] | set[str] = ()) -> None:
        self.model.take(rows, gone)
        if self._sheet is not None:
            self._sheet.rows = self.model.all_rows
        self._settle()
        self._count()

    def _settle(self) -> None:
        page: QWidget = self.grid
        if not self.model.all_rows:
            page = self._empty
        elif not self.model.rows:
            page = self._nobody_missing
        if self._grid_stack.currentWidget() is not page:
            self._grid_stack.setCurrentWidget(page)

    def _count(self) -> None:
        rows, session = self.model.all_rows, self.session
        sexes, services = asked.count_there(rows, session, "sex"), asked.count_there(rows, session, "service")
        there, listed = sum(sexes.values()), sum(row["state"] != "declined" for row in rows)
        marked = any(session in row["marks"] for row in rows)
        absent = asked.missing(rows, session) if marked else []
        names = [f"{row['sheet_row'] or '–'}  {people.full_name(row)}" for row in absent[:8]]
        if len(absent) > 8:
            names.append(text("attendance.and_more", n=len(absent) - 8))
        self.presence.show_counts(
            f"{there} / {listed}",
            text("attendance.present_of", n=there, listed=listed),
            [Bar(choices.label("sex", code), n) for code, n in _with_both(sexes).items()],
            [
                Bar(choices.label("service", code) if code != "not_recorded" else choices.label("sex", code), n)
                for code, n in services.items()
            ],
            "\n".join(names),
        )
        for known in self.model.sessions:
            here = sum(asked.state_of(row, known) in asked.PRESENT for row in rows)
            any_mark = any(known in row["marks"] for row in rows)
            self.model.set_head(known, f"{self._session_heads[known]}\n{here if any_mark else '–'}")
        brief = f"{there} / {listed}   " + "  ".join(
            f"{choices.label('sex', c)} {n}" for c, n in _with_both(sexes).items()
        )
        if self._side.isHidden() and self._stack.currentWidget() is self._desk:
            self.about.setText(brief)

    def _fit(self) -> None:
        wide, low = self.width() >= SIDE_FROM, self.height() < LOW
        self._side.setVisible(wide)
        self._side_line.setVisible(wide)
        typing = low and not self.newcomer.isHidden()  # then the line of a new person has all the room
        for part in (self._session_area, self._searching, self._said_row, self._grid_area):
            part.setVisible(not typing)
        self._legend.setVisible(not low)
        self._actions.setVisible(not low and self.newcomer.isHidden())
        self.new_button.setText(text("attendance.new_person") if wide else "")
        if self._sheet is not None and self.session:
            self._count()

    def _say(self, words_: str, role: str = "good") -> None:
        set_role(self.said, role)
        self.said.setText(words_)
        self.said.setAccessibleName(words_)

    def _fill_menu(self, menu: QMenu) -> None:
        for name, act in (
            ("all_present", self.mark_all),
            ("from_before", self.repeat_before),
            ("who_missing", lambda: self.show_missing(not self._only_missing)),
            ("rows", self.focus_rows),
        ):
            menu.addAction(text(f"attendance.{name}"), QKeySequence(_KEYS[name]), act)
        menu.addSeparator()
        self.papers.fill(menu, self.activity, self.title.text())
        menu.addSeparator()
        menu.addAction(text("attendance.make_sessions"), lambda: self.plan_sessions(("full_day",)))
        menu.addAction(text("attendance.two_sessions"), lambda: self.plan_sessions(("am", "pm")))
        menu.addAction(text("attendance.number_rows"), self._number_rows)
        menu.addAction(text("attendance.to_activity"), lambda: self.shell.go("activities", self.activity))

    # --- finding ----------------------------------------------------------------------------------------

    def _find(self, typed: str, reply: Callable[[Sequence[Answer], int], None]) -> None:
        listed = self._listed()
        there = {row["person"] for row in self.model.all_rows if self.session in row["marks"]}
        self.shell.tasks.read(
            lambda r: desk.find(r, typed, listed, there),
            lambda found: reply(*self._answers(typed, found)),
            context=self,
            urgent=True,
            latest="desk-search",
        )

    def _listed(self) -> dict[str, desk.Listed]:
        """The seats of those on the list; only what changed since the last key is made anew."""
        seats = {}
        for row in self.model.all_rows:
            if row["person"]:
                known = self._seats.get(row["id"])
                seats[row["id"]] = known if known is not None and known[0] is row else (row, desk.seat_of(row))
        self._seats = seats
        return {row["person"]: seat for row, seat in seats.values()}

    def _answers(self, typed: str, found: Sequence[desk.Candidate]) -> tuple[list[Answer], int]:
        from app.names.match import equation
        from app.services.comparing import other_names

        rows = {row["id"]: row for row in self.model.all_rows}
        answers = []
        for candidate in found:
            person = candidate.person
            spelled = equation(typed, candidate.name, *other_names(person).splitlines())
            detail = ", ".join(filter(None, (choices.label("rank", person.get("rank")), person.get("unit"), spelled)))
            badge, icon = "", "user"
            if candidate.participation in rows:
                row = rows[candidate.participation]
                mark = row["marks"].get(self.session)
                state = choices.label("attendance_state", mark["state"]) if mark else text("attendance.on_list")
                badge, icon = f"{row['sheet_row'] or '–'} · {state}", "check" if mark else "clipboard-list"
            answers.append(Answer(person["id"], candidate.name, detail, badge, icon))
        answers.append(Answer(NEW, text("attendance.new_named", name=_shortened(typed)), "", "", "user-plus"))
        best = 0 if found and desk.is_sure(typed, found[0]) else len(answers) - 1
        return answers, best

    def _look_similar(self, typed: str, reply: Callable[[Sequence[tuple[str, str]]], None]) -> None:
        def work(r: Any) -> list[tuple[str, str]]:
            alike = [hit for hit in people.find(r, typed, limit=3) if hit.score >= _LIKE]
            return [(hit.person["id"], _described(hit.person)) for hit in alike]

        self.shell.tasks.read(work, reply, context=self, urgent=True, latest="desk-similar")

    # --- wishes of the parts ----------------------------------------------------------------------------

    def _on_chosen(self, key: str, typed: str) -> None:
        if key == NEW:
            self.begin_newcomer(typed)
        else:
            self.arrive(key)

    def arrive(self, person: str) -> None:
        """A known person is here: on the list, and present in the session."""
        activity, session, source = self.activity, self.session, self._source
        known = next((row for row in self.model.all_rows if row["person"] == person), None)
        if known is not None and asked.state_of(known, session) == "present":
            self.grid.go(known["id"], session)
            self._say(text("attendance.already", name=people.full_name(known), row=known["sheet_row"] or "–"), "warn")
            return

        def work(w: Any) -> list[dict[str, Any]]:
            participation = desk.add_person(w, activity, person, session=session, source=source)
            return asked.rows_of(w, [participation])

        self._write(work, self._arrived)

    def _arrived(self, rows: list[dict[str, Any]]) -> None:
        self._take(rows)
        for row in rows:
            self.grid.go(row["id"], self.session)
            self._say(text("attendance.arrived", name=people.full_name(row), row=row["sheet_row"] or "–"))

    def _on_newcomer(self, values: dict[str, Any]) -> None:
        activity, session, source = self.activity, self.session, self._source
        name = desk.typed_name(" ".join(str(values.get(n, "")) for n in ("surname", "given", "patronymic")))
        if "suffix" in name and values.get("patronymic"):
            values = {**values, "suffix": name["suffix"]}
            values["patronymic"] = values["patronymic"].rsplit(" ", 1)[0]

        def work(w: Any) -> list[dict[str, Any]]:
            _, participation = desk.add_new_person(w, activity, values, session=session, source=source)
            return asked.rows_of(w, [participation])

        def done(rows: list[dict[str, Any]]) -> None:
            self.newcomer.remember(values)
            self._hide_newcomer()
            self._arrived(rows)
            self.focus_search()

        def failed(error: Exception) -> None:
            self.newcomer.not_saved()
            self._on_failed(error)

        self.shell.tasks.write(work, done, failed, context=self)

    def _on_known(self, person: str) -> None:
        self._hide_newcomer()
        self.arrive(person)
        self.focus_search()

    def _on_rows(self) -> None:
        typed = self.rows_line.text()
        activity, session = self.activity, self.session
        if not typed.strip() or not session:
            return

        def work(w: Any) -> list[dict[str, Any]]:
            return asked.rows_of(w, desk.mark_rows(w, activity, session, typed))

        def done(rows: list[dict[str, Any]]) -> None:
            self._take(rows)
            self.rows_line.clear()
            self._say(text("attendance.marked_absent", n=len(rows), names=", ".join(people.full_name(r) for r in rows)))

        self._write(work, done)

    def _on_hours(self, participation: str, session: str, hours: float) -> None:
        row = next((r for r in self.model.all_rows if r["id"] == participation), None)
        mark = row["marks"].get(session) if row else None
        if mark is None:
            return

        def work(w: Any) -> list[dict[str, Any]]:
            desk.mark(w, participation, session, mark["state"], hours=hours, source=mark["source"] or "door")
            return asked.rows_of(w, [participation])

        self._write(work, self._take)

    def _on_sign(self, participations: list[str], session: str) -> None:
        rows = {row["id"]: row for row in self.model.all_rows}
        marked = [p for p in participations if session in rows[p]["marks"]]
        signed = not all(rows[p]["marks"][session]["signed"] for p in marked)

        def work(w: Any) -> list[dict[str, Any]]:
            for participation in marked:
                desk.sign(w, participation, session, signed)
            return asked.rows_of(w, marked)

        if marked:
            self._write(work, self._take)

    def _on_number(self, participation: str, column: str, typed: str) -> None:
        value = read_decimal(typed) if typed else None
        if column == "satisfaction" and isinstance(value, float):
            value = int(value)
        spec = RECORDS["participation"].by_name[column]
        problem = spec.type.problem(value) if value is not None else None
        if problem is not None:
            self._on_failed(Invalid([problem]))
            return

        def work(w: Any) -> list[dict[str, Any]]:
            w.put("participation", {column: value}, participation)
            return asked.rows_of(w, [participation])

        self._write(work, self._take)

    def _on_source(self, source: object) -> None:
        self._source = str(source)

    def _number_rows(self) -> None:
        activity = self.activity
        self._write(lambda w: desk.number_rows(w, activity), lambda _: self.renew())

    def _step(self, by: int) -> None:
        ids = self.model.sessions
        if self.session in ids and 0 <= ids.index(self.session) + by < len(ids):
            self.choose_session(ids[ids.index(self.session) + by])

    def _write(self, work: Callable[[Any], Any], done: Callable[[Any], None]) -> None:
        self.shell.tasks.write(work, done, self._on_failed, context=self)

    def _on_failed(self, error: Exception) -> None:
        self.shell.messages.error(error)

    def _on_unread(self, error: Exception) -> None:
        self._stack.setCurrentWidget(self._failed)
        self.shell.messages.error(error)


def _icon(name: str) -> Any:
    from app.ui import icons

    return icons.icon(name, size=16)


def _where(reader: Any, activity: str) -> str:
    """When and where it is, in a line."""
    about = reader.get("activity", activity)
    if about is None:
        return ""
    days = show_day(about["start"])
    if about["end"] and about["end"] != about["start"]:
        days = f"{days} – {show_day(about['end'])}"
    site = title_of("site", reader.get("site", about["site"], deleted=True))
    venue = reader.get("venue", about["venue"], deleted=True) if about["venue"] else None
    return " · ".join(filter(None, (days, site, venue["name"] if venue else about["place"])))


def _current(sheet: asked.Sheet) -> str:
    """The session to begin with: today's (by the half of the day), else the first without a mark, else the last."""
    now = clock.now().astimezone()
    todays = [s for s in sheet.sessions if s["date"] == now.date().isoformat()]
    if todays:
        later = [s for s in todays if s["part"] in ("pm", "evening")]
        return str((later[0] if now.hour >= 13 and later else todays[0])["id"])
    marked = {session for row in sheet.rows for session in row["marks"]}
    fresh = [s["id"] for s in sheet.sessions if s["id"] not in marked]
    return str(fresh[0] if fresh else sheet.sessions[-1]["id"])


def _with_both(counts: Mapping[str, int]) -> dict[str, int]:
    """Women and men always, the not recorded where there are any."""
    both = {"f": counts.get("f", 0), "m": counts.get("m", 0)}
    return {**both, **{code: n for code, n in counts.items() if code not in both}}


def _described(person: Mapping[str, Any]) -> str:
    detail = ", ".join(filter(None, (choices.label("rank", person.get("rank")), person.get("unit"))))
    return f"{people.full_name(dict(person))} ({detail})" if detail else people.full_name(dict(person))


def _shortened(typed: str) -> str:
    named = desk.typed_name(typed)
    suffix = {"oglu": "oğlu", "qizi": "qızı"}.get(named.get("suffix", ""), "")
    parts = [named.get(n, "") for n in ("surname", "given", "patronymic")]
    return " ".join(filter(None, [*parts, suffix])) or " ".join(typed.split())[:80]
