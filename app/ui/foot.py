"""What the foot line and the settings say about this register; reads facts, words them, changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.basics import clock
from app.basics.words import text
from app.ui.forms.words import title_of
from app.ui.widgets.date_edit import show_day

LATE = 31
"""Days after which writes that were not sent are marked: exchange is meant to be monthly."""


@dataclass(frozen=True)
class FootFacts:
    """Whose register it is and what is waiting: `owner`, practice or not, and up to three (words, pressing)."""

    owner: str
    practice: bool
    facts: tuple[tuple[str, bool], ...]
    office: bool


def read_foot(reader: Any) -> FootFacts:
    """The facts of the foot line."""
    name = str(reader.meta("name", ""))
    office = reader.identity.role == "office"
    sites = _site_names(reader)
    owner = " · ".join(filter(None, (", ".join(sites) if not office else "", name)))
    return FootFacts(owner, bool(reader.meta("practice", False)), tuple(_waiting(reader)), office)


def is_due(state: Any, day: int) -> bool:
    """Whether something is to be sent, the agreed day of the month has come, and nothing was sent this month."""
    today = clock.today()
    sent = (state.last_sent or "")[:7] == today.isoformat()[:7]
    return bool(state.to_send and state.partners and today.day >= day and not sent)


def owner_facts(reader: Any) -> list[tuple[str, str]]:
    """What Settings tells about this register: (name, value) from the top."""
    user = reader.meta("user", {"name": ""})
    role = text("ui.role_office" if reader.identity.role == "office" else "ui.role_laptop")
    facts = [
        (text("ui.set_store_name"), str(reader.meta("name", ""))),
        (text("ui.set_store_role"), role),
        (text("ui.set_store_user"), str(user.get("name", ""))),
        (text("ui.set_store_sites"), ", ".join(_site_names(reader))),
    ]
    return [(name, value) for name, value in facts if value]


def age(moment: str) -> str:
    """How long ago a UTC moment was, in days."""
    try:
        then = datetime.fromisoformat(moment.replace("Z", "+00:00")).astimezone().date()
    except ValueError:
        return moment
    days = (clock.today() - then).days
    if days <= 0:
        return text("ui.age_today")
    if days == 1:
        return text("ui.age_yesterday")
    return text("ui.age_days", n=days) if days < 60 else show_day(then.isoformat())


def _site_names(reader: Any) -> list[str]:
    return [title_of("site", site) for code in reader.identity.sites if (site := reader.get("site", code)) is not None]


def _waiting(reader: Any) -> list[tuple[str, bool]]:
    """What has not left this register, when it last met the others, when it was last copied."""
    from app.sync.status import status  # after the first paint

    now = status(reader)
    facts: list[tuple[str, bool]] = []
    late = (now.oldest_days or 0) >= LATE
    if now.to_send:
        facts.append((text("ui.foot_unsent", n=now.to_send, age=age(now.oldest_to_send or "")), late))
    elif now.unsent:
        facts.append((text("ui.foot_on_way", n=now.unsent, age=age(now.oldest_unsent or "")), late))
    elif now.partners:
        facts.append((text("ui.foot_all_sent"), False))
    if now.partners:
        moments = [moment for p in now.partners for moment in (p.last_received, p.last_sent) if moment]
        facts.append((text("ui.foot_exchange", when=age(max(moments)) if moments else text("ui.foot_never")), False))
    backup = reader.meta("last_backup")
    facts.append((text("ui.foot_backup", when=age(str(backup)) if backup else text("ui.foot_never")), not backup))
    return facts
