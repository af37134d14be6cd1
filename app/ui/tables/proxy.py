"""Filtering as one types; sorting is the model's, which does it at once. Knows rows only through their model."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from app.ui.forms.words import loose
from app.ui.tables.record_model import RecordModel


class RecordProxy(QSortFilterProxyModel):
    """Every typed word must occur in the row, in any spelling."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: list[str] = []
        self._only: set[str] | None = None
        self.setDynamicSortFilter(False)

    def filter(self, typed: str) -> None:
        """Show the rows in which all of these words occur."""
        self._wanted = loose(typed).split()
        self.invalidate()

    def only(self, ids: set[str] | None) -> None:
        """Show at most the rows with these ids; None for all."""
        self._only = ids
        self.invalidate()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Let the model order its rows."""
        model = self.sourceModel()
        if model is not None:
            model.sort(column, order)

    def filterAcceptsRow(self, row: int, parent: QModelIndex | QPersistentModelIndex) -> bool:
        model = self.sourceModel()
        assert isinstance(model, RecordModel)
        if self._only is not None and model.rows[row].get("id") not in self._only:
            return False
        return all(word in model.folded(row) for word in self._wanted) if self._wanted else True
