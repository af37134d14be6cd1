"""The plan as a tree: project, approach, line, activity, with what was made of each line; it speaks in wishes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QScrollArea,
    QStackedLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.basics import clock, words
from app.basics.words import text
from app.models.queries.plan import Plan, PlanLine
from app.specs import choices
from app.ui import theme
from app.ui.forms.words import title_of
from app.ui.widgets.buttons import button, menu_button
from app.ui.widgets.charts import number
from app.ui.widgets.date_edit import show_day
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.labels import label

KEY = Qt.ItemDataRole.UserRole
NARROW = 700
"""Points of width below which the less needed columns are put away."""


class PlanView(QWidget):
    """Wishes: `opened(activity)`, `begun(plan line)`, `edited(record/row)`, `loaded(year)`."""

    opened = Signal(str)
    begun = Signal(str)
    edited = Signal(str)
    loaded = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._office = False
        self._lines: dict[str, PlanLine] = {}
        self._sites: Mapping[str, str] = {}
        self._stack = QStackedLayout(self)
        self._loading = EmptyState(text("ui.loading"), icon="clock")
        self._empty = self._make_empty()
        self._failed = EmptyState(text("ui.not_loaded"), icon="triangle-alert")
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        bar = QHBoxLayout()
        bar.setContentsMargins(24, 0, 16, 0)
        bar.setSpacing(8)
        self.begin_button = button(text("plan.begin"), self._begin, icon="plus")
        self.edit_button = button(text("plan.edit"), self._edit, icon="pencil")
        self.new_button = button(text("plan.new_line"), lambda: self.edited.emit("plan_line/new"), kind="quiet")
        self.more = menu_button("ellipsis", text("ui.more"), self._fill_more)
        for made in (self.begin_button, self.edit_button, self.new_button):
            bar.addWidget(made)
        bar.addStretch(1)
        bar.addWidget(self.more)
        column.addLayout(bar)
        self.tree = _Tree()
        self.tree.setAccessibleName(name)
        self.tree.setHeaderLabels(
            [
                text("plan.line"),
                text("plan.target"),
                text("plan.done"),
                text("plan.planned"),
                text("plan.sites"),
                text("plan.state"),
            ]
        )
        heads = self.tree.headerItem()
        if heads is not None:
            for index in (2, 3, 4):
                heads.setTextAlignment(index, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        letters = self.tree.fontMetrics()
        units = max(letters.horizontalAdvance(entry.label()) for entry in choices.offered("plan_unit").values())
        for index, least in enumerate((0, units + letters.horizontalAdvance("999 ()") + 24, 72, 72, 72, 120)):
            if index and heads is not None:
                self.tree.setColumnWidth(index, max(least, letters.horizontalAdvance(heads.text(index)) + 32))
        self.tree.currentItemChanged.connect(lambda *_: self._on_marked())
        self.tree.itemDoubleClicked.connect(lambda *_: self._open())
        self.tree.entered_.connect(self._open)
        inset = QHBoxLayout()
        inset.setContentsMargins(13, 0, 0, 0)
        inset.addWidget(self.tree)
        column.addLayout(inset, 1)
        self.note = label("", "muted", wrap=True)
        self.note.setContentsMargins(24, 0, 24, 8)
        column.addWidget(self.note)
        for part in (self._loading, self._empty, self._failed, shown):
            self._stack.addWidget(part)
        self._shown = shown

    def _make_empty(self) -> QWidget:
        area = QWidget()
        column = QVBoxLayout(area)
        column.setContentsMargins(24, 0, 24, 24)
        self._nothing = EmptyState(
            text("plan.empty"), text("plan.empty_hint"), icon="target", action=text("plan.load"), clicked=self._load
        )
        column.addWidget(self._nothing)
        row = QHBoxLayout()
        row.addStretch(1)
        caption = label(text("plan.for_year"), "muted")
        self.year = QLineEdit(str(clock.today().year))
        self.year.setAccessibleName(text("plan.for_year"))
        self.year.setMaximumWidth(90)
        self.year.returnPressed.connect(self._load)
        caption.setBuddy(self.year)
        own = button(text("plan.new_project"), lambda: self.edited.emit("project/new"), kind="link")
        self._of_office: tuple[QWidget, ...] = (caption, self.year, own)
        for part in self._of_office:
            row.addWidget(part)
        row.addStretch(1)
        self._nothing.below.addLayout(row)
        rolled = QScrollArea()
        rolled.setWidgetResizable(True)
        rolled.setFrameShape(QScrollArea.Shape.NoFrame)
        rolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        rolled.setWidget(area)
        return rolled

    def focus_start(self) -> None:
        """Put the cursor where work begins."""
        (self.tree if self._stack.currentWidget() is self._shown else self).setFocus()

    # --- showing ----------------------------------------------------------------------------------------

    def show_failed(self, sentence: str) -> None:
        """Say that the plan could not be read."""
        self._failed.say(text("ui.not_loaded"), sentence)
        self._stack.setCurrentWidget(self._failed)

    def show_plans(self, plans: Sequence[Plan], sites: Mapping[str, str], office: bool) -> None:
        """Show these plans; `sites` are names by id. What is open and marked stays so."""
        self._office, self._sites = office, sites
        marked, before = self.marked, self._open_keys()
        self._lines = {line.row["id"]: line for plan in plans for line in plan.lines}
        self.tree.blockSignals(True)
        self.tree.clear()
        for plan in plans:
            self._add_plan(plan)
        for item in self._items():
            item.setExpanded(item.data(0, KEY) in before if before else item.childCount() > 0 and not _is_leaf(item))
        self.tree.blockSignals(False)
        if not plans and not office:
            self._nothing.say(text("plan.empty"), text("plan.empty_site"))
        for part in (self.edit_button, self.new_button, self.more, *self._of_office):
            part.setVisible(office)
        self._stack.setCurrentWidget(self._shown if plans else self._empty)
        wanted = next((item for item in self._items() if item.data(0, KEY) == marked), self.tree.topLevelItem(0))
        if wanted is not None:
            self.tree.setCurrentItem(wanted)
        self._on_marked()

    def _add_plan(self, plan: Plan) -> None:
        project = plan.project
        days = " – ".join(show_day(day) for day in (project["start"], project["end"]) if day)
        named = " · ".join(filter(None, (title_of("project", project), days)))
        top = QTreeWidgetItem([named, "", "", "", "", choices.label("project_status", project["status"])])
        top.setData(0, KEY, f"project/{project['id']}")
        top.setFont(0, self._bold())
        self.tree.addTopLevelItem(top)
        at: list[QTreeWidgetItem] = [top]
        for line in plan.lines:
            del at[line.depth + 1 :]
            item = self._line_item(line)
            at[-1].addChild(item)
            at.append(item)
            for activity in line.activities:
                item.addChild(_activity_item(activity))

    def _line_item(self, line: PlanLine) -> QTreeWidgetItem:
        row = line.row
        unit = choices.label("plan_unit", row["unit"])
        target = "" if row["target"] is None else text("plan.of_unit", n=number(row["target"]), unit=unit)
        done = "" if not row["kind"] else ("–" if line.done is None else number(line.done))
        wanted = len(row["sites"] or [])
        sites = f"{wanted - len(line.missing)} / {wanted}" if wanted and row["kind"] else ""
        state = text("plan.late") if line.late else choices.label("plan_status", row["status"]) if row["kind"] else ""
        name = " ".join(filter(None, (row["code"], title_of("plan_line", row))))
        item = QTreeWidgetItem([name, target or (unit if row["kind"] else ""), done, "", sites, state])
        if line.planned:
            item.setText(3, number(line.planned))
        item.setData(0, KEY, f"plan_line/{row['id']}")
        for column in (2, 3, 4):
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if line.late:
            item.setForeground(5, QColor(theme.tokens().warn))
        if not row["kind"]:
            item.setFont(0, self._bold())
        item.setToolTip(0, name)
        return item

    def _bold(self) -> Any:
        font = self.tree.font()
        font.setBold(True)
        return font

    # --- what is marked ---------------------------------------------------------------------------------

    @property
    def marked(self) -> str:
        """`record/id` of the marked row, or an empty string."""
        item = self.tree.currentItem()
        return str(item.data(0, KEY)) if item is not None else ""

    def mark(self, key: str) -> bool:
        """Mark a row by `record/id`; False if it is not shown."""
        for item in self._items():
            if item.data(0, KEY) == key:
                self.tree.setCurrentItem(item)
                return True
        return False

    def _items(self) -> list[QTreeWidgetItem]:
        found: list[QTreeWidgetItem] = []
        root = self.tree.invisibleRootItem()
        waiting = _below(root)
        while waiting:
            item = waiting.pop(0)
            found.append(item)
            waiting = [*_below(item), *waiting]
        return found

    def _open_keys(self) -> set[str]:
        return {str(item.data(0, KEY)) for item in self._items() if item.isExpanded()}

    def _line(self) -> PlanLine | None:
        record, _, row = self.marked.partition("/")
        return self._lines.get(row) if record == "plan_line" else None

    def _on_marked(self) -> None:
        line = self._line()
        record = self.marked.partition("/")[0]
        self.begin_button.setEnabled(line is not None and bool(line.row["kind"]))
        self.edit_button.setEnabled(record in ("project", "plan_line"))
        said = []
        if line is not None:
            if line.row["quarters"]:
                said.append(", ".join(choices.label("quarter", q) for q in line.row["quarters"]))
            if line.row["note"]:
                said.append(line.row["note"])
            if line.missing:
                names = sorted(self._sites.get(site, "?") for site in line.missing)
                said.append(text("plan.missing", n=len(names), sites=", ".join(names)))
        self.note.setText(" · ".join(said))
        self.note.setVisible(bool(said))

    def _fill_more(self, menu: QMenu) -> None:
        menu.addAction(text("plan.project"), lambda: self.edited.emit("project/new"))
        this = clock.today().year
        for year in (this, this + 1):
            menu.addAction(text("plan.load_for", year=year), partial(self.loaded.emit, year))

    # --- wishes -----------------------------------------------------------------------------------------

    def _open(self) -> None:
        """Enter: an activity is opened, of a line a new one is begun, a heading folds."""
        record, _, row = self.marked.partition("/")
        item = self.tree.currentItem()
        if record == "activity":
            self.opened.emit(row)
        elif (line := self._line()) is not None and line.row["kind"]:
            self.begun.emit(row)
        elif item is not None:
            item.setExpanded(not item.isExpanded())

    def _begin(self) -> None:
        line = self._line()
        if line is not None and line.row["kind"]:
            self.begun.emit(line.row["id"])

    def _edit(self) -> None:
        if self.marked.partition("/")[0] in ("project", "plan_line"):
            self.edited.emit(self.marked)

    def _load(self) -> None:
        typed = self.year.text().strip()
        if not (typed.isdigit() and 1990 <= int(typed) <= 2100):
            self.year.setFocus()
            self.year.selectAll()
        elif self._office:
            self.loaded.emit(int(typed))


class _Tree(QTreeWidget):
    entered_ = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAllColumnsShowFocus(True)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        for column in (1, 3):
            self.setColumnHidden(column, event.size().width() < NARROW)


def _activity_item(row: Mapping[str, Any]) -> QTreeWidgetItem:
    days = show_day(row["start"])
    if row["end"] and row["end"] != row["start"]:
        days = f"{days} – {show_day(row['end'])}"
    order = (words.language(), "en", "az", "ru")
    site = next((row[f"site_name_{lang}"] for lang in order if row.get(f"site_name_{lang}")), "")
    title = title_of("activity", row) or choices.label(choices.KINDS, row["kind"])
    status = choices.label("activity_status", row["status"])
    item = QTreeWidgetItem([" · ".join(filter(None, (days, site, title))), "", "", "", "", status])
    item.setData(0, KEY, f"activity/{row['id']}")
    return item


def _below(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [child for n in range(item.childCount()) if (child := item.child(n)) is not None]


def _is_leaf(item: QTreeWidgetItem) -> bool:
    """Whether below it are activities only: those stay folded at first."""
    return all(str(child.data(0, KEY)).startswith("activity/") for child in _below(item))
