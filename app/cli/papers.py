"""`saha report` and `saha archive`: what leaves the register as a file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.basics import words
from app.basics.words import text
from app.cli import arguments
from app.cli.opening import open_store
from app.cli.output import Answer
from app.errors import UserError


def add_commands(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the commands of this module."""
    report = arguments.add(commands, shared, "report", _report, "help_report")
    report.add_argument("name", metavar="NAME")
    report.add_argument("--site", metavar="CODE", nargs="+", action="extend", default=[])
    report.add_argument("--from", dest="start", metavar="D", type=arguments.day, default=None)
    report.add_argument("--to", dest="end", metavar="D", type=arguments.day, default=None)
    report.add_argument("--activity", metavar="ID")
    report.add_argument("--out", metavar="FILE", required=True)
    report.add_argument("--publish", action="store_true", help=text("cli.help_publish"))
    report.add_argument("--reason", metavar="TEXT", default="", help=text("cli.help_reason"))
    report.add_argument("--password-file", metavar="FILE", default=None, help=text("cli.help_password_file"))
    archive = arguments.add(commands, shared, "archive", _archive, "help_archive")
    archive.add_argument("--out", metavar="FILE.db", required=True)


def _password(file: str | None) -> str:
    """The first line of the file with the password; empty without one. Raises UserError(file_missing)."""
    if file is None:
        return ""
    try:
        return (Path(file).read_text(encoding="utf-8").splitlines() or [""])[0]
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("file_missing", file=Path(file).name) from error


def _report(args: argparse.Namespace) -> Answer:
    from app.reports import catalogue
    from app.services import exports

    out, password = arguments.place(args.out), _password(args.password_file)
    with open_store(args) as store:
        with store.read() as reader:
            if args.reason or password:
                exports.check(reader, args.reason, password)
            catalogue.make(
                reader,
                args.name,
                out,
                sites=arguments.sites(reader, args.site),
                start=args.start,
                end=args.end,
                activity=args.activity,
                language=args.language or words.language(),
                publish=args.publish,
                password=password,
            )
        if args.name in catalogue.NAMED:
            store.write(lambda w: exports.note(w, args.name, args.reason, people=0, locked=bool(password)))
    return Answer({"report": args.name, "file": str(out)}, [text("cli.report_written", file=out.name)])


def _archive(args: argparse.Namespace) -> Answer:
    from app.reports import archive

    out = arguments.place(args.out)
    with open_store(args) as store, store.read() as reader:
        archive.write(reader, out)
    warning = text("cli.archive_not_encrypted")
    return Answer({"file": str(out), "warning": warning}, [warning, text("cli.report_written", file=out.name)])
