"""Erasing a person's data everywhere: an office write that blanks payloads and travels; counts stay, names do not.

Only the office erases. Ids stay in the log for ever, so that a bundle months late cannot bring anything back.
"""

from __future__ import annotations

from app.errors import UserError
from app.models import arrivals, contents, exchange
from app.models.oplog import fold, spread, values_known
from app.models.store import Store
from app.models.writer import Writer
from app.specs.records import RECORDS

SHORTEST_REASON = 3
"""Letters: nobody is erased without a word on why, because it cannot be taken back."""
_LEFT_OF_A_FILE = ("owner_site", "linked_record", "linked_id", "media_type", "purpose")


def erase_person(store: Store, person: str, reason: str) -> int:
    """Blank the personal fields of a person and of what was made out to them, here and, with the next bundles,
    everywhere; gives the number of rows. Sex, service and organisation stay: counts do not change. Files kept with
    these rows go, content and name; a scanned sheet of an activity, which bears many names, stays with it.

    UserError: erasure_reason_missing (fewer than SHORTEST_REASON letters), office_only, no_such_row.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise UserError("erasure_reason_missing")

    def erase(w: Writer) -> int:
        rows = [("person", person), *exchange.rows_about(w, person)]
        ids = [row for _, row in rows]
        for gone in (False, True):
            rows += [("attachment", found["id"]) for found in w.list("attachment", deleted=gone, linked_id=ids)]
        for record, row in rows:
            erase_row(w, record, row, reason)
        contents.drop_unnamed(w)
        return len(rows)

    done = store.write(erase).value
    store.sweep()
    return done


def erase_row(w: Writer, record: str, row: str, reason: str) -> None:
    """Blank the personal fields of one row. The write that does it holds what stays, and replaces all others."""
    if w.identity.role != "office":
        raise UserError("office_only", record=record)
    spec = RECORDS[record]
    if w.get(record, row, deleted=True) is None:
        raise UserError("no_such_row", record=record)
    earlier = w.ops_of(row)
    state = fold(spec, earlier)
    kept = {
        name: value
        for name, value in state.values.items()
        if value is not None and (name == "owner_site" or not (name in spec.by_name and spec.by_name[name].personal))
    }
    if record == "attachment":
        kept = {name: value for name, value in kept.items() if name in _LEFT_OF_A_FILE}
    fields = {key: value for key, value in spread(spec, kept).items() if not key.startswith("details.")}
    fields["erased"] = True
    if state.deleted or record == "attachment":
        fields["deleted"] = True
    keys = {key for op in earlier for key in (*op.fields, *op.replaced) if key != "*"} | set(fields)
    replaced = {key: known for key in sorted(keys) if (known := values_known(earlier, key))}
    ops = w._log(record, row, fields, replaced, " ".join(reason.split())[:500])
    arrivals.forget(w, record, row)
    w._show(spec, row, fold(spec, ops))
