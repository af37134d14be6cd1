"""When a store finds that it was set back, and what it forgets then."""

from __future__ import annotations

from app.models import exchange
from app.sync import identity
from tests.sync.build import Country, a_person


def test_a_new_id_forgets_cursors_and_never_what_was_heard(country: Country) -> None:
    g1 = country["g1"]
    a_person(g1)
    country.round(2)
    with g1.read() as r:
        before, heard = r.identity.store_id, list(exchange.heard(r))
        assert any(p["acked_arr"] for p in exchange.peers(r)) and heard
    fresh = g1.write(identity.take_new_id).value
    with g1.read() as r:
        assert r.identity.store_id == fresh != before
        assert identity.former_ids(r) == {before}
        assert not any(p["acked_arr"] or p["seen_arr"] or p["held_in"] for p in exchange.peers(r))
        assert list(exchange.heard(r)) == heard


def test_what_others_heard_is_compared_with_the_log(country: Country) -> None:
    g1 = country["g1"]
    a_person(g1)
    country.round(2)
    with g1.read() as r:
        made = exchange.sent(r)[-1]
        arr, digest = r.position()
        fits = {"arr": arr, "digest": digest.hex(), "no": made["no"], "bundle": made["id"]}
        assert not identity.disproved(r, fits)
        assert identity.disproved(r, {**fits, "arr": arr + 1}), "beyond the end"
        assert identity.disproved(r, {**fits, "digest": "00" * 16}), "another log"
        assert identity.disproved(r, {**fits, "bundle": "00" * 16}), "another bundle under that number"
        assert identity.disproved(r, {**fits, "no": made["no"] + 1}), "a number never used"
