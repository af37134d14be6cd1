"""The ways into a register: each gives a store that opens again."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from app.errors import UserError
from app.services import practice
from app.ui.doors import PRACTICE, Doors, holds_register


def test_an_office_is_founded_and_unlocked(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    assert not holds_register(folder)
    phrase = "dörd adi söz yetər"
    with Doors().office(folder, "Bakı ofisi", "Aygün", phrase)() as store, store.read() as reader:
        assert reader.meta("name") == "Bakı ofisi" and reader.meta("user")["name"] == "Aygün"
        assert reader.identity.role == "office" and not reader.meta("practice")
    assert holds_register(folder)
    Doors().unlock(folder, phrase)().close()
    with pytest.raises(UserError):
        Doors().unlock(folder, "something else entirely")()


def test_practice_is_made_once_and_opened_after_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(practice, "fill_site", partial(practice.fill_site, people=8, events=2))
    folder = tmp_path / "practice"
    with Doors().practice(folder)() as store, store.read() as reader:
        made = reader.count("person")
        assert made >= 16 and reader.meta("practice")
    with Doors().practice(folder)() as store, store.read() as reader:
        assert reader.count("person") == made
    assert PRACTICE == "practice"


def test_a_folder_of_that_name_that_is_not_whole_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(practice, "fill_site", partial(practice.fill_site, people=8, events=2))
    folder = tmp_path / "practice"
    folder.mkdir()
    (folder / "mine.txt").write_text("not to be lost", "utf-8")
    with Doors().practice(folder)() as store:
        assert store.folder == tmp_path / "practice-2" / "office"
    with Doors().practice(folder)() as store:
        assert store.folder == tmp_path / "practice-2" / "office"
    assert (folder / "mine.txt").read_text("utf-8") == "not to be lost"


def test_a_kit_that_is_not_there_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        Doors().join(tmp_path / "laptop", tmp_path / "none.sahakit", "AAAA", "dörd adi söz yetər", "Rəşad")()
    assert not holds_register(tmp_path / "laptop")
