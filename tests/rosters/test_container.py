"""Archives are looked into before they are unpacked, and only counted bytes go on."""

from __future__ import annotations

import io
import zipfile

import pytest

from app.rosters import container
from tests.rosters import hostile


def test_pictures_are_left_out_and_the_rest_is_the_same() -> None:
    parts = container.unpack(hostile.book(extra={"xl/media/photo.png": b"\x89PNG" * 100}))
    assert "xl/media/photo.png" not in parts and b"Quliyev" in parts["xl/worksheets/sheet1.xml"]
    again = zipfile.ZipFile(io.BytesIO(container.repack(parts)))
    assert {name: again.read(name) for name in again.namelist()} == parts


@pytest.mark.parametrize(
    "name", ["many_entries", "few_entries_declared", "bomb_of_zeros", "bomb_of_spaces", "bomb_hidden_in_pictures"]
)
def test_bombs(name: str) -> None:
    with pytest.raises(container.Bomb):
        container.unpack(hostile.CORPUS[name][0]())


@pytest.mark.parametrize(
    "name",
    [
        "parent_name",
        "absolute_name",
        "drive_name",
        "backslash_parent",
        "same_name_twice",
        "size_lie",
        "odd_compression",
        "encrypted_entries",
    ],
)
def test_damage_and_tricks(name: str) -> None:
    with pytest.raises(container.Damaged):
        container.unpack(hostile.CORPUS[name][0]())


def test_what_is_just_within_the_limits_is_taken() -> None:
    extra: dict[str, bytes | str] = {f"xl/x{number}.xml": "x" for number in range(container.MOST_ENTRIES - 5)}
    assert len(container.unpack(hostile.book(extra=extra))) == container.MOST_ENTRIES
    with pytest.raises(container.Bomb):
        container.unpack(hostile.book(extra={**extra, "xl/one_more.xml": "x"}))


def test_a_flipped_bit_inside_is_damage() -> None:
    data = bytearray(hostile.book(level=0))
    at = data.find(b"Quliyev")
    data[at] ^= 1
    with pytest.raises(container.Damaged):
        container.unpack(bytes(data))
