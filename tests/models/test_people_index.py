"""Names are found by the beginnings of their words; the index follows every change."""

from __future__ import annotations

from app.models import people_index
from app.models.store import Store
from tests import build


def ids(store: Store, typed: str) -> list[str]:
    with store.read() as reader:
        return people_index.find_candidates(reader.connection, typed)


def test_beginnings_in_any_order_and_script(store: Store) -> None:
    person = store.write(lambda w: build.a_person(w, surname="Hüseynova", given="Şəbnəm")).value
    for typed in ("hüs", "şəb hüs", "Гусейнова", "Huseynova Sh", "seb hus"):
        assert person in ids(store, typed), typed
    assert person not in ids(store, "qul")


def test_the_index_follows_a_new_name_the_bin_and_a_merge(store: Store) -> None:
    person, other = store.write(
        lambda w: (build.a_person(w, surname="Quliyeva"), build.a_person(w, surname="Orucova"))
    ).value
    store.write(lambda w: w.put("person", {"surname": "Rzayeva"}, person))
    assert person in ids(store, "Rzayeva")
    assert person not in ids(store, "Quliyeva")
    store.write(lambda w: w.delete("person", person))
    assert person not in ids(store, "Rzayeva")
    store.write(lambda w: w.restore("person", person))
    assert person in ids(store, "Rzayeva")
    store.write(lambda w: w.put("person", {"merged_into": person}, other))
    assert other not in ids(store, "Orucova")


def test_no_query_of_a_person_is_a_query_of_the_index(store: Store) -> None:
    store.write(build.a_person)
    for typed in ('"', "*", "OR", "a NOT b", "col:x", "(", "NEAR(", "'; --", "\x00", "ə" * 500):
        ids(store, typed)


def test_a_cleared_index_finds_nobody(store: Store) -> None:
    person = store.write(lambda w: build.a_person(w, surname="Quliyeva")).value
    store.write(lambda w: people_index.clear_index(w.connection))
    assert person not in ids(store, "Quliyeva")
