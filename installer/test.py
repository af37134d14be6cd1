"""Runs every check of the project: `python3 installer/test.py`; it changes no file of the working tree.

Format, lint, types and directions of imports beside the tests (arguments are passed to pytest), without a screen.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from environment import PYTHON, ROOT, environment, prepare
from words import say

CHECKS = {
    "format": ["-m", "ruff", "format", "--check", "."],
    "lint": ["-m", "ruff", "check", "."],
    "types": ["-m", "mypy"],
    "imports": ["-c", "from importlinter.cli import lint_imports_command as c; c()"],
}
# Two at once; who has nothing left takes half of what the other has, so neither waits long at the end.
TESTS = ["-m", "pytest", "-n", "2", "--dist", "worksteal"]
MEMORY = Path("/dev/shm")
ROOM = 4_000_000_000


def main() -> NoReturn:
    """Run everything, even after a failure, so that one run shows all there is to mend."""
    prepare("dev", window=True)
    failed: list[str] = []
    with scratch() as folder:
        env = {**environment(), "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1", **folder}
        beside = threading.Thread(target=check, args=(env, failed))
        beside.start()
        tests = [str(PYTHON), *TESTS, *sys.argv[1:]]
        code = subprocess.run(tests, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=False).returncode
        beside.join()
    if failed:
        say("checks_failed", names=", ".join(failed))
    sys.exit(code or len(failed))


def check(env: Mapping[str, str], failed: list[str]) -> None:
    """Run the checks one after another, yielding to the tests; what they say is told in one piece."""
    for name, arguments in CHECKS.items():
        began = time.monotonic()
        with subprocess.Popen(
            [str(PYTHON), *arguments],
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        ) as running:
            if hasattr(os, "setpriority"):
                os.setpriority(os.PRIO_PROCESS, running.pid, 10)  # tests have moments to keep
            said, _ = running.communicate()
        if running.returncode:
            failed.append(name)
        result = "FAILED" if running.returncode else "ok"
        print(f"\n{said}{name}: {result}, {time.monotonic() - began:.0f} s", flush=True)


@contextmanager
def scratch() -> Iterator[dict[str, str]]:
    """Where the tests lay their files: a disk in memory if there is room, for each save waits for the disk."""
    if not (MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM and os.access(MEMORY, os.W_OK | os.X_OK)):
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="saha-tests-", dir=MEMORY, ignore_cleanup_errors=True) as folder:
        yield {"TMPDIR": folder}


if __name__ == "__main__":
    main()
