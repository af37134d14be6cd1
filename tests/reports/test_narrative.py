"""Drafted sentences carry the numbers of the figures, and each activity stands in one chapter."""

from __future__ import annotations

import pytest

from app.basics.words import LANGUAGES
from app.errors import UserError
from app.models.store import Store
from app.models.writer import Writer
from app.reports.letter import lines_of
from app.reports.narrative import annual, chapter_of, polis, polis_of
from tests.composed import Q1, Made, compose


@pytest.fixture
def made(store: Store) -> Made:
    def more(w: Writer) -> Made:
        made = compose(w)
        w.put("activity", {"decisions": ["MC.DEC/9/11"], "results": "Officers know the law."}, made.t1)
        return made

    return store.write(more).value


def test_the_annual_text(store: Store, made: Made) -> None:
    with store.read() as reader:
        report = annual(reader, "2026-01-01", "2026-12-31", None, "en")
    words = "\n".join(line for line, _ in lines_of(report.prose))
    # with April's training there are 6 activities, and boris of April is trained too
    assert "2026: activities held: 6; sites: 2." in words
    assert "Participations: 10, of them by women: 5." in words
    assert "5 different persons were trained." in words
    assert "16 visitors were counted at the entrances" in words
    assert "about 600 visitors (500 to 700)" in words
    assert "Gender Section" in words and "Officers know the law." in words
    assert "MC Decision 9/11" in words and words.count("1 activity") >= 1
    years, chapters, _ = report.tables
    assert list(years.sections[0].rows[0].cells)[1:] == [0, 6]
    assert chapters.total(chapters.sections[0], len(chapters.columns) - 1) == 6


def test_chapters() -> None:
    def of(*topics: str) -> str:
        return chapter_of({"topics": list(topics)})

    assert of() == "other" and of("no_such_topic") == "other"
    assert of("community_policing_basics") == "spmu"
    assert of("gender_mainstreaming") == "gender"
    assert of("gender_mainstreaming", "community_policing_basics", "community_policing") == "spmu"


@pytest.mark.parametrize("language", LANGUAGES)
def test_polis(store: Store, made: Made, language: str) -> None:
    with store.read() as reader:
        whole = polis(reader, *Q1, None, language)
        one = polis_of(reader, made.t1, language)
        with pytest.raises(UserError):
            polis_of(reader, made.anna, language)
    assert sum(level > 0 for _, level in lines_of(whole.prose)) == 5
    words = "\n".join(line for line, _ in lines_of(one.prose))
    assert "Officers know the law." in words and "10.02.2026 – 11.02.2026" in words
