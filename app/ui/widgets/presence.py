"""How many are there: one large number and its parts by sex and by service; shows, never counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.ui.widgets.charts import Bar, BarChart
from app.ui.widgets.labels import hairline, label


class PresencePanel(QFrame):
    """The running counts of a session beside its grid."""

    def __init__(self, by_sex: str, by_service: str, missing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 24, 16)
        column.setSpacing(6)
        self._number = label("–", "title")
        self._caption = label("", "muted", wrap=True)
        column.addWidget(self._number)
        column.addWidget(self._caption)
        self._charts: list[BarChart] = []
        for name in (by_sex, by_service):
            column.addSpacing(10)
            column.addWidget(label(name, "strong"))
            chart = BarChart(name)
            self._charts.append(chart)
            column.addWidget(chart)
        column.addSpacing(10)
        column.addWidget(hairline())
        column.addSpacing(4)
        self._missing_head = label(missing, "strong")
        self._missing = label("", "muted", wrap=True)
        column.addWidget(self._missing_head)
        column.addWidget(self._missing)
        column.addStretch(1)

    def show_counts(
        self, number: str, caption: str, by_sex: Sequence[Bar], by_service: Sequence[Bar], missing: str
    ) -> None:
        """Show the counts; `missing` names who is not there, '' hides it."""
        self._number.setText(number)
        self._number.setAccessibleName(f"{number} {caption}")
        self._caption.setText(caption)
        for chart, bars in zip(self._charts, (by_sex, by_service), strict=True):
            chart.show_bars(bars)
        self._missing.setText(missing)
        self._missing.setVisible(bool(missing))
        self._missing_head.setVisible(bool(missing))

    @property
    def number(self) -> str:
        """The large number as shown."""
        return self._number.text()
