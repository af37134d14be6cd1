"""Laptops, at the office: a new one set up on one stick, the bad day of a lost one, another in place of a dead one."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from app.basics import machine
from app.basics.paths import RESOURCES, data_dir, file_word
from app.basics.words import known, text
from app.models import permits
from app.specs import wording
from app.ui.drives import Drive
from app.ui.foot import age
from app.ui.pages.bundle_words import size_word
from app.ui.pages.now_part import partner_notes
from app.ui.pages.page import Page
from app.ui.tables.record_model import collator
from app.ui.widgets.buttons import Segments, button, icon_button, menu_button
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.labels import hairline, label
from app.ui.widgets.scroll_column import ScrollColumn, clear

if TYPE_CHECKING:
    from app.sync.office import Exposure

_INSTALLER = "Saha-*-setup.exe"


class LaptopsView(ScrollColumn):
    """A form for the stick of a new laptop, the code while it is to be said, and one line a laptop."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._shell = page, page.shell
        self._drives: Sequence[Drive] = ()
        self._instead = ""
        self._sites: dict[str, QCheckBox] = {}
        self._heading = label(text("exchange.new_laptop"), "emphasis", wrap=True)
        self.column.addWidget(self._heading)
        self.column.addWidget(label(text("exchange.new_laptop_note"), "muted", wrap=True))
        self.name = QLineEdit()
        self.name.setPlaceholderText(text("exchange.laptop_name"))
        self.name.setAccessibleName(text("exchange.laptop_name"))
        self.name.setMaximumWidth(360)
        self.column.addWidget(self.name)
        self.column.addWidget(label(text("exchange.its_sites"), "muted"))
        holder = QWidget()
        self._site_flow = FlowLayout(holder, gap=16)
        self.column.addWidget(holder)
        self.column.addWidget(label(text("exchange.its_role"), "muted"))
        self._level_note = label(text("exchange.level_coordinator_note"), "muted", wrap=True)
        self.level = Segments([(level, level_word(level)) for level in permits.OF_LAPTOPS])
        self.level.setAccessibleName(text("exchange.its_role"))
        self.level.set_value(permits.COORDINATOR)
        self.level.chosen.connect(lambda level: self._level_note.setText(text(f"exchange.level_{level}_note")))
        # words: exchange.level_*
        self.column.addWidget(self.level)
        self.column.addWidget(self._level_note)
        self._installer = label("", "muted", wrap=True)
        self.column.addWidget(self._installer)
        targets = QWidget()
        self._targets = FlowLayout(targets, gap=8)
        self.column.addWidget(targets)
        self._code_card = QFrame()
        self._code_card.setProperty("role", "card")
        card = QVBoxLayout(self._code_card)
        card.setContentsMargins(20, 16, 20, 16)
        self.code = label("", "number", selectable=True)
        self.code_note = label("", "muted", wrap=True)
        card.addWidget(self.code)
        card.addWidget(self.code_note)
        row = QHBoxLayout()
        self._said_button = button(text("exchange.code_said"), self.forget_code)
        row.addWidget(self._said_button)
        row.addStretch(1)
        card.addLayout(row)
        self._code_card.hide()
        self.column.addWidget(self._code_card)
        self.exposure_card = QFrame()
        self.exposure_card.setProperty("role", "card")
        self._exposure_column = QVBoxLayout(self.exposure_card)
        self._exposure_column.setContentsMargins(20, 16, 20, 16)
        self.exposure_card.hide()
        self.column.addWidget(self.exposure_card)
        self.column.addWidget(hairline())
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.column.addLayout(self._list)
        self.column.addStretch(1)
        self.show_drives([])

    # --- showing ----------------------------------------------------------------------------------------

    def show_laptops(
        self, partners: Sequence[Any], sites: Mapping[str, Any], levels: Mapping[str, str] | None = None
    ) -> None:
        """The sites to choose from, and one line a laptop with what can be done on its bad day."""
        if not self._sites:
            order = collator()
            for site in sorted(sites.values(), key=lambda one: order.sortKey(wording.title_word("site", one))):
                if site["type"] not in ("office", "other_place", "abroad"):
                    tick = QCheckBox(wording.title_word("site", site))
                    self._sites[site["code"]] = tick
                    self._site_flow.addWidget(tick)
        found = installer()
        said = text("exchange.installer_here", file=found.name) if found else text("exchange.installer_missing")
        self._installer.setText(said)
        clear(self._list)
        for one in partners:
            if one.role == "office":
                continue
            row = QHBoxLayout()
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(label(one.name, "strong", wrap=True))
            where = ", ".join(wording.title_word("site", sites[site]) for site in one.sites if site in sites)
            last = text("exchange.last_word", age=age(one.last_received)) if one.last_received else ""
            level = (levels or {}).get(one.device, permits.COORDINATOR)
            about = " · ".join(filter(None, (where, level_word(level), last)))
            words.addWidget(label(about, "muted", wrap=True))
            if notes := partner_notes(one):
                words.addWidget(label(" ".join(notes), "warn", wrap=True))
            row.addLayout(words, 1)
            actions: list[tuple[str, Callable[[], object]]] = []
            if one.state == "active":
                actions.append(("mark_lost", partial(self.mark_lost, one.name)))
            if one.state == "lost":
                actions.append(("exposure_sheet", partial(self.show_exposure_of, one.name)))
            if one.state != "replaced":
                actions.append(("new_kit", partial(self.start_replacement, one.name)))
            for name, act in actions:
                made = button(text(f"exchange.{name}"), act, kind="quiet")
                # words: exchange.mark_lost, exchange.exposure_sheet, exchange.new_kit
                made.setAccessibleName(f"{made.text()}: {one.name}")
                row.addWidget(made)
            if one.state == "active":
                name = f"{text('exchange.its_role')}: {one.name}"
                row.addWidget(menu_button("users", name, partial(self._fill_levels, one.name, level)))
            self._list.addLayout(row)

    def _fill_levels(self, laptop: str, now: str, menu: QMenu) -> None:
        for level in permits.OF_LAPTOPS:
            action = menu.addAction(level_word(level), partial(self.give_level, laptop, level))
            action.setCheckable(True)
            action.setChecked(level == now)

    def give_level(self, laptop: str, level: str) -> None:
        """Change what may be written with a laptop; it learns of it with the next bundle."""

        def work(store: Any) -> None:
            from app.sync import office

            office.give_level(store, laptop, level)

        def done(_: object) -> None:
            self._shell.messages.good(text("cli.level_given", laptop=laptop, level=level_word(level)))
            self._page.renew()

        self._shell.tasks.use(work, done, self._shell.messages.error, context=self)

    def show_drives(self, drives: Sequence[Drive]) -> None:
        """Where the kit may be written: the sticks by name, or a file of its own."""
        self._drives = drives
        clear(self._targets)
        made = [
            button(
                text("exchange.make_stick", name=drive.name, free=size_word(drive.free)),
                partial(self.make_stick, drive.folder),
                icon="usb",
                kind="primary" if place == 0 else "normal",
            )
            for place, drive in enumerate(drives)
        ]
        kind = "normal" if drives else "primary"
        made.append(button(text("exchange.make_kit"), lambda: self.make_stick(), kind=kind, icon="folder-open"))
        for one in made:
            self._targets.addWidget(one)
            one.show()

    # --- a new laptop -----------------------------------------------------------------------------------

    def chosen_sites(self) -> list[str]:
        """The codes of the sites that are ticked."""
        return [code for code, made in self._sites.items() if made.isChecked()]

    def choose_sites(self, *codes: str) -> None:
        """Tick these sites and no other."""
        for code, made in self._sites.items():
            made.setChecked(code in codes)

    def start_replacement(self, name: str) -> None:
        """Another laptop in place of this one: its name and its sites stay."""
        self._instead = name
        self.name.setText(name)
        self.name.setReadOnly(True)
        self._heading.setText(text("exchange.instead_of", name=name))
        self.ensureWidgetVisible(self.name)
        self.name.setFocus()

    def make_stick(self, folder: Path | None = None) -> None:
        """Write kit, installer (if it is here) and checklist into a folder; the code is shown once and is nowhere."""
        name, codes, instead = self.name.text().strip(), self.chosen_sites(), self._instead
        if not name or not (codes or instead):
            if name and self._sites:
                next(iter(self._sites.values())).setFocus()
            else:
                self.name.setFocus()
            self._shell.messages.info(text("exchange.kit_needs"))
            return
        if folder is None:
            start = str(Path.home())
            chosen = QFileDialog.getExistingDirectory(
                self, text("exchange.make_kit"), start, QFileDialog.Option.DontUseNativeDialog
            )
            if not chosen:
                return
            folder = Path(chosen)
        level = str(self.level.value())
        site_names = [self._sites[code].text() for code in codes]
        kit = folder / f"{_slug(name)}.sahakit"

        def work(store: Any, step: Any) -> tuple[str, str]:
            from app.reports import checklist  # slow to load
            from app.sync import office

            step(0, 3)
            code = office.make_kit(store, codes, name, kit, instead=bool(instead), level=level)
            step(1, 3)
            copied = _copy_installer(folder)
            step(2, 3)
            sites = site_names
            if not sites:
                with store.read() as reader:
                    laptop = next(one for one in office.roster(reader) if one.name == name)
                    rows = [reader.get("site", site) for site in laptop.sites]
                    sites = [wording.title_word("site", row) for row in rows if row]
            paper = folder / f"{_slug(name)}.pdf"
            checklist.write_checklist(name, sites, kit.name, copied, paper)
            return code, copied

        def made(answer: tuple[str, str]) -> None:
            code, copied = answer
            self.code.setText(code)
            self.code.setAccessibleName(text("exchange.kit_code_name", code=" ".join(code)))
            note = [
                text("exchange.kit_made", file=kit.name),
                text("exchange.checklist_made", file=f"{_slug(name)}.pdf"),
            ]
            note.append(
                text("exchange.installer_copied", file=copied) if copied else text("exchange.installer_missing")
            )
            self.code_note.setText(" ".join(note))
            self._code_card.show()
            self._said_button.setFocus()
            self._end_form()
            self.ensureWidgetVisible(self._code_card)
            said = text("exchange.stick_made", name=name)
            self._shell.messages.good(said, action=text("exchange.show_file"), act=lambda: machine.show_in_folder(kit))
            self._page.renew()

        self._shell.tasks.use(
            work, made, self._shell.messages.error, context=self, title=text("exchange.make_kit"), steps=True
        )

    def _end_form(self) -> None:
        self._instead = ""
        self.name.clear()
        self.name.setReadOnly(False)
        self._heading.setText(text("exchange.new_laptop"))
        self.choose_sites()
        self.level.set_value(permits.COORDINATOR)

    def forget_code(self) -> None:
        """The code was said: it is shown no more."""
        self.code.clear()
        self._code_card.hide()
        self.name.setFocus()

    # --- a lost one -------------------------------------------------------------------------------------

    def mark_lost(self, name: str) -> None:
        """Refuse what it signs from now on, and show what was on it."""
        question = text("exchange.mark_lost_question", name=name)
        if not self._shell.messages.confirm(question, text("exchange.mark_lost"), danger=True):
            return

        def work(store: Any) -> Any:
            from app.sync import office

            return office.mark_lost(store, name)

        def done(exposed: Exposure) -> None:
            self.show_exposure(exposed)
            self._page.renew()

        self._shell.tasks.use(work, done, self._shell.messages.error, context=self)

    def show_exposure_of(self, name: str) -> None:
        """The sheet of a laptop that was marked lost before."""

        def work(reader: Any) -> Any:
            from app.sync import devices, office

            return office.exposure(reader, devices.device_named(reader, name))

        self._shell.tasks.read(work, self.show_exposure, self._shell.messages.error, context=self)

    def show_exposure(self, exposed: Exposure) -> None:
        """What was on it, what had not come from it, what to look for, and the way to paper and to a new kit."""
        clear(self._exposure_column)
        head = QHBoxLayout()
        head.addWidget(label(text("exposure.title", name=exposed.name), "emphasis", wrap=True), 1)
        head.addWidget(icon_button("x", text("ui.close"), self.exposure_card.hide))
        self._exposure_column.addLayout(head)
        for said, role in exposure_summary(exposed):
            self._exposure_column.addWidget(label(said, role, wrap=True, selectable=True))
        row = QHBoxLayout()
        paper = button(text("exchange.exposure_print"), lambda: self.print_exposure(exposed), kind="primary")
        row.addWidget(paper)
        row.addWidget(button(text("exchange.new_kit"), partial(self.start_replacement, exposed.name)))
        row.addStretch(1)
        self._exposure_column.addLayout(row)
        self.exposure_card.show()
        paper.setFocus()
        self.ensureWidgetVisible(self.exposure_card)

    def print_exposure(self, exposed: Exposure, out: Path | None = None) -> None:
        """The sheet as a PDF."""
        if out is None:
            name = f"{_slug(exposed.name)}-exposure.pdf"
            chosen, _ = QFileDialog.getSaveFileName(self, text("exchange.exposure_print"), name, "PDF (*.pdf)")
            if not chosen:
                return
            out = Path(chosen)
        target = out

        def work() -> None:
            from app.reports import exposure  # slow to load

            exposure.write_exposure(exposed, target)

        def done(_: object) -> None:
            said = text("ui.exported", file=target.name)
            self._shell.messages.good(
                said, action=text("exchange.show_file"), act=lambda: machine.show_in_folder(target)
            )

        self._shell.tasks.run(work, done, self._shell.messages.error, context=self)


