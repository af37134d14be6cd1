"""Proves that tests/conftest.py lets no noise pass; uses the real conftest on tests made for the purpose."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

NOISY = """
import logging

import pytest
import sqlalchemy
from PySide6.QtCore import qWarning

kept = []

def test_logs():
    logging.getLogger("app.x").warning("noise")

def test_logs_and_looks(caplog):
    logging.getLogger("app.x").warning("noise")
    assert "noise" in caplog.text

def test_leaves_a_transaction():
    kept.append(sqlalchemy.create_engine("sqlite://").connect())
    kept[0].execute(sqlalchemy.text("SELECT 1"))

def test_ends_its_transaction():
    with sqlalchemy.create_engine("sqlite://").begin() as connection:
        connection.execute(sqlalchemy.text("SELECT 1"))

def test_qt_warns(qtbot):
    qWarning("something is wrong")

@pytest.mark.qt_log_ignore("something is wrong")
def test_qt_warns_as_expected(qtbot):
    qWarning("something is wrong")
"""


def test_each_noise_fails_its_test_and_no_other(tmp_path: Path) -> None:
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_noisy.py").write_text(NOISY, "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nqt_api = pyside6\n", "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-rA", "-q", "-p", "no:cacheprovider", "test_noisy.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    told = {line for line in run.stdout.splitlines() if line.startswith(("PASSED", "FAILED", "ERROR"))}
    failed = {line.split(" - ")[0].split("::")[1] for line in told if not line.startswith("PASSED")}
    assert failed == {"test_logs", "test_leaves_a_transaction", "test_qt_warns"}, run.stdout + run.stderr
