"""Duplicates are proposed, kin and namesakes are not, and a score means what it says."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.names.pairs import CUT_OFF, Pair, _through_a_third, find_pairs, weigh_pair
from tests.names import compose, registers


def key(pair: Pair) -> tuple[str, str]:
    return tuple(sorted((pair.id1, pair.id2)))  # type: ignore[return-value]


@pytest.fixture(scope="module")
def register() -> compose.Composed:
    return compose.register(7, persons=700, records=1085)


@pytest.fixture(scope="module")
def all_pairs(register: compose.Composed) -> list[Pair]:
    return find_pairs(register.rows, 0.0)


def found_by_default(all_pairs: list[Pair]) -> set[tuple[str, str]]:
    return {key(pair) for pair in all_pairs if pair.score >= CUT_OFF}


def test_f1_at_the_own_cut_off(register: compose.Composed, all_pairs: list[Pair]) -> None:
    found = found_by_default(all_pairs)
    f1 = 2 * len(found & register.same) / (len(found) + len(register.same))
    assert f1 >= 0.88


def test_recall_where_precision_is_high(register: compose.Composed, all_pairs: list[Pair]) -> None:
    right = best = 0
    for count, pair in enumerate(all_pairs, 1):
        right += key(pair) in register.same
        if right / count >= 0.95:
            best = right
    assert best / len(register.same) >= 0.8


def test_scripts_do_not_matter(register: compose.Composed, all_pairs: list[Pair]) -> None:
    found = found_by_default(all_pairs)
    cross = [pair for pair in register.same if register.scripts[pair[0]] != register.scripts[pair[1]]]
    same = register.same - set(cross)
    across = sum(pair in found for pair in cross) / len(cross)
    within = sum(pair in found for pair in same) / len(same)
    assert across >= within - 0.05


def test_kin_are_not_proposed(register: compose.Composed, all_pairs: list[Pair]) -> None:
    false = found_by_default(all_pairs) - register.same
    assert len(false & register.kin) <= max(2, 0.08 * len(false))


def test_scores_are_sorted_and_mean_what_they_say(register: compose.Composed, all_pairs: list[Pair]) -> None:
    scores = [pair.score for pair in all_pairs]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= one <= 1.0 for one in scores)
    sure = [key(pair) in register.same for pair in all_pairs if pair.score >= 0.99]
    assert sum(sure) / len(sure) >= 0.98
    poor = [key(pair) in register.same for pair in all_pairs if pair.score < 0.1]
    assert sum(poor) / len(poor) <= 0.1


@pytest.mark.parametrize("seed", [202, 204, 207])
def test_registers_of_other_habits(seed: int) -> None:
    """Seeds that nothing was set by; ``python -m tests.bench.pairs`` measures whole registers and says more."""
    register = registers.register(seed, persons=500, records=775)
    found = {key(pair) for pair in find_pairs(register.rows)}
    false = found - register.same
    assert 2 * len(found & register.same) / (len(found) + len(register.same)) >= 0.86
    assert len(false & register.kin) <= max(3, 0.1 * len(false))


def test_k_is_a_man_here() -> None:
    man = {"id": "1", "full_name": "Əlizadə Şirin", "sex": "K"}
    assert "sex_same" in dict(weigh_pair(man, {**man, "id": "2", "sex": "m"}).reasons)
    assert "sex_other" in dict(weigh_pair(man, {**man, "id": "2", "sex": "Q"}).reasons)


def test_a_third_record_joins_two() -> None:
    places = [(0, 1), (1, 2), (0, 2), (1, 3), (0, 3)]
    chances = [0.98, 0.94, 0.1, 0.9, 0.001]
    found = _through_a_third(places, chances)
    assert found[:2] == chances[:2]
    assert 0.7 < found[2] < 0.94
    assert found[4] == 0.001  # a contradiction outlives its go-between


def test_a_register_takes_a_second_or_two(register: compose.Composed) -> None:
    start = time.process_time()
    find_pairs(register.rows)
    assert time.process_time() - start < 4.0


BASE = {"id": "1", "full_name": "Məmmədov Elçin Rəşid oğlu", "birth_date": "1980-03-05", "phone": "050 211 22 33"}


def chance(**other: str) -> float:
    return weigh_pair(BASE, {"id": "2", **other}, among=4000).score


def test_one_person_in_another_script() -> None:
    assert chance(full_name="Мамедов Эльчин Рашидович", birth_date="05.03.1980") > 0.99
    assert chance(full_name="Elchin Mammadov", birth_year="1980", phone="+994502112233") > 0.99


def test_kin_by_themselves() -> None:
    brother = chance(full_name="Мамедов Эльшан Рашидович", birth_date="1982-01-15", phone="0502112233")
    father = chance(full_name="Məmmədov Rəşid Elçin oğlu", birth_date="1955-01-15", phone="0502112233")
    wife = chance(full_name="Məmmədova Günel Vaqif qızı", birth_date="1984-01-15", phone="0502112233")
    namesake = chance(full_name="Məmmədov Elçin Vaqif oğlu", birth_date="1961-07-15")
    assert max(brother, father, wife, namesake) < 0.2


def test_reasons_are_codes_weightiest_first() -> None:
    pair = weigh_pair(BASE, {"id": "2", "full_name": "Мамедов Эльчин Рашидович", "birth_date": "1980-03-05"})
    bits = [abs(weight) for _, weight in pair.reasons]
    assert bits == sorted(bits, reverse=True)
    assert {"surname_same", "given_same", "father_same", "birth_same"} <= {code for code, _ in pair.reasons}


def test_the_order_of_records_does_not_matter() -> None:
    rows = compose.register(3, persons=150, records=230).rows
    shuffled = rows[:]
    random.Random(1).shuffle(shuffled)
    first = {key(pair): pair.score for pair in find_pairs(rows)}
    second = {key(pair): pair.score for pair in find_pairs(shuffled)}
    assert first.keys() == second.keys()
    assert all(abs(first[pair] - second[pair]) < 0.02 for pair in first)


def test_nothing_and_little() -> None:
    assert find_pairs([]) == []
    assert find_pairs([{"id": "1", "full_name": "Əliyev"}]) == []
    assert find_pairs([{"id": "1"}, {"id": "2"}]) == []


_TEXT = st.text(max_size=15)
_COLUMNS = "full_name surname given_name patronymic sex birth_date birth_year phone email unit place address document"
_ROW = st.fixed_dictionaries({}, optional=dict.fromkeys(_COLUMNS.split(), _TEXT))


@settings(deadline=None, max_examples=30)
@given(st.lists(_ROW, max_size=6))
def test_no_row_breaks_it(rows: list[dict[str, str]]) -> None:
    pairs = find_pairs([{**row, "id": str(number)} for number, row in enumerate(rows)], 0.0)
    assert all(0.0 <= pair.score <= 1.0 for pair in pairs)
    assert len({key(pair) for pair in pairs}) == len(pairs)
