"""The container of a bundle: what is accepted, and that nothing else is, whoever made it."""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import itertools
import os
import random
import time
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import zstandard

from app.errors import UserError
from app.keys import canonical, sealing, signing
from app.sync import package
from tests.faults import injectors

OFFICE, LAPTOP, THIRD = "office-device", "laptop-device", "third-device"
MANIFEST = {"no": 7, "store": "s1", "made": "2026-05-04T08:00:00Z", "counts": {"person": 2}}
SECTIONS = {"writes": b'{"a":1}\n{"b":"\xc9\x99"}\n', "holds": b""}


@dataclasses.dataclass
class Party:
    """One end of an exchange with all its keys."""

    device: str
    signing_key: bytes
    identity: str
    recipient: str

    @property
    def key(self) -> package.SenderKey:
        return package.SenderKey(self.device, self.device.title(), signing.verifying_key(self.signing_key))

    @property
    def address(self) -> tuple[str, str]:
        return self.device, self.recipient


def a_party(device: str) -> Party:
    return Party(device, signing.new_key()[0], *sealing.new_identity())


@pytest.fixture(scope="module")
def office() -> Party:
    return a_party(OFFICE)


@pytest.fixture(scope="module")
def laptop() -> Party:
    return a_party(LAPTOP)


@pytest.fixture(scope="module")
def third() -> Party:
    return a_party(THIRD)


def write(sender: Party, *receivers: Party, manifest: Any = None, sections: Any = None, **more: Any) -> bytes:
    return package.write_package(
        MANIFEST if manifest is None else manifest,
        SECTIONS if sections is None else sections,
        sender.signing_key,
        sender.device,
        [receiver.address for receiver in receivers],
        **more,
    )


def read(data: bytes, me: Party, *known: Party, **more: Any) -> package.Package:
    roster = {party.device: party.key for party in known}
    return package.read_package(data, [me.identity], roster.get, me.device, **more)


def refusal(call: Callable[..., object], *args: Any, **more: Any) -> UserError:
    with pytest.raises(UserError) as caught:
        call(*args, **more)
    return caught.value


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def forge(
    sender: Party,
    *receivers: Party,
    envelope: dict[str, Any] | bytes | None = None,
    sections: bytes = b"",
    described: list[dict[str, Any]] | None = None,
    header: dict[str, Any] | bytes | None = None,
    inner: bytes | None = None,
    pad: bytes | None = None,
    manifest: dict[str, Any] | None = None,
) -> bytes:
    """A bundle put together by hand, signed by `sender`, with any part replaced by a hostile one."""
    clear = {"bundle": "b1", "from": sender.device, "to": [party.device for party in receivers]}
    body = {**clear, "format": 1, "manifest": manifest or MANIFEST, "sections": described or []}
    if isinstance(envelope, dict):
        body |= envelope
    signed = envelope if isinstance(envelope, bytes) else canonical.encode(body)
    signature = signing.sign(sender.signing_key, package.DOMAIN, signed)
    plain = inner if inner is not None else len(signed).to_bytes(4, "big") + signed + signature + sections
    plain += bytes(package.padded_size(len(plain)) - len(plain)) if pad is None else pad
    head = header if isinstance(header, bytes) else canonical.encode(clear if header is None else header)
    front = package.MAGIC + b"\x01" + len(head).to_bytes(2, "big") + head
    return front + sealing.seal(plain, [party.recipient for party in receivers])


def frame(data: bytes, name: str = "writes", plain: int | None = None) -> tuple[bytes, dict[str, Any]]:
    """(zstd frame, its honest or dishonest description)."""
    packed = zstandard.ZstdCompressor().compress(data)
    digest = hashlib.sha256(packed).hexdigest()
    size = len(data) if plain is None else plain
    return packed, {"name": name, "packed": len(packed), "plain": size, "sha256": digest}


# --- what is accepted ---


def test_what_was_put_in_comes_out(office: Party, laptop: Party) -> None:
    data = write(laptop, office)
    got = read(data, office, laptop)
    assert got.manifest == MANIFEST
    assert dict(got.sections) == SECTIONS
    assert list(got.sections.lines("writes")) == [b'{"a":1}', b'{"b":"\xc9\x99"}']
    assert list(got.sections.lines("holds")) == []
    assert (got.sender.device_id, got.recipients, got.size) == (LAPTOP, (OFFICE,), len(data))


