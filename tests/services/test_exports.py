"""Named people leave with a reason, and the log of it cannot be changed unseen."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from app.errors import UserError
from app.models import integrity
from app.models.store import Store
from app.models.tables import AUDIT
from app.services import exports


@pytest.mark.parametrize(
    ("reason", "password", "code"),
    [
        ("", "", "export_reason_missing"),
        ("  ?  ", "", "export_reason_missing"),
        ("for the donor", "short", "export_password_short"),
    ],
)
def test_what_is_refused(store: Store, reason: str, password: str, code: str) -> None:
    with store.read() as r, pytest.raises(UserError) as refused:
        exports.check(r, reason, password)
    assert refused.value.code == code


def test_what_left_is_logged_newest_first(store: Store) -> None:
    with store.read() as r:
        exports.check(r, "for the donor")
        exports.check(r, "for the donor", "long enough")
    store.write(lambda w: exports.note(w, "people", "for the donor", people=40, locked=True))
    store.write(lambda w: exports.note(w, "attendance", "  the ministry asks  ", people=7, locked=False))
    with store.read() as r:
        told = exports.made(r)
    assert [(one["what"], one["reason"], one["people"], one["locked"]) for one in told] == [
        ("attendance", "the ministry asks", 7, False),
        ("people", "for the donor", 40, True),
    ]
    assert told[0]["moment"] >= told[1]["moment"]


def test_an_entry_that_was_changed_is_found(store: Store) -> None:
    store.write(lambda w: exports.note(w, "people", "for the donor", people=40, locked=True))
    with store.read() as r:
        findings = integrity.Findings()
        integrity._check_audit(r, findings)
    assert findings.bad == []
    store.write(lambda w: w.connection.execute(update(AUDIT).values(names=["nothing", "people=1", "locked"])))
    with store.read() as r:
        findings = integrity.Findings()
        integrity._check_audit(r, findings)
    assert [code for code, _ in findings.bad] == ["audit_broken"]
