"""The queue of cards that may be one person: two side by side, the reasons, four keys; it compares nothing itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from app.basics.words import known, text
from app.specs import choices
from app.ui.forms.words import label_of
from app.ui.shell import Shell
from app.ui.widgets.buttons import button
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.labels import hairline, label, set_role
from app.ui.widgets.letter_pairs import LetterPairs

_SHOWN = ("surname", "given", "patronymic", "name_ru", "sex", "birth_year", "rank", "unit", "service",
          "phone", "email")  # fmt: skip
_FACTS = ("works", "events")
_LINES = ("title", "keeps", *_SHOWN, *_FACTS)
_LISTS = {"sex": "sex", "rank": "rank", "service": "service"}
KEYS = {"keep_left": "1", "keep_right": "2", "different": "3", "later": "4"}


class DuplicatesView(QWidget):
    """Pair after pair. Every decision is one key and one write; Ctrl+Z takes the last one back."""

    closed = Signal()
    opened = Signal(str)
    counted = Signal(int)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.pairs: list[Any] = []
        self.at = 0
        self._later: set[tuple[str, str]] = set()
        self._facts: dict[str, dict[str, Any]] = {}
        self._stale = True
        self._looking = False
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(12)
        self._stack = QStackedLayout()
        column.addLayout(self._stack, 1)
        self._empty = EmptyState(text("people.no_duplicates"), text("people.no_duplicates_hint"), icon="check-check")
        self._wait = EmptyState(text("people.looking_for_duplicates"), icon="search")
        self._body = self._build()
        for page in (self._wait, self._empty, self._body):
            self._stack.addWidget(page)
        for name, key in KEYS.items():
            shortcut = QShortcut(QKeySequence(key), self, partial(self.decide, name))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for key, step in (("Right", 1), ("Left", -1)):
            shortcut = QShortcut(QKeySequence(key), self, partial(self.move_by, step))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _build(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._where = label("", "muted")
        column.addWidget(self._where)
        self._against = label("", "warn", wrap=True)
        self._reasons = label("", wrap=True)
        column.addWidget(self._against)
        column.addWidget(self._reasons)
        self._letters_name = label(text("people.letters"), "muted")
        self._letters = LetterPairs()
        column.addWidget(self._letters_name)
        column.addWidget(self._letters)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget()
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.setSpacing(16)
        self._card = QFrame()
        self._card.setProperty("role", "card")
        self._grid = QGridLayout(self._card)
        self._grid.setContentsMargins(20, 16, 20, 16)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._rows = {name: self._line(at) for at, name in enumerate(_LINES)}
        inside.addWidget(self._card)
        inside.addStretch(1)
        area.setWidget(self._inside)
        column.addWidget(area, 1)
        column.addWidget(hairline())
        keys = QWidget()
        row = FlowLayout(keys, gap=8)
        self.buttons = {}
        for name, key in KEYS.items():
            kind = "primary" if name == "keep_left" else "plain"
            made = button(f"{key}  {text(f'people.verdict_{name}')}", partial(self.decide, name), kind=kind)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            made.setAccessibleName(text(f"people.verdict_{name}"))
            self.buttons[name] = made
            row.addWidget(made)
        hint = label(text("people.duplicates_keys"), "muted")
        hint.setMinimumHeight(32)
        row.addWidget(hint)
        column.addWidget(keys)
        return body

    def _line(self, at: int) -> tuple[QLabel, QLabel, QLabel]:
        """One line of the comparison; made once, because laying out new widgets costs more than comparing cards."""
        name = _LINES[at]
        role = {"title": "heading", "keeps": "muted"}.get(name, "body")
        made = (label("", "muted", wrap=True), label("", role, wrap=True), label("", role, wrap=True))
        for column, one in enumerate(made):
            if role != "muted" and column:
                one.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(one, at, column, Qt.AlignmentFlag.AlignTop)
        return made

    def _say(self, name: str, caption: str, left: str, right: str, role: str = "") -> None:
        """Fill a line, or hide it when neither side says anything."""
        for one, words_ in zip(self._rows[name], (caption, left, right), strict=True):
            one.setText(words_)
            one.setVisible(bool(left or right))
        for one in self._rows[name][1:]:
            if role:
                set_role(one, role)

    # --- what the page calls ----------------------------------------------------------------------------

    def look(self) -> None:
        """Look for duplicates again: read, think off the store's thread, read what else speaks against."""
        from app.services import duplicates

        if self._looking:
            self._stale = True
            return
        self._looking, self._stale = True, False
        if not self.pairs:
            self._stack.setCurrentWidget(self._wait)
        tasks = self.shell.tasks

        def failed(error: Exception) -> None:
            self._looking = False
            self.shell.messages.error(error)

        def think(gathered: Any) -> None:
            def judge(found: Any) -> None:
                tasks.read(lambda r: duplicates.judge(r, gathered, found), self.show_pairs, failed, context=self)

            tasks.run(
                lambda step: duplicates.compare(gathered, step=step),
                judge,
                failed,
                context=self,
                title=text("people.looking_for_duplicates"),
                steps=True,
            )

        tasks.read(duplicates.gather, think, failed, context=self)

    def show_pairs(self, pairs: list[Any]) -> None:
        """Show these pairs, those put off last."""
        self._looking = False
        now = _ids(self.pairs[self.at]) if self.at < len(self.pairs) else None
        self.pairs = sorted(pairs, key=lambda pair: _ids(pair) in self._later)
        ids = [_ids(pair) for pair in self.pairs]
        self.at = ids.index(now) if now in ids else 0
        self._show()

    def focus_start(self) -> None:
        """The keys work at once."""
        self.setFocus()

    def hear(self, changes: Any, initiator: object) -> None:
        """Somebody changed persons or decisions elsewhere (or took a decision back)."""
        if initiator is not self and changes.touch("person", "pair_decision"):
            self._stale = True
            if self.isVisible():
                self.look()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if self._stale:
            self.look()

    # --- the keys ---------------------------------------------------------------------------------------

    def decide(self, verdict: str) -> None:
        """Write what the key means for the pair shown, and go on to the next."""
        if self.at >= len(self.pairs):
            return
        from app.services import duplicates

        pair = self.pairs[self.at]
        one, other = pair.one["id"], pair.other["id"]
        if verdict == "later":
            self._later.add(_ids(pair))
            self.pairs.append(self.pairs.pop(self.at))
            self._show()
            return
        kept = other if verdict == "keep_right" else one
        word = duplicates.DIFFERENT if verdict == "different" else duplicates.SAME

        def done(_: object) -> None:
            gone: set[str] = set() if verdict == "different" else {one, other} - {kept}
            self.pairs = [p for p in self.pairs if p is not pair and not gone & {p.one["id"], p.other["id"]}]
            self.at = min(self.at, max(0, len(self.pairs) - 1))
            self._show()
            said = text("people.decided_different" if verdict == "different" else "people.decided_same")
            self.shell.messages.undo(said)

        self.shell.tasks.write(
            lambda w: duplicates.decide(w, one, other, word, keep=kept), done, self.shell.messages.error, context=self
        )

    def move_by(self, step: int) -> None:
        """The next or the previous pair, undecided."""
        if self.pairs:
            self.at = (self.at + step) % len(self.pairs)
            self._show()

    # --- showing ----------------------------------------------------------------------------------------

    def _show(self) -> None:
        self.counted.emit(len(self.pairs))
        if not self.pairs:
            self._stack.setCurrentWidget(self._empty)
            return
        self._stack.setCurrentWidget(self._body)
        pair = self.pairs[self.at]
        chance = text("people.likeness", percent=min(99, round(100 * pair.score)))
        told = [text("people.pair_of", n=len(self.pairs), at=self.at + 1), chance]
        if pair.proposed:
            told.append(text("people.proposed_by_site"))
        self._where.setText(" · ".join(told))
        self._show_cards(pair)
        self._show_reasons(pair)
        self.shell.tasks.read(
            lambda r: _beside(r, pair), lambda facts: self._show_facts(pair, facts), context=self, latest="pair-facts"
        )

    def _show_cards(self, pair: Any) -> None:
        from app.names.match import explain
        from app.services.people import full_name

        names = full_name(pair.one), full_name(pair.other)
        self._say("title", "", *names)
        self._say("keeps", "", text("people.key_keeps", press="1"), text("people.key_keeps", press="2"))
        for name in _SHOWN:
            left, right = (_value(side, name) for side in (pair.one, pair.other))
            differs = differ_by(name, left, right, pair.reasons)
            if left or right:
                left, right = left or "–", f"≠  {right}" if differs else right or "–"
            self._say(name, label_of("person", name), left, right, "strong" if differs else "body")
        for name in _FACTS:
            self._say(name, "", "", "")
        pieces = explain(*names)
        self._letters.show_pieces(pieces, " / ".join(names))
        differ = any(piece.kind not in ("same", "gap") for piece in pieces)
        self._letters.setVisible(differ)
        self._letters_name.setVisible(differ)

    def _show_facts(self, pair: Any, facts: Mapping[str, list[str]]) -> None:
        """What each of the two did, once it is read; the pair may have changed meanwhile."""
        if self.at >= len(self.pairs) or self.pairs[self.at] is not pair:
            return
        for name in _FACTS:
            left, right = ("\n".join(facts[f"{name}:{side['id']}"]) for side in (pair.one, pair.other))
            if left or right:
                self._say(name, text(f"people.fact_{name}"), left or "–", right or "–")

    def _show_reasons(self, pair: Any) -> None:
        self._against.setText("   ".join(f"✕ {reason_words(code)}" for code in pair.against))
        self._against.setVisible(bool(pair.against))
        self._reasons.setText("   ".join(f"✓ {reason_words(code)}" for code in pair.reasons))
        self._reasons.setVisible(bool(pair.reasons))