def test_hand_made_honest_bundles_are_accepted(office: Party, laptop: Party) -> None:
    packed, described = frame(b"honest\n")
    got = read(forge(laptop, office, sections=packed, described=[described]), office, laptop)
    assert got.sections["writes"] == b"honest\n"


def test_sections_may_be_given_in_pieces_and_read_in_lines(office: Party, laptop: Party) -> None:
    lines = [b"%d:%s\n" % (n, random.Random(n).randbytes(30).hex().encode()) for n in range(20_000)]
    got = read(write(laptop, office, sections={"writes": iter(lines)}), office, laptop)
    assert [line + b"\n" for line in got.sections.lines("writes")] == lines
    assert got.sections["writes"] == b"".join(lines) and got.sections.plain["writes"] == len(b"".join(lines))


def test_several_recipients_each_read_it(office: Party, laptop: Party, third: Party) -> None:
    data = write(laptop, office, third)
    for me in (office, third):
        assert read(data, me, laptop).recipients == (OFFICE, THIRD)


def test_an_older_identity_still_opens(office: Party, laptop: Party) -> None:
    data = write(laptop, office)
    newer, _ = sealing.new_identity()
    got = package.read_package(data, [newer, office.identity], {LAPTOP: laptop.key}.get, OFFICE)
    assert got.manifest == MANIFEST


def test_a_carrier_reads_the_header_without_any_key(office: Party, laptop: Party, third: Party) -> None:
    header = package.read_header(write(laptop, office, third, bundle_id="b-1"))
    assert header == package.ClearHeader("b-1", LAPTOP, (OFFICE, THIRD))


def test_nothing_of_the_content_shows_outside(office: Party, laptop: Party) -> None:
    canary = b"Leyla Mammadova"
    data = write(laptop, office, manifest={"note": canary.decode()}, sections={"writes": canary * 3})
    assert canary not in data and b"note" not in data and b"writes" not in data
    assert write(laptop, office) != write(laptop, office)


def test_sizes_fall_in_the_padded_set_at_most_twelve_percent_more(office: Party, laptop: Party) -> None:
    for length in [*range(2, 3000), 10**4, 10**5 + 1, 10**6 + 7, 8_123_457]:
        padded = package.padded_size(length)
        assert length <= padded <= length * 1.12 + 1 and package.padded_size(padded) == padded
    chance = random.Random(5)
    sizes = {package.padded_size(chance.randrange(1_000_000, 2_000_000)) for _ in range(2000)}
    assert len(sizes) <= 34
    # what is sealed has a padded size too
    data = write(laptop, office, sections={"writes": chance.randbytes(5000)})
    start = package._split(data)[1]
    inner = sealing.open_sealed(data[start:], [office.identity])
    assert package.padded_size(len(inner)) == len(inner)


# --- every truncation, every bit ---


def test_every_truncation_is_refused(office: Party, laptop: Party) -> None:
    data = write(laptop, office)
    assert read(data, office, laptop)
    for length in [*range(min(600, len(data))), *range(600, len(data), 7), len(data) - 1]:
        assert refusal(read, data[:length], office, laptop).code in (
            "bundle_not_a_bundle",
            "bundle_damaged",
            "bundle_other_key",
        ), length
    for extra in (b"\0", b"x" * 100, data):
        assert refusal(read, data + extra, office, laptop).code == "bundle_damaged"


def test_every_bit_flip_is_refused(office: Party, laptop: Party) -> None:
    data = write(laptop, office)
    codes = set()
    for bit in range(len(data) * 8):
        hurt = bytearray(data)
        hurt[bit // 8] ^= 1 << bit % 8
        codes.add(refusal(read, bytes(hurt), office, laptop).code)
    assert codes <= {
        "bundle_not_a_bundle",
        "bundle_newer_format",
        "bundle_damaged",
        "bundle_other_key",
        "bundle_unknown_sender",
        "bundle_not_for_us",
    }
    assert len(codes) == 6


def test_random_mutants_are_refused(office: Party, laptop: Party) -> None:
    data = write(laptop, office)
    chance = random.Random(11)
    for _ in range(3000):
        hurt = bytearray(data)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(hurt))
            match chance.randrange(4):
                case 0:
                    hurt[at] = chance.randrange(256)
                case 1:
                    del hurt[at : at + chance.randint(1, 20)]
                case 2:
                    hurt[at:at] = chance.randbytes(chance.randint(1, 20))
                case _:
                    hurt[at:at] = hurt[chance.randrange(len(hurt)) :][:20]
        if bytes(hurt) != data:
            refusal(read, bytes(hurt), office, laptop)


