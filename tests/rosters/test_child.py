"""The child's own side of the conversation: one request in, one answer out, nothing written."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from app.rosters.child import CHILD_FLAG
from tests.rosters.conftest import DATA

ROOT = Path(__file__).resolve().parents[2]


def ask(request: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-B", "-m", "app.rosters.child"],
        input=json.dumps(request).encode(),
        capture_output=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )


def request(path: Path, **more: object) -> dict[str, object]:
    return {"path": str(path), "limited": True, "memory_bytes": 10**9, "cpu_seconds": 10, "most_bytes": 10**7} | more


def test_an_answer() -> None:
    done = ask(request(DATA / "c1_az_qeydiyyat.xlsx"))
    assert done.returncode == 0 and done.stderr == b""
    assert [sheet["name"] for sheet in json.loads(done.stdout)["workbook"]["sheets"]] == ["Qeydiyyat", "Sheet2"]


def test_refusals() -> None:
    assert json.loads(ask(request(DATA / "none")).stdout) == {"refused": "roster_missing", "params": {}}
    small = json.loads(ask(request(DATA / "c1_az_qeydiyyat.xlsx", most_bytes=100)).stdout)
    assert small == {"refused": "roster_too_large", "params": {"what": "file"}}


def test_it_knows_neither_window_nor_store() -> None:
    """What is imported before the limits is all it has: no Qt, no database, no workbook writer."""
    code = (
        "import sys, app.rosters.child, app.rosters.workbooks, app.basics.machine\n"
        "print([name for name in ('PySide6', 'sqlalchemy', 'openpyxl', 'sqlcipher3') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60, check=True
    )
    assert done.stdout == "[]\n"


def test_the_flag_of_the_packed_program() -> None:
    command = [sys.executable, "-B", "-m", "app.main", CHILD_FLAG]
    asked = json.dumps(request(DATA / "c1_az_qeydiyyat.xlsx")).encode()
    done = subprocess.run(command, input=asked, capture_output=True, cwd=ROOT, timeout=60, check=True)
    assert done.stdout == ask(request(DATA / "c1_az_qeydiyyat.xlsx")).stdout
