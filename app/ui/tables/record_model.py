"""A table of plain rows: what the columns are, and a Qt model over a list of dicts; never fetches anything itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCollator,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)
from PySide6.QtGui import QColor

from app.basics import words
from app.basics.words import text as say
from app.specs import choices
from app.specs.fields import FieldSpec, RecordSpec
from app.specs.types import Boolean, Choice, Choices, Date, Decimal, FieldType, Integer, Moment, Reference, References
from app.ui import theme
from app.ui.forms.editors import show_decimal, show_moment
from app.ui.forms.words import label_of, loose, twin_of
from app.ui.widgets.charts import number
from app.ui.widgets.date_edit import show_day

_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Column:
    """One column: `name` is the row's key, `show` its words, `order` what it is sorted by (default: the words).

    `width` in points is only the first one; people change it. `role` colours the words (a token of the theme).
    """

    name: str
    label: str
    show: Callable[[Any], str] = lambda value: "" if value is None else str(value)
    order: Callable[[Any], Any] | None = None
    right: bool = False
    width: int = 140
    shown: bool = True
    role: Callable[[Mapping[str, Any]], str] | None = None


def columns_for(spec: RecordSpec, names: Sequence[str] | None = None) -> list[Column]:
    """Columns for the fields of a record (`names`: only these, in this order; default: all, those of lists shown).

    A title in three languages is one column under its stem (`name`, `title`): rows carry `stem_az` and so on.
    References show `<field>_name` of the row where a query gives it.
    """
    if names is not None:
        chosen = [spec.by_name[name] for name in names]
    else:
        chosen = [field for field in spec.fields if not getattr(field.type, "lines", False)]
    if not any(field.table for field in chosen):
        names = [field.name for field in chosen]
    columns: dict[str, Column] = {}
    for field in chosen:
        stem, language = twin_of(field.name)
        name = stem if language else field.name
        if name not in columns:
            columns[name] = column_for(spec, field, name, shown=field.table or names is not None)
    return list(columns.values())


def name_key(spec: RecordSpec, field: str) -> str:
    """Where a row carries the name of what a reference points at."""
    return f"{field}_shown" if f"{field}_name" in spec.by_name else f"{field}_name"


def column_for(spec: RecordSpec, field: FieldSpec, name: str, *, shown: bool = True) -> Column:
    """The column of one field, shown as its type is shown."""
    kind: FieldType = field.type
    label = label_of(spec.name, field.name)
    if isinstance(kind, Integer | Decimal):
        show = number if isinstance(kind, Integer) else show_decimal
        return Column(
            name, label, lambda v: "" if v is None else show(v), lambda v: v, right=True, width=96, shown=shown
        )
    if isinstance(kind, Date):
        return Column(name, label, show_day, lambda v: v or "", width=110, shown=shown)
    if isinstance(kind, Moment):
        return Column(name, label, lambda v: show_moment(v) if v else "", lambda v: v or "", width=150, shown=shown)
    if isinstance(kind, Boolean):
        return Column(
            name, label, lambda v: "" if v is None else say("ui.yes" if v else "ui.no"), width=88, shown=shown
        )
    if isinstance(kind, Choice):
        return Column(name, label, lambda v: choices.label(kind.list, v), width=150, shown=shown)
    if isinstance(kind, Choices):
        return Column(name, label, lambda v: ", ".join(choices.label(kind.list, c) for c in v or ()), shown=shown)
    if isinstance(kind, Reference | References):
        return Column(name_key(spec, name), label, width=180, shown=shown)
    return Column(name, label, width=240 if name in ("title", "name") else 160, shown=shown)


LOCALES = {"az": "az_AZ", "ru": "ru_RU", "en": "en_GB"}


def collator(language: str | None = None) -> QCollator:
    """The order of an alphabet: … c ç d e ə f g ğ h x ı i …, numbers within words by value."""
    made = QCollator(QLocale(LOCALES[language or words.language()]))
    made.setNumericMode(True)
    return made


class RecordModel(QAbstractTableModel):
    """Rows of dicts under columns; hands out words, sort keys and the text the filter looks through."""

    ORDER = Qt.ItemDataRole.UserRole
    ROW = Qt.ItemDataRole.UserRole + 1

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self.rows: list[dict[str, Any]] = []
        self._folded: dict[str, str] = {}
        self._sorted: tuple[int, Qt.SortOrder] = (-1, Qt.SortOrder.AscendingOrder)
        self._ahead = QTimer(self, interval=0)
        self._ahead.timeout.connect(self._fold_ahead)
        self._folding: list[dict[str, Any]] = []

    def show_rows(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Show these rows instead, in the order chosen before; each has an `id`."""
        self.beginResetModel()
        self.rows = [dict(row) for row in rows]
        self._folded.clear()
        self.rows = [self.rows[n] for n in self._order()]
        self.endResetModel()
        self._folding = self.rows[:]
        self._ahead.start()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column (-1: as they came). Empty values stand last in either direction.

        All at once in Python: a comparison at a time through Qt took 1.4 s for 5,000 rows.
        """
        self._sorted = (column, order)
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        known = [self.rows[index.row()] for index in before]
        self.rows = [self.rows[n] for n in self._order()]
        places = {id(row): number for number, row in enumerate(self.rows)}
        after = [self.index(places[id(row)], index.column()) for row, index in zip(known, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _order(self) -> list[int]:
        column, order = self._sorted
        if not 0 <= column < len(self.columns):
            return list(range(len(self.rows)))
        shown = self.columns[column]
        values = [(shown.order or shown.show)(row.get(shown.name)) for row in self.rows]
        filled = [n for n, value in enumerate(values) if value not in (None, "")]
        empty = [n for n, value in enumerate(values) if value in (None, "")]
        alphabet = collator()
        words_ = sorted({v for v in values if isinstance(v, str)}, key=lambda word: (alphabet.sortKey(word), word))
        ranks = {word: number for number, word in enumerate(words_)}

        def key(number_: int) -> tuple[bool, Any]:
            value = values[number_]
            return (True, ranks[value]) if isinstance(value, str) else (False, value)

        filled.sort(key=key, reverse=order == Qt.SortOrder.DescendingOrder)
        return filled + empty

    def change_row(self, row: Mapping[str, Any]) -> bool:
        """Show new values of the row with this `id`, merged over the old; False if it is not here."""
        for number_, known in enumerate(self.rows):
            if known.get("id") == row.get("id"):
                self.rows[number_] = {**known, **row}
                self._folded.pop(str(row.get("id")), None)
                self.dataChanged.emit(self.index(number_, 0), self.index(number_, len(self.columns) - 1))
                return True
        return False

    def folded(self, row: int) -> str:
        """All words of a row in folded spelling, for the filter."""
        return self._fold(self.rows[row])

    def _fold(self, row: Mapping[str, Any]) -> str:
        known = str(row.get("id"))
        if known not in self._folded:
            self._folded[known] = loose(" ".join(column.show(row.get(column.name)) for column in self.columns))
        return self._folded[known]

    def _fold_ahead(self) -> None:
        """Fold a few rows whenever the window is idle, so that the first letter typed finds them ready."""
        chunk, self._folding = self._folding[:100], self._folding[100:]
        for row in chunk:
            self._fold(row)
        if not self._folding:
            self._ahead.stop()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self.rows):
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(column.show(row.get(column.name)).split("\n"))
        if role == self.ORDER:
            value = row.get(column.name)
            return column.order(value) if column.order else column.show(value)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        if role == Qt.ItemDataRole.ForegroundRole and column.role is not None and (token := column.role(row)):
            return QColor(getattr(theme.tokens(), token))
        if role == self.ROW:
            return row
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                return self.columns[section].label
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if self.columns[section].right else _LEFT
        return None
