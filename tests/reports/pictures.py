"""PDF pages as pictures and as text; skips, and says so, where poppler is missing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_MISSING = "poppler (pdftoppm, pdftotext) is not installed: PDFs were NOT looked at"


def _need(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        print(_MISSING, file=sys.__stderr__)
        pytest.skip(_MISSING)
    return found


def pages(pdf: Path, dots: int = 110) -> list[Any]:
    """The pages of a PDF as Pillow images."""
    from PIL import Image

    stem = pdf.with_suffix("")
    subprocess.run([_need("pdftoppm"), "-r", str(dots), "-png", str(pdf), str(stem)], check=True, timeout=120)
    found = []
    for path in sorted(pdf.parent.glob(f"{stem.name}-*.png")):
        with Image.open(path) as image:
            found.append(image.convert("RGB"))
    return found


def said(pdf: Path) -> str:
    """The text of a PDF, as a person would select it."""
    done = subprocess.run([_need("pdftotext"), "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=60)
    return done.stdout.decode("utf-8")


def fonts(pdf: Path) -> list[tuple[str, bool]]:
    """Every font of a PDF, and whether it is embedded."""
    done = subprocess.run([_need("pdffonts"), str(pdf)], check=True, capture_output=True, timeout=60, text=True)
    return [(line.split()[0], line.split()[-5] == "yes") for line in done.stdout.splitlines()[2:]]


def inked(image: Any, box: tuple[float, float, float, float]) -> float:
    """The share of dark dots in a part of a page; the box in parts of its width and height."""
    width, height = image.size
    part = image.convert("L").crop(
        (int(box[0] * width), int(box[1] * height), int(box[2] * width), int(box[3] * height))
    )
    dots = part.tobytes()
    return sum(dot < 128 for dot in dots) / len(dots)
