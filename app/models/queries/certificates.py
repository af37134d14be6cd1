"""What the register knows about a certificate that somebody shows; needs no network and writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.models.writer import Reader
from app.specs.paper_codes import read_serial


@dataclass(frozen=True)
class Check:
    """What is known of a serial: `state` is mistyped, unknown, revoked or valid; the certificate and its activity."""

    state: str
    serial: str = ""
    certificate: dict[str, Any] | None = None
    activity: dict[str, Any] | None = None


def check(reader: Reader, typed: str) -> Check:
    """Look a typed or scanned serial up; a slip of one letter is noticed without looking."""
    tidy = read_serial(typed)
    if tidy is None:
        return Check("mistyped")
    found = reader.list("certificate", serial=tidy)
    if not found:
        return Check("unknown", tidy)
    valid = [c for c in found if not c["revoked_on"]]
    shown = (valid or found)[0]
    seat = reader.get("participation", shown["participation"], deleted=True)
    activity = reader.get("activity", seat["activity"], deleted=True) if seat else None
    return Check("valid" if valid else "revoked", tidy, shown, activity)
