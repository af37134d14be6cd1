"""A person is found by any spelling, in any order, while it is typed."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.names.match import Register, equation, explain, other_layouts, rank, score
from tests.bench import names as bench
from tests.names import compose

PERSONS = compose.rows("persons.csv")
FEW = list(enumerate(PERSONS))[::3]  # enough to notice a loss; tests.bench.names measures all


def among(language: str, others: int = 500) -> Register:
    register = Register((number, row[language]) for number, row in enumerate(PERSONS))
    for number, name in enumerate(bench.background(others, language, seed=3)):
        register.add(("other", number), name)
    return register


@pytest.fixture(scope="module")
def azerbaijani() -> Register:
    return among("az")


def recall(register: Register, queries: list[tuple[int, str]], limit: int = 5) -> float:
    found = sum(number in [hit.id for hit in register.find(query, limit)] for number, query in queries)
    return found / len(queries)


@pytest.mark.parametrize("asked", ["ru", "en"])
def test_other_languages_find_the_azerbaijani_form(azerbaijani: Register, asked: str) -> None:
    queries = [(number, row[asked]) for number, row in FEW]
    assert recall(azerbaijani, queries, 1) >= 0.985
    assert recall(azerbaijani, queries) >= 0.995


@pytest.mark.parametrize(("asked", "stored"), [("az", "ru"), ("en", "ru"), ("az", "en"), ("ru", "en")])
def test_every_direction(asked: str, stored: str) -> None:
    assert recall(among(stored, 200), [(number, row[asked]) for number, row in FEW]) >= 0.98


def test_spellings_read_on_named_pages_find_each_other() -> None:
    """Every spelling of `attested.csv`, with the page it was read on, against every language that another page has."""
    rows = compose.rows("attested.csv")
    assert {row["page"] for row in rows} == {row["page"] for row in compose.rows("pages.csv")}
    asked = first = five = 0
    for stored in compose.LANGUAGES:
        known: dict[str, str] = {}
        for row in rows:
            if row["language"] == stored:
                known.setdefault(row["person"], row["spelling"])
        register = Register(known.items())
        for number, name in enumerate(bench.background(500, stored, seed=9)):
            register.add(("other", number), name)
        for row in rows:
            if known.get(row["person"], row["spelling"]) != row["spelling"]:
                hits = [hit.id for hit in register.find(row["spelling"])]
                asked += 1
                first += hits[:1] == [row["person"]]
                five += row["person"] in hits
    assert asked > 150
    assert first / asked >= 0.985
    assert five / asked >= 0.995


def test_hard_spellings(azerbaijani: Register) -> None:
    rng = random.Random(1)
    assert recall(azerbaijani, [(number, compose.through_russian(row["ru"], rng)) for number, row in FEW]) >= 0.98
    assert recall(azerbaijani, [(number, compose.old_cyrillic(row["az"])) for number, row in FEW]) >= 0.985
    assert recall(azerbaijani, [(number, compose.other_ending(row["ru"], rng)) for number, row in FEW]) >= 0.985
    assert recall(azerbaijani, [(number, compose.typo(row["en"], rng)) for number, row in FEW]) >= 0.98
    assert recall(azerbaijani, [(number, compose.typed_plain(row["az"], rng)) for number, row in FEW]) >= 0.99


def test_turned_and_with_a_father_the_register_does_not_know(azerbaijani: Register) -> None:
    rng = random.Random(2)
    assert recall(azerbaijani, [(number, bench.turned(row["az"])) for number, row in FEW]) >= 0.99
    assert recall(azerbaijani, [(number, bench.with_father(row["ru"], "ru", rng)) for number, row in FEW]) >= 0.985


def test_initials_and_beginnings(azerbaijani: Register) -> None:
    rng = random.Random(4)
    assert recall(azerbaijani, [(number, bench.initials(row["az"])) for number, row in FEW]) >= 0.9
    assert recall(azerbaijani, [(number, bench.beginnings(row["az"], rng)) for number, row in FEW]) >= 0.9
    assert recall(azerbaijani, [(number, bench.beginnings(row["ru"], rng)) for number, row in FEW]) >= 0.9


@pytest.mark.parametrize("language", compose.LANGUAGES)
def test_the_wrong_layout(azerbaijani: Register, language: str) -> None:
    rng = random.Random(5)
    assert (
        recall(azerbaijani, [(number, compose.wrong_layout(row[language], language, rng)) for number, row in FEW])
        >= 0.9
    )


def test_layouts_of_one_key() -> None:
    assert "мамедов" in other_layouts("vfvtljd")
    assert "əliyev" in other_layouts("эдшнум")


def test_the_father_tells_two_namesakes_apart() -> None:
    register = Register([(1, "Əliyev Anar Rauf oğlu"), (2, "Əliyev Anar Vaqif oğlu")])
    assert [hit.id for hit in register.find("Анар Вагифович Алиев")] == [2, 1]


def test_a_son_is_not_his_father_with_the_words_exchanged() -> None:
    register = Register([("father", "Əliyev Anar Rauf oğlu"), ("son", "Əliyev Rauf Anar oğlu")])
    assert register.find("Алиев Рауф Анар оглы")[0].id == "son"
    assert register.find("Алиев Анар Рауф оглы")[0].id == "father"


def test_joined_and_split_words() -> None:
    register = Register([(1, "Ağa Can Quliyev"), (2, "Hüseyn-zadə Mehdi"), (3, "Ağaəli Quliyev")])
    assert register.find("Агаджан Кулиев")[0].id == 1
    assert register.find("Мехти Гусейнзаде")[0].id == 2
    assert register.find("Huseyn zade Mehdi")[0].id == 2


def test_several_spellings_one_id_and_forgetting() -> None:
    register = Register()
    register.add("a", "Məmmədov Elçin", "Frank Müller")
    register.add("b", "Əliyev Rauf")
    assert [hit.id for hit in register.find("Muller")] == ["a"]
    assert len(register) == 2
    register.add("a", "Həsənov Elçin")
    assert register.find("Muller") == []
    register.remove("a")
    register.remove("a")
    assert "a" not in register
    assert register.find("Həsənov Elçin") == []


def test_nothing_is_found_for_nothing() -> None:
    register = Register([(1, "Əliyev Rauf")])
    for query in ("", "   ", "...", "—", "()"):
        assert register.find(query) == []
    assert Register().find("Əliyev") == []


def test_rank_orders_candidates_chosen_elsewhere() -> None:
    hits = rank("Эльчин", [(1, "Məmmədov Elçin"), (2, "Əliyev Rauf"), (1, "Мамедов Эльчин")])
    assert [hit.id for hit in hits] == [1]


def test_score_orders_as_a_person_would() -> None:
    asked = "Məmmədov Elçin Rəşid oğlu"
    same = score("Мамедов Эльчин Рашидович", asked)
    short = score("Elchin Mammadov", asked)
    brother = score("Мамедов Эльшан Рашидович", asked)
    stranger = score("Quliyeva Leyla", asked)
    assert same > 0.95
    assert short > 0.95
    assert brother < 0.9
    assert stranger < 0.3


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_breaks_it(query: str, name: str) -> None:
    assert 0.0 <= score(query, name) <= 1.0
    register = Register([(1, name), (2, "Məmmədov Elçin Rəşid oğlu")])
    for hit in register.find(query):
        assert hit.id in (1, 2)
        assert 0.0 <= hit.score <= 1.0
    explain(query, name)
    other_layouts(query)


@settings(deadline=None, max_examples=30)
@given(st.sampled_from(PERSONS), st.sampled_from(compose.LANGUAGES), st.sampled_from(compose.LANGUAGES))
def test_score_is_nearly_symmetric(person: dict[str, str], one: str, other: str) -> None:
    there, back = score(person[one], person[other]), score(person[other], person[one])
    assert abs(there - back) < 0.3
    assert min(there, back) > 0.6


def test_orudj_is_explained_letter_by_letter() -> None:
    pieces = explain("Orudj", "Орудж")
    assert [(piece.first, piece.second) for piece in pieces] == [("O", "О"), ("r", "р"), ("u", "у"), ("dj", "дж")]
    assert {piece.kind for piece in pieces} == {"sound"}
    assert [(piece.first, piece.second) for piece in explain("Oruc", "Орудж")][-1] == ("c", "дж")


def test_explaining_pairs_words_whatever_their_order() -> None:
    pieces = explain("Oruc Quliyev", "Гулиев Орудж")
    assert "".join(piece.first for piece in pieces).replace(" ", "") == "OrucQuliyev"
    assert "".join(piece.second for piece in pieces).replace(" ", "") == "ОруджГулиев"
    assert [piece.kind for piece in pieces].count("gap") == 1
    different = explain("Ramil", "Ramin")
    assert [(piece.first, piece.second, piece.kind) for piece in different][-1] == ("l", "n", "different")


def test_an_answer_says_how_it_was_found() -> None:
    assert equation("Orudj", "Oruc Quliyev", "Кулиев Орудж") == "Orudj = Oruc = Орудж (dj=c)"
    assert equation("Орудж", "Quliyev Oruc") == "Орудж = Oruc (дж=c)"
    assert equation("mammadov el", "Məmmədov Elçin") == "mammadov = Məmmədov (a=ə)"
    for as_typed in ("oruc", "Quliyev Or", "", "oğlu", "zzz"):
        assert equation(as_typed, "Oruc Quliyev") == ""
