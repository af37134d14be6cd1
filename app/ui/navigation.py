"""PAGES: every page of the window, where its code is and how it is reached; a page is loaded when it is first shown."""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass
from typing import Any

from app.basics import words
from app.ui.shell import Shell


@dataclass(frozen=True)
class PageEntry:
    """One page: `module` in app.ui.pages and its class; `record` names the record type of a plain list and form.

    `rail` puts it into the rail in this order (Ctrl+1 …), `office` only at the office.
    """

    key: str
    icon: str
    module: str = ""
    record: str = ""
    rail: bool = True
    office: bool = False

    @property
    def label(self) -> str:
        """What the page is called in the language spoken now."""
        return words.text(f"ui.page_{self.key}")


PAGES: tuple[PageEntry, ...] = (
    PageEntry("today", "house", "today:TodayPage"),
    PageEntry("activities", "calendar-days", "activities:ActivitiesPage", record="activity"),
    PageEntry("people", "users", "people:PeoplePage", record="person"),
    PageEntry("groups", "handshake", "groups:GroupsPage", record="group"),
    PageEntry("outputs", "newspaper", "outputs:OutputsPage", record="output"),
    PageEntry("reports", "chart-column", "reports:ReportsPage"),
    PageEntry("exchange", "arrow-left-right", "exchange:ExchangePage"),
    PageEntry("settings", "settings", "settings:SettingsPage"),
    PageEntry("inbox", "inbox", "inbox:InboxPage", office=True),
    PageEntry("attendance", "clipboard-check", "attendance:AttendancePage", rail=False),
    PageEntry("door", "door-open", "door:DoorPage", rail=False),
    PageEntry("meeting", "handshake", "meeting:MeetingPage", rail=False),
    PageEntry("certificates", "award", "certificates:CertificatesPage", rail=False),
    PageEntry("lists", "layout-list", "lists:ListsPage", rail=False),
    PageEntry("kinds", "tag", "kinds:KindsPage", rail=False),
)


def entry_of(key: str) -> PageEntry:
    """The entry of a page, Today for an unknown one."""
    return next((entry for entry in PAGES if entry.key == key), PAGES[0])


FOR_HELPERS = frozenset({"today", "door", "exchange", "settings"})
"""What a laptop that was issued to a helper shows: the door of what is on, and how its counts get away."""


def in_rail(level: str = "") -> list[PageEntry]:
    """The pages of the rail, from the top; a helper has only theirs."""
    return [entry for entry in PAGES if entry.rail and opens_for(entry, level)]


def opens_for(entry: PageEntry, level: str) -> bool:
    """Whether somebody of this level of `permits` sees the page."""
    return level != "helper" or entry.key in FOR_HELPERS


def exists(entry: PageEntry) -> bool:
    """Whether the page has code of its own."""
    module = entry.module.partition(":")[0]
    return bool(module) and importlib.util.find_spec(f"app.ui.pages.{module}") is not None


def modules() -> list[str]:
    """The modules of the pages of the rail, in its order."""
    return [f"app.ui.pages.{entry.module.partition(':')[0]}" for entry in PAGES if entry.rail and exists(entry)]


def build(entry: PageEntry, shell: Shell) -> Any:
    """Make the page: its own class, else the plain list and form of its record, else a page that says it is to come.

    Pages are named, not imported, so that a page may ask here whether another one exists.
    """
    if exists(entry):
        module, _, name = entry.module.partition(":")
        return _class(module, name)(shell)
    if entry.record:
        return _class("parts", "PartsPage")(shell, entry.record)
    return _class("coming", "ComingPage")(shell, entry.label, entry.icon)


def _class(module: str, name: str) -> Any:
    return getattr(importlib.import_module(f"app.ui.pages.{module}"), name)
