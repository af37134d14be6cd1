"""Kinds the office makes and fields it adds: kept as records, checked at the door, retired rather than lost."""

from __future__ import annotations

from typing import Any

import pytest

from app.errors import Invalid
from app.models.queries.duties import duties
from app.models.store import Store
from app.services import activities
from app.services import kinds as service
from app.specs import choices, kinds
from tests import build

DRAFT = {
    "label_en": "Bicycle Day",
    "label_az": "Velosiped günü",
    "label_ru": "День велосипеда",
    "shape": "public_event",
    "approach": "operational",
    "privacy": "count_only",
    "recommended_by": "Ganja city council",
}


def made(store: Store, **changes: Any) -> str:
    return store.write(lambda w: service.create(w, {**DRAFT, **changes})).value


def test_a_kind_is_made_used_and_retired(store: Store) -> None:
    code = made(store)
    assert code == "bicycle_day" and choices.label("activity_kind", code, "ru") == "День велосипеда"
    where = {"site": build.site("guba"), "start": "2026-05-01"}
    row = store.write(lambda w: activities.plan(w, code, where)).value
    store.write(lambda w: service.retire(w, code))
    assert code not in choices.offered("activity_kind") and kinds.kind(code) is not None
    with store.read() as r:
        assert r.get("activity", row)["title_az"] == "Velosiped günü"
        assert r.list("activity_kind")[0]["recommended_by"] == "Ganja city council"
    store.write(lambda w: service.retire(w, code, False))
    assert code in choices.offered("activity_kind")


def test_two_of_the_same_name_are_two_kinds_and_a_shipped_one_is_never_overwritten(store: Store) -> None:
    assert made(store) == "bicycle_day" and made(store) == "bicycle_day_2"
    assert made(store, label_en="Police Open Day") == "police_open_day_2"
    assert kinds.kind("police_open_day").own is False


def test_a_change_keeps_the_fields_and_the_code(store: Store) -> None:
    code = made(store)
    store.write(lambda w: service.keep_field(w, code, "", {"label_en": "Bicycles", "type": "integer", "most": 500.0}))
    store.write(lambda w: service.change(w, code, {"label_en": "Cycling Day", "duty": "yearly"}))
    kind = kinds.kind(code)
    assert kind.label("en") == "Cycling Day" and kind.duty == "yearly" and set(kind.by_name) == {"bicycles"}
    assert kind.privacy == "count_only"


def test_a_field_with_a_list_of_its_own_is_made_in_one_step_and_renaming_keeps_its_codes(store: Store) -> None:
    code = made(store)
    draft = {"label_en": "Surface", "type": "choice", "values": "Road | Yol | Дорога\nPark | Park | Парк"}
    name = store.write(lambda w: service.keep_field(w, code, "", draft)).value
    own = kinds.kind(code).by_name["surface"].type.list
    codes = list(choices.offered(own))
    assert name == "surface" and [choices.label(own, c, "az") for c in codes] == ["Yol", "Park"]
    row = store.write(lambda w: build.an_activity(w, kind=code, details={"surface": codes[0]})).value
    again = {**draft, "values": "Street | Küçə | Улица\nPark | Park | Парк"}
    store.write(lambda w: service.keep_field(w, code, name, again))
    assert list(choices.offered(own)) == codes and choices.label(own, codes[0], "en") == "Street"
    store.write(lambda w: service.keep_field(w, code, name, {**draft, "values": "Park\nForest\nBeach"}))
    assert codes[0] not in choices.offered(own) and choices.label(own, codes[0], "en") == "Street"
    assert next(choices.label(own, c, "en") for c in choices.offered(own)) == "Park"
    with store.read() as r:
        assert r.get("activity", row)["details"] == {"surface": codes[0]}
        assert "Forest" in service.lines_of(r, own)
    with pytest.raises(Invalid):
        store.write(lambda w: service.keep_field(w, code, "", {"label_en": "Colour", "type": "choice"}))


