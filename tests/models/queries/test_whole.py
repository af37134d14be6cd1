"""Every live row passes by once."""

from __future__ import annotations

from app.models.queries.whole import erased, stream
from app.models.store import Store
from tests.composed import compose


def test_all_live_rows_and_no_others(store: Store) -> None:
    made = store.write(compose).value
    store.write(lambda w: w.delete("person", made.vip))
    with store.read() as reader:
        rows = list(stream(reader, "person"))
        assert rows == reader.list("person")
        assert made.vip not in {row["id"] for row in rows}
        assert erased(reader) == set()
