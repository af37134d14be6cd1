"""How rows, codes, days and numbers read in one language on paper; opens no file and asks the store only for names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.models.writer import Reader
from app.specs import choices

NO_NAME = "—"


class Wording:
    """Words for one report in one language (az, ru or en), which need not be the one spoken in the window."""

    def __init__(self, reader: Reader, language: str) -> None:
        self.reader = reader
        self.language = language
        self._titles: dict[tuple[str, str], str] = {}

    def choice(self, name: str, code: str | None) -> str:
        """The label of a code."""
        return choices.label(name, code, self.language)

    def choices(self, name: str, codes: list[str] | None) -> str:
        """The labels of several codes, with commas."""
        return ", ".join(self.choice(name, code) for code in codes or [])

    def kind(self, code: str) -> str:
        """The label of an activity's kind."""
        kind = self.reader.kind(code)
        return kind.label(self.language) if kind else code

    def title(self, row: Mapping[str, Any], stem: str = "title") -> str:
        """A three-language title in this language, else in English, Azerbaijani or Russian, whichever there is."""
        for language in (self.language, "en", "az", "ru"):
            if row.get(f"{stem}_{language}"):
                return str(row[f"{stem}_{language}"])
        return ""

    def activity(self, row: Mapping[str, Any]) -> str:
        """The title of an activity, or its kind if it has none."""
        return self.title(row) or self.kind(row["kind"])

    def name(self, record: str, row: str | None, stem: str = "name") -> str:
        """The title of another row (a site, an organisation, a group), those in the bin too; '' for None."""
        if not row:
            return ""
        if (record, row) not in self._titles:
            found = self.reader.get(record, row, deleted=True)
            self._titles[record, row] = (self.title(found, stem) or str(found.get("name") or "")) if found else NO_NAME
        return self._titles[record, row]

    def site(self, row: str | None) -> str:
        """The name of a site."""
        return self.name("site", row)

    def organisation(self, row: str | None) -> str:
        """The name of an organisation."""
        return self.name("organisation", row)

    def person(self, row: Mapping[str, Any] | None, *, printed: bool = False) -> str:
        """A person's full name, surname first; `printed` as they want to see it on a certificate."""
        if row is None:
            return NO_NAME
        if printed and row.get("name_printed"):
            return str(row["name_printed"])
        if self.language == "ru" and row.get("name_ru"):
            return str(row["name_ru"])
        father = row.get("patronymic") or ""
        if father and row.get("suffix"):
            # the suffix in the letters of the name: "Rəşid oğlu" in a Russian list, too
            cyrillic = any("\u0400" <= letter <= "\u04ff" for letter in father)
            language = self.language if cyrillic == (self.language == "ru") else "ru" if cyrillic else "az"
            father = f"{father} {choices.label('patronymic_suffix', row['suffix'], language)}"
        return " ".join(part for part in (row.get("surname"), row.get("given"), father) if part) or NO_NAME


def day(iso: str | None) -> str:
    """A day as people there write it: 21.11.2026."""
    return f"{iso[8:10]}.{iso[5:7]}.{iso[:4]}" if iso and len(iso) >= 10 else ""


def days(start: str | None, end: str | None) -> str:
    """A span of days, or the one day."""
    return day(start) if not end or end == start else f"{day(start)} – {day(end)}"


def moment(stamp: str | None) -> str:
    """A moment of the log (UTC): 21.11.2026 14:05 UTC."""
    return f"{day(stamp)} {stamp[11:16]} UTC" if stamp else ""


def spoken(value: float | None, kind: str = "count", language: str = "en") -> str:
    """A number for paper: thousands apart by a thin space, decimals as the language writes them."""
    if value is None:
        return ""
    places = {"count": 0, "hours": 1, "money": 2, "percent": 1}.get(kind, 0)
    if kind == "percent":
        value *= 100
    whole = f"{value:,.{places}f}"
    if kind in ("hours", "percent") and whole.endswith(".0"):
        whole = whole[:-2]
    whole = whole.replace(",", "\u00a0")
    if language != "en":
        whole = whole.replace(".", ",")
    return f"{whole} %" if kind == "percent" else whole
