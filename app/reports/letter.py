"""A text that goes on paper or into a word processor: headings, paragraphs, tables, marked changes; knows no format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

Mark = Literal["", "added", "removed"]
Runs = Sequence[tuple[str, Mark]]


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title's."""

    text: Runs
    level: int = 2


@dataclass(frozen=True)
class Text:
    """A paragraph; `looks`: plain, strong, small or bullet."""

    text: Runs
    looks: Literal["plain", "strong", "small", "bullet"] = "plain"


@dataclass(frozen=True)
class Grid:
    """A table with a heading row; `widths` in parts of the page's width."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Runs]]
    widths: Sequence[float]


@dataclass(frozen=True)
class Facts:
    """Labels with what they are, without lines."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Signatures:
    """Lines to sign on, with what stands below each."""

    labels: Sequence[str]


Block = Heading | Text | Grid | Facts | Signatures


@dataclass(frozen=True)
class Letter:
    """A whole text with its language and what its foot says."""

    title: str
    language: str
    blocks: Sequence[Block] = field(default_factory=tuple)
    foot: str = ""


def plain(said: str | None) -> Runs:
    """Text without any mark."""
    return [(said or "", "")]


def compared(before: str | None, after: str | None, *, marked: bool) -> Runs:
    """The new text with what was added and what was removed, word by word; without marks where none are wanted."""
    old, new = before or "", after or ""
    if not marked or old == new:
        return plain(new)
    left, right = _words(old), _words(new)
    runs: list[tuple[str, Mark]] = []
    for verb, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if verb == "equal":
            runs.append(("".join(right[c:d]), ""))
            continue
        if b > a:
            runs.append(("".join(left[a:b]), "removed"))
        if d > c:
            runs.append(("".join(right[c:d]), "added"))
    return runs


def _words(said: str) -> list[str]:
    """Words with the space that follows them, so that they can be put together again."""
    found, word = [], ""
    for letter in said:
        if word and word[-1].isspace() and not letter.isspace():
            found.append(word)
            word = ""
        word += letter
    return [*found, word] if word else found


def spoken(runs: Runs) -> str:
    """The text as it is now, without what was removed."""
    return "".join(said for said, mark in runs if mark != "removed")


def lines_of(blocks: Sequence[Block]) -> list[tuple[str, int]]:
    """The headings and paragraphs of a text as plain lines with the level of a heading, 0 for a paragraph."""
    found = []
    for block in blocks:
        if isinstance(block, Heading):
            found.append((spoken(block.text), block.level))
        elif isinstance(block, Text):
            found.append((f"• {spoken(block.text)}" if block.looks == "bullet" else spoken(block.text), 0))
    return found
