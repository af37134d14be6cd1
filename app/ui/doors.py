"""The ways into a register, as openers for `Tasks.open`; each loads the code it needs only when it runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from app.ui import tasks

Opener = Callable[[], Any]
PRACTICE = "practice"
"""The passphrase of practice registers, known to everybody: it guards nothing."""


class Doors:
    """Unlock, join, found an office, practise. Tests may hand in their own."""

    def unlock(self, folder: Path, passphrase: str) -> Opener:
        """Open the register in `folder`."""
        return tasks.unlock(folder, passphrase)

    def office(self, folder: Path, name: str, user: str, passphrase: str) -> Opener:
        """Make the office's register in `folder`."""

        def opener() -> Any:
            from app.sync import office  # with the database code, after the first paint

            return office.found_office(folder, passphrase, name=name, user=user)

        return opener

    def join(self, folder: Path, kit: Path, code: str, passphrase: str, user: str) -> Opener:
        """Make a laptop's register from a kit and its code."""

        def opener() -> Any:
            from app.sync import office

            return office.join(folder, kit, code, passphrase, user)

        return opener

    def tag(self, kit: Path) -> Callable[[], Any]:
        """What stands on a kit (a `kitfile.Tag`, or None), as work for `Tasks.run`; needs no code."""

        def work() -> Any:
            from app.sync import kitfile

            try:
                with kit.open("rb") as file:
                    return kitfile.read_tag(file.read(4096))
            except OSError:
                return None

        return work

    def restore(self, folder: Path, copy: Path, passphrase: str) -> Opener:
        """Put a copy in the place of the register in `folder` (what is there is kept) and open it."""

        def opener() -> Any:
            from app.services import backup

            backup.restore(folder, copy, passphrase)
            return tasks.unlock(folder, passphrase)()

        return opener

    def look(self, folder: Path, copy: Path, passphrase: str) -> Callable[[], Any]:
        """What is in a copy and what would be lost with it, as work for `Tasks.run`."""

        def work() -> Any:
            from app.services import backup

            return backup.look(folder, copy, passphrase)

        return work

    def copies(self, folder: Path, drives: Sequence[Path]) -> Callable[[], Any]:
        """The copies that could be brought back, as work for `Tasks.run`."""

        def work() -> Any:
            from app.services import backup

            return backup.candidates(folder, drives)

        return work

    def practice(self, folder: Path) -> Opener:
        """Make (or open again) the office of a practice country below `folder`, made as `saha demo` makes it."""

        def opener() -> Any:
            from app.services import practice
            from app.sync import country

            place, number = folder, 1
            while place.exists() and not (place / country.READY).exists():  # half-made, or not ours: never touched
                number += 1
                place = folder.with_name(f"{folder.name}-{number}")
            if not place.exists():
                country.build(place, PRACTICE, lambda w, site, n: practice.fill_site(w, code=site, seed=n))
            return tasks.unlock(place / country.OFFICE, PRACTICE)()

        return opener


def is_practice(folder: Path) -> bool:
    """Whether the register in `folder` holds made-up data only; reads its key file."""
    from app.keys import slots  # cryptography takes a while to load

    return slots.exists(folder) and slots.is_practice(folder)


def holds_register(folder: Path) -> bool:
    """Whether a register lies in `folder`; opens nothing."""
    return any((folder / name).exists() for name in ("saha.db", "header.a", "header.b"))
