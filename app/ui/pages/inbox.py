"""Inbox: at the office, one line a site: its last bundle, how old it is, what is missing, what waits for a person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from app.basics import settings as remembered
from app.basics.words import text
from app.ui.foot import age
from app.ui.forms.words import title_of
from app.ui.pages.page import Page
from app.ui.shell import Shell
from app.ui.tables.record_model import Column
from app.ui.tables.record_table import RecordTable
from app.ui.widgets.buttons import button
from app.ui.widgets.charts import number
from app.ui.widgets.empty_state import EmptyState

LATE_DAYS = 35
"""A month and some days: a site that was not heard of for so long is marked."""


class InboxPage(Page):
    """The board of the sites; drop a whole folder of bundles on it."""

    records = ("activity", "person", "site")
    hears_itself = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.setAcceptDrops(True)
        head = self.add_head(text("ui.page_inbox"), text("exchange.inbox_intro"))
        head.addWidget(button(text("exchange.take_folder"), self.choose_folder, kind="primary", icon="folder-open"))
        columns = [
            Column("site", text("exchange.col_site"), width=170),
            Column("laptop", text("exchange.col_laptop"), width=170),
            Column("last", text("exchange.col_last"), order=None, width=130, role=_late),
            Column("no", text("exchange.col_no"), lambda v: str(v or "–"), lambda v: v or 0, right=True, width=70),
            Column("missing", text("exchange.col_missing"), width=110, role=_missing),
            Column("conflicts", text("exchange.tile_conflicts"), number, lambda v: v, right=True, width=120),
            Column("apart", text("exchange.tile_apart"), number, lambda v: v, right=True, width=120),
        ]
        empty = EmptyState(
            text("exchange.no_laptops"),
            text("exchange.no_laptops_note"),
            icon="laptop",
            action=text("exchange.make_kit"),
            clicked=lambda: shell.go("exchange", "laptops"),
        )
        self.table = RecordTable("inbox", columns, shell.settings, empty=empty, name=text("ui.page_inbox"))
        self.table.sort_by("site")
        self.table.opened.connect(lambda _: shell.go("exchange", "bundles"))
        self.column.addWidget(self.table, 1)

    def reload(self) -> None:
        def work(reader: Any) -> list[dict[str, Any]]:
            from app.sync import status  # after the first paint

            partners = status.status(reader).partners
            served = {site: p for p in partners if p.state == "active" for site in p.sites}
            rows = []
            for site in reader.list("site"):
                if site["type"] not in ("office", "other_place", "abroad"):
                    rows.append(_line(site, served.get(site["id"])))
            return rows

        self.shell.tasks.read(work, self.table.show_rows, context=self, latest="inbox")

    def choose_folder(self) -> None:
        """Ask for a folder of bundles and show what they would bring."""
        start = self.shell.settings.get(remembered.EXCHANGE_FOLDER) or str(Path.home())
        folder = QFileDialog.getExistingDirectory(
            self, text("exchange.take_folder"), start, QFileDialog.Option.DontUseNativeDialog
        )
        if folder:
            self.shell.go("exchange", f"file:{folder}")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.shell.go("exchange", f"file:{url.toLocalFile()}")
                return


def _line(site: dict[str, Any], partner: Any) -> dict[str, Any]:
    if partner is None:
        none = {"laptop": text("exchange.no_laptop_yet"), "last": "–", "no": 0, "missing": "–", "days": None}
        return {"id": site["id"], "site": title_of("site", site), "conflicts": 0, "apart": 0, "lacking": 0, **none}
    return {
        "id": site["id"],
        "site": title_of("site", site),
        "laptop": partner.name,
        "last": age(partner.last_received) if partner.last_received else text("ui.foot_never"),
        "days": partner.age_days,
        "no": partner.last_no,
        "missing": ", ".join(map(str, partner.missing)) or "–",
        "lacking": len(partner.missing),
        "conflicts": partner.conflicts,
        "apart": partner.kept_apart,
    }


def _late(row: Any) -> str:
    return "warn" if row["days"] is not None and row["days"] > LATE_DAYS else ""


def _missing(row: Any) -> str:
    return "warn" if row["lacking"] else ""
