"""The figures of a small composed register, against numbers worked out by hand in the comments."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.basics.clock import turn
from app.models.queries.counts import MixedCounts, behind
from app.models.queries.figures import Figures, Split, total
from app.models.store import Store
from app.models.writer import Writer
from tests.build import a_mark, a_participation, a_person
from tests.composed import GANJA, NAKHCHIVAN, Q1, Made, compose


@pytest.fixture(autouse=True)
def _in_april() -> Iterator[None]:
    from datetime import UTC, datetime

    turn(lambda: datetime(2026, 11, 20, 12, tzinfo=UTC))
    yield
    turn(None)


@pytest.fixture
def made(store: Store) -> Made:
    return store.write(compose).value


def values(split: Split) -> dict[tuple[str, ...], float]:
    return {key: figure.value for key, figure in split.items()}


def test_activities(store: Store, made: Made) -> None:
    with store.read() as reader:
        figures = Figures(reader, *Q1)
        # t1, t2, d1, two meetings; the cancelled and the postponed are not there, April is another quarter.
        assert total(figures.activities()).value == 5
        assert values(figures.activities(("site",))) == {(GANJA,): 4, (NAKHCHIVAN,): 1}
        assert values(figures.activities(("kind",))) == {
            ("training_gender_mainstreaming",): 1,
            ("training_basic_new_officers",): 1,
            ("police_open_day",): 1,
            ("cpwg_meeting",): 2,
        }
        assert values(figures.by_status()) == {("held",): 5, ("cancelled",): 1, ("postponed",): 1}
        assert total(figures.trainings()).value == 2
        assert values(figures.activities(("quarter", "month")))[("2026-q1", "2026-03")] == 3
        assert set(behind(total(figures.trainings()))) == {made.t1, made.t2}
        assert values(Figures(reader, *Q1, [NAKHCHIVAN]).activities()) == {(): 1}


def test_participations(store: Store, made: Made) -> None:
    with store.read() as reader:
        figures = Figures(reader, *Q1)
        # t1: anna boris cavid dina; t2: anna2, gul, one unnamed woman; meeting: its chair anna, boris.
        assert total(figures.participations()).value == 9
        assert values(figures.participations(("sex",))) == {("f",): 5, ("m",): 3, ("not_recorded",): 1}
        training = figures.participations(("site", "sex"), training=True)
        assert values(training) == {
            (GANJA, "f"): 2,
            (GANJA, "m"): 2,
            (NAKHCHIVAN, "f"): 2,
            (NAKHCHIVAN, "not_recorded"): 1,
        }
        assert values(figures.participations(("service",), training=True)) == {
            ("neighbourhood_police",): 4,
            ("traffic_police",): 2,
            ("not_recorded",): 1,
        }
        assert set(behind(training[(NAKHCHIVAN, "f")])) == {made.seat_anna2, made.seat_nobody}
        assert total(figures.unnamed()).value == 1


def test_persons_trained(store: Store, made: Made) -> None:
    with store.read() as reader:
        figures = Figures(reader, *Q1)
        everybody = total(figures.trained())
        assert set(behind(everybody)) == {made.anna, made.cavid, made.dina, made.gul}
        assert everybody.count.type == "people"
        by_sex = figures.trained(("sex",))
        assert values(by_sex) == {("f",): 2, ("m",): 1, ("not_recorded",): 1}
        women, men, others = (by_sex[(sex,)] for sex in ("f", "m", "not_recorded"))
        assert (women + men + others).value == everybody.value  # the parts of a partition may be added …
        by_site = figures.trained(("site",))
        assert values(by_site) == {(GANJA,): 3, (NAKHCHIVAN,): 2}
        with pytest.raises(MixedCounts):  # … the sites may not: anna was trained at both
            by_site[(GANJA,)] + by_site[(NAKHCHIVAN,)]
        assert values(Figures(reader, *Q1, [NAKHCHIVAN]).trained()) == {(): 2}
        # anna's service is that of her latest training, so that she stands once.
        assert values(figures.trained(("service",))) == {("neighbourhood_police",): 2, ("traffic_police",): 2}
        # unnamed ones took part in enough, but nobody knows who they are
        assert total(figures.trained_participations()).value == 6
        assert total(figures.trained(rule="donor")).value == 0  # nobody had 3 days or 15 hours


def test_the_threshold_is_the_activity_s_own(store: Store, made: Made) -> None:
    store.write(lambda w: w.put("activity", {"threshold_percent": 50}, made.t1))
    with store.read() as reader:
        assert made.boris in behind(total(Figures(reader, *Q1).trained()))
    store.write(lambda w: w.put("activity", {"threshold_percent": 84}, made.t1))
    with store.read() as reader:
        assert made.cavid not in behind(total(Figures(reader, *Q1).trained()))  # 10 of 12 hours are 83 %


def test_hours(store: Store, made: Made) -> None:
    with store.read() as reader:
        figures = Figures(reader, *Q1)
        assert values(figures.person_hours(("site",), training=True)) == {(GANJA,): 12 + 6 + 10 + 9, (NAKHCHIVAN,): 0}
        assert values(figures.hours_unknown(("site",))) == {(NAKHCHIVAN,): 3, (GANJA,): 2}  # lists without sessions


def test_somebody_entered_twice_in_one_activity_counts_once(store: Store, made: Made) -> None:
    def again(w: Writer) -> None:
        twin = a_person(w, given="Boris", sex="m")
        seat = a_participation(w, made.t1, twin)
        a_mark(w, seat, made.s3)
        w.put("person", {"merged_into": made.boris}, twin)

    store.write(again)
    with store.read() as reader:
        figures = Figures(reader, *Q1)
        assert total(figures.participations()).value == 9
        assert made.boris in behind(total(figures.trained()))  # both halves of him make the whole


def test_trainers(store: Store, made: Made) -> None:
    def a_peer(w: Writer) -> None:
        w.put("session", {"trainers": [made.dina, made.vip]}, made.s2)

    store.write(a_peer)
    with store.read() as reader:
        figures = Figures(reader, *Q1)
        assert set(behind(total(figures.trainers()))) == {made.emil, made.dina, made.vip}
        assert total(figures.trainers(peers=True)).value == 0


def test_somebody_who_gives_every_session_is_no_participant(store: Store, made: Made) -> None:
    def all_hers(w: Writer) -> None:
        for session in (made.s1, made.s2, made.s3):
            w.put("session", {"trainers": [made.dina]}, session)

    store.write(all_hers)
    with store.read() as reader:
        figures = Figures(reader, *Q1)
        assert made.dina not in behind(total(figures.trained()))
        assert total(figures.participations()).value == 8


def test_heads_are_kept_apart(store: Store, made: Made) -> None:
    with store.read() as reader:
        figures = Figures(reader, *Q1)
        counted, guessed = total(figures.counted()), total(figures.estimated())
        assert (counted.value, counted.count.type) == (16, "headcount")
        assert (guessed.value, guessed.count.type) == (40, "estimate")
        assert values(figures.counted(("site", "category"))) == {
            (GANJA, "woman"): 10,
            (GANJA, "man"): 4,
            (GANJA, "girl"): 2,
        }
        official = total(figures.official(type="estimate"))
        assert (official.value, official.count.low, official.count.high) == (600, 500, 700)
        assert total(figures.official()).value == 0
        assert len(figures.statements()) == 2
        for one, other in ((counted, guessed), (counted, official), (counted, total(figures.participations()))):
            with pytest.raises(MixedCounts):
                one + other


def test_groups_and_what_they_decided(store: Store, made: Made) -> None:
    with store.read() as reader:
        figures = Figures(reader, *Q1)
        assert values(figures.groups(("site", "type"))) == {(GANJA, "cpwg"): 1}
        assert total(figures.meetings()).value == 2
        found = {
            what: set(behind(total(figures.actions(what))))
            for what in ("opened", "closed", "dropped", "open", "overdue")
        }
        assert found == {
            "opened": {made.a1, made.a2, made.a3, made.a4},
            "closed": {made.a1},
            "dropped": {made.a4},
            "open": {made.a2, made.a3},  # a3 was closed in May: at the end of March it was open
            "overdue": {made.a2},
        }
        assert total(figures.days_to_close()).value == 30
        assert total(Figures(reader, *Q1, [NAKHCHIVAN]).actions("opened")).value == 0


def test_outputs_mechanisms_costs_and_earlier_figures(store: Store, made: Made) -> None:
    def more(w: Writer) -> None:
        paper = w.put(
            "output",
            {
                "kind": "newspaper",
                "title_en": "Public paper 3",
                "site": GANJA,
                "stage": "published",
                "date": "2026-02-01",
                "print_run": 500,
            },
        )
        w.put("output", {"kind": "book", "title_en": "Draft", "site": GANJA, "stage": "draft", "date": "2026-02-01"})
        for quantity, day in ((200, "2026-02-03"), (-20, "2026-03-01"), (100, "2026-04-05")):
            w.put("distribution", {"output": paper, "site": GANJA, "date": day, "quantity": quantity})
        film = w.put("output", {"kind": "short_film", "title_en": "Film", "site": NAKHCHIVAN, "stage": "approved"})
        w.put("airing", {"output": film, "date": "2026-03-03"})
        box = w.put("mechanism", {"type": "complaint_box", "name_en": "Box 1", "site": GANJA, "start": "2025-01-01"})
        for category, number in (("traffic", 3), ("praise", 2)):
            w.put(
                "reading",
                {
                    "mechanism": box,
                    "type": "box_opening",
                    "date": "2026-02-20",
                    "category": category,
                    "count": number,
                    "witness_1": "A",
                    "witness_2": "B",
                },
            )
        w.put("cost", {"activity": made.t1, "type": "travel", "amount": 100, "currency": "EUR", "rate": 1.9})
        w.put("cost", {"activity": made.t1, "type": "printing", "amount": 50, "currency": "AZN", "rate": 1})
        for title, figure in (("Reached", 2000), ("Internal troops", 1200)):
            w.put("legacy_figure", {"title": title, "figure": figure, "as_of": "2012-12-31", "over": True})

    store.write(more)
    with store.read() as reader:
        figures = Figures(reader, *Q1)
        assert values(figures.outputs(("output_kind",))) == {("newspaper",): 1}
        assert total(figures.copies_made()).value == 500
        assert total(figures.copies_given()).value == 180
        assert values(figures.copies_given(("site", "output_kind"))) == {(GANJA, "newspaper"): 180}
        assert values(figures.airings(("site",))) == {(NAKHCHIVAN,): 1}
        assert values(figures.mechanisms(("site", "type"))) == {(GANJA, "complaint_box"): 1}
        assert values(figures.readings(("category",))) == {("box_opening", "traffic"): 3, ("box_opening", "praise"): 2}
        assert total(figures.openings()).value == 1
        assert total(figures.costs()).value == 240
        assert values(figures.costs(("cost_type",))) == {("travel",): 190, ("printing",): 50}
        assert values(figures.costs_as_paid()) == {("EUR",): 100, ("AZN",): 50}
        first, second = (figure for _, figure in figures.legacy())
        assert {first.value, second.value} == {2000, 1200}
        with pytest.raises(MixedCounts):
            first + second


def test_what_is_in_the_bin_counts_nowhere(store: Store, made: Made) -> None:
    def throw(w: Writer) -> None:
        w.delete("activity", made.t2)
        w.delete("participation", made.seat_cavid)

    store.write(throw)
    with store.read() as reader:
        figures = Figures(reader, *Q1)
        assert set(behind(total(figures.trained()))) == {made.anna, made.dina}
        assert total(figures.activities()).value == 4


def test_an_empty_period_is_all_zeros(store: Store, made: Made) -> None:
    with store.read() as reader:
        figures = Figures(reader, "1999-01-01", "1999-03-31")
        assert total(figures.activities()).value == 0
        assert total(figures.trained()).value == 0
        assert figures.participations(("site", "sex")) == {}
