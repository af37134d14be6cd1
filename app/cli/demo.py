"""Builds practice stores of an office and two sites that have exchanged once; never touches a real register."""

from __future__ import annotations

from pathlib import Path

from app.basics import ids
from app.keys.slots import LIGHT
from app.models.store import Store
from app.models.writer import Writer
from app.services import practice
from app.sync import office, receive, send

SITES = ("ganja", "nakhchivan")
NAMES = {"ganja": "Gəncə 1", "nakhchivan": "Naxçıvan 1"}


def build(folder: Path, passphrase: str, *, people: int, events: int, seed: int) -> dict[str, int]:
    """Office, Ganja and Nakhchivan under `folder`, sharing `people` and `events`; the same seed makes the same records.

    Gives how many people and activities were made.
    """
    made = {"people": 0, "activities": 0}
    with ids.repeatable(seed), office.found_office(folder / "office", passphrase, name="Bakı") as baku:
        for number, site in enumerate(SITES):
            with enrol(folder, baku, site, passphrase) as laptop:
                share = _share(people, number), _share(events, number)
                told = laptop.write(_filling(site, seed, *share)).value
                made = {name: made[name] + told[name] for name in made}
                send_all(laptop, folder / "bundles")
        for bundle in sorted((folder / "bundles").glob("*.saha")):
            receive.receive(baku, bundle)
    return made


def _share(whole: int, number: int) -> int:
    return whole // len(SITES) + (1 if number < whole % len(SITES) else 0)


def _filling(site: str, seed: int, people: int, events: int):  # type: ignore[no-untyped-def]
    def fill(w: Writer) -> dict[str, int]:
        return practice.fill_site(w, site, seed=seed, people=people, events=events)

    return fill


def enrol(folder: Path, baku: Store, site: str, passphrase: str) -> Store:
    """Make a kit for a laptop of a site and join with it; it lives for a moment only, so its code guards it lightly."""
    kit = folder / f"{site}.sahakit"
    code = office.make_kit(baku, [site], NAMES[site], kit, work=LIGHT)
    try:
        return office.join(folder / site, kit, code, passphrase, NAMES[site])
    finally:
        kit.unlink(missing_ok=True)


def send_all(store: Store, folder: Path) -> list[Path]:
    """Send what the other side lacks into a folder; gives the files."""
    folder.mkdir(parents=True, exist_ok=True)
    return [sent.path for sent in send.send(store, folder)]
