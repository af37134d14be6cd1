"""The container of a bundle: values to bytes and back, to a stick and back; knows no store, trusts nothing unsigned.

Layout: `SAHA1` | format, u8 | length, u16 | clear header, canonical JSON | age( envelope length, u32 | envelope,
canonical JSON | Ed25519 signature | sections, each its own zstd frame | zeros up to a Padmé size ). The envelope names
bundle, sender, recipients and the hash of every section, so the one signature covers all of it. The clear header must
say exactly what the envelope says; it exists so that a carrier can name sender and receivers without a key.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zstandard

from app.basics import machine, medium
from app.errors import UserError
from app.keys import canonical, sealing, signing

MAGIC = b"SAHA1"
FORMAT = 1
DOMAIN = "saha/bundle/1"
SUFFIX = ".saha"
STREAMED = "writes"
"""The one section that is never held whole."""
_CLEAR_LIMIT = 4096
_ENVELOPE_LIMIT = 1_000_000
_SECTION_LIMIT = 32
_LEVEL = 3  # level 9 saves a fifth of the size for five times the processor
_WINDOW = 2**23  # the largest window level 3 asks for; a frame asking for more is refused unread
_CHUNK = 262_144
_PREFIX = len(MAGIC) + 3


@dataclass(frozen=True)
class Limits:
    """What a reader accepts: bytes of the file, bytes after unpacking (all sections), and unpacked to packed.

    `whole`: bytes of a section that is read whole; only the writes are taken one by one. `line`: bytes of one of them,
    more than the longest text of any record has.
    """

    sealed: int = 25_000_000
    plain: int = 200_000_000
    ratio: int = 300
    small: int = 1_000_000  # a section this small may have any ratio
    whole: int = 25_000_000
    line: int = 10_000_000


LIMITS = Limits()


@dataclass(frozen=True)
class SenderKey:
    """A device of the roster. `last_accepted`: None while it is trusted, else the last bundle number still taken."""

    device_id: str
    name: str
    verify_key: bytes
    last_accepted: int | None = None


@dataclass(frozen=True)
class ClearHeader:
    """What anybody may read of a bundle: device ids, nothing else. Not authenticated by itself."""

    bundle: str
    sender: str
    recipients: tuple[str, ...]


class Sections(Mapping[str, bytes]):
    """The verified sections, kept packed; unpacking happens on access and cannot fail any more."""

    def __init__(self, packed: Mapping[str, memoryview], plain: Mapping[str, int]) -> None:
        self._packed = packed
        self.plain = plain

    def __getitem__(self, name: str) -> bytes:
        return b"".join(self.chunks(name))

    def __contains__(self, name: object) -> bool:
        return name in self._packed  # the mapping's own way would unpack the section to see whether it is there

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The section in pieces, so that a receipt never holds it whole."""
        return _unpack(self._packed[name], self.plain[name])

    def lines(self, name: str) -> Iterator[bytes]:
        """The section line by line, without line ends. UserError bundle_damaged: a line without end, or none at all."""
        rest: list[bytes] = []
        length = 0
        for chunk in self.chunks(name):
            if b"\n\n" in chunk:  # nobody writes empty lines; a hundred million of them would only take time
                raise _damaged()
            *whole, last = chunk.split(b"\n")
            if whole:
                whole[0] = b"".join((*rest, whole[0]))
                yield from whole
                rest, length = [], 0
            rest.append(last)
            length += len(last)
            if length > LIMITS.line:
                raise _damaged()
        if length:
            yield b"".join(rest)


@dataclass(frozen=True)
class Package:
    """A bundle whose every byte is accounted for. `manifest` is the sender's own; `size` is that of the file."""

    bundle: str
    sender: SenderKey
    recipients: tuple[str, ...]
    manifest: dict[str, Any]
    sections: Sections
    size: int


# --- writing ---


