"""The scan that belongs beside a disputed value: the row's own, its activity's, a person's last event's."""

from __future__ import annotations

from app.models.store import Store
from app.models.writer import Writer
from app.services import attachments, evidence
from tests import build

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def test_papers_are_found_from_the_activity_a_mark_a_person(store: Store) -> None:
    def fill(w: Writer) -> tuple[str, str, str, str]:
        person = build.a_person(w)
        old = build.an_activity(w, start="2026-01-10")
        new = build.an_activity(w, start="2026-02-10")
        build.a_participation(w, old, person)
        there = build.a_participation(w, new, person)
        mark = build.a_mark(w, there, build.a_session(w, new))
        attachments.attach(w, "activity", old, "old.png", PNG + b"1")
        photo = attachments.attach(w, "activity", new, "photo.png", PNG + b"2")
        sheet = attachments.attach(w, "activity", new, "sheet.png", PNG + b"3")
        w.put("attachment", {"purpose": "sign_in_sheet"}, sheet)
        w.put("attachment", {"purpose": "photo"}, photo)
        return person, new, there, mark

    person, activity, there, mark = store.write(fill).value
    with store.read() as r:
        for record, row in (("activity", activity), ("participation", there), ("attendance", mark)):
            names = [one["name"] for one in evidence.papers_of(r, record, row)]
            assert names[0] == "sheet.png" and "photo.png" in names, record
        assert evidence.papers_of(r, "person", person, 2)[0]["name"] == "sheet.png"
        assert evidence.papers_of(r, "site", build.site("ganja")) == []
