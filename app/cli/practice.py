"""`saha gui`, `demo`, `tour`: the window, and made-up data to look around in."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from app.basics.words import text
from app.cli import arguments
from app.cli.output import Answer
from app.errors import StoreError, UserError
from app.models.store import PRACTICE_PASSPHRASE


def add_commands(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the commands of this module. `gui` itself never comes here: `app.main` opens the window."""
    arguments.add(commands, shared, "gui", _gui, "help_gui")
    tour = arguments.add(commands, shared, "tour", _tour, "help_tour")
    tour.add_argument("folder", metavar="DIR")
    demo = arguments.add(commands, shared, "demo", _demo, "help_demo")
    demo.add_argument("folder", metavar="DIR")
    demo.add_argument("--people", type=int, default=120, metavar="N")
    demo.add_argument("--activities", type=int, default=28, metavar="N")
    demo.add_argument("--seed", type=int, default=1, metavar="S")


def _gui(args: argparse.Namespace) -> Answer:
    raise UserError("window_needs_display")


def _empty(folder: str) -> Path:
    path = Path(folder)
    if path.is_file():
        raise StoreError("store_is_a_file", folder=path.name)
    for name in ("office", "ganja", "nakhchivan", "bundles"):
        if (path / name).exists():
            raise StoreError("store_exists", folder=f"{path.name}/{name}")
    return path


def _passphrase() -> str:
    return os.environ.get("SAHA_PASSPHRASE") or PRACTICE_PASSPHRASE


def _demo(args: argparse.Namespace) -> Answer:
    from app.cli import demo

    folder = _empty(args.folder)
    if args.people < 10 or args.activities < 1:
        raise UserError("demo_too_small")
    made = demo.build(folder, _passphrase(), people=args.people, events=args.activities, seed=args.seed)
    lines = [text("cli.demo_made", folder=folder.name, people=made["people"], activities=made["activities"])]
    return Answer({"folder": str(folder), **made}, lines)


def _tour(args: argparse.Namespace) -> Answer:
    from app.cli import tour

    folder = _empty(args.folder)
    steps: list[dict[str, Any]] = []

    def tell(step: str, **result: Any) -> None:
        steps.append({"step": step, **result})
        if not args.json:
            print(f"{len(steps):>2}. {text('tour.' + step, **result)}", flush=True)

    tour.walk(folder, _passphrase(), tell)
    return Answer({"folder": str(folder), "steps": steps}, [text("tour.look", folder=folder)])
