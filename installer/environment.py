"""Makes and keeps the program's environment from a lock file; changes nothing else but system packages it names first.

Runs on the standard library of Python >= 3.11 alone (and says so, readably, on 3.7 to 3.10).
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from words import say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "saha-lock.json"  # what was installed: {"runtime": hash, "dev": hash, "libraries": true}
UNFINISHED = VENV / "saha-unfinished"  # there while an installation runs; left behind, it means: start afresh
LOCKS = ROOT / "installer" / "lock"

OLDEST, NEWEST = (3, 11), (3, 14)  # what the locked wheels exist for

# Qt loads these when the first window opens and names only the first one missing, so all are asked for at once.
# (library, Debian and Ubuntu package)
LIBRARIES = (
    ("libglib-2.0.so.0", "libglib2.0-0"),
    ("libEGL.so.1", "libegl1"),
    ("libGL.so.1", "libgl1"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxcb-xkb.so.1", "libxcb-xkb1"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
)
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


def prepare(lock: str, *, window: bool) -> None:
    """Have the environment of `lock` ("runtime" or "dev") ready, with Qt's libraries where `window` asks for them.

    Returns at once, without the network, when everything is there. Ends the process with 1 and a sentence when it
    cannot be had.
    """
    with contextlib.suppress(AttributeError, OSError):
        sys.stderr.reconfigure(errors="replace")  # a Windows console may know no ə
    stamp = _stamp()
    usable = PYTHON.exists() and not UNFINISHED.exists() and stamp.get(lock) == _hash(lock)
    if usable and (not window or stamp.get("libraries")):
        return
    if not usable:
        _choose_python()
    _system_packages(venv=not PYTHON.exists(), window=window)
    if not usable:
        with _alone():
            _install(lock)
    if window:
        _write_stamp({**_stamp(), "libraries": True})


def environment() -> dict[str, str]:
    """The variables the program runs with: its own code and nobody else's on the import path."""
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONHOME", "PYTHONSTARTUP")}
    return {**clean, "PYTHONPATH": str(ROOT)}


def _hash(lock: str) -> str:
    # Line endings differ between a clone on Windows and one on Linux; the lock is the same.
    return hashlib.sha256((LOCKS / f"{lock}.txt").read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def _stamp() -> dict[str, object]:
    try:
        return dict(json.loads(STAMP.read_text("utf-8")))
    except (OSError, ValueError):
        return {}


def _write_stamp(stamp: dict[str, object]) -> None:
    new = STAMP.with_suffix(".new")
    with contextlib.suppress(OSError):  # an environment of another user's may be read only; it works all the same
        new.write_text(json.dumps(stamp), "utf-8")
        new.replace(STAMP)


def _choose_python() -> None:
    """Go on with this Python if it is one of ours, else with another of this machine's, else say what is needed."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        other = shutil.which(f"python3.{minor}")
        if other and os.name != "nt":
            os.execv(other, [other, *sys.argv])
    say("python", version=sys.version.split()[0])
    sys.exit(1)


def _system_packages(*, venv: bool, window: bool) -> None:
    """Install what the system lacks where this may be done, else print the one command that does it."""
    if not sys.platform.startswith("linux"):
        return
    missing = []
    if venv and not (importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv")):
        missing.append(f"python3.{sys.version_info[1]}-venv")
        if not CERTIFICATES.exists():
            missing.append("ca-certificates")
    absent = [(name, package) for name, package in LIBRARIES if window and not _loads(name)]
    missing += [package for _, package in absent]
    if not missing:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if not shutil.which("apt-get"):
        say("libraries", names=", ".join([name for name, _ in absent] or missing))
        sys.exit(1)
    if os.geteuid() != 0:
        say("command", command="sudo " + " ".join(install))
        sys.exit(1)
    say("packages", names=" ".join(missing))
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # A fresh machine has no package lists; an old list may still do when the network is gone, so its failure is no end.
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, stdin=subprocess.DEVNULL, check=False)
    done = subprocess.run(
        install, env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode:
        sys.stderr.write(done.stdout.decode("utf-8", "replace"))
        say("packages_failed")
        sys.exit(1)
    importlib.invalidate_caches()


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _install(lock: str) -> None:
    if PYTHON.exists() and not UNFINISHED.exists() and _stamp().get(lock) == _hash(lock):
        return  # the start we waited for has done it
    began = time.monotonic()
    say("making")
    if UNFINISHED.exists() or (VENV.exists() and not PYTHON.exists()):
        shutil.rmtree(VENV)
    VENV.mkdir(exist_ok=True)
    UNFINISHED.touch()
    STAMP.unlink(missing_ok=True)
    if not PYTHON.exists():
        made = subprocess.run(
            [sys.executable, "-m", "venv", str(VENV)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        if made.returncode:
            _fail("not_made", reason=made.stdout.decode("utf-8", "replace").strip())
    _fetch(LOCKS / f"{lock}.txt")
    # The development lock holds every line of the runtime lock, so it serves both starts.
    _write_stamp({name: _hash(name) for name in (("runtime", "dev") if lock == "dev" else ("runtime",))})
    UNFINISHED.unlink()
    say("ready", seconds=round(time.monotonic() - began))


def _fetch(lock: Path) -> None:
    """Install exactly the lock, every file checked against its hash, with a line of progress for a person."""
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar=off"]
    command += ["--require-hashes", "--only-binary=:all:", "-r", str(lock)]
    total = len(re.findall(r"^\S+==", lock.read_text("utf-8"), re.M))
    heard: list[str] = []
    n = 0
    with subprocess.Popen(
        command,
        env={**environment(), "PIP_USER": "0"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            heard.append(line)
            if found := re.match(r"(?:Collecting|Requirement already satisfied:) ([\w.-]+)", line):
                n += 1
                if sys.stderr.isatty() or n % 10 == 1:
                    say("part", n=n, total=total, name=found[1])
            elif line.startswith("Installing collected"):
                say("unpacking")
    if pip.returncode:
        sys.stderr.write("".join(heard[-15:]))
        _fail("not_fetched")


def _fail(key: str, **params: object) -> NoReturn:
    say(key, **params)
    sys.exit(1)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Hold the installation's lock: two starts at once must not unpack into the same folder."""
    with (ROOT / ".venv.lock").open("w", encoding="utf-8") as held:
        if sys.platform == "win32":
            import msvcrt

            while True:
                try:
                    msvcrt.locking(held.fileno(), msvcrt.LK_LOCK, 1)  # tries for ten seconds
                    break
                except OSError:
                    say("waiting")
            yield  # closing the file gives the lock back
        else:
            import fcntl

            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                say("waiting")
                fcntl.flock(held, fcntl.LOCK_EX)
            yield
