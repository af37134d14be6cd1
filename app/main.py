"""Starts the program: the window, or the command line; the only module that knows both."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run `saha` with these arguments (the process's own by default) and give its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    from app.basics import machine

    machine.no_core_dumps()
    if arguments[:1] == ["--read-roster"]:
        # A packed program is its own interpreter: it starts itself to read a workbook within limits.
        from app.rosters.child import main as read_roster

        return read_roster()
    if wants_window(arguments):
        # The window's toolkit is loaded only when there is a window.
        from app.ui.application import run as run_window

        return run_window(arguments[1:] if arguments[:1] == ["gui"] else arguments)
    from app.cli import run

    return run(arguments)


def wants_window(arguments: Sequence[str]) -> bool:
    """Whether these arguments ask for the window: none, `gui`, or a bundle that was double-clicked."""
    if not arguments or arguments[0] == "gui":
        return True
    return len(arguments) == 1 and arguments[0].lower().endswith((".saha", ".sahakit"))


if __name__ == "__main__":
    sys.exit(main())
