"""A person's card is put before the matcher with all its spellings."""

from __future__ import annotations

from app.services import comparing

CARD = {
    "id": "x", "surname": "Məmmədov", "given": "Elçin", "patronymic": "Rəşid", "suffix": "oglu", "sex": "m",
    "name_ru": "Мамедов Эльчин Рашидович", "aliases": "Mammadov Elchin\n\nMəmmədov Elçin Rəşid", "birth_year": 1980,
}  # fmt: skip


def test_a_card_as_the_matcher_reads_it() -> None:
    row = comparing.as_compared(CARD)
    assert (row["given_name"], row["suffix"], row["birth_year"], row["phone"]) == ("Elçin", "oğlu", 1980, "")
    assert row["other_names"] == "Мамедов Эльчин Рашидович\nMammadov Elchin", "what says nothing new is left out"


def test_a_person_is_found_under_another_spelling_of_the_card() -> None:
    found = comparing.register([CARD]).likely(comparing.as_compared({"surname": "Мамедов", "given": "Эльчин"}))
    assert [pair.id2 for pair in found] == ["x"]
