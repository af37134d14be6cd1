"""`saha office …`, `join`, `send`, `receive`, `undo-receive`, `conflicts …`, `exchange status`."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.basics.words import known, text
from app.cli import arguments
from app.cli.opening import open_store, passphrase_of, store_folder
from app.cli.output import NEEDS_PERSON, REFUSED, Answer, sentence
from app.errors import UserError
from app.specs.wording import moment_word

_UNITS = {"": 1, "B": 1, "KB": 1000, "MB": 1000_000, "KIB": 1024, "MIB": 1024 * 1024}


def add_commands(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the commands of this module."""
    office = arguments.group(commands, "office", "help_office")
    new = arguments.add(office, shared, "new", _office_new, "help_office_new")
    new.add_argument("--name", metavar="TEXT", required=True)
    kit = arguments.add(office, shared, "kit", _kit, "help_kit")
    kit.add_argument("--site", metavar="CODE", nargs="+", action="extend", default=[])
    kit.add_argument("--instead", action="store_true", help=text("cli.help_instead"))
    kit.add_argument("--laptop", metavar="NAME", required=True)
    kit.add_argument("--out", metavar="FILE", required=True)
    kit.add_argument("--level", metavar="coordinator|clerk|viewer|helper", default="coordinator")
    level = arguments.add(office, shared, "level", _level, "help_level")
    level.add_argument("laptop", metavar="LAPTOP")
    level.add_argument("level", metavar="coordinator|clerk|viewer|helper")
    move = arguments.add(office, shared, "move", _move, "help_move")
    move.add_argument("laptop", metavar="LAPTOP")
    move.add_argument("--site", metavar="CODE", nargs="+", action="extend", required=True)
    lost = arguments.add(office, shared, "lost", _lost, "help_lost")
    lost.add_argument("laptop", metavar="LAPTOP")
    lost.add_argument("--out", metavar="FILE.pdf", help=text("exposure.help_out"))
    join = arguments.add(commands, shared, "join", _join, "help_join")
    join.add_argument("kit", metavar="KIT")
    join.add_argument("--code", metavar="CODE", required=True)
    join.add_argument("--user", metavar="NAME", default="")
    send = arguments.add(commands, shared, "send", _send, "help_send")
    send.add_argument("--to", metavar="FILE|DIR", required=True)
    send.add_argument("--for", dest="receiver", metavar="NAME")
    send.add_argument("--max-size", metavar="8MB", type=_size, default=None)
    send.add_argument("--whole", action="store_true", help=text("cli.help_whole"))
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
    resolve.add_argument("--value", metavar="VALUE", default=None)
    resolve.add_argument("--reason", metavar="TEXT", required=True)
    exchange = arguments.group(commands, "exchange", "help_exchange")
    arguments.add(exchange, shared, "status", _status, "help_exchange_status")
    apart = arguments.add(exchange, shared, "apart", _apart, "help_apart")
    apart.add_argument("--take", metavar="ID", nargs="+", default=[])


def _size(typed: str) -> int:
    digits = typed.rstrip("BbKkMmIi ").strip()
    unit = typed[len(digits) :].strip().upper()
    if not digits.isdigit() or unit not in _UNITS or int(digits) == 0:
        raise argparse.ArgumentTypeError(text("cli.not_a_size", typed=typed))
    return int(digits) * _UNITS[unit]


def _office_new(args: argparse.Namespace) -> Answer:
    from app.sync import office

    folder = store_folder(args)
    office.found_office(folder, passphrase_of(args, new=True), name=args.name).close()
    return Answer({"store": str(folder), "name": args.name}, [text("cli.office_made", name=args.name)])


def _kit(args: argparse.Namespace) -> Answer:
    from app.sync import office

    out = arguments.place(args.out)
    with open_store(args) as store:
        code = office.make_kit(store, args.site, args.laptop, out, level=args.level, instead=args.instead)
    data = {"code": code, "file": str(out), "laptop": args.laptop, "sites": args.site}
    return Answer(data, [text("cli.kit_made", file=out.name), text("cli.kit_code", code=code)])


