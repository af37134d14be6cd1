"""The checklist that travels with the stick for a new laptop; the code of the kit is never on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.basics import words
from app.basics.words import text
from app.reports.files import write_whole
from app.reports.letter import Block, Facts, Heading, Letter, Signatures, Text, plain

STEPS = ("install", "start", "join", "code", "passphrase", "practise", "first", "send", "lost")


def write_checklist(laptop: str, sites: Sequence[str], kit: str, installer: str, out: Path) -> None:
    """The sheet as a PDF: `sites` by name, `kit` and `installer` as file names ("" when there is no installer)."""
    from app.reports.paper import letter_pdf  # slow to load

    write_whole(out, letter_pdf(checklist(laptop, sites, kit, installer)))


def checklist(laptop: str, sites: Sequence[str], kit: str, installer: str) -> Letter:
    """The sheet as text, each step with a box to tick."""
    title = text("checklist.title", name=laptop)
    blocks: list[Block] = [
        Heading(plain(title), 1),
        Facts(
            [
                (text("checklist.sites"), ", ".join(sites)),
                (text("checklist.kit"), kit),
                (text("checklist.installer"), installer or text("checklist.no_installer")),
            ]
        ),
        Text(plain(text("checklist.time"))),
    ]
    for number, step in enumerate(STEPS, 1):
        about = {"kit": kit, "installer": installer or text("checklist.no_installer"), "name": laptop}
        said = text(f"checklist.step_{step}", **about)  # words: checklist.step_*
        blocks.append(Text(plain(f"[   ]  {number}.  {said}")))
    blocks.append(Signatures([text("checklist.signed"), text("exposure.date")]))
    return Letter(title, words.language(), blocks, foot=title)
