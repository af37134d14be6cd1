"""The program as it might be one version later: a field and a record type more, a raised schema, a migration 0002.

`become()` turns this process into it and must run before anything of `app.models` is loaded, so tests and `make` start
processes of their own: `run(script, …)`. It changes no file of the program.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FIELD, RECORD = "blood_group", "commendation"
HEAD = "0002"


def become(min_reader: int = 1) -> None:
    """From now on this process is the newer program; `min_reader`: the oldest schema that may read its bundles."""
    assert "app.models.tables" not in sys.modules, "too late"
    from app.specs.fields import FieldSpec, RecordSpec
    from app.specs.records import RECORDS
    from app.specs.types import Reference, Text

    person = RECORDS["person"]
    RECORDS["person"] = replace(person, fields=(*person.fields, FieldSpec(FIELD, Text())))
    RECORDS[RECORD] = RecordSpec(
        RECORD,
        (FieldSpec("person", Reference("person"), required=True), FieldSpec("words", Text())),
        parent="person",
        title=("words",),
    )

    from app.models import migrations, oplog

    oplog.SCHEMA = 2
    first = migrations.upgrade

    def upgrade(connection: Any) -> None:
        """0001 by the program's own hand, and then 0002."""
        from app.models.tables import RECORD_TABLES

        known = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name = 'alembic_version'").first()
        if known is None:
            first(connection)
        connection.exec_driver_sql(f"ALTER TABLE person ADD COLUMN {FIELD} TEXT")
        RECORD_TABLES[RECORD].create(connection)
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{HEAD}'")

    migrations.HEAD, migrations.upgrade = HEAD, upgrade  # type: ignore[assignment]
    from app.sync import send

    send.MIN_READER_SCHEMA = min_reader


def run(script: str, *arguments: object, newer: bool = True, min_reader: int = 1, check: bool = True) -> Any:
    """Run a script in the newer program (or, not `newer`, in this one) with `argv`; what it prints, read as JSON."""
    begin = f"from tests.skew import newer\nnewer.become({min_reader})\n" if newer else ""
    ended = subprocess.run(
        [sys.executable, "-c", begin + script, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    if check and ended.returncode:
        raise AssertionError(ended.stderr)
    return json.loads(ended.stdout) if ended.stdout.strip() else None
