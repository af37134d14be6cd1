"""The key-slot header of a store: who can unlock it, and with what; never opens the store itself.

Two copies (`header.a`, `header.b`) of one canonical JSON document with a generation number. A SHA-256 tells accidents
from wrong passphrases; an HMAC under the data key tells tampering. Each slot wraps the same 32-byte data key:
`user` by Argon2id of a passphrase, `code` by a spoken recovery code, `office` by age to two recovery recipients.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.basics import machine
from app.errors import StoreError, UserError
from app.keys import canonical, codes, sealing
from app.keys import passphrase as rule

FORMAT = 1
COPIES = ("header.a", "header.b")
HEADER_LIMIT = 65_536
SLOT_LIMIT = 24
CODE_LETTERS = 26


@dataclass(frozen=True)
class Work:
    """The cost of one guess at a passphrase: memory in KiB, passes, lanes."""

    memory: int = 65_536
    passes: int = 3
    lanes: int = 4

    def allowed(self) -> bool:
        """Within what any of our laptops can do; a tampered header must not hang it."""
        return 8 * self.lanes <= self.memory <= 1_048_576 and 1 <= self.passes <= 10 and 1 <= self.lanes <= 8


NORMAL = Work()
LIGHT = Work(memory=64, passes=1, lanes=1)  # tests only: guesses cost nothing


@dataclass(frozen=True)
class Unlocked:
    """An opened header. `dek` is the 32-byte data key; `repaired` tells that one damaged copy was rewritten."""

    dek: bytes = field(repr=False)
    vault_id: str
    user_id: str
    slot_id: str
    kind: str
    epoch: int
    practice: bool
    repaired: bool = False


@dataclass(frozen=True)
class SlotInfo:
    """What may be shown of a slot."""

    slot_id: str
    kind: str
    user_id: str


def exists(folder: Path) -> bool:
    """Whether the folder has a header at all, whole or not."""
    return any((folder / name).exists() for name in COPIES)


def is_practice(folder: Path) -> bool:
    """Whether the store is marked as practice data. StoreError header_missing, header_damaged, header_newer."""
    return bool(_read(folder)[0]["practice"])


def slots(folder: Path) -> list[SlotInfo]:
    """Every slot of the header, without secrets. StoreError as for is_practice."""
    return [SlotInfo(s["id"], s["kind"], s["user"]) for s in _read(folder)[0]["slots"]]


def create(
    folder: Path,
    passphrase: str,
    user_id: str,
    *,
    work: Work = NORMAL,
    practice: bool = False,
    dek: bytes | None = None,
) -> Unlocked:
    """Write a header with one user slot into an existing folder; return its data key (`dek`: 32 bytes, else random).

    UserError from the passphrase rule; StoreError header_exists if the folder has one.
    """
    rule.check(passphrase, practice=practice)
    if exists(folder):
        raise StoreError("header_exists")
    key = dek or secrets.token_bytes(32)
    header: dict[str, Any] = {
        "format": FORMAT,
        "vault": secrets.token_hex(16),
        "generation": 0,
        "epoch": 1,
        "practice": practice,
        "slots": [],
    }
    slot = _user_slot(header, key, passphrase, user_id, work)
    header["slots"].append(slot)
    _write(folder, header, key)
    return _unlocked(header, slot, key, False)


def unlock(folder: Path, passphrase: str, user_id: str | None = None) -> Unlocked:
    """The data key, if the passphrase fits a user slot (of `user_id` only, if given).

    StoreError: wrong_passphrase (certain: the header is whole and no slot fits), header_missing, header_damaged,
    header_tampered, header_newer. A damaged copy is rewritten from the good one.
    """
    secret = rule.to_bytes(passphrase)

    def try_slot(header: dict[str, Any], slot: dict[str, Any]) -> bytes | None:
        if slot["kind"] != "user" or (user_id is not None and slot["user"] != user_id):
            return None
        return _unwrap(header, slot, _passphrase_key(secret, slot["kdf"]))

    return _open(folder, try_slot, "wrong_passphrase")


def change_passphrase(folder: Path, old: str, new: str, *, user_id: str | None = None, work: Work = NORMAL) -> Unlocked:
    """Give the slot that `old` opens a new passphrase; errors of unlock and of the rule."""
    opened = unlock(folder, old, user_id)
    return add_user(folder, opened.dek, new, opened.user_id, work=work)


def add_user(folder: Path, dek: bytes, passphrase: str, user_id: str, *, work: Work = NORMAL) -> Unlocked:
    """Give `user_id` a slot with this passphrase, replacing the one they had; errors of the rule and the header."""
    header = _read_as(folder, dek)
    rule.check(passphrase, practice=header["practice"])
    slot = _user_slot(header, dek, passphrase, user_id, work)
    kept = [s for s in header["slots"] if not (s["kind"] == "user" and s["user"] == user_id)]
    _replace_slots(folder, header, dek, [*kept, slot])
    return _unlocked(header, slot, dek, False)


def remove_slot(folder: Path, dek: bytes, slot_id: str) -> None:
    """Take a slot out. UserError slot_unknown; slot_last_user, because a store nobody can unlock is a lost one."""
    header = _read_as(folder, dek)
    kept = [s for s in header["slots"] if s["id"] != slot_id]
    if len(kept) == len(header["slots"]):
        raise UserError("slot_unknown")
    if not any(s["kind"] == "user" for s in kept):
        raise UserError("slot_last_user")
    _replace_slots(folder, header, dek, kept)


def add_code(folder: Path, dek: bytes) -> str:
    """Make a new recovery code, burning any earlier one: 26 letters and a check letter. It is stored nowhere."""
    header = _read_as(folder, dek)
    code = codes.random_code(CODE_LETTERS)
    slot = {**_blank("code", ""), "kdf": {"name": "hkdf-sha256", "salt": _text(secrets.token_bytes(16))}}
    _wrap(header, slot, dek, _code_key(code, slot["kdf"]))
    _replace_slots(folder, header, dek, [*(s for s in header["slots"] if s["kind"] != "code"), slot])
    return codes.grouped(code + codes.check_letter(code), 5)


def unlock_with_code(folder: Path, code: str) -> Unlocked:
    """The data key by a recovery code. UserError code_mistyped (certain); StoreError wrong_code and those of unlock."""
    try:
        typed = codes.tidy(code)
    except ValueError as error:
        raise UserError("code_mistyped") from error
    if len(typed) != CODE_LETTERS + 1 or codes.check_letter(typed[:-1]) != typed[-1]:
        raise UserError("code_mistyped")

    def try_slot(header: dict[str, Any], slot: dict[str, Any]) -> bytes | None:
        return _unwrap(header, slot, _code_key(typed[:-1], slot["kdf"])) if slot["kind"] == "code" else None

    return _open(folder, try_slot, "wrong_code")


def add_office(folder: Path, dek: bytes, recipients: Sequence[str]) -> None:
    """Seal the data key to the office's two recovery recipients (age), replacing an earlier office slot."""
    if len(set(recipients)) != 2:
        raise ValueError("two different recovery recipients")
    header = _read_as(folder, dek)
    slot = {**_blank("office", ""), "wrapped": _text(sealing.seal(dek, list(recipients)))}
    _replace_slots(folder, header, dek, [*(s for s in header["slots"] if s["kind"] != "office"), slot])


