"""The look before sending: what is named, and what is not."""

from __future__ import annotations

from app.models.queries.readiness import before_sending
from app.models.store import Store
from app.models.writer import Writer
from tests import build


def test_each_unfinished_thing_is_found_and_a_finished_one_is_not(store: Store) -> None:
    def fill(w: Writer) -> dict[str, str]:
        unknown = build.a_person(w, sex=None)
        known = build.a_person(w)
        bare, papered, silent = (build.an_activity(w) for _ in range(3))
        for activity in (bare, papered):
            build.a_participation(w, activity, known)
        w.put("participation", {"activity": silent, "person": known, "state": "invited"})
        sheet = {"sha256": "0" * 64, "name": "s.pdf", "size": 1, "purpose": "sign_in_sheet"}
        for activity in (papered, silent):
            w.put("attachment", {**sheet, "linked_record": "activity", "linked_id": activity})
        late = build.an_activity(w, status="planned", start="2026-03-01")
        build.an_activity(w, status="planned", start="2026-03-09")
        return {"unknown": unknown, "bare": bare, "silent": silent, "late": late}

    with store.read() as r:
        after = r.position()[0]
    ids = store.write(fill).value
    with store.read() as r:
        found = before_sending(r, after, "2026-03-05")
        assert [row["id"] for row in found.sex_missing] == [ids["unknown"]]
        assert [row["id"] for row in found.no_sheet] == [ids["bare"]]
        assert [row["id"] for row in found.nobody_marked] == [ids["silent"]]
        assert [row["id"] for row in found.unfinished] == [ids["late"]]
        assert not found.ready
        later = before_sending(r, r.position()[0], "2026-02-28")
    assert later.ready, "what was confirmed before is not asked about again"
