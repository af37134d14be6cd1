"""Which laptop's bundles a store holds."""

from __future__ import annotations

from sqlalchemy import insert

from app.models.queries.provenance import Source, sources
from app.models.store import Store
from app.models.tables import BUNDLE_IN, ROSTER
from app.models.writer import Writer
from tests.build import site


def test_the_last_bundle_of_each_laptop(store: Store) -> None:
    def receive(w: Writer) -> None:
        for device, name, role in (("d1", "Ganja-1", "laptop"), ("d2", "Guba-1", "laptop"), ("d0", "Bakı", "office")):
            w.connection.execute(
                insert(ROSTER),
                {
                    "device": device,
                    "name": name,
                    "role": role,
                    "sites": [site("ganja")],
                    "signing_key": b"",
                    "recipient": "",
                    "state": "active",
                    "stores": [],
                    "past_sites": [],
                },
            )
        for no, undone in ((1, None), (2, None), (3, "2026-05-03T00:00:00Z")):
            w.connection.execute(
                insert(BUNDLE_IN),
                {
                    "id": f"b{no}",
                    "sender": "s",
                    "device": "d1",
                    "no": no,
                    "received": f"2026-05-0{no}T10:00:00Z",
                    "undone": undone,
                },
            )

    store.write(receive)
    with store.read() as reader:
        assert sources(reader) == [
            Source("Ganja-1", (site("ganja"),), 2, "2026-05-02T10:00:00Z"),
            Source("Guba-1", (site("ganja"),), None, None),
        ]