def unlock_with_office(folder: Path, identity: str) -> Unlocked:
    """The data key by one of the office's recovery identities. StoreError wrong_recovery_key and those of unlock."""

    def try_slot(_: dict[str, Any], slot: dict[str, Any]) -> bytes | None:
        if slot["kind"] != "office":
            return None
        try:
            return sealing.open_sealed(_bytes(slot["wrapped"]), [identity], HEADER_LIMIT)
        except UserError:
            return None

    return _open(folder, try_slot, "wrong_recovery_key")


def export_header(folder: Path) -> bytes:
    """The good copy's bytes, for a backup or for the office. StoreError as for is_practice."""
    return _read(folder)[1]


def import_header(folder: Path, data: bytes) -> None:
    """Put a kept copy back as both copies; StoreError header_damaged if the copy itself is not whole."""
    _parse(data)
    for name in COPIES:
        _write_file(folder / name, data)


# --- slots ---


def _blank(kind: str, user_id: str) -> dict[str, Any]:
    return {
        "id": secrets.token_hex(8),
        "kind": kind,
        "user": user_id,
        "kdf": {"name": "none"},
        "nonce": "",
        "wrapped": "",
    }


def _user_slot(header: dict[str, Any], dek: bytes, passphrase: str, user_id: str, work: Work) -> dict[str, Any]:
    if not work.allowed():
        raise ValueError("work factor out of bounds")
    kdf = {"name": "argon2id", "salt": _text(secrets.token_bytes(16))}
    slot = {
        **_blank("user", user_id),
        "kdf": {**kdf, "memory": work.memory, "passes": work.passes, "lanes": work.lanes},
    }
    _wrap(header, slot, dek, _passphrase_key(rule.to_bytes(passphrase), slot["kdf"]))
    return slot


