"""Exchange: what has not left, sending, receiving with a look first, conflicts as stories, every bundle there was."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.basics import machine
from app.basics import settings as remembered
from app.basics.words import text
from app.ui.drives import Drive, DriveWatch
from app.ui.foot import age
from app.ui.forms.editors import show_moment
from app.ui.forms.words import label_of, records_name
from app.ui.messages import sentence
from app.ui.pages.page import Page
from app.ui.shell import Shell
from app.ui.tables.record_model import Column
from app.ui.tables.record_table import RecordTable
from app.ui.widgets.buttons import Segments, button
from app.ui.widgets.charts import number
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.labels import hairline, label
from app.ui.widgets.number_tile import NumberTile

if TYPE_CHECKING:
    from app.sync.conflicts import ConflictStory
    from app.sync.receive import Received, Refusal


class ExchangePage(Page):
    """Tabs: now, conflicts, bundles and, at the office, laptops. A dropped bundle is shown before it is taken."""

    records = ("person", "activity", "participation", "attendance", "conflict")
    hears_itself = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.setAcceptDrops(True)
        self._office = False
        self._name = ""
        self._partners: list[Any] = []
        head = self.add_head(text("ui.page_exchange"), text("exchange.intro"))
        self.receive_button = button(text("exchange.receive"), self.choose_files, icon="download", key="Ctrl+R")
        self.send_button = button(
            text("exchange.send"), self.choose_target, kind="primary", icon="send", key="Ctrl+Return"
        )
        head.addWidget(self.receive_button)
        head.addWidget(self.send_button)
        self.tabs = Segments([(key, text(f"exchange.tab_{key}")) for key in ("now", "conflicts", "bundles", "laptops")])
        # words: exchange.tab_*
        self.tabs.setAccessibleName(text("ui.page_exchange"))
        self.tabs.set_value("now")
        self.tabs.chosen.connect(lambda key: self.show_tab(str(key)))
        line = QHBoxLayout()
        line.setContentsMargins(24, 0, 24, 0)
        line.addWidget(self.tabs)
        self.column.addLayout(line)
        self._stack = QStackedWidget()
        self.column.addWidget(self._stack, 1)
        self._now = _NowView(self)
        self._conflicts = _ConflictsView(self)
        self._bundles = _bundle_table(shell)
        self._laptops = _LaptopsView(self)
        for view in (self._now, self._conflicts, self._bundles, self._laptops):
            self._stack.addWidget(view)
        self._drives = DriveWatch(self)
        self._drives.changed.connect(self._now.show_drives)
        self._bundles.opened.connect(self._offer_undo)

    # --- what the window asks ---------------------------------------------------------------------------

    def open(self, target: str) -> None:
        kind, _, rest = target.partition(":")
        if kind == "file":
            self.look_at([Path(rest)])
        elif kind in ("now", "conflicts", "bundles", "laptops"):
            self.show_tab(kind)

    def place(self) -> str:
        return str(self.tabs.value() or "now")

    def go_back(self) -> bool:
        if self._now.preview_shown:
            self._now.forget_preview()
            return True
        if self.place() != "now":
            self.show_tab("now")
            return True
        return False

    def focus_start(self) -> None:
        self.send_button.setFocus()

    def show_tab(self, key: str) -> None:
        """Show one of the tabs."""
        self.tabs.set_value(key)
        self._stack.setCurrentIndex(("now", "conflicts", "bundles", "laptops").index(key))

    def reload(self) -> None:
        def work(reader: Any) -> dict[str, Any]:
            from app.sync import conflicts, status  # after the first paint

            sites = {site["id"]: site for site in reader.list("site")}
            return {
                "status": status.status(reader),
                "mail": status.mail(reader),
                "stories": conflicts.conflicts(reader),
                "sites": sites,
            }

        self.shell.tasks.read(work, self._show, context=self, latest="exchange")

    def _show(self, found: dict[str, Any]) -> None:
        state = found["status"]
        self._office, self._name, self._partners = state.role == "office", state.name, list(state.partners)
        self.tabs.button_of("laptops").setVisible(self._office)
        count = len(found["stories"])
        words = text("exchange.tab_conflicts_n", n=count) if count else text("exchange.tab_conflicts")
        self.tabs.relabel("conflicts", words)
        self._now.show_state(state, found["sites"])
        self._conflicts.show_stories(found["stories"])
        self._bundles.show_rows(_mail_row(one) for one in found["mail"])
        self._laptops.show_laptops(state.partners, found["sites"])

    # --- sending ----------------------------------------------------------------------------------------

    def choose_target(self) -> None:
        """Ask for the folder (the one of last time is offered) and send."""
        start = self.shell.settings.get(remembered.EXCHANGE_FOLDER) or str(Path.home())
        folder = QFileDialog.getExistingDirectory(
            self, text("exchange.send_where"), start, QFileDialog.Option.DontUseNativeDialog
        )
        if folder:
            self.send_to(Path(folder))

    def send_to(self, folder: Path) -> None:
        """Write a bundle for everybody who lacks something into this folder; says when it has been read back."""
        self.shell.settings.set(remembered.EXCHANGE_FOLDER, str(folder))

        def work(store: Any) -> list[Any]:
            from app.sync import send

            sent: list[Any] = send.send(store, folder)
            return sent

        self.send_button.setEnabled(False)
        self.shell.tasks.use(work, self._sent, self._send_failed, context=self, title=text("exchange.sending"))

    def _sent(self, sent: Sequence[Any]) -> None:
        self.send_button.setEnabled(True)
        self.renew()
        if not sent:
            self.shell.messages.info(text("exchange.nothing_to_send"))
            return
        first = sent[0]
        size = f"{sum(one.size for one in sent) / 1_000_000:.1f}"
        said = text("exchange.sent", n=len(sent), file=first.path.name, size=size)
        self.shell.messages.good(
            said, action=text("exchange.show_file"), act=lambda: machine.show_in_folder(first.path)
        )
        self._now.offer_letter(first.path, first.to)

    def _send_failed(self, error: Exception) -> None:
        self.send_button.setEnabled(True)
        self.shell.messages.error(error)

    def write_letter(self, bundle: Path, receiver: str) -> None:
        """Make the draft e-mail and open it with whatever opens mail here."""

        def work() -> Path:
            from app.sync import letter

            return letter.write_draft(bundle, self._name, receiver)

        def made(draft: Path) -> None:
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(draft))):
                machine.show_in_folder(draft)
            self.shell.messages.good(text("exchange.letter_made", file=draft.name))

        self.shell.tasks.run(work, made, context=self)

    # --- receiving --------------------------------------------------------------------------------------

    def choose_files(self) -> None:
        """Ask for bundles, and show what they would bring."""
        start = self.shell.settings.get(remembered.EXCHANGE_FOLDER) or str(Path.home())
        files, _ = QFileDialog.getOpenFileNames(
            self,
            text("exchange.receive"),
            start,
            f"{text('exchange.bundles')} (*.saha)",
            options=QFileDialog.Option.DontUseNativeDialog,
        )
        if files:
            self.look_at([Path(file) for file in files])

    def look_at(self, paths: Sequence[Path]) -> None:
        """Show what these bundles (files or folders) would do; nothing is written."""

        def work(store: Any) -> tuple[list[Received], list[Refusal]]:
            from app.sync import receive

            return receive.preview_all(store, paths)

        self.show_tab("now")
        self.shell.tasks.use(
            work,
            lambda found: self._now.show_preview(paths, *found),
            self.shell.messages.error,
            context=self,
            title=text("exchange.looking"),
        )

    def take_in(self, paths: Sequence[Path]) -> None:
        """Receive them; what cannot be taken is named and stops nothing else."""

        def work(store: Any) -> tuple[list[Received], list[Refusal]]:
            from app.sync import receive

            return receive.receive_all(store, paths)

        def done(found: tuple[list[Received], list[Refusal]]) -> None:
            taken, refused = found
            self._now.forget_preview()
            self.renew()
            conflicts = sum(len(one.conflicts) for one in taken)
            if refused:
                self.shell.messages.warn(f"{refused[0].path.name}: {sentence(refused[0].error)}")
            elif conflicts:
                said = text("exchange.received_conflicts", n=conflicts)
                open_them = text("exchange.tab_conflicts")
                self.shell.messages.warn(said, action=open_them, act=lambda: self.show_tab("conflicts"))
            else:
                self.shell.messages.good(text("exchange.received", n=sum(one.new for one in taken)))

        self.shell.tasks.use(work, done, context=self, title=text("exchange.receiving"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.look_at(paths)

    # --- deciding, taking back --------------------------------------------------------------------------

    def decide(self, story: ConflictStory, take: str, value: Any, reason: str) -> None:
        """Decide a conflict; the other value stays in the record's history."""

        def work(writer: Any) -> None:
            from app.sync import conflicts

            conflicts.resolve(writer, story.id, take, value=value, reason=reason)

        self.shell.tasks.write(work, lambda _: self.shell.messages.undo(text("exchange.decided")), context=self)

    def _offer_undo(self, bundle: str) -> None:
        row = next((row for row in self._bundles.model.rows if row["id"] == bundle), None)
        if row is None or row["outgoing"] or row["state"] == "undone":
            return

        def take_back() -> None:
            def work(store: Any) -> int:
                from app.sync import receive

                return receive.undo_receive(store, bundle)

            done = text("exchange.taken_back")
            self.shell.tasks.use(work, lambda _: self.shell.messages.good(done), context=self)

        said = text("exchange.take_back_question", partner=row["partner"], no=row["no"])
        self.shell.messages.info(said, action=text("exchange.take_back"), act=take_back)


