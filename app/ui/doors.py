"""The ways into a register, as openers for `Tasks.open`; each loads the code it needs only when it runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.errors import UserError
from app.ui import tasks

Opener = Callable[[], Any]


class Doors:
    """Unlock, join, found an office, practise. Tests and the composition root may hand in their own."""

    def unlock(self, folder: Path, passphrase: str) -> Opener:
        """Open the register in `folder`."""
        return tasks.unlock(folder, passphrase)

    def office(self, folder: Path, name: str, user: str, passphrase: str) -> Opener:
        """Make the office's register in `folder`."""
        return tasks.found_office(folder, passphrase, name, user)

    def join(self, folder: Path, kit: Path, code: str, passphrase: str, user: str) -> Opener:
        """Make a laptop's register from a kit and its code."""

        def opener() -> Any:
            raise UserError("not_in_this_version")

        return opener

    def practice(self, folder: Path) -> Opener:
        """Make (or open again) a register of made-up data."""

        def opener() -> Any:
            raise UserError("not_in_this_version")

        return opener


def holds_register(folder: Path) -> bool:
    """Whether a register lies in `folder`; opens nothing."""
    return any((folder / name).exists() for name in ("saha.db", "header.a", "header.b"))
