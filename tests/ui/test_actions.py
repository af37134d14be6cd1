"""The declared actions: each has words, an icon, keys that nobody else has, and something to do."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence

from app.basics import words
from app.basics.paths import RESOURCES
from app.ui.actions import ACTIONS
from app.ui.shortcuts import Shortcuts


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_action_has_words(language: str) -> None:
    words.use_language(language)
    assert all(action.label for action in ACTIONS)


def test_keys_are_valid_and_used_once() -> None:
    keys = [key for action in ACTIONS for key in action.keys]
    assert len(set(keys)) == len(keys)
    for key in keys:
        assert QKeySequence(key).toString(), key
    assert next(action for action in ACTIONS if action.name == "find").shown_key == "Ctrl+K"


def test_every_action_is_drawn_and_done_by_the_window() -> None:
    for action in ACTIONS:
        assert (RESOURCES / "icons" / f"{action.icon}.svg").is_file()
        assert callable(getattr(Shortcuts, f"do_{action.name}"))