def _level(args: argparse.Namespace) -> Answer:
    from app.sync import office

    with open_store(args) as store:
        office.give_level(store, args.laptop, args.level)
    return Answer(
        {"laptop": args.laptop, "level": args.level}, [text("cli.level_given", laptop=args.laptop, level=args.level)]
    )


def _move(args: argparse.Namespace) -> Answer:
    from app.sync import office

    with open_store(args) as store:
        office.move_laptop(store, args.laptop, args.site)
    sites = ", ".join(args.site)
    return Answer({"laptop": args.laptop, "sites": args.site}, [text("cli.moved", laptop=args.laptop, sites=sites)])


def _lost(args: argparse.Namespace) -> Answer:
    from app.reports.exposure import exposure_lines, write_exposure
    from app.sync import office

    out = arguments.place(args.out) if args.out else None
    with open_store(args) as store:
        exposed = office.mark_lost(store, args.laptop)
    if out is not None:
        write_exposure(exposed, out)
    lines = [text("cli.lost_marked", name=exposed.name, no=exposed.last_no), *exposure_lines(exposed)]
    return Answer(asdict(exposed), lines)


def _join(args: argparse.Namespace) -> Answer:
    from app.sync import office

    folder = store_folder(args)
    passphrase = passphrase_of(args, new=True)
    with office.join(folder, Path(args.kit), args.code, passphrase, args.user) as store, store.read() as reader:
        name = reader.meta("name")
    return Answer({"store": str(folder), "laptop": name}, [text("cli.joined", name=name)])


def _send(args: argparse.Namespace) -> Answer:
    from app.sync import send

    with open_store(args) as store:
        sent = send.send(store, Path(args.to), for_name=args.receiver, max_size=args.max_size, whole=args.whole)
    data = [{**asdict(one), "path": str(one.path)} for one in sent]
    lines = [line for one in sent for line in _posted(one)]
    return Answer({"bundles": data}, lines or [text("cli.nothing_to_send")])


def _posted(one: Any) -> list[str]:
    """A bundle that was written, for people."""
    lines = [text("cli.sent", file=one.path.name, n=one.writes, receiver=one.to)]
    lines += ["  " + text("cli.sent_attachments", n=one.attachments)] if one.attachments else []
    return [*lines, "  " + text("cli.sent_left_behind", n=one.left_behind)] if one.left_behind else lines


def _receive(args: argparse.Namespace) -> Answer:
    from app.sync import receive

    paths = [Path(path) for path in args.paths]
    for path in paths:
        if not path.exists():
            raise UserError("file_missing", file=path.name)
    with open_store(args) as store:
        taken, refused = (receive.preview_all if args.preview else receive.receive_all)(store, paths)
    # A folder that several receivers share holds bundles for others too: those are no fault of the folder.
    others = [one for one in refused if one.error.code == "bundle_not_for_us" and one.path not in paths]
    refused = [one for one in refused if one not in others]
    lines = [line for one in taken for line in _told(one, args.preview)]
    lines += [text("cli.for_others", n=len(others))] if others else []
    data = {
        "preview": args.preview,
        "received": [asdict(one) for one in taken],
        "for_others": [str(one.path) for one in others],
        "refused": [
            {"file": str(one.path), "code": one.error.code, "params": one.error.params, "message": sentence(one.error)}
            for one in refused
        ],
    }
    if refused:
        for one in refused:
            print(f"{one.path.name}: {sentence(one.error)}", file=sys.stderr)
        return Answer(data, lines or [text("cli.nothing_taken")], REFUSED)
    # A bundle that never came is told but needs nobody: the next one makes up for it.
    needs = any(one.conflicts or one.parked or one.refused or one.state_differs for one in taken)
    return Answer(data, lines or [text("cli.no_bundles_there")], NEEDS_PERSON if needs else 0)


