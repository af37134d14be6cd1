"""The window: shows the unlock page or the pages within their frame. It knows pages only through navigation."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from app.basics import settings as remembered
from app.basics import words
from app.basics.settings import Settings
from app.basics.words import text
from app.ui import navigation, theme
from app.ui.doors import Doors
from app.ui.drives import StickCall
from app.ui.finding import Finder
from app.ui.foot import read_foot
from app.ui.frame import Frame
from app.ui.idle import IdleWatch
from app.ui.messages import Messages
from app.ui.pages.page import Page
from app.ui.pages.unlock import UnlockPage
from app.ui.shell import Shell
from app.ui.shortcuts import Shortcuts
from app.ui.tasks import Tasks
from app.ui.widgets.message_bar import BarWords, MessageBar

FOOT_EVERY = 60_000
KIT = ".sahakit"
LISTS = frozenset({".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".csv", ".tsv"})
"""What is taken for somebody's list of participants when it is dropped on the window."""


class MainWindow(QMainWindow):
    """One window for everything. `frame` is None, and `unlock_page` is there, while no register is open."""

    def __init__(self, tasks: Tasks, settings: Settings, folder: Path, doors: Doors | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Sahə")
        self.resize(1366, 768)
        self.setMinimumSize(600, 320)  # 1366 × 768 at 200 %, less the system's bars
        self.setAcceptDrops(True)
        self.tasks, self.settings = tasks, settings
        self._folder, self._doors = folder, doors or Doors()
        self.messages = Messages(tasks, self)
        self.shortcuts = Shortcuts(self)
        keys = self.shortcuts
        self.shell = Shell(tasks, self.messages, settings, self.go, self.back)
        self.shell.restyle, self.shell.relanguage, self.shell.lock = self.restyle, self.relanguage, self.lock
        self.shell.show_keys, self.shell.do = keys.do_keys, keys.do
        self.shell.restore = self.restore
        self._pages: dict[str, Page] = {}
        self._history: list[tuple[str, str]] = []
        self._key = ""
        self._waiting: Path | None = None
        self.frame: Frame | None = None
        self.unlock_page: UnlockPage | None = None
        tasks.changed.connect(self._on_changed)
        self._idle = IdleWatch(self, lambda: settings.get(remembered.LOCK_AFTER), self.lock, self._may_lock)
        self._foot_timer = QTimer(self, interval=FOOT_EVERY)
        self._foot_timer.timeout.connect(self._read_foot)
        self._sticks = StickCall(self, self.shell)
        self.rebuild()

    def rebuild(self) -> None:
        """Make everything anew (another language, another theme, another store) and stay at the same place."""
        place = (self._key, self._pages[self._key].place()) if self._key in self._pages else None
        self._pages.clear()
        self._key = ""
        self.bar = MessageBar(BarWords(text("ui.close"), text("ui.cancel")))
        self.messages.use(self.bar)
        if not self.tasks.has_store:
            self._ask_to_unlock()
            return
        self.unlock_page = None
        self.frame = Frame(navigation.in_rail(self.tasks.level), self.bar, Finder(self.shell, self._current).find)
        self.frame.rail.chosen.connect(lambda key: self.go(key, ""))
        self.frame.foot.clicked.connect(lambda: self.go("exchange", ""))
        self.setCentralWidget(self.frame)
        self.frame.fold(not self.settings.get(remembered.RAIL))
        self._read_foot()
        self._foot_timer.start()
        self.go(*(place or (self.settings.get(remembered.PAGE), "")))
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self.receive(waiting)

    def _ask_to_unlock(self) -> None:
        self.frame = None
        self._foot_timer.stop()
        self.unlock_page = UnlockPage(self.tasks, self.settings, self._doors, self._folder)
        self.unlock_page.languageChosen.connect(self.speak)
        # not while the unlock page is still in its own slot
        self.unlock_page.openedStore.connect(lambda: QTimer.singleShot(0, self, self.rebuild))
        self.unlock_page.told.connect(lambda said: QTimer.singleShot(0, self, lambda: self.messages.info(said)))
        self.unlock_page.column.insertWidget(0, self.bar)
        self.setCentralWidget(self.unlock_page)

    # --- pages ------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        """The page shown now. KeyError while the register is locked."""
        return self._pages[self._key]

    def _current(self) -> Page | None:
        return self._pages.get(self._key)

    def go(self, key: str, target: str = "") -> None:
        """Open a page at a target; where one was is remembered for Esc."""
        entry = navigation.entry_of(key)
        if self._key and self._key != entry.key:
            self._history = [*self._history[-49:], (self._key, self.page.place())]
            self.messages.clear()
        self._show(entry.key, target)

    def back(self) -> None:
        """Where one was before, or Today."""
        if self._history:
            self._show(*self._history.pop())
        elif self._key != "today":
            self._show("today", "")

    def _show(self, key: str, target: str) -> None:
        if self.frame is None:
            return
        entry = navigation.entry_of(key)
        if not navigation.opens_for(entry, self.tasks.level):
            entry, target = navigation.entry_of("today"), ""
        if entry.key not in self._pages:
            made: Page = navigation.build(entry, self.shell)
            made.setAccessibleName(entry.label)
            self._pages[entry.key] = made
            self.frame.stack.addWidget(made)
        moved, self._key = self._key != entry.key, entry.key
        self.frame.stack.setCurrentWidget(self.page)
        self.frame.rail.mark(entry.key)
        if entry.rail:
            self.settings.set(remembered.PAGE, entry.key)
        self.page.open(target)
        if moved:
            self.page.focus_start()

    def receive(self, path: Path) -> None:
        """Take a bundle, a kit or a workbook that was double-clicked or dropped to the page it belongs to."""
        if self.frame is None and path.suffix.lower() == KIT and self.unlock_page is not None:
            self.unlock_page.show_join(path)
        elif self.frame is None:
            self._waiting = path
        elif path.suffix.lower() in LISTS:
            self.go("people", f"file:{path}")
        else:
            self.go("exchange", f"file:{path}")

    # --- what the shell offers --------------------------------------------------------------------------

    def restyle(self) -> None:
        """Dress the window in the theme of the settings; icons are drawn in its colours, so it is made anew."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, self.settings.get(remembered.THEME))
        self.rebuild()

    def speak(self, language: str) -> None:
        """Speak another language from now on."""
        self.settings.set(remembered.LANGUAGE, language)
        self.relanguage()

    def relanguage(self) -> None:
        """Speak the language of the settings, at the same place."""
        words.use_language(self.settings.get(remembered.LANGUAGE))
        self.rebuild()

    def lock(self) -> None:
        """Close the store and ask for the passphrase; edits are saved as they are made, so nothing is lost."""
        self.setFocus()  # the field being typed in settles
        self._folder = self.tasks.folder or self._folder
        self.tasks.close()
        self._history.clear()
        self.rebuild()

    def restore(self) -> None:
        """Lock, and offer the copies from which an earlier state can be brought back."""
        self.lock()
        if self.unlock_page is not None:
            self.unlock_page.show_restore()

    def _may_lock(self) -> bool:
        return self.frame is not None and self.page.may_lock

    # --- what happens -----------------------------------------------------------------------------------

    def _on_changed(self, changes: object, initiator: object) -> None:
        for page in self._pages.values():
            page.hear(changes, initiator)
        self._read_foot()

    def _read_foot(self) -> None:
        if self.tasks.has_store and self.frame is not None:
            self.tasks.read(read_foot, self.frame.show_facts, context=self.frame, latest="foot")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.frame is not None and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        bundles = [path for path in paths if path.suffix.lower() not in LISTS]
        for path in paths:
            if path not in bundles:
                self.receive(path)
        if bundles:  # all of them in one preview
            self.go("exchange", "file:" + "\n".join(map(str, bundles)))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.setFocus()  # the field being typed in settles
        super().closeEvent(event)
