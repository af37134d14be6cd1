"""The quarterly workbook over all sites; floor: openpyxl writing as many plain cells."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from app.basics import clock
from app.reports import catalogue
from app.services import practice
from tests.bench.figures import a_store, ratio

SITES = ("ganja", "nakhchivan", "guba", "shirvan", "mingechevir")


def measure(size: str) -> dict[str, Any]:
    """CPU seconds for a year's figures of several sites."""
    sites, events, people = (2, 14, 60) if size == "small" else (5, 120, 800)
    with a_store() as store, tempfile.TemporaryDirectory(prefix="saha-bench-") as folder:
        for number, site in enumerate(SITES[:sites]):
            fill = lambda w, s=site, n=number: practice.fill_site(w, s, seed=n, people=people, events=events)  # noqa: E731
            store.write(fill)
        out = Path(folder) / "quarterly.xlsx"
        today = clock.today()
        start = time.process_time()
        with store.read() as reader:
            catalogue.make(reader, "quarterly", out, start=today.replace(month=1, day=1), end=today, language="en")
        ours = time.process_time() - start
        cells = [[cell.value for cell in row] for sheet in load_workbook(out) for row in sheet.iter_rows()]
        start = time.process_time()
        plain = Workbook(write_only=True)
        sheet = plain.create_sheet()
        for row in cells:
            sheet.append(row)
        plain.save(Path(folder) / "floor.xlsx")
        floor = time.process_time() - start
    return {
        "activities": sites * events,
        "cells": sum(map(len, cells)),
        "cpu_seconds": round(ours, 3),
        "floor_cpu_seconds": round(floor, 3),
        "ratio": ratio(ours, floor),
    }
