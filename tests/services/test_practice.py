"""Practice data: made up, whole, the same for the same seed."""

from __future__ import annotations

import random

from app.basics import clock
from app.models import integrity
from app.models.store import Store
from app.services import duplicates, practice
from app.specs.seeds import site_id


def test_a_site_has_people_events_a_group_and_a_sound_log(store: Store) -> None:
    made = store.write(lambda w: practice.fill_site(w, "ganja", seed=1, people=20, events=7)).value
    assert made == {"people": 20, "activities": 7}
    with store.read() as reader:
        activities = reader.list("activity", owner_site=site_id("ganja"))
        assert {"held", "planned"} == {a["status"] for a in activities}
        assert any(a["start"] == clock.today().isoformat() for a in activities)
        for record in ("attendance", "tally", "action_item", "membership", "distribution", "reading"):
            assert reader.count(record) > 0, record
    assert integrity.check(store).sound


def test_names_are_those_of_the_country_and_fit_the_sex() -> None:
    chance = random.Random(2)
    people = [practice.made_up_person(chance) for _ in range(200)]
    assert all(p["suffix"] == ("qizi" if p["sex"] == "f" else "oglu") for p in people)
    assert any("ə" in p["surname"] for p in people)
    assert 0.1 < sum(p["sex"] == "f" for p in people) / 200 < 0.5


def test_some_stand_twice_so_that_deciding_can_be_practised(store: Store) -> None:
    store.write(lambda w: practice.fill_site(w, "ganja", seed=1, people=40, events=2))
    with store.read() as reader:
        pairs = duplicates.queue(reader)
    assert len(pairs) >= 3
    scripts = [{"\u0400" <= side["surname"][0] <= "\u04ff" for side in (pair.one, pair.other)} for pair in pairs]
    assert {True, False} in scripts, "one of them is written in both alphabets"
