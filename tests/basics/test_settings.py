"""Settings survive restarts, and damage means defaults."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.basics import settings as remembered
from app.basics.settings import Setting, Settings


def test_what_is_set_is_there_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.json"
    settings = Settings(path)
    settings.set(remembered.LANGUAGE, "ru")
    settings.set(remembered.TABLES, {"people": {"views": {}}})
    again = Settings(path)
    assert again.get(remembered.LANGUAGE) == "ru" and again.get(remembered.TABLES) == {"people": {"views": {}}}
    assert again.get(remembered.THEME) == "system"
    assert [p.name for p in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("damage", ["", "{", "[1]", '{"language": "xx", "rail": "yes"}', "\x00"])
def test_a_damaged_file_means_defaults(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(damage)
    settings = Settings(path)
    assert settings.get(remembered.LANGUAGE) == "az" and settings.get(remembered.RAIL) is True


def test_a_value_that_is_not_allowed_is_refused() -> None:
    with pytest.raises(ValueError, match="theme"):
        Settings().set(remembered.THEME, "pink")
    with pytest.raises(ValueError, match="rail"):
        Settings().set(remembered.RAIL, 1)  # type: ignore[arg-type]


def test_without_a_path_nothing_is_kept_but_it_works() -> None:
    settings = Settings()
    settings.set(remembered.PAGE, "people")
    assert settings.get(remembered.PAGE) == "people"


def test_a_place_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    settings = Settings(tmp_path / "file" / "settings.json")
    settings.set(remembered.PAGE, "people")
    assert settings.get(remembered.PAGE) == "people"


def test_every_setting_accepts_its_default() -> None:
    declared = [s for s in vars(remembered).values() if isinstance(s, Setting)]
    assert len({s.key for s in declared}) == len(declared) > 5
    assert all(s.accepts(s.default) for s in declared)
