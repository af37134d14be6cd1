"""The view of now: its reminder, what it says of partners, its sheet before sending."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.basics import clock
from app.models.queries.readiness import Readiness
from app.sync.status import ExchangeStatus, PartnerStatus
from app.ui.drives import Drive
from app.ui.pages.now_part import NowView, due_words, partner_notes
from tests.ui.pages.desk import a_window


def a_partner(**more: Any) -> PartnerStatus:
    rest = {"state": "active", "state_differs": False, "stores": 1, **more}
    facts = (None, "2026-11-01T00:00:00Z", None, 3, 2, [], 0, 0, 0)
    return PartnerStatus("d", "Gəncə 1", "laptop", rest.pop("state"), ["s"], *facts, **rest)


def a_state(**more: Any) -> ExchangeStatus:
    return ExchangeStatus("Bakı", "office", 2, None, None, 0, 0, 0, 0, [a_partner()], **{"to_send": 2, **more})


@pytest.mark.parametrize(
    ("day", "sent", "due"), [(24, None, False), (25, None, True), (28, "2026-10-30", True), (28, "2026-11-03", False)]
)
def test_the_reminder_comes_on_the_agreed_day_once_a_month(day: int, sent: str | None, due: bool) -> None:
    clock.turn(lambda: datetime(2026, 11, day, 12, tzinfo=UTC))
    try:
        assert bool(due_words(a_state(last_sent=sent), 25)) is due
    finally:
        clock.turn(None)


def test_what_is_on_its_way_is_not_asked_for_again() -> None:
    clock.turn(lambda: datetime(2026, 11, 28, 12, tzinfo=UTC))
    try:
        assert due_words(a_state(to_send=0), 25) == "" and "2 changes wait" in due_words(a_state(), 25)
    finally:
        clock.turn(None)


def test_what_is_odd_about_a_partner_is_said() -> None:
    assert partner_notes(a_partner()) == []
    assert len(partner_notes(a_partner(state="lost", stores=2, state_differs=True, restored_at=40))) == 4
    assert "Replaced" in partner_notes(a_partner(state="replaced"))[0]


def test_a_stick_that_comes_while_the_sheet_is_open_is_offered(tasks: Any, qtbot: Any, tmp_path: Path) -> None:
    asked: list[tuple[Path, bool]] = []

    class Wishes:
        choose_target = send_by_mail = prepare_sending = staticmethod(lambda: None)
        look_at = take_in = show_tab = staticmethod(lambda what: None)

        def send_to(self, folder: Path, *, stick: bool = False) -> None:
            asked.append((folder, stick))

    with a_window(tasks, qtbot, tmp_path) as window:
        view = NowView(window.shell, Wishes())
        qtbot.addWidget(view)
        view.show()
        view.show_sending(Readiness())
        assert view.sending and view._targets is not None and view._targets.count() == 2
        view.show_drives([Drive("BAKI", tmp_path, 10**9)])
        assert view._targets.count() == 3
        first = view._targets.itemAt(0)
        assert first is not None
        first.widget().click()
        assert asked == [(tmp_path, True)]
        view.close_sending()
        assert not view.sending
