"""Settings: kept between starts, never trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.basics.settings import LANGUAGE, WINDOW, Settings


def test_what_is_set_is_there_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    Settings(path).set(LANGUAGE, "ru")
    assert Settings(path).get(LANGUAGE) == "ru"


@pytest.mark.parametrize("content", ["", "{", "[]", '{"language": "tr"}', '{"language": 5}', "\x00"])
def test_a_damaged_file_means_defaults(tmp_path: Path, content: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content)
    assert Settings(path).get(LANGUAGE) == LANGUAGE.default
    assert Settings(path).get(WINDOW) == []


def test_a_value_of_another_kind_is_a_mistake_of_the_program(tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        Settings(tmp_path / "s.json").set(LANGUAGE, "tr")
