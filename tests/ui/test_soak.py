"""A long day of clicks in one process, in which PySide6 6.12 on Python 3.11 aborts (it loses references to None)."""

from __future__ import annotations

import os
import subprocess
import sys

SOAK = """
import sys
from PySide6.QtWidgets import QApplication, QPushButton

app = QApplication([])
button = QPushButton("x")
counted = [0]

def count(checked):
    counted[0] += 1

button.clicked.connect(count)
for i in range(100_000):
    button.setEnabled(True)
    button.setObjectName("a")
    button.click()
print(counted[0])
del button
app.quit()
"""


def test_a_hundred_thousand_clicks_end_well() -> None:
    run = subprocess.run(
        [sys.executable, "-c", SOAK],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    assert run.stdout.strip() == "100000"
