"""The window: rail, message bar, the pages, foot line, Ctrl+K. It knows pages only through navigation."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.basics import settings as remembered
from app.basics import words
from app.basics.settings import Settings
from app.basics.words import text
from app.ui import navigation, theme
from app.ui.actions import ACTIONS
from app.ui.doors import Doors
from app.ui.finding import Finder
from app.ui.foot import FootFacts, read_foot
from app.ui.messages import Messages
from app.ui.pages.page import Page
from app.ui.pages.unlock import UnlockPage
from app.ui.shell import Shell
from app.ui.tasks import Tasks
from app.ui.widgets.command_palette import CommandPalette
from app.ui.widgets.filter_line import FilterLine
from app.ui.widgets.foot_line import FootLine
from app.ui.widgets.keys_sheet import KeysSheet
from app.ui.widgets.message_bar import BarWords, MessageBar
from app.ui.widgets.rail import Rail

NARROW = 960
"""Points of width below which the rail folds by itself."""
FOOT_EVERY = 60_000


class MainWindow(QMainWindow):
    """One window for everything. Without an open store it shows the unlock page."""

    def __init__(self, tasks: Tasks, settings: Settings, folder: Path, doors: Doors | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Sahə")
        self.resize(1366, 768)
        self.setMinimumSize(640, 400)
        self.tasks, self.settings = tasks, settings
        self._folder, self._doors = folder, doors or Doors()
        self.messages = Messages(tasks, self)
        self.shell = Shell(
            tasks, self.messages, settings, self.go, self.back, self.restyle, self.relanguage, self.lock, self.show_keys
        )
        self._pages: dict[str, Page] = {}
        self._history: list[tuple[str, str]] = []
        self._key = ""
        self._waiting: Path | None = None
        self.setAcceptDrops(True)
        self.rail: Rail | None = None
        self.unlock_page: UnlockPage | None = None
        for action in ACTIONS:
            for key in action.keys:
                QShortcut(QKeySequence(key), self, getattr(self, f"_do_{action.name}"))
        tasks.changed.connect(self._on_changed)
        self._foot_timer = QTimer(self, interval=FOOT_EVERY)
        self._foot_timer.timeout.connect(self._read_foot)
        self.rebuild()

    # --- building ---------------------------------------------------------------------------------------

    def rebuild(self) -> None:
        """Make everything anew (another language, another store) and stay at the same place."""
        place = (self._key, self._pages[self._key].place()) if self._key in self._pages else None
        self._pages.clear()
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.bar = MessageBar(BarWords(text("ui.close"), text("ui.cancel")))
        self.messages.use(self.bar)
        if not self.tasks.has_store:
            self.rail, self._key = None, ""
            self.unlock_page = UnlockPage(self.tasks, self.settings, self._doors, self._folder)
            self.unlock_page.languageChosen.connect(self._on_language)
            self.unlock_page.openedStore.connect(self._on_opened)
            column.addWidget(self.bar)
            column.addWidget(self.unlock_page, 1)
            self.setCentralWidget(whole)
            return
        self.unlock_page = None
        entries = [(e.key, e.label, e.icon, f"Ctrl+{n}") for n, e in enumerate(navigation.in_rail(), 1)]
        self.rail = Rail(entries, text("ui.navigation"), "Sahə")
        self.rail.chosen.connect(lambda key: self.go(key, ""))
        self._stack = QStackedWidget()
        self.foot = FootLine()
        self.foot.clicked.connect(lambda: self.go("exchange", ""))
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.rail)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.bar)
        right.addWidget(self._stack, 1)
        beside.addLayout(right, 1)
        column.addLayout(beside, 1)
        column.addWidget(self.foot)
        whole.setObjectName("page")
        self.setCentralWidget(whole)
        self.palette_ = CommandPalette(text("ui.find_hint"), Finder(self.shell, self._current).find, whole)
        self._fold_rail()
        self._offer_office_pages(False)
        self._read_foot()
        self._foot_timer.start()
        key, target = place or (self.settings.get(remembered.PAGE), "")
        self._key = ""
        self.go(key, target)
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self.receive(waiting)

    def go(self, key: str, target: str = "") -> None:
        """Open a page at a target; where one was is remembered for Esc."""
        entry = navigation.entry_of(key)
        if self._key and self._key != entry.key:
            self._history = [*self._history[-49:], (self._key, self._pages[self._key].place())]
            self.messages.clear()
        self._show(entry.key, target)

    def back(self) -> None:
        """Where one was before, or Today."""
        if self._history:
            self._show(*self._history.pop())
        elif self._key != "today":
            self._show("today", "")

    def _show(self, key: str, target: str) -> None:
        if self.rail is None:
            return
        entry = navigation.entry_of(key)
        if entry.key not in self._pages:
            self._pages[entry.key] = page = navigation.build(entry, self.shell)
            page.setAccessibleName(entry.label)
            self._stack.addWidget(page)
        moved = self._key != entry.key
        self._key = entry.key
        page = self._pages[entry.key]
        self._stack.setCurrentWidget(page)
        self.rail.mark(entry.key)
        if entry.rail:
            self.settings.set(remembered.PAGE, entry.key)
        page.open(target)
        if moved:
            page.focus_start()

    def _current(self) -> Page | None:
        return self._pages.get(self._key)

    @property
    def page(self) -> Page:
        """The page shown now."""
        return self._pages[self._key]

    # --- what the shell offers --------------------------------------------------------------------------

    def restyle(self) -> None:
        """Dress the window in the theme of the settings; icons are drawn in its colours, so it is made anew."""
        theme.apply(QApplication.instance(), self.settings.get(remembered.THEME))  # type: ignore[arg-type]
        self.rebuild()

    def relanguage(self) -> None:
        """Speak the language of the settings, at the same place."""
        words.use_language(self.settings.get(remembered.LANGUAGE))
        self.rebuild()

    def lock(self) -> None:
        """Close the store and ask for the passphrase; edits are saved as they are made, so nothing is lost."""
        self.setFocus()
        self.tasks.close()
        self._history.clear()
        self.rebuild()

    def show_keys(self) -> None:
        """The overview of keys."""
        pages = navigation.in_rail()
        keys = [(a.shown_key, a.label) for a in ACTIONS] + [(f"Ctrl+{n}", e.label) for n, e in enumerate(pages, 1)]
        KeysSheet(text("ui.keys"), text("ui.keys_intro"), keys, self).exec()

    # --- the actions ------------------------------------------------------------------------------------

    def _do_find(self) -> None:
        if self.rail is not None:
            self.palette_.open()

    def _do_back(self) -> None:
        if self.bar.text:
            self.bar.clear()
        elif self.rail is not None and not self.page.go_back():
            self.back()

    def _do_undo(self) -> None:
        if self.tasks.undo(lambda _: self.messages.good(text("ui.undone"))) is None:
            self.messages.info(text("ui.nothing_to_undo"))

    def _do_redo(self) -> None:
        self.tasks.redo(lambda _: self.messages.good(text("ui.redone")))

    def _do_filter(self) -> None:
        line = self.page.findChild(FilterLine) if self.rail is not None else None
        if line is not None:
            line.setFocus()
            line.selectAll()

    def _do_reload(self) -> None:
        if self.rail is not None:
            self.page.renew()

    def _do_rail(self) -> None:
        self.settings.set(remembered.RAIL, not self.settings.get(remembered.RAIL))
        self._fold_rail()

    def _do_theme(self) -> None:
        dark = theme.is_dark(self.settings.get(remembered.THEME))
        self.settings.set(remembered.THEME, "light" if dark else "dark")
        self.restyle()

    def _do_language(self) -> None:
        order = words.LANGUAGES
        self._on_language(order[(order.index(words.language()) + 1) % len(order)])

    def _do_lock(self) -> None:
        if self.rail is not None:
            self.lock()

    def _do_keys(self) -> None:
        self.show_keys()

    def _do_quit(self) -> None:
        self.close()

    # --- what happens -----------------------------------------------------------------------------------

    def _on_language(self, code: str) -> None:
        self.settings.set(remembered.LANGUAGE, code)
        self.relanguage()

    def _on_opened(self) -> None:
        QTimer.singleShot(0, self, self.rebuild)  # not while the unlock page is still in its own slot

    def _on_changed(self, changes: object, initiator: object) -> None:
        for page in self._pages.values():
            page.hear(changes, initiator)
        self._read_foot()

    def _read_foot(self) -> None:
        if self.tasks.has_store and self.rail is not None:
            self.tasks.read(read_foot, self._show_foot, context=self.foot, latest="foot")

    def _show_foot(self, facts: FootFacts) -> None:
        self.foot.show_owner(facts.owner, text("ui.foot_practice") if facts.practice else "")
        self.foot.show_facts(facts.facts)
        self._offer_office_pages(facts.office)

    def _offer_office_pages(self, office: bool) -> None:
        for entry in navigation.PAGES:
            if entry.office and self.rail is not None:
                self.rail.offer(entry.key, office)

    def _fold_rail(self) -> None:
        if self.rail is not None:
            self.rail.fold(self.width() < NARROW or not self.settings.get(remembered.RAIL))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold_rail()
        if self.rail is not None and self.palette_.isVisible():
            self.palette_.place_in(self.size())

    def receive(self, path: Path) -> None:
        """Take a bundle, a kit or a workbook that was double-clicked or dropped to the page it belongs to."""
        if self.rail is None:
            self._waiting = path
            return
        self.go("exchange", f"file:{path}")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.rail is not None and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.receive(Path(url.toLocalFile()))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.setFocus()  # the field being typed in settles
        super().closeEvent(event)