def write_package(
    manifest: Mapping[str, Any],
    sections: Mapping[str, bytes | Iterable[bytes]],
    signing_key: bytes,
    sender_device: str,
    recipients: Sequence[tuple[str, str]],
    *,
    bundle_id: str | None = None,
    limits: Limits = LIMITS,
) -> bytes:
    """The bytes of a bundle for `recipients` (device id, age recipient).

    UserError bundle_too_large if a reader with `limits` would refuse it; ValueError for what is not a bundle at all.
    """
    if len(sections) > _SECTION_LIMIT:
        raise ValueError("too many sections")
    bundle = bundle_id or secrets.token_hex(16)
    devices = [device for device, _ in recipients]
    described, packed, total = [], [], 0
    for name, content in sections.items():
        data, plain = _pack(content)
        total += plain
        described.append({"name": name, "packed": len(data), "plain": plain, "sha256": _hash(data)})
        packed.append(data)
        most = _most(name, len(data), limits)
        if total > limits.plain or plain > most:
            limit = min(limits.plain, most)
            raise UserError("bundle_too_large", size=_megabytes(max(plain, total)), limit=_megabytes(limit))
    clear = {"bundle": bundle, "from": sender_device, "to": devices}
    envelope = canonical.encode({**clear, "format": FORMAT, "manifest": dict(manifest), "sections": described})
    head = canonical.encode(clear)
    if len(envelope) > _ENVELOPE_LIMIT or len(head) > _CLEAR_LIMIT:
        raise ValueError("manifest too long")
    inner = [len(envelope).to_bytes(4, "big"), envelope, signing.sign(signing_key, DOMAIN, envelope), *packed]
    length = sum(map(len, inner))
    inner.append(bytes(padded_size(length) - length))
    sealed = sealing.seal(b"".join(inner), [recipient for _, recipient in recipients])
    size = _PREFIX + len(head) + len(sealed)
    if size > limits.sealed:
        raise UserError("bundle_too_large", size=_megabytes(size), limit=_megabytes(limits.sealed))
    return b"".join((MAGIC, bytes([FORMAT]), len(head).to_bytes(2, "big"), head, sealed))


def padded_size(length: int) -> int:
    """The Padmé size: at most 12 % more, and so few different sizes that a size tells little of the content."""
    if length < 2:
        return length
    exponent = length.bit_length() - 1
    loose = (1 << (exponent - exponent.bit_length())) - 1
    return (length + loose) & ~loose


def _pack(content: bytes | Iterable[bytes]) -> tuple[bytes, int]:
    """(one zstd frame, plain length)."""
    press = zstandard.ZstdCompressor(level=_LEVEL).compressobj()
    pieces, plain = [], 0
    for chunk in (content,) if isinstance(content, bytes) else content:
        plain += len(chunk)
        pieces.append(press.compress(chunk))
    pieces.append(press.flush())
    return b"".join(pieces), plain


# --- reading ---


def read_header(data: bytes) -> ClearHeader:
    """What a carrier may know of a bundle. UserError bundle_not_a_bundle, bundle_newer_format, bundle_damaged."""
    return _split(data)[0]


def read_package(
    data: bytes,
    identities: Sequence[str],
    roster: Callable[[str], SenderKey | None],
    me: str,
    *,
    limits: Limits = LIMITS,
) -> Package:
    """The bundle, if it is whole, for `me`, and signed by a device of the roster that is trusted for its number.

    `identities`: my age identities, newest first. Refusals are UserError with the codes bundle_not_a_bundle, _damaged,
    _too_large, _newer_format, _unknown_sender, _not_for_us, _other_key, _bad_signature, _revoked_sender; nothing is
    unpacked and no content is parsed before the signature holds.
    """
    if len(data) > limits.sealed:
        raise UserError("bundle_too_large", size=_megabytes(len(data)), limit=_megabytes(limits.sealed))
    header, start = _split(data)
    sender = roster(header.sender)
    if sender is None:
        raise UserError("bundle_unknown_sender", device=header.sender[:8])
    if me not in header.recipients:
        raise UserError("bundle_not_for_us", sender=sender.name)
    inner = _open(data[start:], identities, sender, limits)
    envelope_bytes, signature, end = _envelope(inner, sender)
    if not signing.verify(sender.verify_key, DOMAIN, envelope_bytes, signature):
        raise UserError("bundle_bad_signature", sender=sender.name)
    envelope = _parse_envelope(envelope_bytes, sender)
    if me not in envelope["to"]:  # somebody wrapped another's signed bundle anew for us
        raise UserError("bundle_not_for_us", sender=sender.name)
    if ClearHeader(envelope["bundle"], envelope["from"], tuple(envelope["to"])) != header:
        raise _damaged(sender)
    manifest = envelope["manifest"]
    number = manifest.get("no")
    if sender.last_accepted is not None and not (type(number) is int and number <= sender.last_accepted):
        made = manifest.get("made")
        raise UserError("bundle_revoked_sender", sender=sender.name, made=made if _texts([made]) else "?")
    sections = _sections(memoryview(inner)[end:], envelope["sections"], sender, limits, end)
    return Package(header.bundle, sender, header.recipients, manifest, sections, len(data))


