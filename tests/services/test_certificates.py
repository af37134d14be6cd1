"""Certificates go to those who attended enough; everybody else is named with the reason."""

from __future__ import annotations

import base64
import io

import pytest

from app.errors import UserError
from app.models.queries.certificates import check
from app.models.store import Store
from app.models.writer import Writer
from app.services.certificates import (
    LOGO_DOTS,
    issue,
    logo_of,
    printed_name,
    prospects,
    revoke,
    save_template,
    templates,
)
from app.specs.paper_codes import read_serial
from tests.build import a_participation, a_person
from tests.composed import Made, compose


@pytest.fixture
def made(store: Store) -> Made:
    return store.write(compose).value


def test_the_threshold_decides_and_reasons_are_given(store: Store, made: Made) -> None:
    done = store.write(lambda w: issue(w, made.t1, language="az")).value
    with store.read() as reader:
        given = {reader.get("certificate", c)["participation"] for c in done.new}  # type: ignore[index]
    assert given == {made.seat_anna, made.seat_cavid, made.seat_dina}
    reasons = {(left.person, left.reason): left.params for left in done.left_out}
    assert reasons == {
        (made.boris, "below_threshold"): {"percent": 50, "needed": 75},
        (made.farid, "not_attended"): {},
    }  # the trainer and the guest are not participants: nobody expects a certificate for them


def test_issuing_twice_gives_nothing_new(store: Store, made: Made) -> None:
    first = store.write(lambda w: issue(w, made.t1)).value
    again = store.write(lambda w: issue(w, made.t1)).value
    assert again.new == [] and sorted(again.earlier) == sorted(first.new)
    russian = store.write(lambda w: issue(w, made.t1, language="ru")).value
    assert len(russian.new) == 3
    with store.read() as reader:
        serials = [c["serial"] for c in reader.list("certificate")]
    assert len(set(serials)) == 6 and all(read_serial(s) == s for s in serials)


def test_one_bad_record_stops_no_other(store: Store, made: Made) -> None:
    def spoil(w: Writer) -> None:
        w.delete("person", made.cavid)
        a_participation(w, made.t2, a_person(w, surname="x" * 150, given="y" * 150))

    store.write(spoil)
    done = store.write(lambda w: issue(w, made.t1)).value
    assert len(done.new) == 2
    assert [left.reason for left in done.left_out if left.person == made.cavid] == ["person_missing"]
    there = store.write(lambda w: issue(w, made.t2)).value
    assert len(there.new) == 2  # anna and gul
    assert sorted(left.reason for left in there.left_out) == ["not_recordable", "without_name"]


def test_a_serial_is_checked_without_a_network(store: Store, made: Made) -> None:
    done = store.write(lambda w: issue(w, made.t1)).value
    with store.read() as reader:
        certificate = reader.get("certificate", done.new[0]) or {}
        typed = certificate["serial"]
        assert check(reader, typed.lower()).state == "valid"
        assert (check(reader, typed).activity or {})["id"] == made.t1
        assert check(reader, typed[:-1] + ("A" if typed[-1] != "A" else "B")).state == "mistyped"
    store.write(lambda w: revoke(w, done.new[0]))
    with store.read() as reader:
        assert check(reader, typed).state == "revoked"
    store.write(lambda w: w.delete("certificate", done.new[0]))
    with store.read() as reader:
        assert check(reader, typed).state == "unknown"


def test_names_are_as_the_person_spells_them() -> None:
    person = {"surname": "Zalov", "given": "Oruc", "name_ru": "Орудж Залов", "name_printed": None}
    assert printed_name(person, "az") == "Oruc Zalov"
    assert printed_name(person, "ru") == "Орудж Залов"
    assert printed_name({**person, "name_printed": "Orudj Zalov"}, "ru") == "Orudj Zalov"


def test_nothing_for_what_was_not_held(store: Store, made: Made) -> None:
    store.write(lambda w: w.put("activity", {"status": "confirmed"}, made.t1))
    for activity, code in ((made.t1, "activity_not_held"), (made.anna, "no_such_row")):
        with pytest.raises(UserError) as refused:
            store.write(lambda w, a=activity: issue(w, a))
        assert refused.value.code == code


def test_prospects_say_beforehand_what_issuing_will_do(store: Store, made: Made) -> None:
    with store.read() as reader:
        before = prospects(reader, made.t1, "az")
    done = store.write(lambda w: issue(w, made.t1)).value
    assert [p.participation for p in before if p.left_out] == [left.participation for left in done.left_out]
    with store.read() as reader:
        after = prospects(reader, made.t1, "az")
        assert {p.certificate["id"] for p in after if p.certificate} == set(done.new)
        assert not any(p.certificate for p in prospects(reader, made.t1, "ru")), "each language has its own"


def test_a_template_gets_a_code_of_its_own(store: Store) -> None:
    first = store.write(lambda w: save_template(w, {"name_en": "Police Open Day!"})).value
    second = store.write(lambda w: save_template(w, {"name_en": "Police Open Day!"})).value
    store.write(lambda w: save_template(w, {"signatory_az": "Ə. Ə."}, first))
    with store.read() as reader:
        assert [t["code"] for t in templates(reader)] == ["police-open-day", "police-open-day-2"]
        assert [t["id"] for t in templates(reader)] == [first, second]
        assert templates(reader)[0]["signatory_az"] == "Ə. Ə."


@pytest.mark.parametrize(
    ("mode", "size"), [("RGB", (4000, 500)), ("LA", (90, 900)), ("P", (10, 10)), ("CMYK", (99, 9))]
)
def test_a_logo_becomes_small_whatever_it_was(mode: str, size: tuple[int, int]) -> None:
    from PIL import Image

    drawn = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").convert(mode).save(drawn, "TIFF" if mode == "CMYK" else "PNG")
    kept = logo_of(drawn.getvalue(), "l.png")
    assert len(kept) <= 200_000
    with Image.open(io.BytesIO(base64.b64decode(kept))) as again:
        assert again.width <= LOGO_DOTS[0] and again.height <= LOGO_DOTS[1] and again.format == "PNG"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"\x89PNG\r\n\x1a\n broken", b"<svg/>"])
def test_what_is_no_picture_is_no_logo(content: bytes) -> None:
    with pytest.raises(UserError) as refused:
        logo_of(content, "x.png")
    assert refused.value.code == "logo_unreadable"
