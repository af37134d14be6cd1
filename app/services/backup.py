"""Verified backups beside the store: made, listed, thinned, restored; one that was not read back does not count."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.basics import clock
from app.errors import StoreError, UserError
from app.keys import slots
from app.models import exchange
from app.models.store import FILE, Store
from app.models.writer import Writer

FOLDER = "backups"
_FORM = "%Y%m%d-%H%M%S"
_NEVER_FEWER = 3
_DAYS = 90


@dataclass(frozen=True)
class Backup:
    """A backup on disk; `made` is ISO 8601 UTC."""

    path: Path
    made: str
    size: int


@dataclass(frozen=True)
class Restored:
    """`lost_writes` are those of the replaced store that the backup did not have; it is kept as `kept_as`."""

    lost_writes: int
    kept_as: Path


def make(store: Store) -> Backup:
    """A verified, encrypted copy with its key slots beside it, and the older ones thinned out."""
    folder = store.folder / FOLDER
    folder.mkdir(exist_ok=True)
    with store.read() as reader:
        position, _ = reader.position()
    moment = clock.now()
    path = folder / f"{moment.strftime(_FORM)}-{position:09d}.db"
    store.copy_to(path)
    _keep_header(store.folder, path)
    store.write(lambda w: w.set_meta("last_backup", clock.stamp()))
    _thin(folder)
    return Backup(path, moment.isoformat(timespec="seconds"), path.stat().st_size)


def _keep_header(folder: Path, path: Path) -> None:
    target = path.with_suffix(".keys")
    target.write_bytes(slots.export_header(folder))


def listed(folder: Path) -> list[Backup]:
    """The backups of a store, newest first."""
    found = []
    for path in (folder / FOLDER).glob("*.db"):
        try:
            made = datetime.strptime("-".join(path.stem.split("-")[:2]), _FORM)
        except ValueError:
            continue
        found.append(Backup(path, made.isoformat() + "+00:00", path.stat().st_size))
    return sorted(found, key=lambda b: b.path.name, reverse=True)


def _thin(folder: Path) -> None:
    """Keep all of two days, then one a day (14 days), a week (8 weeks), a month (90 days); never fewer than three."""
    kept: set[tuple[str, str]] = set()
    now = clock.now().replace(tzinfo=None)
    for number, found in enumerate(listed(folder.parent)):
        made = datetime.fromisoformat(found.made).replace(tzinfo=None)
        age = now - made
        if age <= timedelta(days=2):
            slot = ("each", found.path.name)
        elif age <= timedelta(days=14):
            slot = ("day", made.strftime("%Y%m%d"))
        elif age <= timedelta(weeks=8):
            slot = ("week", made.strftime("%G%V"))
        else:
            slot = ("month", made.strftime("%Y%m"))
        if number >= _NEVER_FEWER and (slot in kept or age > timedelta(days=_DAYS)):
            found.path.unlink(missing_ok=True)
            found.path.with_suffix(".keys").unlink(missing_ok=True)
        kept.add(slot)


def restore(folder: Path, path: Path, passphrase: str) -> Restored:
    """Put a backup in the store's place. The present file is kept; the restored store gets a new id, so that no number
    that was used after the backup can be used again. Raises StoreError or UserError(backup_missing,
    backup_unusable)."""
    if not path.is_file():
        raise UserError("backup_missing", file=path.name)
    if not slots.exists(folder) and path.with_suffix(".keys").is_file():
        slots.import_header(folder, path.with_suffix(".keys").read_bytes())
    key = slots.unlock(folder, passphrase).dek
    trial = folder / "restoring"
    shutil.rmtree(trial, ignore_errors=True)
    trial.mkdir()
    try:
        shutil.copyfile(path, trial / FILE)
        try:
            with Store.open_with_key(trial, key) as copy, copy.read() as reader:
                restored_at, _ = reader.position()
        except StoreError as error:
            if error.code != "store_damaged":
                raise
            raise UserError("backup_unusable", file=path.name) from error  # the file, not the register, is at fault
        lost, kept = _set_aside(folder, key, restored_at)
        (trial / FILE).replace(folder / FILE)
    finally:
        shutil.rmtree(trial, ignore_errors=True)
    with Store.open_with_key(folder, key) as store:
        store.write(_new_identity)
    return Restored(lost, kept)


def _set_aside(folder: Path, key: bytes, restored_at: int) -> tuple[int, Path]:
    lost = 0
    kept = folder / f"replaced-{clock.now().strftime(_FORM)}.db"
    if (folder / FILE).exists():
        try:
            with Store.open_with_key(folder, key) as present:
                with present.read() as reader:
                    lost = max(0, reader.position()[0] - restored_at)
                present.sweep()
        except StoreError as error:
            if error.code == "store_in_use":
                raise
        (folder / FILE).replace(kept)
    for name in (f"{FILE}-wal", f"{FILE}-shm"):
        (folder / name).unlink(missing_ok=True)
    return lost, kept


def _new_identity(w: Writer) -> None:
    exchange.take_new_id(w)
    w.set_meta("restored", clock.stamp())
