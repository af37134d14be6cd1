"""From exec to a usable window on practice data; floor: a bare Qt window with one empty table in the same Python."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from app.keys.slots import NORMAL
from app.models.store import Store
from app.services import practice
from tests.bench.figures import PASSPHRASE, ratio

_FLOOR = """
import sys, time
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
app = QApplication([])
window = QMainWindow(); window.setCentralWidget(QTableView()); window.resize(1366, 768); window.show()
app.processEvents()
print("usable", flush=True)
"""
_OURS = """
import sys
from app.ui import application
application.run(sys.argv[1:], usable=lambda: print("usable", flush=True))
"""


def measure(size: str) -> dict[str, Any]:
    """Seconds until the window answers (median of interleaved starts), and the ratio to the floor."""
    starts = 3 if size == "small" else 7
    with tempfile.TemporaryDirectory(prefix="saha-bench-") as folder:
        place = Path(folder) / "store"
        with Store.create(place, PASSPHRASE, name="bench", work=NORMAL) as store:
            store.write(lambda w: practice.fill_site(w, "ganja", seed=1))
        ours, floor = [], []
        for _ in range(starts + 1):
            floor.append(_until_usable([sys.executable, "-c", _FLOOR], folder))
            ours.append(_until_usable([sys.executable, "-c", _OURS, "--store", str(place)], folder))
    ours, floor = ours[1:], floor[1:]
    return {
        "usable_seconds": round(statistics.median(ours), 3),
        "floor_bare_window_seconds": round(statistics.median(floor), 3),
        "ratio": ratio(statistics.median(ours), statistics.median(floor)),
        "starts": starts,
    }


def _until_usable(command: list[str], home: str) -> float:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "SAHA_PASSPHRASE": PASSPHRASE,
        "SAHA_DATA": home,
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if line.strip() == "usable":
                break
        took = time.perf_counter() - start
        child.kill()
    return took
