"""Signatures and their domains."""

from __future__ import annotations

from app.keys import signing


def test_only_this_key_domain_and_message_verify() -> None:
    secret, public = signing.new_key()
    signature = signing.sign(secret, "saha/test/1", b"message")
    assert signing.verifying_key(secret) == public and len(signature) == signing.SIGNATURE_SIZE
    assert signing.verify(public, "saha/test/1", b"message", signature)
    assert not signing.verify(public, "saha/test/2", b"message", signature)
    assert not signing.verify(public, "saha/test/1", b"messagf", signature)
    assert not signing.verify(signing.new_key()[1], "saha/test/1", b"message", signature)


def test_odd_sizes_are_just_not_valid() -> None:
    secret, public = signing.new_key()
    signature = signing.sign(secret, "d", b"m")
    for key, sig in (
        (public[:-1], signature),
        (b"", signature),
        (public, signature[:-1]),
        (public, b""),
        (bytes(32), signature),
    ):
        assert not signing.verify(key, "d", b"m", sig)


def test_domains_cannot_run_into_messages() -> None:
    secret, public = signing.new_key()
    signature = signing.sign(secret, "ab", b"c")
    assert not signing.verify(public, "a", b"bc", signature)
