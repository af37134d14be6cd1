"""The limited child: reads one file named on standard input, answers one JSON document; it writes no file.

Started as ``python -m app.rosters.child``; a packed program starts itself with CHILD_FLAG and calls ``main``.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from typing import Any

CHILD_FLAG = "--read-roster"


def main() -> int:
    """Read the request, bound this process, read the file, answer. Returns the exit code."""
    request = json.loads(sys.stdin.buffer.read())
    # whatever is needed is imported first: afterwards memory is short
    from app.basics.machine import limit_process
    from app.rosters import workbooks

    data, refusal = _read(request["path"], request["most_bytes"])
    if data is not None:
        if request["limited"]:
            limit_process(request["memory_bytes"], request["cpu_seconds"])
        try:
            answer = _answer(data, workbooks)
        except MemoryError:
            answer = {"refused": "roster_too_large", "params": {"what": "memory"}}
    else:
        answer = refusal
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
    return 0


def _read(path: str, most: int) -> tuple[bytes | None, dict[str, Any]]:
    """The file's bytes, opened here and once: closing a file in the main process could release the store's own lock."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return None, {"refused": "roster_missing", "params": {}}
    except OSError:
        return None, {"refused": "roster_unreadable", "params": {}}
    about = os.fstat(descriptor)
    if not stat.S_ISREG(about.st_mode):
        os.close(descriptor)
        return None, {"refused": "roster_unreadable", "params": {}}
    with os.fdopen(descriptor, "rb") as file:
        if about.st_size > most:
            return None, {"refused": "roster_too_large", "params": {"what": "file"}}
        try:
            data = file.read(most + 1)
        except OSError:
            return None, {"refused": "roster_unreadable", "params": {}}
    if not data:
        return None, {"refused": "roster_empty", "params": {}}
    return data, {}


def _answer(data: bytes, workbooks: Any) -> dict[str, Any]:
    from app.rosters import container, delimited
    from app.rosters.grid import TooLarge, to_json

    try:
        return {"workbook": to_json(workbooks.workbook_of(data))}
    except delimited.NotAWorkbook:
        return {"refused": "roster_not_a_workbook", "params": {}}
    except container.Damaged as error:
        code = "roster_has_password" if error.why == "password" else "roster_damaged"
        return {"refused": code, "params": {}}
    except container.Bomb as error:
        return {"refused": "roster_too_large", "params": {"what": error.what}}
    except TooLarge as error:
        return {"refused": "roster_too_large", "params": {"what": error.what, "sheet": error.sheet}}
    except MemoryError:
        raise
    except Exception:  # the reader's own faults: whatever it is, the file cannot be used
        return {"refused": "roster_damaged", "params": {}}


if __name__ == "__main__":
    sys.exit(main())
