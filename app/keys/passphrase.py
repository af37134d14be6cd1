"""The rule for a good passphrase and its one byte form; never keeps or logs a passphrase."""

from __future__ import annotations

import itertools
import unicodedata
from functools import cache

from app.basics.paths import RESOURCES
from app.errors import UserError

SHORTEST = 12
LONGEST = 1024
_FOLDED = str.maketrans({"ə": "e", "ı": "i", "ё": "е", "@": "a", "$": "s"})


def to_bytes(passphrase: str) -> bytes:
    """The bytes a key is derived from; the same however a keyboard composes letters or spaces."""
    spaced = "".join(" " if unicodedata.category(c) == "Zs" else c for c in passphrase)
    return unicodedata.normalize("NFC", spaced).encode("utf-8", "surrogatepass")


def folded(passphrase: str) -> str:
    """How passphrases are compared with the common ones: small letters and digits, no marks, spaces or signs."""
    small = unicodedata.normalize("NFKD", passphrase.casefold().translate(_FOLDED))
    return "".join(c for c in small if c.isalnum())


@cache
def common() -> frozenset[str]:
    """The folded passphrases that are tried first."""
    lines = (RESOURCES / "reference" / "common_passphrases.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(folded(line) for line in lines if line and not line.startswith("#"))


def _repeats(text: str) -> bool:
    """Whether the text is a short piece over and over, or one run up or down the alphabet."""
    if any(text == (text[:size] * len(text))[: len(text)] for size in range(1, 5)):
        return True
    steps = {ord(b) - ord(a) for a, b in itertools.pairwise(text)}
    return len(steps) == 1


def check(passphrase: str, *, practice: bool = False) -> None:
    """Refuse a weak passphrase: UserError passphrase_empty, _too_short, _too_long, _common. Practice data takes any."""
    if not passphrase:
        raise UserError("passphrase_empty")
    length = len(unicodedata.normalize("NFC", passphrase))
    if length > LONGEST:
        raise UserError("passphrase_too_long", longest=LONGEST)
    if practice:
        return
    if length < SHORTEST:
        raise UserError("passphrase_too_short", shortest=SHORTEST, length=length)
    plain = folded(passphrase)
    if len(plain) < 2 or _repeats(plain) or plain in common():
        raise UserError("passphrase_common")