class _NowView(QScrollArea):
    """Tiles, sticks, the preview of what came, the partners."""

    def __init__(self, page: ExchangePage) -> None:
        super().__init__()
        self._page = page
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(24, 8, 24, 24)
        self._column.setSpacing(16)
        tiles = QHBoxLayout()
        tiles.setSpacing(12)
        self.unsent = NumberTile(text("exchange.tile_unsent"))
        self.heard = NumberTile(text("exchange.tile_heard"))
        self.open_conflicts = NumberTile(text("exchange.tile_conflicts"), opens=True)
        self.open_conflicts.clicked.connect(lambda: page.show_tab("conflicts"))
        self.apart = NumberTile(text("exchange.tile_apart"))
        for tile in (self.unsent, self.heard, self.open_conflicts, self.apart):
            tiles.addWidget(tile, 1)
        self._column.addLayout(tiles)
        self._sticks = QWidget()
        self._stick_row = QHBoxLayout(self._sticks)
        self._stick_row.setContentsMargins(0, 0, 0, 0)
        self._sticks.hide()
        self._column.addWidget(self._sticks)
        self._letter = QWidget()
        self._letter_row = QHBoxLayout(self._letter)
        self._letter_row.setContentsMargins(0, 0, 0, 0)
        self._letter.hide()
        self._column.addWidget(self._letter)
        self._preview = QFrame()
        self._preview.setProperty("role", "card")
        self._preview_column = QVBoxLayout(self._preview)
        self._preview_column.setContentsMargins(20, 16, 20, 16)
        self._preview.hide()
        self._column.addWidget(self._preview)
        self._partners_head = label(text("exchange.partners"), "emphasis")
        self._column.addWidget(self._partners_head)
        self._grid_box = QWidget()
        self._grid = QGridLayout(self._grid_box)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(10)
        self._column.addWidget(self._grid_box)
        self._column.addStretch(1)
        self.setWidget(body)

    @property
    def preview_shown(self) -> bool:
        """Whether bundles are being looked at."""
        return not self._preview.isHidden()

    def show_state(self, state: Any, sites: dict[str, Any]) -> None:
        """Tiles and partners."""
        oldest = text("exchange.oldest", age=age(state.oldest_unsent)) if state.oldest_unsent else ""
        self.unsent.show_number(number(state.unsent), note=oldest)
        heard = max((p.last_received for p in state.partners if p.last_received), default=None)
        self.heard.show_number(age(heard) if heard else text("ui.foot_never"))
        self.open_conflicts.show_number(number(state.conflicts))
        waiting = text("exchange.waiting", n=state.parked) if state.parked else ""
        self.apart.show_number(number(state.kept_apart), note=waiting)
        _clear(self._grid)
        heads = ("laptop", "sites", "last", "no", "confirmed", "missing", "unconfirmed")
        for column, name in enumerate(heads):
            self._grid.addWidget(label(text(f"exchange.col_{name}"), "muted"), 0, column)  # words: exchange.col_*
        for row, one in enumerate(state.partners, 1):
            lost = f" · {text('exchange.lost')}" if one.state == "lost" else ""
            missing = ", ".join(map(str, one.missing)) or "–"
            cells = (
                (one.name + lost, "strong"),
                (", ".join(_site_name(sites, site) for site in one.sites) or "–", "body"),
                (age(one.last_received) if one.last_received else text("ui.foot_never"), "body"),
                (str(one.last_no or "–"), "body"),
                (str(one.confirmed_no or "–"), "body"),
                (missing, "warn" if one.missing else "body"),
                (number(one.unconfirmed), "body"),
            )
            for column, (words, role) in enumerate(cells):
                self._grid.addWidget(label(words, role), row, column)
        self._grid.setColumnStretch(1, 1)
        self._partners_head.setVisible(bool(state.partners))
        self._grid_box.setVisible(bool(state.partners))

    def show_drives(self, drives: Sequence[Drive]) -> None:
        """Offer each stick by its name: send there, or look at what is on it."""
        _clear(self._stick_row)
        for drive in drives:
            self._stick_row.addWidget(label(text("exchange.stick", name=drive.name), "strong"))
            send = button(text("exchange.send_there"), partial(self._page.send_to, drive.folder), icon="usb")
            look = button(text("exchange.look_there"), partial(self._page.look_at, [drive.folder]), icon="download")
            self._stick_row.addWidget(send)
            self._stick_row.addWidget(look)
        self._stick_row.addStretch(1)
        self._sticks.setVisible(bool(drives))

    def offer_letter(self, bundle: Path, receiver: str) -> None:
        """After sending: the draft e-mail with the bundle in it."""
        _clear(self._letter_row)
        self._letter_row.addWidget(label(text("exchange.by_mail", file=bundle.name), wrap=True), 1)
        write = button(text("exchange.letter"), lambda: self._page.write_letter(bundle, receiver), icon="mail")
        self._letter_row.addWidget(write)
        self._letter.show()

    def show_preview(self, paths: Sequence[Path], plans: Sequence[Received], refused: Sequence[Refusal]) -> None:
        """What the bundles would do, in words a person can read, and the two buttons."""
        _clear(self._preview_column)
        self._preview_column.addWidget(label(text("exchange.preview"), "emphasis"))
        for plan in plans:
            self._preview_column.addWidget(label(told(plan), wrap=True))
        for one in refused:
            said = f"{one.path.name}: {sentence(one.error)}"
            self._preview_column.addWidget(label(said, "problem", wrap=True))
        if not plans and not refused:
            self._preview_column.addWidget(label(text("exchange.no_bundles"), "muted", wrap=True))
        row = QHBoxLayout()
        news = any(not plan.again for plan in plans)
        take = button(text("exchange.take_in"), lambda: self._page.take_in(paths), kind="primary", icon="check")
        row.addWidget(take)
        row.addWidget(button(text("exchange.not_now"), self.forget_preview, kind="quiet"))
        row.addStretch(1)
        self._preview_column.addLayout(row)
        take.setVisible(news)
        self._preview.show()
        (take if news else self).setFocus()
        self.ensureWidgetVisible(self._preview)

    def forget_preview(self) -> None:
        """Close the preview; nothing was written."""
        self._preview.hide()


