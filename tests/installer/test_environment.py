"""The environment is made once, kept, made anew when it must be; with real pip on a wheel made here, and no network."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import environment
import pytest


def make_wheel(folder: Path, version: str) -> str:
    """A package `pebble` of that version; returns its line for a lock."""
    files = {
        "pebble.py": f"VERSION = {version!r}\n",
        f"pebble-{version}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: pebble\nVersion: {version}\n",
        f"pebble-{version}.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = f"pebble-{version}.dist-info/RECORD"
    lines = [f"{record},,"]
    for name, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(text)}")
    path = folder / f"pebble-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in {**files, record: "\n".join(lines) + "\n"}.items():
            wheel.writestr(name, text)
    return f"pebble=={version} \\\n    --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty clone, whose pip knows only the wheels of its folder."""
    venv, python = tmp_path / ".venv", environment.PYTHON.relative_to(environment.VENV)
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", venv)
    monkeypatch.setattr(environment, "PYTHON", venv / python)
    monkeypatch.setattr(environment, "STAMP", venv / environment.STAMP.name)
    monkeypatch.setattr(environment, "UNFINISHED", venv / environment.UNFINISHED.name)
    monkeypatch.setattr(environment, "LOCKS", tmp_path)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.delenv("PIP_EXTRA_INDEX_URL", raising=False)
    return tmp_path


def installed(place: Path) -> str:
    run = [str(environment.PYTHON), "-c", "import pebble; print(pebble.VERSION)"]
    return subprocess.run(run, capture_output=True, text=True, cwd=place).stdout.strip()


def test_made_once_for_both_starts(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    line = make_wheel(place, "1.0")
    for name in ("runtime", "dev"):
        (place / f"{name}.txt").write_text(line, "utf-8")
    environment.prepare("dev", window=False)
    assert installed(place) == "1.0"

    # There and unchanged: nothing is fetched and nothing said, whatever has become of the network.
    monkeypatch.setattr(environment, "_fetch", lambda lock: pytest.fail("fetched again"))
    capfd.readouterr()
    environment.prepare("dev", window=False)
    environment.prepare("runtime", window=False)
    assert capfd.readouterr().err == ""


def test_a_changed_lock_is_followed(place: Path) -> None:
    lock = place / "runtime.txt"
    lock.write_text(make_wheel(place, "1.0"), "utf-8")
    environment.prepare("runtime", window=False)
    lock.write_text(make_wheel(place, "2.0"), "utf-8")
    environment.prepare("runtime", window=False)
    assert installed(place) == "2.0"

    # What an interrupted start has left is not trusted.
    (environment.VENV / "half").touch()
    environment.UNFINISHED.touch()
    environment.prepare("runtime", window=False)
    assert installed(place) == "2.0"
    assert not (environment.VENV / "half").exists()
    assert not environment.UNFINISHED.exists()


def test_a_file_that_is_not_the_locked_one_is_refused(place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    line = make_wheel(place, "1.0")
    (place / "runtime.txt").write_text(line[:-3] + ("0" if line[-3] != "0" else "1") + line[-2:], "utf-8")
    with pytest.raises(SystemExit) as ended:
        environment.prepare("runtime", window=False)
    assert ended.value.code == 1
    assert "network" in capfd.readouterr().err
    assert environment.UNFINISHED.exists()  # so the next start begins afresh
    assert installed(place) == ""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the libraries are Linux's")
@pytest.mark.parametrize(("apt", "told"), [("/usr/bin/apt-get", "sudo apt-get install -y"), (None, "libmissing.so.1")])
def test_who_may_not_install_is_told_how(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], apt: str | None, told: str
) -> None:
    monkeypatch.setattr(environment, "LIBRARIES", (("libmissing.so.1", "libmissing1"), ("libc.so.6", "libc6")))
    monkeypatch.setattr(environment.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(environment.shutil, "which", lambda name: apt)
    with pytest.raises(SystemExit) as ended:
        environment._system_packages(venv=False, window=True)
    said = capfd.readouterr().err
    assert ended.value.code == 1
    assert told in said
    assert "libc" not in said


def test_an_old_python_is_told_so(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(environment, "OLDEST", (3, 90))
    monkeypatch.setattr(environment, "NEWEST", (3, 91))
    with pytest.raises(SystemExit):
        environment._choose_python()
    assert "Python 3." in capfd.readouterr().err


def test_the_program_sees_only_its_own_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/somewhere/else")
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    variables = environment.environment()
    assert variables["PYTHONPATH"] == str(environment.ROOT)
    assert "PYTHONHOME" not in variables