def exposure_summary(exposed: Exposure) -> list[tuple[str, str]]:
    """(sentence, role) of what the card says of a lost laptop; names of persons are on the paper only."""
    never = text("ui.foot_never")
    said = [
        (f"{text('exposure.last_no')}: {exposed.last_no or '–'}", "body"),
        (f"{text('exposure.last_received')}: {wording.moment_word(exposed.last_received) or never}", "body"),
    ]
    for site, rows in exposed.by_site.items():
        told = ", ".join(f"{wording.record_word(record, many=True)} {n}" for record, n in rows.items())
        said.append((f"{site}: {told or '–'}", "body"))
    fields = ", ".join(f"{wording.key_word('person', key)} ({n})" for key, n in exposed.personal.items())
    said.append((f"{text('exposure.fields')}: {fields or '–'}", "body"))
    if exposed.restricted:
        said.append((text("exposure.restricted", n=exposed.restricted), "warn"))
    said.append((text("exposure.events") if exposed.events else text("exposure.no_events"), "strong"))
    for event in exposed.events[:12]:
        place = exposed.site_names.get(event.site, "")
        title = event.title if event.source == "plan" else text("exposure.duty", title=event.title)
        said.append((f"{wording.day_word(event.day)} · {place} · {title}", "body"))
    if len(exposed.events) > 12:
        said.append((text("exchange.plans_more", n=len(exposed.events) - 12), "muted"))
    return said


def level_word(level: str) -> str:
    """What a role of a laptop is called."""
    key = f"exchange.level_{level}"
    return text(key) if known(key) else level  # words: exchange.level_*


def installer() -> Path | None:
    """The newest installer that lies with this program or in the user's data folder; None where there is none."""
    places = [data_dir() / "installer", RESOURCES.parent / "dist" / "windows", RESOURCES.parent / "installer"]
    places.append(Path(sys.executable).parent / "installer")
    found = [path for place in places if place.is_dir() for path in place.glob(_INSTALLER)]
    return max(found, key=lambda path: path.stat().st_mtime, default=None)


def _copy_installer(folder: Path) -> str:
    """Copy it onto the stick unless it is there already; its name, or "" where there is none."""
    source = installer()
    if source is None:
        return ""
    target = folder / source.name
    if not target.exists() or target.stat().st_size != source.stat().st_size:
        draft = folder / f"{source.name}.part"
        shutil.copyfile(source, draft)
        draft.replace(target)
    return source.name


def _slug(name: str) -> str:
    return file_word(name) or "laptop"
