"""Ranks, services, roles and places in anybody's words."""

from __future__ import annotations

import pytest

from app.models.store import Store
from app.services.roster_values import Places, rank_of, role_of, service_of
from app.specs import choices
from tests import build


@pytest.mark.parametrize("code", sorted(choices.choices("rank")))
@pytest.mark.parametrize("language", ["az", "ru", "en"])
def test_every_rank_by_its_label(code: str, language: str) -> None:
    label = choices.label("rank", code, language)
    assert rank_of(label) == rank_of(label.upper()) == rank_of(f"{label} ") == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("polis mayoru", "major"), ("Polis baş leytenantı", "senior_lieutenant"), ("ст. лейт.", "senior_lieutenant"),
        ("подполковник полиции", "lieutenant_colonel"), ("к-н", "captain"), ("мл. лейтенант", "junior_lieutenant"),
        ("polkovnik-leytenant", "lieutenant_colonel"), ("Capt.", "captain"), ("майору", "major"), ("müəllim", None),
        ("", None), ("sahə müvəkkili", None), ("polis", None),
    ],
)  # fmt: skip
def test_ranks_as_people_write_them(typed: str, code: str | None) -> None:
    assert rank_of(typed) == code


def test_services_and_roles() -> None:
    assert service_of("", "Gəncə ŞBPİ, sahə müvəkkili") == "neighbourhood_police"
    assert service_of("Дорожная полиция") == "traffic_police"
    assert service_of("müəllim", "bələdiyyə") is None
    assert (role_of("Təlimçi"), role_of("тренер"), role_of("iştirakçı"), role_of("?")) == (
        "trainer", "trainer", "participant", None,
    )  # fmt: skip


def test_places_by_any_of_their_names(store: Store) -> None:
    with store.read() as reader:
        places = Places.of(reader)
    for typed, code in {
        "Gəncə şəhəri": "ganja", "Гянджа": "ganja", "г. Гянджа": "ganja", "GANJA": "ganja", "Əli Bayramlı": "shirvan",
        "Nərimanov rayonu": "narimanov", "Shirvan city": "shirvan",
    }.items():  # fmt: skip
        assert places.site_of(typed) == build.site(code), typed
    assert places.site_of("Binəqədi rayonu") is None and places.site_of("") is None
    assert places.organisation_of("Polis Akademiyası") == places.organisation_of("Police Academy") is not None