def test_every_bit_of_the_inside_is_under_the_signature_or_a_hash(office: Party, laptop: Party) -> None:
    """As if a holder of the key sealed a changed inside anew: age is then no help, the signature must be."""
    data = write(laptop, office)
    _, start = package._split(data)
    inner = sealing.open_sealed(data[start:], [office.identity])

    def resealed(changed: bytes) -> bytes:
        return data[:start] + sealing.seal(changed, [office.recipient])

    assert read(resealed(inner), office, laptop).manifest == MANIFEST
    for bit in range(len(inner) * 8):
        hurt = bytearray(inner)
        hurt[bit // 8] ^= 1 << bit % 8
        code = refusal(read, resealed(bytes(hurt)), office, laptop).code
        assert code in ("bundle_bad_signature", "bundle_damaged"), bit
    for length in range(len(inner)):
        refusal(read, resealed(inner[:length]), office, laptop)
    assert refusal(read, resealed(inner + b"\0"), office, laptop).code == "bundle_damaged"


# --- senders and receivers ---


def test_unknown_senders_are_refused(office: Party, laptop: Party, third: Party) -> None:
    error = refusal(read, write(third, office), office, laptop)
    assert (error.code, error.params) == ("bundle_unknown_sender", {"device": THIRD[:8]})


def test_forged_senders_are_refused_and_the_injector_works(
    office: Party, laptop: Party, third: Party, monkeypatch: pytest.MonkeyPatch
) -> None:
    impostor = dataclasses.replace(third, device=LAPTOP)
    forged = write(impostor, office)
    error = refusal(read, forged, office, laptop)
    assert (error.code, error.params["sender"]) == ("bundle_bad_signature", "Laptop-Device")
    # positive control: without the check of the signature the very same bytes are believed
    monkeypatch.setattr(package.signing, "verify", lambda *_: True)
    assert read(forged, office, laptop).sender.device_id == LAPTOP


def test_a_signature_of_another_kind_is_no_bundle_signature(office: Party, laptop: Party) -> None:
    clear = {"bundle": "b1", "from": LAPTOP, "to": [OFFICE]}
    signed = canonical.encode({**clear, "format": 1, "manifest": MANIFEST, "sections": []})
    for domain in ("saha/bundle/2", "saha/roster/1", "saha/bundle"):
        inner = len(signed).to_bytes(4, "big") + signed + signing.sign(laptop.signing_key, domain, signed)
        error = refusal(read, forge(laptop, office, inner=inner), office, laptop)
        assert error.code == "bundle_bad_signature"


def test_revoked_senders_are_taken_up_to_their_last_number(office: Party, laptop: Party) -> None:
    def with_cut(last: int | None, manifest: dict[str, Any]) -> package.Package:
        key = dataclasses.replace(laptop.key, last_accepted=last)
        data = write(laptop, office, manifest=manifest)
        return package.read_package(data, [office.identity], {LAPTOP: key}.get, OFFICE)

    assert with_cut(7, MANIFEST) and with_cut(None, MANIFEST)
    error = refusal(with_cut, 6, MANIFEST)
    assert (error.code, error.params) == (
        "bundle_revoked_sender",
        {"sender": "Laptop-Device", "made": "2026-05-04T08:00:00Z"},
    )
    for odd in ({}, {"no": "7"}, {"no": True}, {"no": 1.0}):
        assert refusal(with_cut, 6, odd).code == "bundle_revoked_sender"


def test_bundles_for_others_are_refused(office: Party, laptop: Party, third: Party) -> None:
    error = refusal(read, write(laptop, office), third, laptop)
    assert (error.code, error.params) == ("bundle_not_for_us", {"sender": "Laptop-Device"})


def test_a_bundle_for_our_old_key_says_so(office: Party, laptop: Party) -> None:
    set_up_anew = dataclasses.replace(a_party(OFFICE))
    assert refusal(read, write(laptop, office), set_up_anew, laptop).code == "bundle_other_key"


@pytest.mark.parametrize("check", [True, False])
def test_a_signed_bundle_wrapped_anew_for_a_third_party_is_refused(
    office: Party, laptop: Party, third: Party, check: bool
) -> None:
    """The office gets a bundle and passes it on to `third` as if the laptop had sent it there."""
    data = write(laptop, office)
    _, start = package._split(data)
    inner = sealing.open_sealed(data[start:], [office.identity])
    header = canonical.encode({"bundle": package.read_header(data).bundle, "from": LAPTOP, "to": [THIRD]})
    front = package.MAGIC + b"\x01" + len(header).to_bytes(2, "big") + header
    passed_on = front + sealing.seal(inner, [third.recipient])
    if check:
        assert refusal(read, passed_on, third, laptop).code == "bundle_not_for_us"
    else:  # positive control: a reader that asks only the signature believes it
        opened = sealing.open_sealed(passed_on[len(front) :], [third.identity])
        signed, signature, _ = package._envelope(opened, laptop.key)
        assert signing.verify(laptop.key.verify_key, package.DOMAIN, signed, signature)


def test_every_rewrapping_is_refused_whoever_it_is_for(office: Party, laptop: Party, third: Party) -> None:
    """All sets of addressees under the signature, on the outside and of the sealing, and each reader: 1,029 bundles.

    Taken if the outside says what was signed, the reader is among them and it is sealed for the reader; else refused.
    """
    fourth = a_party("fourth-device")
    everybody = (office, third, fourth)
    sets = [list(chosen) for size in (1, 2, 3) for chosen in itertools.combinations(everybody, size)]
    taken = 0
    for signed in sets:
        inner = sealing.open_sealed(forge(laptop, *signed)[len(_front(laptop, signed)) :], [signed[0].identity])
        for sealed in sets:
            body = sealing.seal(inner, [party.recipient for party in sealed])
            for outside in sets:
                data = _front(laptop, outside) + body
                for me in everybody:
                    if signed == outside and me in outside and me in sealed:
                        assert read(data, me, laptop).recipients == tuple(party.device for party in signed)
                        taken += 1
                        continue
                    code = refusal(read, data, me, laptop).code
                    assert code in ("bundle_not_for_us", "bundle_other_key", "bundle_damaged"), code
    assert taken == 48, "control: the honest ones among them are taken"


def _front(sender: Party, receivers: Sequence[Party]) -> bytes:
    head = canonical.encode({"bundle": "b1", "from": sender.device, "to": [party.device for party in receivers]})
    return package.MAGIC + b"\x01" + len(head).to_bytes(2, "big") + head


@pytest.mark.parametrize(
    "change", [{"bundle": "b2"}, {"to": [OFFICE, THIRD]}, {"from": THIRD}, {"to": [OFFICE, OFFICE]}]
)
def test_a_header_that_says_more_than_the_envelope_is_refused(
    office: Party, laptop: Party, third: Party, change: dict[str, Any]
) -> None:
    header = {"bundle": "b1", "from": LAPTOP, "to": [OFFICE]} | change
    data = forge(laptop, office, header=header)
    assert refusal(read, data, office, laptop, third).code in ("bundle_damaged", "bundle_bad_signature")


# --- hostile makers who hold a valid key ---


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"[" * 4000,
        b"{}",
        b"null",
        b"9" * 4000,
        b"x" * 4096,
        b'{"bundle":"b","from":"laptop-device","to":"office-device"}',
        b'{"bundle":"b","from":"laptop-device","to":[]}',
        b'{"bundle":"b","from":"laptop-device","to":[7]}',
        b'{"bundle":"b","from":"laptop-device","to":[["office-device"]]}',
        b'{"bundle":"b","from":["laptop-device"],"to":["office-device"]}',
        b'{"bundle":"b","from":"laptop-device","to":["office-device"],"to":["x"]}',
        b'{"bundle":"b","extra":1,"from":"laptop-device","to":["office-device"]}',
        '{"bundle":"\u202egpj","from":"laptop-device","to":["office-device"]}'.encode(),
        b'{"bundle":"\\ud800","from":"laptop-device","to":["office-device"]}',
        canonical.encode({"bundle": "b", "from": "x" * 101, "to": [OFFICE]}),
        canonical.encode({"bundle": "b", "from": LAPTOP, "to": [OFFICE] * 100}),
    ],
)
def test_hostile_headers(office: Party, laptop: Party, header: bytes) -> None:
    assert refusal(read, forge(laptop, office, header=header), office, laptop).code == "bundle_damaged"
    assert refusal(package.read_header, forge(laptop, office, header=header)).code == "bundle_damaged"