def _split(data: bytes) -> tuple[ClearHeader, int]:
    """(clear header, where the sealed part begins)."""
    if len(data) < len(MAGIC) or not data.startswith(MAGIC):
        raise UserError("bundle_not_a_bundle")
    if len(data) < _PREFIX:
        raise _damaged()
    if data[len(MAGIC)] != FORMAT:
        raise UserError("bundle_newer_format", format=data[len(MAGIC)])
    start = _PREFIX + int.from_bytes(data[len(MAGIC) + 1 : _PREFIX], "big")
    if start - _PREFIX > _CLEAR_LIMIT or start > len(data):
        raise _damaged()
    try:
        clear = canonical.decode(data[_PREFIX:start])
        if set(clear) != {"bundle", "from", "to"} or not _texts([clear["bundle"], clear["from"], *clear["to"]]):
            raise ValueError("header")
    except (ValueError, TypeError) as error:
        raise _damaged() from error
    if type(clear["to"]) is not list or not 1 <= len(clear["to"]) <= sealing.RECIPIENT_LIMIT:
        raise _damaged()
    return ClearHeader(clear["bundle"], clear["from"], tuple(clear["to"])), start


def _open(sealed: bytes, identities: Sequence[str], sender: SenderKey, limits: Limits) -> bytes:
    try:
        return sealing.open_sealed(sealed, identities, limits.sealed)
    except UserError as error:
        # The header names us, so a key that does not fit is an old key of ours, or damage in the key's own line.
        code = "bundle_other_key" if error.code == "sealed_other_key" else "bundle_damaged"
        # words: errors.bundle_other_key, errors.bundle_damaged
        raise UserError(code, sender=sender.name) from error


def _envelope(inner: bytes, sender: SenderKey) -> tuple[bytes, bytes, int]:
    """(envelope bytes, signature, where the sections begin)."""
    length = int.from_bytes(inner[:4], "big")
    end = 4 + length + signing.SIGNATURE_SIZE
    if len(inner) < 4 or length > _ENVELOPE_LIMIT or end > len(inner):
        raise _damaged(sender)
    return inner[4 : 4 + length], inner[4 + length : end], end


def _parse_envelope(data: bytes, sender: SenderKey) -> dict[str, Any]:
    try:
        envelope = canonical.decode(data)
        if type(envelope["format"]) is int and envelope["format"] > FORMAT:
            raise UserError("bundle_newer_format", format=envelope["format"])
        kinds = {"bundle": str, "from": str, "to": list, "format": int, "manifest": dict, "sections": list}
        if set(envelope) != set(kinds) or any(type(envelope[name]) is not kind for name, kind in kinds.items()):
            raise ValueError("envelope")
        if envelope["format"] != FORMAT:
            raise ValueError("format")
        for section in envelope["sections"]:
            if set(section) != {"name", "packed", "plain", "sha256"} or not _texts(
                [section["name"], section["sha256"]]
            ):
                raise ValueError("section")
            if any(type(section[name]) is not int or section[name] < 0 for name in ("packed", "plain")):
                raise ValueError("section")
        if not _texts(envelope["to"]):
            raise ValueError("recipients")
    except (ValueError, TypeError, KeyError) as error:
        raise _damaged(sender) from error
    result: dict[str, Any] = envelope
    return result


def _sections(
    rest: memoryview, described: list[dict[str, Any]], sender: SenderKey, limits: Limits, before: int
) -> Sections:
    """Cut, hash and measure every section; afterwards reading them can only succeed."""
    packed: dict[str, memoryview] = {}
    plain: dict[str, int] = {}
    if len(described) > _SECTION_LIMIT:
        raise _damaged(sender)
    if sum(section["plain"] for section in described) > limits.plain:
        total = sum(section["plain"] for section in described)
        raise UserError("bundle_too_large", size=_megabytes(total), limit=_megabytes(limits.plain))
    position = 0
    for section in described:
        piece = rest[position : position + section["packed"]]
        position += section["packed"]
        if len(piece) != section["packed"] or section["name"] in packed or _hash(piece) != section["sha256"]:
            raise _damaged(sender)
        most = _most(section["name"], len(piece), limits)
        if section["plain"] > most:
            raise UserError("bundle_too_large", size=_megabytes(section["plain"]), limit=_megabytes(most))
        packed[section["name"]], plain[section["name"]] = piece, section["plain"]
    padding = rest[position:]
    if before + len(rest) != padded_size(before + position) or bytes(padding).strip(b"\0"):
        raise _damaged(sender)
    for name, piece in packed.items():
        try:
            for _ in _unpack(piece, plain[name]):
                pass
        except UserError as error:
            raise _damaged(sender) from error
    return Sections(packed, plain)


def _most(name: str, packed: int, limits: Limits) -> int:
    """How many bytes a section of so many packed ones may have."""
    return min(max(limits.small, packed * limits.ratio), limits.plain if name == STREAMED else limits.whole)


