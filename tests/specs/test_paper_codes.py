"""Codes on paper read back as what they were, and slips in them are noticed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.basics.ids import new_id
from app.specs.paper_codes import Page, badge_code, page_code, read_page_code, read_serial, serial


@given(st.uuids(), st.dates(), st.integers(1, 999))
def test_pages_read_back(activity: object, day: object, number: int) -> None:
    page = Page(str(activity), str(day), number)
    assert read_page_code(page_code(page)) == page
    assert len(page_code(page)) <= 60


def test_other_codes_are_not_ours() -> None:
    for said in (
        "",
        "SAHA1",
        "http://example.org",
        "SAHA1-" + "0" * 32 + "-20261340-1",
        "SAHA2-" + "0" * 32 + "-20260101-1",
    ):
        assert read_page_code(said) is None


def test_badges_are_short_and_stable() -> None:
    ids = [new_id() for _ in range(2000)]
    codes = {badge_code(i) for i in ids}
    assert len(codes) == 2000
    assert {len(code) for code in codes} == {9}
    assert badge_code(ids[0]) == badge_code(ids[0])


@given(st.uuids(), st.uuids(), st.integers(1, 400), st.data())
def test_a_serial_notices_every_wrong_letter(activity: object, seat: object, number: int, data: st.DataObject) -> None:
    made = serial("ganja", 2026, str(activity), number, str(seat))
    assert made.startswith("GANJA-2026-") and read_serial(made) == made
    assert read_serial(f"  {made.lower()} ") == made
    place = data.draw(st.integers(0, len(made) - 1))
    other = data.draw(st.sampled_from("ABCDEFGHJKMNPQRSTVWXYZ0123456789"))
    wrong = made[:place] + other + made[place + 1 :]
    assert wrong == made or read_serial(wrong) is None
    swap = data.draw(st.integers(0, len(made) - 2))
    swapped = made[:swap] + made[swap + 1] + made[swap] + made[swap + 2 :]
    assert swapped == made or read_serial(swapped) is None


def test_every_single_slip_in_many_serials_is_noticed() -> None:
    letters = "ABCDEFGHJKMNPQRSTVWXYZ0123456789"
    for no in range(1, 60):
        made = serial("ganja", 2026, f"a{no}", no, f"b{no}")
        slips = {made[:at] + letter + made[at + 1 :] for at in range(len(made)) for letter in letters}
        slips |= {made[:at] + made[at + 1] + made[at] + made[at + 2 :] for at in range(len(made) - 1)}
        assert [slip for slip in slips - {made} if read_serial(slip) is not None] == []


def test_letters_that_look_alike_are_forgiven() -> None:
    made = next(
        code for no in range(1, 500) if "0" in (code := serial("guba", 2026, "a", no, "b"))[10:] and "1" in code[10:]
    )
    assert read_serial(made[:5] + made[5:].replace("0", "O").replace("1", "l")) == made


def test_sites_of_any_name_have_serials() -> None:
    for site in ("other_place", "x", "1", "ə"):
        made = serial(site, 2026, "a", 1, "b")
        assert read_serial(made) == made, made
