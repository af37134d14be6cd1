"""Conflicts: each told as three dated sentences with the scan beside it, decided by one key; rules for the routine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.basics.words import text
from app.specs import wording
from app.specs.fields import FieldSpec
from app.specs.records import RECORDS
from app.ui.forms.editors import Editor, editor_for
from app.ui.pages.attachments_part import Picture, drawn
from app.ui.pages.page import Page
from app.ui.tables.record_model import Column
from app.ui.tables.record_table import RecordTable
from app.ui.widgets.buttons import button
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.labels import hairline, label
from app.ui.widgets.scroll_column import ScrollColumn, clear
from app.ui.widgets.side_panel import BesideSplitter

if TYPE_CHECKING:
    from app.sync.conflicts import ConflictStory, FieldRule

BESIDE = 620
"""Points of width from which the scan stands beside the story and not below it."""
SCAN = QSize(420, 640)
PAGES = {"activity": "activities", "person": "people", "group": "groups", "output": "outputs"}


class ConflictsView(QStackedWidget):
    """The list of open conflicts and the story of the marked one. 1 ours, 2 theirs, 3 another value."""

    def __init__(self, page: Page, decided: Callable[[], None]) -> None:
        super().__init__()
        self._page, self._shell, self._decided = page, page.shell, decided
        self._stories: list[ConflictStory] = []
        self._rules: Sequence[FieldRule] = ()
        self._office = False
        self._at = ""
        self.card: ConflictCard | None = None
        columns = [
            Column("title", text("conflicts.list_title"), width=150),
            Column("field_name", text("conflicts.list_field"), width=84),
            Column("site_name", text("exchange.col_site"), width=90),
            Column("values", text("conflicts.list_values"), width=276, shown=False),  # the story tells them
            Column("opened", text("conflicts.list_since"), wording.day_word, lambda v: v or "", width=100, shown=False),
        ]
        self.table = RecordTable("conflicts", columns, page.shell.settings, name=text("conflicts.list_name"))
        self.table.sort_by("opened")
        self.table.marked.connect(self.show_story)
        self.panel = ScrollColumn()
        self.splitter = BesideSplitter(self.table, self.panel, share=0.66)
        self.none = ScrollColumn()
        self.addWidget(self.splitter)
        self.addWidget(self.none)
        for key, take in (("1", "ours"), ("2", "theirs"), ("3", "value")):
            shortcut = QShortcut(QKeySequence(key), self, partial(self._press, take))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.show_conflicts([], (), {}, office=False)

    # --- showing ----------------------------------------------------------------------------------------

    def show_conflicts(
        self, stories: Sequence[ConflictStory], rules: Sequence[FieldRule], sites: dict[str, Any], *, office: bool
    ) -> None:
        """Show these; the one after the decided one is marked next."""
        before = [story.id for story in self._stories]
        self._stories, self._rules, self._office = list(stories), rules, office
        self.table.show_rows(_row(story, sites) for story in stories)
        if not stories:
            self._at, self.card = "", None
            clear(self.none.column)
            note = text("exchange.no_conflicts_note")
            self.none.column.addWidget(EmptyState(text("exchange.no_conflicts"), note, icon="check-check"), 1)
            self._add_rules(self.none.column)
            self.setCurrentWidget(self.none)
            return
        self.setCurrentWidget(self.splitter)
        self.splitter.open_panel()
        if self._at not in {story.id for story in stories}:
            self._at = self._next(before)
        self.table.mark(self._at, tell=False)
        self.show_story(self._at)

    def focus_start(self) -> None:
        """Put the keyboard where 1, 2 and 3 decide."""
        if self.card is not None:
            self.card.setFocus()

    def _next(self, before: Sequence[str]) -> str:
        """The conflict that now stands where the decided one stood, in the order that is shown."""
        open_ = [row["id"] for row in self.table.seen_rows()] or [story.id for story in self._stories]
        if self._at in before:
            later = before[before.index(self._at) :]
            return next((one for one in later if one in open_), open_[-1])
        return open_[0]

    def show_story(self, conflict: str) -> None:
        """Tell one conflict."""
        number, story = next(((n, s) for n, s in enumerate(self._stories, 1) if s.id == conflict), (0, None))
        if story is None:
            return
        if self.card is not None and self.card.story == story and self._at == conflict:
            return
        typing = self.table.view.hasFocus() or self.table.filter_line.hasFocus()
        self._at = conflict
        clear(self.panel.column)
        self.panel.verticalScrollBar().setValue(0)
        place = text("conflicts.place", n=number, of=len(self._stories))
        self.panel.column.addWidget(label(place, "muted"))
        self.card = ConflictCard(self._page, story, self._decide)
        self.card.stepped.connect(self._step)
        self.panel.column.addWidget(self.card)
        if self._office and RECORDS[story.record].by_name.get(story.field) is not None:
            self._add_rule_line(story, self.card.told)
        self.card.told.addStretch(1)
        self._add_rules(self.panel.column)
        self.panel.column.addStretch(1)
        if not typing and self.isVisible():
            self.card.setFocus()
        self._read_papers(self.card, story)

    def _add_rule_line(self, story: ConflictStory, column: QVBoxLayout) -> None:
        from app.sync import conflicts  # the page has loaded it already

        what = wording.key_word(story.record, story.field)
        column.addWidget(hairline())
        column.addWidget(label(text("conflicts.rule_for", field=what), "strong", wrap=True))
        holder = QWidget()
        flow = FlowLayout(holder, gap=8)
        for winner in conflicts.WINNERS:
            said = text(f"conflicts.rule_{winner}")  # words: conflicts.rule_site, conflicts.rule_office
            made = button(said, partial(self.make_rule, story, winner))  # words: conflicts.rule_newest
            made.setAccessibleName(f"{text('conflicts.rule_for', field=what)} {said}")
            flow.addWidget(made)
        column.addWidget(holder)

    def _add_rules(self, column: QVBoxLayout) -> None:
        column.addWidget(hairline())
        column.addWidget(label(text("conflicts.rules"), "emphasis"))
        column.addWidget(label(text("conflicts.rule_note"), "muted", wrap=True))
        for rule in self._rules:
            row = QHBoxLayout()
            said = rule_word(rule)
            row.addWidget(label(said, wrap=True), 1)
            if self._office:
                end = button(text("conflicts.rule_end"), partial(self.end_rule, rule.id), kind="link")
                end.setAccessibleName(f"{text('conflicts.rule_end')}: {said}")
                row.addWidget(end)
            column.addLayout(row)
        if not self._rules:
            column.addWidget(label(text("conflicts.no_rules"), wrap=True))

    def _read_papers(self, card: ConflictCard, story: ConflictStory) -> None:
        def work(reader: Any) -> list[tuple[dict[str, Any], bytes | None]]:
            from app.errors import UserError
            from app.services import attachments, evidence

            found: list[tuple[dict[str, Any], bytes | None]] = []
            for paper in evidence.papers_of(reader, story.record, story.row):
                try:
                    found.append((paper, attachments.open_content(reader, paper["id"])))
                except UserError:
                    found.append((paper, None))  # its content comes with a later bundle
            return found

        def draw(papers: list[tuple[dict[str, Any], bytes | None]]) -> None:
            self._shell.tasks.run(
                lambda: [(paper["name"], drawn(content, SCAN, 2) if content else None) for paper, content in papers],
                card.show_papers,
                context=card,
            )

        self._shell.tasks.read(work, draw, context=card)

    def _step(self, by: int) -> None:
        """Tell the conflict after or before this one in the list."""
        seen = [row["id"] for row in self.table.seen_rows()]
        if self._at in seen and 0 <= seen.index(self._at) + by < len(seen):
            self.table.mark(seen[seen.index(self._at) + by])

    # --- deciding ---------------------------------------------------------------------------------------

    def _press(self, take: str) -> None:
        if self.card is not None and self.currentWidget() is self.splitter:
            self.card.take(take)

    def _decide(self, story: ConflictStory, take: str, value: Any, reason: str) -> None:
        def work(writer: Any) -> None:
            from app.sync import conflicts

            conflicts.resolve(writer, story.id, take, value=value, reason=reason)

        def done(_: Any) -> None:
            last = len(self._stories) <= 1
            self._shell.messages.undo(text("conflicts.all_decided" if last else "exchange.decided"))
            self._decided()

        self._shell.tasks.write(work, done, self._shell.messages.error, context=self)

    def make_rule(self, story: ConflictStory, winner: str) -> None:
        """From now on this side wins for the field of this conflict; what is open of it is decided at once."""
        reason = self.card.reason.text().strip() if self.card is not None else ""

        def work(writer: Any) -> int:
            from app.sync import conflicts

            return conflicts.make_rule(writer, story.record, story.field, winner, reason)

        def done(settled: int) -> None:
            self._shell.messages.undo(text("conflicts.rule_made", n=settled))
            self._decided()

        self._shell.tasks.write(work, done, self._shell.messages.error, context=self)

    def end_rule(self, rule: str) -> None:
        """The rule no longer holds."""

        def work(writer: Any) -> None:
            from app.sync import conflicts

            conflicts.end_rule(writer, rule)

        def done(_: Any) -> None:
            self._shell.messages.undo(text("conflicts.rule_dropped"))
            self._decided()

        self._shell.tasks.write(work, done, self._shell.messages.error, context=self)


class ConflictCard(QFrame):
    """One conflict: what it is about, three sentences, the ways to decide, a reason, and the paper beside it.

    Emits `stepped` (1 or -1) when the arrow keys ask for another.
    """

    stepped = Signal(int)

    def __init__(self, page: Page, story: ConflictStory, decide: Callable[..., None]) -> None:
        super().__init__()
        from app.sync import conflicts  # the page has loaded it already

        self._page, self.story, self._decide = page, story, decide
        self._papered = False
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(20, 16, 20, 16)
        self._box.setSpacing(16)
        told = QWidget()
        self.told = column = QVBoxLayout(told)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._box.addWidget(told, 1)
        deleted = story.field == "deleted"
        what = text("exchange.deleted_or_edited") if deleted else wording.key_word(story.record, story.field)
        kind = wording.record_word(story.record)
        self.setAccessibleName(f"{story.title}: {what}")
        column.addWidget(label(story.title, "emphasis", wrap=True))
        about = QHBoxLayout()
        about.addWidget(label(f"{kind} · {what}", "muted", wrap=True), 1)
        if story.record in PAGES:
            about.addWidget(button(text("conflicts.open_record"), self._open, kind="link"))
        column.addLayout(about)
        for sentence in conflicts.tell(story):
            column.addWidget(label(sentence, wrap=True, selectable=True))
        if story.others:
            values = ", ".join(conflicts.in_words(story, side.value) for side in story.others)
            column.addWidget(label(text("conflicts.more_sides", values=values), "warn", wrap=True))
        column.addWidget(hairline())
        for number, side, name in ((1, story.ours, "first"), (2, story.theirs, "second")):
            if deleted:
                said = text("conflicts.take_deleted" if side.deleted else "conflicts.take_kept")
            else:
                said = f"{text(f'conflicts.take_{name}')}: {_short(conflicts.in_words(story, side.value))}"
                # words: conflicts.take_first, conflicts.take_second
            made = button(f"{number}  {said}", partial(self.take, "ours" if number == 1 else "theirs"))
            made.setStyleSheet("text-align: left;")
            column.addWidget(made)
        self.other = self._other_editor()
        if self.other is not None:
            row = QHBoxLayout()
            row.addWidget(self.other.widget, 1)
            if isinstance(self.other.widget, QLineEdit):
                self.other.widget.returnPressed.connect(lambda: self.take("value"))
            row.addWidget(button(text("conflicts.take_other"), lambda: self.take("value")))
            column.addWidget(label(text("exchange.other_value"), "muted"))
            column.addLayout(row)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(text("exchange.reason"))
        self.reason.setAccessibleName(text("exchange.reason"))
        self.reason.returnPressed.connect(self.setFocus)  # 1, 2 and 3 decide again
        column.addWidget(self.reason)
        keys = text("conflicts.keys_two" if self.other is None else "conflicts.keys")
        column.addWidget(label(keys, "muted", wrap=True))
        self._papers = QWidget()
        self._paper_column = QVBoxLayout(self._papers)
        self._paper_column.setContentsMargins(0, 0, 0, 0)
        self._paper_column.addWidget(label(text("conflicts.scan"), "muted"))
        self._box.addWidget(self._papers, 1)

    def _other_editor(self) -> Editor | None:
        """The editor for another value: that of the field, so that a list offers its values; a line of text else."""
        if self.story.field == "deleted":
            return None
        spec = RECORDS[self.story.record].by_name.get(self.story.field)
        if spec is None:
            spec = FieldSpec("value", RECORDS["person"].by_name["note"].type)
        return editor_for(spec, self._page.sources, text("exchange.other_value"))

    def show_papers(self, papers: Sequence[tuple[str, list[QImage] | None]]) -> None:
        """Show the scans, or say that there is none or that it is on its way."""
        self._papered = bool(papers)
        self._turn()
        for name, pages in papers:
            if pages is None:
                said = text("conflicts.scan_later", file=name)
                self._paper_column.addWidget(label(said, "muted", wrap=True))
            for number, image in enumerate(pages or (), 1):
                self._paper_column.addWidget(Picture(image, text("attachments.page", file=name, n=number)))
        if not papers:
            self._paper_column.addWidget(label(text("conflicts.no_scan"), "muted", wrap=True))
        self._paper_column.addStretch(1)

    def take(self, take: str) -> None:
        """Decide for ours, theirs or the other value; without one, ask for it."""
        value = None
        if take == "value":
            if self.other is None:
                return
            value = self.other.value()
            if value in (None, "", []):
                self.other.focus()
                return
            value = _like(value, self.story)
        self._decide(self.story, take, value, self.reason.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    def _open(self) -> None:
        self._page.shell.go(PAGES[self.story.record], self.story.row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        """The paper beside the story where there is one and room for it, else below."""
        beside = self._papered and self.width() >= BESIDE
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._box.direction() != way:
            self._box.setDirection(way)


def rule_word(rule: FieldRule) -> str:
    """A rule in a line."""
    winner = text(f"conflicts.rule_{rule.winner}")
    field = wording.key_word(rule.record, rule.field)
    said = text("conflicts.rule_line", record=wording.record_word(rule.record), field=field, winner=winner)
    return f"{said} – {rule.reason}" if rule.reason else said


def _row(story: ConflictStory, sites: dict[str, Any]) -> dict[str, Any]:
    from app.sync import conflicts

    deleted = story.field == "deleted"
    sides = " / ".join(_short(conflicts.in_words(story, side.value)) for side in (story.ours, story.theirs))
    return {
        "id": story.id,
        "title": story.title,
        "field_name": text("exchange.deleted_or_edited") if deleted else wording.key_word(story.record, story.field),
        "values": "–" if deleted else sides,
        "site_name": wording.title_word("site", sites[story.site]) if story.site in sites else "",
        "opened": story.opened,
    }


def _like(value: Any, story: ConflictStory) -> Any:
    """A typed value of a kind's own field as the number that both sides are; anything else as it is."""
    numbers = all(isinstance(side.value, int | float) for side in (story.ours, story.theirs))
    if isinstance(value, str) and numbers:
        try:
            return float(value) if "." in value or "," in value else int(value)
        except ValueError:
            return value
    return value


def _short(words: str) -> str:
    return words if len(words) <= 40 else words[:39] + "…"
