"""A file or pasted text to a Workbook: files are parsed in a child with bounded memory and time, never here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from app.basics.machine import ended_by_cpu_limit
from app.errors import UserError
from app.rosters import delimited
from app.rosters.child import CHILD_FLAG
from app.rosters.grid import MOST_ROWS, Cell, Grid, Range, TooLarge, Workbook, from_json

__all__ = ["LIMITS", "Cell", "Grid", "Limits", "Range", "Workbook", "read_grid", "read_text"]


@dataclass(frozen=True)
class Limits:
    """What the child may use. `limited=False` is for tests that show what the limits hold back."""

    memory_bytes: int = 1_000_000_000
    cpu_seconds: int = 10
    wall_seconds: float = 30.0
    most_bytes: int = 25_000_000
    limited: bool = True


LIMITS = Limits()
_TOO_LARGE = {"rows", "columns", "text", "sheets", "entries", "unpacked", "ratio", "memory", "file"}


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_FLAG]
    return [sys.executable, "-B", "-m", "app.rosters.child"]


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH") if name in os.environ}
    if not getattr(sys, "frozen", False):
        kept["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    return kept | {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def read_grid(path: Path | str, limits: Limits = LIMITS) -> Workbook:
    """Every sheet of a workbook, CSV or TSV file.

    Blocks up to `limits.wall_seconds`: call it off the window's thread. Raises UserError with `file` (its name only):
    roster_missing, roster_unreadable, roster_empty, roster_not_a_workbook, roster_has_password, roster_damaged,
    roster_took_too_long, roster_reader_failed, or roster_too_large (further `what`, `sheet`).
    """
    path = Path(path)
    request = {
        "path": str(path.absolute()),
        "limited": limits.limited,
        "memory_bytes": limits.memory_bytes,
        "cpu_seconds": limits.cpu_seconds,
        "most_bytes": limits.most_bytes,
    }
    child = subprocess.Popen(
        _command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        answer, _ = child.communicate(json.dumps(request).encode(), timeout=limits.wall_seconds)
    except subprocess.TimeoutExpired:
        raise UserError("roster_took_too_long", file=path.name) from None
    finally:
        if child.poll() is None:
            child.kill()
        child.communicate()
    if child.returncode != 0:
        if ended_by_cpu_limit(child.returncode):
            raise UserError("roster_took_too_long", file=path.name)
        # the reader is written in Rust: out of memory it aborts instead of raising
        if child.returncode < 0:
            raise _too_large(path.name, "memory", "")
        raise UserError("roster_reader_failed", file=path.name)  # the reader itself fell: the file is not to blame
    try:
        raw = json.loads(answer)
        if "refused" in raw:
            params = raw["params"]
            if raw["refused"] == "roster_too_large":
                raise _too_large(path.name, str(params.get("what", "")), str(params.get("sheet", "")))
            raise UserError(str(raw["refused"]), file=path.name)  # words: errors.roster_*
        return from_json(raw["workbook"], path.name)
    except (KeyError, TypeError, ValueError, TooLarge):
        raise UserError("roster_damaged", file=path.name) from None


def _too_large(file: str, what: str, sheet: str) -> UserError:
    what = what if what in _TOO_LARGE else "file"
    return UserError("roster_too_large", file=file, what=what, sheet=sheet, most=MOST_ROWS)


def read_text(text: str) -> Grid:
    """One sheet from pasted text: rows copied from a sheet (tabs), separated values, or a mail with one person a line.

    Raises UserError pasted_nothing or pasted_too_large.
    """
    if not text.strip():
        raise UserError("pasted_nothing")
    try:
        grid = delimited.grid_of(text)
    except TooLarge:
        raise UserError("pasted_too_large", most=MOST_ROWS) from None
    grid.pasted = True
    return grid
