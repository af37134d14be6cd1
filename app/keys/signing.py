"""Ed25519 signatures, each under a domain so that one kind can never pass for another; never decides whom to trust."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SIGNATURE_SIZE = 64
KEY_SIZE = 32


def new_key() -> tuple[bytes, bytes]:
    """A fresh key pair: (signing key, secret; verifying key), 32 bytes each."""
    key = Ed25519PrivateKey.generate()
    return key.private_bytes_raw(), key.public_key().public_bytes_raw()


def verifying_key(signing_key: bytes) -> bytes:
    """The 32-byte verifying key of a signing key."""
    return Ed25519PrivateKey.from_private_bytes(signing_key).public_key().public_bytes_raw()


def _preamble(domain: str) -> bytes:
    """The fixed beginning of every signed message; a domain without a zero byte keeps domains prefix-free."""
    if not domain or "\0" in domain:
        raise ValueError("a domain is a non-empty text without zero bytes")
    return domain.encode() + b"\0"


def sign(signing_key: bytes, domain: str, message: bytes) -> bytes:
    """64 bytes over `domain` and `message`."""
    return Ed25519PrivateKey.from_private_bytes(signing_key).sign(_preamble(domain) + message)


def verify(verify_key: bytes, domain: str, message: bytes, signature: bytes) -> bool:
    """Whether `signature` was made for exactly this domain and message by the holder of the key; never raises."""
    if len(verify_key) != KEY_SIZE or len(signature) != SIGNATURE_SIZE:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(verify_key).verify(signature, _preamble(domain) + message)
    except (InvalidSignature, ValueError):
        return False
    return True
