"""What every report of a period begins with: its figures, its words, its sites, the facts and notes of its head."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.basics import clock
from app.basics.words import text
from app.models.queries.counts import Figure
from app.models.queries.facts import THRESHOLD_PERCENT
from app.models.queries.figures import Figures, Split
from app.models.queries.provenance import sources
from app.models.writer import Reader
from app.reports.tables import Counted
from app.reports.wording import Wording, day, moment

_ELSEWHERE = ("office", "other_place", "abroad", "neighbourhood")
"""Types of site that get a row only when something happened there."""


class Frame:
    """The figures of one period over some sites (None: all), and the words to show them in."""

    def __init__(self, reader: Reader, start: str, end: str, sites: Iterable[str] | None, language: str) -> None:
        self.reader = reader
        self.start, self.end, self.language = start, end, language
        self.chosen = None if sites is None else list(dict.fromkeys(sites))
        self.figures = Figures(reader, start, end, self.chosen)
        self.words = Wording(reader, language)
        self._sites: list[dict[str, Any]] | None = None

    def say(self, key: str, **params: object) -> str:
        """A sentence of the catalogue in the report's language."""
        return text(key, lang=self.language, **params)

    @property
    def sites(self) -> list[dict[str, Any]]:
        """The sites to show, those of the programme first, each with its `id`; Baku and other places if active."""
        if self._sites is None:
            active = {a["site"] for a in self.figures.facts.activities}
            found = [site for site in self.reader.list("site") if self._shown(site, active)]
            self._sites = sorted(
                found,
                key=lambda s: (s["type"] in _ELSEWHERE, s["pilot_wave"] or 99, s["start"] or "", s["code"]),
            )
        return self._sites

    def _shown(self, site: dict[str, Any], active: set[str]) -> bool:
        if self.chosen is not None:
            return site["id"] in self.chosen
        return site["id"] in active or (
            site["type"] not in _ELSEWHERE and (not site["end"] or site["end"] >= self.start)
        )

    def facts(self) -> list[tuple[str, str]]:
        """The head of the report: which sites, which days, made when and where, from whose data."""
        if self.chosen is None:
            where = self.say("reports.all_sites")
        else:
            where = ", ".join(self.words.title(site, "name") for site in self.sites)
        return [
            (self.say("reports.sites"), where),
            (self.say("reports.period"), f"{day(self.start)} – {day(self.end)}"),
            (self.say("reports.made"), f"{moment(clock.stamp())}, {self.reader.meta('name', '')}".rstrip(", ")),
            (self.say("reports.data_from"), self._sources()),
        ]

    def _sources(self) -> str:
        if self.reader.identity.role != "office":
            return self.say("reports.this_laptop_only")
        lines = []
        for source in sources(self.reader):
            if self.chosen is not None and not set(self.chosen) & set(source.sites):
                continue
            where = ", ".join(self.words.site(site) for site in source.sites)
            if source.last_no is None:
                lines.append(self.say("reports.source_none", laptop=source.name, sites=where))
            else:
                received = day(source.last_received)
                lines.append(
                    self.say("reports.source", laptop=source.name, sites=where, no=source.last_no, day=received)
                )
        return "\n".join([self.say("reports.this_store"), *lines]) if lines else self.say("reports.this_store_alone")

    def warning(self) -> str:
        """What must stand above the report: that the data are made up."""
        return self.say("reports.practice") if self.reader.meta("practice", False) else ""

    def notes(self) -> list[str]:
        """What the numbers mean, a sentence for each kind of number."""
        return [
            self.say("reports.note_types"),
            self.say("reports.note_held"),
            self.say("reports.note_people"),
            self.say("reports.note_trained", percent=THRESHOLD_PERCENT),
            self.say("reports.note_participations"),
            self.say("reports.note_roles"),
            self.say("reports.note_sex"),
            self.say("reports.note_heads"),
            self.say("reports.note_legacy"),
        ]


def value(split: Split, *key: str) -> Counted:
    """The number under a key with the rows behind it, 0 where there is none."""
    figure = split.get(key)
    return Counted(plain(figure), figure.record if figure else "", figure.ids if figure else ())


def plain(figure: Figure | None) -> float:
    """A figure's number, int where it is whole."""
    number = figure.value if figure else 0
    return int(number) if float(number).is_integer() else round(number, 2)
