"""Opens a file with LibreOffice, which calculates it afresh; skips, and says so, where there is none."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_MISSING = "LibreOffice (soffice) is not installed: formulas were NOT calculated by a second program"


def convert(source: Path, ending: str, folder: Path) -> Path:
    """The file as LibreOffice saves it in another format after recalculating everything."""
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if soffice is None:
        print(_MISSING, file=sys.__stderr__)
        pytest.skip(_MISSING)
    folder.mkdir(exist_ok=True)
    subprocess.run(
        [
            soffice,
            "--headless",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            ending,
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return folder / f"{source.stem}.{ending.split(':')[0]}"
