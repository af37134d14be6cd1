"""Which rows a laptop may have: what enters, what leaves, what is only named, what stays between two."""

from __future__ import annotations

import hashlib
import io

import pytest
from PIL import Image

from app.errors import UserError
from app.models import exchange
from app.models.store import Store, site_id
from app.services import attachments
from app.sync import office, receive
from tests.sync.build import Country, a_person, an_activity, dump, get, put


def test_a_row_that_moves_leaves_and_comes_back_whole(country: Country) -> None:
    g1, n1, baku = country["g1"], country["n1"], country.office
    row = a_person(g1, phone="1")
    country.round(2)
    put(g1, "person", row, phone="2")
    country.round(2)
    put(baku, "person", row, owner_site=site_id("nakhchivan"))
    country.round(2)
    assert get(g1, "person", row) is None and get(n1, "person", row)["phone"] == "2"  # type: ignore[index]
    with g1.read() as r:
        assert all(line.row != row for line in exchange.lines_after(r, 0)), "what left and was confirmed is emptied"
    put(n1, "person", row, phone="3")
    country.round(2)
    put(baku, "person", row, owner_site=site_id("ganja"))
    country.round(2)
    assert get(n1, "person", row) is None
    assert get(g1, "person", row)["phone"] == "3"  # type: ignore[index]
    for name in ("g1", "g2"):
        assert dump(country[name], "ganja") == dump(baku, "ganja")


def test_files_go_where_their_row_goes_and_stay_nowhere_else(country: Country) -> None:
    g1, g2, n1, baku = country["g1"], country["g2"], country["n1"], country.office
    row = an_activity(g1)
    content = b"a sheet with names"
    g1.write(lambda w: attachments.attach(w, "activity", row, "sheet.txt", content))
    stays = an_activity(g1, title="Stays")
    g1.write(lambda w: attachments.attach(w, "activity", stays, "other.txt", b"another sheet"))

    def here(store: Store, said: bytes = content) -> bool:
        with store.read() as r:
            return exchange.blob(r, hashlib.sha256(said).hexdigest()) is not None

    country.round(3)
    assert here(g1) and here(g2) and here(baku) and not here(n1)
    put(baku, "activity", row, site=site_id("nakhchivan"))
    country.round(3)
    assert here(n1) and here(baku) and not here(g1) and not here(g2), "what left has left with its content"
    assert here(g1, b"another sheet") and here(g2, b"another sheet")
    put(baku, "activity", row, site=site_id("ganja"))
    country.round(3)
    assert here(g1) and here(g2) and not here(n1)


def test_a_neighbour_gets_no_file_of_a_site_that_it_does_not_share(country: Country) -> None:
    both, g2 = country.join("both", "ganja", "nakhchivan"), country["g2"]
    country.round()
    names = []
    for site in ("ganja", "nakhchivan"):
        row = an_activity(both, site, title=site, owner_site=site_id(site))
        both.write(lambda w, r=row, s=site: attachments.attach(w, "activity", r, "s.txt", s.encode()))
        names.append(hashlib.sha256(site.encode()).hexdigest())
    country.post(g2, both)
    with g2.read() as r:
        asking = r.identity.store_id
    both.write(lambda w: exchange.keep_peer(w, asking, wanted=names))
    country.post(both, g2)
    with g2.read() as r:
        assert [exchange.blob(r, name) is not None for name in names] == [True, False]


def test_a_late_bundle_does_not_bring_back_what_left(country: Country) -> None:
    g1, baku = country["g1"], country.office
    row = a_person(g1)
    country.post(g1, baku)
    put(baku, "person", row, phone="1")
    early = country.bundle(baku, "g1")
    put(baku, "person", row, owner_site=site_id("nakhchivan"))
    country.round(2)
    assert get(g1, "person", row) is None
    assert receive.receive(g1, early, safety_copy=False).older
    assert get(g1, "person", row) is None


def test_a_late_bundle_does_not_bring_what_left_before_it_ever_came(country: Country) -> None:
    g1, baku = country["g1"], country.office
    row = a_person(baku, owner_site=site_id("ganja"))
    early = country.bundle(baku, "g1")
    put(baku, "person", row, owner_site=site_id("nakhchivan"))
    country.post(baku, g1)
    receive.receive(g1, early, safety_copy=False)
    assert get(g1, "person", row) is None


def test_edits_on_a_row_that_has_left_are_not_lost(country: Country) -> None:
    g1, baku = country["g1"], country.office
    row = a_person(g1)
    country.round(2)
    put(baku, "person", row, owner_site=site_id("nakhchivan"))
    put(g1, "person", row, phone="late")
    country.post(baku, g1)
    assert get(g1, "person", row) is None
    got = country.post(g1, baku)
    assert got.refused == 0 and got.new == 1
    country.round(2)
    assert get(country["n1"], "person", row)["phone"] == "late"  # type: ignore[index]


