"""Verified backups beside the store and on a stick: made, listed, looked into, restored; one not read back is none."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.basics import clock
from app.errors import StoreError, UserError
from app.keys import slots
from app.models import exchange, integrity
from app.models.queries import beyond
from app.models.store import FILE, OPEN_MARK, Store
from app.models.writer import Reader, Writer
from app.names.fold import fold

FOLDER = "backups"
STICK_FOLDER = "saha-backup"
"""The folder on a stick in which each register has one of its own."""
_FORM = "%Y%m%d-%H%M%S"
_NEVER_FEWER = 3
_DAYS = 90
_ON_STICK = 2
_COUNTED = ("person", "activity", "participation", "group", "output", "attachment")


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


@dataclass(frozen=True)
class Candidate:
    """A copy that could be restored. `kind`: own (made by itself), stick (on a second medium), before (kept before a
    bundle or an update), replaced (what an earlier restore put aside). `made`: ISO 8601 UTC."""

    kind: str
    path: Path
    made: str
    size: int


@dataclass(frozen=True)
class Contents:
    """What is in a copy. `counts`: live rows of the records people know; `last_write`: when the last change in it was
    made; `lost`: changes of the present register that it does not have (None: there is no present one that can be
    read), `lost_rows` of which records; `now`: the counts of the present one."""

    name: str
    counts: Mapping[str, int]
    last_write: str | None
    writes: int
    lost: int | None = None
    lost_rows: Mapping[str, int] = field(default_factory=dict)
    now: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Drill:
    """A restore that was tried in a scratch copy: what came back and how long it took (seconds)."""

    backup: Backup
    contents: Contents
    sound: bool
    seconds: float


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


def keep_on(store: Store, drive: Path) -> Backup:
    """A verified copy on a second medium, the two newest of this register kept there. OSError as of the drive."""
    with store.read() as reader:
        position, _ = reader.position()
        name = str(reader.meta("name", ""))
    folder = drive / STICK_FOLDER / f"{_slug(name)}-{store.identity.store_id[:6]}"
    folder.mkdir(parents=True, exist_ok=True)
    moment = clock.now()
    path = folder / f"{moment.strftime(_FORM)}-{position:09d}.db"
    store.copy_to(path)
    _keep_header(store.folder, path)
    store.write(lambda w: w.set_meta("last_stick_backup", clock.stamp()))
    for old in _in_folder(folder)[_ON_STICK:]:
        old.path.unlink(missing_ok=True)
        old.path.with_suffix(".keys").unlink(missing_ok=True)
    return Backup(path, moment.isoformat(timespec="seconds"), path.stat().st_size)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:40] or "register"


def _keep_header(folder: Path, path: Path) -> None:
    target = path.with_suffix(".keys")
    target.write_bytes(slots.export_header(folder))


def listed(folder: Path) -> list[Backup]:
    """The backups of a store, newest first."""
    return _in_folder(folder / FOLDER)


def _in_folder(folder: Path) -> list[Backup]:
    found = []
    for path in folder.glob("*.db"):
        try:
            made = datetime.strptime("-".join(path.stem.split("-")[:2]), _FORM)
        except ValueError:
            continue
        found.append(Backup(path, made.isoformat() + "+00:00", path.stat().st_size))
    return sorted(found, key=lambda b: b.path.name, reverse=True)


def candidates(folder: Path, drives: Sequence[Path] = ()) -> list[Candidate]:
    """Every copy that could be restored into `folder`, the newest first; `drives` are sticks to look at."""
    found = [Candidate("own", one.path, one.made, one.size) for one in listed(folder)]
    for drive in drives:
        for place in sorted((drive / STICK_FOLDER).glob("*")):
            found += [Candidate("stick", one.path, one.made, one.size) for one in _in_folder(place)]
    for pattern, kind in (("before-*.db", "before"), ("replaced-*.db", "replaced")):
        for path in folder.glob(pattern):
            about = path.stat()
            made = datetime.fromtimestamp(about.st_mtime, UTC).isoformat(timespec="seconds")
            found.append(Candidate(kind, path, made, about.st_size))
    return sorted(found, key=lambda one: one.made, reverse=True)


def look(folder: Path, path: Path, passphrase: str) -> Contents:
    """What is in a copy, and what of the present register in `folder` it lacks; both stay as they are.

    Raises StoreError(wrong_passphrase, header_damaged) or UserError(backup_missing, backup_unusable).
    """
    if not path.is_file():
        raise UserError("backup_missing", file=path.name)
    key, _ = _way_in(folder, path, passphrase)
    with _scratch(path, key) as copy, copy.read() as then:
        if (folder / FILE).exists():
            try:
                with Store.open_with_key(folder, key) as present, present.read() as now:
                    return _compared(then, now)
            except StoreError:
                pass  # the present one cannot be read: that is why they are here
        return _contents(then)


def look_beside(store: Store, path: Path) -> Contents:
    """The same for a copy of an open register."""
    with _scratch(path, store.key) as copy, copy.read() as then, store.read() as now:
        return _compared(then, now)


def drill(store: Store, path: Path | None = None) -> Drill:
    """Restore a backup (the newest, if none is named) into a scratch copy, fold every write of it, and throw it away.

    UserError: no_backup_yet, backup_missing, backup_unusable. When it was done is remembered in the store.
    """
    known = listed(store.folder)
    chosen = next((one for one in known if path is None or one.path == path), None)
    if chosen is None:
        raise UserError("no_backup_yet") if path is None else UserError("backup_missing", file=path.name)
    start = clock.now()
    with _scratch(chosen.path, store.key) as copy:
        copy.write(_new_identity)
        sound = integrity.check(copy).sound
        with copy.read() as then, store.read() as now:
            found = _compared(then, now)
    if sound:
        store.write(lambda w: w.set_meta("last_drill", clock.stamp()))
    return Drill(chosen, found, sound, (clock.now() - start).total_seconds())


def _key_of(folder: Path, path: Path, passphrase: str) -> bytes:
    """The key of a copy: by the slots beside it, else by those of the register in the folder."""
    if not path.is_file():
        raise UserError("backup_missing", file=path.name)
    beside = path.with_suffix(".keys")
    if beside.is_file():
        with tempfile.TemporaryDirectory() as place:
            slots.import_header(Path(place), beside.read_bytes())
            return slots.unlock(Path(place), passphrase).dek
    return slots.unlock(folder, passphrase).dek


@contextmanager
def _scratch(path: Path, key: bytes) -> Iterator[Store]:
    """A copy of a backup, open, encrypted as it is, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="saha-look-") as place:
        if not path.is_file():
            raise UserError("backup_missing", file=path.name)
        shutil.copyfile(path, Path(place) / FILE)
        try:
            store = Store.open_with_key(Path(place), key)
        except StoreError as error:
            if error.code != "store_damaged":
                raise
            raise UserError("backup_unusable", file=path.name) from error
        with store:
            yield store


