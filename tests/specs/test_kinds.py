"""The activity kinds that ship, and those that the office makes over them."""

import json
import time

import pytest

from app.basics import words
from app.basics.paths import RESOURCES
from app.errors import UserError
from app.specs import choices, kinds
from app.specs.kind import PRIVACY, SHAPES
from app.specs.records import RECORDS
from app.specs.types import Choice, Choices

CODES = sorted(path.stem for path in (RESOURCES / "reference" / "kinds").glob("*.toml"))


def test_every_line_of_the_sources_has_a_kind_or_something_else() -> None:
    numbers = {number for kind in kinds.kinds().values() for number in kind.numbers}
    assert set(range(1, 88)) <= numbers | set(kinds.NOT_KINDS)
    assert not numbers & set(kinds.NOT_KINDS)
    assert set(range(148, 164)) <= numbers  # the sixteen conference types


@pytest.mark.parametrize("code", CODES)
def test_a_kind_is_whole(code: str) -> None:
    kind = kinds.kind(code)
    assert kind is not None and kind.code == code
    assert kind.shape in SHAPES and kind.privacy in PRIVACY
    assert kind.field_of_work and kind.dimension
    for labels in (kind.labels, *kind.field_labels.values(), *kind.field_hints.values()):
        assert set(labels) == set(words.LANGUAGES) and all(labels.values())
    assert set(kind.hints) == set(words.LANGUAGES) and all(kind.hints.values()), "a sentence of help in each language"
    for optional in (kind.hints, kind.titles):
        assert not optional or (set(optional) == set(words.LANGUAGES) and all(optional.values()))
    assert set(kind.field_labels) == {field.name for field in kind.fields}
    for field in kind.fields:
        assert not field.required, "a planned activity does not know it yet"
        if isinstance(field.type, Choice | Choices):
            assert field.type.list in choices.lists()
    assert kinds.facets_of(kind)[-1] == "attachments"
    assert set(kinds.records_of(kind)) <= set(RECORDS)
    assert not kind.own and not kind.retired


@pytest.mark.parametrize("code", CODES)
def test_what_a_kind_proposes_may_be_recorded_under_it(code: str) -> None:
    kind = kinds.kind(code)
    assert kind is not None
    offered = choices.offered_audiences()
    assert set(kind.audiences) <= set(offered)
    if kind.counts_as_trained:
        assert "attendance" in kind.facets and kind.shape == "training"
    if kind.privacy == "named":
        assert {"attendance", "sessions"} & set(kind.facets)
    if kind.privacy == "never":
        assert not {"attendance", "tally", "headcount", "certificates", "tests"} & set(kind.facets)


def test_every_shape_and_every_facet_is_used() -> None:
    made = kinds.kinds().values()
    assert {kind.shape for kind in made} == set(SHAPES)
    assert {facet for kind in made for facet in kinds.facets_of(kind)} == set(kinds.FACETS)
    assert {facet for facet in kinds.FACETS if not choices.exists("facet", facet)} == set()


def test_the_facets_of_some_kinds() -> None:
    basic, open_day = kinds.kind("training_basic_new_officers"), kinds.kind("police_open_day")
    meeting, visit = kinds.kind("cpwg_meeting"), kinds.kind("study_visit_departments")
    assert basic and open_day and meeting and visit
    assert {"sessions", "attendance", "trainers", "tests", "certificates", "cost"} <= set(basic.facets)
    assert {"tally", "headcount", "programme"} <= set(open_day.facets)
    assert open_day.programme[0] == "dog_handler_demonstration"
    assert {"agenda", "minutes", "decisions", "action_items"} <= set(meeting.facets)
    assert visit.travel and "travel" in visit.facets
    assert "participation" in kinds.records_of(basic) and "tally" not in kinds.records_of(basic)


def test_who_must_not_be_named_is_not_named() -> None:
    made = kinds.kinds()
    for code in ("meeting_ex_prisoners", "school_visit", "citizens_visit", "opinion_poll", "police_open_day"):
        assert made[code].privacy == "count_only", code
    for code in ("complaint_boxes", "hotline_domestic_violence"):
        assert made[code].privacy == "never", code


def test_duties() -> None:
    due = {kind.code: kind.duty for kind in kinds.kinds().values() if kind.duty != "none"}
    assert due["press_meeting_quarterly"] == "quarterly"


def test_an_unknown_kind_is_none() -> None:
    assert kinds.kind("no_such_kind") is None
    assert kinds.kind("../sites") is None
    assert kinds.kind("") is None


