"""Reports: choose one, see its numbers at once for a period and sites, write it as workbook, paper, CSV or web page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.basics import clock, machine, words
from app.basics.words import text
from app.ui.pages.named_export import NamedExport
from app.ui.pages.page import Page
from app.ui.shell import Shell
from app.ui.widgets.buttons import Segments, button
from app.ui.widgets.charts import number
from app.ui.widgets.date_edit import DateEdit, show_day
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.labels import label
from app.ui.widgets.picker import ChipsEdit

_SHOWN_ROWS = 200
"""So many rows of a table are shown here; the file has them all."""


class ReportsPage(Page):
    """The list of reports, the period and the sites; beside it what the report says now."""

    records = ("activity", "participation", "attendance", "tally", "headcount", "output", "reading", "cost", "person")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._report: Any = None
        self._asked = ""
        head = self.add_head(text("ui.page_reports"), text("reportspage.intro"))
        check = button(text("reportspage.check_certificate"), lambda: shell.go("certificates", "check"), icon="award")
        head.addWidget(check)
        self.formats = QHBoxLayout()
        self.formats.setSpacing(8)
        head.addLayout(self.formats)
        line = QHBoxLayout()
        line.setContentsMargins(24, 0, 24, 0)
        line.setSpacing(12)
        self.periods = Segments([(key, text(f"reportspage.{key}")) for key in ("quarter", "last_quarter", "year")])
        # words: reportspage.quarter, reportspage.last_quarter, reportspage.year
        self.periods.setAccessibleName(text("reportspage.period"))
        self.periods.chosen.connect(lambda key: self._on_period(str(key)))
        self.start = DateEdit(text("reportspage.start"), shell.locale)
        self.end = DateEdit(text("reportspage.end"), shell.locale)
        for edit, name in ((self.start, "start"), (self.end, "end")):
            edit.setAccessibleName(text(f"reportspage.{name}"))  # words: reportspage.start, reportspage.end
            edit.setMaximumWidth(150)
            edit.settled.connect(self._on_days)
        self.sites = ChipsEdit(self.sources.record("site"), text("reportspage.remove"))
        self.sites.setAccessibleName(text("reportspage.sites"))
        self.sites.line.setPlaceholderText(text("reportspage.all_sites"))
        self.sites.changed.connect(self.renew)
        for part in (self.periods, self.start, self.end):
            line.addWidget(part)
        line.addWidget(self.sites, 1)
        self.publishing = QCheckBox(text("reportspage.publishing"))
        self.publishing.setAccessibleName(text("reportspage.publishing"))
        self.publishing.setToolTip(text("reportspage.publishing_tip"))
        self.publishing.toggled.connect(self._on_publishing)
        line.addWidget(self.publishing)
        self.column.addLayout(line)
        self.exporting = NamedExport(shell, self)
        asked = QHBoxLayout()
        asked.setContentsMargins(24, 0, 24, 0)
        asked.addWidget(self.exporting)
        self.column.addLayout(asked)
        body = QHBoxLayout()
        body.setContentsMargins(24, 8, 0, 0)
        body.setSpacing(16)
        self.list = QListWidget()
        self.list.setAccessibleName(text("ui.page_reports"))
        self.list.setMaximumWidth(280)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # a long name is its own tip
        self.list.currentItemChanged.connect(lambda *_: self.renew())
        body.addWidget(self.list)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        body.addWidget(self.area, 1)
        self.column.addLayout(body, 1)
        self.periods.set_value("quarter")
        self._set_days("quarter")
        self._wanted = "quarterly"

    def open(self, target: str) -> None:
        if target:
            self._wanted = target
            self._choose(target)

    def place(self) -> str:
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""

    def focus_start(self) -> None:
        self.list.setFocus()

    def reload(self) -> None:
        if not self.list.count():
            self._fill_list()
        name, start, end = self.place(), self.start.value(), self.end.value()
        if name and name != self._asked:
            self._asked = name
            self._set_publishing(name in _catalogue().PUBLISHED)
        hides = self.publishing.isChecked()
        if not name or not start or not end:
            return
        sites = self.sites.value()

        def work(reader: Any) -> Any:
            from app.reports import catalogue
            from app.reports.discretion import suppressed

            entry = catalogue.REPORTS[name]
            if entry.build is None:
                return None
            report = entry.build(reader, start, end, sites or None, words.language())
            return suppressed(report) if hides else report

        self.area.setWidget(EmptyState(text("ui.loading"), icon="clock"))
        self.shell.tasks.read(work, self._show, self._show_error, context=self, latest="report")

    def _fill_list(self) -> None:
        from app.reports import catalogue  # after the first paint

        self.list.blockSignals(True)
        for name, entry in catalogue.REPORTS.items():
            if entry.build is not None:
                item = QListWidgetItem(text(entry.title))  # words: reports.*
                item.setData(Qt.ItemDataRole.UserRole, name)
                item.setToolTip(item.text())
                self.list.addItem(item)
        self.list.blockSignals(False)
        self._choose(self._wanted)

    def _set_publishing(self, on: bool) -> None:
        self.publishing.blockSignals(True)
        self.publishing.setChecked(on)
        self.publishing.blockSignals(False)

    def _on_publishing(self, on: bool) -> None:
        self.renew()

    def _choose(self, name: str) -> None:
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == name:
                self.list.setCurrentRow(row)

    # --- the period -------------------------------------------------------------------------------------

    def _on_period(self, key: str) -> None:
        self._set_days(key)
        self.renew()

    def _set_days(self, key: str) -> None:
        start, end = period(key, clock.today())
        self.start.set_value(start.isoformat())
        self.end.set_value(end.isoformat())

    def _on_days(self) -> None:
        start, end = self.start.value(), self.end.value()
        if start and end and start <= end:
            self.periods.set_value(None)
            self.renew()

    # --- what it says -----------------------------------------------------------------------------------

    def _show(self, report: Any) -> None:
        self._report = report
        self._offer_formats()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 24, 24)
        column.setSpacing(8)
        column.addWidget(label(report.title, "heading", wrap=True))
        if report.warning:
            column.addWidget(label(report.warning, "warn", wrap=True))
        for block in report.prose:
            for words_, role in _prose(block):
                column.addWidget(label(words_, role, wrap=True, selectable=True))
        for table in report.tables:
            column.addSpacing(8)
            column.addWidget(label(table.title, "emphasis", wrap=True))
            column.addWidget(_grid(table))
            for note in table.notes:
                column.addWidget(label(note, "muted", wrap=True))
        for note in report.notes:
            column.addWidget(label(note, "muted", wrap=True))
        column.addStretch(1)
        self.area.setWidget(body)

    def _show_error(self, error: Exception) -> None:
        self.area.setWidget(EmptyState(text("ui.not_loaded"), icon="circle-alert"))
        self.shell.messages.error(error)

    def _offer_formats(self) -> None:
        from app.reports import catalogue

        while self.formats.count():
            item = self.formats.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.deleteLater()
        for ending in catalogue.REPORTS[self.place()].formats:
            kind = "primary" if ending == ".xlsx" else "plain"
            name = text(f"reportspage.as_{ending[1:]}")  # words: reportspage.as_*
            self.formats.addWidget(button(name, partial(self.choose_file, ending), kind=kind, icon="download"))

    def choose_file(self, ending: str) -> None:
        """Ask where to, and write; where people are named, first what for."""
        name, report = self.place(), self._report
        catalogue = _catalogue()
        if name in catalogue.NAMED:

            def named(out: Path, password: str) -> None:
                catalogue.write_report(report, out, password=password)

            people = sum(len(section.rows) for table in report.tables[-1:] for section in table.sections)
            self.exporting.ask(
                name, f"{name}-{self.start.value()}", people, named, endings=catalogue.REPORTS[name].formats
            )
            return
        start = str(Path.home() / f"{self.place()}-{self.start.value()}{ending}")
        chosen, _ = QFileDialog.getSaveFileName(
            self, text("ui.page_reports"), start, f"*{ending}", options=QFileDialog.Option.DontUseNativeDialog
        )
        if chosen:
            self.write(Path(chosen))

    def write(self, out: Path) -> None:
        """Write the report that is shown, in the format of the file's ending."""
        report = self._report

        def work() -> None:
            from app.reports import catalogue

            catalogue.write_report(report, out)

        said = text("reportspage.written", file=out.name)
        show = text("reportspage.show_file")
        self.shell.tasks.run(
            work,
            lambda _: self.shell.messages.good(said, action=show, act=lambda: machine.show_in_folder(out)),
            context=self,
            title=text("reportspage.writing"),
        )


