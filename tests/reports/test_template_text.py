"""Templates in words: parts by language, gaps filled once, gaps nobody knows."""

from __future__ import annotations

import pytest

from app.basics.words import LANGUAGES
from app.reports.template_text import GAPS, by_language, fill, left_out_sentence, own_body, unknown_gaps
from app.services.certificates import REASONS


def test_gaps_are_filled_once() -> None:
    assert fill("{name} {x} {{name}}", {"name": "{activity}"}) == "{activity} {x} {{activity}}"


def test_a_part_with_nothing_in_it_falls_away() -> None:
    gaps = {"days": "12.03.2026", "hours": "", "place": ""}
    assert fill("{days}, {hours} hours", gaps) == "12.03.2026"
    assert fill("{days}, {hours} hours, {place}", {**gaps, "hours": "6"}) == "12.03.2026, 6 hours"
    assert fill("{place}", gaps) == "" and fill("a, b", gaps) == "a, b"


def test_parts_by_language() -> None:
    parts = by_language("[az]\nSertifikat\n{name}\n[en]\nCertificate")
    assert parts == {"az": "Sertifikat\n{name}", "en": "Certificate"}
    assert by_language("one for all") == dict.fromkeys(LANGUAGES, "one for all")


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_text_has_only_known_gaps_and_a_name(language: str) -> None:
    assert unknown_gaps(own_body(language)) == [] and "{name}" in own_body(language)
    assert unknown_gaps("{nmae} {name} {nmae}") == ["nmae"]
    assert unknown_gaps(" ".join(f"{{{gap}}}" for gap in GAPS)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_words(language: str) -> None:
    gaps = {"percent": 50, "needed": 75, "reason": "x"}
    assert len({left_out_sentence(reason, gaps, language) for reason in REASONS}) == len(REASONS)
