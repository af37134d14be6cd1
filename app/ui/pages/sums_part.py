"""What a record adds up to, in sentences and bars above its form; computes nothing."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.basics import clock
from app.basics.words import text
from app.models.queries.activities import children_of
from app.models.queries.sums import Bars, Said, Sums, adds_up, sums_of
from app.specs import choices
from app.ui.shell import Shell
from app.ui.widgets import charts
from app.ui.widgets.charts import BarChart, number
from app.ui.widgets.date_edit import show_day
from app.ui.widgets.labels import label

_SHARES = ("share", "margin")


class SumsPart(QWidget):
    """The sums of one row; reads them again when the row or its parts change. Hidden while there is nothing to say."""

    def __init__(self, shell: Shell, record: str, row_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell, self._record, self._row_id = shell, record, row_id
        self._hears = {
            record,
            *children_of(record),
            *(below for one in children_of(record) for below in children_of(one)),
        }
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 12, 24, 4)
        self._column.setSpacing(4)
        self.sums = Sums()
        self.hide()
        if adds_up(record):
            shell.tasks.changed.connect(self._on_changed)
            self.reload()

    def reload(self) -> None:
        """Read the sums again."""
        record, row, today = self._record, self._row_id, clock.today().isoformat()
        self._shell.tasks.read(
            lambda r: sums_of(r, record, row, today), self._show, context=self, latest=f"sums-{id(self)}"
        )

    def _on_changed(self, changes: Any, _: object) -> None:
        if changes.touch(*self._hears):
            self.reload()

    def _show(self, sums: Sums) -> None:
        self.sums = sums
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for said in sums.said:
            self._column.addWidget(label(sentence(said), "warn" if said.warn else "strong", wrap=True))
        for bars in sums.charts:
            self._column.addSpacing(4)
            heading = " – ".join(filter(None, (bars.title, text(f"sums.{bars.key}"))))
            self._column.addWidget(label(heading, "muted", wrap=True))
            chart = BarChart(heading, columns=bars.percent)
            chart.show_bars(_bars(bars))
            self._column.addWidget(chart)
        self.setVisible(bool(sums.said or sums.charts))


def sentence(said: Said) -> str:
    """What is said, with days and numbers as people there write them."""
    shares = ("women", "men") if said.key == "positive_by_sex" else ()
    shown = {n: _shown("share" if n in shares else n, value) for n, value in said.params.items()}
    return text(f"sums.{said.key}", **shown)


def _shown(name: str, value: Any) -> Any:
    if name == "last":
        return show_day(value)
    if name == "stage":
        return choices.label("stage", value)
    if name in _SHARES:
        return f"{number(round(100 * value, 1))} %"
    if name == "change":
        points = round(100 * value, 1)
        return f"{'+' if points > 0 else '−' if points < 0 else ''}{number(abs(points))}"
    return value if name == "n" else number(value) if isinstance(value, int | float) else value


def _bars(bars: Bars) -> list[charts.Bar]:
    return [charts.Bar(choices.label(b.list, b.name) if b.list else b.name, b.value) for b in bars.bars]
