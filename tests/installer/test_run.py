"""Which arguments open a window, and that practice data are whole or not there; starts no window."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import run


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["gui"], True),
        (["x.saha"], True),
        (["X.SAHAKIT"], True),
        (["records", "types"], False),
        (["tour", "d"], False),
    ],
)
def test_a_window_is_prepared_for_what_opens_one(arguments: list[str], window: bool) -> None:
    assert run.wants_window(arguments) is window


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
def test_the_screen_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not run.has_display()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert run.has_display()


DEMO = """
import pathlib, sys
folder = pathlib.Path(sys.argv[-1])
(folder / "office").mkdir(parents=True)
sys.exit({code})
"""


@pytest.mark.parametrize("code", [0, 4])
def test_practice_data_are_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    monkeypatch.setattr(run, "command", lambda arguments: [sys.executable, "-c", DEMO.format(code=code), *arguments])
    demo = tmp_path / "demo"
    (tmp_path / "demo-new" / "left-over").mkdir(parents=True)
    if code:
        with pytest.raises(SystemExit):
            run.make_practice(demo, {})
        assert not demo.exists()
    else:
        run.make_practice(demo, {})
        assert [path.name for path in demo.iterdir()] == ["office"]


def test_a_folder_called_app_where_the_person_stands_is_not_ours() -> None:
    assert "-P" in run.command([])


def test_practice_has_a_place_where_the_clone_is_not_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run.practice_folder() == run.ROOT / "practice"
    monkeypatch.setattr(run.os, "access", lambda path, mode: False)
    assert run.practice_folder().parent == Path.home()
