"""Drafts of kinds: into a definition and back without loss, inheritance kept out, codes that hold for good."""

from __future__ import annotations

import pytest

from app.specs import kind_drafts, kinds
from app.specs.kind_drafts import code_from, compose, compose_field, read_values, values_of, write_values

NEW = {
    "label_en": "Bicycle Day",
    "label_az": "Velosiped günü",
    "shape": "public_event",
    "approach": "operational",
    "privacy": "count_only",
    "duty": "yearly",
    "topics": ["road_safety"],
    "audiences": ["citizens"],
}


def test_a_new_kind_holds_what_was_chosen_and_nothing_else() -> None:
    raw = compose({"code": "bicycle_day"}, NEW, None)
    made = kinds.parse(raw, own=True)
    assert (made.shape, made.privacy, made.duty, made.topics) == (
        "public_event", "count_only", "yearly", ("road_safety",),
    )  # fmt: skip
    assert made.labels == {"en": "Bicycle Day", "az": "Velosiped günü"}
    assert "facets" not in raw and "counts_as_trained" not in raw and "hint" not in raw


@pytest.mark.parametrize("code", sorted(kinds.kinds()))
def test_every_shipped_kind_survives_a_form_that_changes_nothing(code: str) -> None:
    shipped = kinds.kinds()[code]
    raw = compose({"code": code, "extends": code}, values_of({}, shipped), shipped)
    assert set(raw) <= {"code", "extends", "shape", "approach", "privacy"}
    made = kinds.parse(raw, own=True)
    for name in ("labels", "facets", "fields", "topics", "audiences", "duty", "rules", "counts_as_trained", "privacy"):
        assert getattr(made, name) == getattr(shipped, name), name


def test_a_kind_based_on_another_keeps_only_what_differs_and_can_take_things_away() -> None:
    base = kinds.kinds()["police_open_day"]
    values = values_of({}, base) | {"label_en": "Night of the Police", "topics": [], "duty": "yearly"}
    raw = compose({"code": "police_night", "extends": "police_open_day"}, values, base)
    assert raw["topics"] == [] and raw["duty"] == "yearly" and "audiences" not in raw
    made = kinds.parse(raw, own=True)
    assert made.topics == () and made.audiences == base.audiences and made.fields == base.fields
    assert made.label("en") == "Night of the Police"


def test_facets_that_nobody_chose_follow_the_shape() -> None:
    raw = compose({"code": "bicycle_day"}, NEW, None)
    usual = list(kinds.parse(raw, own=True).facets)
    raw = compose(raw, {**NEW, "facets": usual}, None)
    assert "facets" not in raw
    raw = compose(raw, {**NEW, "facets": [*usual, "competition"]}, None)
    assert set(kinds.parse(raw, own=True).facets) == {*usual, "competition"}


def test_a_field_has_bounds_and_lists_only_where_its_type_has_them() -> None:
    values = {"label_en": "Bicycles", "type": "integer", "least": 1.0, "most": 500.0, "list": "sex", "required": True}
    made = compose_field({"name": "bicycles"}, values)
    assert made == {
        "name": "bicycles", "type": "integer", "label": {"en": "Bicycles"}, "least": 1.0, "most": 500.0,
        "required": True,
    }  # fmt: skip
    turned = compose_field(made, {**values, "type": "choice", "list": "sex"})
    assert turned["list"] == "sex" and "most" not in turned
    assert kinds.parse(compose({"code": "bicycle_day"}, NEW, None) | {"field": [made]}, own=True).by_name["bicycles"]


def test_values_are_written_one_a_line() -> None:
    lines = "Red | Qırmızı | Красный\n\n  Green |  | Зелёный\nBlue"
    told = read_values(lines)
    assert told[1] == {"label_en": "Green", "label_ru": "Зелёный"} and len(told) == 3
    assert write_values(told) == "Red | Qırmızı | Красный\nGreen |  | Зелёный\nBlue"
    assert read_values(write_values(told)) == told


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Bicycle Day", "bicycle_day"),
        ("Şəhər günü: 2026!", "seher_gunu_2026"),
        ("День города", "den_goroda"),
        ("3", "own_3"),
        ("日本", "own"),
    ],
)
def test_a_code_comes_from_the_label(label: str, code: str) -> None:
    assert code_from(label, ()) == code
    assert code_from(label, {code}) == f"{code}_2"


def test_the_forms_draw_on_lists_that_exist() -> None:
    from app.specs import choices

    for field in (*kind_drafts.HEAD, *kind_drafts.FIELD):
        if name := getattr(field.type, "list", ""):
            assert choices.offered(name), field.name
    assert set(kind_drafts.OF_SHIPPED) <= {field.name for field in kind_drafts.HEAD}