@pytest.mark.parametrize(
    "envelope",
    [
        b"[" * 900_000,
        b"{" * 900_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b"[]",
        b"null",
        b"",
        b"9" * 900_000,
        b'{"format":1e999}',
        {"format": 0},
        {"format": "1"},
        {"manifest": [1]},
        {"manifest": None},
        {"sections": {}},
        {"sections": [1]},
        {"sections": [{}]},
        {"sections": ["abcd"]},
        {"sections": [{"name": "w", "packed": -1, "plain": 0, "sha256": "x"}]},
        {"sections": [{"name": "w", "packed": 0, "plain": True, "sha256": "x"}]},
        {"sections": [{"name": "w", "packed": 0, "plain": 1.5, "sha256": "x"}]},
        {"sections": [{"name": ["w"], "packed": 0, "plain": 0, "sha256": "x"}]},
        {"sections": [{"name": "w", "packed": 10**30, "plain": 0, "sha256": "x"}]},
        {"sections": [{"name": "w", "packed": 0, "plain": 0, "sha256": "x"}] * 2},
        {"sections": [{"name": f"w{n}", "packed": 0, "plain": 0, "sha256": "x"} for n in range(500)]},
        {"to": [OFFICE, 7]},
        {"extra": 1},
    ],
)
def test_hostile_envelopes(office: Party, laptop: Party, envelope: Any) -> None:
    assert refusal(read, forge(laptop, office, envelope=envelope), office, laptop).code == "bundle_damaged"


