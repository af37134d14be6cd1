"""The record types: sound in themselves, with their rules, and with words for all of them."""

import re

import pytest

from app.basics import words
from app.specs import choices
from app.specs.records import RECORDS, spec_of
from app.specs.types import Choice, Choices, Reference, References, Text

ID = "3b3da9ae-ce91-5d9c-9d9d-1ea8f1192544"


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_type_is_sound(record: str) -> None:
    spec = RECORDS[record]
    names = [field.name for field in spec.fields]
    assert len(set(names)) == len(names)
    assert not {"id", "owner_site", "deleted", "details"} & set(names)
    for field in spec.fields:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", field.name)
        if isinstance(field.type, Reference | References):
            assert field.type.record in RECORDS, field.name
        if isinstance(field.type, Choice | Choices):
            assert field.type.list in choices.lists(), field.name
        if field.default is not None:
            assert field.type.problem(field.default) is None, field.name
        if field.merge == "restrict":
            assert field.strictest, field.name
        if field.strictest and isinstance(field.type, Choice):
            assert set(field.strictest) == set(choices.choices(field.type.list))
    assert set(spec.natural_key) <= set(names)
    assert not spec.parent or isinstance(spec.by_name[spec.parent].type, Reference)
    for stem in spec.title:
        assert stem in names or f"{stem}_en" in names


def test_what_a_record_refers_to_comes_before_it() -> None:
    order = list(RECORDS)
    for spec in RECORDS.values():
        for field in spec.references:
            assert order.index(field.type.record) <= order.index(spec.name), (spec.name, field.name)  # type: ignore[attr-defined]


def test_spec_of() -> None:
    assert spec_of("person") is RECORDS["person"] and spec_of("hologram") is None


def codes(record: str, values: dict) -> set[str]:
    return {problem.code for problem in RECORDS[record].check(values, whole=True)}


def test_the_rules_of_records() -> None:
    site = {"code": "x", "name_en": "X", "type": "city"}
    assert codes("site", site | {"start": "2026-01-02", "end": "2026-01-01"}) == {"ends_before_it_starts"}
    assert codes("site", site | {"start": "2026-01-01", "end": "2026-01-01"}) == set()
    head = {"activity": ID, "figure": 300, "method": "grid"}
    assert codes("headcount", head | {"low": 400, "high": 200}) == {"range_upside_down"}
    assert codes("headcount", head | {"low": 200, "high": 400}) == set()
    tally = {"activity": ID, "door": "A", "hour": "2026-06-30T10:00:00Z", "category": "girl", "type": "counted"}
    assert codes("tally", tally | {"delta": -1}) == {"correction_needs_reason"}
    assert (
        codes("tally", tally | {"delta": -1, "reason": "came twice"}) == codes("tally", tally | {"delta": 1}) == set()
    )
    reading = {"mechanism": ID, "type": "box_opening", "date": "2026-01-01", "count": 3}
    assert codes("reading", reading | {"witness_1": "A"}) == {"two_witnesses"}
    assert codes("reading", reading | {"witness_1": "A", "witness_2": "B"}) == set()
    assert codes("reading", reading | {"type": "calls"}) == set()
    assert codes("membership", {"group": ID, "role": "member"}) == {"member_or_seat"}
    assert codes("membership", {"group": ID, "role": "member", "seat": "teacher of school no. 5"}) == set()


# --- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_type_has_words(record: str) -> None:
    said = words.catalogue("records")
    assert {f"{record}.one", f"{record}.many", f"record.{record}"} <= set(said)
    for field in RECORDS[record].fields:
        assert f"section.{field.section}" in said
        stem = re.sub(r"_(en|az|ru)$", "", field.name)
        keys = (f"{record}.{field.name}", f"{record}.{stem}", field.name, stem)
        assert any(key in said for key in keys), f"{record}.{field.name}"


def test_records_are_counted_in_each_language() -> None:
    assert words.text("records.record.person", lang="en", n=1) == "1 person"
    assert words.text("records.record.person", lang="en", n=2) == "2 people"
    assert words.text("records.record.activity", lang="ru", n=3) == "3 мероприятия"
    assert words.text("records.record.activity", lang="az", n=7) == "7 tədbir"


def test_every_word_belongs_to_something() -> None:
    fields = {field.name for spec in RECORDS.values() for field in spec.fields}
    stems = fields | {re.sub(r"_(en|az|ru)$", "", name) for name in fields}
    lost = []
    for key in words.catalogue("records"):
        first, _, rest = key.removesuffix(".hint").partition(".")
        if not rest:
            known = first in stems
        elif first in ("record", "section"):
            known = first == "section" or rest in RECORDS
        else:
            own = {field.name for field in RECORDS[first].fields} if first in RECORDS else set()
            known = rest in {"one", "many"} | own | {re.sub(r"_(en|az|ru)$", "", name) for name in own}
        if not known:
            lost.append(key)
    assert lost == []


def test_problems_of_types_have_sentences() -> None:
    said = words.catalogue("problems")
    assert "40" in words.text("problems.too_long", lang="az", longest=40)
    for code in (Text(longest=1).problem("ab"), Text().problem(1)):
        assert code is not None and code.code in said


def test_what_is_paid_in_another_currency_says_its_rate() -> None:
    cost = {"activity": "3f2b9a54-0f38-4b3e-9d0e-5c0a3c0a1b11", "type": "travel", "amount": 100.0}
    for currency, rate, code in (("AZN", 1.0, []), ("AZN", None, []), ("EUR", 1.85, []), ("USD", 1.0, ["rate_needed"])):
        found = RECORDS["cost"].check({**cost, "currency": currency, "rate": rate}, whole=True)
        assert [problem.code for problem in found] == code, (currency, rate)
