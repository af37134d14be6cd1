"""What the foot says of a register, at the office and on a laptop."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.basics import clock, words
from app.basics.words import text
from app.sync.status import ExchangeStatus
from app.ui.foot import age, is_due, owner_facts, read_foot


@pytest.fixture
def noon() -> Any:
    moment = datetime(2026, 11, 21, 12, tzinfo=UTC)
    clock.turn(lambda: moment)
    yield moment
    clock.turn(None)


def test_ages_are_told_in_days_and_old_ones_by_date(noon: datetime) -> None:
    def ago(days: int) -> str:
        return age((noon - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ"))

    words.use_language("ru")
    assert [ago(0), ago(1), ago(2), ago(5), ago(21)] == [
        "сегодня",
        "вчера",
        "2 дня назад",
        "5 дней назад",
        "21 день назад",
    ]
    assert ago(100) == "13.08.2026"
    assert age("soon") == "soon"


def test_a_register_without_a_copy_says_so(store: Any) -> None:
    with store.read() as reader:
        facts = read_foot(reader)
    assert facts.office and facts.practice and facts.owner == "Bakı"
    assert (text("ui.foot_backup", when=text("ui.foot_never")), True) in facts.facts
    store.write(lambda w: w.set_meta("last_backup", clock.stamp()))
    with store.read() as reader:
        assert (text("ui.foot_backup", when=text("ui.age_today")), False) in read_foot(reader).facts


@pytest.mark.parametrize(("agreed", "sent", "due"), [(20, None, True), (25, None, False), (20, "2026-11-02", False)])
def test_sending_is_due_from_the_agreed_day_until_it_is_done(
    noon: datetime, agreed: int, sent: str | None, due: bool
) -> None:
    def state(to_send: int) -> ExchangeStatus:
        partner: Any = object()
        return ExchangeStatus("Gəncə 1", "laptop", 3, None, 26, 0, 0, 0, 0, [partner], last_sent=sent, to_send=to_send)

    assert is_due(state(3), agreed) is due and not is_due(state(0), agreed)


def test_settings_tell_name_role_and_person(store: Any) -> None:
    with store.read() as reader:
        facts = dict(owner_facts(reader))
    assert facts[text("ui.set_store_name")] == "Bakı" and facts[text("ui.set_store_role")] == text("ui.role_office")
