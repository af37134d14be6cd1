"""Stored pictures come back byte for byte, and only while they are there."""

from __future__ import annotations

from sqlalchemy import insert

from app.models.queries.pictures import picture
from app.models.store import Store
from app.models.tables import BLOB
from app.models.writer import Writer


def test_the_content_of_an_attachment(store: Store) -> None:
    def attach(w: Writer, sha: str) -> str:
        return w.put(
            "attachment", {"sha256": sha, "name": "a.png", "size": 3, "linked_record": "template", "linked_id": "x"}
        )

    def both(w: Writer) -> tuple[str, str]:
        w.connection.execute(insert(BLOB), {"sha256": "a" * 64, "size": 3, "content": b"abc"})
        return attach(w, "a" * 64), attach(w, "b" * 64)

    here, elsewhere = store.write(both).value
    with store.read() as reader:
        assert picture(reader, here) == b"abc"
        assert picture(reader, elsewhere) is None
    store.write(lambda w: w.delete("attachment", here))
    with store.read() as reader:
        assert picture(reader, here) is None
