"""Puts a finished file in its place, whole or not at all; never leaves a half-written or a temporary one."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from app.basics.ids import new_id
from app.errors import UserError


def check_format(target: Path, formats: Iterable[str]) -> None:
    """Raise UserError(report_format_unknown) when the ending of a file is none of these."""
    known = list(formats)
    if target.suffix.lower() not in known:
        raise UserError("report_format_unknown", file=target.name, known=", ".join(known))


def write_whole(target: Path, content: bytes) -> None:
    """Write beside the target, flush to the disk, then rename over it. OSError leaves what was there before."""
    draft = draft_of(target)
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        put_in_place(draft, target)
    finally:
        draft.unlink(missing_ok=True)


def draft_of(target: Path) -> Path:
    """A name in the target's folder that nobody uses; it says nothing of what will be in it."""
    return target.with_name(f".saha-{new_id()}.part")


def put_in_place(draft: Path, target: Path) -> None:
    """Rename a finished draft, which is on the disk already, and make the new name last."""
    draft.replace(target)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
