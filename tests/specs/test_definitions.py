"""Definitions of kinds that are wrong are refused, each with what is wrong."""

import json

import pytest

from app.basics.words import text
from app.errors import UserError
from app.specs import kinds

BASE = {
    "code": "try_out",
    "shape": "training",
    "approach": "training",
    "label": {"en": "Try-out"},
    "field": [{"name": "amount", "type": "integer", "label": {"en": "Amount"}}],
}


def field(**changes) -> dict:
    return {"field": [{**BASE["field"][0], **changes}]}


def test_the_least_that_makes_a_kind() -> None:
    made = kinds.parse(BASE)
    assert (made.privacy, made.duty, made.version, made.counts_as_trained) == ("named", "none", 1, False)
    assert made.by_name["amount"].type.name == "integer"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": "Try Out"}, "kind_bad_code"),
        ({"code": 7}, "kind_bad_code"),
        ({"code": "x" * 61}, "kind_bad_code"),
        ({"colour": "red"}, "kind_unknown_key"),
        ({"shape": None}, "kind_missing"),
        ({"shape": "circle"}, "kind_bad_value"),
        ({"privacy": "secret"}, "kind_bad_value"),
        ({"approach": "sideways"}, "kind_unknown_choice"),
        ({"duty": "hourly"}, "kind_unknown_choice"),
        ({"duty": 4}, "kind_bad_value"),
        ({"travel": "yes"}, "kind_bad_value"),
        ({"version": 0}, "kind_bad_value"),
        ({"version": True}, "kind_bad_value"),
        ({"number": ["8"]}, "kind_bad_value"),
        ({"topics": ["astrology"]}, "kind_unknown_choice"),
        ({"topics": "recruitment"}, "kind_bad_value"),
        ({"topics": ["recruitment", "recruitment"]}, "kind_bad_value"),
        ({"topics": [["recruitment"]]}, "kind_bad_value"),
        ({"audiences": ["trafficking_victims"]}, "kind_never_audience"),
        ({"facets": ["sessions", "magic"]}, "kind_bad_value"),
        ({"facets": [{}]}, "kind_bad_value"),
        ({"facets": "sessions"}, "kind_bad_value"),
        ({"label": None}, "kind_missing"),
        ({"label": {"az": "Sınaq"}}, "kind_missing"),
        ({"label": {"en": "Try", "de": "Versuch"}}, "kind_bad_value"),
        ({"label": {"en": 5}}, "kind_bad_value"),
        ({"label": {"en": "x" * 1001}}, "kind_bad_value"),
        ({"field": {}}, "kind_bad_value"),
        ({"field": ["amount"]}, "kind_bad_value"),
        ({"field": BASE["field"] * 2}, "kind_field_twice"),
        ({"field": [{**BASE["field"][0], "name": f"amount_{n}"} for n in range(101)]}, "kind_bad_value"),
        (field(name="Amount!"), "kind_bad_field_name"),
        (field(name="summary"), "kind_bad_field_name"),
        (field(name=None), "kind_bad_field_name"),
        (field(type="blob"), "kind_bad_value"),
        (field(type=["integer"]), "kind_bad_value"),
        (field(type="choice"), "kind_unknown_list"),
        (field(type="choice", list="../sites"), "kind_unknown_list"),
        (field(type="choices", list="planets"), "kind_unknown_list"),
        (field(type="text", longest=0), "kind_bad_value"),
        (field(least=5, most=1), "kind_bad_value"),
        (field(most="many"), "kind_bad_value"),
        (field(required="yes"), "kind_bad_value"),
        (field(section=""), "kind_bad_value"),
        (field(colour="red"), "kind_unknown_key"),
        (field(label={}), "kind_missing"),
        ({"rule": {"needs": ["amount"]}}, "kind_bad_value"),
        ({"rule": [{"wants": ["amount", "amount"]}]}, "kind_bad_value"),
        ({"rule": [{"needs": ["amount"]}]}, "kind_bad_value"),
        ({"rule": [{"needs": ["amount", "nothing"]}]}, "kind_rule_unknown_field"),
        ({"rule": [{"not_after": ["amount", "amount"]}]}, "kind_bad_value"),
        ({"extends": "no_such_kind"}, "kind_extends_unknown"),
        ({"extends": 3}, "kind_extends_unknown"),
    ],
)
def test_a_wrong_definition_is_refused_with_a_sentence(change: dict, code: str) -> None:
    definition = {key: value for key, value in {**BASE, **change}.items() if value is not None}
    with pytest.raises(UserError) as refused:
        kinds.parse(definition)
    assert refused.value.code == code
    for language in ("en", "az", "ru"):
        sentence = text(f"problems.{code}", lang=language, **refused.value.params)
        assert "{" not in sentence.replace("{}", "").replace("{'", "")


@pytest.mark.parametrize(
    "written", ["not = [toml", '{"code": ', "[" * 5000, "", '{"code": "a_b"', "{" + '"a":{' * 5000]
)
def test_what_cannot_be_read_is_refused(written: str) -> None:
    with pytest.raises(UserError) as refused:
        kinds.parse(written)
    assert refused.value.code in ("kind_unreadable", "kind_bad_code")


def test_toml_and_json_say_the_same() -> None:
    toml = 'code = "try_out"\nshape = "training"\napproach = "training"\n[label]\nen = "Try-out"\n[[field]]\n'
    toml += 'name = "amount"\ntype = "integer"\n[field.label]\nen = "Amount"\n'
    assert kinds.parse(toml) == kinds.parse(json.dumps(BASE)) == kinds.parse(BASE)


def test_facets_follow_shape_privacy_and_travel_where_they_are_not_named() -> None:
    assert kinds.parse(BASE).facets[:2] == ("sessions", "attendance")
    counted = kinds.parse({**BASE, "privacy": "count_only"}).facets
    assert "headcount" in counted and not {"attendance", "certificates", "tests"} & set(counted)
    assert kinds.parse({**BASE, "travel": True}).facets[-2:] == ("travel", "cost")
    assert kinds.parse({**BASE, "facets": ["cost"]}).facets == ("cost",)


def test_an_extension_keeps_what_it_does_not_say() -> None:
    made = kinds.parse(
        {"code": "my_training", "extends": "training_basic_new_officers", "privacy": "optional"}, own=True
    )
    base = kinds.kind("training_basic_new_officers")
    assert base and made.own and made.extends == "training_basic_new_officers"
    assert (made.fields, made.rules, made.labels, made.facets) == (base.fields, base.rules, base.labels, base.facets)
    assert made.privacy == "optional" and made.counts_as_trained and made.numbers == ()
