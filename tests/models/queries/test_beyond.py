"""What a register has beyond a copy: after a plain copy, and after both went different ways."""

from __future__ import annotations

from pathlib import Path

from app.models.queries.beyond import writes_beyond
from app.models.store import FILE, Store
from tests import build


def test_beyond_the_beginning_and_beyond_a_fork(store: Store, tmp_path: Path) -> None:
    store.write(build.a_person)
    store.copy_to(tmp_path / FILE)
    row = store.write(build.a_person).value
    store.write(lambda w: w.put("person", {"phone": "1"}, row))
    with Store.open_with_key(tmp_path, store.key) as copy:
        with store.read() as present, copy.read() as then:
            assert writes_beyond(present, then) == [("person", row)] * 2
            assert writes_beyond(then, present) == []
        copy.write(lambda w: [build.a_person(w) for _ in range(5)])
        with store.read() as present, copy.read() as then:
            assert writes_beyond(present, then) == [("person", row)] * 2, "though the other log is the longer one"
            assert len(writes_beyond(then, present)) == 5
