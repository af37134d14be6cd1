"""The rules that keep numbers honest, at the one door."""

from __future__ import annotations

from typing import Any

import pytest

from app.errors import Invalid
from app.models.store import Store
from tests import build


def refused(store: Store, command: Any) -> set[str]:
    with pytest.raises(Invalid) as error:
        store.write(command)
    return {problem.code for problem in error.value.problems}


def test_victims_are_never_an_audience(store: Store) -> None:
    from app.specs import choices

    never = [code for code, entry in choices.choices("audience").items() if entry.more.get("named") == "never"]
    assert never
    for code in never:
        assert refused(store, lambda w, c=code: build.an_activity(w, audiences=[c])) >= {"audience_never"}


def test_a_category_that_is_only_counted_takes_no_name(store: Store) -> None:
    from app.specs import choices

    counted = [code for code, entry in choices.choices("audience").items() if entry.more.get("named") == "count_only"]
    assert counted
    assert "audience_not_named" in refused(store, lambda w: build.a_person(w, citizen_category=counted[0]))

    def named(w: Any) -> None:
        build.a_participation(w, build.an_activity(w), build.a_person(w), audience=counted[0])

    assert "audience_not_named" in refused(store, named)


def test_minors_are_counted_never_named(store: Store) -> None:
    assert "minor_by_name" in refused(store, lambda w: build.a_person(w, age_band="15_17"))
    store.write(lambda w: build.a_person(w, age_band="18_29"))


def test_postponed_and_cancelled_say_why(store: Store) -> None:
    for status in ("postponed", "cancelled"):
        assert "status_needs_reason" in refused(store, lambda w, s=status: build.an_activity(w, status=s))
    store.write(lambda w: build.an_activity(w, status="cancelled", status_reason="Flood"))


def test_nobody_is_merged_into_themselves(store: Store) -> None:
    person = store.write(build.a_person).value
    assert "merged_into_itself" in refused(store, lambda w: w.put("person", {"merged_into": person}, person))


def test_details_belong_to_the_kind(store: Store) -> None:
    assert "unknown_field" in refused(store, lambda w: build.an_activity(w, details={"no_such_detail": 1}))
