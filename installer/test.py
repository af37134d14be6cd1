"""Runs every check of the project: `python3 installer/test.py`; it changes no file of the working tree.

Format, lint, types and directions of imports first, then the tests (arguments are passed to pytest), without a screen.
"""

from __future__ import annotations

import subprocess
import sys
import time
from typing import NoReturn

from environment import PYTHON, ROOT, environment, prepare
from words import say

CHECKS = {
    "format": ["-m", "ruff", "format", "--check", "."],
    "lint": ["-m", "ruff", "check", "."],
    "types": ["-m", "mypy"],
    "imports": ["-c", "from importlinter.cli import lint_imports_command as c; c()"],
}


def main() -> NoReturn:
    """Run everything, even after a failure, so that one run shows all there is to mend."""
    prepare("dev", window=True)
    env = {**environment(), "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}
    failed = []
    for name, arguments in CHECKS.items():
        began = time.monotonic()
        code = subprocess.run(
            [str(PYTHON), *arguments], cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=False
        ).returncode
        print(f"{name}: {'ok' if code == 0 else 'FAILED'}, {time.monotonic() - began:.0f} s", flush=True)
        if code:
            failed.append(name)
    if failed:
        say("checks_failed", names=", ".join(failed))
    tests = [str(PYTHON), "-m", "pytest", "-n", "2", *sys.argv[1:]]
    code = subprocess.run(tests, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=False).returncode
    sys.exit(code or len(failed))


if __name__ == "__main__":
    main()
