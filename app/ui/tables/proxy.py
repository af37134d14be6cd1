"""Sorting by the alphabet of the language spoken and filtering as one types; knows rows only through their model."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QCollator,
    QCollatorSortKey,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
)

from app.basics import words
from app.ui.forms.words import loose
from app.ui.tables.record_model import RecordModel

LOCALES = {"az": "az_AZ", "ru": "ru_RU", "en": "en_GB"}


def collator(language: str | None = None) -> QCollator:
    """The order of an alphabet: … c ç d e ə f g ğ h x ı i …, numbers within words by value."""
    made = QCollator(QLocale(LOCALES[language or words.language()]))
    made.setNumericMode(True)
    return made


class RecordProxy(QSortFilterProxyModel):
    """Empty values stand last in either direction; every typed word must occur in the row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._collator = collator()
        self._keys: dict[str, QCollatorSortKey] = {}
        self._wanted: list[str] = []
        self._only: set[str] | None = None
        self.setSortRole(RecordModel.ORDER)

    def filter(self, typed: str) -> None:
        """Show the rows in which all of these words occur."""
        self._wanted = loose(typed).split()
        self.invalidate()

    def only(self, ids: set[str] | None) -> None:
        """Show at most the rows with these ids; None for all."""
        self._only = ids
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: QModelIndex | QPersistentModelIndex) -> bool:
        model = self.sourceModel()
        assert isinstance(model, RecordModel)
        if self._only is not None and model.rows[row].get("id") not in self._only:
            return False
        return all(word in model.folded(row) for word in self._wanted) if self._wanted else True

    def lessThan(self, left: QModelIndex | QPersistentModelIndex, right: QModelIndex | QPersistentModelIndex) -> bool:
        one, two = left.data(RecordModel.ORDER), right.data(RecordModel.ORDER)
        first, second = one in (None, ""), two in (None, "")
        if first or second:
            ascending = self.sortOrder().value == 0
            return (second and not first) if ascending else (first and not second)
        if isinstance(one, str) and isinstance(two, str):
            return self._key(one) < self._key(two)
        return (
            bool(one < two)
            if type(one) is type(two) or not (isinstance(one, str) or isinstance(two, str))
            else str(one) < str(two)
        )

    def _key(self, words_: str) -> Any:
        if (known := self._keys.get(words_)) is None:
            known = self._keys[words_] = self._collator.sortKey(words_)
        return known