def _passphrase_key(secret: bytes, kdf: dict[str, Any]) -> bytes:
    derive = Argon2id(
        salt=_bytes(kdf["salt"]), length=32, iterations=kdf["passes"], lanes=kdf["lanes"], memory_cost=kdf["memory"]
    )
    return derive.derive(secret)


def _code_key(code: str, kdf: dict[str, Any]) -> bytes:
    derive = HKDF(hashes.SHA256(), 32, salt=_bytes(kdf["salt"]), info=b"saha/recovery-code/1")
    return derive.derive(code.encode("ascii"))


def _bound(header: dict[str, Any], slot: dict[str, Any]) -> bytes:
    """What a wrapped key belongs to: moving it to another store, slot, person or work factor breaks its tag."""
    place = [header["vault"], slot["id"], slot["kind"], slot["user"], header["epoch"], slot["kdf"]]
    return b"saha/slot/1\0" + canonical.encode(place)


def _wrap(header: dict[str, Any], slot: dict[str, Any], dek: bytes, key: bytes) -> None:
    nonce = secrets.token_bytes(12)
    slot["nonce"] = _text(nonce)
    slot["wrapped"] = _text(AESGCM(key).encrypt(nonce, dek, _bound(header, slot)))


def _unwrap(header: dict[str, Any], slot: dict[str, Any], key: bytes) -> bytes | None:
    try:
        return AESGCM(key).decrypt(_bytes(slot["nonce"]), _bytes(slot["wrapped"]), _bound(header, slot))
    except InvalidTag:
        return None


def _unlocked(header: dict[str, Any], slot: dict[str, Any], dek: bytes, repaired: bool) -> Unlocked:
    return Unlocked(
        dek, header["vault"], slot["user"], slot["id"], slot["kind"], header["epoch"], header["practice"], repaired
    )


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


# --- the document and its two copies ---


def _seal_of(body: bytes, dek: bytes) -> str:
    key = HKDF(hashes.SHA256(), 32, salt=None, info=b"saha/header-hmac/1").derive(dek)
    return hmac.new(key, body, "sha256").hexdigest()


def _body(header: dict[str, Any]) -> bytes:
    return canonical.encode({name: value for name, value in header.items() if name not in ("sha256", "hmac")})


def _digest(header: dict[str, Any]) -> str:
    """Over everything but itself, the seal too: an accident anywhere is told from tampering."""
    return hashlib.sha256(
        canonical.encode({name: value for name, value in header.items() if name != "sha256"})
    ).hexdigest()


def _genuine(header: dict[str, Any], dek: bytes) -> bool:
    return len(dek) == 32 and hmac.compare_digest(_seal_of(_body(header), dek), header["hmac"])


def _parse(data: bytes) -> dict[str, Any]:
    """A whole header within all bounds, or StoreError header_damaged; header_newer if a later program wrote it."""
    try:
        if len(data) > HEADER_LIMIT:
            raise ValueError("too long")
        header = canonical.decode(data)
        if header["sha256"] != _digest(header):
            raise ValueError("hash")
        if type(header["format"]) is int and header["format"] > FORMAT:
            raise StoreError("header_newer", format=header["format"])
        _check_shape(header)
    except (ValueError, TypeError, KeyError, AttributeError, binascii.Error) as error:
        raise StoreError("header_damaged") from error
    return header


