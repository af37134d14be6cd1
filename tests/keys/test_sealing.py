"""Sealing within bounds."""

from __future__ import annotations

import time

import pyrage
import pytest

from app.errors import UserError
from app.keys import sealing


def refusal(data: bytes, identities: list[str], **kwargs: int) -> str:
    with pytest.raises(UserError) as caught:
        sealing.open_sealed(data, identities, **kwargs)
    return caught.value.code


def test_each_recipient_opens_and_nobody_else() -> None:
    (a, a_public), (b, b_public), (c, _) = (sealing.new_identity() for _ in range(3))
    sealed = sealing.seal(b"data", [a_public, b_public])
    assert sealing.open_sealed(sealed, [a]) == sealing.open_sealed(sealed, [c, b]) == b"data"
    assert sealing.recipient_of(a) == a_public
    assert refusal(sealed, [c]) == "sealed_other_key"


def test_every_truncation_and_every_bit_is_refused() -> None:
    identity, public = sealing.new_identity()
    sealed = sealing.seal(b"x" * 40, [public])
    for length in range(len(sealed)):
        assert refusal(sealed[:length], [identity]) in ("sealed_damaged", "sealed_other_key")
    for position in range(len(sealed) * 8):
        hurt = bytearray(sealed)
        hurt[position // 8] ^= 1 << position % 8
        assert refusal(bytes(hurt), [identity]) in ("sealed_damaged", "sealed_other_key"), position
    assert refusal(sealed + b"x", [identity]) == "sealed_damaged"


def test_a_flood_of_stanzas_is_refused_in_no_time() -> None:
    identity, public = sealing.new_identity()
    many = pyrage.encrypt(b"data", [pyrage.x25519.Recipient.from_str(public)] * 60)
    assert pyrage.decrypt(many, [pyrage.x25519.Identity.from_str(identity)]) == b"data"  # the library takes it
    began = time.process_time()
    assert refusal(many, [identity]) == "sealed_damaged"
    assert time.process_time() - began < 0.05


def test_seventeen_small_stanzas_are_refused_and_sixteen_are_not() -> None:
    identity, public = sealing.new_identity()
    sealed = sealing.seal(b"data", [public])
    head, rest = sealed.split(b"\n---", 1)
    for extra, code in ((10, "sealed_damaged"), (40, "sealed_damaged")):
        grown = head + b"\n-> x\n" * extra + b"\n---" + rest
        assert refusal(grown, [identity]) == code


def test_a_passphrase_file_costs_no_work() -> None:
    identity, _ = sealing.new_identity()
    began = time.process_time()
    locked = pyrage.passphrase.encrypt(b"data", "word")
    spent = time.process_time() - began
    began = time.process_time()
    assert refusal(locked, [identity]) == "sealed_damaged"
    assert time.process_time() - began < max(0.05, spent / 4)


def test_size_is_asked_first() -> None:
    identity, public = sealing.new_identity()
    assert refusal(sealing.seal(bytes(5000), [public]), [identity], limit=4000) == "sealed_too_large"


def test_recipients_are_checked() -> None:
    _, public = sealing.new_identity()
    for recipients in ([], ["age1nonsense"], [public] * (sealing.RECIPIENT_LIMIT + 1)):
        with pytest.raises(ValueError):
            sealing.seal(b"data", recipients)
    with pytest.raises(ValueError):
        sealing.recipient_of("AGE-SECRET-KEY-1NONSENSE")


def test_most_recipients_together_stay_within_the_bounds() -> None:
    keys = [sealing.new_identity() for _ in range(sealing.RECIPIENT_LIMIT)]
    for _ in range(20):  # the library's grease stanza differs each time
        sealed = sealing.seal(b"data", [public for _, public in keys])
        assert sealing.open_sealed(sealed, [keys[-1][0]]) == b"data"


def test_fingerprints_are_short_and_differ() -> None:
    (_, a), (_, b) = sealing.new_identity(), sealing.new_identity()
    assert sealing.fingerprint(a) == sealing.fingerprint(a) != sealing.fingerprint(b)
    assert [len(group) for group in sealing.fingerprint(a).split(" ")] == [5] * 5
