"""Somebody's list into the register: drop or paste, name the columns, decide who is doubtful; one write, one undo."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.basics.words import text
from app.specs import choices
from app.ui.forms.words import label_of
from app.ui.pages.duplicates import differ_by, reason_words
from app.ui.shell import Shell
from app.ui.tables.record_model import Column
from app.ui.tables.record_table import RecordTable
from app.ui.widgets.buttons import Segments, button
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.labels import ElidedLabel, hairline, label
from app.ui.widgets.letter_pairs import LetterPairs

FILES = "*.xlsx *.xls *.xlsm *.xlsb *.ods *.csv *.tsv *.txt"
SUFFIXES = tuple(pattern[1:] for pattern in FILES.split())
STATES = ("doubtful", "new", "known", "skipped", "all")
KEYS = {"same": "1", "new": "2", "later": "3"}
_SAMPLE = 2
_LINE = 34
_COMPARED = ("surname", "given", "patronymic", "sex", "birth_year", "rank", "unit", "phone", "email")
_LISTS = {"sex": "sex", "rank": "rank", "service": "service"}
_ROLES = {"doubtful": "warn", "skipped": "muted", "decided": "good"}


class ImportView(QWidget):
    """The whole way of one list. With an `activity` its persons also go onto that list."""

    closed = Signal()

    def __init__(self, shell: Shell, activity: str = "") -> None:
        super().__init__()
        self.shell = shell
        self.activity = ""
        self.plan: Any = None
        self.decisions: dict[str, str] = {}
        self._columns: dict[int, dict[int, str]] = {}
        self._sheet = 0
        self._candidate = 0
        self._cards: dict[str, dict[str, Any]] = {}
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._target = label("", "muted", wrap=True)
        self._target.setContentsMargins(24, 0, 24, 0)
        column.addWidget(self._target)
        self._stack = QStackedWidget()
        column.addWidget(self._stack, 1)
        self._stack.addWidget(self._build_start())
        self._stack.addWidget(self._build_preview())
        for name, key in KEYS.items():
            self._shortcut(key, partial(self.decide, name))
        self._shortcut("Ctrl+Return", self.apply)
        self._shortcut("Ctrl+V", self.paste)
        self._shortcut("Right", partial(self.turn, 1))
        self._shortcut("Left", partial(self.turn, -1))
        self.set_activity(activity)

    def _shortcut(self, key: str, act: Any) -> None:
        made = QShortcut(QKeySequence(key), self, act)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # --- building ---------------------------------------------------------------------------------------

    def _build_start(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 8, 24, 24)
        frame = QFrame()
        frame.setProperty("role", "card")
        inside = QVBoxLayout(frame)
        self.start = EmptyState(
            text("people.drop_here"),
            text("people.drop_hint"),
            icon="file-spreadsheet",
            action=text("people.choose_file"),
            clicked=self.choose_file,
        )
        inside.addWidget(self.start, 1)
        self.paste_button = button(text("people.paste"), self.paste, kind="link", icon="clipboard-list", tip="Ctrl+V")
        words = self.start.layout()
        assert isinstance(words, QVBoxLayout)
        words.insertWidget(words.count() - 1, self.paste_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(frame, 1)
        return page

    def _build_preview(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setContentsMargins(24, 0, 24, 0)
        head.setSpacing(8)
        self._file = ElidedLabel(role="strong")
        head.addWidget(self._file, 1)
        self.sheets = QComboBox()
        self.sheets.setAccessibleName(text("people.sheet"))
        self.sheets.activated.connect(self._on_sheet)
        head.addWidget(self.sheets)
        self._again = button(text("people.other_list"), self.reset, kind="quiet", icon="undo-2")
        head.addWidget(self._again)
        column.addLayout(head)
        self.columns_table = _ColumnsTable()
        inset = QHBoxLayout()
        inset.setContentsMargins(24, 0, 24, 0)
        inset.addWidget(self.columns_table)
        column.addLayout(inset)
        self.states = Segments([(state, text(f"people.state_{state}", n=0)) for state in STATES])
        self.table = RecordTable(
            "import", _row_columns(), self.shell.settings, exports=False, name=text("people.rows_of_list"),
            empty=EmptyState(text("people.no_rows"), text("people.no_rows_hint"), icon="users"),
        )  # fmt: skip
        for made in self.table.findChildren(QToolButton):
            made.hide()  # a list of an hour: nobody keeps views of it
        self.table.filter_line.hide()
        self._bar = self.table.bar
        self._bar.insertWidget(0, self.states)
        self.table.marked.connect(lambda _: self._show_card())
        self.card = _Card(self)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.table)
        self._split.addWidget(self.card)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self._split.setSizes([620, 440])
        column.addWidget(self._split, 1)
        column.addWidget(hairline())
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 0, 24, 12)
        self._counts = label("", "muted", wrap=True)
        foot.addWidget(self._counts, 1)
        self.apply_button = button(text("people.apply", n=0), self.apply, kind="primary", tip=text("people.apply_tip"))
        foot.addWidget(self.apply_button)
        column.addLayout(foot)
        return page

    # --- what the page calls ----------------------------------------------------------------------------

    def set_activity(self, activity: str) -> None:
        """Put the persons onto the list of an activity as well ("" for none)."""
        if activity != self.activity:
            self.reset()
        self.activity = activity
        self._target.setVisible(False)
        if activity:
            from app.ui.forms.words import title_of

            def show(row: Any) -> None:
                self._target.setText(text("people.onto_list", title=title_of("activity", row)))
                self._target.setVisible(row is not None)

            self.shell.tasks.read(lambda r: r.get("activity", activity), show, context=self)

    def focus_start(self) -> None:
        """Where work begins: choosing a file, or the rows to decide."""
        if self.plan is None:
            self.start.button.setFocus()
        else:
            self.table.view.setFocus()

    def reset(self) -> None:
        """Forget the list, to begin with another."""
        self.plan = None
        self.decisions, self._columns, self._sheet = {}, {}, 0
        self._stack.setCurrentIndex(0)

    # --- reading ----------------------------------------------------------------------------------------

    def choose_file(self) -> None:
        """Ask for a file and read it."""
        chosen, _ = QFileDialog.getOpenFileName(
            self, text("people.choose_file"), "", f"{text('people.lists')} ({FILES})"
        )
        if chosen:
            self.read_file(Path(chosen))

    def read_file(self, path: Path) -> None:
        """Read a workbook or a CSV file (in a limited child, off every thread of ours that matters)."""

        def work() -> Any:
            from app.rosters.reading import read_grid

            return read_grid(path)

        self.shell.tasks.run(
            work, self._take, self.shell.messages.error, context=self, title=text("people.reading", file=path.name)
        )

    def paste(self) -> None:
        """Read what was copied: a file, cells of a sheet, or lines of a mail."""
        mime = QGuiApplication.clipboard().mimeData()
        local = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()] if mime is not None else []
        if local:
            self.read_file(Path(local[0]))
            return
        pasted = QGuiApplication.clipboard().text()

        def work() -> Any:
            from app.rosters.grid import Workbook
            from app.rosters.reading import read_text

            return Workbook([read_text(pasted)])

        self.shell.tasks.run(work, self._take, self.shell.messages.error, context=self)

    def _take(self, workbook: Any) -> None:
        self.decisions, self._columns = {}, {}
        self._replan(workbook, first=True)

    def _replan(self, workbook: Any, *, first: bool = False, after: str = "") -> None:
        from app.services import people_import

        activity, columns = self.activity or None, dict(self._columns)

        def read(r: Any) -> tuple[Any, dict[str, Any]]:
            plan = people_import.plan_workbook(r, workbook, activity=activity, columns=columns)
            wanted = {c.person for row in plan.rows for c in row.candidates if c.person}
            cards = {row["id"]: row for row in r.list("person", id=sorted(wanted))} if wanted else {}
            return plan, cards

        self.shell.tasks.read(
            read,
            lambda made: self._show_plan(*made, first=first),
            self.shell.messages.error,
            context=self,
            latest="import-plan",
            title=text("people.comparing"),
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()) or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                event.acceptProposedAction()
                self.read_file(Path(url.toLocalFile()))
                return

    # --- showing ----------------------------------------------------------------------------------------

    def _show_plan(self, plan: Any, cards: dict[str, Any], *, first: bool) -> None:
        self.plan, self._cards = plan, cards
        self._file.setText(plan.file or text("people.pasted"))
        rosters = [at for at, sheet in enumerate(plan.sheets) if sheet.mapping.is_roster]
        if first:
            self._sheet = rosters[0] if rosters else 0
        self.sheets.clear()
        for sheet in plan.sheets:
            name = sheet.grid.name or text("people.pasted")
            shown = name if sheet.mapping.is_roster else text("people.sheet_none", sheet=name)
            self.sheets.addItem(shown)
        self.sheets.setCurrentIndex(self._sheet)
        self.sheets.setVisible(len(plan.sheets) > 1)
        self._show_columns()
        if first:
            self.states.set_value("doubtful" if plan.needs_person else "all")
        self._show_rows()
        self._stack.setCurrentIndex(1)
        if first:
            self._mark_next("")
            self.table.view.setFocus()

    def _show_columns(self) -> None:
        sheet = self.plan.sheets[self._sheet]
        self.columns_table.show_sheet(sheet, self._on_column)

    def _on_column(self, at: int, field: str) -> None:
        """A person says what a column holds."""
        sheet = self.plan.sheets[self._sheet]
        columns = dict(sheet.mapping.columns)
        if field:
            columns[at] = field
        else:
            columns.pop(at, None)
        self._columns[self._sheet] = columns
        self._replan(self.plan.workbook)

    def _on_sheet(self, at: int) -> None:
        self._sheet = at
        self._show_columns()

    def _show_rows(self) -> None:
        counts = dict.fromkeys(STATES, 0)
        rows = []
        wanted = str(self.states.value() or "all")
        for row in self.plan.rows:
            state = "doubtful" if row.status == "doubtful" else row.status
            open_ = row.status == "doubtful" and row.key not in self.decisions
            counts["all"] += 1
            if row.status != "doubtful" or open_:
                counts[state] += 1
            if wanted in ("all", state):
                rows.append(self._row(row))
        self._replace_states(counts, wanted)
        marked = self.table.marked_id()
        self.table.show_rows(rows)
        if marked and not self.table.mark(marked, tell=False):
            self.table.unmark()
        ready = sum(1 for row in self.plan.rows if self._fate(row) in ("new", "same", "known"))
        self.apply_button.setText(text("people.apply", n=ready))
        self.apply_button.setAccessibleName(text("people.apply", n=ready))
        self.apply_button.setEnabled(ready > 0)
        told = [text("people.state_doubtful", n=counts["doubtful"])] if counts["doubtful"] else []
        if self.plan.left_out:
            told.append(text("people.lines_left_out", n=len(self.plan.left_out)))
        told.append(text("people.nothing_written_yet"))
        self._counts.setText(" · ".join(told))
        self._show_card()

    def _replace_states(self, counts: Mapping[str, int], chosen: str) -> None:
        old = self.states
        self.states = Segments([(state, text(f"people.state_{state}", n=counts[state])) for state in STATES])
        self.states.set_value(chosen)
        self.states.chosen.connect(lambda _: self._show_rows())
        self._bar.replaceWidget(old, self.states)
        old.hide()
        old.deleteLater()

    def _fate(self, row: Any) -> str:
        """What will become of a row as things stand: new, known, same, later, doubtful or skipped."""
        answer = self.decisions.get(row.key)
        if row.status == "skipped" or not answer:
            return str(row.status)
        return answer if answer in ("new", "later") else "same"

    def _row(self, row: Any) -> dict[str, Any]:
        from app.services import people_import

        fate = self._fate(row)
        who = ""
        if fate == "same":
            who = self._name_of(self.decisions[row.key], row)
        elif fate in ("known", "doubtful") and row.candidates:
            who = row.candidates[0].name
            if fate == "doubtful":
                more = len(row.candidates) - 1
                who = f"{who}?" + (f"  +{more}" if more else "")
        said = [people_import.reason_sentence(row.reason)] if row.reason else []
        said += [people_import.problem_sentence(code, params) for code, params in row.loud_problems]
        return {
            "id": row.key,
            "row": row.row,
            "status": text(f"people.status_{'known' if fate == 'same' else fate}"),
            "state": "decided" if row.key in self.decisions else fate,
            "name": row.name,
            "who": who,
            "said": " · ".join(said),
        }

    def _name_of(self, target: str, row: Any) -> str:
        found = next((c.name for c in row.candidates if target in (c.person, c.row)), "")
        return found

    def marked_row(self) -> Any:
        """The planned row that is marked, or None."""
        key = self.table.marked_id()
        return next((row for row in self.plan.rows if row.key == key), None) if self.plan is not None else None

    def _show_card(self) -> None:
        row = self.marked_row()
        if row is None or row.key != getattr(self, "_shown_key", ""):
            self._candidate = 0
        self._shown_key = row.key if row is not None else ""
        self._show_candidate(row)

    def _show_candidate(self, row: Any) -> None:
        found = row.candidates[self._candidate] if row is not None and row.candidates else None
        twin = next((other for other in self.plan.rows if found and found.row == other.key), None) if row else None
        other = twin.values if twin is not None else self._cards.get(found.person, {}) if found is not None else {}
        self.card.show_row(row, self._candidate, found, other)

    # --- deciding ---------------------------------------------------------------------------------------

    def turn(self, step: int) -> None:
        """Look at the next candidate of the marked row."""
        row = self.marked_row()
        if row is not None and len(row.candidates) > 1:
            self._candidate = (self._candidate + step) % len(row.candidates)
            self._show_candidate(row)

    def decide(self, answer: str) -> None:
        """The marked row is the candidate shown ("same"), somebody new, or left for later; then the next one."""
        row = self.marked_row()
        if row is None or row.status == "skipped" or (answer == "same" and not row.candidates):
            return
        if answer == "same":
            candidate = row.candidates[self._candidate]
            self.decisions[row.key] = candidate.row or candidate.person
        else:
            self.decisions[row.key] = answer
        key = row.key
        self._show_rows()
        self._mark_next(key)

    def _mark_next(self, after: str) -> None:
        """Mark the next row that waits for a decision, from `after` on."""
        keys = [row["id"] for row in self.table.seen_rows()]
        start = keys.index(after) + 1 if after in keys else 0
        waiting = {row.key for row in self.plan.rows if row.status == "doubtful" and row.key not in self.decisions}
        following = next((key for key in (*keys[start:], *keys[:start]) if key in waiting), "")
        if following or (not after and keys):
            self.table.mark(following or keys[0])
        self._show_card()

    # --- writing ----------------------------------------------------------------------------------------

    def apply(self) -> None:
        """Write what is decided; what is not stays here."""
        if self.plan is None or not self.apply_button.isEnabled():
            return
        from app.services import people_import

        plan, decisions = self.plan, dict(self.decisions)
        self.apply_button.setEnabled(False)

        def failed(error: Exception) -> None:
            self.apply_button.setEnabled(True)
            self.shell.messages.error(error)

        self.shell.tasks.write(
            lambda w: people_import.apply(w, plan, decisions),
            self._on_imported,
            failed,
            context=self,
            title=text("people.importing"),
        )

    def _on_imported(self, imported: Any) -> None:
        said = " ".join(imported.lines())
        self.shell.messages.undo(said)
        if imported.waiting:
            workbook = self.plan.workbook
            self.decisions = {key: answer for key, answer in self.decisions.items() if answer == "later"}
            self._replan(workbook, first=True)
            return
        self.reset()
        if self.activity:
            self.shell.back()
        else:
            self.closed.emit()
        self.shell.messages.undo(said)


def _row_columns() -> list[Column]:
    def role(row: Mapping[str, Any]) -> str:
        return _ROLES.get(row.get("state", ""), "")

    return [
        Column("row", text("people.column_row"), lambda v: str(v), lambda v: v, right=True, width=64),
        Column("status", text("people.column_status"), width=110, role=role),
        Column("name", text("people.column_name"), width=230),
        Column("who", text("people.column_who"), width=230),
        Column("said", text("people.column_said"), width=260),
    ]


class _ColumnsTable(QTableWidget):
    """The first rows of the sheet, and above each column what it is taken for."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(text("people.columns"))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_LINE)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_sheet(self, sheet: Any, chosen: Any) -> None:
        """Show a sheet; `chosen(column, field)` is called when a person says what a column holds."""
        from app.rosters.headings import FIELDS

        grid, mapping = sheet.grid, sheet.mapping
        self.clear()
        used = [at for at in range(grid.width) if any(row[at] is not None for row in grid.rows)]
        self.setColumnCount(len(used))
        first = max(0, mapping.first_row - 1)
        people = {person.row_number for person in sheet.roster.persons}
        sample = [row for number, row in enumerate(grid.rows, 1) if number in people][:_SAMPLE] or grid.rows[first:][
            :_SAMPLE
        ]
        self.setRowCount(1 + len(sample))
        self.setHorizontalHeaderLabels([" ".join(mapping.headings.get(at, "").split()) or _letter(at) for at in used])
        words = [("", text("rosters.field_none")), *((name, text(f"rosters.field_{name}")) for name in FIELDS)]
        words[1:] = sorted(words[1:], key=lambda pair: pair[1])
        self.boxes: dict[int, QComboBox] = {}
        for place, at in enumerate(used):
            box = QComboBox()
            for name, shown in words:
                box.addItem(shown, name)
            box.setCurrentIndex(max(0, box.findData(mapping.columns.get(at, ""))))
            box.setAccessibleName(text("people.column_holds", heading=mapping.headings.get(at, "") or _letter(at)))
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)
            box.activated.connect(lambda _, at=at, box=box: chosen(at, str(box.currentData() or "")))
            self.boxes[at] = box
            self.setCellWidget(0, place, box)
            width = self.fontMetrics().horizontalAdvance(box.currentText()) + 76
            for number, row in enumerate(sample, 1):
                shown = "" if row[at] is None else " ".join(str(row[at]).split())
                self.setItem(number, place, QTableWidgetItem(shown))
                width = max(width, min(220, self.fontMetrics().horizontalAdvance(shown) + 24))
            self.setColumnWidth(place, max(110, min(270, width)))
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + _LINE * self.rowCount() + bar + 4)