class _ConflictsView(QScrollArea):
    """Each conflict as three dated sentences; 1 ours, 2 theirs, 3 another value, with a reason."""

    def __init__(self, page: ExchangePage) -> None:
        super().__init__()
        self._page = page
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._cards: list[_ConflictCard] = []
        for key, take in (("1", "ours"), ("2", "theirs"), ("3", "value")):
            shortcut = QShortcut(QKeySequence(key), self, lambda t=take: self._press(t))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.show_stories([])

    def show_stories(self, stories: Sequence[ConflictStory]) -> None:
        """One card a conflict, or the designed nothing."""
        if not stories:
            self._cards = []
            sentence_ = text("exchange.no_conflicts_note")
            self.setWidget(EmptyState(text("exchange.no_conflicts"), sentence_, icon="check-check"))
            return
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 8, 24, 24)
        column.setSpacing(12)
        self._cards = [_ConflictCard(self._page, story) for story in stories]
        for card in self._cards:
            column.addWidget(card)
        column.addStretch(1)
        self.setWidget(body)
        self._cards[0].setFocus()

    def _press(self, take: str) -> None:
        focused = next((card for card in self._cards if card.isAncestorOf(self.focusWidget() or self)), None)
        if self._cards:
            (focused or self._cards[0]).take(take)


