"""Starts Sahə from a clone: `python3 installer/run.py`; holds nothing of the program itself, changes no real data.

Without arguments: the window on practice data, or `saha tour` where there is no screen. Arguments are those of `saha`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

from environment import PYTHON, ROOT, environment, prepare
from words import say


def main() -> NoReturn:
    """Prepare what is needed for this start and become the program."""
    arguments = sys.argv[1:]
    display = has_display()
    prepare("runtime", window=wants_window(arguments))
    if arguments:
        become(arguments, {})
    practice = {"SAHA_PASSPHRASE": "practice"}  # the practice stores' own, said in the README; guards nothing
    place = practice_folder()
    place.mkdir(parents=True, exist_ok=True)
    if not display:
        folder = place / time.strftime("tour-%Y%m%d-%H%M%S")
        say("no_display", folder=folder)
        become(["tour", str(folder)], practice)
    demo = place / "demo"
    if not demo.exists():
        make_practice(demo, practice)
    say("opening")
    become(["gui", "--store", str(demo / "office")], practice)


def wants_window(arguments: list[str]) -> bool:
    """Whether these arguments open a window: none, `gui`, or a bundle or kit to be looked at."""
    return not arguments or arguments[0] == "gui" or arguments[0].lower().endswith((".saha", ".sahakit"))


def has_display() -> bool:
    """Whether a window can open here."""
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def practice_folder() -> Path:
    """In the clone, where it is seen and deleted easily; in the person's own folder when the clone is not theirs."""
    return ROOT / "practice" if os.access(ROOT, os.W_OK) else Path.home() / ".saha-practice"


def make_practice(demo: Path, variables: dict[str, str]) -> None:
    """Build the practice stores under another name first, so that a stop half-way leaves no half-made ones."""
    say("practice", folder=demo)
    new = demo.with_name("demo-new")
    shutil.rmtree(new, ignore_errors=True)
    made = subprocess.run(
        command(["demo", str(new)]), env={**environment(), **variables}, stdout=subprocess.DEVNULL, check=False
    )
    if made.returncode:
        say("practice_failed")
        sys.exit(1)
    new.rename(demo)


def command(arguments: list[str]) -> list[str]:
    """The program's command line; -P, so that a folder called `app` where the person stands is not taken for ours."""
    return [str(PYTHON), "-P", "-m", "app.main", *arguments]


def become(arguments: list[str], variables: dict[str, str]) -> NoReturn:
    """Run the program in this process's place and pass on its exit code."""
    sys.stdout.flush()
    sys.stderr.flush()
    env = {**environment(), **variables}
    if os.name == "nt":  # there, execve returns to the console before the program ends
        sys.exit(subprocess.run(command(arguments), env=env, check=False).returncode)
    os.execve(PYTHON, command(arguments), env)


if __name__ == "__main__":
    main()