def _catalogue() -> Any:
    from app.reports import catalogue  # after the first paint

    return catalogue


def period(key: str, today: date) -> tuple[date, date]:
    """First and last day of this quarter, the last one, or this year."""
    if key == "year":
        return date(today.year, 1, 1), date(today.year, 12, 31)
    start = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    if key == "last_quarter":
        before = start - timedelta(days=1)
        start = date(before.year, 3 * ((before.month - 1) // 3) + 1, 1)
    following = start + timedelta(days=95)
    return start, date(following.year, following.month, 1) - timedelta(days=1)


def _prose(block: Any) -> list[tuple[str, str]]:
    """The lines of a block of text with their looks."""
    if hasattr(block, "text"):
        said = "".join(run for run, mark in block.text if mark != "removed")
        strong = hasattr(block, "level") or getattr(block, "looks", "") == "strong"
        return [(f"•  {said}" if getattr(block, "looks", "") == "bullet" else said, "emphasis" if strong else "body")]
    if hasattr(block, "headings"):
        lines = (" · ".join("".join(run for run, _ in cell) for cell in row) for row in block.rows)
        return [(line, "body") for line in lines]
    return [(f"{name}: {value}", "muted") for name, value in getattr(block, "rows", ())]


def _grid(table: Any) -> QTableWidget:
    """The table as it will stand on paper: sections under their titles, totals in bold."""
    rows: list[tuple[Sequence[Any], bool]] = []
    for section in table.sections:
        if section.title:
            rows.append(([section.title], True))
        rows += [(row.cells, False) for row in section.rows[:_SHOWN_ROWS]]
        if len(section.rows) > _SHOWN_ROWS:
            rows.append(([text("reportspage.more_rows", n=len(section.rows) - _SHOWN_ROWS)], False))
        if section.total_label:
            totals: list[Any] = [section.total_label]
            totals += [table.total(section, column) for column in range(1, len(table.columns))]
            rows.append((totals, True))
    grid = QTableWidget(len(rows), len(table.columns))
    grid.setAccessibleName(table.title)
    grid.setHorizontalHeaderLabels([column.title for column in table.columns])
    grid.verticalHeader().hide()
    grid.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    grid.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    grid.setShowGrid(False)
    grid.setFrameShape(QFrame.Shape.NoFrame)
    for line, (cells, strong) in enumerate(rows):
        for place, cell in enumerate(cells):
            item = QTableWidgetItem(_said(cell, table.columns[place].kind))
            if place and table.columns[place].kind not in ("text", "date"):
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if strong:
                font = item.font()
                font.setBold(True)
                item.setFont(font)
            grid.setItem(line, place, item)
    header = grid.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setStretchLastSection(True)
    height = header.sizeHint().height() + sum(grid.rowHeight(row) for row in range(len(rows))) + 20
    grid.setMinimumHeight(min(height, 1400))
    grid.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return grid


def _said(cell: Any, kind: str) -> str:
    value = getattr(cell, "value", cell)
    if value is None:
        return ""
    if kind == "date":
        return show_day(value)
    if kind == "percent" and isinstance(value, int | float):
        return f"{100 * value:.0f} %"
    if isinstance(value, float) and value != int(value):
        return f"{value:,.2f}".replace(",", "\u202f")
    return number(int(value)) if isinstance(value, int | float) else str(value)
