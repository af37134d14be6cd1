"""Made-up opinion polls, press items, documents, requests and experts of one site; never for a real register."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from app.basics import clock
from app.models.writer import Writer
from app.specs.seeds import site_id

_ANSWERS = (("Yes", "Bəli", "Да", True), ("Rather yes", "Əsasən bəli", "Скорее да", True), ("No", "Xeyr", "Нет", False))


def fill_services(w: Writer, chance: random.Random, code: str) -> None:
    """Two polls of a series, a press release with quotes, a document in review, a request, an expert with a mission."""
    site, today = site_id(code), clock.today()
    for year, good in ((1, 0.48), (0, 0.58)):
        _poll(w, chance, site, today - timedelta(days=365 * year + 60), good)
    _press(w, site, today - timedelta(days=40))
    about = {"type": "guideline", "title_en": "Guidelines for open days", "owner_site": site, "version": "0.3"}
    document = w.put("policy_document", {**about, "title_az": "Açıq qapı günləri üçün təlimat", "stage": "draft"})
    w.put("policy_document", {"stage": "review"}, document)
    asked = (today - timedelta(days=25)).isoformat()
    request = {"received_on": asked, "subject": "Məktəblərdə söhbətlər üçün material", "requested_by": "Məktəb"}
    w.put("request", {**request, "owner_site": site})
    people = sorted(
        w.list("person", owner_site=site), key=lambda one: [str(one[n]) for n in ("surname", "given", "patronymic")]
    )
    if not people:
        return
    topics = {"roles": ["expert"], "expert_fields": ["community_policing_basics"], "languages": ["az", "en"]}
    person = w.put("person", {**topics, "expert_availability": "Sentyabr – may"}, people[0]["id"])
    start = today - timedelta(days=120)
    days = {"start": start.isoformat(), "end": (start + timedelta(days=6)).isoformat(), "days": 7.0}
    w.put("expert_mission", {"expert": person, "country": "AZ", **days, "owner_site": site})


def _poll(w: Writer, chance: random.Random, site: str, start: date, good: float) -> None:
    sample = 200
    about: dict[str, Any] = {
        "title_en": f"Trust in the police, {start.year}",
        "title_az": f"Polisə etimad, {start.year}",
        "title_ru": f"Доверие к полиции, {start.year}",
        "site": site,
        "start": start.isoformat(),
        "end": (start + timedelta(days=9)).isoformat(),
        "method": "street_interview",
        "series": "trust",
        "sample": sample,
        "sample_f": sample // 2,
        "sample_m": sample // 2,
    }
    survey = w.put("survey", about)
    asked = {"survey": survey, "number": 1, "type": "single_choice", "trend_key": "trust"}
    words = {
        "text_en": "Do you trust the police?",
        "text_az": "Polisə etimad edirsiniz?",
        "text_ru": "Вы доверяете полиции?",
    }
    question = w.put("question", {**asked, **words})
    left = {"f": sample // 2, "m": sample // 2}
    for number, (en, az, ru, positive) in enumerate(_ANSWERS, 1):
        answer: dict[str, Any] = {"question": question, "number": number, "positive": positive}
        for sex in ("f", "m"):
            share = good / 2 + chance.uniform(-0.04, 0.04)
            n = left[sex] if number == len(_ANSWERS) else min(left[sex], round(sample / 2 * share))
            left[sex] -= n
            answer[f"count_{sex}"] = n
        w.put("answer_count", {**answer, "option_en": en, "option_az": az, "option_ru": ru})


def _press(w: Writer, site: str, day: date) -> None:
    release = {
        "type": "release",
        "headline": "Polis açıq qapı günü keçirdi",
        "date": day.isoformat(),
        "owner_site": site,
    }
    press = w.put("press_item", {**release, "field_of_work": "policing", "source": "Ofis"})
    for speaker, title, said in (
        ("F. Həsənov", "Polis rəisi", "Qapılarımız sakinlərə açıqdır."),
        ("S. Quliyeva", "Məktəb direktoru", "Uşaqlar çox maraqlandılar."),
    ):
        w.put("quote", {"press_item": press, "speaker": speaker, "speaker_title": title, "text": said})
