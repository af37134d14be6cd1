"""Prints the lines of a lock that hold for a Windows Python 3.N: `choose.py LOCK N`; installs nothing.

Run with an environment's Python, for pip's reading of markers. pip itself takes them for the Python that it runs on,
and would put the Qt of that one into a program for another.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from pip._vendor.packaging.markers import Marker


def choose(lock: str, minor: int) -> str:
    """The entries that hold there, without their markers."""
    there = {
        "implementation_name": "cpython",
        "os_name": "nt",
        "platform_machine": "AMD64",
        "platform_python_implementation": "CPython",
        "platform_system": "Windows",
        "python_full_version": f"3.{minor}.0",
        "python_version": f"3.{minor}",
        "sys_platform": "win32",
    }
    chosen = []
    for entry in re.split(r"\n(?=[a-z0-9])", lock, flags=re.I):
        first, _, hashes = entry.partition(" \\\n")
        name, _, marker = first.partition(" ; ")
        if "==" in name and (not marker or Marker(marker).evaluate(there)):
            chosen.append(f"{name} \\\n{hashes}")
    return "\n".join(chosen) + "\n"


if __name__ == "__main__":
    print(choose(Path(sys.argv[1]).read_text("utf-8"), int(sys.argv[2])))