def _told(one: Any, preview: bool) -> list[str]:
    """What a bundle did, for people: from whom, what is new, what needs somebody."""
    word = "cli.would_receive" if preview else "cli.received"
    if one.again:
        return [text("cli.received_again", sender=one.sender, no=one.no)]
    counts = [f"{records_word(r)} +{n}" for r, n in one.created.items()]
    counts += [f"{records_word(r)} ~{n}" for r, n in one.changed.items()]
    counts += [f"{records_word(r)} −{n}" for r, n in one.deleted.items()]
    first = text(word, sender=one.sender, no=one.no, n=one.new, what=", ".join(counts)).rstrip()
    lines = [first if preview else f"{first}  [{one.bundle[:12]}]"]
    told = ("attachments", "wanted", "conflicts", "parked", "refused", "missing", "healed", "evicted", "doubtful")
    for attribute in told:
        value = getattr(one, attribute)
        number = value if isinstance(value, int) else len(value)
        if number:
            numbers = ", ".join(map(str, getattr(one, attribute)[:12])) if attribute in ("missing", "healed") else ""
            lines.append("  " + text(f"cli.receive_{attribute}", n=number, numbers=numbers))  # words: cli.receive_*
    for attribute in ("copied", "we_were_set_back", "state_differs", "moment_doubtful"):
        if getattr(one, attribute):
            lines.append("  " + text(f"cli.receive_{attribute}", sender=one.sender, made=moment_word(one.made)))
    if one.set_back_at is not None:
        lines.append("  " + text("cli.receive_set_back", sender=one.sender, no=one.set_back_at))
    return lines


def _notes(one: Any) -> list[str]:
    """What about a partner a person should know."""
    said = [text("cli.status_lost")] if one.state == "lost" else []
    said += [text("cli.status_two_stores")] if one.stores > 1 else []
    said += [text("cli.status_restored", no=one.restored_at)] if one.restored_at is not None else []
    said += [text("cli.status_healed", numbers=", ".join(map(str, one.healed[-12:])))] if one.healed else []
    return [*said, text("cli.status_differs")] if one.state_differs else said


def records_word(record: str) -> str:
    """A record type's name for many, in the language spoken; the type itself where the catalogue is older."""
    return text(f"records.{record}.many") if known(f"records.{record}.many") else record  # words: records.*


def label_of(record: str, field: str) -> str:
    """A field's label: its own, else the one that all records share."""
    own = f"records.{record}.{field}"
    return text(own if known(own) else f"records.{field}")  # words: records.*


def _field_word(record: str, field: str) -> str:
    """A field of a dispute in words: the label, for details and members of sets that of the field, else as it is."""
    if field == "deleted":
        return text("cli.field_deleted")
    stem = field.partition("/")[0].removeprefix("details.")
    shared, own = f"records.{stem}", f"records.{record}.{stem}"
    return label_of(record, stem) if known(own) or known(shared) else field


def _undo(args: argparse.Namespace) -> Answer:
    from app.sync import receive

    with open_store(args) as store:
        undone = receive.undo_receive(store, _bundle_id(args.bundle))
    return Answer({"bundle": args.bundle, "undone": undone}, [text("cli.receive_undone")])


def _bundle_id(named: str) -> str:
    """The id of a bundle: as it is, or that of the file that is named."""
    from app.sync import package

    path = Path(named)
    return package.read_header(package.load_package(path)).bundle if path.is_file() else named


def _conflicts(args: argparse.Namespace) -> Answer:
    from app.sync import conflicts

    with open_store(args) as store, store.read() as reader:
        stories = conflicts.conflicts(reader)
    lines = []
    for story in stories:
        lines.append(
            f"{story.id}  {records_word(story.record)}: {story.title} · {_field_word(story.record, story.field)}"
        )
        lines += [f"    {told}" for told in conflicts.tell(story)]
        lines += [f"    {text('cli.conflict_more', n=len(story.others))}"] if story.others else []
    data = {"conflicts": [asdict(story) for story in stories]}
    return Answer(data, lines or [text("cli.no_conflicts")], NEEDS_PERSON if stories else 0)


