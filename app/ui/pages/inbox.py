"""Inbox: at the office, one line a site: its last bundle, how old it is, what is missing, what waits for a person."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget

from app.basics import settings as remembered
from app.basics.words import text
from app.ui.foot import age
from app.ui.forms.words import title_of
from app.ui.pages.now_part import partner_notes
from app.ui.pages.page import Page
from app.ui.pages.quality_part import QualityView
from app.ui.shell import Shell
from app.ui.tables.record_model import Column
from app.ui.tables.record_table import RecordTable
from app.ui.widgets.buttons import Segments, button
from app.ui.widgets.charts import number
from app.ui.widgets.empty_state import EmptyState

LATE_DAYS = 35
"""A month and some days: a site that was not heard of for so long is marked."""


TABS = ("sites", "quality")


class InboxPage(Page):
    """The board of the sites, and that of quality; drop a whole folder of bundles on it. Its target is a tab."""

    records = ("activity", "person", "site")
    hears_itself = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.setAcceptDrops(True)
        head = self.add_head(text("ui.page_inbox"), text("exchange.inbox_intro"))
        head.addWidget(button(text("exchange.take_folder"), self.choose_folder, kind="primary", icon="folder-open"))
        self.tabs = Segments([("sites", text("quality.tab_bundles")), ("quality", text("quality.tab"))])
        self.tabs.setAccessibleName(text("ui.page_inbox"))
        self.tabs.setToolTip("Ctrl+PgUp, Ctrl+PgDown")
        self.tabs.chosen.connect(lambda key: self.show_tab(str(key)))
        for keys, tab in (("Ctrl+PgUp", "sites"), ("Ctrl+PgDown", "quality")):
            QShortcut(QKeySequence(keys), self, partial(self.show_tab, tab))
        line = QHBoxLayout()
        line.setContentsMargins(24, 0, 24, 0)
        line.addWidget(self.tabs)
        self.column.addLayout(line)
        columns = [
            Column("site", text("exchange.col_site"), width=180),
            Column("laptop", text("exchange.col_laptop"), width=170),
            Column("last", text("exchange.col_last"), order=None, width=110, role=_late),
            Column("no", text("exchange.col_no"), lambda v: str(v or "–"), lambda v: v or 0, right=True, width=50),
            Column("missing", text("exchange.col_missing"), width=100, role=_missing),
            Column("conflicts", text("exchange.tab_conflicts"), _some, lambda v: v, right=True, width=90),
            Column("apart", text("exchange.col_apart"), _some, lambda v: v, right=True, width=80),
            Column("parked", text("exchange.col_parked"), _some, lambda v: v, right=True, width=70),
            Column("notes", text("exchange.col_state_note"), width=260, role=lambda row: "warn"),
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
        self.table.opened.connect(self._open_site)
        self.quality = QualityView(self)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.quality)
        self.column.addWidget(self._stack, 1)
        self.tabs.set_value("sites")

    def open(self, target: str) -> None:
        if target in TABS:
            self.show_tab(target)

    def place(self) -> str:
        return str(self.tabs.value() or "sites")

    def show_tab(self, key: str) -> None:
        """Show one of the boards."""
        self.tabs.set_value(key)
        self._stack.setCurrentIndex(TABS.index(key))
        if key == "quality":
            self.quality.reload()
            self.quality.findings.view.setFocus()
        else:
            self.table.view.setFocus()

    def reload(self) -> None:
        if self.place() == "quality":
            self.quality.reload()

        def work(reader: Any) -> list[dict[str, Any]]:
            from app.sync import status  # after the first paint

            partners = status.status(reader).partners
            rows = []
            for site in reader.list("site"):
                if site["type"] not in ("office", "other_place", "abroad"):
                    here = [p for p in partners if p.role == "laptop" and site["id"] in p.sites]
                    rows.append(_line(site, [p for p in here if p.state == "active"], here))
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
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:  # all of them in one preview
            event.acceptProposedAction()
            self.shell.go("exchange", "file:" + "\n".join(paths))

    def _open_site(self, site: str) -> None:
        """Where there is something to decide, there; else the bundles."""
        row = next((row for row in self.table.model.rows if row["id"] == site), None)
        waits = row is not None and (row["apart"] or row["parked"])
        self.shell.go("exchange", "conflicts" if row and row["conflicts"] else "apart" if waits else "bundles")


def _line(site: dict[str, Any], active: Sequence[Any], known: Sequence[Any]) -> dict[str, Any]:
    """A site with the laptops that serve it; the oldest last word among them counts, gaps and the rest add up."""
    heard = [p.last_received for p in active]
    last = min((moment for moment in heard if moment), default="") if all(heard) else ""
    gaps = [f"{p.name}: {', '.join(map(str, p.missing))}" if len(active) > 1 else ", ".join(map(str, p.missing))
            for p in active if p.missing]  # fmt: skip
    waiting = [p for p in known if p.kept_apart]
    return {
        "id": site["id"],
        "site": title_of("site", site),
        "laptop": ", ".join(p.name for p in active) or text("exchange.no_laptop_yet"),
        "last": (age(last) if last else text("ui.foot_never")) if active else "–",
        "never": any(p.last_received is None for p in active),
        "days": max((p.age_days for p in active if p.age_days is not None), default=None),
        "no": max((p.last_no for p in active), default=0),
        "missing": "; ".join(gaps) or "–",
        "lacking": sum(len(p.missing) for p in active),
        "conflicts": max((p.conflicts for p in active), default=0),
        "apart": sum(p.kept_apart for p in waiting),
        "parked": max((p.parked for p in active), default=0),
        "notes": " ".join(note for p in known for note in notes_of(p, active)),
    }


def notes_of(partner: Any, active: Sequence[Any]) -> list[str]:
    """What to know of a laptop of the site; one that another has replaced says nothing any more."""
    if partner.state == "replaced" and active:
        return []
    return partner_notes(partner)


def _some(count: Any) -> str:
    return number(count) if count else "–"


def _late(row: Any) -> str:
    return "warn" if row["never"] or (row["days"] is not None and row["days"] > LATE_DAYS) else ""


def _missing(row: Any) -> str:
    return "warn" if row["lacking"] else ""


SCREENSHOTS = {"quality": "quality"}
"""More pictures of this page: name → target."""
