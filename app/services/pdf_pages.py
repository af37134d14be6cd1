"""The pages of a PDF drawn as pictures, by a child with bounded memory and time; nothing of the PDF is run or kept.

Started as ``python -m app.services.pdf_pages``: settings and the file on standard input, pictures on standard output.
"""

from __future__ import annotations

import io
import json
import os
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

from app.basics.machine import limit_process

MEMORY_BYTES = 1_500_000_000
CPU_SECONDS = 20
WALL_SECONDS = 40.0
_LENGTH = struct.Struct(">Q")


def draw(content: bytes, width: int, height: int, most: int = 12) -> list[bytes]:
    """The first `most` pages as PNG files, each fitting into `width` × `height` dots; none if it cannot be drawn.

    Blocks for some tenths of a second and at most WALL_SECONDS: not for the window's thread.
    """
    request = json.dumps({"width": width, "height": height, "most": most}).encode()
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH") if name in os.environ}
    root = str(Path(__file__).resolve().parents[2])
    child = subprocess.Popen(
        [sys.executable, "-B", "-m", "app.services.pdf_pages"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=kept | {"PYTHONPATH": root, "PYTHONUTF8": "1"},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        answer, _ = child.communicate(_LENGTH.pack(len(request)) + request + content, timeout=WALL_SECONDS)
    except (subprocess.TimeoutExpired, OSError):
        return []
    finally:
        if child.poll() is None:
            child.kill()
        child.communicate()
    return _split(answer)  # what was drawn before a page that could not be is shown all the same


def _split(answer: bytes) -> list[bytes]:
    pages, at = [], 0
    while at + _LENGTH.size <= len(answer):
        (size,) = _LENGTH.unpack_from(answer, at)
        at += _LENGTH.size
        if at + size > len(answer):
            break
        pages.append(answer[at : at + size])
        at += size
    return pages


def main() -> int:
    """The child: read everything, bound this process, draw."""
    raw = sys.stdin.buffer.read()
    (size,) = _LENGTH.unpack_from(raw, 0)
    request: dict[str, Any] = json.loads(raw[_LENGTH.size : _LENGTH.size + size])
    content = raw[_LENGTH.size + size :]
    # whatever is needed is imported first: afterwards memory is short
    import PIL.PngImagePlugin  # noqa: F401 – loaded by PIL when it writes the first picture
    import pypdfium2

    limit_process(MEMORY_BYTES, CPU_SECONDS)
    try:
        document = pypdfium2.PdfDocument(content)
        for number in range(min(len(document), int(request["most"]))):
            page = document[number]
            wide, high = page.get_size()
            scale = min(request["width"] / max(wide, 1), request["height"] / max(high, 1))
            drawn = io.BytesIO()
            page.render(scale=scale).to_pil().convert("RGB").save(drawn, "PNG", compress_level=1)
            sys.stdout.buffer.write(_LENGTH.pack(drawn.tell()) + drawn.getvalue())
    except Exception:  # whatever is wrong with the file: what was drawn until here is the answer
        return 1
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