class _ConflictCard(QFrame):
    """One conflict."""

    def __init__(self, page: ExchangePage, story: ConflictStory) -> None:
        super().__init__()
        from app.sync import conflicts  # the page has loaded it already

        self._page, self._story = page, story
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(6)
        what = label_of(story.record, story.field) if story.field != "deleted" else text("exchange.deleted_or_edited")
        column.addWidget(label(f"{story.title} · {what}", "emphasis", wrap=True))
        for told_ in conflicts.tell(story):
            column.addWidget(label(told_, wrap=True))
        self.setAccessibleName(f"{story.title}: {what}")
        column.addWidget(hairline())
        row = QHBoxLayout()
        ours = text("exchange.take_ours", value=_short(story.ours.value))
        theirs = text("exchange.take_theirs", value=_short(story.theirs.value))
        row.addWidget(button(f"1 · {ours}", lambda: self.take("ours")))
        row.addWidget(button(f"2 · {theirs}", lambda: self.take("theirs")))
        self.other = QLineEdit()
        self.other.setPlaceholderText(text("exchange.other_value"))
        self.other.setAccessibleName(text("exchange.other_value"))
        self.other.returnPressed.connect(lambda: self.take("value"))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(text("exchange.reason"))
        self.reason.setAccessibleName(text("exchange.reason"))
        row.addWidget(self.other, 1)
        row.addWidget(self.reason, 1)
        column.addLayout(row)

    def take(self, take: str) -> None:
        """Decide for ours, theirs or the typed value."""
        if take == "value" and not self.other.text().strip():
            self.other.setFocus()
            return
        self._page.decide(self._story, take, self.other.text().strip() or None, self.reason.text().strip())