def _counts(reader: Reader) -> dict[str, int]:
    return {record: reader.count(record) for record in _COUNTED}


def _contents(reader: Reader) -> Contents:
    log = reader.meta("log", {})
    return Contents(str(reader.meta("name", "")), _counts(reader), log.get("wall"), reader.position()[0])


def _compared(then: Reader, now: Reader) -> Contents:
    """The contents of a copy with what the present register has beyond them."""
    later = beyond.writes_beyond(now, then)
    rows = Counter(record for record, _ in set(later))
    return replace(_contents(then), lost=len(later), lost_rows=dict(rows), now=_counts(now))


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
    key, header = _way_in(folder, path, passphrase)
    folder.mkdir(parents=True, exist_ok=True)
    trial = folder / "restoring"
    shutil.rmtree(trial, ignore_errors=True)
    trial.mkdir()
    try:
        shutil.copyfile(path, trial / FILE)
        try:
            with Store.open_with_key(trial, key) as copy:
                with copy.read() as reader:
                    restored_at, _ = reader.position()
                if copy.file_findings():
                    raise StoreError("store_damaged", folder=folder.name)
        except StoreError as error:
            if error.code != "store_damaged":
                raise
            raise UserError("backup_unusable", file=path.name) from error  # the file, not the register, is at fault
        lost, kept = _set_aside(folder, key, restored_at)
        if header is not None:
            slots.import_header(folder, header)
        (trial / FILE).replace(folder / FILE)
    finally:
        shutil.rmtree(trial, ignore_errors=True)
    with Store.open_with_key(folder, key) as store:
        store.write(_new_identity)
    return Restored(lost, kept)


def _way_in(folder: Path, path: Path, passphrase: str) -> tuple[bytes, bytes | None]:
    """The key by the slots of the folder; where they are gone or damaged, by those kept with the copy, and these."""
    beside = path.with_suffix(".keys")
    if slots.exists(folder):
        try:
            return slots.unlock(folder, passphrase).dek, None
        except StoreError as error:
            if error.code not in ("header_damaged", "header_tampered") or not beside.is_file():
                raise
    key = _key_of(folder, path, passphrase)
    return key, beside.read_bytes() if beside.is_file() else None


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
    for name in (f"{FILE}-wal", f"{FILE}-shm", OPEN_MARK):
        (folder / name).unlink(missing_ok=True)
    return lost, kept


def _new_identity(w: Writer) -> None:
    exchange.take_new_id(w)
    w.set_meta("restored", clock.stamp())
