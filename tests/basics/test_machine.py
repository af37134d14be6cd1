"""The operating system's calls do what they promise on this system; each limit against a process without it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.basics import machine

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits")

ALLOCATE = "x = bytearray(400_000_000); print('held')"
SPIN = "import time\nend = time.process_time() + 2\nwhile time.process_time() < end: pass\nprint('done')"
WRITE = "with open(sys.argv[1], 'w') as file:\n    file.write('a' * 10)\nprint('written')"


def run(
    body: str, *arguments: str, limited: bool, memory: int = 250_000_000, cpu: int = 1
) -> subprocess.CompletedProcess[str]:
    limit = f"from app.basics.machine import limit_process\nlimit_process({memory}, {cpu})\n" if limited else ""
    return subprocess.run(
        [sys.executable, "-B", "-c", f"import sys\n{limit}{body}", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )


@posix
def test_memory_is_bounded() -> None:
    assert run(ALLOCATE, limited=False).stdout == "held\n"
    assert "MemoryError" in run(ALLOCATE, limited=True).stderr


@posix
def test_processor_time_is_bounded() -> None:
    assert run(SPIN, limited=False).stdout == "done\n"
    ended = run(SPIN, limited=True)
    assert ended.stdout == "" and machine.ended_by_cpu_limit(ended.returncode)
    assert not machine.ended_by_cpu_limit(0) and not machine.ended_by_cpu_limit(1)


@posix
def test_nothing_can_be_written(tmp_path: Path) -> None:
    free, bound = tmp_path / "free", tmp_path / "bound"
    assert run(WRITE, str(free), limited=False).stdout == "written\n" and free.read_text() == "a" * 10
    assert "File too large" in run(WRITE, str(bound), limited=True).stderr
    assert not bound.exists() or bound.read_bytes() == b""


@posix
def test_limits_cannot_be_taken_back() -> None:
    body = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))"
    import os

    if os.geteuid() == 0:
        pytest.skip("root may raise any limit")
    assert "ValueError" in run(body, limited=True).stderr


@posix
def test_no_dump_is_left() -> None:
    body = "import resource\nfrom app.basics.machine import no_core_dumps\nprint('before')\n"
    after = "no_core_dumps()\nprint(resource.getrlimit(resource.RLIMIT_CORE))\n"
    dumpable = "import ctypes\nprint(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))\n" if sys.platform == "linux" else ""
    lines = run(dumpable + body + after + dumpable, limited=False).stdout.split("\n")
    assert "(0, 0)" in lines
    if dumpable:
        assert lines[0] == "1" and lines[3] == "0"


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    target, fresh = tmp_path / "a", tmp_path / "a.part"
    target.write_text("old")
    fresh.write_text("new")
    machine.replace_file(fresh, target)
    assert target.read_text() == "new" and not fresh.exists()


def test_replacing_waits_for_a_scanner_and_gives_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, fresh = tmp_path / "a", tmp_path / "a.part"
    fresh.write_text("new")
    really, refusals = Path.replace, [PermissionError(), PermissionError()]

    def held(self: Path, to: Path) -> Path:
        if refusals:
            raise refusals.pop()
        return really(self, to)

    monkeypatch.setattr(Path, "replace", held)
    machine.replace_file(fresh, target)
    assert target.read_text() == "new"
    refusals.extend(PermissionError() for _ in range(10_000))
    started = time.monotonic()
    with pytest.raises(PermissionError):
        machine.replace_file(target, fresh, patience=0.1)
    assert time.monotonic() - started < 5


def test_this_machine_is_recognised_again() -> None:
    first = machine.machine_id()
    assert first == machine.machine_id() and (first == "" or len(first) == 32)
    raw = Path("/etc/machine-id")
    if raw.exists():
        assert raw.read_text().strip() not in first


def test_a_missing_file_window_is_no_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert machine.show_in_folder(tmp_path / "x") is False


def test_the_module_stays_small_enough_to_be_read_where_it_cannot_be_run() -> None:
    """The Windows branches cannot be run here; nothing but calls to a system may stand beside them."""
    assert len(Path(machine.__file__).read_text("utf-8").splitlines()) <= 200