class _Card(QWidget):
    """The marked row beside the person it may be, and below, always in sight, the three keys."""

    def __init__(self, view: ImportView) -> None:
        super().__init__()
        self.setMinimumWidth(340)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 8)
        whole.setSpacing(8)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole.addWidget(area, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 4, 20, 16)
        column.setSpacing(10)
        self.title = label("", "heading", wrap=True, selectable=True)
        column.addWidget(self.title)
        self.which = label("", "muted", wrap=True)
        column.addWidget(self.which)
        self._grid_place = QWidget()
        self.grid = QGridLayout(self._grid_place)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(4)
        self.grid.setColumnStretch(1, 1)
        self.grid.setColumnStretch(2, 1)
        column.addWidget(self._grid_place)
        self.letters = LetterPairs()
        column.addWidget(self.letters)
        self.reasons = label("", "muted", wrap=True)
        column.addWidget(self.reasons)
        self._keys = QWidget()
        flow = FlowLayout(self._keys, gap=8)
        self.buttons = {}
        for name, key in KEYS.items():
            made = button(f"{key}  {text(f'people.answer_{name}')}", partial(view.decide, name))
            made.setAccessibleName(text(f"people.answer_{name}"))
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.buttons[name] = made
            flow.addWidget(made)
        flow.setContentsMargins(20, 0, 12, 0)
        whole.addWidget(self._keys)
        self.problems = label("", "warn", wrap=True)
        column.addWidget(self.problems)
        column.addStretch(1)
        area.setWidget(inside)

    def show_row(self, row: Any, at: int, found: Any, other: Mapping[str, Any]) -> None:
        """Show a planned row (or None) beside its candidate number `at` (or None) and that one's values."""
        from app.services import people_import

        while (item := self.grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        open_ = row is not None and row.status != "skipped"
        self._keys.setVisible(open_)
        self.buttons["same"].setVisible(found is not None)
        self.title.setText(row.name if row is not None else text("people.mark_a_row"))
        self.letters.setVisible(found is not None)
        self.reasons.setVisible(found is not None)
        told = ""
        if row is not None:
            told = text("people.in_row", row=row.row)
            if found is not None and len(row.candidates) > 1:
                told += " · " + text("people.candidate_of", at=at + 1, of=len(row.candidates))
        self.which.setText(told)
        if row is not None:
            lines = [people_import.reason_sentence(row.reason)] if row.reason else []
            lines += [people_import.problem_sentence(code, params) for code, params in row.problems]
            self.problems.setText("\n".join(dict.fromkeys(lines)))
            self._fill(row, found, other)
        self.problems.setVisible(bool(row is not None and self.problems.text()))

    def _fill(self, row: Any, found: Any, other: Mapping[str, Any]) -> None:
        from app.names.match import explain
        from app.services.people import full_name

        if found is not None:
            in_list = text("people.of_row", row=found.row.split(":")[1]) if found.row else text("people.in_register")
            self.grid.addWidget(label(text("people.in_list"), "muted", wrap=True), 0, 1)
            self.grid.addWidget(label(in_list, "muted", wrap=True), 0, 2)
        line = 1
        for name in _COMPARED:
            mine, theirs = (_shown(side, name) for side in (row.values, other))
            if not mine and not theirs:
                continue
            differs = differ_by(name, mine, theirs, found.reasons if found is not None else ())
            self.grid.addWidget(label(label_of("person", name), "muted", wrap=True), line, 0)
            self.grid.addWidget(label(mine or "–", "strong" if differs else "body", wrap=True), line, 1)
            if found is not None:
                shown = f"≠  {theirs}" if differs else theirs or "–"
                self.grid.addWidget(label(shown, "strong" if differs else "body", wrap=True), line, 2)
            line += 1
        if found is not None:
            names = full_name(row.values), found.name
            pieces = explain(*names)
            self.letters.show_pieces(pieces, " / ".join(names))
            self.letters.setVisible(any(piece.kind not in ("same", "gap") for piece in pieces))
            percent = text("people.likeness", percent=min(99, round(100 * found.score)))
            self.reasons.setText(" · ".join([percent, *(reason_words(code) for code in found.reasons)]))


def _shown(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    if value is None:
        return ""
    return choices.label(_LISTS[name], value) if name in _LISTS else str(value)


def _letter(at: int) -> str:
    """What a spreadsheet calls a column: A, B … AA."""
    return (chr(64 + at // 26) if at >= 26 else "") + chr(65 + at % 26)