def _check_shape(header: dict[str, Any]) -> None:
    """Types and bounds of everything that is used later; raises ValueError, TypeError or KeyError."""
    for name, kind in (("vault", str), ("generation", int), ("epoch", int), ("practice", bool), ("hmac", str)):
        if type(header[name]) is not kind:
            raise TypeError(name)
    if header["format"] != FORMAT or type(header["slots"]) is not list or len(header["slots"]) > SLOT_LIMIT:
        raise ValueError("format or slots")
    for slot in header["slots"]:
        kdf = slot["kdf"]
        if not all(type(slot[name]) is str for name in ("id", "kind", "user", "nonce", "wrapped")):
            raise TypeError("slot")
        if slot["kind"] == "user" and not (
            kdf["name"] == "argon2id"
            and all(type(kdf[name]) is int for name in ("memory", "passes", "lanes"))
            and Work(kdf["memory"], kdf["passes"], kdf["lanes"]).allowed()
        ):
            raise ValueError("work factor")
        if slot["kind"] in ("user", "code") and (len(_bytes(slot["nonce"])) != 12 or len(_bytes(kdf["salt"])) != 16):
            raise ValueError("nonce or salt")
        _bytes(slot["wrapped"])


def _read(folder: Path) -> tuple[dict[str, Any], bytes, bool]:
    """(newest whole header, its bytes, whether the other copy is missing, damaged or older)."""
    found: list[tuple[dict[str, Any], bytes]] = []
    seen = 0
    newer: StoreError | None = None
    for name in COPIES:
        try:
            with (folder / name).open("rb") as file:
                data = file.read(HEADER_LIMIT + 1)
        except FileNotFoundError:
            continue
        except OSError:
            seen += 1
            continue
        seen += 1
        try:
            found.append((_parse(data), data))
        except StoreError as error:
            newer = error if error.code == "header_newer" else newer
    if newer is not None:
        raise newer
    if not seen:
        raise StoreError("header_missing")
    if not found:
        raise StoreError("header_damaged")
    header, data = max(found, key=lambda pair: pair[0]["generation"])
    return header, data, len(found) < len(COPIES) or found[0][1] != found[1][1]


def _read_as(folder: Path, dek: bytes) -> dict[str, Any]:
    """The header, proven to be the one this data key belongs to; StoreError header_tampered otherwise."""
    header = _read(folder)[0]
    if not _genuine(header, dek):
        raise StoreError("header_tampered")
    return header


def _open(folder: Path, try_slot: Callable[[dict[str, Any], dict[str, Any]], bytes | None], refusal: str) -> Unlocked:
    header, data, uneven = _read(folder)
    for slot in header["slots"]:
        dek = try_slot(header, slot)
        if dek is None:
            continue
        if not _genuine(header, dek):
            raise StoreError("header_tampered")
        repaired = uneven and _even_out(folder, data)
        return _unlocked(header, slot, dek, repaired)
    # words: errors.wrong_passphrase, errors.wrong_code, errors.wrong_recovery_key
    raise StoreError(refusal)


def _even_out(folder: Path, data: bytes) -> bool:
    """Make both copies the good one; a medium that refuses (read-only) must not keep anybody out."""
    try:
        for name in COPIES:
            path = folder / name
            if not path.exists() or path.read_bytes() != data:
                _write_file(path, data)
    except OSError:
        return False
    return True


def _replace_slots(folder: Path, header: dict[str, Any], dek: bytes, slots: list[dict[str, Any]]) -> None:
    if len(slots) > SLOT_LIMIT:
        raise UserError("slots_full", limit=SLOT_LIMIT)
    header["slots"] = slots
    _write(folder, header, dek)


def _write(folder: Path, header: dict[str, Any], dek: bytes) -> None:
    """Write the next generation to both copies, one after the other: at every moment one of them is whole."""
    header["generation"] += 1
    header["hmac"] = _seal_of(_body(header), dek)
    header["sha256"] = _digest(header)
    data = canonical.encode(header)
    for name in COPIES:
        _write_file(folder / name, data)


def _write_file(path: Path, data: bytes) -> None:
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    machine.replace_file(part, path)
