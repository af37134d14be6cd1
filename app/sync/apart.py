"""What waits for a person or another bundle: writes kept apart, rows that cannot be shown yet; it lets nothing in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import UserError
from app.models import exchange
from app.models.oplog import Op, read_line
from app.models.writer import Reader
from app.specs import wording
from app.specs.records import RECORDS
from app.sync import devices
from app.sync.conflicts import row_title


@dataclass(frozen=True)
class KeptApart:
    """A write that its sender had no right to make. `title` of the row as it is here; `changes`: (field, value) in
    words; `reason`: a code (not_their_site, office_only, beyond_role, malformed, …)."""

    id: str
    record: str
    row: str
    title: str
    sender: str
    user: str
    moment: str
    reason: str
    changes: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Waiting:
    """A row that cannot be shown, or not wholly: `reason` missing_parent, missing_reference or another code."""

    record: str
    row: str
    title: str
    reason: str


def kept_apart(r: Reader) -> list[KeptApart]:
    """Every write in quarantine, by sender and row."""
    names = {known.id: known.name for known in devices.roster(r)}
    users = devices.users_known(r)
    found = []
    for entry in exchange.quarantined(r):
        op = _read(entry["body"])
        sender = names.get(entry["sender"] or "", "")
        known = bytes(entry["id"]).hex()
        if op is None:
            found.append(KeptApart(known, "", "", "", sender, "", entry["received"], entry["reason"], ()))
            continue
        changes = [
            (wording.key_word(op.record, key), wording.value_word(op.record, key, value) or "–")
            for key, value in op.fields.items()
            if key != "owner_site"
        ]
        title = _title(r, op.record, op.row, op)
        user = users.get(op.user, "")
        found.append(KeptApart(known, op.record, op.row, title, sender, user, op.wall, entry["reason"], changes))
    return sorted(found, key=lambda one: (one.sender, one.record, one.title, one.moment))


def waiting(r: Reader) -> list[Waiting]:
    """Every row that waits for another one, or for a newer program."""
    found = []
    for entry in exchange.parked_rows(r):
        ops = r.ops_of(entry["row"])
        title = _title(r, entry["record"], entry["row"], ops[0] if ops else None)
        found.append(Waiting(entry["record"], entry["row"], title, entry["reason"]))
    return found


def _read(body: str) -> Op | None:
    try:
        return read_line(body)
    except UserError:
        return None


def _title(r: Reader, record: str, row: str, op: Op | None) -> str:
    """The row's name here, else what the write itself calls it."""
    if record not in RECORDS:
        return row
    here = row_title(r, record, row)
    return here if here != row or op is None else wording.title_word(record, op.fields) or row
