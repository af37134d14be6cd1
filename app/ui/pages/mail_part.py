"""Every bundle there was, like registered mail: made, read, accepted, receipt back; gaps by name; taking one back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.basics.words import text
from app.specs import wording
from app.ui.pages.bundle_words import size_word
from app.ui.pages.page import Page
from app.ui.tables.record_model import Column
from app.ui.tables.record_table import RecordTable
from app.ui.widgets.buttons import button
from app.ui.widgets.charts import number
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.labels import hairline, label
from app.ui.widgets.scroll_column import clear
from app.ui.widgets.side_panel import BesideSplitter, SidePanel

if TYPE_CHECKING:
    from app.sync.status import BundleStatus, Step


class MailView(QWidget):
    """The register of bundles, and the way of the marked one beside it."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._shell = page, page.shell
        self._mail: dict[str, BundleStatus] = {}
        self._open = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._gaps = QVBoxLayout()
        self._gaps.setContentsMargins(24, 0, 24, 0)
        column.addLayout(self._gaps)
        self.table = _table(page)
        self.panel = SidePanel(text("ui.close"))
        self.splitter = BesideSplitter(self.table, self.panel, share=0.42)
        self.panel.closeRequested.connect(self.close_panel)
        self.table.opened.connect(self.show_bundle)
        self.table.marked.connect(lambda row: self.show_bundle(row) if self.splitter.is_open else None)
        column.addWidget(self.splitter, 1)

    def show_mail(self, mail: Sequence[BundleStatus], partners: Sequence[Any]) -> None:
        """Show every bundle and what is missing."""
        self._mail = {one.bundle: one for one in mail}
        self.table.show_rows(_row(one) for one in mail)
        clear(self._gaps)
        for one in partners:
            if one.healed:
                numbers = ", ".join(map(str, one.healed[-12:]))
                healed = QHBoxLayout()
                healed.addWidget(label(text("exchange.gap_healed", name=one.name, numbers=numbers), "muted", wrap=True))
                self._gaps.addLayout(healed)
            if not one.missing:
                continue
            row = QHBoxLayout()
            said = text("exchange.gap", name=one.name, numbers=", ".join(map(str, one.missing[:12])))
            if one.asked:
                said = f"{said} {text('exchange.gap_asked')}"
            row.addWidget(label(said, "warn", wrap=True), 1)
            if not one.asked:
                ask = button(text("exchange.gap_ask"), partial(self.ask_again, one.device))
                ask.setAccessibleName(f"{text('exchange.gap_ask')}: {one.name}")
                row.addWidget(ask)
            self._gaps.addLayout(row)
        if self._open in self._mail and self.splitter.is_open:
            self.show_bundle(self._open)

    def show_bundle(self, bundle: str) -> None:
        """The way of one bundle, and what can be done about it."""
        one = self._mail.get(bundle)
        if one is None:
            return
        self._open = bundle
        way = "out" if one.outgoing else "in"
        self.panel.heading.setText(text(f"exchange.bundle_{way}", no=one.no, partner=one.partner))
        # words: exchange.bundle_out, exchange.bundle_in
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(8)
        for step in one.steps:
            column.addWidget(label(step_word(step, one), "body" if step.moment else "muted", wrap=True))
        about = [text("exchange.size_of", size=size_word(one.size))] if one.size else []
        about.append(text("exchange.bundle_id", id=one.bundle[:12]))
        column.addWidget(hairline())
        column.addWidget(label(" · ".join(about), "muted", wrap=True, selectable=True))
        if not one.outgoing and one.state != "undone":
            column.addWidget(label(text("exchange.take_back_note"), "muted", wrap=True))
            column.addWidget(button(text("exchange.take_back"), partial(self.take_back, [bundle])))
        elif one.outgoing and one.state != "confirmed":
            column.addWidget(label(text("exchange.again_note"), "muted", wrap=True))
            column.addWidget(button(text("exchange.again_whole"), partial(self.send_whole, one.device or "")))
        column.addStretch(1)
        self.panel.set_body(body)
        self.splitter.open_panel()

    def close_panel(self) -> bool:
        """Put the panel away; False if it was."""
        was, self._open = self.splitter.is_open, ""
        self.splitter.close_panel()
        return was

    # --- what people do ---------------------------------------------------------------------------------

    def take_back(self, bundles: Sequence[str]) -> None:
        """Take received bundles back, the last one first."""

        def work(store: Any) -> int:
            from app.sync import receive

            return sum(receive.undo_receive(store, bundle) for bundle in reversed(bundles))

        def done(_: int) -> None:
            self._shell.messages.good(text("exchange.taken_back"))
            self._page.renew()

        self._shell.tasks.use(work, done, self._shell.messages.error, context=self)

    def ask_again(self, device: str) -> None:
        """Our next bundle asks that laptop for everything again."""

        def work(writer: Any) -> None:
            from app.sync import status

            status.ask_again(writer, device)

        self._write(work, text("exchange.gap_will_ask"))

    def send_whole(self, device: str) -> None:
        """Our next bundle to that laptop holds everything again."""

        def work(writer: Any) -> None:
            from app.sync import status

            status.send_whole(writer, device)

        self._write(work, text("exchange.again_will"))

    def _write(self, work: Any, said: str) -> None:
        def done(_: Any) -> None:
            self._shell.messages.good(said)
            self._page.renew()

        self._shell.tasks.write(work, done, self._shell.messages.error, context=self)


