"""The key-slot header: who can open it, and what every kind of damage does to that."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from app.errors import StoreError, UserError
from app.keys import canonical, sealing, slots

GOOD = "kənd evində qara pişik"
OTHER = "yeddi sarı velosiped"
LIGHT = slots.LIGHT


@pytest.fixture
def opened(tmp_path: Path) -> slots.Unlocked:
    return slots.create(tmp_path, GOOD, "leyla", work=LIGHT)


def refusal(call, *args, **kwargs) -> str:
    with pytest.raises(UserError) as caught:
        call(*args, **kwargs)
    return caught.value.code


def both(folder: Path, data: bytes) -> None:
    for name in slots.COPIES:
        (folder / name).write_bytes(data)


def rewritten(folder: Path, **changes: object) -> bytes:
    """The header with changed values and a right hash, as an attacker would write it who lacks the data key."""
    import hashlib

    header = json.loads((folder / "header.a").read_bytes())
    header.update(changes)
    body = {k: v for k, v in header.items() if k != "sha256"}
    header["sha256"] = hashlib.sha256(canonical.encode(body)).hexdigest()
    return canonical.encode(header)


def test_the_passphrase_opens_what_it_closed(tmp_path: Path, opened: slots.Unlocked) -> None:
    again = slots.unlock(tmp_path, GOOD)
    assert again.dek == opened.dek and len(again.dek) == 32
    assert (again.vault_id, again.user_id, again.kind, again.repaired) == (opened.vault_id, "leyla", "user", False)


def test_the_data_key_is_nowhere_in_the_header_nor_in_what_is_printed(tmp_path: Path, opened: slots.Unlocked) -> None:
    import base64

    text = (tmp_path / "header.a").read_text()
    assert opened.dek.hex() not in text and base64.b64encode(opened.dek).decode() not in text
    assert opened.dek.hex() not in repr(opened) and repr(opened.dek) not in repr(opened)


def test_normal_work_is_what_the_design_asks(tmp_path: Path) -> None:
    slots.create(tmp_path, GOOD, "leyla")
    kdf = json.loads((tmp_path / "header.a").read_bytes())["slots"][0]["kdf"]
    assert (kdf["name"], kdf["memory"], kdf["passes"], kdf["lanes"]) == ("argon2id", 65_536, 3, 4)


def test_a_composed_and_a_decomposed_passphrase_are_the_same(tmp_path: Path) -> None:
    import unicodedata

    slots.create(tmp_path, unicodedata.normalize("NFC", "günəşli şəhərdə çay"), "u", work=LIGHT)
    assert slots.unlock(tmp_path, unicodedata.normalize("NFD", "günəşli şəhərdə çay"))


def test_wrong_passphrase_missing_and_damaged_are_told_apart(tmp_path: Path, opened: slots.Unlocked) -> None:
    assert refusal(slots.unlock, tmp_path, OTHER) == "wrong_passphrase"
    both(tmp_path, b"{}")
    assert refusal(slots.unlock, tmp_path, GOOD) == "header_damaged"
    for name in slots.COPIES:
        (tmp_path / name).unlink()
    assert refusal(slots.unlock, tmp_path, GOOD) == "header_missing"
    assert not slots.exists(tmp_path)


def test_a_second_store_is_not_made_over_the_first(tmp_path: Path, opened: slots.Unlocked) -> None:
    assert refusal(slots.create, tmp_path, GOOD, "x", work=LIGHT) == "header_exists"
    assert slots.unlock(tmp_path, GOOD).dek == opened.dek


@pytest.mark.parametrize("bad", slots.COPIES)
@pytest.mark.parametrize("damage", ["gone", "empty", "half", "flipped"])
def test_one_damaged_copy_is_repaired_from_the_other(
    tmp_path: Path, opened: slots.Unlocked, bad: str, damage: str
) -> None:
    whole = (tmp_path / bad).read_bytes()
    if damage == "gone":
        (tmp_path / bad).unlink()
    else:
        flipped = bytearray(whole)
        flipped[len(whole) // 2] ^= 4
        (tmp_path / bad).write_bytes(
            {"empty": b"", "half": whole[: len(whole) // 2], "flipped": bytes(flipped)}[damage]
        )
    again = slots.unlock(tmp_path, GOOD)
    assert again.dek == opened.dek and again.repaired
    assert [(tmp_path / name).read_bytes() for name in slots.COPIES] == [whole, whole]


def test_a_thousand_random_damages_of_one_copy_lose_nothing(tmp_path: Path, opened: slots.Unlocked) -> None:
    chance = random.Random(2)
    whole = (tmp_path / "header.a").read_bytes()
    for _ in range(1000):
        hurt = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            hurt[chance.randrange(len(hurt))] = chance.randrange(256)
        cut = hurt[: chance.choice([len(hurt), chance.randrange(len(hurt) + 1)])]
        name = chance.choice(slots.COPIES)
        (tmp_path / name).write_bytes(bytes(cut))
        assert slots.unlock(tmp_path, GOOD).dek == opened.dek


def test_every_bit_of_both_copies_counts(tmp_path: Path, opened: slots.Unlocked) -> None:
    whole = (tmp_path / "header.a").read_bytes()
    for position in range(len(whole)):
        hurt = bytearray(whole)
        hurt[position] ^= 1 << (position % 8)
        both(tmp_path, bytes(hurt))
        assert refusal(slots.unlock, tmp_path, GOOD) == "header_damaged", position
    for length in range(len(whole)):
        both(tmp_path, whole[:length])
        assert refusal(slots.unlock, tmp_path, GOOD) == "header_damaged", length


def test_an_interrupted_change_leaves_one_whole_copy(tmp_path: Path, opened: slots.Unlocked) -> None:
    before = (tmp_path / "header.b").read_bytes()
    slots.change_passphrase(tmp_path, GOOD, OTHER, work=LIGHT)
    (tmp_path / "header.b").write_bytes(before)  # as if power went after the first copy
    assert refusal(slots.unlock, tmp_path, GOOD) == "wrong_passphrase"
    assert slots.unlock(tmp_path, OTHER).repaired
    assert (tmp_path / "header.b").read_bytes() == (tmp_path / "header.a").read_bytes() != before


def test_changing_the_passphrase_keeps_the_data_key(tmp_path: Path, opened: slots.Unlocked) -> None:
    assert slots.change_passphrase(tmp_path, GOOD, OTHER, work=LIGHT).dek == opened.dek
    assert refusal(slots.unlock, tmp_path, GOOD) == "wrong_passphrase"
    assert slots.unlock(tmp_path, OTHER).dek == opened.dek
    assert len(slots.slots(tmp_path)) == 1
    assert refusal(slots.change_passphrase, tmp_path, GOOD, OTHER, work=LIGHT) == "wrong_passphrase"
    assert refusal(slots.change_passphrase, tmp_path, OTHER, "qısa", work=LIGHT) == "passphrase_too_short"


def test_several_people_each_with_their_own(tmp_path: Path, opened: slots.Unlocked) -> None:
    slots.add_user(tmp_path, opened.dek, OTHER, "vüqar", work=LIGHT)
    assert slots.unlock(tmp_path, OTHER).user_id == "vüqar"
    assert slots.unlock(tmp_path, GOOD, "leyla").dek == opened.dek
    assert refusal(slots.unlock, tmp_path, OTHER, "leyla") == "wrong_passphrase"
    mine = next(s for s in slots.slots(tmp_path) if s.user_id == "leyla")
    slots.remove_slot(tmp_path, opened.dek, mine.slot_id)
    assert refusal(slots.unlock, tmp_path, GOOD) == "wrong_passphrase"
    assert refusal(slots.remove_slot, tmp_path, opened.dek, mine.slot_id) == "slot_unknown"
    last = slots.slots(tmp_path)[0]
    assert refusal(slots.remove_slot, tmp_path, opened.dek, last.slot_id) == "slot_last_user"


def test_the_code_opens_and_a_new_one_burns_it(tmp_path: Path, opened: slots.Unlocked) -> None:
    code = slots.add_code(tmp_path, opened.dek)
    assert len(code.replace("-", "")) == 27
    spoken = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert slots.unlock_with_code(tmp_path, spoken).dek == opened.dek
    newer = slots.add_code(tmp_path, opened.dek)
    assert refusal(slots.unlock_with_code, tmp_path, code) == "wrong_code"
    assert slots.unlock_with_code(tmp_path, newer).kind == "code"
    assert slots.unlock(tmp_path, GOOD).dek == opened.dek  # a code slot is no trap for passphrases
    # the forgotten passphrase is replaced with nothing but the code
    slots.add_user(tmp_path, slots.unlock_with_code(tmp_path, newer).dek, OTHER, "leyla", work=LIGHT)
    assert slots.unlock(tmp_path, OTHER).dek == opened.dek


def test_a_misheard_code_is_a_typing_error_not_a_wrong_code(tmp_path: Path, opened: slots.Unlocked) -> None:
    code = slots.add_code(tmp_path, opened.dek).replace("-", "")
    swapped = next(code[:i] + code[i + 1] + code[i] + code[i + 2 :] for i in range(26) if code[i] != code[i + 1])
    for typed in (code[:-1], code + "A", "?" + code[1:], "", swapped, ("B" if code[0] != "B" else "C") + code[1:]):
        assert refusal(slots.unlock_with_code, tmp_path, typed) == "code_mistyped", typed


def test_each_of_the_two_office_keys_opens(tmp_path: Path, opened: slots.Unlocked) -> None:
    (first, first_public), (second, second_public), (stranger, _) = (sealing.new_identity() for _ in range(3))
    slots.add_office(tmp_path, opened.dek, [first_public, second_public])
    assert slots.unlock_with_office(tmp_path, first).dek == opened.dek
    assert slots.unlock_with_office(tmp_path, second).kind == "office"
    assert refusal(slots.unlock_with_office, tmp_path, stranger) == "wrong_recovery_key"
    with pytest.raises(ValueError):
        slots.add_office(tmp_path, opened.dek, [first_public, first_public])


def test_a_slot_of_another_store_or_epoch_does_not_open(tmp_path: Path, opened: slots.Unlocked) -> None:
    header = json.loads((tmp_path / "header.a").read_bytes())
    for changes in ({"epoch": 2}, {"vault": "0" * 32}, {"slots": [{**header["slots"][0], "user": "vüqar"}]}):
        both(tmp_path, rewritten(tmp_path, **changes))
        assert refusal(slots.unlock, tmp_path, GOOD) == "wrong_passphrase"
        both(tmp_path, canonical.encode(header))
    assert slots.unlock(tmp_path, GOOD).dek == opened.dek


def test_tampering_that_leaves_the_slots_alone_is_seen_by_the_seal(tmp_path: Path, opened: slots.Unlocked) -> None:
    both(tmp_path, rewritten(tmp_path, practice=True))
    assert refusal(slots.unlock, tmp_path, GOOD) == "header_tampered"
    assert refusal(slots.add_code, tmp_path, opened.dek) == "header_tampered"


@pytest.mark.parametrize(
    "kdf",
    [
        {"memory": 2_000_000},
        {"passes": 11},
        {"lanes": 9},
        {"memory": 1},
        {"memory": -5},
        {"passes": 0},
        {"passes": True},
        {"memory": "65536"},
        {"name": "argon2d"},
        {"salt": "AAAA"},
        {"salt": "!!"},
    ],
)
def test_a_header_that_asks_too_much_is_refused_unread(tmp_path: Path, opened: slots.Unlocked, kdf: dict) -> None:
    slot = json.loads((tmp_path / "header.a").read_bytes())["slots"][0]
    both(tmp_path, rewritten(tmp_path, slots=[{**slot, "kdf": {**slot["kdf"], **kdf}}]))
    assert refusal(slots.unlock, tmp_path, GOOD) == "header_damaged"


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 60_000,
        b"null",
        b"[]",
        b'"x"',
        b'{"slots":1e999}',
        b'{"a":"\\ud800"}',
        b"9" * 5000,
        b" " * 100_000,
        b"\xff\xfe",
        b'{"sha256":5,"slots":{}}',
    ],
)
def test_odd_documents_are_damage(tmp_path: Path, data: bytes) -> None:
    both(tmp_path, data)
    assert refusal(slots.unlock, tmp_path, GOOD) == "header_damaged"


def test_a_header_of_a_newer_program_says_so(tmp_path: Path, opened: slots.Unlocked) -> None:
    both(tmp_path, rewritten(tmp_path, format=2, future=[1, 2]))
    assert refusal(slots.unlock, tmp_path, GOOD) == "header_newer"


def test_too_many_slots(tmp_path: Path, opened: slots.Unlocked) -> None:
    for n in range(slots.SLOT_LIMIT - 1):
        slots.add_user(tmp_path, opened.dek, f"{OTHER} {n}", f"u{n}", work=LIGHT)
    assert refusal(slots.add_user, tmp_path, opened.dek, OTHER, "one more", work=LIGHT) == "slots_full"
    assert slots.unlock(tmp_path, GOOD).dek == opened.dek


def test_practice_stores_take_any_passphrase_and_say_they_are_practice(tmp_path: Path) -> None:
    real, play = tmp_path / "real", tmp_path / "play"
    real.mkdir()
    play.mkdir()
    assert refusal(slots.create, real, "practice", "u", work=LIGHT) == "passphrase_too_short"
    assert not slots.exists(real)
    slots.create(play, "practice", "u", work=LIGHT, practice=True)
    assert slots.unlock(play, "practice").practice and slots.is_practice(play)


def test_a_kept_copy_brings_a_lost_header_back(tmp_path: Path, opened: slots.Unlocked) -> None:
    kept = slots.export_header(tmp_path)
    both(tmp_path, b"")
    assert refusal(slots.import_header, tmp_path, kept[:-1]) == "header_damaged"
    slots.import_header(tmp_path, kept)
    assert slots.unlock(tmp_path, GOOD).dek == opened.dek


def test_every_error_is_a_store_error_with_exit_code_four(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        slots.unlock(tmp_path, GOOD)


def test_an_unwritable_folder_still_opens_with_one_good_copy(
    tmp_path: Path, opened: slots.Unlocked, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "header.a").write_bytes(b"")

    def refuse(*_: object) -> None:
        raise OSError(30, "read-only")

    monkeypatch.setattr(slots, "_write_file", refuse)
    again = slots.unlock(tmp_path, GOOD)
    assert again.dek == opened.dek and not again.repaired
