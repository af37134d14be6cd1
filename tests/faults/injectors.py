"""Which faults this machine can inject, found out by doing it once; tests nothing.

`python3 -m tests.faults.injectors` prints the names of those that work and says of the others why they do not.
`.ci/run` hands the names to the tests in SAHA_INJECTORS: one that worked there is then never skipped, so its failing is
a failure. Where the variable is not set, a test asks for itself, and skips in words.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from tests.faults import drives

VARIABLE = "SAHA_INJECTORS"


def _stick(kind: str) -> str:
    known = drives.KINDS[kind]
    missing = [tool for tool in (known.make[0], known.mount[0], "umount") if shutil.which(tool) is None]
    missing += ["losetup"] if known.loop and shutil.which("losetup") is None else []
    if missing:
        return f"{', '.join(missing)} not here (apt: {known.package})"
    with tempfile.TemporaryDirectory() as folder, drives.stick(kind, Path(folder)) as made:
        return _holds(made.plug_in())


def _liar() -> str:
    with tempfile.TemporaryDirectory() as folder, drives.plugged(drives.LyingStick(Path(folder))) as there:
        return _holds(there)


def _drive() -> str:
    with drives.small_drive(100_000) as there:
        return _holds(there)


def _holds(folder: Path) -> str:
    (folder / "tried").write_bytes(b"tried")
    return "" if (folder / "tried").read_bytes() == b"tried" else "it does not keep a file"


def clock_library() -> Path | None:
    """The library that turns a program's clock, if it is here."""
    return next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))), None)


def _clock() -> str:
    library = clock_library()
    if library is None:
        return "libfaketime not here (apt: faketime)"
    code = "import datetime; print(datetime.date.today().year)"
    env = {**os.environ, "LD_PRELOAD": str(library), "FAKETIME": "@2014-11-21 12:00:00"}
    told = subprocess.run([sys.executable, "-S", "-c", code], env=env, capture_output=True, text=True, check=False)
    return "" if told.stdout.strip() == "2014" else "no clock was turned"


INJECTORS: dict[str, Callable[[], str]] = {
    **{kind: lambda kind=kind: _stick(kind) for kind in drives.KINDS},  # type: ignore[misc]
    "liar": _liar,
    "drive": _drive,
    "clock": _clock,
    "full device": lambda: "" if Path("/dev/full").exists() else "no /dev/full",
}


@lru_cache
def lacks(name: str) -> str:
    """Why the fault cannot be injected on this machine; "" if it can."""
    if sys.platform == "win32":
        return "not on Windows"
    try:
        return INJECTORS[name]()
    except (OSError, subprocess.SubprocessError) as error:
        return f"this machine does not let it: {str(error).splitlines()[0]}"


def need(name: str) -> None:
    """Skip the test, in words, if this machine cannot inject the fault and was not found to be able to."""
    import pytest

    if name not in os.environ.get(VARIABLE, "").split(",") and lacks(name):
        pytest.skip(f"fault not injected ({name}): {lacks(name)}")


def main() -> None:
    """Names that work on standard output, one line; words on the other."""
    working = [name for name in INJECTORS if not lacks(name)]
    print(",".join(working))
    print(f"faults that are injected, and must be: {', '.join(working) or 'none'}", file=sys.stderr)
    for name in INJECTORS:
        if lacks(name):
            print(f"NOT injected here: {name}: {lacks(name)}", file=sys.stderr)


if __name__ == "__main__":
    main()
