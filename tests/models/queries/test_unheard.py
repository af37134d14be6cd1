"""Events to look for where nothing was heard: planned ones and owed ones, none that was held."""

from __future__ import annotations

from app.models.queries import unheard
from app.models.store import Store
from app.models.writer import Writer
from tests import build


def test_planned_and_owed_since_the_last_word(store: Store) -> None:
    def fill(w: Writer) -> None:
        build.an_activity(w, start="2026-03-02", title_en="Held")
        build.an_activity(w, start="2026-03-03", title_en="Planned", status="planned")
        build.an_activity(w, start="2026-02-01", title_en="Before", status="planned")
        build.an_activity(w, start="2026-03-04", title_en="Elsewhere", status="planned", site=build.site("guba"))

    store.write(fill)
    with store.read() as r:
        found = unheard.events(r, [build.site("ganja")], "2026-03-01", "2026-03-05")
    assert [event.title for event in found if event.source == "plan"] == ["Planned"]
    owed = [event for event in found if event.source == "duty"]
    assert owed and all(event.day <= "2026-03-05" and event.until >= "2026-03-01" and event.title for event in owed)
