"""The words of a template: its parts by language, its gaps in braces, ours where it has none; draws nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from app.basics.words import LANGUAGES, text

GAPS = ("name", "activity", "kind", "days", "hours", "place", "site", "serial", "date", "issued_by")
"""What may stand in braces in the text of a certificate."""
_GAP = re.compile(r"\{(\w+)\}")


def by_language(body: str) -> dict[str, str]:
    """The parts of a template's text: `[az]` on a line of its own begins the Azerbaijani one, and so on.

    A text without such lines serves every language.
    """
    found: dict[str, list[str]] = {}
    current: str | None = None
    for line in body.splitlines():
        head = line.strip().strip("[]").lower()
        if line.strip() == f"[{head}]" and head in LANGUAGES:
            current = head
            found[head] = []
        elif current is not None:
            found[current].append(line)
    if current is None:
        return dict.fromkeys(LANGUAGES, body.strip())
    return {language: "\n".join(lines).strip() for language, lines in found.items()}


def fill(line: str, gaps: Mapping[str, str]) -> str:
    """Put values into `{name}`-like gaps; what is not one of ours stays as it is.

    A part between commas whose gaps are all empty falls away: no "12.03.2026, hours" where nobody wrote down any.
    """
    parts = line.split(", ")
    known = [[gap for gap in _GAP.findall(part) if gap in gaps] for part in parts]
    kept = [part for part, names in zip(parts, known, strict=True) if not names or any(gaps[name] for name in names)]
    return _GAP.sub(lambda found: gaps.get(found[1], found[0]), ", ".join(kept))


def unknown_gaps(body: str) -> list[str]:
    """What stands in braces and is none of GAPS: it would be printed as it is."""
    return list(dict.fromkeys(found for found in _GAP.findall(body) if found not in GAPS))


def own_body(language: str) -> str:
    """The text that stands on a certificate where no template says another; its gaps unfilled."""
    return text("reports.certificate_body", lang=language, **{gap: f"{{{gap}}}" for gap in GAPS})


def left_out_sentence(reason: str, params: Mapping[str, Any], language: str | None = None) -> str:
    """Why somebody gets no certificate, in words; the reason is one that issuing gives."""
    return text(f"reports.left_out_{reason}", lang=language, **params)
