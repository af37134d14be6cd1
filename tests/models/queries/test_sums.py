"""What records add up to, against numbers worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from app.models.queries.sums import Sums, answers_to, sums_of
from app.models.store import Store
from tests import build

TODAY = "2026-11-21"


def sums(store: Store, record: str, row: str) -> Sums:
    with store.read() as reader:
        return sums_of(reader, record, row, TODAY)


def told(found: Sums) -> dict[str, dict[str, Any]]:
    return {said.key: dict(said.params) for said in found.said}


def an_output(w: Any, printed: int, *given: tuple[str, int]) -> str:
    about = {"kind": "newspaper", "title_en": "Issue 3", "stage": "published", "print_run": printed}
    output = w.put("output", about)
    for place, quantity in given:
        w.put("distribution", {"output": output, "date": "2026-03-01", "place": place, "quantity": quantity})
    return str(output)


def test_copies_left_of_a_print_run(store: Store) -> None:
    lines = (("School 5", 300), ("Town hall", 200), ("School 5", -40))
    output = store.write(lambda w: an_output(w, 900, *lines)).value
    found = sums(store, "output", output)
    assert told(found)["stock"] == {"printed": 900, "given": 500, "back": 40, "left": 440}
    assert [(bar.name, bar.value) for bar in found.charts[0].bars] == [("School 5", 260), ("Town hall", 200)]
    assert not any(said.warn for said in found.said)


def test_more_given_out_than_printed_is_said(store: Store) -> None:
    output = store.write(lambda w: an_output(w, 100, ("School", 130))).value
    assert told(sums(store, "output", output))["more_given_than_printed"] == {"n": 30}


def test_airings_are_counted_and_viewers_never_taken_for_persons(store: Store) -> None:
    def fill(w: Any) -> str:
        volume = w.put("output", {"kind": "tv_programme", "title_en": "Volume 2", "stage": "published"})
        for day, viewers in (("2026-03-01", 2000), ("2026-03-08", 1500)):
            w.put("airing", {"output": volume, "date": day, "viewers": viewers})
        return str(volume)

    found = told(sums(store, "output", store.write(fill).value))
    assert found == {"airings": {"n": 2, "last": "2026-03-08"}, "viewers": {"viewers": 3500}}


def test_complaints_by_category_openings_and_late_answers(store: Store) -> None:
    def fill(w: Any) -> str:
        box = w.put("mechanism", {"type": "complaint_box", "name_en": "Box", "answer_days": 15})
        for day, category, n, answered, took in (
            ("2026-02-01", "delay", 3, 3, 9),
            ("2026-02-01", "traffic", 2, 1, 20),
            ("2026-03-01", "delay", 4, 4, 10),
        ):
            about = {"mechanism": box, "type": "box_opening", "date": day, "category": category, "count": n}
            w.put(
                "reading", {**about, "answered": answered, "answered_in_days": took, "witness_1": "A", "witness_2": "B"}
            )
        w.put("reading", {"mechanism": box, "type": "calls", "date": "2026-03-02", "count": 40})
        return str(box)

    found = sums(store, "mechanism", store.write(fill).value)
    assert told(found)["read_box_opening"] == {"n": 9, "times": 2, "last": "2026-03-01"}
    assert told(found)["answered"] == {"answered": 8, "n": 9}
    assert told(found)["answered_late"] == {"days": 20, "within": 15}
    assert told(found)["read_calls"] == {"n": 40, "times": 1, "last": "2026-03-02"}, "calls are not complaints"
    assert [(bar.name, bar.value) for bar in found.charts[0].bars] == [("delay", 7), ("traffic", 2)]


def a_survey(w: Any, start: str, yes: int, no: int, series: str | None = "trust") -> tuple[str, str]:
    about = {"title_en": f"Trust {start}", "start": start, "series": series, "site": build.site("ganja")}
    survey = w.put("survey", {**about, "sample": 100, "sample_f": 55, "sample_m": 45, "population": 320_000})
    asked = {
        "survey": survey,
        "number": 1,
        "text_en": "Do you trust the police?",
        "type": "yes_no",
        "trend_key": "trust",
    }
    question = w.put("question", asked)
    for option, positive, n in (("Yes", True, yes), ("No", False, no)):
        answer = {"question": question, "option_en": option, "positive": positive, "count_f": n // 2}
        w.put("answer_count", {**answer, "count_m": n - n // 2})
    return str(survey), str(question)


def test_a_poll_has_its_sample_its_margin_and_its_trend(store: Store) -> None:
    def fill(w: Any) -> tuple[str, str]:
        a_survey(w, "2024-03-01", 40, 60)
        a_survey(w, "2025-03-01", 50, 50)
        a_survey(w, "2025-06-01", 99, 1, series="another")
        return a_survey(w, "2026-03-01", 62, 38)

    survey, question = store.write(fill).value
    found = sums(store, "survey", survey)
    assert told(found)["sample_by_sex"] == {"n": 100, "women": 55, "men": 45}
    changed = told(found)["positive_changed"]
    assert told(found)["positive_by_sex"] == {"number": 1, "women": 0.62, "men": 0.62}
    assert changed["share"] == 0.62 and round(changed["change"], 4) == 0.12 and 0.09 < changed["margin"] < 0.1
    (trend,) = found.charts
    assert [(bar.name, bar.value) for bar in trend.bars] == [("01.03.2024", 40), ("01.03.2025", 50), ("01.03.2026", 62)]
    with store.read() as reader:
        assert answers_to(reader, question).whole == 100


def test_more_answers_than_the_sample_is_said(store: Store) -> None:
    survey = store.write(lambda w: a_survey(w, "2026-03-01", 80, 30)).value[0]
    assert told(sums(store, "survey", survey))["more_answers_than_sample"] == {"number": 1, "n": 110, "sample": 100}


def test_a_statement_beside_what_the_doors_counted(store: Store) -> None:
    def fill(w: Any) -> str:
        day = build.an_open_day(w)
        build.a_tally(w, day, "woman", 300)
        build.a_tally(w, day, "unknown", 80, type="estimated")
        about = {"activity": day, "figure": 500, "low": 400, "high": 600, "method": "press"}
        return str(w.put("headcount", about))

    found = sums(store, "headcount", store.write(fill).value)
    assert told(found) == {
        "counted_at_doors": {"n": 300},
        "estimated_apart": {"n": 80},
        "outside_range": {"n": 300, "low": 400, "high": 600},
    }


def test_winners_named_without_consent_are_said(store: Store) -> None:
    def fill(w: Any) -> str:
        activity = build.an_activity(w, kind="best_driver_campaign")
        essays = w.put("competition", {"activity": activity, "theme": "Safety", "entries_f": 12, "entries_m": 9})
        w.put("result", {"competition": essays, "place": 1, "winner": "Leyla", "school": "5"})
        w.put("result", {"competition": essays, "place": 2, "school": "7"})
        return str(essays)

    found = told(sums(store, "competition", store.write(fill).value))
    assert found["entries"] == {"n": 21, "women": 12, "men": 9}
    assert found["winners"] == {"n": 2} and found["named_without_consent"] == {"n": 1}


@pytest.mark.parametrize(
    ("answered", "key", "days"), [(None, "request_open", 20), ("2026-11-05", "request_answered", 4)]
)
def test_a_request_says_how_long_it_took(store: Store, answered: str | None, key: str, days: int) -> None:
    about = {"received_on": "2026-11-01", "subject": "Advice", "answered_on": answered}
    row = store.write(lambda w: w.put("request", about)).value
    assert told(sums(store, "request", row)) == {key: {"n": days}}


def test_hours_of_a_curriculum_and_missions_of_an_expert(store: Store) -> None:
    def fill(w: Any) -> tuple[str, str]:
        about = {
            "type": "curriculum",
            "title_en": "Academy",
            "stage": "approved",
            "hours_before": 12,
            "hours_after": 30,
        }
        document = w.put("policy_document", about)
        expert = build.a_person(w)
        for start, days in (("2025-02-01", 5.0), ("2026-02-01", 7.0)):
            w.put("expert_mission", {"expert": expert, "start": start, "days": days})
        return str(document), expert

    document, expert = store.write(fill).value
    assert told(sums(store, "policy_document", document))["hours_changed"]["n"] == 18
    assert told(sums(store, "person", expert))["missions"] == {"n": 2, "days": 12.0, "last": "2026-02-01"}


def test_the_stages_of_a_document_with_their_days(store: Store) -> None:
    about = {"type": "code", "title_en": "Code of Ethics", "stage": "draft"}
    document = store.write(lambda w: w.put("policy_document", about)).value
    assert sums(store, "policy_document", document) == Sums()
    store.write(lambda w: w.put("policy_document", {"stage": "review"}, document))
    store.write(lambda w: w.put("policy_document", {"version": "0.2"}, document))
    said = [said.params["stage"] for said in sums(store, "policy_document", document).said]
    assert said == ["draft", "review"]


def test_answers_by_age_are_shares_of_each_band(store: Store) -> None:
    def fill(w: Any) -> str:
        survey = w.put("survey", {"title_en": "Poll", "start": "2026-03-01"})
        question = w.put("question", {"survey": survey, "number": 1, "text_en": "Trust?", "type": "yes_no"})
        for band, yes, no in (("18_29", 30, 10), ("60_plus", 10, 30)):
            for option, positive, n in (("Yes", True, yes), ("No", False, no)):
                answer = {"question": question, "option_en": option, "positive": positive, "age_band": band}
                w.put("answer_count", {**answer, "count_unknown": n})
        return str(survey)

    found = sums(store, "survey", store.write(fill).value)
    (chart,) = found.charts
    assert [(bar.name, bar.value) for bar in chart.bars] == [("18_29", 75), ("60_plus", 25)]
    assert "positive_by_sex" not in told(found), "nobody asked for their sex"
