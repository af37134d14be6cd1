"""One kind by itself: what its rules and its fields let through."""

import pytest

from app.basics import words
from app.specs import kinds
from app.specs.kind import Rule

KIND = kinds.parse(
    """
code = "try_out"
shape = "training"
approach = "training"
[label]
en = "Try-out"
az = "Sınaq"
ru = "Проба"
[hint]
en = "Only to try."
[title]
en = "A first try"
[[field]]
name = "from_day"
type = "date"
[field.label]
en = "From"
ru = "С"
[field.hint]
en = "The first day."
[[field]]
name = "to_day"
type = "date"
required = true
[field.label]
en = "To"
[[field]]
name = "invited"
type = "integer"
most = 50
[field.label]
en = "Invited"
[[field]]
name = "came"
type = "decimal"
[field.label]
en = "Came"
[[field]]
name = "motto"
type = "text"
longest = 10
[field.label]
en = "Motto"
[[field]]
name = "ranks"
type = "choices"
list = "rank"
[field.label]
en = "Ranks"
[[rule]]
not_after = ["from_day", "to_day"]
[[rule]]
not_more = ["came", "invited"]
[[rule]]
needs = ["came", "invited"]
[[rule]]
one_of = ["motto", "invited"]
"""
)
GOOD = {"from_day": "2026-01-01", "to_day": "2026-01-03", "invited": 20, "came": 18.0, "ranks": ["captain"]}


def codes(details: dict, **how) -> list[tuple[str, str]]:
    return [(p.code, p.field) for p in KIND.check(details, **{"whole": True, **how})]


def test_good_values_pass() -> None:
    assert codes(GOOD) == []
    assert codes(GOOD | {"motto": None}) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"invited": "many"}, ("not_a_number", "details.invited")),
        ({"invited": 51}, ("out_of_range", "details.invited")),
        ({"from_day": "yesterday"}, ("not_a_date", "details.from_day")),
        ({"motto": "x" * 11}, ("too_long", "details.motto")),
        ({"ranks": ["captain", "wizard"]}, ("not_a_choice", "details.ranks")),
        ({"rank": "captain"}, ("unknown_field", "details.rank")),
        ({"to_day": None}, ("required", "details.to_day")),
        ({"to_day": "2025-12-31"}, ("ends_before_it_starts", "details.to_day")),
        ({"came": 21.0}, ("part_above_whole", "details.came")),
        ({"invited": None, "motto": "Go"}, ("needs_other", "details.invited")),
        ({"invited": None, "came": None}, ("one_of", "details.motto")),
    ],
)
def test_bad_values_do_not(change: dict, found: tuple[str, str]) -> None:
    assert codes(GOOD | change) == [found]


def test_a_part_of_the_values_is_not_asked_for_the_rest() -> None:
    assert codes({"came": 3.0}, whole=False) == []
    assert codes({"came": "x"}, whole=False) == [("not_a_number", "details.came")]


def test_what_a_newer_program_stored_is_let_be() -> None:
    assert codes(GOOD | {"hologram": 1}, stored={"hologram"}) == []
    assert codes(GOOD | {"hologram": 1}) == [("unknown_field", "details.hologram")]


def test_a_rule_says_what_it_found() -> None:
    (problem,) = Rule("not_more", ("part", "whole")).check({"part": 3, "whole": 2})
    assert problem.params == {"part": 3, "whole": 2}
    (problem,) = Rule("one_of", ("a", "b")).check({})
    assert problem.params == {"fields": "a, b"}
    assert Rule("not_more", ("part", "whole")).check({"part": 2, "whole": 2}) == []


def test_tidy_makes_values_canonical_and_keeps_what_it_does_not_know() -> None:
    tidied = KIND.tidy({"motto": "  a   b ", "ranks": ["major", "captain", "major"], "came": "", "hologram": " x "})
    assert tidied == {"motto": "a b", "ranks": ["captain", "major"], "came": None, "hologram": " x "}


def test_its_words() -> None:
    assert (KIND.label("az"), KIND.hint("ru"), KIND.title("ru")) == ("Sınaq", "Only to try.", "A first try")
    assert KIND.field_label("from_day", "ru") == "С" and KIND.field_label("from_day", "az") == "From"
    assert KIND.field_hint("from_day") == "The first day." and KIND.field_hint("came") == ""
    assert KIND.field_label("nothing") == "nothing"
    words.use_language("ru")
    try:
        assert KIND.label() == "Проба"
    finally:
        words.use_language("en")


def test_without_a_title_the_label_is_proposed() -> None:
    open_day = kinds.kind("police_open_day")
    assert open_day and open_day.title("en") == open_day.label("en") == "Police Open Day"
