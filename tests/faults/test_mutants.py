"""F10: random mutants of three bundles at the container; `--long`: ten million (`python -m tests.faults.mutants`)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.sync import package
from tests.faults import mutants


@pytest.mark.timeout(36_000)  # with --long
def test_mutants_are_refused(pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("--long"):
        kept = os.environ.get("SAHA_MUTANTS")  # a file: the run can be taken up again
        tried, found = mutants.run(mutants.LONG, Path(kept) if kept else None, os.cpu_count() or 1)
        assert tried >= mutants.LONG and not found, found
        return
    assert mutants.play(0, 1_000)[3] == []
    bundles, read = mutants.originals()
    assert all(read(data) for data in bundles), "control: whole, they are taken"
    assert mutants.play(0, 300, package.read_header)[3], "control: who looks at the outside only believes some"


def test_a_run_is_taken_up_where_it_ended(tmp_path: Path) -> None:
    record = tmp_path / "record"
    assert mutants.run(100, record, 1, size=50) == (100, [])
    before = record.read_text()
    assert mutants.run(150, record, 1, size=50) == (150, [])
    assert record.read_text().startswith(before) and record.read_text().count("\n") == 3