class _LaptopsView(QScrollArea):
    """At the office: a kit for a new laptop, and what to do when one is lost."""

    def __init__(self, page: ExchangePage) -> None:
        super().__init__()
        self._page = page
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(24, 8, 24, 24)
        self._column.setSpacing(12)
        self._column.addWidget(label(text("exchange.new_laptop"), "emphasis"))
        self._column.addWidget(label(text("exchange.new_laptop_note"), "muted", wrap=True))
        row = QHBoxLayout()
        self.name = QLineEdit()
        self.name.setPlaceholderText(text("exchange.laptop_name"))
        self.name.setAccessibleName(text("exchange.laptop_name"))
        self.sites = QLineEdit()
        self.sites.setPlaceholderText(text("exchange.site_codes"))
        self.sites.setAccessibleName(text("exchange.site_codes"))
        row.addWidget(self.name, 1)
        row.addWidget(self.sites, 1)
        row.addWidget(button(text("exchange.make_kit"), self.make_kit, kind="primary", icon="key-round"))
        self._column.addLayout(row)
        self.code = label("", "number", selectable=True)
        self.code_note = label("", "muted", wrap=True)
        for part in (self.code, self.code_note):
            part.hide()
            self._column.addWidget(part)
        self._column.addWidget(hairline())
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._column.addLayout(self._list)
        self._column.addStretch(1)
        self.setWidget(body)

    def show_laptops(self, partners: Sequence[Any], sites: dict[str, Any]) -> None:
        """One line a laptop, with the button for the bad day."""
        _clear(self._list)
        for one in partners:
            row = QHBoxLayout()
            row.addWidget(label(one.name, "strong"))
            row.addWidget(label(", ".join(_site_name(sites, site) for site in one.sites), "muted"))
            row.addStretch(1)
            if one.state == "lost":
                row.addWidget(label(text("exchange.lost"), "problem"))
            else:
                row.addWidget(button(text("exchange.mark_lost"), partial(self.mark_lost, one.name), kind="quiet"))
            self._list.addLayout(row)

    def make_kit(self, path: Path | None = None) -> None:
        """Write the kit and show its code, which is nowhere else."""
        name, codes = self.name.text().strip(), self.sites.text().replace(",", " ").split()
        if not name or not codes:
            (self.sites if name else self.name).setFocus()
            return
        if path is None:
            start = str(Path.home() / f"{codes[0]}.sahakit")
            chosen, _ = QFileDialog.getSaveFileName(
                self, text("exchange.make_kit"), start, "*.sahakit", options=QFileDialog.Option.DontUseNativeDialog
            )
            if not chosen:
                return
            path = Path(chosen)
        target = path

        def work(store: Any) -> str:
            from app.sync import office

            return office.make_kit(store, codes, name, target)

        def made(code: str) -> None:
            self.code.setText(code)
            self.code_note.setText(text("exchange.kit_made", file=target.name))
            self.code.show()
            self.code_note.show()
            self.name.clear()
            self._page.renew()

        self._page.shell.tasks.use(work, made, context=self, title=text("exchange.make_kit"))

    def mark_lost(self, name: str) -> None:
        """Refuse what it signs from now on, and show what was on it."""
        question = text("exchange.mark_lost_question", name=name)
        if not self._page.shell.messages.confirm(question, text("exchange.mark_lost"), danger=True):
            return

        def work(store: Any) -> Any:
            from app.sync import office

            return office.mark_lost(store, name)

        def done(exposed: Any) -> None:
            rows = ", ".join(f"{records_name(record)} {count}" for record, count in exposed.rows.items())
            self._page.shell.messages.warn(text("exchange.was_on_it", name=name, rows=rows or "–"))
            self._page.renew()

        self._page.shell.tasks.use(work, done, context=self)