def test_an_envelope_of_a_newer_format_says_so(office: Party, laptop: Party) -> None:
    error = refusal(read, forge(laptop, office, envelope={"format": 2, "whatever": []}), office, laptop)
    assert (error.code, error.params) == ("bundle_newer_format", {"format": 2})


def test_lengths_that_point_outside(office: Party, laptop: Party) -> None:
    for inner in (b"", b"\0\0", b"\xff\xff\xff\xff" + bytes(200), (2_000_000).to_bytes(4, "big") + bytes(3_000_000)):
        error = refusal(read, forge(laptop, office, inner=inner), office, laptop)
        assert error.code == "bundle_damaged"
    data = bytearray(write(laptop, office))
    data[6:8] = b"\xff\xff"
    assert refusal(read, bytes(data), office, laptop).code == "bundle_damaged"


def test_sections_that_do_not_keep_their_word(office: Party, laptop: Party) -> None:
    content = b"line\n" * 1000
    for plain in (0, 1, 4999, 5001, 900_000):
        packed, described = frame(content, plain=plain)
        error = refusal(read, forge(laptop, office, sections=packed, described=[described]), office, laptop)
        assert error.code == "bundle_damaged", plain
    packed, described = frame(content)
    half = packed[: len(packed) // 2]
    told = described | {"packed": len(half), "sha256": hashlib.sha256(half).hexdigest()}
    assert (
        refusal(read, forge(laptop, office, sections=half, described=[told]), office, laptop).code == "bundle_damaged"
    )
    not_zstd = b"not a frame at all"
    told = described | {"packed": len(not_zstd), "sha256": hashlib.sha256(not_zstd).hexdigest()}
    error = refusal(read, forge(laptop, office, sections=not_zstd, described=[told]), office, laptop)
    assert error.code == "bundle_damaged"
    error = refusal(read, forge(laptop, office, sections=packed, described=[described], pad=b"\1" * 9), office, laptop)
    assert error.code == "bundle_damaged"


def test_a_zstd_bomb_is_refused_within_bounds(office: Party, laptop: Party) -> None:
    press, zeros = zstandard.ZstdCompressor().compressobj(), bytes(10_000_000)
    bomb = b"".join([*(press.compress(zeros) for _ in range(30)), press.flush()])  # 300 MB in some 30 kB
    assert len(bomb) < 100_000
    digest = hashlib.sha256(bomb).hexdigest()
    for plain, code in ((500_000, "bundle_damaged"), (150_000_000, "bundle_too_large"), (10**9, "bundle_too_large")):
        told = {"name": "writes", "packed": len(bomb), "plain": plain, "sha256": digest}
        data = forge(laptop, office, sections=bomb, described=[told])
        tracemalloc.start()
        began = time.process_time()
        assert refusal(read, data, office, laptop).code == code
        assert time.process_time() - began < 2
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
        tracemalloc.stop()


def test_a_frame_that_wants_a_huge_window_is_refused(office: Party, laptop: Party) -> None:
    parameters = zstandard.ZstdCompressionParameters.from_level(19, window_log=27, enable_ldm=True)
    press = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    packed = press.compress(b"x") + press.flush()
    told = {"name": "w", "packed": len(packed), "plain": 1, "sha256": hashlib.sha256(packed).hexdigest()}
    error = refusal(read, forge(laptop, office, sections=packed, described=[told]), office, laptop)
    assert error.code == "bundle_damaged"


def test_nothing_is_unpacked_or_parsed_before_the_signature_holds(
    office: Party, laptop: Party, third: Party, monkeypatch: pytest.MonkeyPatch
) -> None:
    forged = write(dataclasses.replace(third, device=LAPTOP), office)
    monkeypatch.setattr(package, "_parse_envelope", lambda *_: pytest.fail("parsed"))
    monkeypatch.setattr(package, "_unpack", lambda *_: pytest.fail("unpacked"))
    assert refusal(read, forged, office, laptop).code == "bundle_bad_signature"


def test_a_flood_of_recipients_in_the_sealed_part(office: Party, laptop: Party) -> None:
    import pyrage

    header = canonical.encode({"bundle": "b1", "from": LAPTOP, "to": [OFFICE]})
    front = package.MAGIC + b"\x01" + len(header).to_bytes(2, "big") + header
    many = pyrage.encrypt(b"x", [pyrage.x25519.Recipient.from_str(office.recipient)] * 100)
    assert refusal(read, front + many, office, laptop).code == "bundle_damaged"


def test_too_large_to_read_or_to_write(office: Party, laptop: Party) -> None:
    small = package.Limits(sealed=2000, plain=5000)
    data = write(laptop, office, sections={"writes": random.Random(1).randbytes(3000)})
    assert refusal(read, data, office, laptop, limits=small).code == "bundle_too_large"
    error = refusal(write, laptop, office, sections={"w": random.Random(1).randbytes(3000)}, limits=small)
    assert error.code == "bundle_too_large"
    assert refusal(write, laptop, office, sections={"w": bytes(6000)}, limits=small).code == "bundle_too_large"
    tight = package.Limits(plain=5000)
    assert (
        refusal(read, write(laptop, office, sections={"w": bytes(6000)}), office, laptop, limits=tight).code
        == "bundle_too_large"
    )


def test_what_a_writer_makes_a_reader_takes_however_well_it_packs(office: Party, laptop: Party) -> None:
    """The bound on the ratio must not refuse an honest, very repetitive month; the writer says so where it would."""
    month = b'{"table":"attendance","present":true}\n' * 20_000
    assert read(write(laptop, office, sections={"w": month}), office, laptop).sections["w"] == month
    assert refusal(write, laptop, office, sections={"w": bytes(50_000_000)}).code == "bundle_too_large"


@pytest.mark.parametrize("junk", [b"", b"S", b"PK\x03\x04 a workbook", b"SAHAKIT", b"age-encryption.org/v1\n"])
def test_other_files_are_not_bundles(office: Party, laptop: Party, junk: bytes) -> None:
    assert refusal(read, junk, office, laptop).code == "bundle_not_a_bundle"


def test_forty_megabytes_in_under_two_seconds(office: Party, laptop: Party) -> None:
    chance = random.Random(3)
    line = '{{"id":"{:032x}","lamport":{},"row":"{:032x}","fields":{{"name":"Person {}","sex":"f","year":{}}}}}\n'
    lines = [
        line.format(chance.getrandbits(128), n, chance.getrandbits(128), n, 1950 + n % 60).encode()
        for n in range(40_000_000 // 140)
    ]
    content = b"".join(lines)
    assert 35_000_000 < len(content) < 60_000_000
    began = time.process_time()
    data = write(laptop, office, sections={"writes": content})
    got = read(data, office, laptop)
    spent = time.process_time() - began
    assert sum(map(len, got.sections.chunks("writes"))) == len(content)
    assert spent < 4  # aimed at 2; room for a busy machine


# --- files ---


def test_a_saved_file_is_whole_and_alone(tmp_path: Path, office: Party, laptop: Party) -> None:
    data = write(laptop, office)
    target = tmp_path / "a.saha"
    target.write_bytes(b"older")
    package.save_package(data, target)
    assert package.load_package(target) == data
    assert names(tmp_path) == ["a.saha"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "no_space"),
        (errno.EDQUOT, "no_space"),
        (errno.EIO, "drive_gone"),
        (errno.ENOTCONN, "drive_gone"),
        (errno.EROFS, "read_only"),
        (errno.EACCES, "not_allowed"),
        (errno.EBADF, "write_failed"),
    ],
)
@pytest.mark.parametrize("where", ["fsync", "rename"])
def test_a_failing_drive_leaves_the_older_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str, where: str
) -> None:
    target = tmp_path / "a.saha"
    target.write_bytes(b"older")

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, "injected")

    if where == "fsync":
        monkeypatch.setattr(package.os, "fsync", fail)
    else:
        monkeypatch.setattr(package.machine, "replace_file", fail)
    assert refusal(package.save_package, b"newer", target).code == code
    assert target.read_bytes() == b"older" and names(tmp_path) == ["a.saha"]


