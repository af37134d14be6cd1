"""Agenda and minutes in three languages and two formats; what changed after signature is marked."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from app.basics.words import LANGUAGES
from app.errors import UserError
from app.models.store import Store
from app.models.writer import Writer
from app.reports.letter import Grid, Letter, spoken
from app.reports.letters import letter_docx
from app.reports.minutes import agenda, minutes, write_agenda, write_minutes
from tests.build import a_participation, a_person, an_action
from tests.composed import Made, compose
from tests.reports.pictures import fonts, said


def meet(w: Writer) -> Made:
    """m1 of the composed register: two points, a vote, four members of whom two came, the chair among them."""
    made = compose(w)
    for name in ("dina", "cavid"):
        w.put("membership", {"group": made.group, "person": made.ids[name], "role": "member", "side": "resident"})
    for name, role in (("anna", "chair"), ("boris", "member")):
        w.put("membership", {"group": made.group, "person": made.ids[name], "role": role, "side": "police"})
    gone = a_person(w, surname="Former")
    w.put("membership", {"group": made.group, "person": gone, "role": "member", "end": "2025-12-31"})
    made.ids["point"] = w.put(
        "meeting_item",
        {
            "activity": made.m1,
            "number": 1,
            "agenda": "Küçə işıqları",
            "discussion": "Three lamps are out.\nSchool street is dark.",
            "decision": "Ask the municipality",
            "vote_for": 2,
            "vote_against": 0,
        },
    )
    made.ids["point2"] = w.put("meeting_item", {"activity": made.m1, "number": 2, "agenda": "Any other business"})
    a_participation(w, made.m1, None, role="participant")
    w.put("activity", {"place": "Town hall", "next_date": "2026-04-20"}, made.m1)
    return made


@pytest.fixture
def made(store: Store) -> Made:
    return store.write(meet).value


def text_of(letter: Letter) -> str:
    lines: list[str] = []
    for block in letter.blocks:
        if hasattr(block, "text"):
            lines.append(spoken(block.text))
        elif isinstance(block, Grid):
            lines += [" | ".join(spoken(runs) for runs in row) for row in block.rows]
        elif hasattr(block, "rows"):
            lines += [f"{label}: {value}" for label, value in block.rows]
        else:
            lines += list(block.labels)
    return "\n".join(lines)


def of(store: Store, activity: str, language: str = "en") -> Letter:
    with store.read() as reader:
        return minutes(reader, activity, language)


def test_who_was_there_and_what_was_decided(store: Store, made: Made) -> None:
    words = text_of(of(store, made.m1))
    assert "Present (3): " in words and "1 person without a name" in words
    assert "Members absent (2): " in words and "Former" not in words
    assert "Quorum: met: 2 of 4 members (50 % needed)" in words
    assert "1. Küçə işıqları" in words and "Decision: Ask the municipality" in words
    assert "For 2, against 0, abstained 0" in words
    assert "Repair the street lamp" in words and "01.03.2026" in words and "Next meeting: 20.04.2026" in words
    assert "Ganja, Town hall" in words
    assert not [mark for block in of(store, made.m1).blocks if hasattr(block, "text") for _, mark in block.text if mark]


def test_no_quorum_is_said(store: Store, made: Made) -> None:
    store.write(lambda w: w.put("activity", {"quorum_percent": 75}, made.m1))
    assert "Quorum: not met: 2 of 4 members (75 % needed)" in text_of(of(store, made.m1))


def test_version_two_shows_what_changed_since_the_signature(store: Store, made: Made) -> None:
    store.write(lambda w: w.put("activity", {"minutes_version": 1, "minutes_signed": "2026-01-22"}, made.m1))
    store.write(lambda w: w.put("meeting_item", {"decision": "Ask the electricity company"}, made.point))
    store.write(lambda w: w.delete("meeting_item", made.point2))
    store.write(lambda w: an_action(w, activity=made.m1, group=made.group, text="Call the school"))
    assert not marks_of(of(store, made.m1)), "version 1 is as it is, even when it was touched"
    store.write(lambda w: w.put("activity", {"minutes_version": 2, "minutes_signed": None}, made.m1))
    letter = of(store, made.m1)
    assert "changed since the version signed on 22.01.2026" in text_of(letter)
    marks = marks_of(letter)
    assert ("municipality", "removed") in marks and ("electricity company", "added") in marks
    assert ("Any other business", "removed") in marks
    assert ("Call the school", "added") in marks
    assert not [m for m in marks if m[0].startswith("Küçə")]


def marks_of(letter: Letter) -> set[tuple[str, str]]:
    runs = [run for block in letter.blocks if hasattr(block, "text") for run in block.text]
    runs += [run for block in letter.blocks if isinstance(block, Grid) for row in block.rows for c in row for run in c]
    return {(said_.strip(), mark) for said_, mark in runs if mark and said_.strip()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_formats_in_every_language(store: Store, made: Made, tmp_path: Path, language: str) -> None:
    for ending in ("pdf", "docx"):
        target, plan = tmp_path / f"m.{ending}", tmp_path / f"a.{ending}"
        with store.read() as reader:
            letter = write_minutes(reader, made.m1, target, language=language)
            write_agenda(reader, made.m2, plan, language=language)
        if ending == "pdf":
            words = said(target)
            assert "Küçə işıqları" in words and letter.title in words
            assert all(embedded for path in (target, plan) for _, embedded in fonts(path))
        else:
            document = docx.Document(str(target))
            words = "\n".join(p.text for p in document.paragraphs)
            assert "Küçə işıqları" in words and letter.title in words


def test_marks_reach_the_paper(store: Store, made: Made, tmp_path: Path) -> None:
    store.write(lambda w: w.put("activity", {"minutes_version": 1, "minutes_signed": "2026-01-22"}, made.m1))
    store.write(lambda w: w.put("meeting_item", {"decision": "Ask the company"}, made.point))
    store.write(lambda w: w.put("activity", {"minutes_version": 2}, made.m1))
    document = docx.Document(io.BytesIO(letter_docx(of(store, made.m1))))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    assert [run.text.strip() for run in runs if run.font.strike] == ["municipality"]
    assert [run.text.strip() for run in runs if run.font.underline] == ["company"]
    target = tmp_path / "m.pdf"
    with store.read() as reader:
        write_minutes(reader, made.m1, target, language="en")
    assert "municipality" in said(target) and "company" in said(target)


def test_the_agenda_brings_what_is_open(store: Store, made: Made) -> None:
    store.write(lambda w: w.put("group", {"standing_agenda": "Greeting\nReport of the chief"}, made.group))
    with store.read() as reader:
        words = text_of(agenda(reader, made.m2, "en"))
        own = text_of(agenda(reader, made.m1, "en"))
    assert "1. Greeting" in words and "2. Report of the chief" in words
    assert words.count("Repair the street lamp") == 1, "only what is open"
    assert "1. Küçə işıqları" in own and "Greeting" not in own


def test_what_cannot_be_written_is_refused(store: Store, made: Made, tmp_path: Path) -> None:
    with store.read() as reader:
        for target, activity, code in (
            (tmp_path / "m.xlsx", made.m1, "report_format_unknown"),
            (tmp_path / "m.pdf", made.anna, "no_such_row"),
        ):
            with pytest.raises(UserError) as refused:
                write_minutes(reader, activity, target)
            assert refused.value.code == code


def test_typed_markup_is_only_text(store: Store, made: Made, tmp_path: Path) -> None:
    typed = "<b>x</b> &amp; <a href='http://evil.example'>y</a> \x02".replace("\x02", "")
    store.write(lambda w: w.put("meeting_item", {"discussion": typed}, made.point))
    target = tmp_path / "m.pdf"
    with store.read() as reader:
        write_minutes(reader, made.m1, target)
    assert "<b>x</b> &amp;" in said(target)
    assert b"/URI" not in target.read_bytes()
