"""`saha certificates …`: issue those of an activity, check a number that somebody shows."""

from __future__ import annotations

import argparse
from typing import Any

from app.basics import words
from app.basics.words import text
from app.cli import arguments
from app.cli.opening import open_store
from app.cli.output import NEEDS_PERSON, Answer
from app.errors import UserError
from app.services.records import by_code


def add_commands(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the commands of this module."""
    group = arguments.group(commands, "certificates", "help_certificates")
    issue = arguments.add(group, shared, "issue", _issue, "help_certificates_issue")
    issue.add_argument("--activity", metavar="ID", required=True)
    issue.add_argument("--template", metavar="CODE")
    issue.add_argument("--signed-by", metavar="NAME", default="")
    issue.add_argument("--out", metavar="FILE.pdf", required=True)
    check = arguments.add(group, shared, "check", _check, "help_certificates_check")
    check.add_argument("serial", metavar="NUMBER")


def _issue(args: argparse.Namespace) -> Answer:
    from app.reports import certificates as papers
    from app.reports.files import check_format
    from app.reports.template_text import left_out_sentence
    from app.services import certificates, people

    out, language = arguments.place(args.out), args.language or words.language()
    check_format(out, (".pdf",))
    with open_store(args) as store:
        with store.read() as reader:
            template = by_code(reader, "template", args.template) if args.template else None
            if args.template and template is None:
                known = ", ".join(row["code"] for row in certificates.templates(reader)) or "–"
                raise UserError("no_such_template", template=args.template[:60], known=known)
        issued = store.write(
            lambda w: certificates.issue(
                w, args.activity, language=language, template=template, issued_by=args.signed_by
            )
        ).value
        with store.read() as reader:
            serials = [(reader.get("certificate", row) or {})["serial"] for row in (*issued.new, *issued.earlier)]
            left = []
            for one in issued.left_out:
                person = reader.get("person", one.person) if one.person else None
                name = people.full_name(person) if person else ""
                why = left_out_sentence(one.reason, one.params)
                left.append({"participation": one.participation, "name": name, "reason": one.reason, "message": why})
            printed = papers.Printed()
            if serials:
                printed = papers.write(reader, args.activity, out, only=[*issued.new, *issued.earlier])
    data = {
        "file": str(out) if printed.pages else None,
        "pages": printed.pages,
        "new": len(issued.new),
        "serials": serials,
        "left_out": left,
        "failed": [{"certificate": row, "error": code, "params": params} for row, code, params in printed.failed],
    }
    lines = [f"{one['name']}: {one['message']}".lstrip(": ") for one in left]
    lines += [text(f"errors.{code}", **params) for _, code, params in printed.failed]  # words: errors.*
    lines.append(text("papers.certificates_made", n=printed.pages, file=out.name))
    return Answer(data, lines, NEEDS_PERSON if printed.failed else 0)


def _check(args: argparse.Namespace) -> Answer:
    from app.models.queries.certificates import check
    from app.reports.certificates import serial_sentence

    with open_store(args) as store, store.read() as reader:
        found = check(reader, args.serial)
        said = serial_sentence(reader, args.serial, words.language())
    data = {"state": found.state, "serial": found.serial or None, "message": said}
    return Answer(data, [said], 0 if found.state == "valid" else NEEDS_PERSON)
