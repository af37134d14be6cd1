"""What `argparse` itself says, in the language spoken; it decides nothing about arguments."""

from __future__ import annotations

import argparse

from app.basics import words
from app.basics.words import text

_SAID = {
    "usage: ": "cli.usage_usage",
    "positional arguments": "cli.usage_positional",
    "options": "cli.usage_options",
    "show this help message and exit": "cli.usage_help",
    "%(prog)s: error: %(message)s\n": "cli.usage_error",
    "argument %(argument_name)s: %(message)s": "cli.usage_argument",
    "the following arguments are required: %s": "cli.usage_required",
    "unrecognized arguments: %s": "cli.usage_unrecognized",
    "expected one argument": "cli.usage_expected_one",
    "expected at least one argument": "cli.usage_expected_some",
    "invalid choice: %(value)r (choose from %(choices)s)": "cli.usage_choice",
    "invalid %(type)s value: %(value)r": "cli.usage_value",
}


def speak() -> None:
    """Have `argparse` speak from now on; what is not in the catalogue stays English."""
    argparse._ = _translated  # type: ignore[attr-defined]


def _translated(said: str) -> str:
    key = _SAID.get(said)
    if key is None or words.language() == "en":
        return said
    return text(key) + ("\n" if said.endswith("\n") else "")
