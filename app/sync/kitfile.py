"""The file of a site kit: one laptop's beginning, sealed under a one-time code that is not in it; knows no store."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.errors import UserError
from app.keys import canonical, codes
from app.keys.slots import Work

MAGIC = b"SAHAKIT"
FORMAT = 1
SUFFIX = ".sahakit"
SIZE_LIMIT = 30_000_000
CODE_LETTERS = 10  # fifty bits
# With this cost for every guess, trying half of all codes takes some ten million processor years.
STRONG = Work(memory=262_144, passes=4, lanes=4)
_HEADER_LIMIT = 2048
_CONTENT_LIMIT = 4_000_000
_PREFIX = len(MAGIC) + 3
_HASH = 32


@dataclass(frozen=True)
class Kit:
    """What was in a kit: `content`, JSON values as given to write_kit, and the initial bundle's bytes."""

    content: dict[str, Any] = field(repr=False)  # it holds the laptop's keys
    bundle: bytes = field(repr=False)


def new_code() -> str:
    """A one-time code of ten letters and digits in two groups, to be told apart from the stick."""
    return codes.grouped(codes.random_code(CODE_LETTERS), 5)


@dataclass(frozen=True)
class Tag:
    """What stands on a kit for everybody to read, as on a parcel: for which laptop and sites (codes), from whom, when.

    No person is named. Until the code is typed anybody could have written it; a changed one makes the code useless.
    """

    laptop: str = ""
    sites: Sequence[str] = ()
    office: str = ""
    made: str = ""


def write_kit(
    content: Mapping[str, Any], code: str, *, bundle: bytes = b"", work: Work = STRONG, tag: Tag | None = None
) -> bytes:
    """The kit's bytes. UserError kit_code_malformed, kit_too_large; ValueError if the content is not JSON."""
    inner = canonical.encode(dict(content))
    if len(inner) > _CONTENT_LIMIT or len(inner) + len(bundle) > SIZE_LIMIT - 4096:
        raise UserError("kit_too_large")
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    header = canonical.encode(
        {
            "kdf": "argon2id",
            "lanes": work.lanes,
            "memory": work.memory,
            "nonce": base64.b64encode(nonce).decode(),
            "passes": work.passes,
            "salt": base64.b64encode(salt).decode(),
            "tag": [tag.laptop, list(tag.sites), tag.office, tag.made] if tag else [],
        }
    )
    if len(header) > _HEADER_LIMIT:
        raise UserError("kit_too_large")
    front = MAGIC + bytes([FORMAT]) + len(header).to_bytes(2, "big") + header
    plain = len(inner).to_bytes(4, "big") + inner + bundle
    body = front + AESGCM(_key(code, salt, work)).encrypt(nonce, plain, front)
    return body + hashlib.sha256(body).digest()


def read_tag(data: bytes) -> Tag | None:
    """What stands on a kit, from its first kilobytes; None where there is nothing or it cannot be understood."""
    start = _PREFIX + int.from_bytes(data[len(MAGIC) + 1 : _PREFIX], "big")
    if not data.startswith(MAGIC) or data[len(MAGIC) : len(MAGIC) + 1] != bytes([FORMAT]):
        return None
    try:
        laptop, sites, office, made = canonical.decode(data[_PREFIX:start])["tag"]
    except (ValueError, TypeError, KeyError, UserError):
        return None
    told = (laptop, office, made, *sites) if type(sites) is list else (None,)
    if start - _PREFIX > _HEADER_LIMIT or not all(type(one) is str and one.isprintable() for one in told):
        return None
    return Tag(laptop, tuple(sites), office, made)


def read_kit(data: bytes, code: str) -> Kit:
    """What the kit holds. UserError kit_not_a_kit, kit_newer_format, kit_damaged, kit_code_malformed, kit_wrong_code.

    The hash at the end tells damage from a wrong code, and costs a damaged file no guess at the code.
    """
    if not data.startswith(MAGIC):
        raise UserError("kit_not_a_kit")
    body, digest = data[:-_HASH], data[-_HASH:]
    if not _PREFIX + _HASH < len(data) <= SIZE_LIMIT or hashlib.sha256(body).digest() != digest:
        raise UserError("kit_damaged")
    if body[len(MAGIC)] != FORMAT:
        raise UserError("kit_newer_format", format=body[len(MAGIC)])
    start = _PREFIX + int.from_bytes(body[len(MAGIC) + 1 : _PREFIX], "big")
    if start - _PREFIX > _HEADER_LIMIT or start > len(body):
        raise UserError("kit_damaged")
    try:
        salt, nonce, work = _parameters(body[_PREFIX:start])
        plain = AESGCM(_key(code, salt, work)).decrypt(nonce, body[start:], body[:start])
    except InvalidTag as error:
        raise UserError("kit_wrong_code") from error
    except (ValueError, TypeError, KeyError) as error:
        raise UserError("kit_damaged") from error
    length = int.from_bytes(plain[:4], "big")
    try:
        if length > _CONTENT_LIMIT or 4 + length > len(plain):
            raise ValueError("length")
        content = canonical.decode(plain[4 : 4 + length])
        if type(content) is not dict:
            raise ValueError("content")
    except ValueError as error:
        raise UserError("kit_damaged") from error
    return Kit(content, plain[4 + length :])


def _parameters(data: bytes) -> tuple[bytes, bytes, Work]:
    """(salt, nonce, work) of a header within bounds; ValueError, TypeError or KeyError otherwise."""
    header = canonical.decode(data)
    numbers = [header[name] for name in ("memory", "passes", "lanes")]
    if set(header) != {"kdf", "lanes", "memory", "nonce", "passes", "salt", "tag"} or header["kdf"] != "argon2id":
        raise ValueError("header")
    if any(type(number) is not int for number in numbers) or not Work(*numbers).allowed():
        raise ValueError("work factor")
    salt, nonce = (base64.b64decode(header[name], validate=True) for name in ("salt", "nonce"))
    if len(salt) != 16 or len(nonce) != 12:
        raise ValueError("salt or nonce")
    return salt, nonce, Work(*numbers)


def _key(code: str, salt: bytes, work: Work) -> bytes:
    """The key of a code as a person typed it."""
    try:
        letters = codes.tidy(code)
    except ValueError as error:
        raise UserError("kit_code_malformed", letters=CODE_LETTERS) from error
    if len(letters) != CODE_LETTERS:
        raise UserError("kit_code_malformed", letters=CODE_LETTERS)
    derive = Argon2id(salt=salt, length=32, iterations=work.passes, lanes=work.lanes, memory_cost=work.memory)
    return derive.derive(b"saha/kit/1\0" + letters.encode("ascii"))
