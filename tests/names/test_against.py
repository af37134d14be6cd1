"""Comparing with a whole register finds what comparing all with all finds, in a fraction of the work."""

from __future__ import annotations

import pytest

from app.errors import Cancelled
from app.names.against import Against
from app.names.pairs import find_pairs
from app.names.parse import parse_name
from tests.names.compose import register


def a_record(id_: str, surname: str, given: str, father: str = "", **more: object) -> dict[str, object]:
    return {"id": id_, "surname": surname, "given_name": given, "patronymic": father, **more}


REGISTER = [
    a_record("elcin", "Məmmədov", "Elçin", "Rəşid", suffix="oğlu", sex="m", phone="+994 50 555 11 01"),
    a_record("elcin2", "Məmmədov", "Elçin", "Vaqif", suffix="oğlu", sex="m"),
    a_record("aysel", "Quliyeva", "Aysel", "Rəşid", suffix="qızı", sex="f", other_names="Кулиева Айсель"),
    a_record("orxan", "Babayev", "Orxan", "", sex="m", birth_year=1980),
]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (a_record("q", "Мамедов", "Эльчин", "Рашидович"), "elcin"),
        (a_record("q", "Mammadov", "Elchin", "Vagif"), "elcin2"),
        (a_record("q", "Elçin", "Məmmədov", "Rəşid"), "elcin"),
        (a_record("q", "Məmədov", "Elçin", "", phone="0505551101"), "elcin"),
        (a_record("q", "Кулиева", "Айсель"), "aysel"),
        (a_record("q", "Babayev", "O.", birth_year=1980), "orxan"),
    ],
)
def test_finds_the_person_in_another_spelling(asked: dict[str, object], found: str) -> None:
    assert Against(REGISTER).likely(asked)[0].id2 == found


def test_strangers_are_not_found() -> None:
    against = Against(REGISTER)
    assert against.likely(a_record("q", "Orucov", "Nicat", "Fuad")) == []
    assert against.likely(a_record("q", "", "")) == []
    assert Against([]).likely(a_record("q", "Orucov", "Nicat")) == []


def test_reasons_against_are_told() -> None:
    (best, *_) = Against(REGISTER).likely(a_record("q", "Babayev", "Orxan", birth_year=1951, sex="m"), least=0.0)
    assert best.id2 == "orxan" and "birth_other" in dict(best.reasons)


def test_pairs_as_good_as_all_with_all() -> None:
    composed = register(7, persons=1500, records=2200)
    rows = []
    for row in composed.rows:
        name = parse_name(row["full_name"])
        rows.append(
            {
                **row,
                "surname": name.surname,
                "given_name": name.given,
                "patronymic": name.patronymic,
                "suffix": name.suffix,
                "birth_year": row["birth_year"] or row["birth_date"][:4],
            }
        )
    found = {tuple(sorted((pair.id1, pair.id2))) for pair in Against(rows).pairs()}
    without_days = [{**row, "birth_date": ""} for row in rows]
    reference = {tuple(sorted((pair.id1, pair.id2))) for pair in find_pairs(without_days)}
    right, wanted = len(found & composed.same), len(reference & composed.same)
    assert wanted > 300
    assert right >= 0.96 * wanted
    assert len(found - composed.same) <= len(reference - composed.same) + 10


def test_a_long_comparison_can_be_stopped() -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        Against(REGISTER).pairs(step=stop)
