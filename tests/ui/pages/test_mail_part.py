"""The stations of a bundle in words."""

from __future__ import annotations

import pytest

from app.basics import words
from app.sync.status import BundleStatus, Step
from app.ui.pages.mail_part import step_word


def a_bundle(outgoing: bool) -> BundleStatus:
    return BundleStatus("b", outgoing, "Gəncə 1", 4, None, 3, 100, "written", None)


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("outgoing", [True, False])
def test_every_station_has_words_there_or_not(language: str, outgoing: bool) -> None:
    words.use_language(language)
    facts = {"n": 3, "new": 3, "conflicts": 1, "refused": 1, "no": 7, "file": "x.saha"}
    for name in ("made", "written", "read", "accepted", "receipt", "answer", "undone"):
        for moment, sign in (("2026-11-21T10:00:00Z", "✓"), (None, "○")):
            assert step_word(Step(name, moment, facts), a_bundle(outgoing)).startswith(sign)


def test_what_was_accepted_is_counted() -> None:
    facts = {"new": 3, "conflicts": 1, "refused": 2}
    said = step_word(Step("accepted", "2026-11-21T10:00:00Z", facts), a_bundle(True))
    assert said == "✓  Accepted: 3 changes, 1 conflict, 2 set apart"
