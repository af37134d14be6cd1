"""`saha report` and `saha archive`: what leaves the register as a file."""

from __future__ import annotations

import argparse
from typing import Any

from app.basics import words
from app.basics.words import text
from app.cli import arguments
from app.cli.opening import open_store
from app.cli.output import Answer


def add_commands(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the commands of this module."""
    report = arguments.add(commands, shared, "report", _report, "help_report")
    report.add_argument("name", metavar="NAME")
    report.add_argument("--site", metavar="CODE", nargs="+", action="extend", default=[])
    report.add_argument("--from", dest="start", metavar="D", type=arguments.day, default=None)
    report.add_argument("--to", dest="end", metavar="D", type=arguments.day, default=None)
    report.add_argument("--activity", metavar="ID")
    report.add_argument("--out", metavar="FILE", required=True)
    archive = arguments.add(commands, shared, "archive", _archive, "help_archive")
    archive.add_argument("--out", metavar="FILE.db", required=True)


def _report(args: argparse.Namespace) -> Answer:
    from app.reports import catalogue

    out = arguments.place(args.out)
    with open_store(args) as store, store.read() as reader:
        catalogue.make(
            reader,
            args.name,
            out,
            sites=arguments.sites(reader, args.site),
            start=args.start,
            end=args.end,
            activity=args.activity,
            language=args.language or words.language(),
        )
    return Answer({"report": args.name, "file": str(out)}, [text("cli.report_written", file=out.name)])


def _archive(args: argparse.Namespace) -> Answer:
    from app.reports import archive

    out = arguments.place(args.out)
    with open_store(args) as store, store.read() as reader:
        archive.write(reader, out)
    warning = text("cli.archive_not_encrypted")
    return Answer({"file": str(out), "warning": warning}, [warning, text("cli.report_written", file=out.name)])
