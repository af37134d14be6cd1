"""Lists of named people that leave the register: each has a reason and is logged; it writes no file itself."""

from __future__ import annotations

from typing import Any

from app.errors import UserError
from app.models import integrity
from app.models.queries import trail
from app.models.writer import Reader, Writer

SHORTEST_REASON, LONGEST_REASON = 3, 200
SHORTEST_PASSWORD = 8
_ACTION = "export"
_ROLES = ("office", "laptop")


def check(r: Reader, reason: str, password: str = "") -> None:
    """Whether somebody here may take named people out, for this reason, under this password (empty: not locked).

    Raises UserError: export_not_here (this store only counts), export_reason_missing, export_password_short.
    """
    if r.identity.role not in _ROLES:
        raise UserError("export_not_here")
    if len(reason.strip()) < SHORTEST_REASON:
        raise UserError("export_reason_missing")
    if password and len(password) < SHORTEST_PASSWORD:
        raise UserError("export_password_short", least=SHORTEST_PASSWORD)


def note(w: Writer, what: str, reason: str, *, people: int, locked: bool) -> None:
    """Log that `people` named people left as `what` (a report's name or a person's id), for this reason.

    The log is a chain: an entry changed or taken out later is found by `saha check`. It holds no name of theirs.
    """
    told = [reason.strip()[:LONGEST_REASON], f"people={people}", "locked" if locked else "open"]
    integrity.record_audit(w, _ACTION, what, told)


def made(r: Reader, limit: int = 50) -> list[dict[str, Any]]:
    """What left, the latest first: moment (ISO, UTC), user, what, reason, people, locked."""
    found = []
    for entry in trail.entries(r, _ACTION, limit):
        reason, people, locked = [*(entry["names"] or []), "", "people=0", ""][:3]
        found.append(
            {
                "moment": entry["moment"],
                "user": entry["user"],
                "what": entry["object"],
                "reason": reason,
                "people": int(people.partition("=")[2] or 0),
                "locked": locked == "locked",
            }
        )
    return found
