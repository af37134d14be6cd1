"""Which words open the window."""

from __future__ import annotations

import pytest

from app.main import main, wants_window


@pytest.mark.parametrize("words", [[], ["gui"], ["gui", "--store", "x"], ["Ganja-0001.saha"], ["k.SAHAKIT"]])
def test_these_open_the_window(words: list[str]) -> None:
    assert wants_window(words)


@pytest.mark.parametrize("words", [["check"], ["receive", "x.saha"], ["--help"], ["letter.docx"]])
def test_these_do_not(words: list[str]) -> None:
    assert not wants_window(words)


def test_the_exit_code_is_that_of_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["records", "types"]) == 0
    with pytest.raises(SystemExit) as stop:
        main(["dance"])
    assert stop.value.code == 2
