"""Exchange: sending, receiving with a look first, conflicts, every bundle; the parts stand in modules of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget

from app.basics import clock, machine
from app.basics import settings as remembered
from app.basics.paths import data_dir
from app.basics.words import text
from app.ui.drives import DriveWatch
from app.ui.pages.apart_part import ApartView
from app.ui.pages.bundle_words import refused_words, warnings
from app.ui.pages.conflicts import ConflictsView
from app.ui.pages.laptops_part import LaptopsView
from app.ui.pages.mail_part import MailView
from app.ui.pages.now_part import NowView
from app.ui.pages.page import Page
from app.ui.shell import Shell
from app.ui.tables.record_model import collator
from app.ui.widgets.buttons import Segments, button

if TYPE_CHECKING:
    from app.sync.receive import Received, Refusal

TABS = ("now", "conflicts", "apart", "bundles", "laptops")


class ExchangePage(Page):
    """Tabs: now, conflicts, bundles and, at the office, laptops. A dropped bundle is shown before it is taken.

    Its target is a tab, `send`, or `file:` with paths, one a line.
    """

    records = ("person", "activity", "participation", "attendance", "conflict", "field_rule")
    hears_itself = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.setAcceptDrops(True)
        self._office = False
        self._name = ""
        self._found: dict[str, Any] = {}
        self._filled: set[str] = set()
        head = self.add_head(text("ui.page_exchange"), text("exchange.intro"))
        self.receive_button = button(text("exchange.receive"), self.choose_files, icon="download", key="Ctrl+R")
        self.send_button = button(
            text("exchange.send"), self.prepare_sending, kind="primary", icon="send", key="Ctrl+Return"
        )
        head.addWidget(self.receive_button)
        head.addWidget(self.send_button)
        self.tabs = Segments([(key, _tab_word(key)) for key in TABS])
        self.tabs.setAccessibleName(text("ui.page_exchange"))
        self.tabs.set_value("now")
        self.tabs.set_shown("apart", False)
        self.tabs.chosen.connect(lambda key: self.show_tab(str(key)))
        self.tabs.setToolTip("Ctrl+PgUp, Ctrl+PgDown")
        for keys, by in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            QShortcut(QKeySequence(keys), self, partial(self._step, by))
        line = QHBoxLayout()
        line.setContentsMargins(24, 0, 24, 0)
        line.addWidget(self.tabs)
        self.column.addLayout(line)
        self._stack = QStackedWidget()
        self.column.addWidget(self._stack, 1)
        self.now = NowView(shell, self)
        self.conflicts = ConflictsView(self, self.renew)
        self.apart = ApartView(self)
        self.mail = MailView(self)
        self.laptops = LaptopsView(self)
        for view in (self.now, self.conflicts, self.apart, self.mail, self.laptops):
            self._stack.addWidget(view)
        self._drives = DriveWatch(self, lambda work, done: shell.tasks.run(work, done, context=self))
        self._drives.changed.connect(self.now.show_drives)
        self._drives.changed.connect(self.laptops.show_drives)

    # --- what the window asks ---------------------------------------------------------------------------

    def open(self, target: str) -> None:
        kind, _, rest = target.partition(":")
        if kind == "file":
            self.look_at([Path(line) for line in rest.splitlines()])
        elif kind == "send":
            self.prepare_sending()
        elif kind in TABS:
            self.show_tab(kind)

    def place(self) -> str:
        return str(self.tabs.value() or "now")

    def go_back(self) -> bool:
        if self.now.preview_shown:
            self.now.forget_preview()
            return True
        if not self.now.send_card.isHidden():
            self.now.close_sending()
            self.send_button.setFocus()
            return True
        if self.place() == "bundles" and self.mail.close_panel():
            return True
        if self.place() != "now":
            self.show_tab("now")
            return True
        return False

    def focus_start(self) -> None:
        if self.place() == "conflicts":
            self.conflicts.focus_start()
        elif not (self.now.preview_shown or self.now.sending):  # those have taken the focus
            self.send_button.setFocus()

    def show_tab(self, key: str) -> None:
        """Show one of the tabs."""
        self.tabs.set_value(key)
        self._fill(key)
        self._stack.setCurrentIndex(TABS.index(key))
        if key == "conflicts":
            self.conflicts.focus_start()
        elif key in ("bundles", "laptops"):
            (self.mail.table.view if key == "bundles" else self.laptops.name).setFocus()

    def _step(self, by: int) -> None:
        """The tab beside this one, of those that show."""
        shown = [key for key in TABS if not self.tabs.button_of(key).isHidden()]
        here = shown.index(self.place()) if self.place() in shown else 0
        self.show_tab(shown[(here + by) % len(shown)])

    def reload(self) -> None:
        def work(reader: Any) -> dict[str, Any]:
            from app.sync import apart, conflicts, status  # after the first paint

            sites = {site["id"]: site for site in reader.list("site")}
            return {
                "status": status.status(reader),
                "mail": status.mail(reader),
                "stories": conflicts.conflicts(reader),
                "rules": conflicts.rules(reader),
                "kept_apart": apart.kept_apart(reader),
                "waiting": apart.waiting(reader),
                "sites": sites,
                "levels": reader.meta("levels", {}),
                "stick_backup": reader.meta("last_stick_backup"),
                "home": list(reader.identity.sites),
            }

        self.shell.tasks.read(work, self._show, context=self, latest="exchange")

    def _show(self, found: dict[str, Any]) -> None:
        state = found["status"]
        order = collator()
        state = replace(state, partners=sorted(state.partners, key=lambda one: order.sortKey(one.name)))
        self._office, self._name = state.role == "office", state.name
        self.tabs.set_shown("laptops", self._office)
        count = len(found["stories"])
        words = text("exchange.tab_conflicts_n", n=count) if count else text("exchange.tab_conflicts")
        self.tabs.relabel("conflicts", words)
        waits = len(found["kept_apart"]) + len(found["waiting"])
        self.tabs.set_shown("apart", bool(waits) or self.place() == "apart")
        self.tabs.relabel("apart", text("apart.tab", n=waits))
        self._found, self._filled = {**found, "status": state}, set()
        self._fill("now")  # its sheets stand there whatever tab shows
        self._fill(self.place())

    def _fill(self, tab: str) -> None:
        """Show in a tab what was read; the others wait until somebody looks, so that no turn of the loop is long."""
        found = self._found
        if not found or tab in self._filled:
            return
        self._filled.add(tab)
        state = found["status"]
        if tab == "now":
            self.now.show_state(state, found["sites"], found["mail"], found["stick_backup"], found["home"])
        elif tab == "conflicts":
            self.conflicts.show_conflicts(found["stories"], found["rules"], found["sites"], office=self._office)
        elif tab == "apart":
            self.apart.show_apart(found["kept_apart"], found["waiting"], office=self._office)
        elif tab == "bundles":
            self.mail.show_mail(found["mail"], state.partners)
        elif tab == "laptops":
            self.laptops.show_laptops(state.partners, found["sites"], found["levels"])

    # --- sending ----------------------------------------------------------------------------------------

    def prepare_sending(self) -> None:
        """Show what is unfinished, and where the bundle may go."""
        self.show_tab("now")
        today = clock.today().isoformat()

        def work(reader: Any) -> Any:
            if reader.identity.role == "office":
                return None  # the sites finish what is theirs
            from app.models.queries import readiness
            from app.sync import status

            return readiness.before_sending(reader, status.confirmed_up_to(reader), today)

        self.shell.tasks.read(work, self.now.show_sending, self.shell.messages.error, context=self, latest="readiness")

    def choose_target(self) -> None:
        """Ask for the folder (the one of last time is offered) and send."""
        start = self.shell.settings.get(remembered.EXCHANGE_FOLDER) or str(Path.home())
        folder = QFileDialog.getExistingDirectory(
            self, text("exchange.send_where"), start, QFileDialog.Option.DontUseNativeDialog
        )
        if folder:
            self.send_to(Path(folder))

    def send_to(self, folder: Path, *, stick: bool = False) -> None:
        """Write a bundle for everybody who lacks something into this folder; says when it has been read back.

        On a stick a backup is kept too, if they want one.
        """
        if not stick:
            self.shell.settings.set(remembered.EXCHANGE_FOLDER, str(folder))
        keep = stick and self.shell.settings.get(remembered.STICK_BACKUP)
        whom = self.now.addressee

        def work(store: Any, step: Any) -> list[Any]:
            from app.services import backup
            from app.sync import folders, send

            sent: list[Any] = send.send(store, folder, for_name=whom) if whom else folders.send_all(store, folder, step)
            if keep:
                backup.keep_on(store, folder)
            return sent

        self._send(work, lambda sent: self._sent(sent, stick=stick))

    def send_by_mail(self) -> None:
        """Write bundles that mail takes and a draft for each with the bundle in it, and open the first."""
        folder, name, whom = data_dir() / "outbox", self._name, self.now.addressee

        def work(store: Any, step: Any) -> list[tuple[Any, Path]]:
            from app.sync import folders, letter, send

            most = send.MAIL_LIMIT
            sent = (
                send.send(store, folder, for_name=whom, max_size=most)
                if whom
                else folders.send_all(store, folder, step, max_size=most)
            )
            return [(one, letter.write_draft(one.path, name, one.to)) for one in sent]

        def done(written: list[tuple[Any, Path]]) -> None:
            self._sent([one for one, _ in written], stick=False)
            if written:
                one, draft = written[0]
                self._open_draft(one, draft)

        self._send(work, done)

    def _send(self, work: Any, done: Any) -> None:
        def failed(error: Exception) -> None:
            self.send_button.setEnabled(True)
            self.shell.messages.error(error)

        self.send_button.setEnabled(False)
        self.shell.tasks.use(work, done, failed, context=self, title=text("exchange.sending"), steps=True)

    def _sent(self, sent: Sequence[Any], *, stick: bool) -> None:
        self.send_button.setEnabled(True)
        self.renew()
        if not sent:
            self.shell.messages.info(text("exchange.nothing_to_send"))
            return
        first = sent[0].path
        self.send_button.setFocus()
        self.now.show_sent(sent, stick=stick, write_letter=self.write_letter)
        said = text("exchange.safe" if stick else "exchange.written")
        self.shell.messages.good(said, action=text("exchange.show_file"), act=lambda: machine.show_in_folder(first))

    def write_letter(self, sent: Any) -> None:
        """Make the draft e-mail for a bundle and open it with whatever opens mail here."""

        def work() -> Path:
            from app.sync import letter

            return letter.write_draft(sent.path, self._name, sent.to)

        self.shell.tasks.run(work, lambda draft: self._open_draft(sent, draft), self.shell.messages.error, context=self)

    def _open_draft(self, sent: Any, draft: Path) -> None:
        """Open the draft where a program for it exists, else its folder; the words also lie on the clipboard."""
        from app.sync import letter

        subject, body = letter.draft_words(sent.path, self._name, sent.to)
        QGuiApplication.clipboard().setText(f"{subject}\n\n{body}")
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(draft))):
            machine.show_in_folder(draft)
        self.shell.messages.good(
            text("exchange.letter_made", file=draft.name),
            action=text("exchange.show_file"),
            act=lambda: machine.show_in_folder(draft),
        )

    # --- receiving --------------------------------------------------------------------------------------

    def choose_files(self) -> None:
        """Ask for bundles, and show what they would bring."""
        start = self.shell.settings.get(remembered.EXCHANGE_FOLDER) or str(Path.home())
        files, _ = QFileDialog.getOpenFileNames(
            self,
            text("exchange.receive"),
            start,
            f"{text('exchange.bundles')} (*.saha);;* (*)",
            options=QFileDialog.Option.DontUseNativeDialog,
        )
        if files:
            self.look_at([Path(file) for file in files])

    def look_at(self, paths: Sequence[Path]) -> None:
        """Show what these bundles (files or folders) would do; nothing is written."""

        def work(store: Any, step: Any) -> tuple[list[Received], list[Refusal]]:
            from app.sync import folders

            return folders.look_at(store, paths, step)

        self.show_tab("now")
        self.shell.tasks.use(
            work,
            lambda found: self.now.show_preview(paths, *found),
            self.shell.messages.error,
            context=self,
            title=text("exchange.looking"),
            steps=True,
        )

    def take_in(self, paths: Sequence[Path]) -> None:
        """Receive them; what cannot be taken is named and stops nothing else."""

        def work(store: Any, step: Any) -> tuple[list[Received], list[Refusal]]:
            from app.sync import folders

            return folders.take_in(store, paths, step)

        self.shell.tasks.use(
            work, self._taken, self.shell.messages.error, context=self, title=text("exchange.receiving"), steps=True
        )

    def _taken(self, found: tuple[list[Received], list[Refusal]]) -> None:
        taken, refused = found
        self.now.forget_preview()
        self.now.verticalScrollBar().setValue(0)
        self.send_button.setFocus()  # the answer
        self.renew()
        faults, _ = refused_words(refused)
        fresh = [one.bundle for one in taken if not one.again]
        conflicts = sum(len(one.conflicts) - one.settled for one in taken)
        said = [text("exchange.received", n=sum(one.new for one in taken))]
        said += [warning for one in taken for warning in warnings(one) if one.set_back_at is not None or one.copied]
        if faults:
            self.shell.messages.warn(" ".join([*faults[:3], *said]))
        elif conflicts > 0:
            waits = text("exchange.received_conflicts", n=conflicts)
            open_them = text("exchange.tab_conflicts")
            self.shell.messages.warn(waits, action=open_them, act=lambda: self.show_tab("conflicts"))
        elif fresh:
            back = text("exchange.take_back")
            self.shell.messages.good(" ".join(said), action=back, act=lambda: self.mail.take_back(fresh))
        else:
            self.shell.messages.good(" ".join(said))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.look_at(paths)


def _tab_word(key: str) -> str:
    return text("apart.tab", n=0) if key == "apart" else text(f"exchange.tab_{key}")  # words: exchange.tab_*


SCREENSHOTS = {"conflicts": "conflicts", "bundles": "bundles", "laptops": "laptops", "send": "send"}
"""More pictures of this page: name → target."""
