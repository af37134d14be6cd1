"""The made-up polls and experts are whole: answers fit the sample, the series has a trend."""

from __future__ import annotations

import random

from app.models.queries.sums import sums_of
from app.models.store import Store
from app.services.practice_services import fill_services
from tests import build


def test_what_is_made_up_adds_up(store: Store) -> None:
    store.write(lambda w: build.a_person(w, owner_site=build.site("ganja")))
    store.write(lambda w: fill_services(w, random.Random(1), "ganja"))
    with store.read() as reader:
        for record in ("survey", "press_item", "quote", "policy_document", "request", "expert_mission"):
            assert reader.count(record) > 0, record
        surveys = sorted(reader.list("survey"), key=lambda s: s["start"])
        found = [sums_of(reader, "survey", survey["id"], "2026-11-21") for survey in surveys]
    assert not any(said.warn for sums in found for said in sums.said)
    assert any(said.key == "positive_changed" for said in found[-1].said) and len(found[-1].charts[0].bars) == 2
