"""Contents of attachments go with the last row that names them."""

from __future__ import annotations

from sqlalchemy import delete

from app.models import contents, exchange
from app.models.store import Store
from app.models.tables import RECORD_TABLES
from app.services import attachments
from tests import build


def test_a_content_stays_as_long_as_any_row_names_it(store: Store) -> None:
    person, other = (store.write(build.a_person).value for _ in range(2))
    for row in (person, other):
        store.write(lambda w, row=row: attachments.attach(w, "person", row, "form.txt", b"the same form"))
    store.write(lambda w: attachments.attach(w, "person", person, "other.txt", b"another"))
    table = RECORD_TABLES["attachment"]

    def left() -> int:
        with store.read() as r:
            return len(exchange.blobs_here(r, hashes))

    with store.read() as r:
        hashes = {row["sha256"] for row in r.list("attachment")}
    assert store.write(contents.drop_unnamed).value == 0 and left() == 2
    store.write(lambda w: [w.delete("attachment", row["id"]) for row in w.list("attachment", linked_id=other)])
    assert store.write(contents.drop_unnamed).value == 0, "out of the bin it is to be whole"
    store.write(lambda w: w.connection.execute(delete(table).where(table.c.linked_id == person)))
    assert store.write(contents.drop_unnamed).value == 1 and left() == 1
    store.write(lambda w: w.connection.execute(delete(table)))
    assert store.write(contents.drop_unnamed).value == 1 and left() == 0