def _unpack(packed: memoryview, plain: int) -> Iterator[bytes]:
    """Exactly `plain` bytes of exactly one frame, in bounded pieces; the frame's own word on its size is not asked."""
    reader = zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(packed, read_across_frames=False)
    left = plain
    try:
        while left:
            chunk = reader.read(min(_CHUNK, left))
            if not chunk:
                raise _damaged()
            left -= len(chunk)
            yield chunk
        if reader.read(1):
            raise _damaged()
    except zstandard.ZstdError as error:
        raise _damaged() from error


def _texts(values: list[Any]) -> bool:
    """Whether all are non-empty short texts that can be shown: no control or direction characters."""
    return all(type(value) is str and 0 < len(value) <= 100 and value.isprintable() for value in values)


def _damaged(sender: SenderKey | None = None) -> UserError:
    return UserError("bundle_damaged", sender=sender.name if sender else "?")


def _hash(data: bytes | memoryview) -> str:
    return hashlib.sha256(data).hexdigest()


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}"


# --- files ---


def load_package(path: Path, *, limits: Limits = LIMITS) -> bytes:
    """The file's bytes, read once and parsed only from memory, so that a stick cannot answer twice differently.

    UserError bundle_too_large, file_missing, and those of a failing drive.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limits.sealed + 1)
            size = max(len(data), os.fstat(file.fileno()).st_size)
    except OSError as error:
        raise _drive_error(error, reading=True) from error
    if size > limits.sealed:
        raise UserError("bundle_too_large", size=_megabytes(size), limit=_megabytes(limits.sealed))
    return data


def is_folder(path: Path) -> bool:
    """Whether it is a folder. UserError drive_gone where the drive does not answer any more."""
    try:
        return path.is_dir()
    except OSError as error:
        raise _drive_error(error, reading=True) from error


def make_folder(path: Path) -> None:
    """Make the folder, if it is not there. UserError as of `save_package`."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _drive_error(error) from error


def paths_under(folder: Path) -> list[Path]:
    """Everything in a folder and below, sorted. UserError drive_gone."""
    try:
        return sorted(folder.rglob("*"))
    except OSError as error:
        raise _drive_error(error, reading=True) from error


def save_package(data: bytes, path: Path) -> None:
    """Write the file whole or not at all: temporary name, flush, read back from the medium, rename, flush the folder.

    An earlier file of that name stays until the new one is proven. UserError no_space, drive_gone, read_only,
    not_allowed, readback_differs, write_failed.
    """
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if medium.digest(part) != hashlib.sha256(data).digest():
            part.unlink(missing_ok=True)
            raise UserError("readback_differs")
        _rename(part, path)
    except OSError as error:
        _drop(part)
        raise _drive_error(error) from error


def _rename(part: Path, path: Path) -> None:
    """Rename and flush the folder; some drivers of sticks rename but know no flushing of folders."""
    try:
        machine.replace_file(part, path)
    except OSError as error:
        if error.errno not in _known("EINVAL", "ENOSYS", "ENOTSUP") or part.exists():
            raise


def _drop(part: Path) -> None:
    with contextlib.suppress(OSError):
        part.unlink(missing_ok=True)


def _known(*names: str) -> frozenset[int]:
    """Those of the error numbers that this system has."""
    return frozenset(getattr(errno, name) for name in names if hasattr(errno, name))


_GONE = _known("EIO", "ENODEV", "ENXIO", "ENOTCONN", "ESTALE", "ENOMEDIUM")
_FULL = _known("ENOSPC", "EFBIG", "EDQUOT")
_WINDOWS = {112: "no_space", 39: "no_space", 19: "read_only", 21: "drive_gone", 433: "drive_gone", 1167: "drive_gone"}


def _drive_error(error: OSError, *, reading: bool = False) -> UserError:
    """What the machine's refusal means for a person."""
    code = _WINDOWS.get(getattr(error, "winerror", None) or 0)
    if code is None and error.errno in _FULL:
        code = "no_space"
    elif code is None and error.errno in _GONE:
        code = "drive_gone"
    elif code is None and error.errno == errno.ENOENT:
        code = "file_missing" if reading else "drive_gone"
    elif code is None and error.errno == errno.EROFS:
        code = "read_only"
    elif code is None and error.errno in (errno.EACCES, errno.EPERM):
        code = "not_allowed"
    # words: errors.no_space, errors.drive_gone, errors.file_missing, errors.read_only, errors.not_allowed
    # words: errors.read_failed, errors.write_failed
    return UserError(code or ("read_failed" if reading else "write_failed"))
