"""A file that is double-clicked while the window is open reaches that window, once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.ui.one_window import OneWindow


def test_the_second_hands_over_and_the_first_hears(qtbot: Any, tmp_path: Path) -> None:
    first = OneWindow(tmp_path)
    assert first.first
    heard: list[Path] = []
    first.called.connect(heard.append)
    (tmp_path / "calls" / "old.call").write_text('"/left/from/before"', "utf-8")
    first.listen()
    second = OneWindow(tmp_path)
    assert not second.first
    bundle = tmp_path / "Gəncə 1.saha"
    assert second.hand_over(bundle)
    qtbot.waitUntil(lambda: heard == [bundle.resolve()])
    (tmp_path / "calls" / "bad.call").write_text("{", "utf-8")
    first.look()
    assert heard == [bundle.resolve()] and not list((tmp_path / "calls").glob("*.part"))


def test_a_window_that_is_gone_leaves_its_place(tmp_path: Path) -> None:
    assert OneWindow(tmp_path).first
    assert OneWindow(tmp_path).first


def test_where_nothing_can_be_written_every_window_stands_for_itself(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    lonely = OneWindow(tmp_path / "file")
    assert not lonely.first
    assert not lonely.hand_over(tmp_path / "x.saha")
