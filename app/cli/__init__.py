"""The command line `saha`: the same services as the window, for scripts and checks; never loads Qt."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from app.basics import words
from app.basics.words import text
from app.cli import usage
from app.cli.output import Answer, show, show_error, show_fault
from app.errors import Cancelled, Invalid, UserError

Command = Callable[[argparse.Namespace], Answer]


def run(argv: Sequence[str]) -> int:
    """Carry out one command and give its exit code; no traceback reaches a person."""
    _speak(argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    args = _parser().parse_args(list(argv))
    as_json = bool(getattr(args, "json", False))
    try:
        answer = args.command(args)
    except (UserError, Invalid) as error:
        return show_error(error, as_json=as_json)
    except Cancelled:
        return 130
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader has had enough (`saha … | head`): not an error, and nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return show_error(machine_trouble(error), as_json=as_json)
    except Exception as error:  # the last door: a fault of ours is told in a line, without values
        return show_fault(error, as_json=as_json)
    show(answer, as_json=as_json)
    return answer.code


def machine_trouble(error: OSError) -> UserError:
    """The machine's trouble as something a person can act on; names no path, because paths name people."""
    import errno
    from pathlib import Path

    name = (Path(str(error.filename)).name or str(error.filename)) if error.filename else ""
    codes = {
        errno.ENOENT: "file_missing",
        errno.ENOSPC: "no_space",
        errno.EROFS: "read_only",
        errno.EACCES: "no_permission",
        errno.EPERM: "no_permission",
        errno.EISDIR: "is_a_folder",
        errno.ENOTDIR: "not_a_folder",
    }
    code = codes.get(error.errno or 0)
    if code is None:
        return UserError("machine_trouble", file=name, reason=error.strerror or "")
    # words: errors.file_missing, errors.no_space, errors.read_only, errors.no_permission, errors.is_a_folder
    # words: errors.not_a_folder
    return UserError(code, file=name)


def _speak(argv: Sequence[str]) -> None:
    """Choose the language before any help is printed: --language, else SAHA_LANGUAGE, else English."""
    wanted = os.environ.get("SAHA_LANGUAGE", "en")
    for position, argument in enumerate(argv):
        if argument == "--language" and position + 1 < len(argv):
            wanted = argv[position + 1]
        elif argument.startswith("--language="):
            wanted = argument.partition("=")[2]
    words.use_language(wanted if wanted in words.LANGUAGES else "en")
    usage.speak()


def _parser() -> argparse.ArgumentParser:
    from app.cli import care, certificates, exchange, papers, people, practice, register

    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--store", metavar="DIR", default=None, help=text("cli.help_store"))
    shared.add_argument("--passphrase-file", metavar="FILE", default=None, help=text("cli.help_passphrase_file"))
    shared.add_argument("--json", action="store_true", help=text("cli.help_json"))
    shared.add_argument("--language", choices=words.LANGUAGES, default=None, help=text("cli.help_language"))
    parser = argparse.ArgumentParser(prog="saha", description=text("cli.help_saha"), epilog=text("cli.help_exit_codes"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for part in (practice, exchange, register, people, papers, certificates, care):
        part.add_commands(commands, shared)
    return parser
