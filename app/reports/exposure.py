"""The exposure sheet of a lost laptop: what was on it, what had not come from it, what to look for on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.basics import clock, words
from app.basics.words import text
from app.reports.files import write_whole
from app.reports.letter import Block, Facts, Grid, Heading, Letter, Signatures, Text, plain
from app.specs import wording

_GROUPS = {
    "name": ("surname", "given", "patronymic", "suffix", "name_ru", "name_printed", "aliases"),
    "contact": ("phone", "email"),
    "identity": ("national_id", "birth_year", "age_band", "guardian"),
}


def write_exposure(exposed: Any, out: Path) -> None:
    """The sheet as a PDF. `exposed`: the `Exposure` that the office's exchange gives. OSError as of the drive."""
    from app.reports.paper import letter_pdf  # slow to load

    write_whole(out, letter_pdf(exposure_letter(exposed)))


def exposure_letter(exposed: Any) -> Letter:
    """The sheet as text: facts, counts by site, personal fields with counts, events to look for, names."""
    title = text("exposure.title", name=exposed.name)
    blocks: list[Block] = [
        Heading(plain(title), 1),
        Facts(_facts(exposed)),
        Text(plain(text("exposure.encrypted")), "small"),
        Heading(plain(text("exposure.rows"))),
        _by_site(exposed),
        Heading(plain(text("exposure.fields"))),
        _fields(exposed),
    ]
    if exposed.restricted:
        blocks.append(Text(plain(text("exposure.restricted", n=exposed.restricted)), "strong"))
    blocks += [Heading(plain(text("exposure.events"))), Text(plain(text("exposure.events_note")))]
    blocks += [_events(exposed)] if exposed.events else [Text(plain(text("exposure.no_events")))]
    blocks += [Heading(plain(text("exposure.persons", n=len(exposed.persons))))]
    blocks += [Text(plain("; ".join(exposed.persons) or "–"), "small")]
    blocks.append(Signatures([text("exposure.signed"), text("exposure.date")]))
    return Letter(title, words.language(), blocks, foot=title)


def exposure_lines(exposed: Any) -> list[str]:
    """The same in lines, for a terminal: facts, counts, events; no names of persons."""
    lines = [f"{name}: {value}" for name, value in _facts(exposed)]
    for site, rows in exposed.by_site.items():
        counted = ", ".join(f"{wording.record_word(record, many=True)} {n}" for record, n in rows.items())
        lines.append(f"{site}: {counted or '–'}")
    lines += [f"{wording.key_word('person', key)}: {n}" for key, n in exposed.personal.items()]
    if exposed.restricted:
        lines.append(text("exposure.restricted", n=exposed.restricted))
    lines.append(f"{text('exposure.events')}:" if exposed.events else text("exposure.no_events"))
    lines += [f"  {day}  {site}  {said}" for day, site, said in _event_rows(exposed)]
    return lines


def _facts(exposed: Any) -> list[tuple[str, str]]:
    never = text("ui.foot_never")
    return [
        (text("exposure.laptop"), exposed.name),
        (text("exposure.sites"), ", ".join(exposed.sites) or "–"),
        (text("exposure.marked"), wording.moment_word(exposed.marked or clock.stamp())),
        (text("exposure.last_no"), str(exposed.last_no or "–")),
        (text("exposure.last_received"), wording.moment_word(exposed.last_received) or never),
        (text("exposure.last_sent"), wording.moment_word(exposed.last_sent) or never),
    ]


def _by_site(exposed: Any) -> Block:
    names = list(exposed.by_site)
    rows = [
        [plain(wording.record_word(record, many=True))]
        + [plain(str(exposed.by_site[site].get(record, 0) or "–")) for site in names]
        for record in exposed.rows
    ]
    return Grid([text("exposure.record"), *names], rows, [2.0, *[1.0] * len(names)])


def _fields(exposed: Any) -> Block:
    """Personal fields by group, with how many persons have a value in each."""
    rows = []
    left = dict(exposed.personal)
    groups = [*_GROUPS.items(), ("other", tuple(left))]
    for group, names in groups:
        found = [(name, left.pop(name)) for name in names if name in left]
        if found:
            said = ", ".join(f"{wording.key_word('person', name)} ({n})" for name, n in found)
            rows.append([plain(text(f"exposure.group_{group}")), plain(said)])  # words: exposure.group_*
    return Grid([text("exposure.group"), text("exposure.field_counts")], rows, [1.0, 3.0])


def _events(exposed: Any) -> Block:
    heads = [text("exposure.day"), text("exposure.site"), text("exposure.event"), text("exposure.found_on_paper")]
    rows = [[plain(day), plain(site), plain(said), plain("")] for day, site, said in _event_rows(exposed)]
    return Grid(heads, rows, [1.4, 1.0, 2.6, 1.2])


def _event_rows(exposed: Any) -> list[tuple[str, str, str]]:
    rows = []
    for event in exposed.events:
        day = wording.day_word(event.day)
        if event.until != event.day:
            day = f"{day} – {wording.day_word(event.until)}"
        said = event.title if event.source == "plan" else text("exposure.duty", title=event.title)
        rows.append((day, exposed.site_names.get(event.site, ""), said))
    return rows
