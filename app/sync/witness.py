"""Remembers outside the store how far it had come, so that a copy put back or moved is noticed before it exchanges.

The witness lies in the user's data folder and holds random tokens and a counter, nothing of the register. A store found
to be behind it, or on another machine, takes a new id at once; what the witness misses is found on the wire.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from app.basics import machine
from app.basics.paths import data_dir
from app.models.store import Store
from app.models.writer import Reader, Writer
from app.sync import identity

SET_BACK, MOVED = "set_back", "moved"


def begin(store: Store) -> str | None:
    """Compare store and witness before an exchange and renew both: None when they agree, else SET_BACK or MOVED, and
    then the store goes on under a new id."""
    with store.read() as r:
        found = _judge(r)

    def renew(w: Writer) -> dict[str, Any]:
        if found is not None:
            identity.take_new_id(w)
        mark = {"token": os.urandom(16).hex(), "machine": machine.machine_id()}
        w.set_meta("witness", mark)
        return {**mark, "seq": w.seq, "store": w.identity.store_id}

    # The store first: if the machine fails in between, they disagree, and a new id costs only bytes.
    _save(store.write(renew).value)
    return found


def _judge(r: Reader) -> str | None:
    own = r.meta("witness")
    if own is None:
        return None  # never exchanged: nobody knows of it yet
    here = machine.machine_id()
    if own["machine"] and here and own["machine"] != here:
        return MOVED
    outside = _load(r.identity.store_id)
    if outside is None:
        return None  # another profile on the same machine, or none could be written
    seq = r.meta("log", {}).get("seq", 0)
    if outside.get("token") != own["token"] or seq < outside.get("seq", 0):
        return SET_BACK
    return None


def _place(store_id: str) -> Path:
    return data_dir() / "witness" / f"{store_id}.json"


def _load(store_id: str) -> dict[str, Any] | None:
    try:
        told = json.loads(_place(store_id).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) else None


def _save(told: dict[str, Any]) -> None:
    """Keep the witness; where it cannot be kept, the checks on the wire remain."""
    path = _place(told["store"])
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8") as file:
            json.dump(told, file)
            file.flush()
            os.fsync(file.fileno())
        machine.replace_file(part, path)
    except OSError:
        part.unlink(missing_ok=True)
