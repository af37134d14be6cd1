"""Whole folders of bundles, file by file with progress, in any order; what a bundle holds is no matter of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from app.errors import UserError
from app.models.store import Store
from app.sync import devices, receive, send
from app.sync.package import is_folder, paths_under
from app.sync.receive import Received, Refusal

Step = Callable[[int, int], None]
MOST_FILES = 20_000
"""A stick with more files than this is not looked through to its end."""


def bundles_in(paths: Sequence[Path], step: Step = lambda done, total: None) -> list[Path]:
    """The bundles among files and in folders, each once; a file that was named is taken for one whatever it is."""
    found: list[Path] = []
    seen = 0
    for path in paths:
        if not is_folder(path):
            found.append(path)
            continue
        for inner in paths_under(path):
            seen += 1
            if seen % 200 == 0:
                step(seen, 0)
            if seen > MOST_FILES:
                break
            if receive.is_bundle(inner):
                found.append(inner)
    return list(dict.fromkeys(found))


def look_at(store: Store, paths: Sequence[Path], step: Step) -> tuple[list[Received], list[Refusal]]:
    """What each bundle would do if it were the only one taken, by sender and number; changes nothing."""
    shown: list[Received] = []
    refused: list[Refusal] = []
    files = bundles_in(paths, step)
    for number, path in enumerate(files):
        step(number, len(files))
        try:
            shown.append(receive.preview(store, path))
        except UserError as error:
            refused.append(Refusal(path, error))
    return sorted(shown, key=lambda one: (one.sender, one.no)), refused


def take_in(store: Store, paths: Sequence[Path], step: Step) -> tuple[list[Received], list[Refusal]]:
    """Take the bundles in, one transaction each; stopping between two leaves the first taken and the second not."""
    taken: list[Received] = []
    refused: list[Refusal] = []
    files = bundles_in(paths, step)
    for number, path in enumerate(files):
        step(number, len(files))
        some, others = receive.receive_all(store, [path], safety_copy=not receive.changed_something(taken))
        taken += some
        refused += others
    # The office's bundle in the same folder may have introduced the sender of an earlier one.
    again = [one.path for one in refused if one.error.code == "bundle_unknown_sender"]
    if again and taken:
        some, others = receive.receive_all(store, again, safety_copy=False)
        taken += some
        refused = [one for one in refused if one.path not in again] + others
    return taken, refused


def send_all(store: Store, folder: Path, step: Step, *, max_size: int | None = None) -> list[send.Sent]:
    """Write a bundle for everybody who lacks something into a folder: from a laptop the office's, else one a laptop.

    UserError as for `send.send`; what was written before a failure stays and counts.
    """
    with store.read() as r:
        office = r.identity.role == "office"
        names = [known.name for known in devices.roster(r) if known.role == "laptop" and known.trusted]
    if not office or not names:
        step(0, 1)
        return send.send(store, folder, max_size=max_size)
    sent: list[send.Sent] = []
    for number, name in enumerate(names):
        step(number, len(names))
        sent += send.send(store, folder, for_name=name, max_size=max_size)
    return sent