def step_word(step: Step, one: BundleStatus) -> str:
    """One station of a bundle: ✓ and when, or ○ and that it has not been there yet."""
    facts = {"partner": one.partner, "n": step.facts.get("new", 0), **step.facts}
    name = f"{step.name}_in" if step.name in ("made", "read") and not one.outgoing else step.name
    if step.moment is None:
        return f"○  {text(f'exchange.step_{name}_not', **facts)}"  # words: exchange.step_*
    said = text(f"exchange.step_{name}", moment=wording.moment_word(step.moment), **facts)
    if step.name == "accepted":
        more = [text(f"exchange.accepted_{key}", n=facts[key]) for key in ("conflicts", "refused") if facts[key]]
        # words: exchange.accepted_conflicts, exchange.accepted_refused
        said = ", ".join([said, *more])
    return f"✓  {said}"


def _answered(one: BundleStatus) -> str:
    """Whether the receipt of a bundle that was taken in has gone back."""
    if one.outgoing or one.state != "received":
        return ""
    return "_answered" if any(step.name == "answer" and step.moment for step in one.steps) else "_unanswered"


def _table(page: Page) -> RecordTable:
    columns = [
        Column("moment", text("exchange.col_moment"), wording.moment_word, lambda v: v or "", width=150),
        Column("direction", text("exchange.col_direction"), width=110),
        Column("partner", text("exchange.col_laptop"), width=170),
        Column("no", text("exchange.col_no"), lambda v: str(v or ""), lambda v: v or 0, right=True, width=60),
        Column("writes", text("exchange.col_writes"), number, lambda v: v or 0, right=True, width=100),
        Column("state_shown", text("exchange.col_state"), width=210),
    ]
    empty = EmptyState(text("exchange.no_mail"), text("exchange.no_mail_note"), icon="package")
    table = RecordTable("bundles", columns, page.shell.settings, empty=empty, name=text("exchange.tab_bundles"))
    table.sort_by("moment", down=True)
    return table


def _row(one: BundleStatus) -> dict[str, Any]:
    way = "out" if one.outgoing else "in"
    return {
        "id": one.bundle,
        "outgoing": one.outgoing,
        "direction": text(f"exchange.way_{way}"),  # words: exchange.way_*
        "partner": one.partner,
        "no": one.no,
        "moment": one.moment or one.made or "",
        "writes": one.writes,
        "state": one.state,
        "state_shown": text(f"exchange.state_{one.state}{_answered(one)}"),  # words: exchange.state_*
    }
