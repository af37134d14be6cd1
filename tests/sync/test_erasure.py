"""Erasing a person: gone from every store and file, counts unchanged, and no late bundle brings anything back."""

from __future__ import annotations

import hashlib

import pytest

from app.errors import UserError
from app.models import exchange, integrity
from app.models.store import FILE, Store
from app.services import attachments
from app.sync import erasure, receive
from tests.sync.build import Country, a_person, an_activity, get, put

WORD = "Qeyriadisoyad"


def words_in(store: Store) -> list[str]:
    """Tables of a store in which the word still stands, looked for in every column of every row."""
    found = []
    with store.read() as r:
        tables = r.connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type='table'").scalars().all()
        for table in tables:
            for row in r.connection.exec_driver_sql(f'SELECT * FROM "{table}"').all():
                if any(
                    WORD in str(value) or WORD.encode() in (value if isinstance(value, bytes) else b"") for value in row
                ):
                    found.append(table)
        if any(WORD in str(row) for row, _ in r.people_like(WORD, 5)):
            found.append("the search")
    return found


def test_an_erasure_reaches_every_store_and_counts_stay(country: Country) -> None:
    g1, g2, baku = country["g1"], country["g2"], country.office
    person, activity = a_person(g1, WORD, phone="1"), an_activity(g1)
    part = put(g1, "participation", activity=activity, person=person)
    country.round(2)
    early = country.bundle(g1)
    put(g1, "person", person, note=WORD)
    unsent = country.bundle(g1)
    assert words_in(baku) and words_in(g1) and words_in(g2)
    assert erasure.erase_person(baku, person, "asked for it") == 1
    assert words_in(baku) == []
    country.round(2)
    for store in (baku, g1, g2):
        assert words_in(store) == [], store.folder.name
        left = get(store, "person", person)
        assert left is not None and left["surname"] is None and left["sex"] == "m"
        assert get(store, "participation", part)
    for path in (early, unsent):
        receive.receive(baku, path, safety_copy=False)
    country.post(g1, g2)
    country.round(2)
    for store in (baku, g1, g2):
        assert words_in(store) == []
        assert integrity.check(store).sound, integrity.check(store).bad


def test_files_kept_with_a_person_go_everywhere(country: Country) -> None:
    g1, g2, baku = country["g1"], country["g2"], country.office
    person, other, activity = a_person(g1, WORD), a_person(g1), an_activity(g1)
    form, shared = f"consent of {WORD}".encode(), b"a form that another has too"
    for row, content, name in (
        (person, form, f"{WORD}.txt"),
        (person, shared, "form.txt"),
        (other, shared, "form.txt"),
    ):
        g1.write(lambda w, r=row, c=content, n=name: attachments.attach(w, "person", r, n, c))  # type: ignore[misc]
    g1.write(lambda w: attachments.attach(w, "activity", activity, "sheet.txt", b"a sheet of names"))
    late = country.bundle(g1)
    country.round(3)
    contents = [hashlib.sha256(content).hexdigest() for content in (form, shared, b"a sheet of names")]

    def here(store: Store) -> list[bool]:
        with store.read() as r:
            return [exchange.blob(r, name) is not None for name in contents]

    assert here(baku) == here(g1) == here(g2) == [True] * 3 and words_in(g2)
    assert erasure.erase_person(baku, person, "asked for it") == 3
    assert receive.receive(baku, late, safety_copy=False).attachments == 0, "its files are not kept again"
    country.round(2)
    for store in (baku, g1, g2):
        assert here(store) == [False, True, True] and words_in(store) == []
        with store.read() as r:
            assert [one["name"] for one in attachments.of_row(r, "person", other)] == ["form.txt"]
            assert list(attachments.of_row(r, "person", person)) == [] and list(exchange.missing_blobs(r)) == []
        assert integrity.check(store).sound, integrity.check(store).bad


def test_a_backup_brings_nothing_back(country: Country) -> None:
    g1, baku = country["g1"], country.office
    person = a_person(g1, WORD)
    country.round()
    late = country.bundle(g1, "g2")
    erasure.erase_person(baku, person, "asked for it")
    country.round(2)
    receive.receive(country["g2"], late, safety_copy=False)
    assert words_in(country["g2"]) == []
    country.post(country["g2"], baku)
    assert words_in(baku) == []


def test_nothing_is_left_in_the_file_itself(country: Country) -> None:
    """I12 on an unencrypted copy of the pages: the file proper is cipher and shows nothing anyway."""
    baku = country.office
    person = a_person(baku, WORD)
    erasure.erase_person(baku, person, "asked for it")
    plain = baku.folder / "plain.db"
    baku.raw.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
    baku.raw.execute("SELECT sqlcipher_export('plain')").fetchall()
    baku.raw.execute("DETACH DATABASE plain")
    assert WORD.encode() not in plain.read_bytes()
    assert (baku.folder / FILE).exists()


def test_only_the_office_erases(country: Country) -> None:
    person = a_person(country["g1"])
    with pytest.raises(UserError) as refused:
        erasure.erase_person(country["g1"], person, "asked for it")
    assert refused.value.code == "office_only"
    with pytest.raises(UserError) as refused:
        erasure.erase_person(country.office, person, "asked for it")
    assert refused.value.code == "no_such_row"
    with country.office.read() as r:
        assert list(exchange.quarantined(r)) == []


@pytest.mark.parametrize("reason", ["", "   ", " - "])
def test_nobody_is_erased_without_a_reason(country: Country, reason: str) -> None:
    person = country.office.write(lambda w: w.put("person", {"surname": "Kept"})).value
    with pytest.raises(UserError) as refused:
        erasure.erase_person(country.office, person, reason)
    assert refused.value.code == "erasure_reason_missing"
    with country.office.read() as r:
        assert r.get("person", person)["surname"] == "Kept"  # type: ignore[index]
