"""`saha check`, `saha backup …`, `saha erase`: looking after the store."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.basics.words import text
from app.cli import arguments
from app.cli.opening import open_store, passphrase_of, store_folder
from app.cli.output import STORE, Answer
from app.errors import StoreError, UserError
from app.models import integrity
from app.services import backup
from app.specs.wording import moment_word


def add_commands(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the commands of this module."""
    check = arguments.add(commands, shared, "check", _check, "help_check")
    check.add_argument("--repair", action="store_true", help=text("cli.help_repair"))
    group = arguments.group(commands, "backup", "help_backup")
    arguments.add(group, shared, "now", _backup_now, "help_backup_now")
    arguments.add(group, shared, "list", _backup_list, "help_backup_list")
    erase = arguments.add(commands, shared, "erase", _erase, "help_erase")
    erase.add_argument("person", metavar="PERSON")
    erase.add_argument("--reason", metavar="TEXT", required=True)
    restore = arguments.add(group, shared, "restore", _backup_restore, "help_backup_restore")
    restore.add_argument("file", metavar="FILE")


def _check(args: argparse.Namespace) -> Answer:
    with open_store(args) as store:
        found = integrity.check(store, repair=args.repair)
    data = {
        "sound": found.sound,
        "writes": found.writes,
        "rows": found.rows,
        "findings": [{"code": code, "where": where} for code, where in found.bad],
        "repaired": found.repaired,
        "left": [{"code": code, "where": where} for code, where in found.left],
    }
    if found.sound:
        return Answer(data, [text("cli.store_sound", writes=found.writes, rows=found.rows)])
    lines = [f"{text('checks.' + code)}: {where}" for code, where in found.bad[:50]]
    if found.repaired:
        lines.append(text("cli.store_repaired", n=found.repaired))
    if not found.left:
        return Answer(data, lines)
    return Answer(data, [*lines, text("cli.store_unsound", n=len(found.left))], STORE)


def _erase(args: argparse.Namespace) -> Answer:
    from app.sync import erasure

    if not args.reason.strip():
        raise UserError("erasure_without_reason")
    with open_store(args) as store:
        blanked = erasure.erase_person(store, args.person, args.reason)
    return Answer({"erased": args.person, "writes": blanked}, [text("cli.erased")])


def _backup_now(args: argparse.Namespace) -> Answer:
    with open_store(args) as store:
        made = backup.make(store)
    return Answer({"file": str(made.path), "size": made.size}, [text("cli.backup_made", file=made.path.name)])


def _backup_list(args: argparse.Namespace) -> Answer:
    folder = store_folder(args)
    if not folder.is_dir():
        raise StoreError("store_missing", folder=folder.name)
    found = backup.listed(folder)
    data = [{"file": str(b.path), "made": b.made, "size": b.size} for b in found]
    lines = [f"{moment_word(b.made)}  {b.size:>12,}  {b.path}" for b in found]
    return Answer(data, lines or [text("cli.no_backups")])


def _backup_restore(args: argparse.Namespace) -> Answer:
    folder = store_folder(args)
    told = backup.restore(folder, Path(args.file), passphrase_of(args))
    lines = [text("cli.backup_restored", file=Path(args.file).name), text("cli.backup_lost", n=told.lost_writes)]
    return Answer({"restored": str(args.file), "lost_writes": told.lost_writes, "kept_as": str(told.kept_as)}, lines)
