"""The sentence about a crowd, ready for a report: counted, estimated, stated beside each other; adds none of them."""

from __future__ import annotations

from app.basics.words import text
from app.models.queries.tallies import totals
from app.models.writer import Reader
from app.reports.wording import Wording, spoken


def sentences(reader: Reader, activity: str, language: str) -> list[str]:
    """What may be said of how many came to an event, the official figure first; empty when nobody counted.

    «About 600 people (597 counted at 2 entrances; 52 % women and girls).»
    """
    words = Wording(reader, language)
    counted = totals(reader, activity)
    told: list[str] = []

    def say(key: str, **params: object) -> str:
        return text(f"crowd.{key}", lang=language, **params)  # words: crowd.*

    def shown(value: float) -> str:
        return spoken(value, language=language)

    official = [row for row in reader.list("headcount", activity=activity) if row["official"]]
    if official:
        row = sorted(official, key=lambda one: str(one["id"]))[-1]  # ids grow with time: the newest
        method = words.choice("headcount_method", row["method"]).lower()
        if row["low"] is not None and row["high"] is not None and row["low"] != row["high"]:
            spread = {"low": shown(row["low"]), "high": shown(row["high"])}
            told.append(say("official_range", figure=shown(row["figure"]), method=method, **spread))
        else:
            told.append(say("official", figure=shown(row["figure"]), method=method))
    if counted.counted > 0:
        doors = sum(n > 0 for n in counted.by_door.values())
        params = {"about": shown(rounded(counted.counted)), "counted": shown(counted.counted), "n": doors}
        share = counted.women_share
        if share is None:
            told.append(say("sentence", **params))
        else:
            told.append(say("sentence_women", percent=round(100 * share), **params))
    if counted.estimated > 0:
        told.append(say("estimate", about=shown(rounded(counted.estimated))))
    if counted.corrections < 0:
        told.append(say("corrected", counted=shown(-counted.corrections)))
    return told


def rounded(number: int) -> int:
    """A number as people say it: exact below 100, else its first two digits."""
    if number < 100:
        return number
    step = 10 ** (len(str(number)) - 2)
    return (number + step // 2) // step * step