def test_persons_of_other_sites_are_named_and_nothing_more(country: Country) -> None:
    g1, n1, baku = country["g1"], country["n1"], country.office
    person = a_person(n1, "Naxçıvanlı", phone="050 999 99 99", note="private")
    country.round(2)
    activity = an_activity(g1)
    country.round()
    put(baku, "participation", activity=activity, person=person)
    country.round(2)
    stub = get(g1, "person", person)
    assert stub is not None
    assert (stub["surname"], stub["given"], stub["phone"], stub["note"]) == ("Naxçıvanlı", "Əli", None, None)
    with pytest.raises(UserError) as refused:
        put(g1, "person", person, phone="1")
    assert refused.value.code == "row_read_only"
    put(n1, "person", person, surname="Yeni")
    country.round(2)
    assert get(g1, "person", person)["surname"] == "Yeni"  # type: ignore[index]
    with g1.read() as r:
        assert all(line.row != person for line in exchange.lines_after(r, 0))
    put(baku, "person", person, owner_site=site_id("ganja"))
    country.round(2)
    assert get(g1, "person", person)["phone"] == "050 999 99 99"  # type: ignore[index]


def test_a_person_who_moves_away_stays_as_a_name_in_what_they_attended(country: Country) -> None:
    g1, baku = country["g1"], country.office
    person, activity = a_person(g1, phone="1"), an_activity(g1)
    part = put(g1, "participation", activity=activity, person=person)
    country.round(2)
    put(baku, "person", person, owner_site=site_id("nakhchivan"))
    country.round(2)
    assert get(g1, "participation", part) is not None
    left = get(g1, "person", person)
    assert left is not None and left["phone"] is None and left["surname"] == "Quliyev"


def test_a_restricted_activity_stays_between_its_author_and_the_office(country: Country) -> None:
    g1, g2, baku = country["g1"], country["g2"], country.office
    person = a_person(g1)
    activity = an_activity(g1)
    part = put(g1, "participation", activity=activity, person=person)
    country.round(2)
    assert get(g2, "participation", part)
    put(baku, "activity", activity, restricted=True)
    country.round(2)
    assert get(g1, "participation", part) and get(g1, "activity", activity)["restricted"]  # type: ignore[index]
    assert get(g2, "participation", part) is None and get(g2, "activity", activity) is None
    put(baku, "activity", activity, restricted=False)
    country.round(2)
    assert get(g2, "participation", part) and get(g2, "activity", activity)


def test_a_laptop_given_another_site(country: Country) -> None:
    g2, baku = country["g2"], country.office
    here, there = a_person(country["g1"], "Gəncəli"), a_person(country["n1"], "Naxçıvanlı")
    country.round(2)
    assert get(g2, "person", here)
    put(g2, "person", here, phone="unsent")
    office.move_laptop(baku, "g2", ["nakhchivan"])
    country.post(baku, g2)
    assert get(g2, "person", here) is None and get(g2, "person", there)
    country.round(2)
    assert get(country["g1"], "person", here)["phone"] == "unsent"  # type: ignore[index]
    mine = a_person(g2, "Yerli")
    country.round(2)
    assert get(country["n1"], "person", mine) and get(country["g1"], "person", mine) is None


def test_reference_data_of_the_office_go_everywhere(country: Country) -> None:
    row = put(country.office, "organisation", code="new_org", name_en="New", type="ngo")
    country.round()
    for laptop in country.laptops.values():
        assert get(laptop, "organisation", row)
        with pytest.raises(UserError) as refused:
            put(laptop, "organisation", row, name_en="Mine")
        assert refused.value.code == "office_only"


def test_a_template_travels_with_its_logo_and_is_only_the_office_s(country: Country) -> None:
    from app.reports import certificates as papers
    from app.services import certificates

    drawn = io.BytesIO()
    Image.new("RGB", (300, 100), "black").save(drawn, "PNG")
    values = {"name_en": "Ours", "logo": certificates.logo_of(drawn.getvalue(), "l.png"), "orientation": "portrait"}
    template = country.office.write(lambda w: certificates.save_template(w, values)).value
    country.round(2)
    for laptop in (country["g1"], country["g2"]):
        with laptop.read() as r:
            (found,) = certificates.templates(r)
            assert found["id"] == template and found["logo"] == values["logo"]
            assert papers.preview(r, found, "az").startswith(b"%PDF")
        with pytest.raises(UserError) as refused:
            laptop.write(lambda w: certificates.save_template(w, {"signatory_az": "x"}, template))
        assert refused.value.code == "office_only"
