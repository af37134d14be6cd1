"""A list as people know it from Excel: sort, filter, choose columns, copy, export; remembers how it was left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QMenu,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.basics import settings as remembered
from app.basics.settings import Settings
from app.basics.words import text
from app.ui.clipboard import put_private
from app.ui.tables.proxy import RecordProxy
from app.ui.tables.record_model import Column, RecordModel
from app.ui.widgets.buttons import menu_button
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.filter_line import FilterLine
from app.ui.widgets.labels import label

ROW_HEIGHT = 36
MEASURED = 60
"""How many rows are looked at to say how wide a column is; all of them would hold up the window."""
WIDEST = 420
"""Points; no column grows beyond it by itself."""


class RecordTable(QWidget):
    """Filter line, buttons, table, count; an empty, a loading and a failed state.

    `key` is the name under which columns, widths, order and saved views are remembered. `opened(id)` comes on Enter,
    double click or when the marked row changes (`opens_on_move`); `exportRequested(columns, rows)` gives what is seen.
    """

    opened = Signal(str)
    marked = Signal(str)
    exportRequested = Signal(list, list)
    binRequested = Signal(list)

    def __init__(
        self,
        key: str,
        columns: Sequence[Column],
        settings: Settings,
        *,
        empty: EmptyState | None = None,
        exports: bool = True,
        name: str = "",
        totals: Callable[[Sequence[Mapping[str, Any]]], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`totals` says under the table what the rows seen add up to."""
        super().__init__(parent)
        self.private = False  # True where people are named: what is copied does not stay on the clipboard
        self._key = key
        self._totals = totals
        self.sum_line = label("", "muted", wrap=True)
        self._settings = settings
        self.model = RecordModel(columns, self)
        self.proxy = RecordProxy(self)
        self.proxy.setSourceModel(self.model)
        self.filter_line = FilterLine(text("ui.filter"))
        self.view = _View(self)
        self.view.setAccessibleName(name or key)
        self._count = label("", "muted")
        self._empty = empty or EmptyState(text("ui.nothing_yet"))
        self._none = EmptyState(text("ui.nothing_found"), icon="search")
        self._failed = EmptyState(text("ui.not_loaded"), icon="circle-alert")
        self._loading = EmptyState(text("ui.loading"), icon="clock")
        self._restoring = False
        self._wide: dict[int, int] = {}  # how wide the words of a column are, as far as they were seen
        self._measured: set[int] = set()  # the columns whose present words have been looked at
        self._by_hand = False  # widths somebody chose are left alone
        self._quiet = False
        self._build(exports)
        self._restore(self._kept().get("now", {}))
        self._keep_soon = QTimer(self, singleShot=True, interval=400)
        self._keep_soon.timeout.connect(self._keep_now)
        header = self.view.horizontalHeader()
        header.sectionResized.connect(self._on_resized)
        header.sectionMoved.connect(lambda *_: self._keep_soon.start())
        header.sortIndicatorChanged.connect(lambda *_: self._keep_soon.start())

    def _build(self, exports: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.bar = QHBoxLayout()
        self.bar.setContentsMargins(24, 0, 16, 0)
        self.bar.setSpacing(8)
        self.bar.addWidget(self.filter_line, 1)
        self.filter_line.setMaximumWidth(360)
        self.bar.addWidget(self._count)
        self.bar.addStretch(1)
        self._views = menu_button("bookmark", text("ui.views"), self._fill_views)
        self._columns = menu_button("columns-3", text("ui.columns"), self._fill_columns)
        self._more = menu_button("ellipsis", text("ui.more"), lambda menu: self._fill_more(menu, exports))
        for made in (self._views, self._columns, self._more):
            self.bar.addWidget(made)
        column.addLayout(self.bar)
        self._stack = QStackedWidget()
        for page in (self.view, self._empty, self._none, self._failed, self._loading):
            self._stack.addWidget(page)
        inset = QHBoxLayout()
        inset.setContentsMargins(13, 0, 0, 0)  # so that the words of cells stand under the heading of the page
        inset.addWidget(self._stack)
        column.addLayout(inset, 1)
        self.sum_line.setContentsMargins(24, 0, 24, 8)
        self.sum_line.hide()
        column.addWidget(self.sum_line)
        self.view.setModel(self.proxy)
        self.view.selectionModel().currentRowChanged.connect(self._on_marked)
        self.view.doubleClicked.connect(lambda _: self._open())
        self.view.entered_.connect(self._open)
        self.view.binned.connect(lambda: self.binRequested.emit(self.selected_ids()))
        self.view.customContextMenuRequested.connect(self._on_menu)
        self.filter_line.filtered.connect(self._on_filtered)
        self.filter_line.leftDown.connect(self._to_rows)
        self.filter_line.entered.connect(self._on_entered)
        for index, shown in enumerate(self.model.columns):
            self.view.setColumnWidth(index, self._least(index))
            self.view.setColumnHidden(index, not shown.shown)

    # --- what pages call --------------------------------------------------------------------------------

    def show_rows(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Show these rows, keeping the marked one, the filter and the order."""
        marked = self.marked_id()
        top = self.view.verticalScrollBar().value()
        self.model.show_rows(rows)
        self._measured.clear()
        if marked:
            self.mark(marked, tell=False)
        self.view.verticalScrollBar().setValue(top)
        self._settle()

    def show_loading(self) -> None:
        """Say that rows are on their way (only when there are none yet)."""
        if not self.model.rows:
            self._stack.setCurrentWidget(self._loading)

    def show_failed(self, sentence: str) -> None:
        """Say that the rows could not be read."""
        self._failed.say(text("ui.not_loaded"), sentence)
        self._stack.setCurrentWidget(self._failed)

    def mark(self, row_id: str, *, tell: bool = True) -> bool:
        """Mark the row with this id; False if it is not shown."""
        for number, row in enumerate(self.model.rows):
            if row.get("id") == row_id:
                index = self.proxy.mapFromSource(self.model.index(number, 0))
                if index.isValid():
                    flags = QItemSelectionModel.SelectionFlag
                    # The view must hear of it in any case: one that does not keeps an index that is gone, and falls.
                    self._quiet = not tell
                    self.view.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
                    self._quiet = False
                    self.view.scrollTo(index)
                    self.view.viewport().update()
                    return True
        return False

    def unmark(self) -> None:
        """Mark nothing."""
        self.view.clearSelection()
        self.view.setCurrentIndex(QModelIndex())

    def marked_id(self) -> str:
        """The id of the marked row, or an empty string."""
        index = self.view.currentIndex()
        return str(index.data(RecordModel.ROW)["id"]) if index.isValid() else ""

    def selected_ids(self) -> list[str]:
        """The ids of all selected rows, as seen from the top."""
        indexes = sorted(self.view.selectionModel().selectedRows(), key=lambda index: index.row())
        return [str(index.data(RecordModel.ROW)["id"]) for index in indexes]

    def seen_rows(self) -> list[dict[str, Any]]:
        """The rows that pass the filter, in the order shown."""
        return [self.proxy.index(n, 0).data(RecordModel.ROW) for n in range(self.proxy.rowCount())]

    def seen_columns(self) -> list[Column]:
        """The columns shown, in the order shown."""
        header = self.view.horizontalHeader()
        order = [header.logicalIndex(n) for n in range(header.count())]
        return [self.model.columns[n] for n in order if not header.isSectionHidden(n)]

    def copy(self) -> None:
        """Copy the selected rows (all, when none is) with their headers, so that Excel takes them as cells."""
        columns = self.seen_columns()
        chosen = set(self.selected_ids())
        rows = [row for row in self.seen_rows() if not chosen or str(row["id"]) in chosen]
        lines = ["\t".join(column.label for column in columns)]
        lines += ["\t".join(_cell(column.show(row.get(column.name))) for column in columns) for row in rows]
        said = "\n".join(lines) + "\n"
        if self.private:
            put_private(said)
        else:
            QGuiApplication.clipboard().setText(said)

    # --- views ------------------------------------------------------------------------------------------

    def save_view(self, name: str) -> None:
        """Remember columns, widths and order under a name. The filter is not kept: it may hold a person's name."""
        kept = self._kept()
        self._write({**kept, "views": {**kept.get("views", {}), name: self._state()}})

    def use_view(self, name: str) -> None:
        """Go back to a saved view."""
        self._restore(self._kept().get("views", {}).get(name, {}))
        self.fit()
        self._keep_now()

    def forget_view(self, name: str) -> None:
        """Forget a saved view."""
        kept = self._kept()
        self._write({**kept, "views": {k: v for k, v in kept.get("views", {}).items() if k != name}})

    def views(self) -> list[str]:
        """The names of the saved views."""
        return sorted(self._kept().get("views", {}))

    def _kept(self) -> dict[str, Any]:
        tables: dict[str, Any] = self._settings.get(remembered.TABLES)
        found = tables.get(self._key)
        return found if isinstance(found, dict) else {}

    def _write(self, kept: dict[str, Any]) -> None:
        tables: dict[str, Any] = self._settings.get(remembered.TABLES)
        self._settings.set(remembered.TABLES, {**tables, self._key: kept})

    def _state(self) -> dict[str, Any]:
        header = self.view.horizontalHeader()
        order = [self.model.columns[header.logicalIndex(n)].name for n in range(header.count())]
        sort = header.sortIndicatorSection()
        return {
            "order": order,
            "hidden": [c.name for n, c in enumerate(self.model.columns) if header.isSectionHidden(n)],
            "widths": {
                c.name: header.sectionSize(n) for n, c in enumerate(self.model.columns) if not header.isSectionHidden(n)
            },
            "by_hand": self._by_hand,
            "sort": self.model.columns[sort].name if 0 <= sort < len(self.model.columns) else "",
            "down": header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder,
        }

    def _restore(self, state: Mapping[str, Any]) -> None:
        header = self.view.horizontalHeader()
        at = {column.name: number for number, column in enumerate(self.model.columns)}
        self._restoring = True
        try:
            for place, name in enumerate(name for name in state.get("order", ()) if name in at):
                header.moveSection(header.visualIndex(at[name]), place)
            by_hand = bool(state.get("widths")) and state.get("by_hand", True)
            if "widths" in state:
                self._by_hand = by_hand
            for name, width in state.get("widths", {}).items() if by_hand else ():
                if name in at and isinstance(width, int) and width > 24:
                    header.resizeSection(at[name], width)
            if "hidden" in state:
                known = set(state.get("order", ()))
                for name, number in at.items():
                    hidden = name in state["hidden"] if name in known else not self.model.columns[number].shown
                    header.setSectionHidden(number, hidden)
            if state.get("sort") in at:
                down = Qt.SortOrder.DescendingOrder if state.get("down") else Qt.SortOrder.AscendingOrder
                self.view.sortByColumn(at[state["sort"]], down)
        finally:
            self._restoring = False

    def sort_by(self, name: str, *, down: bool = False) -> None:
        """The order to start with, unless another was remembered."""
        if not self._kept().get("now", {}).get("sort"):
            at = next((n for n, column in enumerate(self.model.columns) if column.name == name), -1)
            order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
            if at >= 0:
                self.view.sortByColumn(at, order)

    def _keep_now(self) -> None:
        if not self._restoring:
            self._write({**self._kept(), "now": self._state()})

    # --- menus ------------------------------------------------------------------------------------------

    def _fill_columns(self, menu: QMenu) -> None:
        for number, column in enumerate(self.model.columns):
            action = menu.addAction(column.label.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(not self.view.isColumnHidden(number))
            action.toggled.connect(lambda on, n=number: self._show_column(n, on))

    def _show_column(self, number: int, on: bool) -> None:
        if on or len(self.seen_columns()) > 1:
            self._restoring = True  # a column that comes or goes is not a width set by hand
            try:
                self.view.setColumnHidden(number, not on)
            finally:
                self._restoring = False
            self.fit()
            self._keep_now()

    def _fill_views(self, menu: QMenu) -> None:
        for name in self.views():
            menu.addAction(name.replace("&", "&&"), partial(self.use_view, name))
        if self.views():
            menu.addSeparator()
        menu.addAction(text("ui.view_save"), self._ask_view)
        if self.views():
            forget = menu.addMenu(text("ui.view_forget"))
            for name in self.views():
                forget.addAction(name.replace("&", "&&"), partial(self.forget_view, name))

    def _ask_view(self) -> None:
        name, sure = QInputDialog.getText(self, text("ui.view_save"), text("ui.view_name"))
        if sure and name.strip():
            self.save_view(name.strip()[:60])

    def _fill_more(self, menu: QMenu, exports: bool) -> None:
        menu.addAction(text("ui.copy"), self.copy).setShortcut(QKeySequence.StandardKey.Copy)
        if exports:
            menu.addAction(
                text("ui.export_seen"), lambda: self.exportRequested.emit(self.seen_columns(), self.seen_rows())
            )

    def _on_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction(text("ui.open"), self._open)
        menu.addAction(text("ui.copy"), self.copy)
        menu.addAction(text("ui.to_bin"), lambda: self.binRequested.emit(self.selected_ids()))
        menu.exec(self.view.viewport().mapToGlobal(at))

    # --- inside -----------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Give the room that is left over to columns whose words are cut; widths set by hand stay."""
        if self._by_hand or self._restoring or not self.view.isVisible():
            return
        header = self.view.horizontalHeader()
        shown = [at for n in range(header.count()) if not header.isSectionHidden(at := header.logicalIndex(n))]
        least = {at: self._least(at) for at in shown}
        for at in shown:
            if at not in self._measured:
                self._measured.add(at)
                self._wide[at] = max(self._wide.get(at, 0), min(WIDEST, self.view.sizeHintForColumn(at) + 8))
        if shown:  # the last one takes what is left; its first width is a wish, its words are not
            last = shown[-1]
            least[last] = max(self._heading_width(last), min(least[last], self._wide[last]))
        spare = max(0, self.view.viewport().width() - sum(least.values()))
        lacks = {at: max(0, self._wide[at] - least[at]) for at in shown}
        part = min(1.0, spare / max(1, sum(lacks.values())))
        self._restoring = True
        try:
            for at in shown[:-1]:
                header.resizeSection(at, least[at] + int(lacks[at] * part))
            for at in shown[-1:]:  # stretched to the edge where there is more room
                header.resizeSection(at, least[at])
        finally:
            self._restoring = False

    def _least(self, at: int) -> int:
        return max(self.model.columns[at].width, self._heading_width(at))

    def _heading_width(self, at: int) -> int:
        return self.view.horizontalHeader().fontMetrics().horizontalAdvance(self.model.columns[at].label) + 40

    def _on_resized(self, at: int, before: int, now: int) -> None:
        header = self.view.horizontalHeader()
        last = next(
            (n for v in reversed(range(header.count())) if not header.isSectionHidden(n := header.logicalIndex(v))), -1
        )
        if not self._restoring and at != last and before and now:  # from or to nothing: hidden or shown
            self._by_hand = True
            self._keep_soon.start()

    def _settle(self) -> None:
        whole, seen = len(self.model.rows), self.proxy.rowCount()
        self._count.setText(text("ui.rows", n=whole) if seen == whole else text("ui.rows_of", n=whole, seen=seen))
        self._count.setVisible(whole > 0)
        page: QWidget = self._empty if not whole else self._none if not seen else self.view
        self._stack.setCurrentWidget(page)
        self.fit()
        said = self._totals(self.seen_rows()) if self._totals is not None and seen else ""
        self.sum_line.setText(said)
        self.sum_line.setVisible(bool(said))

    def _on_filtered(self, typed: str) -> None:
        self.proxy.filter(typed)
        self._settle()

    def _on_entered(self) -> None:
        if self.proxy.rowCount():
            self._to_rows()
            self._open()

    def _to_rows(self) -> None:
        if self.proxy.rowCount():
            self.view.setFocus()
            if not self.view.currentIndex().isValid():
                self.view.selectRow(0)

    def _on_marked(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.isValid() and not self._quiet:
            self.marked.emit(str(now.data(RecordModel.ROW)["id"]))

    def _open(self) -> None:
        if marked := self.marked_id():
            self.opened.emit(marked)


class _View(QTableView):
    entered_ = Signal()
    binned = Signal()

    def __init__(self, table: RecordTable) -> None:
        super().__init__(table)
        self._table = table
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setSortingEnabled(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setResizeContentsPrecision(MEASURED)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setFixedHeight(ROW_HEIGHT)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._table.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._table.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._table.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.binned.emit()
        elif event.text().isprintable() and event.text() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            line = self._table.filter_line  # typing in a list filters it
            line.setFocus()
            line.setText(line.text() + event.text())
        else:
            super().keyPressEvent(event)


def _cell(words: str) -> str:
    """One cell of a pasted table: no tabs or lines, and nothing that a spreadsheet would run as a formula."""
    flat = " ".join(words.split())
    return "'" + flat if flat[:1] in ("=", "+", "-", "@") and not flat.lstrip("+-").replace(",", "").isdigit() else flat
