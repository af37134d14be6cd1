"""Small shapes that several commands share: a subcommand with its help, sites by code, days."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from app.basics.words import text
from app.errors import UserError
from app.models.writer import Reader
from app.services.records import by_code


def add(commands: Any, shared: argparse.ArgumentParser, name: str, command: Any, word: str) -> argparse.ArgumentParser:
    """A command with the shared options; `word` is the key of its help in the catalogue."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name, parents=[shared], help=text(f"cli.{word}"), description=text(f"cli.{word}")
    )
    parser.set_defaults(command=command)
    return parser


def group(commands: Any, name: str, word: str) -> Any:
    """A command that only holds others (`saha people …`)."""
    parser = commands.add_parser(name, help=text(f"cli.{word}"), description=text(f"cli.{word}"))
    return parser.add_subparsers(required=True, metavar="COMMAND")


def place(typed: str) -> Path:
    """The file to write. Raises UserError(no_such_folder, is_a_folder) before any work is done for nothing."""
    out = Path(typed)
    if out.is_dir():
        raise UserError("is_a_folder", file=out.name or str(out))
    if not out.parent.is_dir():
        raise UserError("no_such_folder", folder=out.parent.name or str(out.parent))
    return out


def sites(reader: Reader, codes: list[str] | None) -> list[str]:
    """The ids of the sites with these codes. Raises UserError(no_such_site)."""
    ids = []
    for code in codes or []:
        found = by_code(reader, "site", code)
        if found is None:
            known = ", ".join(sorted(s["code"] for s in reader.list("site")))
            raise UserError("no_such_site", site=code[:60], known=known)
        ids.append(found)
    return ids


def number(typed: str) -> int:
    """How many at the most: a whole number from 1 up."""
    if not (typed.isascii() and typed.isdigit()) or not 1 <= int(typed) <= 1_000_000:
        raise argparse.ArgumentTypeError(text("cli.not_a_count", typed=typed[:60]))
    return int(typed)


def score(typed: str) -> float:
    """A lowest score, 0 to 1."""
    try:
        value = float(typed)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= 1.0:
        raise argparse.ArgumentTypeError(text("cli.not_a_score", typed=typed[:60]))
    return value


def day(typed: str) -> date:
    """A day as 2026-11-21 or 21.11.2026."""
    for separator, order in (("-", (0, 1, 2)), (".", (2, 1, 0))):
        parts = typed.split(separator)
        if len(parts) == 3 and all(part.isdigit() for part in parts):
            try:
                return date(*(int(parts[n]) for n in order))
            except ValueError:
                break
    raise argparse.ArgumentTypeError(text("cli.not_a_day", typed=typed))
