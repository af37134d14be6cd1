"""Every indicator of the reference list can be worked out, is of the kind it says, and comes to what it should."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from app.basics.clock import turn
from app.models.queries.figures import Figures
from app.models.queries.indicators import CODES, target_of, value_of
from app.models.store import Store
from app.models.writer import Writer
from tests.build import a_participation, a_person, an_activity, site
from tests.composed import GANJA, Q1, Made, compose


@pytest.fixture(autouse=True)
def _in_november() -> Iterator[None]:
    turn(lambda: datetime(2026, 11, 20, 12, tzinfo=UTC))
    yield
    turn(None)


def everything(w: Writer) -> Made:
    """The composed register, and something for every indicator."""
    made = compose(w)
    w.put("site", {"strength_f": 5, "strength_m": 15, "strength_date": "2026-01-01"}, GANJA)
    for name, side in (("anna", "police"), ("boris", "resident"), ("cavid", "resident")):
        w.put("membership", {"group": made.group, "person": made.ids[name], "role": "member", "side": side})
    w.put("membership", {"group": made.group, "seat": "Teacher", "role": "member", "side": "school"})
    trip = an_activity(w, kind="study_visit_departments", start="2026-03-01")
    a_participation(w, trip, made.boris, role="delegate")
    an_activity(w, kind="press_meeting_quarterly", start="2026-01-30")
    paper = w.put(
        "output",
        {
            "kind": "newspaper",
            "title_en": "Paper",
            "site": GANJA,
            "stage": "published",
            "date": "2026-02-01",
            "print_run": 500,
        },
    )
    w.put("distribution", {"output": paper, "site": GANJA, "date": "2026-02-03", "quantity": 180})
    for kind in ("tv_programme", "short_film"):
        w.put("output", {"kind": kind, "title_en": kind, "site": GANJA, "stage": "published", "date": "2026-02-01"})
    box = w.put("mechanism", {"type": "complaint_box", "name_en": "Box", "site": GANJA, "answer_days": 10})
    for category, count, answered, days in (("traffic", 6, 6, 5), ("praise", 2, 2, 12), ("other", 2, None, None)):
        w.put(
            "reading",
            {
                "mechanism": box,
                "type": "box_opening",
                "date": "2026-02-20",
                "category": category,
                "count": count,
                "answered": answered,
                "answered_in_days": days,
                "witness_1": "A",
                "witness_2": "B",
            },
        )
    survey = w.put("survey", {"title_en": "Trust", "site": GANJA, "start": "2026-02-01"})
    kind = "single_choice"
    question = w.put("question", {"survey": survey, "number": 1, "text_en": "Trust?", "type": kind, "trend_key": "t"})
    for no, positive, count in ((1, True, 30), (2, False, 10)):
        w.put(
            "answer_count",
            {"question": question, "number": no, "option_en": str(no), "positive": positive, "count_f": count},
        )
    essays = an_activity(w, kind="essay_competition", start="2026-02-15")
    w.put("competition", {"activity": essays, "theme": "Peace", "entries_f": 12, "entries_m": 8})
    exam = an_activity(w, kind="open_recruitment_exam", start="2026-02-16")
    w.put(
        "competition",
        {"activity": exam, "theme": "Exam", "entries_f": 3, "entries_m": 9, "passed_f": 2, "passed_m": 4},
    )
    w.put(
        "policy_document",
        {"type": "guideline", "title_en": "G", "stage": "approved", "adopted_on": "2026-02-02", "activity": made.t1},
    )
    w.put(
        "evaluation", {"activity": made.t1, "question": "Useful?", "stage": "after_event", "score_5": 3, "score_2": 1}
    )
    w.put("evaluation", {"activity": made.t2, "question": "Still?", "stage": "follow_up_6_months", "score_4": 2})
    w.put("participation", {"pre_test": 40, "post_test": 70}, made.seat_anna)
    w.put("participation", {"pre_test": 50, "post_test": 60}, made.seat_boris)
    w.put("activity", {"approved_by": "Head", "approved_on": "2026-04-01"}, made.t1)
    w.put(
        "attachment",
        {
            "sha256": "a" * 64,
            "name": "sheet.pdf",
            "size": 1,
            "linked_record": "activity",
            "linked_id": made.t1,
            "purpose": "sign_in_sheet",
        },
    )
    w.put("cost", {"activity": made.t1, "type": "instruction", "amount": 100, "currency": "EUR", "rate": 2.0})
    assembly = an_activity(w, kind="training_public_assembly_management", start="2026-03-28")
    a_participation(w, assembly, a_person(w), hours=4.0)
    a_participation(w, assembly, made.emil, role="peer_trainer")
    return made


# Held: t1 t2 d1 m1 m2 of the composed ones, the trip, the press meeting, essays, exam, assembly: 10 activities.
EXPECTED = {
    "persons_trained": 6,  # anna cavid dina gul; boris by the study visit; the one of the assembly training
    "training_participations": 9,
    "training_hours": 41,
    "trainings_held": 4,
    "trainers": 2,  # emil at t1, dina in the list of s1
    "peer_trainers": 1,
    "officers_covered": 25.0,  # anna cavid dina boris of Ganja and the new one, of 20
    "study_visits": 1,
    "study_visit_delegates": 1,
    "groups_existing": 1,
    "group_meetings": 2,
    "group_women_share": 33.3,
    "group_civilian_share": 75.0,
    "action_items_open": 2,
    "action_items_closed": 1,
    "action_items_overdue": 1,
    "action_items_days_to_close": 30,
    "press_meetings": 1,
    "open_days": 1,
    "open_day_attendance": 16,
    "outreach_events": 3,  # the open day, the essays, the exam
    "people_reached": 600,
    "newspaper_issues": 1,
    "tv_volumes": 1,
    "films": 1,
    "copies_produced": 500,
    "copies_distributed": 180,
    "complaint_boxes": 1,
    "box_openings": 1,
    "complaints": 10,
    "complaints_answered_in_time": 75.0,  # 6 of the 8 of which it is known
    "poll_trust": 75.0,
    "competition_entries": 20,
    "recruitment_applicants": 12,
    "recruitment_passed": 6,
    "policy_products": 1,
    "satisfaction": 75.0,
    "test_gain": 20.0,
    "follow_up_done": 25.0,
    "activities_with_sheet": 10.0,
    "activities_with_evaluation": 20.0,
    "activities_approved": 10.0,
    "cost_per_person_day": 0.0,  # worked out in the test
    "sites_covered": 2,
    "public_assembly_trained": 1,
}


def test_every_indicator_of_the_list(store: Store) -> None:
    store.write(everything)
    with store.read() as reader:
        figures = Figures(reader, *Q1)
        known = {row["code"]: row for row in reader.list("indicator")}
        assert set(CODES) == set(known)
        found = {}
        for code, row in known.items():
            figure = value_of(figures, code)
            assert figure is not None, code
            wanted = row["count_type"]
            assert figure.count.type == wanted, code
            found[code] = figure.value
    person_days = 7 + 3 + 1 + 0  # t1's four, t2's three, the trip's one; hours typed without sessions have no days
    expected = EXPECTED | {"cost_per_person_day": round(200 / person_days, 2)}
    assert found == expected


def test_of_nothing_there_is_no_share(store: Store) -> None:
    with store.read() as reader:
        figures = Figures(reader, *Q1)
        for code in CODES:
            figure = value_of(figures, code)
            assert figure is None or figure.value == 0, code
        assert value_of(figures, "poll_trust") is None
        assert value_of(figures, "no such") is None


def test_targets(store: Store) -> None:
    def aim(w: Writer) -> str:
        indicator = next(row["id"] for row in w.list("indicator") if row["code"] == "persons_trained")
        for where, quarter, value in (
            (None, "q1", 100),
            (GANJA, "q1", 40),
            (site("guba"), "q1", 30),
            (None, "q2", 120),
            (None, None, 500),
        ):
            w.put("target", {"indicator": indicator, "site": where, "year": 2026, "quarter": quarter, "value": value})
        return indicator

    indicator = store.write(aim).value
    with store.read() as reader:

        def target(start: str, end: str, sites: list[str] | None = None) -> float | None:
            return target_of(Figures(reader, start, end, sites), indicator)

        assert target(*Q1) == 100
        assert target(*Q1, [GANJA]) == 40
        assert target("2026-07-01", "2026-09-30") is None
        assert target("2026-01-01", "2026-02-15") is None, "no part of a target"
