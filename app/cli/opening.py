"""Opens the store that a command names; the passphrase is never an argument."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path

from app.basics.paths import default_store
from app.errors import StoreError
from app.keys import slots
from app.models.store import PRACTICE_PASSPHRASE, Store


def passphrase_of(args: argparse.Namespace, *, new: bool = False) -> str:
    """SAHA_PASSPHRASE, else the first line of --passphrase-file, else a prompt. StoreError(no_passphrase)."""
    given = os.environ.get("SAHA_PASSPHRASE")
    if given:
        return given
    if args.passphrase_file:
        try:
            lines = Path(args.passphrase_file).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError("passphrase_file_unreadable", file=Path(args.passphrase_file).name) from error
        return lines[0] if lines else ""
    folder = store_folder(args)
    if not new and slots.exists(folder) and slots.is_practice(folder):
        return PRACTICE_PASSPHRASE
    if sys.stdin is not None and sys.stdin.isatty():
        from app.basics.words import text

        return getpass.getpass(text("cli.ask_passphrase") + " ")
    raise StoreError("no_passphrase")


def store_folder(args: argparse.Namespace) -> Path:
    """The folder that --store names, or the platform's own."""
    return Path(args.store) if args.store else default_store()


def open_store(args: argparse.Namespace) -> Store:
    """The store of this command, open. Raises StoreError."""
    folder = store_folder(args)
    if folder.is_file():
        raise StoreError("store_is_a_file", folder=folder.name)
    return Store.open(folder, passphrase_of(args))
