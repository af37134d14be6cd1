"""Fills a practice country for `saha demo` and the tour; the country itself is made as for the practice door."""

from __future__ import annotations

from pathlib import Path

from app.models.writer import Writer
from app.services import practice
from app.sync import country
from app.sync.country import NAMES, SITES, enrol, send_all

__all__ = ["NAMES", "SITES", "build", "enrol", "send_all"]


def build(folder: Path, passphrase: str, *, people: int, events: int, seed: int) -> dict[str, int]:
    """Office, Ganja and Nakhchivan under `folder`, sharing `people` and `events`; the same seed makes the same records.

    Gives how many people and activities were made.
    """

    def fill(w: Writer, site: str, number: int) -> dict[str, int]:
        return practice.fill_site(w, site, seed=seed, people=_share(people, number), events=_share(events, number))

    told = country.build(folder, passphrase, fill, seed=seed)
    return {name: sum(one[name] for one in told) for name in ("people", "activities")}


def _share(whole: int, number: int) -> int:
    return whole // len(SITES) + (1 if number < whole % len(SITES) else 0)
