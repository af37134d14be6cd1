"""The file of a site kit."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import time
from collections.abc import Callable
from typing import Any

import pytest

from app.errors import UserError
from app.keys import canonical
from app.keys.slots import LIGHT
from app.sync import kitfile

CONTENT = {"laptop": "Gəncə 1", "sites": ["GNC"], "device": {"id": "d1", "signing": "AAAA"}, "roster": {"version": 3}}
BUNDLE = bytes(range(256)) * 4
CODE = "AB0C1-DEFGH"
TAG = kitfile.Tag("Gəncə 1", ("ganja", "shirvan"), "Bakı", "2026-11-22T02:25:00Z")


@pytest.fixture(scope="module")
def kit() -> bytes:
    return kitfile.write_kit(CONTENT, CODE, bundle=BUNDLE, work=LIGHT, tag=TAG)


def refusal(call: Callable[..., object], *args: Any, **more: Any) -> str:
    with pytest.raises(UserError) as caught:
        call(*args, **more)
    return caught.value.code


def rehashed(body: bytes) -> bytes:
    return body + hashlib.sha256(body).digest()


def with_header(kit: bytes, **changes: Any) -> bytes:
    length = int.from_bytes(kit[8:10], "big")
    header = json.loads(kit[10 : 10 + length]) | changes
    new = canonical.encode(header)
    return rehashed(kit[:8] + len(new).to_bytes(2, "big") + new + kit[10 + length : -32])


def test_what_was_put_in_comes_out(kit: bytes) -> None:
    got = kitfile.read_kit(kit, CODE)
    assert got.content == CONTENT and got.bundle == BUNDLE
    assert "signing" not in repr(got)


def test_what_stands_on_it_is_read_without_a_code_and_cannot_be_changed(kit: bytes) -> None:
    assert kitfile.read_tag(kit[:4096]) == TAG
    forged = with_header(kit, tag=["Gəncə 9", ["ganja"], "Bakı", "2026-11-22T02:25:00Z"])
    assert refusal(kitfile.read_kit, forged, CODE) == "kit_wrong_code"
    assert kitfile.read_tag(kitfile.write_kit(CONTENT, CODE, work=LIGHT)) is None


@pytest.mark.parametrize("tag", [[], None, 7, ["a"], ["a", "b", "c", "d"], ["a", [1], "c", "d"], ["a\n", [], "c", "d"]])
def test_odd_tags_are_no_tags(kit: bytes, tag: Any) -> None:
    assert kitfile.read_tag(with_header(kit, tag=tag)) is None
    for odd in (b"", b"SAHAKIT", kit[:30], b"PK\x03\x04" + kit, kit[:8] + b"\xff\xff" + kit[10:]):
        assert kitfile.read_tag(odd) is None


def test_a_tag_has_its_limit() -> None:
    long = kitfile.Tag("x" * 3000)
    assert refusal(kitfile.write_kit, CONTENT, CODE, work=LIGHT, tag=long) == "kit_too_large"


@pytest.mark.parametrize("typed", ["ab0c1defgh", "ABOCI DEFGH", " abocl-d e f g h ", "АВ0С1-DЕFGН"])
def test_codes_are_read_as_people_type_them(kit: bytes, typed: str) -> None:
    assert kitfile.read_kit(kit, typed).content == CONTENT


@pytest.mark.parametrize("typed", ["", "AB0C1", "AB0C1-DEFGH-J", "AB0C1-DEFG!", "ж" * 10])
def test_codes_that_cannot_be_codes(kit: bytes, typed: str) -> None:
    assert refusal(kitfile.read_kit, kit, typed) == "kit_code_malformed"
    assert refusal(kitfile.write_kit, CONTENT, typed, work=LIGHT) == "kit_code_malformed"


def test_a_wrong_code_is_told_from_damage(kit: bytes) -> None:
    assert refusal(kitfile.read_kit, kit, "AB0C1-DEFGJ") == "kit_wrong_code"
    hurt = bytearray(kit)
    hurt[-40] ^= 1
    assert refusal(kitfile.read_kit, bytes(hurt), CODE) == "kit_damaged"


def test_every_truncation_and_every_bit_is_refused(kit: bytes) -> None:
    for length in range(len(kit)):
        assert refusal(kitfile.read_kit, kit[:length], CODE) in ("kit_not_a_kit", "kit_damaged")
    for bit in range(len(kit) * 8):
        hurt = bytearray(kit)
        hurt[bit // 8] ^= 1 << bit % 8
        assert refusal(kitfile.read_kit, bytes(hurt), CODE) in ("kit_not_a_kit", "kit_damaged"), bit
    assert refusal(kitfile.read_kit, kit + b"x", CODE) == "kit_damaged"


def test_every_bit_is_also_under_the_seal(kit: bytes) -> None:
    """As if the hash had been made anew: then the seal under the code must refuse."""
    body = kit[:-32]
    for bit in range(64, len(body) * 8, 5):
        hurt = bytearray(body)
        hurt[bit // 8] ^= 1 << bit % 8
        assert refusal(kitfile.read_kit, rehashed(bytes(hurt)), CODE) in ("kit_damaged", "kit_wrong_code"), bit


@pytest.mark.parametrize(
    "changes",
    [
        {"memory": 2**40},
        {"passes": 11},
        {"lanes": 9},
        {"memory": -1},
        {"passes": True},
        {"memory": "64"},
        {"kdf": "scrypt"},
        {"salt": "AAAA"},
        {"nonce": ""},
        {"salt": 7},
        {"extra": 1},
        {"salt": "é"},
    ],
)
def test_a_kit_that_asks_too_much_is_refused_unread(kit: bytes, changes: dict[str, Any]) -> None:
    began = time.process_time()
    assert refusal(kitfile.read_kit, with_header(kit, **changes), CODE) == "kit_damaged"
    assert time.process_time() - began < 0.2


@pytest.mark.parametrize("header", [b"[" * 1000, b"null", b"[1]", b"{}", b"9" * 1000, b"", b"\xff"])
def test_odd_headers(kit: bytes, header: bytes) -> None:
    body = kit[:8] + len(header).to_bytes(2, "big") + header + bytes(100)
    assert refusal(kitfile.read_kit, rehashed(body), CODE) == "kit_damaged"


def test_odd_contents_under_the_right_code(monkeypatch: pytest.MonkeyPatch) -> None:
    for odd in (b"[" * 100_000, b"[]", b"\xff"):
        with monkeypatch.context() as patched:
            patched.setattr(kitfile.canonical, "encode", _first_returns(odd))
            data = kitfile.write_kit({}, CODE, work=LIGHT)
        assert refusal(kitfile.read_kit, data, CODE) == "kit_damaged"


def _first_returns(odd: bytes) -> Callable[[object], bytes]:
    real, calls = canonical.encode, []

    def encode(value: object) -> bytes:
        calls.append(value)
        return odd if len(calls) == 1 else real(value)

    return encode


def test_other_files_and_newer_kits(kit: bytes) -> None:
    for junk in (b"", b"SAHA1 a bundle", b"PK\x03\x04"):
        assert refusal(kitfile.read_kit, junk, CODE) == "kit_not_a_kit"
    assert refusal(kitfile.read_kit, rehashed(kit[:7] + b"\x02" + kit[8:-32]), CODE) == "kit_newer_format"


def test_nothing_of_kit_or_code_shows_but_its_tag(kit: bytes) -> None:
    untagged = kitfile.write_kit(CONTENT, CODE, bundle=BUNDLE, work=LIGHT)
    for secret in (b"AB0C1", b"DEFGH", b"signing", b"roster", base64.b64encode(b"AB0C1DEFGH"), BUNDLE[:32]):
        assert secret not in kit and secret not in untagged
    assert "Gəncə".encode() not in untagged


def test_the_code_is_never_in_the_file_and_hard_to_try() -> None:
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}", kitfile.new_code()) for _ in range(50))
    assert len({kitfile.new_code() for _ in range(200)}) == 200
    began = time.process_time()
    data = kitfile.write_kit(CONTENT, CODE)
    assert time.process_time() - began > 0.2  # one guess costs this much
    assert kitfile.read_kit(data, CODE).content == CONTENT
    header = json.loads(data[10 : 10 + int.from_bytes(data[8:10], "big")])
    assert header["memory"] >= 262_144 and header["passes"] >= 3


def test_a_kit_that_would_be_too_large_is_not_made() -> None:
    assert refusal(kitfile.write_kit, CONTENT, CODE, bundle=bytes(kitfile.SIZE_LIMIT), work=LIGHT) == "kit_too_large"
    assert refusal(kitfile.write_kit, {"x": "y" * 5_000_000}, CODE, work=LIGHT) == "kit_too_large"
