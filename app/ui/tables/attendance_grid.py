"""The grid of the registration desk: a row a person, a column a session, marks by single keys; it saves nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.ui import icons, theme

_NOWHERE = QModelIndex()
FIXED = ("no", "name", "rank", "unit")
ROW_HEIGHT = 34
ICONS = {
    "present": ("check", "good"),
    "absent": ("x", "danger"),
    "late": ("clock", "warn"),
    "left_early": ("log-out", "warn"),
    "excused": ("message-square", "muted"),
}
"""Each mark has a shape of its own; colour only helps."""
KEYS = {"p": "present", "a": "absent", "l": "late", "e": "left_early", "x": "excused", "s": "sign"}
LAYOUTS = dict(zip("зфдучы", "palexs", strict=True))
"""The same keys on the Russian layout."""

Words = Callable[[str, Any], str]


class GridModel(QAbstractTableModel):
    """The rows of a sheet. `words(column, value)` says what a value is called; `heads` name the columns."""

    ROW = Qt.ItemDataRole.UserRole + 1
    MARK = Qt.ItemDataRole.UserRole + 2
    COLUMN = Qt.ItemDataRole.UserRole + 3

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._heads: dict[str, str] = {}
        self.sessions: list[str] = []
        self.numbers: list[str] = []
        self.rows: list[dict[str, Any]] = []
        self.current = ""
        self._all: list[dict[str, Any]] = []
        self._only: Callable[[Mapping[str, Any]], bool] | None = None

    # --- what the page calls ----------------------------------------------------------------------------

    def show(
        self, heads: Mapping[str, str], sessions: Sequence[str], numbers: Sequence[str], rows: Iterable[Any]
    ) -> None:
        """Show a whole sheet: the fixed columns, `sessions`, then the columns of `numbers` (tests, satisfaction)."""
        self.beginResetModel()
        self._heads, self.sessions, self.numbers = dict(heads), list(sessions), list(numbers)
        self._all = list(rows)
        self.rows = [row for row in self._all if self._only is None or self._only(row)]
        self.endResetModel()

    def take(self, rows: Iterable[dict[str, Any]], gone: Iterable[str] = ()) -> None:
        """Show the new state of some rows, new ones too, and no longer those that are gone; all others stay."""
        lost = set(gone)
        fresh = {row["id"]: row for row in rows}
        for position in range(len(self.rows) - 1, -1, -1):
            row = self.rows[position]
            if row["id"] in lost:
                self.beginRemoveRows(_NOWHERE, position, position)
                del self.rows[position]
                self.endRemoveRows()
            elif row["id"] in fresh:
                self.rows[position] = fresh[row["id"]]
                self.dataChanged.emit(self.index(position, 0), self.index(position, self.columnCount() - 1))
        known = {row["id"] for row in self._all}
        self._all = [fresh.get(row["id"], row) for row in self._all if row["id"] not in lost]
        added = [row for row in fresh.values() if row["id"] not in known]
        self._all += added
        self._all.sort(key=_order)
        shown = {row["id"] for row in self.rows}
        for row in added:
            if row["id"] not in shown and (self._only is None or self._only(row)):
                position = next((n for n, r in enumerate(self.rows) if _order(r) > _order(row)), len(self.rows))
                self.beginInsertRows(_NOWHERE, position, position)
                self.rows.insert(position, row)
                self.endInsertRows()
        if self.sessions:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def show_only(self, wanted: Callable[[Mapping[str, Any]], bool] | None) -> None:
        """Show only some of the rows; None for all."""
        self.beginResetModel()
        self._only = wanted
        self.rows = [row for row in self._all if wanted is None or wanted(row)]
        self.endResetModel()

    def choose(self, session: str) -> None:
        """Make a session the current one."""
        self.current = session
        if self.columnCount():
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def set_head(self, column: str, words: str) -> None:
        """Name a column anew (the count in a session's head)."""
        if self._heads.get(column) != words:
            self._heads[column] = words
            at = self.columns.index(column)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, at, at)

    @property
    def all_rows(self) -> list[dict[str, Any]]:
        """Every row of the sheet, shown or not."""
        return self._all

    @property
    def columns(self) -> list[str]:
        """The names of the columns: fixed ones, session ids, numbers."""
        return [*FIXED, *self.sessions, *self.numbers]

    def position(self, row_id: str) -> int:
        """Where a row is shown, or −1."""
        return next((n for n, row in enumerate(self.rows) if row["id"] == row_id), -1)

    # --- the model --------------------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(FIXED) + len(self.sessions) + len(self.numbers)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self.rows):
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == self.ROW:
            return row
        if role == self.COLUMN:
            return column
        if role == self.MARK:
            return row["marks"].get(column)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if column in self.sessions:
                mark = row["marks"].get(column)
                if role == Qt.ItemDataRole.DisplayRole or mark is None:
                    return self._words("hours", mark["hours"]) if mark and mark["hours"] is not None else ""
                return " ".join(filter(None, (self._words("mark", mark), self._words("hours", mark["hours"]))))
            return self._words(column, row)
        if role == Qt.ItemDataRole.EditRole and column in self.numbers:
            return self._words(column, row)
        if role == Qt.ItemDataRole.ToolTipRole:
            if column in self.sessions:
                return self._words("mark", row["marks"].get(column))
            return self._words(column, row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            centre = column not in ("name", "rank", "unit")
            side = (
                Qt.AlignmentFlag.AlignCenter if centre else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            )
            return int(side)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads.get(column, "")
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._heads.get(f"tip.{column}", self._heads.get(column, ""))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            left = column in ("name", "rank", "unit")
            return int(
                (Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignHCenter) | Qt.AlignmentFlag.AlignVCenter
            )
        if role == Qt.ItemDataRole.ForegroundRole and column == self.current:
            return QColor(theme.tokens().accent)
        if role == Qt.ItemDataRole.FontRole and column == self.current:
            bold = QFont()
            bold.setBold(True)
            return bold
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() >= len(FIXED) else flags


class AttendanceGrid(QTableView):
    """Arrows move; P A L E X mark, Space there or not, Backspace takes a mark away, S the signature; digits on a late
    mark are its hours; in the columns of numbers digits are the number and Enter goes down. Other letters search.
    """

    markRequested = Signal(list, str, str)  # participations, session, state ("" takes the mark away)
    hoursRequested = Signal(str, str, float)
    signRequested = Signal(list, str)
    numberRequested = Signal(str, str, str)  # participation, column, as typed
    removeRequested = Signal(list)
    sessionChosen = Signal(str)
    typed = Signal(str)

    def __init__(self, model: GridModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = model
        self._goes_down = False
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(_CellDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(40)
        header.setFixedHeight(header.fontMetrics().lineSpacing() * 2 + 14)
        header.sectionClicked.connect(self._on_section)
        self.doubleClicked.connect(self._on_double_click)
        self.clicked.connect(lambda index: self._choose(index.column()))
        model.modelReset.connect(self.lay_out)

    # --- what the page calls ----------------------------------------------------------------------------

    def lay_out(self) -> None:
        """Give the columns their widths: the name takes what is left."""
        columns = self.grid.columns
        if len(columns) == len(FIXED) and not self.grid.rows:
            return
        em = self.fontMetrics().horizontalAdvance("0")
        widths = {"no": 5 * em, "rank": 18 * em, "unit": 20 * em}
        for group in (self.grid.sessions, self.grid.numbers):
            widths |= dict.fromkeys(group, max([7 * em, *map(self._head_width, group)]))
        room = self.viewport().width() - sum(n for column, n in widths.items() if column not in ("rank", "unit"))
        shown = {"rank": room >= 40 * em, "unit": room >= 27 * em + widths["rank"] + widths["unit"]}
        if not shown["unit"]:
            widths["rank"] = min(widths["rank"], max(10 * em, room - 27 * em))
        for column, on in shown.items():
            self.setColumnHidden(columns.index(column), not on)
            room -= widths[column] if on else 0
        widths["name"] = max(22 * em, room)
        for number, column in enumerate(columns):
            self.setColumnWidth(number, widths[column])

    def go(self, row_id: str, column: str) -> None:
        """Put the cursor on a person's cell and bring it into sight."""
        position = self.grid.position(row_id)
        if position >= 0 and column in self.grid.columns:
            index = self.grid.index(position, self.grid.columns.index(column))
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def selected_rows(self) -> list[str]:
        """The participations of the selected cells, from the top."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        return [self.grid.rows[row]["id"] for row in rows if row < len(self.grid.rows)]

    def _head_width(self, column: str) -> int:
        words = str(self.grid.headerData(self.grid.columns.index(column), Qt.Orientation.Horizontal) or "")
        bold = QFont(self.font())
        bold.setBold(True)
        metrics = self.horizontalHeader().fontMetrics()
        return max((round(metrics.horizontalAdvance(line) * 1.08) for line in words.split("\n")), default=0) + 22

    # --- keys -------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        column = index.data(GridModel.COLUMN) if index.isValid() else None
        typed, key = event.text(), event.key()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if key == Qt.Key.Key_Delete:
            self.removeRequested.emit(self.selected_rows())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.state() != QAbstractItemView.State.EditingState:  # else the editor's own Enter goes down
                self._down()
        elif plain and column in self.grid.sessions and self._on_session_key(index, str(column), typed, key):
            return
        elif (
            plain and column in self.grid.numbers and (typed.isdigit() or key in (Qt.Key.Key_F2, Qt.Key.Key_Backspace))
        ):
            if column == "satisfaction" and typed.isdigit():
                self.numberRequested.emit(index.data(GridModel.ROW)["id"], "satisfaction", typed)
                self._down()
            elif key == Qt.Key.Key_Backspace:
                self.numberRequested.emit(index.data(GridModel.ROW)["id"], str(column), "")
            else:
                self._edit(index, typed if typed.isdigit() else None)
        elif plain and typed.isalpha():
            self.typed.emit(typed)
        else:
            super().keyPressEvent(event)

    def _on_session_key(self, index: QModelIndex, session: str, typed: str, key: int) -> bool:
        rows = [i.data(GridModel.ROW)["id"] for i in self._selected_in(index)]
        letter = LAYOUTS.get(typed.lower(), typed.lower())
        mark = index.data(GridModel.MARK)
        state = mark["state"] if mark else ""
        if key == Qt.Key.Key_Space:
            self.markRequested.emit(rows, session, "absent" if state == "present" else "present")
        elif key == Qt.Key.Key_Backspace:
            self.markRequested.emit(rows, session, "")
        elif typed.isdigit() and state in ("late", "left_early"):
            self._edit(index, typed)
        elif letter == "s":
            self.signRequested.emit(rows, session)
        elif letter in KEYS:
            self.markRequested.emit(rows, session, KEYS[letter])
        else:
            return False
        return True

    def _selected_in(self, index: QModelIndex) -> list[QModelIndex]:
        chosen = [i for i in self.selectedIndexes() if i.column() == index.column()]
        return sorted(chosen, key=lambda i: i.row()) if index in chosen else [index]

    def _down(self) -> None:
        index = self.currentIndex()
        below = index.siblingAtRow(index.row() + 1)
        if below.isValid():
            self.setCurrentIndex(below)

    def _edit(self, index: QModelIndex, first: str | None) -> None:
        self.edit(index)
        editor = self.indexWidget(index)
        if isinstance(editor, QLineEdit) and first is not None:
            editor.setText(first)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.setFocus()
        if self._goes_down and hint != QAbstractItemDelegate.EndEditHint.RevertModelCache:
            self._down()
        self._goes_down = False

    # --- the mouse --------------------------------------------------------------------------------------

    def _on_section(self, section: int) -> None:
        self._choose(section)

    def _choose(self, section: int) -> None:
        column = self.grid.columns[section] if 0 <= section < self.grid.columnCount() else ""
        if column in self.grid.sessions and column != self.grid.current:
            self.sessionChosen.emit(column)

    def _on_double_click(self, index: QModelIndex) -> None:
        column = index.data(GridModel.COLUMN)
        if column in self.grid.sessions:
            mark = index.data(GridModel.MARK)
            there = mark is not None and mark["state"] == "present"
            self.markRequested.emit([index.data(GridModel.ROW)["id"]], column, "absent" if there else "present")
        elif column in self.grid.numbers:
            self._edit(index, None)

    def currentChanged(
        self, now: QModelIndex | QPersistentModelIndex, before: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(now, before)
        if now.isValid() and self.hasFocus() and now.column() != before.column():
            self._choose(now.column())

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self.lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        # The column of the current session stands on a ground of its own, under the rows.
        if self.grid.current in self.grid.sessions:
            at = self.grid.columns.index(self.grid.current)
            painter = QPainter(self.viewport())
            area = QRect(self.columnViewportPosition(at), 0, self.columnWidth(at), self.viewport().height())
            painter.fillRect(area, QColor(theme.tokens().rail))
            painter.end()
        super().paintEvent(event)


class _CellDelegate(QStyledItemDelegate):
    def __init__(self, view: AttendanceGrid) -> None:
        super().__init__(view)
        self._view = view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        tokens = theme.tokens()
        cell: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        column = index.data(GridModel.COLUMN)
        painter.save()
        if chosen:
            painter.fillRect(cell, QColor(tokens.chosen))
        elif column == self._view.grid.current:
            painter.fillRect(cell, QColor(tokens.rail))
        painter.setPen(QColor(tokens.hairline))
        painter.drawLine(cell.bottomLeft(), cell.bottomRight())
        if column in self._view.grid.sessions:
            self._paint_mark(painter, cell, index)
        else:
            muted = column in ("no", "rank", "unit")
            painter.setPen(QColor(tokens.muted if muted else tokens.text))
            room = cell.adjusted(10, 0, -8, 0)
            words = str(index.data() or "")
            if column == "no" or column in self._view.grid.numbers:
                painter.drawText(cell, int(Qt.AlignmentFlag.AlignCenter), words)
            else:
                fitted = option.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
                painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), fitted)
        if self._view.currentIndex() == index and self._view.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cell.adjusted(1, 1, -2, -2), 4, 4)
        painter.restore()

    def _paint_mark(self, painter: QPainter, cell: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        mark = index.data(GridModel.MARK)
        tokens = theme.tokens()
        if mark is None:
            painter.setPen(QColor(tokens.edge))
            painter.drawText(cell, int(Qt.AlignmentFlag.AlignCenter), "·")
            return
        name, colour = ICONS.get(mark["state"], ("circle-help", "muted"))
        words = str(index.data() or "")
        metrics = painter.fontMetrics()
        wide = 18 + (metrics.horizontalAdvance(words) + 4 if words else 0)
        left = cell.left() + (cell.width() - wide) // 2
        icons.icon(name, colour, size=18).paint(painter, QRect(left, cell.center().y() - 8, 18, 18))
        if words:
            painter.setPen(QColor(tokens.text))
            painter.drawText(
                QRect(left + 22, cell.top(), cell.right() - left - 20, cell.height()),
                int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
                words,
            )
        if mark["signed"]:  # a line as of a pen below the mark
            painter.setPen(QPen(QColor(tokens.muted), 1.5))
            middle = cell.center().x()
            painter.drawLine(middle - 8, cell.bottom() - 5, middle + 8, cell.bottom() - 5)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(64, ROW_HEIGHT)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        line = QLineEdit(parent)
        line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line.setAccessibleName(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal)))
        line.setStyleSheet("min-height: 0; padding: 0 2px; border-radius: 3px;")
        return line

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data() or ""))
            editor.selectAll()

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        assert isinstance(editor, QLineEdit)
        typed = editor.text().strip()
        row, column = index.data(GridModel.ROW), str(index.data(GridModel.COLUMN))
        self._view._goes_down = True
        if typed == str(index.data() or ""):
            return
        if column in self._view.grid.numbers:
            self._view.numberRequested.emit(row["id"], column, typed)
        else:
            try:
                hours = float(typed.replace(",", "."))
            except ValueError:
                return
            self._view.hoursRequested.emit(row["id"], column, hours)


def _order(row: Mapping[str, Any]) -> tuple[bool, int, str]:
    return (row["sheet_row"] is None, row["sheet_row"] or 0, row["id"])
