"""A file is there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from app.reports.files import draft_of, put_in_place, write_whole


def test_a_new_and_an_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    write_whole(target, b"one")
    write_whole(target, b"two")
    assert target.read_bytes() == b"two"
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: Any, step: str) -> None:
    target = tmp_path / "a.csv"
    target.write_bytes(b"before")

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os if step == "fsync" else Path, step, full)
    with pytest.raises(OSError):
        write_whole(target, b"after")
    monkeypatch.undo()
    assert target.read_bytes() == b"before"
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_the_draft_says_nothing_of_the_content(tmp_path: Path) -> None:
    draft = draft_of(tmp_path / "Məmmədov.pdf")
    assert "Məmmədov" not in draft.name and draft.parent == tmp_path
    draft.write_bytes(b"x")
    put_in_place(draft, tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b"x" and not draft.exists()
