"""The board of quality: how complete each site is, and what is missing or cannot be, each opening its record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.basics import clock
from app.basics.words import text
from app.specs import wording
from app.ui.pages.page import Page
from app.ui.tables.record_model import Column
from app.ui.tables.record_table import RecordTable
from app.ui.widgets.charts import number
from app.ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from app.models.queries.quality import Finding, Quality, SiteQuality

PAGES = {"person": "people", "activity": "activities"}


class QualityView(QWidget):
    """Sites above, findings below; Enter on a site shows its findings, on a finding its record."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._shell = page, page.shell
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.sites = _sites_table(page)
        self.sites.opened.connect(self._only)
        self.findings = _findings_table(page)
        self.findings.opened.connect(self._open)
        both = QSplitter(Qt.Orientation.Vertical)
        both.setChildrenCollapsible(False)
        both.addWidget(self.sites)
        both.addWidget(self.findings)
        both.setSizes([200, 300])
        column.addWidget(both, 1)

    def reload(self) -> None:
        """Read the board; it looks through everything, so only while it is shown."""
        self.sites.show_loading()
        self.findings.show_loading()
        today = clock.today().isoformat()

        def work(reader: Any) -> tuple[Quality, dict[str, Any]]:
            from app.models.queries.quality import quality

            return quality(reader, today), {site["id"]: site for site in reader.list("site")}

        self._shell.tasks.read(work, self._show, self._failed, context=self, latest="quality")

    def _show(self, answer: tuple[Quality, Mapping[str, Any]]) -> None:
        found, sites = answer
        names: dict[str | None, str] = {k: wording.title_word("site", site) for k, site in sites.items()}
        names[None] = text("quality.no_site")
        self.sites.show_rows(_site_row(one, names) for one in found.sites if one.people or one.held or one.unfinished)
        self.findings.show_rows(_finding_row(no, one, names) for no, one in enumerate(found.findings))

    def _failed(self, error: Exception) -> None:
        self._shell.messages.error(error)
        for table in (self.sites, self.findings):
            table.show_failed("")

    def _only(self, site: str) -> None:
        row = next((row for row in self.sites.model.rows if row["id"] == site), None)
        if row is not None:
            self.findings.filter_line.setText(row["site"])
            self.findings.view.setFocus()

    def _open(self, finding: str) -> None:
        row = next((row for row in self.findings.model.rows if row["id"] == finding), None)
        if row is not None:
            self._shell.go(PAGES[row["record"]], row["row"])


def finding_words(one: Finding) -> str:
    """What is wrong, in a sentence."""
    params = {key: wording.day_word(value) if key == "date" else value for key, value in one.params.items()}
    return text(f"quality.{one.kind}", **params)  # words: quality.*


def _sites_table(page: Page) -> RecordTable:
    columns = [
        Column("site", text("exchange.col_site"), width=190),
        Column("people", text("quality.col_people"), number, lambda v: v, right=True, width=80),
        Column("sex", text("quality.col_sex"), _percent, _order, right=True, width=90, role=_low("sex")),
        Column("unit", text("quality.col_unit"), _percent, _order, right=True, width=90, role=_low("unit")),
        Column("held", text("quality.col_held"), number, lambda v: v, right=True, width=80),
        Column("sheet", text("quality.col_sheet"), _percent, _order, right=True, width=110, role=_low("sheet")),
        Column("marked", text("quality.col_marked"), _percent, _order, right=True, width=110, role=_low("marked")),
        Column("unfinished", text("quality.col_unfinished"), number, lambda v: v, right=True, width=110),
    ]
    empty = EmptyState(text("quality.nothing_yet"), text("quality.nothing_yet_note"), icon="clipboard-check")
    table = RecordTable("quality_sites", columns, page.shell.settings, empty=empty, name=text("quality.tab"))
    table.sort_by("site")
    return table


def _findings_table(page: Page) -> RecordTable:
    columns = [
        Column("what", text("quality.col_what"), width=360, role=lambda row: "warn" if row["impossible"] else ""),
        Column("title", text("conflicts.list_title"), width=240),
        Column("day", text("quality.col_day"), wording.day_word, lambda v: v or "", width=100),
        Column("site", text("exchange.col_site"), width=140),
    ]
    empty = EmptyState(text("quality.none"), text("quality.none_note"), icon="check-check")
    table = RecordTable("quality", columns, page.shell.settings, empty=empty, name=text("quality.findings"))
    table.private = True  # persons are named
    return table


def _site_row(one: SiteQuality, names: Mapping[str | None, str]) -> dict[str, Any]:
    return {
        "id": one.site or "-",
        "site": names.get(one.site, ""),
        "people": one.people,
        "sex": _part(one.people - one.sex_missing, one.people),
        "unit": _part(one.people - one.unit_missing, one.people),
        "held": one.held,
        "sheet": _part(one.listed - one.no_sheet, one.listed),
        "marked": _part(one.listed - one.nobody_marked, one.listed),
        "unfinished": one.unfinished,
    }


def _finding_row(number_: int, one: Finding, names: Mapping[str | None, str]) -> dict[str, Any]:
    return {
        "id": str(number_),
        "what": finding_words(one),
        "title": one.title,
        "day": one.day,
        "site": names.get(one.site, ""),
        "record": one.record,
        "row": one.row,
        "impossible": one.kind not in ("sex_missing", "no_sheet", "nobody_marked", "unfinished"),
    }


def _part(some: int, whole: int) -> int | None:
    """Hundredths, rounded down: 100 says that nothing is missing."""
    return 100 * some // whole if whole else None


def _percent(value: int | None) -> str:
    return "–" if value is None else f"{value} %"


def _order(value: int | None) -> int:
    return 101 if value is None else value


def _low(name: str) -> Any:
    return lambda row: "warn" if row[name] is not None and row[name] < 90 else ""