def _resolve(args: argparse.Namespace) -> Answer:
    from app.sync import conflicts

    if not args.reason.strip():
        raise UserError("conflict_without_reason")
    take, value = (args.take, None) if args.take in ("ours", "theirs") else ("value", _value(args))
    with open_store(args) as store:
        store.write(lambda w: conflicts.resolve(w, args.id, take, value=value, reason=args.reason))
    return Answer({"resolved": args.id, "take": args.take}, [text("cli.conflict_resolved")])


def _value(args: argparse.Namespace) -> Any:
    """The value to take: after `--take value` that of --value, else the word itself; JSON where it is JSON."""
    typed = args.value if args.take == "value" and args.value is not None else args.take
    try:
        return json.loads(typed)
    except ValueError:
        return typed


def _status(args: argparse.Namespace) -> Answer:
    from app.sync import status

    with open_store(args) as store, store.read() as reader:
        state = status.status(reader)
        mail = status.mail(reader)
        sites = {site["id"]: site["code"] for site in reader.list("site")}
    unsent = text("cli.status_unsent", n=state.unsent, days=state.oldest_days or 0)
    lines = [
        unsent if state.unsent else text("cli.status_all_confirmed"),
        text("cli.status_open", conflicts=state.conflicts, parked=state.parked, apart=state.kept_apart),
    ]
    if state.clock_behind:
        lines.append(text("cli.status_clock", made=moment_word(state.clock_behind)))
    for one in state.partners:
        where = ", ".join(sites.get(site, site) for site in one.sites)
        age = text("cli.days_ago", n=one.age_days) if one.age_days is not None else text("cli.never")
        missing = ", ".join(map(str, one.missing)) or "–"
        about: dict[str, Any] = {"name": one.name, "sites": where or "–", "age": age, "no": one.last_no}
        said = text("cli.status_partner", **about, confirmed=one.confirmed_no, missing=missing, n=one.unconfirmed)
        lines.append("; ".join([said, *_notes(one)]))
    partners = [{**asdict(one), "site_codes": [sites.get(site, site) for site in one.sites]} for one in state.partners]
    data = {**asdict(state), "partners": partners, "mail": [asdict(one) for one in mail]}
    return Answer(data, lines)


def _apart(args: argparse.Namespace) -> Answer:
    """What is kept apart and what waits for another row; with --take somebody has looked and found it right."""
    from app.sync import apart, receive

    with open_store(args) as store:
        with store.read() as reader:
            kept, waiting = apart.kept_apart(reader), apart.waiting(reader)
        if args.take:
            wanted = [one for one in kept if any(one.id.startswith(typed) for typed in args.take if typed)]
            if not wanted:
                raise UserError("no_such_write", id=args.take[0][:40])
            taken = receive.take_from_quarantine(store, [bytes.fromhex(one.id) for one in wanted])
            return Answer({"taken": [one.id for one in wanted]}, [text("cli.apart_taken", n=taken.new)])
    lines = []
    for one in kept:
        key = f"apart.reason_{one.reason}"
        reason = text(key) if known(key) else text("apart.reason_other", reason=one.reason)  # words: apart.reason_*
        lines.append(f"{one.id[:12]}  {one.sender} · {records_word(one.record)}: {one.title} · {reason}")
        lines += [f"    {field}: {value}" for field, value in one.changes]
    lines += [text("cli.apart_waits", what=f"{records_word(one.record)}: {one.title}") for one in waiting]
    data = {"kept_apart": [asdict(one) for one in kept], "waiting": [asdict(one) for one in waiting]}
    return Answer(data, lines or [text("cli.nothing_apart")], NEEDS_PERSON if lines else 0)
