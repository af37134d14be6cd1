"""Sealing bytes to age recipients and opening them within bounds; hands out no byte before all is authenticated."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import pyrage
from pyrage import x25519

from app.errors import UserError

SEALED_LIMIT = 25_000_000
HEADER_LIMIT = 4096
STANZA_LIMIT = 16
RECIPIENT_LIMIT = STANZA_LIMIT - 2  # the library adds a stanza of its own as grease
# The library takes stanzas whose last line is missing; a header is therefore asked for its exact form here.
_LINES = rb"(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}\n"
_STANZA = rb"-> [!-~]+(?: [!-~]+)*\n" + _LINES
_HEADER = re.compile(rb"age-encryption\.org/v1\n(?:" + _STANZA + rb"){1,%d}--- [A-Za-z0-9+/]{43}\n" % STANZA_LIMIT)


def new_identity() -> tuple[str, str]:
    """A fresh key pair: (identity, to be kept secret; recipient, to be handed out), both in age's text form."""
    identity = x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def recipient_of(identity: str) -> str:
    """The recipient that belongs to an identity; ValueError if it is none."""
    try:
        return str(x25519.Identity.from_str(identity).to_public())
    except pyrage.IdentityError as error:
        raise ValueError("not an age identity") from error


def fingerprint(key: str | bytes) -> str:
    """25 digits in groups of five that two people can compare by voice; from a recipient or a verifying key."""
    raw = key.encode() if isinstance(key, str) else key
    number = int.from_bytes(hashlib.sha256(b"saha/fingerprint/1\0" + raw).digest(), "big") % 10**25
    digits = f"{number:025d}"
    return " ".join(digits[start : start + 5] for start in range(0, 25, 5))


def seal(data: bytes, recipients: Sequence[str]) -> bytes:
    """`data` encrypted to every one of `recipients` (age text form); ValueError for a bad recipient or too many."""
    if not 1 <= len(recipients) <= RECIPIENT_LIMIT:
        raise ValueError(f"1 to {RECIPIENT_LIMIT} recipients")
    try:
        keys = [x25519.Recipient.from_str(recipient) for recipient in recipients]
    except pyrage.RecipientError as error:
        raise ValueError("not an age recipient") from error
    return pyrage.encrypt(data, keys)


def open_sealed(data: bytes, identities: Sequence[str], limit: int = SEALED_LIMIT) -> bytes:
    """The bytes sealed for one of `identities`. UserError: sealed_too_large, sealed_damaged, sealed_other_key."""
    if len(data) > limit:
        raise UserError("sealed_too_large", size=len(data), limit=limit)
    # The library's cost grows with the square of the stanzas (2,000 of them: 94 s), so the header is measured first.
    header = _HEADER.match(data, 0, HEADER_LIMIT)
    if header is None or b"\n-> scrypt" in header[0]:
        raise UserError("sealed_damaged")
    keys = [x25519.Identity.from_str(identity) for identity in identities]
    try:
        # Never decrypt_io: it hands out plaintext before a bad last chunk is noticed.
        return pyrage.decrypt(data, keys)
    except pyrage.DecryptError as error:
        code = "sealed_other_key" if "No matching keys" in str(error) else "sealed_damaged"
        # words: errors.sealed_other_key, errors.sealed_damaged
        raise UserError(code) from error
