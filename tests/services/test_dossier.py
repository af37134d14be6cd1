"""Everything about one person, merged cards included, as data and as a page; nothing of others."""

from __future__ import annotations

import json

import pytest

from app.basics import words
from app.errors import UserError
from app.models.store import Store
from app.services import dossier, people
from tests import build


@pytest.fixture
def person(store: Store) -> str:
    def make(w):  # type: ignore[no-untyped-def]
        one = build.a_person(
            w, surname="Quliyeva", given="Aysel <b>", unit="Kəpəz", consent="given", languages=["az", "ru"]
        )
        other = build.a_person(w, surname="Кулиева", given="Айсель")
        stranger = build.a_person(w, surname="Orucova", given="Sevda")
        activity = build.an_activity(w)
        session = build.a_session(w, activity)
        build.a_mark(w, build.a_participation(w, activity, other, post_test=88), session)
        build.a_participation(w, activity, stranger)
        w.put("posting", {"person": one, "unit": "Nizami RPŞ", "start": "2020-01-01"})
        people.merge(w, one, other)
        return one

    return store.write(make).value


def test_what_merged_cards_did_is_theirs(store: Store, person: str) -> None:
    with store.read() as reader:
        found = dossier.dossier(reader, person)
        assert found is not None
        assert [row["title_en"] for row in found.activities] == ["Gender training"]
        assert found.activities[0]["marks"][0]["state"] == "present"
        assert [row["surname"] for row in found.merged] == ["Кулиева"]
        merged = dossier.dossier(reader, found.merged[0]["id"])
        assert merged is not None and merged.stands_for is not None and merged.stands_for["id"] == person
        assert dossier.dossier(reader, "11111111-1111-4111-8111-111111111111") is None


def test_the_export_holds_all_and_nobody_else(store: Store, person: str) -> None:
    with store.read() as reader:
        data = dossier.export(reader, person)
    text = dossier.as_json(data)
    assert json.loads(text)["person"]["unit"] == "Kəpəz"
    assert data["history"] and "Orucova" not in text and "Sevda" not in text
    with store.read() as reader, pytest.raises(UserError, match="no_such_row"):
        dossier.export(reader, "11111111-1111-4111-8111-111111111111")


@pytest.mark.parametrize("language", ["az", "ru", "en"])
def test_the_page_reads_in_every_language_and_escapes_what_was_typed(store: Store, person: str, language: str) -> None:
    words.use_language(language)
    with store.read() as reader:
        page = dossier.as_html(dossier.export(reader, person))
    assert "Aysel &lt;b&gt;" in page and "<b>" not in page
    assert {"az": "Xidmət yerləri", "ru": "Места службы", "en": "Postings"}[language] in page
    assert "http" not in page and "<script" not in page
    assert "given" not in page or language == "en", "codes are shown as words"
