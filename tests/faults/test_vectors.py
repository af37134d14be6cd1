"""T7: the 143 published age files, sound and broken, as what is sealed in a bundle: no wrong byte is ever believed.

Bundles are sealed to X25519 keys in binary form. Sound files of other kinds (armour, passphrases, hybrid keys) are
refused like broken ones; the list of them is closed, and so is that of what the library alone would take.
"""

from __future__ import annotations

import hashlib
import io
import time
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyrage
import pytest

from app.errors import UserError
from app.keys import canonical, sealing, signing
from app.sync import package

VECTORS = Path(__file__).resolve().parents[1] / "data" / "age" / "vectors.zip"
OTHER_KINDS = {
    "armor_crlf", "armor_full_last_line", "armor_hybrid", "armor_no_eol", "armor_scrypt", "armor_whitespace_outside",
    "armor_x25519", "hybrid", "hybrid_and_x25519", "hybrid_grease", "hybrid_multiple_recipients", "scrypt",
}  # fmt: skip
LENIENT = {"stanza_missing_body", "stanza_missing_final_line"}


@dataclass(frozen=True)
class Vector:
    """A file, what is to come of it, and the keys it is for."""

    name: str
    expect: str
    payload: str
    identities: list[str]
    data: bytes


def vectors() -> Iterator[Vector]:
    mine, _ = sealing.new_identity()
    with zipfile.ZipFile(VECTORS) as archive:
        for name in archive.namelist():
            head, data = archive.read(name).split(b"\n\n", 1)
            lines = [line.split(": ", 1) for line in head.decode().split("\n")]
            facts = dict(lines)
            if facts.get("compressed") == "zlib":
                data = zlib.decompress(data)
            keys = [value for key, value in lines if key == "identity" and value.startswith("AGE-SECRET-KEY-1")]
            yield Vector(name, facts["expect"], facts.get("payload", ""), keys or [mine], data)


def test_every_published_file_is_opened_or_refused_as_it_should_be() -> None:
    opened, refused, count = set(), set(), 0
    for vector in vectors():
        count += 1
        began = time.process_time()
        try:
            plain = sealing.open_sealed(vector.data, vector.identities)
        except UserError as error:
            assert error.code in ("sealed_damaged", "sealed_other_key"), vector.name
            refused.add(vector.name)
        else:
            assert vector.expect == "success", f"{vector.name} was believed"
            assert hashlib.sha256(plain).hexdigest() == vector.payload
            opened.add(vector.name)
        assert time.process_time() - began < 1, f"{vector.name}: a passphrase was tried, or a flood was read"
        assert vector.name in OTHER_KINDS or (vector.name in opened) == (vector.expect == "success")
    assert count == 143 and len(opened) == 14 and refused >= OTHER_KINDS


def test_the_library_alone_would_take_two_and_give_out_what_is_not_proven() -> None:
    """Control: the vectors do catch. A header without its last lines; plaintext before the end is known to be sound."""
    taken, leaked = set(), set()
    for vector in vectors():
        if vector.expect == "success" or not vector.data.startswith(b"age-encryption"):
            continue
        keys = [pyrage.x25519.Identity.from_str(key) for key in vector.identities]
        try:
            pyrage.decrypt(vector.data, keys)
            taken.add(vector.name)
        except pyrage.DecryptError:
            pass
        if vector.expect == "payload failure":
            out = io.BytesIO()
            try:
                pyrage.decrypt_io(io.BytesIO(vector.data), out, keys)
            except (pyrage.DecryptError, OSError):
                leaked |= {vector.name} if out.tell() else set()
    assert taken == LENIENT and leaked


def test_no_published_file_is_believed_as_a_bundle() -> None:
    """Put where a bundle has its sealed part, under a header that names a known sender and us."""
    signing_key, _ = signing.new_key()
    key = package.SenderKey("laptop", "Laptop", signing.verifying_key(signing_key))
    head = canonical.encode({"bundle": "b1", "from": "laptop", "to": ["us"]})
    front = package.MAGIC + bytes([package.FORMAT]) + len(head).to_bytes(2, "big") + head
    for vector in vectors():
        with pytest.raises(UserError) as refused:
            package.read_package(front + vector.data, vector.identities, {"laptop": key}.get, "us")
        assert refused.value.code in ("bundle_damaged", "bundle_other_key"), vector.name
    identity, recipient = sealing.new_identity()
    sound = package.write_package({"no": 1}, {}, signing_key, "laptop", [("us", recipient)])
    assert package.read_package(sound, [identity], {"laptop": key}.get, "us"), "control: a sound one is"
