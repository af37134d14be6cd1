"""`saha records …`: what the register holds, as lines of JSON."""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path
from typing import Any

from app.basics.words import text
from app.cli import arguments
from app.cli.opening import open_store
from app.cli.output import Answer
from app.errors import UserError
from app.services import records


def add_commands(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the commands of this module."""
    group = arguments.group(commands, "records", "help_records")
    arguments.add(group, shared, "types", _types, "help_types")
    put = arguments.add(group, shared, "put", _put, "help_put")
    put.add_argument("file", metavar="FILE|-")
    plan = arguments.add(group, shared, "plan", _plan, "help_plan")
    plan.add_argument("code", metavar="CODE", nargs="?", default="community_policing_2009")
    plan.add_argument("--year", metavar="YYYY", type=int, default=None)
    dump = arguments.add(group, shared, "dump", _dump, "help_dump")
    dump.add_argument("--type", metavar="T")
    dump.add_argument("--site", metavar="CODE")


def _types(args: argparse.Namespace) -> Answer:
    from app.specs import choices, kinds

    return Answer(
        {
            "types": records.types(),
            "kinds": [
                {
                    "code": kind.code,
                    "labels": dict(kind.labels),
                    "shape": kind.shape,
                    "privacy": kind.privacy,
                    "counts_as_trained": kind.counts_as_trained,
                    "duty": kind.duty,
                    "facets": list(kind.facets),
                    "fields": [{"name": f.name, "type": f.type.name, "required": f.required} for f in kind.fields],
                }
                for kind in kinds.kinds().values()
            ],
            "choices": {
                name: {code: dict(entry.labels) for code, entry in choices.choices(name).items()}
                for name in choices.lists()
            },
        }
    )


def _put(args: argparse.Namespace) -> Answer:
    lines = _lines(args.file)
    with open_store(args) as store:
        ids = store.write(lambda w: records.apply_lines(w, lines)).value
    return Answer({"ids": ids}, ids)


def _plan(args: argparse.Namespace) -> Answer:
    from app.services import activities

    with open_store(args) as store:
        project, made = store.write(lambda w: activities.load_plan(w, args.code, args.year)).value
    return Answer({"project": project, "rows": made}, [text("plan.loaded", n=made)])


def _lines(name: str) -> list[str]:
    try:
        if name == "-":
            stream = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig")
            return stream.read().split("\n")  # a line of JSON may hold other ends of line within its texts
        return Path(name).read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise UserError("file_not_utf8", file=text("cli.standard_input") if name == "-" else Path(name).name) from error


def _dump(args: argparse.Namespace) -> Answer:
    with open_store(args) as store, store.read() as reader:
        site = arguments.sites(reader, [args.site])[0] if args.site else None
        lines = list(records.dump_lines(reader, args.type, site))
    if args.json:
        import json

        return Answer([json.loads(line) for line in lines])
    return Answer(None, lines)
