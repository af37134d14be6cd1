"""`saha people …`: find, match, import, duplicates."""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

from app.basics.words import text
from app.cli import arguments
from app.cli.opening import open_store
from app.cli.output import NEEDS_PERSON, Answer
from app.errors import UserError
from app.services import people


def add_commands(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the commands of this module."""
    group = arguments.group(commands, "people", "help_people")
    imported = arguments.add(group, shared, "import", _import, "help_import")
    imported.add_argument("file", metavar="FILE")
    imported.add_argument("--activity", metavar="ID")
    imported.add_argument("--map", metavar="FILE")
    imported.add_argument("--preview", action="store_true")
    find = arguments.add(group, shared, "find", _find, "help_find")
    find.add_argument("text", metavar="TEXT")
    find.add_argument("--limit", metavar="N", type=arguments.number, default=5)
    match = arguments.add(group, shared, "match", _match, "help_match")
    match.add_argument("candidates", metavar="CANDIDATES.csv")
    match.add_argument("--limit", metavar="N", type=arguments.number, default=5)
    pairs = arguments.add(group, shared, "pairs", _pairs, "help_pairs")
    pairs.add_argument("records", metavar="RECORDS.csv")
    pairs.add_argument("--min-score", type=arguments.score, default=None, metavar="S")
    arguments.add(group, shared, "duplicates", _duplicates, "help_duplicates")
    merge = arguments.add(group, shared, "merge", _merge, "help_merge")
    merge.add_argument("keep", metavar="KEEP")
    merge.add_argument("other", metavar="OTHER")
    split = arguments.add(group, shared, "split", _split, "help_split")
    split.add_argument("other", metavar="OTHER")


def _find(args: argparse.Namespace) -> Answer:
    from app.names.match import equation
    from app.services.comparing import other_names

    with open_store(args) as store, store.read() as reader:
        found = people.find(reader, args.text, args.limit)
    data = [
        {
            "id": f.person["id"],
            "name": people.full_name(f.person),
            "unit": f.person["unit"],
            "rank": f.person["rank"],
            "score": round(f.score, 4),
            "spelled": equation(args.text, people.full_name(f.person), *other_names(f.person).splitlines()),
        }
        for f in found
    ]
    lines = ["  ".join(filter(None, (d["id"], d["name"], d["unit"], d["spelled"]))) for d in data]
    return Answer(data, lines or [text("cli.nobody_found")])


def _match(args: argparse.Namespace) -> Answer:
    from app.names import commands

    queries = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace")
    if args.json:
        told = io.StringIO()
        commands.match_stream(Path(args.candidates), queries, told, args.limit)
        return Answer([line.split("\t") if line else [] for line in told.getvalue().splitlines()])
    commands.match_stream(Path(args.candidates), queries, sys.stdout, args.limit)
    raise SystemExit(0)


def _pairs(args: argparse.Namespace) -> Answer:
    from app.names import commands

    if args.json:
        told = io.StringIO()
        commands.pairs_stream(Path(args.records), told, args.min_score)
        rows = csv.DictReader(io.StringIO(told.getvalue()))
        return Answer([{**row, "score": float(row["score"])} for row in rows])
    commands.pairs_stream(Path(args.records), sys.stdout, args.min_score)
    raise SystemExit(0)


def _mapping(path: Path) -> Any:
    """What a --map file holds. Raises UserError(roster_mapping_wrong) for one that is no JSON."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError:
        raise UserError("roster_mapping_wrong", field=path.name[:60]) from None


def _import(args: argparse.Namespace) -> Answer:
    from app.services import people_import

    mapping = _mapping(Path(args.map)) if args.map else None
    with open_store(args) as store:
        with store.read() as reader:
            plan = people_import.plan(reader, Path(args.file), activity=args.activity, mapping=mapping)
        data: dict[str, Any] = plan.as_data()
        lines = plan.lines()
        if args.preview:
            return Answer({**data, "applied": False}, [*lines, text("cli.import_preview_only")])
        outcome = store.write(lambda w: people_import.apply(w, plan))
    data |= {"applied": True, **outcome.value.as_data()}
    code = NEEDS_PERSON if plan.needs_person else 0
    return Answer(data, [*lines, *outcome.value.lines()], code)


def _duplicates(args: argparse.Namespace) -> Answer:
    from app.services import duplicates

    with open_store(args) as store, store.read() as reader:
        pairs = duplicates.queue(reader)
    data: list[dict[str, Any]] = [
        {
            "score": round(p.score, 4),
            "persons": [{"id": x["id"], "name": people.full_name(x)} for x in (p.one, p.other)],
            "reasons": list(p.reasons),
        }
        for p in pairs
    ]
    lines = [f"{d['score']:.2f}  {d['persons'][0]['name']}  =  {d['persons'][1]['name']}" for d in data]
    return Answer(data, lines or [text("cli.no_duplicates")], NEEDS_PERSON if pairs else 0)


def _merge(args: argparse.Namespace) -> Answer:
    with open_store(args) as store:
        store.write(lambda w: people.merge(w, args.keep, args.other))
    return Answer({"kept": args.keep, "merged": args.other}, [text("cli.merged")])


def _split(args: argparse.Namespace) -> Answer:
    with open_store(args) as store:
        store.write(lambda w: people.split(w, args.other))
    return Answer({"split": args.other}, [text("cli.was_split")])
