"""The contract every command keeps: help, languages, JSON, exit codes, no traceback."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import machine_trouble
from tests.cli.conftest import Saha

COMMANDS = [
    ["tour"], ["demo"], ["office", "new"], ["office", "kit"], ["office", "lost"], ["join"], ["records", "types"],
    ["records", "put"], ["records", "dump"], ["send"], ["receive"], ["undo-receive"], ["conflicts", "list"],
    ["conflicts", "resolve"], ["exchange", "status"], ["people", "import"], ["people", "find"], ["people", "match"],
    ["people", "pairs"], ["people", "duplicates"], ["people", "merge"], ["people", "split"], ["report"], ["archive"],
    ["check"], ["backup", "now"], ["backup", "list"], ["backup", "restore"], ["erase"],
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_answers_help(saha: Saha, command: list[str]) -> None:
    said = saha(*command, "--help")
    assert said.code == 0
    assert "--store" in said.out


@pytest.mark.parametrize(("language", "word"), [("en", "folder of the store"), ("az", "qovluğu"), ("ru", "папка базы")])
def test_help_is_in_the_language_asked_for(saha: Saha, language: str, word: str) -> None:
    assert word in saha("check", "--language", language, "--help").out


@pytest.mark.parametrize(
    "words", [[], ["dance"], ["records"], ["report", "quarterly"], ["send", "--to", "x", "--max-size", "huge"]]
)
def test_wrong_usage_is_2(saha: Saha, words: list[str]) -> None:
    assert saha(*words).code == 2


def test_a_missing_store_is_4_with_a_sentence(saha: Saha, tmp_path: Path) -> None:
    said = saha("check", "--store", tmp_path / "nowhere")
    assert said.code == 4
    assert "no register" in said.err
    assert "Traceback" not in said.err
    assert str(tmp_path) not in said.err  # a path names a person


def test_a_refusal_is_json_too_when_asked(saha: Saha, tmp_path: Path) -> None:
    said = saha("check", "--store", tmp_path / "nowhere", "--json")
    assert said.code == 4
    assert said.data["error"] == "store_missing"


def test_a_wrong_passphrase_is_4(saha: Saha, office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAHA_PASSPHRASE", "not this one")
    said = saha("check", "--store", office)
    assert said.code == 4
    assert "passphrase" in said.err


def test_a_passphrase_file_that_cannot_be_read_is_4(saha: Saha, office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAHA_PASSPHRASE")
    assert saha("check", "--store", office, "--passphrase-file", office / "none").code == 4


def test_a_fault_of_the_program_is_a_line_without_values(
    saha: Saha, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("Məmmədov")

    monkeypatch.setattr("app.models.integrity.check", broken)
    said = saha("check", "--store", office, "--json")
    assert said.code == 1 and said.data["error"] == "fault"
    assert "KeyError, care.py:" in said.err
    assert "Məmmədov" not in said.out + said.err and "Traceback" not in said.err


def test_the_machine_s_trouble_is_told_by_file_name_only() -> None:
    error = machine_trouble(OSError(errno.ENOSPC, "No space left", "/home/aysel/report.xlsx"))
    assert (error.code, error.params) == ("no_space", {"file": "report.xlsx"})


def test_the_command_line_never_loads_the_window_s_toolkit() -> None:
    code = "import sys; from app.main import main; main(['records', 'types']); assert 'PySide6' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
