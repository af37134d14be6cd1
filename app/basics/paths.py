"""Where things lie: the program's resources and the user's data; creates nothing."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from pathlib import Path

RESOURCES = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parents[2])) / "resources"


def data_dir() -> Path:
    """The platform's folder for this user's data of Sahə (may not exist yet)."""
    override = os.environ.get("SAHA_DATA")
    if override:
        return Path(override)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "Saha"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Saha"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "saha"


def default_store() -> Path:
    """The store that is opened when none is named."""
    return data_dir() / "store"


def file_word(name: str, longest: int = 40) -> str:
    """A name as part of a file's name, in small ASCII letters a person still reads: `Yevlax 1` is `yevlax-1`.

    Mail and sticks of old systems spoil other letters. "" where nothing of it can be written so.
    """
    plain = name.replace("İ", "i").lower().translate(_ASCII)
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:longest].strip("-")


_ASCII = str.maketrans(
    dict(zip("əıабвгдеёзийклмнопрстуфыэ", "aiabvgdeeziyklmnoprstufye", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ъ": "", "ь": ""}
)