def test_any_shipped_kind_takes_fields_and_stays_what_it_is(store: Store) -> None:
    before = kinds.kind("police_open_day")
    draft = {"label_en": "Balloons given away", "label_az": "Paylanmış şarlar", "type": "integer"}
    name = store.write(lambda w: service.keep_field(w, "police_open_day", "", draft)).value
    kind = kinds.kind("police_open_day")
    assert kind.own and name in kind.by_name and set(before.by_name) < set(kind.by_name)
    assert (kind.shape, kind.privacy, kind.facets, kind.labels) == (
        before.shape, before.privacy, before.facets, before.labels,
    )  # fmt: skip
    store.write(lambda w: service.change(w, "police_open_day", {"shape": "survey", "duty": "yearly"}))
    assert kinds.kind("police_open_day").shape == "public_event" and kinds.kind("police_open_day").duty == "yearly"


def test_a_retired_field_is_shown_only_where_it_holds_something(store: Store) -> None:
    code = made(store)
    for label in ("Bicycles", "Helmets"):
        store.write(lambda w, x=label: service.keep_field(w, code, "", {"label_en": x, "type": "integer"}))
    row = store.write(lambda w: build.an_activity(w, kind=code, details={"bicycles": 4})).value
    store.write(lambda w: service.retire_field(w, code, "bicycles"))
    kind = kinds.kind(code)
    assert [f.name for f in kind.shown_fields({})] == ["helmets"]
    assert [f.name for f in kind.shown_fields({"bicycles": 4})] == ["bicycles", "helmets"]
    store.write(lambda w: w.put("activity", {"details": {"bicycles": 5}}, row))
    store.write(lambda w: service.move_field(w, code, "helmets", -1))
    assert [f.name for f in kinds.kind(code).fields] == ["helmets", "bicycles"]
    store.write(lambda w: service.retire_field(w, code, "bicycles", False))
    assert len(kinds.kind(code).shown_fields({})) == 2
    name = store.write(lambda w: service.keep_field(w, code, "", {"label_en": "Bicycles", "type": "text"})).value
    assert name == "bicycles_2", "the name of a field is never used again"


def test_what_does_not_hold_is_refused_and_nothing_is_kept(store: Store) -> None:
    for changes in ({"label_en": ""}, {"audiences": ["trafficking_victims"]}, {"shape": "circle"}):
        with pytest.raises(Invalid):
            made(store, **changes)
    with store.read() as r:
        assert r.list("activity_kind") == []


def test_a_kind_with_named_people_does_not_become_one_that_only_counts(store: Store) -> None:
    code = made(store, privacy="optional", shape="meeting")
    store.write(lambda w: service.change(w, code, {"privacy": "count_only"}))
    store.write(lambda w: service.change(w, code, {"privacy": "named"}))
    store.write(lambda w: build.a_participation(w, build.an_activity(w, kind=code), build.a_person(w)))
    with pytest.raises(Invalid) as refused:
        store.write(lambda w: service.change(w, code, {"privacy": "count_only"}))
    assert [problem.code for problem in refused.value.problems] == ["kind_counts_only"]
    assert kinds.kind(code).privacy == "named"


def test_a_duty_of_a_kind_of_the_office_is_owed_by_every_site(store: Store) -> None:
    code = made(store, duty="quarterly")
    with store.read() as r:
        owed = [due for due in duties(r, "2026-10-01", "2026-12-31", None, "2026-11-21") if due.kind == code]
    assert len(owed) == 11 and {due.state for due in owed} == {"open"}
    store.write(lambda w: build.an_activity(w, kind=code, start="2026-10-05"))
    store.write(lambda w: service.retire(w, code))
    with store.read() as r:
        assert not [due for due in duties(r, "2026-10-01", "2026-12-31", None, "2026-11-21") if due.kind == code]
