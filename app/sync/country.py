"""A practice country: an office and laptops of two sites that have exchanged once; never touches a real register."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from app.basics import ids
from app.keys.slots import LIGHT
from app.models.store import Store
from app.models.writer import Writer
from app.sync import office, receive, send

T = TypeVar("T")
OFFICE = "office"
READY = "ready"
"""An empty file that is there when the country is whole."""
SITES = ("ganja", "nakhchivan")
NAMES = {"ganja": "Gəncə 1", "nakhchivan": "Naxçıvan 1"}


def build(folder: Path, passphrase: str, fill: Callable[[Writer, str, int], T], *, seed: int = 1) -> list[T]:
    """Office, Ganja and Nakhchivan under `folder`; `fill(writer, site code, number)` enters what a site has.

    The same seed makes the same records. Gives what `fill` gave. Store errors as of `Store.create`.
    """
    told = []
    with ids.repeatable(seed), office.found_office(folder / OFFICE, passphrase, name="Bakı") as baku:
        for number, site in enumerate(SITES):
            with enrol(folder, baku, site, passphrase) as laptop:
                told.append(laptop.write(lambda w, s=site, n=number: fill(w, s, n)).value)  # type: ignore[misc]
                send_all(laptop, folder / "bundles")
        for bundle in sorted((folder / "bundles").glob("*.saha")):
            receive.receive(baku, bundle)
    (folder / READY).touch()
    return told


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
