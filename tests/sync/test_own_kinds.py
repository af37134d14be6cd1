"""A kind made at the office and a field added to a shipped one reach a laptop by bundle, work there and come back."""

from __future__ import annotations

import pytest

from app.errors import Invalid, UserError
from app.models.store import site_id
from app.services import activities
from app.services import kinds as service
from app.specs import choices, kinds
from tests.sync.build import Country, get, put

DRAFT = {
    "label_en": "Bicycle Day",
    "label_az": "Velosiped günü",
    "shape": "public_event",
    "approach": "operational",
    "privacy": "count_only",
}


def forget() -> None:
    """The lists of a process that has never seen the office's register."""
    choices.use_own([])
    kinds.use_own([])


def test_a_kind_of_the_office_works_at_a_site_and_its_activity_at_the_office(country: Country) -> None:
    code = country.office.write(lambda w: service.create(w, DRAFT)).value
    draft = {"label_en": "Surface", "type": "choice", "values": "Road | Yol\nPark | Park"}
    country.office.write(lambda w: service.keep_field(w, code, "", draft))
    country.office.write(
        lambda w: service.keep_field(w, "police_open_day", "", {"label_en": "Balloons", "type": "integer"})
    )
    ganja = country["g1"]
    forget()
    assert kinds.kind(code) is None
    country.post(country.office, ganja)
    kind = kinds.kind(code)
    assert (
        kind is not None
        and kind.label("az") == "Velosiped günü"
        and "balloons" in kinds.kind("police_open_day").by_name
    )
    value = next(iter(choices.offered(kind.by_name["surface"].type.list)))
    where = {"site": site_id("ganja"), "start": "2026-05-01"}
    row = ganja.write(lambda w: activities.plan(w, code, {**where, "details": {"surface": value}})).value
    with pytest.raises(Invalid):
        ganja.write(lambda w: w.put("activity", {"details": {"surface": "sea"}}, row))
    country.post(ganja, country.office)
    assert get(country.office, "activity", row)["details"] == {"surface": value}


def test_the_kind_waits_for_its_list_whatever_comes_first(country: Country) -> None:
    """Two bundles in the wrong order: the definition alone cannot be used, and is once the list has come."""
    code = country.office.write(lambda w: service.create(w, DRAFT)).value
    draft = {"label_en": "Surface", "type": "choice", "values": "Road\nPark"}
    country.office.write(lambda w: service.keep_field(w, code, "", draft))
    with country.office.read() as r:
        rows = r.list("choice")
        assert kinds.use_own(r.list("activity_kind")) == []
    choices.use_own([])
    with country.office.read() as r:
        assert [error.code for error in kinds.use_own(r.list("activity_kind"))] == ["kind_unknown_list"]
    country.office.write(lambda w: w.put("choice", {"label_ru": "Дорога"}, rows[0]["id"]))
    assert "surface" in kinds.kind(code).by_name


def test_a_site_cannot_make_kinds(country: Country) -> None:
    with pytest.raises(UserError) as refused:
        country["g1"].write(lambda w: service.create(w, DRAFT))
    assert refused.value.code == "office_only"
    assert put(country["g1"], "venue", name="Klub", site=site_id("ganja"))
