"""The lock names every file by its hash, holds what the project asks for, and every package has its licence line."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def lock(name: str) -> str:
    return (ROOT / "installer" / "lock" / f"{name}.txt").read_text("utf-8")


def pins(text: str) -> set[str]:
    """`name==version` with its marker, one for each entry."""
    return set(re.findall(r"^([\w.-]+==.*?)(?: \\)?$", text, re.M))


def names(text: str) -> set[str]:
    return {normal(pin.split("==")[0]) for pin in pins(text)}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked(lines: list[str]) -> set[str]:
    return {normal(re.match(r"[\w.-]+", line)[0]) for line in lines}  # type: ignore[index]


def test_the_locks_hold_what_the_project_asks_for() -> None:
    assert asked(PYPROJECT["dependencies"]) <= names(lock("runtime"))
    assert asked(PYPROJECT["optional-dependencies"]["dev"]) <= names(lock("dev"))


def test_development_runs_on_what_is_shipped() -> None:
    assert pins(lock("runtime")) <= pins(lock("dev"))


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_every_entry_has_hashes(name: str) -> None:
    for entry in re.split(r"\n(?=[A-Za-z])", lock(name)):
        if "==" in entry.splitlines()[0] and not entry.startswith("#"):
            assert "--hash=sha256:" in entry, entry


def test_qt_on_python_3_11_is_the_one_that_does_not_abort() -> None:
    assert {pin for pin in pins(lock("runtime")) if "pyside6" in pin and "6.12" in pin} == {
        "pyside6-essentials==6.12.0 ; python_full_version >= '3.12'"
    }


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_every_package_has_its_line_of_licence(name: str) -> None:
    told = {normal(word) for word in re.findall(r"[\w.-]+", (ROOT / "installer" / "LICENCES.md").read_text("utf-8"))}
    assert not names(lock(name)) - told


@pytest.mark.parametrize(("minor", "version"), [(11, "6.11.3"), (12, "6.12.0"), (14, "6.12.0")])
def test_a_windows_program_gets_the_qt_of_its_own_python(minor: int, version: str) -> None:
    script = ROOT / "installer" / "windows" / "choose.py"
    run = subprocess.run(
        [sys.executable, str(script), str(ROOT / "installer" / "lock" / "runtime.txt"), str(minor)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert re.findall(r"^pyside6-essentials==(.*) \\$", run.stdout, re.M) == [version]
    assert names(run.stdout) == names(lock("runtime"))
    assert run.stdout.count("--hash") <= lock("runtime").count("--hash")
    assert " ; " not in run.stdout