def test_a_really_full_device(tmp_path: Path) -> None:
    injectors.need("full device")
    (tmp_path / "a.saha.part").symlink_to("/dev/full")
    assert refusal(package.save_package, b"x" * 10_000, tmp_path / "a.saha").code == "no_space"


def test_a_stick_that_lies_is_found_before_the_rename(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.saha"
    target.write_bytes(b"older")

    real = package.medium.digest

    def lie(path: Path) -> bytes:
        with path.open("r+b") as file:
            os.pwrite(file.fileno(), b"X", 2)
        return real(path)

    monkeypatch.setattr(package.medium, "digest", lie)
    assert refusal(package.save_package, b"newer content", target).code == "readback_differs"
    assert target.read_bytes() == b"older" and names(tmp_path) == ["a.saha"]


def test_a_driver_without_folder_flushing_is_good_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_: Path) -> None:
        raise OSError(errno.EINVAL, "injected")

    monkeypatch.setattr(package.machine, "sync_folder", unknown)
    package.save_package(b"data", tmp_path / "a.saha")
    assert (tmp_path / "a.saha").read_bytes() == b"data"


def test_missing_places(tmp_path: Path) -> None:
    assert refusal(package.save_package, b"data", tmp_path / "gone" / "a.saha").code == "drive_gone"
    assert refusal(package.load_package, tmp_path / "a.saha").code == "file_missing"
    assert refusal(package.load_package, tmp_path).code == "read_failed"


def test_a_huge_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    with (tmp_path / "a.saha").open("wb") as file:
        file.truncate(10**12)
    error = refusal(package.load_package, tmp_path / "a.saha", limits=package.Limits(sealed=1000))
    assert error.code == "bundle_too_large"
    assert refusal(package.load_package, tmp_path / "a.saha").code == "bundle_too_large"


def test_every_code_has_its_sentence_in_every_language_with_these_params() -> None:
    from app.basics.words import LANGUAGES, catalogue, text

    params: dict[str, object] = {
        "size": "30.0",
        "limit": "25.0",
        "format": 2,
        "device": "ab",
        "sender": "X",
        "made": "d",
    }
    for key in catalogue("errors"):
        if key.startswith("bundle_") and key in {
            "bundle_not_a_bundle",
            "bundle_damaged",
            "bundle_too_large",
            "bundle_newer_format",
            "bundle_unknown_sender",
            "bundle_not_for_us",
            "bundle_other_key",
            "bundle_bad_signature",
            "bundle_revoked_sender",
        }:
            for language in LANGUAGES:
                assert "{" not in text(f"errors.{key}", lang=language, **params)
