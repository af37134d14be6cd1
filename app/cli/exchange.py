"""`saha office …`, `join`, `send`, `receive`, `undo-receive`, `conflicts …`, `exchange status`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.basics.words import text
from app.cli import arguments
from app.cli.opening import open_store, passphrase_of, store_folder
from app.cli.output import NEEDS_PERSON, REFUSED, Answer, sentence
from app.errors import UserError

_UNITS = {"": 1, "B": 1, "KB": 1000, "MB": 1000_000, "KIB": 1024, "MIB": 1024 * 1024}


def add_commands(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the commands of this module."""
    office = arguments.group(commands, "office", "help_office")
    new = arguments.add(office, shared, "new", _office_new, "help_office_new")
    new.add_argument("--name", metavar="TEXT", required=True)
    kit = arguments.add(office, shared, "kit", _kit, "help_kit")
    kit.add_argument("--site", metavar="CODE", nargs="+", action="extend", required=True)
    kit.add_argument("--laptop", metavar="NAME", required=True)
    kit.add_argument("--out", metavar="FILE", required=True)
    lost = arguments.add(office, shared, "lost", _lost, "help_lost")
    lost.add_argument("laptop", metavar="LAPTOP")
    join = arguments.add(commands, shared, "join", _join, "help_join")
    join.add_argument("kit", metavar="KIT")
    join.add_argument("--code", metavar="CODE", required=True)
    join.add_argument("--user", metavar="NAME", default="")
    send = arguments.add(commands, shared, "send", _send, "help_send")
    send.add_argument("--to", metavar="FILE|DIR", required=True)
    send.add_argument("--for", dest="receiver", metavar="NAME")
    send.add_argument("--max-size", metavar="8MB", type=_size, default=None)
    receive = arguments.add(commands, shared, "receive", _receive, "help_receive")
    receive.add_argument("paths", metavar="FILE|DIR", nargs="+")
    receive.add_argument("--preview", action="store_true")
    undo = arguments.add(commands, shared, "undo-receive", _undo, "help_undo_receive")
    undo.add_argument("bundle", metavar="BUNDLE")
    conflicts = arguments.group(commands, "conflicts", "help_conflicts")
    arguments.add(conflicts, shared, "list", _conflicts, "help_conflicts_list")
    resolve = arguments.add(conflicts, shared, "resolve", _resolve, "help_conflicts_resolve")
    resolve.add_argument("id", metavar="ID")
    resolve.add_argument("--take", metavar="ours|theirs|VALUE", required=True)
    resolve.add_argument("--reason", metavar="TEXT", required=True)
    exchange = arguments.group(commands, "exchange", "help_exchange")
    arguments.add(exchange, shared, "status", _status, "help_exchange_status")


def _size(typed: str) -> int:
    digits = typed.rstrip("BbKkMmIi ").strip()
    unit = typed[len(digits) :].strip().upper()
    if not digits.isdigit() or unit not in _UNITS or int(digits) == 0:
        raise argparse.ArgumentTypeError(text("cli.not_a_size", typed=typed))
    return int(digits) * _UNITS[unit]


def _office_new(args: argparse.Namespace) -> Answer:
    from app.sync import office

    folder = store_folder(args)
    office.found_office(folder, passphrase_of(args, new=True), args.name).close()
    return Answer({"store": str(folder), "name": args.name}, [text("cli.office_made", name=args.name)])


def _kit(args: argparse.Namespace) -> Answer:
    from app.sync import office

    out = Path(args.out)
    with open_store(args) as store:
        code = office.make_kit(store, args.site, args.laptop, out)
    data = {"code": code, "file": str(out), "laptop": args.laptop, "sites": args.site}
    return Answer(data, [text("cli.kit_made", file=out.name), text("cli.kit_code", code=code)])


def _lost(args: argparse.Namespace) -> Answer:
    from app.sync import office

    with open_store(args) as store:
        exposure = office.mark_lost(store, args.laptop)
    return Answer(asdict(exposure), exposure.lines())


def _join(args: argparse.Namespace) -> Answer:
    from app.sync import office

    folder = store_folder(args)
    with office.join(folder, Path(args.kit), args.code, passphrase_of(args, new=True), args.user) as store:
        name = store.read_meta("name")
    return Answer({"store": str(folder), "laptop": name}, [text("cli.joined", name=name)])


def _send(args: argparse.Namespace) -> Answer:
    from app.sync import send

    with open_store(args) as store:
        sent = send.send(store, Path(args.to), for_name=args.receiver, max_size=args.max_size)
    data = [{**asdict(one), "path": str(one.path)} for one in sent]
    lines = [text("cli.sent", file=one.path.name, n=one.writes, receiver=one.receiver) for one in sent]
    return Answer({"bundles": data}, lines or [text("cli.nothing_to_send")])


def _receive(args: argparse.Namespace) -> Answer:
    from app.sync import receive

    paths = receive.bundles_in([Path(path) for path in args.paths])
    lines: list[str] = []
    results: list[dict[str, Any]] = []
    code = 0
    with open_store(args) as store:
        for path, outcome in receive.preview_all(store, paths) if args.preview else receive.receive_all(store, paths):
            if isinstance(outcome, UserError):
                told = sentence(outcome)
                results.append({"file": str(path), "refused": outcome.code, "message": told})
                lines.append(f"{path.name}: {told}")
                code = REFUSED
            else:
                results.append({"file": str(path), **outcome.as_data()})
                lines += [f"{path.name}: {line}" for line in outcome.lines()]
                if outcome.needs_person and code == 0:
                    code = NEEDS_PERSON
    if not paths:
        lines.append(text("cli.no_bundles_there"))
    return Answer({"bundles": results, "preview": args.preview}, lines, code)


def _undo(args: argparse.Namespace) -> Answer:
    from app.sync import receive

    with open_store(args) as store:
        undone = receive.undo_receive(store, args.bundle)
    return Answer({"bundle": args.bundle, "undone": undone}, [text("cli.receive_undone")])


def _conflicts(args: argparse.Namespace) -> Answer:
    from app.sync import conflicts

    with open_store(args) as store, store.read() as reader:
        stories = conflicts.conflicts(reader)
        lines = [line for story in stories for line in (story.id, *(f"    {told}" for told in story.lines()))]
    data = [story.as_data() for story in stories]
    return Answer({"conflicts": data}, lines or [text("cli.no_conflicts")], NEEDS_PERSON if stories else 0)


def _resolve(args: argparse.Namespace) -> Answer:
    from app.sync import conflicts

    take, value = (args.take, None) if args.take in ("ours", "theirs") else ("value", args.take)
    with open_store(args) as store:
        store.write(lambda w: conflicts.resolve(w, args.id, take, value=value, reason=args.reason))
    return Answer({"resolved": args.id, "take": args.take}, [text("cli.conflict_resolved")])


def _status(args: argparse.Namespace) -> Answer:
    from app.sync import status

    with open_store(args) as store, store.read() as reader:
        state = status.status(reader)
    return Answer(state.as_data(), state.lines())
