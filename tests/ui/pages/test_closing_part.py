"""Closing a promise in one line: without evidence nothing closes, a closed one shows no line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.models.store import Store
from app.ui.pages.closing_part import ClosingPart
from tests import build
from tests.ui.pages.desk import a_window, settle


def test_without_evidence_it_stays_open(store: Store, tasks: Any, qtbot: Any, tmp_path: Path) -> None:
    item = store.write(build.an_action).value
    with a_window(tasks, qtbot, tmp_path) as window:
        window.go("lists", f"action_item/{item}")
        settle()
        part = window.page.findChild(ClosingPart)
        assert part is not None and part.isVisible()
        part.close_item()
        with store.read() as reader:
            assert reader.get("action_item", item)["state"] == "open"
        assert part.evidence.hasFocus()


def test_a_closed_promise_has_no_line(store: Store, tasks: Any, qtbot: Any, tmp_path: Path) -> None:
    item = store.write(lambda w: build.an_action(w, state="done")).value
    with a_window(tasks, qtbot, tmp_path) as window:
        window.go("lists", f"action_item/{item}")
        settle()
        part = window.page.findChild(ClosingPart)
        assert part is not None and not part.isVisible()
