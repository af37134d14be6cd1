"""What a role or a rule refuses at the door is refused at the import too, whatever program wrote it (T14)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.errors import Invalid, UserError
from app.keys.slots import LIGHT
from app.models import exchange, honesty
from app.models.permits import CLERK, COORDINATOR, HELPER, OF_LAPTOPS, VIEWER
from app.models.store import Store, site_id
from app.services import tallies
from app.specs.seeds import organisation_id
from app.sync import office
from tests.sync.build import Country, a_person, an_activity, get, put

GANJA = site_id("ganja")


def altered(store: Store) -> None:
    """The laptop's program was altered: at its own door it takes itself for a coordinator's."""
    store.identity = replace(store.identity, level=COORDINATOR)
    store._refresh = lambda changes: None


def quarantine(store: Store) -> list[str]:
    with store.read() as r:
        return sorted(entry["reason"] for entry in exchange.quarantined(r))


def an_event(country: Country) -> str:
    """An open day that the office and both laptops of Ganja know, with a part of its programme."""
    event = an_activity(country.office, kind="police_open_day", title="Open Day")
    put(country.office, "programme_element", activity=event, title="Dogs")
    country.post(country.office, country["g1"])
    return event


WRITES: dict[str, tuple[frozenset[str], Callable[[Store, str], Any]]] = {
    "count heads": (
        frozenset({COORDINATOR, CLERK, HELPER}),
        lambda s, e: s.write(lambda w: tallies.count(w, e, "A", "woman", 2)),
    ),
    "tick the programme": (
        frozenset({COORDINATOR, CLERK, HELPER}),
        lambda s, e: s.write(
            lambda w: w.put(
                "programme_element",
                {"happened_at": "11:00"},
                w.list("programme_element", activity=e)[0]["id"],
            )
        ),
    ),
    "enter a person": (frozenset({COORDINATOR, CLERK}), lambda s, e: a_person(s, owner_site=GANJA)),
    "edit the event": (frozenset({COORDINATOR, CLERK}), lambda s, e: put(s, "activity", e, place="Park")),
    "delete the event": (
        frozenset({COORDINATOR, CLERK}),
        lambda s, e: s.write(lambda w: w.delete("programme_element", w.list("programme_element")[0]["id"])),
    ),
    "say who is who": (
        frozenset({COORDINATOR}),
        lambda s, e: put(
            s,
            "pair_decision",
            person_1=a_person(s, "A", owner_site=GANJA),
            person_2=a_person(s, "B", owner_site=GANJA),
            verdict="different",
        ),
    ),
}


@pytest.mark.parametrize("level", OF_LAPTOPS)
def test_every_role_against_every_kind_of_write_at_the_import(country: Country, level: str) -> None:
    for name, (allowed, work) in WRITES.items():
        event = an_event(country)
        laptop = country["g1"]
        office.give_level(country.office, "g1", level)
        altered(laptop)
        before = len(quarantine(country.office))
        work(laptop, event)
        got = country.post(laptop, country.office)
        refused = quarantine(country.office)
        if level in allowed:
            assert got.refused == 0 and got.new, name
        else:
            assert got.refused and len(refused) > before and set(refused) == {"beyond_role"}, name
        office.give_level(country.office, "g1", COORDINATOR)


def test_the_level_of_a_kit_holds_from_the_first_start_and_a_change_comes_with_the_next_bundle(
    country: Country,
) -> None:
    event = an_event(country)
    kit = country.folder / "door.sahakit"
    code = office.make_kit(country.office, ["ganja"], "door", kit, work=LIGHT, level=HELPER)
    with office.join(country.folder / "door", kit, code, "practice", work=LIGHT) as laptop:
        assert laptop.identity.level == HELPER
        with pytest.raises(UserError) as refused:
            a_person(laptop)
        assert refused.value.code == "role_may_not"
        row = laptop.write(lambda w: tallies.count(w, event, "A", "woman", 4)).value
        got = country.post(laptop, country.office, "Baku")
        assert (got.new, got.refused) == (1, 0) and get(country.office, "tally", row)["delta"] == 4
        office.give_level(country.office, "door", CLERK)
        country.post(country.office, laptop, "door")
        assert laptop.identity.level == CLERK
        person = a_person(laptop, owner_site=GANJA)
        country.post(laptop, country.office, "Baku")
        assert get(country.office, "person", person) is not None
        assert quarantine(country.office) == []


def test_only_the_office_gives_roles_and_only_those_there_are(country: Country) -> None:
    for store, laptop, level, code in (
        (country["g1"], "g2", VIEWER, "office_only"),
        (country.office, "nobody", VIEWER, "laptop_unknown"),
        (country.office, "Baku", VIEWER, "laptop_unknown"),
        (country.office, "g1", "administrator", "level_unknown"),
    ):
        with pytest.raises(UserError) as refused:
            office.give_level(store, laptop, level)
        assert refused.value.code == code


def test_a_neighbour_does_not_take_what_a_viewer_wrote(country: Country) -> None:
    office.give_level(country.office, "g1", VIEWER)
    country.post(country.office, country["g2"])
    altered(country["g1"])
    person = a_person(country["g1"], owner_site=GANJA)
    country.post(country["g1"], country["g2"])
    assert get(country["g2"], "person", person) is None


# --- the rules that keep numbers honest ------------------------------------------------------------------------------


def forged(laptop: Store, monkeypatch: pytest.MonkeyPatch, work: Callable[[Any], Any]) -> Any:
    """What a program without our rules would write."""
    with monkeypatch.context() as without:
        without.setattr(honesty, "RULES", {})
        return laptop.write(work).value


def test_names_that_our_door_refuses_are_refused_from_a_bundle(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = country["g1"]
    adult = a_person(laptop, owner_site=GANJA)
    visit = an_activity(laptop, kind="school_visit", title="Class 5b")
    training = an_activity(laptop)
    country.post(laptop, country.office)
    cases: list[tuple[str, Callable[[Any], Any]]] = [
        ("minor_by_name", lambda w: w.put("person", {"surname": "Uşaq", "birth_year": 2015, "owner_site": GANJA})),
        ("minor_by_name", lambda w: w.put("person", {"surname": "Uşaq", "age_band": "15_17", "owner_site": GANJA})),
        (
            "audience_not_named",
            lambda w: w.put("person", {"surname": "Keçmiş", "citizen_category": "ex_prisoners", "owner_site": GANJA}),
        ),
        ("kind_counts_only", lambda w: w.put("participation", {"activity": visit, "person": adult})),
        (
            "audience_not_named",
            lambda w: w.put("participation", {"activity": training, "person": adult, "audience": "complainants"}),
        ),
        ("audience_never", lambda w: w.put("activity", {"audiences": ["trafficking_victims"]}, training)),
        (
            "kind_counts_only",
            lambda w: w.put(
                "participation",
                {
                    "activity": w.put(
                        "activity",
                        {"kind": "meeting_ex_prisoners", "site": GANJA, "start": "2026-03-01", "status": "held"},
                    ),
                    "person": adult,
                },
            ),
        ),
    ]

    def children(w: Any) -> str:
        event = {"kind": "essay_competition", "site": GANJA, "start": "2026-03-01", "status": "held"}
        activity = w.put("activity", {**event, "audiences": ["school_children"]})
        essays = w.put("competition", {"activity": activity, "theme": "Safety"})
        return str(w.put("result", {"competition": essays, "place": 1, "winner": "Leyla"}))

    cases.append(("minor_by_name", children))
    expected = []
    for code, work in cases:
        row = forged(laptop, monkeypatch, work)
        expected.append(code)
        country.post(laptop, country.office)
        assert quarantine(country.office) == sorted(expected)
        kept = [get(country.office, record, row) for record in ("person", "participation", "result")]
        assert not any(kept)
    assert get(country.office, "activity", training)["audiences"] in (None, [])


def test_a_name_added_later_to_a_list_that_only_counts_is_refused(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = country["g1"]
    visit = an_activity(laptop, kind="school_visit", title="Class 5b")
    row = put(laptop, "participation", activity=visit, role="participant")
    person = a_person(laptop, owner_site=GANJA)
    country.post(laptop, country.office)
    forged(laptop, monkeypatch, lambda w: w.put("participation", {"person": person}, row))
    country.post(laptop, country.office)
    assert quarantine(country.office) == ["kind_counts_only"]
    assert get(country.office, "participation", row)["person"] is None


def test_an_activity_with_names_does_not_become_one_that_only_counts(country: Country) -> None:
    laptop = country["g1"]
    training = an_activity(laptop)
    put(laptop, "participation", activity=training, person=a_person(laptop, owner_site=GANJA))
    with pytest.raises(Invalid) as refused:
        put(laptop, "activity", training, kind="school_visit")
    assert [(p.code, p.field) for p in refused.value.problems] == [("kind_counts_only", "kind")]


def test_rank_and_unit_stay_as_they_were_at_the_event_through_the_whole_round(country: Country) -> None:
    laptop = country["g1"]
    person = a_person(
        laptop, owner_site=GANJA, rank="captain", unit="1st station", organisation=organisation_id("pd_ganja")
    )
    training = an_activity(laptop)
    row = put(laptop, "participation", activity=training, person=person)
    put(laptop, "person", person, rank="major", unit="Staff")
    country.post(laptop, country.office)
    kept = get(country.office, "participation", row)
    assert (kept["rank"], kept["unit"], kept["organisation"]) == ("captain", "1st station", organisation_id("pd_ganja"))
    assert get(country.office, "person", person)["rank"] == "major"
