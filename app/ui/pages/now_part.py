"""Exchange, now: what has not left, the look before sending, sticks by name, what came, who exchanges with us."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.basics import clock
from app.basics import settings as remembered
from app.basics.words import text
from app.specs import wording
from app.ui.drives import Drive
from app.ui.foot import age, is_due
from app.ui.pages.bundle_words import refused_words, size_word, told, warnings
from app.ui.shell import Shell
from app.ui.widgets.buttons import Segments, button, icon_button
from app.ui.widgets.charts import number
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.labels import label
from app.ui.widgets.number_tile import NumberTile
from app.ui.widgets.scroll_column import ScrollColumn, clear

if TYPE_CHECKING:
    from app.models.queries.readiness import Readiness
    from app.sync.receive import Received, Refusal

NAMED = 4
"""How many rows of a finding are named."""
MOST_PLANS = 60
NARROW = 760
"""Points of width below which tiles stand in two rows and the board leaves out SPARED."""
SPARED = (1, 4, 6)
STICK_DAYS = 7
"""Days after which a copy on a second medium is asked for, while something has not been sent."""


class NowView(ScrollColumn):
    """Warnings, tiles, sticks, the sheet before sending, the preview of what came, the partners.

    `wishes`: what the page does: send_to(folder, stick=), send_by_mail(), choose_target(), look_at(paths),
    take_in(paths), show_tab(key).
    """

    def __init__(self, shell: Shell, wishes: Any) -> None:
        super().__init__(spacing=16)
        self._shell, self._wishes = shell, wishes
        self._drives: Sequence[Drive] = ()
        self._laptops: list[str] = []
        self._to: QComboBox | None = None
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(4)
        self.column.addLayout(self._warnings)
        self._tiles = QGridLayout()
        self._tiles.setSpacing(12)
        self.unsent = NumberTile(text("exchange.tile_unsent"))
        self.heard = NumberTile(text("exchange.tile_heard"))
        self.open_conflicts = NumberTile(text("exchange.tile_conflicts"), opens=True)
        self.open_conflicts.clicked.connect(lambda: wishes.show_tab("conflicts"))
        self.apart = NumberTile(text("exchange.tile_apart"), opens=True)
        self.apart.clicked.connect(lambda: wishes.show_tab("apart"))
        self._narrow: bool | None = None
        self._cells: list[tuple[int, QWidget]] = []
        self.column.addLayout(self._tiles)
        self._confirmed = label("", "good", wrap=True)
        self._confirmed.hide()
        self.column.addWidget(self._confirmed)
        self.send_card, self._send_column = _card()
        self.column.addWidget(self.send_card)
        self._preview, self._preview_column = _card()
        self.column.addWidget(self._preview)
        self._sticks = QWidget()
        self._stick_column = QVBoxLayout(self._sticks)
        self._stick_column.setContentsMargins(0, 0, 0, 0)
        self._sticks.hide()
        self.column.addWidget(self._sticks)
        self._partners_head = label(text("exchange.partners"), "emphasis")
        self.column.addWidget(self._partners_head)
        self._grid_box = QWidget()
        self._grid = QGridLayout(self._grid_box)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(10)
        self.column.addWidget(self._grid_box)
        self.column.addLayout(self._agreed_day())
        self.column.addStretch(1)

    # --- how it stands ----------------------------------------------------------------------------------

    def show_state(
        self,
        state: Any,
        sites: Mapping[str, Any],
        mail: Sequence[Any] = (),
        stick_backup: str | None = None,
        home: Sequence[str] = (),
    ) -> None:
        """Warnings, tiles and partners. `mail`: the register of bundles; `stick_backup`: when one was kept there.

        `home`: the ids of the sites of this laptop; of the other laptops it names those that exchange with it.
        """
        self._laptops = [
            one.name
            for one in state.partners
            if state.role == "office" and one.role == "laptop" and one.state == "active"
        ]
        self._show_warnings(state, stick_backup)
        self._confirmed.setText(confirmed_words(state, mail))
        self._confirmed.setVisible(bool(self._confirmed.text()))
        notes = [text("exchange.oldest", age=age(state.oldest_unsent))] if state.oldest_unsent else []
        if state.unsent > state.to_send:
            notes.append(text("exchange.on_the_way", n=state.unsent - state.to_send))
        self.unsent.show_number(number(state.unsent), note=", ".join(notes))
        heard = max((p.last_received for p in state.partners if p.last_received), default=None)
        self.heard.show_number(age(heard) if heard else text("ui.foot_never"))
        self.open_conflicts.show_number(number(state.conflicts))
        waiting = text("exchange.waiting", n=state.parked) if state.parked else ""
        self.apart.show_number(number(state.kept_apart), note=waiting)
        clear(self._grid)
        self._cells = []
        heads = ["laptop", "sites", "last", "no", "confirmed", "missing", "unconfirmed"]
        if state.role == "office":
            heads.pop()  # its writes are not all for every laptop: a sum would say too much
        for column, name in enumerate(heads):
            self._put(label(text(f"exchange.col_{name}"), "muted"), 0, column)  # words: exchange.col_*
        partners = [one for one in state.partners if state.role == "office" or _meets_us(one, home)]
        for row, one in enumerate(partners, 1):
            missing = ", ".join(map(str, one.missing)) or "–"
            cells = (
                (one.name, "strong"),
                (", ".join(wording.title_word("site", sites[s]) for s in one.sites if s in sites) or "–", "body"),
                (age(one.last_received) if one.last_received else text("ui.foot_never"), "body"),
                (str(one.last_no or "–"), "body"),
                (str(one.confirmed_no or "–"), "body"),
                (missing, "warn" if one.missing else "body"),
                (number(one.unconfirmed), "body"),
            )
            for column, (words, role) in enumerate(cells[: len(heads)]):
                self._put(label(words, role, wrap=column == 1), 2 * row - 1, column)
            if notes := partner_notes(one):
                self._grid.addWidget(label(" ".join(notes), "warn", wrap=True), 2 * row, 0, 1, len(heads))
        self._grid.setColumnStretch(1, 1)
        self._partners_head.setVisible(bool(partners))
        self._grid_box.setVisible(bool(partners))

    def _put(self, made: QWidget, row: int, column: int) -> None:
        self._grid.addWidget(made, row, column)
        self._cells.append((column, made))
        made.setVisible(not self._narrow or column not in SPARED)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for place, tile in enumerate((self.unsent, self.heard, self.open_conflicts, self.apart)):
            across = 2 if narrow else 4
            self._tiles.addWidget(tile, place // across, place % across)
        for column in range(4):
            self._tiles.setColumnStretch(column, 0 if narrow and column > 1 else 1)
        for column, made in self._cells:
            made.setVisible(not narrow or column not in SPARED)

    def _show_warnings(self, state: Any, stick_backup: str | None) -> None:
        clear(self._warnings)
        said = []
        if state.clock_behind:
            now = wording.moment_word(clock.stamp())
            said.append(text("exchange.clock_behind", now=now, made=wording.moment_word(state.clock_behind)))
        if reminder := due_words(state, self._shell.settings.get(remembered.EXCHANGE_DAY)):
            said.append(reminder)
        if state.unsent and _days_since(stick_backup) >= STICK_DAYS:
            when = age(stick_backup) if stick_backup else text("ui.foot_never")
            said.append(text("exchange.stick_old", when=when))
        for one in said:
            self._warnings.addWidget(label(one, "warn", wrap=True))

    def _agreed_day(self) -> QVBoxLayout:
        row = QVBoxLayout()
        row.setSpacing(8)
        caption = label(text("exchange.agreed_day"), "muted", wrap=True)
        day = Segments([(n, str(n)) for n in remembered.EXCHANGE_DAY.allowed])
        day.setAccessibleName(text("exchange.agreed_day"))
        day.set_value(self._shell.settings.get(remembered.EXCHANGE_DAY))
        day.chosen.connect(lambda value: self._shell.settings.set(remembered.EXCHANGE_DAY, int(str(value))))
        row.addWidget(caption)
        row.addWidget(day)
        return row

    def show_drives(self, drives: Sequence[Drive]) -> None:
        """Offer each stick by its name: send there, or look at what is on it."""
        self._drives = drives
        clear(self._stick_column)
        for drive in drives:
            row = QHBoxLayout()
            said = text("exchange.stick", name=drive.name)
            row.addWidget(label(said, "strong"))
            row.addWidget(label(text("exchange.free", size=size_word(drive.free)), "muted"))
            send = button(text("exchange.send_there"), self._wishes.prepare_sending, icon="usb")
            look = button(text("exchange.look_there"), partial(self._wishes.look_at, [drive.folder]), icon="download")
            for made in (send, look):
                made.setAccessibleName(f"{said}: {made.text()}")
                row.addWidget(made)
            row.addStretch(1)
            self._stick_column.addLayout(row)
        self._sticks.setVisible(bool(drives))
        if self.sending:
            self._fill_targets()

    # --- sending ----------------------------------------------------------------------------------------

    @property
    def sending(self) -> bool:
        """Whether the sheet before sending stands open."""
        return not self.send_card.isHidden() and self._targets is not None

    _targets: FlowLayout | None = None

    def show_sending(self, found: Readiness | None) -> None:
        """What is unfinished (nothing is forbidden), and where the bundle may go."""
        clear(self._send_column)
        head = QHBoxLayout()
        head.addWidget(label(text("exchange.before_sending"), "emphasis"), 1)
        head.addWidget(icon_button("x", text("ui.close"), self.close_sending))
        self._send_column.addLayout(head)
        if found is not None:
            self._show_findings(found)
        self._ask_whom()
        self._send_column.addWidget(label(text("exchange.send_where"), "strong"))
        holder = QWidget()
        self._targets = FlowLayout(holder, gap=8)
        self._send_column.addWidget(holder)
        self._keep = keep = QCheckBox(text("exchange.stick_backup"))
        keep.setChecked(self._shell.settings.get(remembered.STICK_BACKUP))
        keep.toggled.connect(lambda on: self._shell.settings.set(remembered.STICK_BACKUP, on))
        self._send_column.addWidget(keep)
        self.send_card.show()
        self._fill_targets()
        self.ensureWidgetVisible(self.send_card)

    def _ask_whom(self) -> None:
        """At the office: all laptops, or the one whose stick is in the machine."""
        self._to = None
        if len(self._laptops) < 2:
            return
        row = QHBoxLayout()
        row.addWidget(label(text("exchange.send_whom"), "strong"))
        self._to = QComboBox()
        self._to.setAccessibleName(text("exchange.send_whom"))
        self._to.addItem(text("exchange.all_laptops"), "")
        for name in self._laptops:
            self._to.addItem(name, name)
        row.addWidget(self._to)
        row.addStretch(1)
        self._send_column.addLayout(row)

    @property
    def addressee(self) -> str:
        """The laptop that was chosen in the sheet before sending; "" for whoever lacks something."""
        return str(self._to.currentData() or "") if self.sending and self._to is not None else ""

    def _show_findings(self, found: Readiness) -> None:
        if found.ready:
            self._send_column.addWidget(label(text("exchange.check_ready"), "good", wrap=True))
        for name, page in (
            ("sex_missing", "people"),
            ("no_sheet", "activities"),
            ("nobody_marked", "activities"),
            ("unfinished", "activities"),
        ):
            rows = getattr(found, name)
            if not rows:
                continue
            said = text(f"exchange.check_{name}", n=len(rows))  # words: exchange.check_*
            self._send_column.addWidget(label(said, "warn", wrap=True))
            holder = QWidget()
            flow = FlowLayout(holder, gap=4)
            record = "person" if page == "people" else "activity"
            for row in rows[:NAMED]:
                title = wording.title_word(record, row) or row["id"]
                flow.addWidget(button(title, partial(self._shell.go, page, row["id"]), kind="link"))
            self._send_column.addWidget(holder)

    def _fill_targets(self) -> None:
        assert self._targets is not None
        clear(self._targets)
        made = [
            button(
                text("exchange.to_stick", name=drive.name, free=size_word(drive.free)),
                partial(self._wishes.send_to, drive.folder, stick=True),
                icon="usb",
                kind="primary" if place == 0 else "normal",
            )
            for place, drive in enumerate(self._drives)
        ]
        made.append(button(text("exchange.to_folder"), self._wishes.choose_target, icon="folder-open"))
        made.append(button(text("exchange.to_mail"), self._wishes.send_by_mail, icon="mail"))
        for one in made:
            self._targets.addWidget(one)
            one.show()
        made[0].setFocus()
        self._keep.setVisible(bool(self._drives))

    def close_sending(self) -> None:
        """Put the sheet away."""
        self._targets = None
        self.send_card.hide()

    def show_sent(self, sent: Sequence[Any], *, stick: bool, write_letter: Callable[[Any], None]) -> None:
        """Each file that lies where it was to go, read back; the draft of a mail for it."""
        self._targets = None
        clear(self._send_column)
        head = QHBoxLayout()
        head.addWidget(label(text("exchange.safe" if stick else "exchange.written"), "emphasis", wrap=True), 1)
        head.addWidget(icon_button("x", text("ui.close"), self.close_sending))
        self._send_column.addLayout(head)
        for one in sent:
            row = QHBoxLayout()
            about = {"file": one.path.name, "to": one.to, "n": one.writes, "size": size_word(one.size)}
            row.addWidget(label(text("exchange.sent_line", **about), wrap=True, selectable=True), 1)
            if not stick:
                letter = button(text("exchange.letter"), partial(write_letter, one), icon="mail")
                letter.setAccessibleName(f"{text('exchange.letter')}: {one.to}")
                row.addWidget(letter)
            self._send_column.addLayout(row)
            if one.left_behind:
                self._send_column.addWidget(label(text("exchange.left_behind", n=one.left_behind), "muted", wrap=True))
        self.send_card.show()
        self.ensureWidgetVisible(self.send_card)

    # --- what came --------------------------------------------------------------------------------------

    @property
    def preview_shown(self) -> bool:
        """Whether bundles are being looked at."""
        return not self._preview.isHidden()

    def show_preview(self, paths: Sequence[Path], plans: Sequence[Received], refused: Sequence[Refusal]) -> None:
        """What the bundles would do, in words a person can read, and the two buttons."""
        clear(self._preview_column)
        self._preview_column.addWidget(label(text("exchange.preview"), "emphasis"))
        for plan in plans[:MOST_PLANS]:
            self._preview_column.addWidget(label(told(plan), wrap=True))
            for warning in warnings(plan):
                self._preview_column.addWidget(label(warning, "warn", wrap=True))
        if len(plans) > MOST_PLANS:
            self._preview_column.addWidget(label(text("exchange.plans_more", n=len(plans) - MOST_PLANS), "muted"))
        faults, others = refused_words(refused)
        for said in faults:
            self._preview_column.addWidget(label(said, "problem", wrap=True))
        if others:
            self._preview_column.addWidget(label(text("exchange.for_others", n=others), "muted", wrap=True))
        if not plans and not refused:
            self._preview_column.addWidget(label(text("exchange.no_bundles"), "muted", wrap=True))
        row = QHBoxLayout()
        news = any(not plan.again for plan in plans)
        take = button(text("exchange.take_in"), lambda: self._wishes.take_in(paths), kind="primary", icon="check")
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


def _meets_us(one: Any, home: Sequence[str]) -> bool:
    """Whether a laptop is told of this partner: the office, who was heard of, and the laptops of the same site."""
    return bool(one.role == "office" or one.last_received or one.last_sent or set(one.sites) & set(home))


def partner_notes(one: Any) -> list[str]:
    """What about a partner a person should know: lost, restored, two computers, sums that differ."""
    said = []
    if one.state == "lost":
        said.append(text("exchange.is_lost"))
    elif one.state != "active":
        said.append(text("exchange.is_replaced"))
    if one.restored_at is not None:
        said.append(text("exchange.restored_at", name=one.name, no=one.restored_at))
    if one.stores > 1:
        said.append(text("exchange.two_speak", name=one.name))
    if one.state_differs:
        said.append(text("exchange.plan_differs"))
    return said


def confirmed_words(state: Any, mail: Sequence[Any]) -> str:
    """On a laptop: up to which of our numbers Baku has everything, and of which day that was."""
    office = next((one for one in state.partners if one.role == "office" and one.state == "active"), None)
    if state.role == "office" or office is None or not office.confirmed_no:
        return ""
    made = next((m.made for m in mail if m.outgoing and m.device == office.device and m.no == office.confirmed_no), "")
    return text("exchange.has_up_to", name=office.name, no=office.confirmed_no, day=wording.day_word(made) or "–")


def _days_since(moment: str | None) -> int:
    try:
        return (clock.today() - date.fromisoformat((moment or "")[:10])).days
    except ValueError:
        return STICK_DAYS


def due_words(state: Any, day: int) -> str:
    """The monthly reminder, "" while there is nothing to remind of."""
    return text("exchange.due", n=state.to_send, day=day) if is_due(state, day) else ""


def _card() -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setProperty("role", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(20, 16, 20, 16)
    column.setSpacing(8)
    card.hide()
    return card, column
