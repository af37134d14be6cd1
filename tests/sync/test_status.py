"""How exchange stands, told for a laptop and for the office's board."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from app.basics import clock
from app.models.store import Store
from app.sync import receive, send, status
from tests.sync.build import Country, a_person, dump, put


def now(store: object) -> status.ExchangeStatus:
    with store.read() as r:  # type: ignore[attr-defined]
        return status.status(r)


def test_a_laptop_sees_what_is_unsent_and_how_old_it_is(country: Country) -> None:
    g1 = country["g1"]
    assert (now(g1).unsent, now(g1).oldest_unsent, now(g1).oldest_days) == (0, None, None)
    row = a_person(g1)
    put(g1, "person", row, phone="1")
    start = clock.now()
    clock.turn(lambda: start + timedelta(days=26))
    try:
        told = now(g1)
    finally:
        clock.turn(None)
    assert (told.unsent, told.oldest_days, told.role) == (2, 26, "laptop")
    country.bundle(g1)
    assert now(g1).unsent == 2, "to have written a bundle is not to know that it came"
    assert (told.to_send, now(g1).to_send, now(g1).oldest_to_send) == (2, 0, None), "but it need not be sent again"
    put(g1, "person", row, phone="2")
    assert (now(g1).unsent, now(g1).to_send) == (3, 1) and now(g1).oldest_to_send
    country.round()
    assert now(g1).unsent == 0


def test_the_office_has_sent_what_is_written_for_every_laptop(country: Country) -> None:
    office = country.office
    country.round()
    row = a_person(office)
    waits = now(office).unsent
    assert waits and now(office).to_send == waits
    country.bundle(office, "g1")
    assert now(office).to_send == waits, "one laptop still lacks its bundle"
    country.round()
    assert now(office).to_send == 0
    put(office, "person", row, phone="1")
    assert now(office).to_send == 1


def test_the_office_board(country: Country) -> None:
    a_person(country["g1"])
    country.bundle(country["g1"])
    country.post(country["g1"], country.office)
    board = {p.name: p for p in now(country.office).partners}
    assert set(board) == {"g1", "g2", "n1"}
    assert len(board["g1"].healed) == 1 and board["g1"].missing == board["g2"].missing == []
    assert board["g1"].age_days == 0 and board["g1"].stores == 1
    assert board["n1"].unconfirmed == 0 and board["g1"].state == "active"


def test_the_register_of_mail(country: Country) -> None:
    a_person(country["g1"])
    path = country.bundle(country["g1"])
    with country["g1"].read() as r:
        assert status.mail(r)[0].state in ("written", "received")
    got = receive.receive(country.office, path, safety_copy=False)
    country.post(country.office, country["g1"])
    with country["g1"].read() as r:
        sent = next(entry for entry in status.mail(r) if entry.bundle == got.bundle)
    assert (sent.outgoing, sent.state, sent.new, sent.partner) == (True, "confirmed", 1, "Baku")
    with country.office.read() as r:
        taken = next(entry for entry in status.mail(r) if entry.bundle == got.bundle)
    assert (taken.outgoing, taken.state, taken.new, taken.partner) == (False, "received", 1, "g1")
    receive.undo_receive(country.office, got.bundle)
    with country.office.read() as r:
        assert next(entry for entry in status.mail(r) if entry.bundle == got.bundle).state == "undone"


def test_a_bundle_has_its_way_like_a_registered_letter(country: Country) -> None:
    a_person(country["g1"])
    path = country.bundle(country["g1"])
    bundle = receive.receive(country.office, path, safety_copy=False).bundle

    def way(store: object) -> dict[str, bool]:
        with store.read() as r:  # type: ignore[attr-defined]
            one = next(entry for entry in status.mail(r) if entry.bundle == bundle)
        return {step.name: bool(step.moment) for step in one.steps}

    assert way(country["g1"]) == {"made": True, "written": True, "read": False, "accepted": False, "receipt": False}
    assert way(country.office) == {"made": True, "read": True, "accepted": True, "answer": False}
    country.post(country.office, country["g1"])
    assert all(way(country["g1"]).values())
    start = clock.now()
    clock.turn(lambda: start + timedelta(minutes=1))
    try:
        country.bundle(country.office, "g1")
    finally:
        clock.turn(None)
    assert way(country.office)["answer"]


def in_parts(store: Store) -> list[Path]:
    """So much that it takes several bundles, of which each goes on where the last one ended."""
    store.write(lambda w: [w.put("person", {"surname": os.urandom(30).hex(), "given": "A"}) for _ in range(900)])
    return [sent.path for sent in send.send(store, store.folder / "out", "Baku", max_size=60_000)]


def test_a_gap_is_missing_until_a_later_bundle_makes_up_for_it(country: Country) -> None:
    g1, baku = country["g1"], country.office
    lost, *rest = in_parts(g1)
    got = [receive.receive(baku, path, safety_copy=False) for path in rest]
    (no,) = got[-1].missing
    assert all((list(one.missing), list(one.healed)) == ([no], []) for one in got)
    board = {p.name: p for p in now(baku).partners}["g1"]
    assert (board.missing, board.healed) == ([no], [])
    country.post(baku, g1)
    made_up = country.post(g1, baku)
    assert (list(made_up.missing), list(made_up.healed)) == ([], [no])
    board = {p.name: p for p in now(baku).partners}["g1"]
    assert (board.missing, board.healed) == ([], [no])
    assert list(country.post(g1, baku).healed) == [], "told once"
    assert dump(baku, "ganja") == dump(g1, "ganja")
    receive.receive(baku, lost, safety_copy=False)
    board = {p.name: p for p in now(baku).partners}["g1"]
    assert (board.missing, board.healed) == ([], []), "it came after all"


def test_what_never_came_is_asked_for_and_comes(country: Country) -> None:
    _, *rest = in_parts(country["g1"])  # the first is lost
    for path in rest:
        receive.receive(country.office, path, safety_copy=False)
    (g1,) = (p for p in now(country.office).partners if p.name == "g1")
    assert len(g1.missing) == 1 and not g1.asked
    country.office.write(lambda w: status.ask_again(w, g1.device))
    assert next(p for p in now(country.office).partners if p.name == "g1").asked
    country.post(country.office, country["g1"])
    got = country.post(country["g1"], country.office)
    assert got.repeated > 0, "everything came again"
    assert not next(p for p in now(country.office).partners if p.name == "g1").asked


def test_everything_goes_again_where_somebody_asks_for_it(country: Country) -> None:
    row = a_person(country["g1"])
    country.round(2)
    with country["g1"].read() as r:
        office = next(p.device for p in status.status(r).partners if p.role == "office")
    country["g1"].write(lambda w: status.send_whole(w, office))
    assert country.post(country["g1"], country.office).repeated > 0
    with country.office.read() as r:
        assert r.get("person", row) is not None


def test_a_clock_behind_the_last_bundle_is_told(country: Country) -> None:
    a_person(country["g1"])
    country.post(country["g1"], country.office)
    assert now(country.office).clock_behind is None
    start = clock.now()
    clock.turn(lambda: start - timedelta(days=400))
    try:
        assert (now(country.office).clock_behind or "")[:4] == str(start.year)
    finally:
        clock.turn(None)
