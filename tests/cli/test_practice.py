"""`saha gui` is the window's; the folders of practice are never written over."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Saha


def test_gui_with_other_words_is_refused_with_a_sentence(saha: Saha) -> None:
    said = saha("gui")
    assert (said.code, "saha gui" in said.err) == (3, True)


def test_a_folder_that_holds_something_is_left_alone(saha: Saha, tmp_path: Path) -> None:
    (tmp_path / "office").mkdir()
    for command in ("demo", "tour"):
        assert saha(command, tmp_path).code == 4
    (tmp_path / "file").write_text("x")
    assert saha("tour", tmp_path / "file").code == 4
