"""A file is read back whole, however large it is and whatever its driver knows; sticks that lie: tests/faults."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from app.basics import medium


@pytest.mark.parametrize("size", [0, 1, 511, 4096, 4097, medium._PIECE - 1, medium._PIECE, 2 * medium._PIECE + 12_345])
@pytest.mark.parametrize("direct", [True, False])
def test_the_digest_is_that_of_the_content(
    tmp_path: Path, size: int, direct: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = os.urandom(size)
    path = tmp_path / "file"
    path.write_bytes(data)
    if not direct:  # as with a driver that knows no direct reading

        def unknown(_: Path) -> int:
            raise OSError(errno.EINVAL, "injected")

        monkeypatch.setattr(medium, "_open_direct", unknown)
    assert medium.digest(path) == hashlib.sha256(data).digest()
    path.write_bytes(data + b"x")
    assert medium.digest(path) != hashlib.sha256(data).digest()


def test_a_file_that_is_not_there_or_cannot_be_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        medium.digest(tmp_path / "none")
    with pytest.raises(IsADirectoryError):
        medium.digest(tmp_path)
