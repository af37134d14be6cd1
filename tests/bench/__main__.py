"""Measures the program beside floors in one run: `python -m tests.bench [--size small|full] [--only NAME …]`.

Prints one JSON document. Every part gives its figures, a floor measured in the same process or a like one, and their
ratio; ratios travel between machines, seconds do not.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
import time
from pathlib import Path
from typing import Any

PARTS = ("startup", "search", "desk", "names", "exchange", "workbook")


def main() -> int:
    """Run the chosen parts and print or write the result."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--size", choices=("small", "full"), default="small")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--out", metavar="FILE")
    args = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    result: dict[str, Any] = {
        "size": args.size,
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "parts": {},
    }
    for name in args.only:
        started = time.perf_counter()
        measured = importlib.import_module(f"tests.bench.{name}").measure(args.size)
        result["parts"][name] = {**measured, "took_seconds": round(time.perf_counter() - started, 1)}
        print(f"{name}: done", file=sys.stderr)
    document = json.dumps(result, ensure_ascii=False, indent=2)
    if args.out:
        Path(args.out).write_text(document + "\n", encoding="utf-8")
    else:
        print(document)
    return 0


if __name__ == "__main__":
    sys.exit(main())
