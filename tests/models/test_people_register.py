"""Names in memory find what the index of beginnings cannot, and follow every write."""

from __future__ import annotations

import pytest

from app.models import people_register
from app.models.store import Store
from tests import build


def ids(store: Store, typed: str) -> list[str]:
    with store.read() as reader:
        return [id for id, _ in people_register.find_like(reader.connection, typed)]


def test_misspelt_and_in_other_languages(store: Store) -> None:
    person = store.write(lambda w: build.a_person(w, surname="Hüseynova", given="Könül")).value
    for typed in ("Гусейнова Кенуль", "Hüsyenova", "Konul Guseinova", "könül hüs", "rjyekm uectqyjdf"):
        assert person in ids(store, typed), typed
    assert person not in ids(store, "Quliyev")


def test_other_spellings_on_record_count(store: Store) -> None:
    fields = {"surname": "Quliyev", "given": "Oruc", "aliases": "Muradov Oruc\nFrank Smith"}
    person = store.write(lambda w: build.a_person(w, **fields)).value
    assert ids(store, "Frank Smith") == [person]
    assert ids(store, "Orudj Muradov") == [person]


def test_it_follows_a_new_name_the_bin_and_a_merge(store: Store) -> None:
    person, other = store.write(
        lambda w: (build.a_person(w, surname="Quliyeva"), build.a_person(w, surname="Orucova"))
    ).value
    assert person in ids(store, "Quliyeva")
    store.write(lambda w: w.put("person", {"surname": "Rzayeva"}, person))
    assert person in ids(store, "Rzayeva")
    store.write(lambda w: w.delete("person", person))
    assert person not in ids(store, "Rzayeva")
    store.write(lambda w: w.restore("person", person))
    assert person in ids(store, "Rzayeva")
    store.write(lambda w: w.put("person", {"merged_into": person}, other))
    assert other not in ids(store, "Orucova")


def test_what_was_taken_back_is_not_found(store: Store) -> None:
    kept = store.write(lambda w: build.a_person(w, surname="Quliyeva")).value
    assert ids(store, "Quliyeva") == [kept]

    def add_look_and_fail(w: object) -> None:
        build.a_person(w, surname="Orucova")  # type: ignore[arg-type]
        assert people_register.find_like(w.connection, "Orucova")  # type: ignore[attr-defined]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.write(add_look_and_fail)
    assert ids(store, "Orucova") == []
    later = store.write(lambda w: build.a_person(w, surname="Salahova")).value
    assert ids(store, "Salahova") == [later]
    assert ids(store, "Orucova") == []


def test_no_text_breaks_it(store: Store) -> None:
    store.write(build.a_person)
    for typed in ('"', "*", "OR", "(", "\x00", "ə" * 500, "", " , "):
        ids(store, typed)