def _bundle_table(shell: Shell) -> RecordTable:
    columns = [
        Column("moment", text("exchange.col_moment"), show_moment, lambda v: v or "", width=150),
        Column("direction", text("exchange.col_direction"), width=110),
        Column("partner", text("exchange.col_laptop"), width=180),
        Column("no", text("exchange.col_no"), lambda v: str(v or ""), lambda v: v or 0, right=True, width=70),
        Column("writes", text("exchange.col_writes"), number, lambda v: v or 0, right=True, width=100),
        Column("state_shown", text("exchange.col_state"), width=180),
    ]
    empty = EmptyState(text("exchange.no_mail"), text("exchange.no_mail_note"), icon="package")
    table = RecordTable("bundles", columns, shell.settings, empty=empty, name=text("exchange.tab_bundles"))
    table.sort_by("moment", down=True)
    return table


def _mail_row(one: Any) -> dict[str, Any]:
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
        "state_shown": text(f"exchange.state_{one.state}"),  # words: exchange.state_*
    }


def told(plan: Received) -> str:
    """What a bundle would do, in a sentence."""
    about: dict[str, Any] = {"sender": plan.sender, "no": plan.no}
    if plan.again:
        return text("exchange.plan_again", **about)
    parts = [f"{records_name(record)}: {count}" for record, count in plan.created.items()]
    parts += [text("exchange.plan_changed", what=records_name(r), count=n) for r, n in plan.changed.items()]
    parts += [text("exchange.plan_deleted", what=records_name(r), count=n) for r, n in plan.deleted.items()]
    if plan.conflicts:
        parts.append(text("exchange.plan_conflicts", n=len(plan.conflicts)))
    if plan.missing:
        parts.append(text("exchange.plan_missing", n=len(plan.missing)))
    return text("exchange.plan", made=plan.made[:10], what=" · ".join(parts) or "–", **about)


def _site_name(sites: dict[str, Any], site: str) -> str:
    from app.ui.forms.words import title_of

    return title_of("site", sites[site]) if site in sites else site


def _short(value: Any) -> str:
    words = "–" if value in (None, "") else str(value)
    return words if len(words) <= 28 else words[:27] + "…"


def _clear(layout: Any) -> None:
    while layout.count():
        item = layout.takeAt(0)
        if item.widget() is not None:
            item.widget().deleteLater()
        elif item.layout() is not None:
            _clear(item.layout())


SCREENSHOTS = {"conflicts": "conflicts", "bundles": "bundles", "laptops": "laptops"}
"""More pictures of this page: name → target."""