def differ_by(name: str, left: str, right: str, reasons: Collection[str]) -> bool:
    """Whether two values say different things; two spellings that the matcher takes for one name do not."""
    part = "father" if name == "patronymic" else name
    return bool(left and right) and left.casefold() != right.casefold() and f"{part}_same" not in reasons


def reason_words(code: str) -> str:
    """What a reason of the matcher says."""
    return text(f"people.reason_{code}") if known(f"people.reason_{code}") else code.replace("_", " ")


def _ids(pair: Any) -> tuple[str, str]:
    one, other = sorted((pair.one["id"], pair.other["id"]))
    return one, other


def _value(person: Mapping[str, Any], name: str) -> str:
    value = person.get(name)
    if value is None:
        return ""
    return choices.label(_LISTS[name], value) if name in _LISTS else str(value)


def _beside(reader: Any, pair: Any) -> dict[str, list[str]]:
    """The organisation and the last events of both, in words."""
    from app.models.queries.persons import activities_attended
    from app.models.queries.titles import names_of
    from app.services.dossier import spoken
    from app.ui.widgets.date_edit import show_day

    both = (pair.one, pair.other)
    offices = names_of(reader, "organisation", {p["organisation"] for p in both if p.get("organisation")})
    events = activities_attended(reader, [p["id"] for p in both])
    found: dict[str, list[str]] = {}
    for person in both:
        office = offices.get(person.get("organisation") or "")
        found[f"works:{person['id']}"] = [spoken(office, "name")] if office else []
        rows = events.get(person["id"], [])
        told = [f"{show_day(row['start'])}  {spoken(row, 'title')}" for row in rows[:3]]
        if len(rows) > 3:
            told.append(text("people.and_more", n=len(rows) - 3))
        found[f"events:{person['id']}"] = told
    return found


__all__ = ["KEYS", "DuplicatesView", "differ_by", "reason_words"]
