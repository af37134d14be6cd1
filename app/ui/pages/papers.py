"""The papers of one activity from the window: sheets, badges, certificates; asks where they go, draws none itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from app.basics import machine, words
from app.basics.words import text
from app.errors import UserError
from app.services import people
from app.ui.shell import Shell

LANGUAGES: tuple[tuple[str, ...], ...] = (("az",), ("ru",), ("en",), ("az", "ru"), ("az", "en"), ("ru", "en"))
"""The languages of a sheet that are offered: one, or two side by side."""
NAMED = 6
"""How many of those who get no certificate a message names."""


class Papers:
    """Prints for the page `context`."""

    def __init__(self, shell: Shell, context: QWidget) -> None:
        self._shell = shell
        self._context = context
        self.phones = False  # off at first: everybody who signs reads the column

    def fill(self, menu: QMenu, activity: str, title: str) -> None:
        """Put what can be printed into a menu."""
        sheets = menu.addMenu(text("papers.sheets"))
        for languages in LANGUAGES:
            named = " + ".join(text(f"ui.language_{language}") for language in languages)  # words: ui.language_*
            sheets.addAction(named, partial(self.sheets, activity, title, languages))
        sheets.addSeparator()
        phones = sheets.addAction(text("papers.with_phones"))
        phones.setCheckable(True)
        phones.setChecked(self.phones)
        phones.toggled.connect(self._on_phones)
        menu.addAction(text("papers.badges"), lambda: self.badges(activity, title))
        certificates = menu.addMenu(text("papers.certificates"))
        certificates.addAction(text("certificates.open"), lambda: self._shell.go("certificates", activity))
        certificates.addSeparator()
        for language in words.LANGUAGES:
            certificates.addAction(
                text(f"ui.language_{language}"), partial(self.certificates, activity, title, language)
            )

    def sheets(self, activity: str, title: str, languages: Sequence[str]) -> None:
        """A sheet a day with numbered rows, spare rows and a page code."""
        out = self._ask(f"{title} – {text('papers.sheets')}")
        phones = self.phones

        def work(r: Any) -> int:
            from app.reports.signin_sheet import write  # slow to load

            assert out is not None
            return write(r, activity, out, languages=languages, phones=phones)

        if out is not None:
            self._print(work, out, lambda pages: text("papers.pages", n=pages, file=out.name))

    def badges(self, activity: str, title: str) -> None:
        """A badge for everybody on the list, with a code that a scanner types."""
        out = self._ask(f"{title} – {text('papers.badges')}")

        def work(r: Any) -> int:
            from app.reports.signin_sheet import write_badges  # slow to load

            assert out is not None
            return write_badges(r, activity, out, language=words.language())

        if out is not None:
            self._print(work, out, lambda n: text("papers.badges_made", n=n, file=out.name))

    def certificates(self, activity: str, title: str, language: str) -> None:
        """Certificates for all who attended enough; the message says who was left out and why."""
        out = self._ask(f"{title} – {text('papers.certificates')}")
        if out is None:
            return

        def issue(w: Any) -> tuple[list[str], list[str]]:
            from app.reports.template_text import left_out_sentence
            from app.services.certificates import issue as give

            issued = give(w, activity, language=language)
            said = []
            for left in issued.left_out:
                person = w.get("person", left.person) if left.person else None
                name = people.full_name(person) if person else ""
                said.append(": ".join(filter(None, (name, left_out_sentence(left.reason, left.params)))))
            return [*issued.new, *issued.earlier], said

        def draw(issued: tuple[list[str], list[str]]) -> None:
            wanted, left_out = issued

            def work(r: Any) -> Any:
                from app.reports.certificates import write

                if not wanted:
                    raise UserError("no_certificates", failed=0)
                return write(r, activity, out, only=wanted)

            def told(printed: Any) -> str:
                said = [text("papers.certificates_made", n=printed.pages, file=out.name)]
                if printed.failed:
                    said.append(text("papers.not_drawn", n=len(printed.failed)))
                if left_out:
                    named = "; ".join(left_out[:NAMED])
                    said.append(text("papers.left_out", n=len(left_out), names=named))
                return " ".join(said)

            self._print(work, out, told)

        self._shell.tasks.write(
            issue, draw, self._shell.messages.error, context=self._context, title=text("papers.certificates")
        )

    def _on_phones(self, on: bool) -> None:
        self.phones = on

    def _ask(self, name: str) -> Path | None:
        plain = "".join(letter if letter not in '\\/:*?"<>|' else " " for letter in name)[:120]
        chosen, _ = QFileDialog.getSaveFileName(self._context, text("papers.save"), f"{plain}.pdf", "PDF (*.pdf)")
        if not chosen:
            return None
        return Path(chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf")

    def _print(self, work: Callable[[Any], Any], out: Path, told: Callable[[Any], str]) -> None:
        def done(answer: Any) -> None:
            self._shell.messages.good(told(answer), action=text("papers.show"), act=lambda: machine.show_in_folder(out))

        self._shell.tasks.read(
            work, done, self._shell.messages.error, context=self._context, title=text("papers.printing")
        )