def test_all_kinds_are_read_quickly() -> None:
    kinds._shipped.cache_clear()
    started = time.perf_counter()
    kinds.kinds()
    first = time.perf_counter() - started
    started = time.perf_counter()
    kinds.kinds()
    again = time.perf_counter() - started
    assert first < 2.0 and again < 0.05, (first, again)


# --- the office's own ------------------------------------------------------------------------------------------------


def row(definition: dict, **more) -> dict:
    labels = {f"label_{lang}": definition.get("label", {}).get(lang) for lang in words.LANGUAGES}
    return {"code": definition["code"], **labels, "definition": json.dumps(definition), **more}


NEW = {
    "code": "bicycle_day",
    "shape": "public_event",
    "approach": "operational",
    "privacy": "count_only",
    "label": {"en": "Bicycle Day", "az": "Velosiped günü", "ru": "День велосипеда"},
    "field": [{"name": "bicycles", "type": "integer", "label": {"en": "Bicycles"}}],
}


def test_the_office_makes_a_kind_without_code() -> None:
    assert kinds.use_own([row(NEW)]) == []
    made = kinds.kind("bicycle_day")
    assert made is not None and made.own
    assert made.facets == ("tally", "headcount", "programme", "media", "cost")
    assert made.check({"bicycles": 12}, whole=True) == []
    assert "bicycle_day" in kinds.kinds()
    assert choices.label("activity_kind", "bicycle_day", "az") == "Velosiped günü"
    kinds.use_own([])
    assert kinds.kind("bicycle_day") is None and not choices.exists("activity_kind", "bicycle_day")


def test_the_office_adds_a_field_to_a_shipped_kind() -> None:
    shipped = kinds.kind("police_open_day")
    more = {
        "code": "police_open_day",
        "extends": "police_open_day",
        "field": [{"name": "balloons", "type": "integer", "label": {"en": "Balloons"}}],
    }
    assert kinds.use_own([row(more)]) == []
    made = kinds.kind("police_open_day")
    assert made and shipped
    assert [f.name for f in made.fields] == [*(f.name for f in shipped.fields), "balloons"]
    assert made.labels["az"] == shipped.labels["az"] and made.facets == shipped.facets
    assert made.numbers == shipped.numbers
    assert kinds.use_own([row(more)]) == []  # again, over itself: the shipped kind is what it starts from
    assert kinds.kind("police_open_day") == made


def test_a_kind_may_extend_another_of_the_office_in_any_order() -> None:
    child = {"code": "bicycle_night", "extends": "bicycle_day", "label": {"en": "Bicycle Night"}}
    for rows in ([row(child), row(NEW)], [row(NEW), row(child)]):
        assert kinds.use_own(rows) == []
        made = kinds.kind("bicycle_night")
        assert made and [f.name for f in made.fields] == ["bicycles"] and made.privacy == "count_only"


def test_two_that_extend_each_other_are_left_out() -> None:
    one = {"code": "one_kind", "extends": "two_kind", "label": {"en": "One"}}
    two = {"code": "two_kind", "extends": "one_kind", "label": {"en": "Two"}}
    errors = kinds.use_own([row(one), row(two), row(NEW)])
    assert [error.code for error in errors] == ["kind_extends_unknown"] * 2
    assert kinds.kind("bicycle_day") and kinds.kind("one_kind") is None


def test_a_definition_of_a_newer_program_leaves_the_others_alone() -> None:
    errors = kinds.use_own(
        [{**row(NEW), "definition": '{"code": "bicycle_day", "hologram": 1}'}, row({**NEW, "code": "scooter_day"})]
    )
    assert [error.code for error in errors] == ["kind_unknown_key"]
    assert kinds.kind("scooter_day") is not None


def test_the_row_says_whether_it_is_retired_and_how_it_is_called_now() -> None:
    kinds.use_own([row(NEW, retired=True) | {"label_en": "Day of the Bicycle"}])
    made = kinds.kind("bicycle_day")
    assert made and made.retired and made.label("en") == "Day of the Bicycle"
    assert "bicycle_day" not in choices.offered("activity_kind")


def test_a_code_of_the_program_cannot_be_taken_and_a_row_must_agree_with_its_code() -> None:
    with pytest.raises(UserError) as taken:
        kinds.parse({**NEW, "code": "cpwg_meeting"}, own=True)
    assert taken.value.code == "kind_code_taken"
    errors = kinds.use_own([{**row(NEW), "code": "other_day"}])
    assert [error.code for error in errors] == ["kind_wrong_code"]
