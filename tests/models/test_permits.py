"""Who may write what: every role against every operation, at the door of a real store; lowering is for good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.errors import UserError
from app.models import permits
from app.models.permits import ADMINISTRATOR, CLERK, COORDINATOR, HELPER, LEVELS, VIEWER
from app.models.store import Store
from app.services import activities, attendance, tallies
from app.services import kinds as kinds_service
from app.specs.records import RECORDS
from tests import build

GANJA = build.site("ganja")


class Ground:
    """What the operations work on, made beforehand by somebody who may."""

    def __init__(self, w: Any) -> None:
        self.person = build.a_person(w, owner_site=GANJA)
        self.other = build.a_person(w, owner_site=GANJA)
        self.activity = build.an_activity(w)
        self.session = build.a_session(w, self.activity)
        self.participation = build.a_participation(w, self.activity, self.person)
        self.event = build.an_open_day(w)
        self.element = w.list("programme_element", activity=self.event)[0]["id"]
        self.tally = build.a_tally(w, self.event, "woman", 2)
        self.venue = w.put("venue", {"name": "Klub", "site": GANJA})


Operation = Callable[[Any, Ground], object]
EVERYBODY = frozenset(LEVELS)
ENTERING = frozenset({ADMINISTRATOR, COORDINATOR, CLERK})
COORDINATING = frozenset({ADMINISTRATOR, COORDINATOR})
OFFICE = frozenset({ADMINISTRATOR})

OPERATIONS: dict[str, tuple[frozenset[str], Operation]] = {
    "count heads": (ENTERING | {HELPER}, lambda w, g: tallies.count(w, g.event, "A", "woman", 3)),
    "take heads back": (ENTERING | {HELPER}, lambda w, g: tallies.take_back(w, [g.tally], "wrong key")),
    "estimate heads": (ENTERING | {HELPER}, lambda w, g: tallies.estimate(w, g.event, "A", 50)),
    "tick the programme": (
        ENTERING | {HELPER},
        lambda w, g: w.put("programme_element", {"happened_at": "11:30"}, g.element),
    ),
    "rename the programme": (ENTERING, lambda w, g: w.put("programme_element", {"title": "Other"}, g.element)),
    "delete heads": (ENTERING, lambda w, g: w.delete("tally", g.tally)),
    "enter a person": (ENTERING, lambda w, g: build.a_person(w, owner_site=GANJA)),
    "edit a person": (ENTERING, lambda w, g: w.put("person", {"phone": "+994501112233"}, g.person)),
    "plan an activity": (
        ENTERING,
        lambda w, g: activities.plan(w, "police_open_day", {"site": GANJA, "start": "2026-12-01"}),
    ),
    "say it was held": (ENTERING, lambda w, g: activities.set_status(w, g.event, "held")),
    "mark attendance": (ENTERING, lambda w, g: attendance.mark(w, g.participation, g.session, "present")),
    "state a headcount": (
        ENTERING,
        lambda w, g: w.put("headcount", {"activity": g.event, "figure": 600, "method": "organiser_estimate"}),
    ),
    "put into the bin": (ENTERING, lambda w, g: w.delete("venue", g.venue)),
    "take back a write": (ENTERING, lambda w, g: w.revert([w.position()[0]])),
    "many at once": (ENTERING, lambda w, g: w.put_many("venue", [{"name": "Park", "site": GANJA}])),
    "say who is who": (
        COORDINATING,
        lambda w, g: w.put("pair_decision", {"person_1": g.person, "person_2": g.other, "verdict": "different"}),
    ),
    "issue a certificate": (
        COORDINATING,
        lambda w, g: w.put(
            "certificate",
            {"participation": g.participation, "serial": "S1", "language": "az", "issued_on": "2026-11-20"},
        ),
    ),
    "merge persons": (OFFICE, lambda w, g: w.put("person", {"merged_into": g.other}, g.person)),
    "change a list": (OFFICE, lambda w, g: w.put("choice", {"list": "rank", "code": "x", "label_en": "X"})),
    "make a kind": (
        OFFICE,
        lambda w, g: kinds_service.create(
            w, {"label_en": "New", "shape": "meeting", "approach": "other", "privacy": "optional"}
        ),
    ),
    "load a plan": (OFFICE, lambda w, g: activities.load_plan(w, "community_policing_2009")),
    "freeze a report": (
        OFFICE,
        lambda w, g: w.put(
            "report_freeze",
            {"report": "q", "period_start": "2026-01-01", "period_end": "2026-03-31", "snapshot": "{}", "hash": "0"},
        ),
    ),
}


def at(store: Store, level: str) -> None:
    """The store as that of a laptop in Ganja whose user has this level; the administrator sits at the office."""
    role = "office" if level == ADMINISTRATOR else "laptop"
    store.identity = replace(store.identity, role=role, level=level, default_site=GANJA, sites=(GANJA,))
    store._refresh = lambda changes: None  # the identity stays what the test made it


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", OPERATIONS)
def test_every_role_against_every_operation(store: Store, name: str, level: str) -> None:
    allowed, operation = OPERATIONS[name]
    ground = store.write(Ground).value
    at(store, level)
    with store.read() as r:
        before = r.position()
    if level in allowed:
        store.write(lambda w: operation(w, ground))
        return
    with pytest.raises(UserError) as refused:
        store.write(lambda w: operation(w, ground))
    assert refused.value.code in ("role_may_not", "office_only")
    with store.read() as r:
        assert r.position() == before, "nothing is kept of what was refused"


def test_a_helper_sees_nobody_by_name_and_what_the_door_shows(store: Store) -> None:
    ground = store.write(Ground).value
    store.lower(HELPER)
    with store.read() as r:
        for work in (
            lambda: r.get("person", ground.person),
            lambda: r.list("participation"),
            lambda: r.people_like("Məmmədova"),
        ):
            with pytest.raises(UserError) as refused:
                work()
            assert refused.value.code == "role_may_not"
        assert r.get("activity", ground.event) and r.list("tally", activity=ground.event)


def test_lowering_holds_until_the_store_is_opened_again(store: Store) -> None:
    store.lower(HELPER)
    store.lower(COORDINATOR)
    assert store.identity.level == HELPER, "nothing raises it"
    event = None
    with pytest.raises(UserError):
        event = store.write(build.an_open_day)
    assert event is None
    folder = store.folder
    store.close()
    with Store.open(folder, "practice") as again:
        assert again.identity.level == ADMINISTRATOR
        ground = again.write(Ground).value
        again.lower(HELPER)
        again.write(lambda w: tallies.count(w, ground.event, "A", "man"))
        assert again.identity.level == HELPER, "a write does not raise it either"


def test_a_level_of_a_newer_program_may_nothing() -> None:
    assert not any(permits.may_write("inspector", record, ["note"], new=True) for record in RECORDS)
    assert permits.lower(COORDINATOR, "inspector") == "inspector"
    assert permits.level_of("laptop", "administrator") == COORDINATOR, "a laptop is never the office"
    assert permits.level_of("laptop", None) == COORDINATOR and permits.level_of("office", None) == ADMINISTRATOR
    assert permits.level_of("laptop", VIEWER) == VIEWER
