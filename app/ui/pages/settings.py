"""Settings: language, appearance, what this register is, the way to every list; a change takes effect at once."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.basics import settings as remembered
from app.basics import words
from app.basics.words import text
from app.ui.pages.copies_part import CopiesPart
from app.ui.pages.page import Page
from app.ui.shell import Shell
from app.ui.widgets.buttons import Segments, button
from app.ui.widgets.labels import hairline, label


class SettingsPage(Page):
    """One column of short sections."""

    records = ("site",)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.add_head(text("ui.page_settings"))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        body = QWidget()
        self._body = QVBoxLayout(body)
        self._body.setContentsMargins(24, 8, 24, 24)
        self._body.setSpacing(8)
        body.setMaximumWidth(760)
        area.setWidget(body)
        self.column.addWidget(area, 1)

        self.languages = Segments([(code, text(f"ui.language_{code}")) for code in words.LANGUAGES])
        self.languages.setAccessibleName(text("ui.set_language"))
        self.languages.set_value(words.language())
        self.languages.chosen.connect(self._on_language)
        self._section(text("ui.set_language"), text("ui.set_language_note"), self.languages, first=True)

        self.themes = Segments([(name, text(f"ui.theme_{name}")) for name in ("system", "light", "dark")])
        self.themes.setAccessibleName(text("ui.set_theme"))
        self.themes.set_value(shell.settings.get(remembered.THEME))
        self.themes.chosen.connect(self._on_theme)
        self._section(text("ui.set_theme"), text("ui.set_theme_note"), self.themes)

        self.locking = Segments([(n, text("ui.set_lock_after", n=n)) for n in remembered.LOCK_AFTER.allowed])
        self.locking.setAccessibleName(text("ui.set_lock"))
        self.locking.set_value(shell.settings.get(remembered.LOCK_AFTER))
        self.locking.chosen.connect(self._on_locking)
        self._section(text("ui.set_lock"), text("ui.set_lock_note"), self.locking)

        lists = button(text("ui.set_lists_open"), lambda: shell.go("lists", ""), icon="layout-list")
        self._section(text("ui.set_lists"), text("ui.set_lists_note"), lists)

        kinds = button(text("ui.set_kinds_open"), lambda: shell.go("kinds", ""), icon="tag")
        self._section(text("ui.set_kinds"), text("ui.set_kinds_note"), kinds)

        self.copies = CopiesPart(shell)
        self._section(text("unlock.backups"), "", self.copies, wide=True)

        facts = QWidget()
        self._facts = QFormLayout(facts)
        self._facts.setContentsMargins(0, 0, 0, 0)
        self._facts.setHorizontalSpacing(24)
        self._facts.setVerticalSpacing(8)
        self._section(text("ui.set_store"), "", facts)

        self._section(
            text("ui.keys"),
            text("ui.set_keys_note"),
            button(text("ui.set_keys_open"), shell.show_keys, icon="keyboard"),
        )
        self._section(text("ui.about"), text("ui.about_note", version=_version()))
        self._body.addStretch(1)

    def _section(
        self, heading: str, note: str, control: QWidget | None = None, *, first: bool = False, wide: bool = False
    ) -> None:
        if not first:
            self._body.addSpacing(8)
            self._body.addWidget(hairline())
            self._body.addSpacing(8)
        self._body.addWidget(label(heading, "emphasis", wrap=True))
        if note:
            self._body.addWidget(label(note, "muted", wrap=True))
        if control is not None:
            self._body.addSpacing(4)
            row = QHBoxLayout()
            row.addWidget(control, 1 if wide else 0)
            if not wide:
                row.addStretch(1)
            self._body.addLayout(row)

    def reload(self) -> None:
        self.copies.reload()

        def work(reader: Any) -> list[tuple[str, str]]:
            from app.ui.foot import owner_facts

            return owner_facts(reader)

        self.shell.tasks.read(work, self._show_facts, context=self)

    def _show_facts(self, facts: list[tuple[str, str]]) -> None:
        while self._facts.rowCount():
            self._facts.removeRow(0)
        for name, value in facts:
            self._facts.addRow(label(name, "muted"), label(value, wrap=True, selectable=True))

    def _on_language(self, code: object) -> None:
        self.shell.settings.set(remembered.LANGUAGE, str(code))
        self.shell.relanguage()

    def _on_locking(self, minutes: object) -> None:
        if isinstance(minutes, int):
            self.shell.settings.set(remembered.LOCK_AFTER, minutes)

    def _on_theme(self, name: object) -> None:
        self.shell.settings.set(remembered.THEME, str(name))
        self.shell.restyle()


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("saha")
    except PackageNotFoundError:
        return "0"
