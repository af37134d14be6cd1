"""What Ctrl+K finds, in a real store."""

from __future__ import annotations

import json
import time
from functools import partial
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from app.basics import words
from app.basics.settings import Settings
from app.specs.records import RECORDS
from app.specs.types import Reference
from app.ui.finding import FOUND, Finder, Folded, Titles
from app.ui.messages import Messages
from app.ui.shell import Shell
from app.ui.widgets.command_palette import Hit
from app.ui.widgets.picker import Option
from tests.specs.test_domain import sample


@pytest.fixture
def finder(tasks: Any, store: Any, qtbot: Any) -> tuple[Finder, list[tuple[str, str]]]:
    window = QWidget()
    qtbot.addWidget(window)
    qtbot.window_of_the_test = window
    gone: list[tuple[str, str]] = []
    messages = Messages(tasks, window)
    shell = Shell(tasks, messages, Settings(), lambda page, target: gone.append((page, target)), lambda: None)

    def fill(w: Any) -> None:
        site = w.list("site", code="ganja")[0]["id"]
        w.put("person", {"surname": "Xəlilova", "given": "Nərgiz"})
        kind = "training_basic_new_officers"
        w.put("activity", {"kind": kind, "title_az": "Yeni əməkdaşların təlimi", "site": site, "start": "2026-11-20"})
        w.put("group", {"type": "cpwg", "name_en": "Ganja CPWG", "name_az": "Gəncə işçi qrupu", "site": site})

    store.write(fill)
    return Finder(shell, lambda: None), gone


def hits(finder: Finder, typed: str) -> list[Hit]:
    found: list[Hit] = []
    finder.find(typed, found.extend)
    return found


def test_persons_activities_and_groups_open_where_they_live(finder: Any, store: Any) -> None:
    words.use_language("az")
    found, gone = finder
    for typed, record, page in (
        ("xelil", "person", "people"),
        ("yeni emek", "activity", "activities"),
        ("ishchi", "group", "groups"),
    ):
        answers = hits(found, typed)
        assert answers, typed
        answers[0].run()
        with store.read() as reader:
            assert gone[-1] == (page, reader.list(record)[0]["id"])


def test_pages_lists_and_commands_are_found_by_the_beginning_of_words(finder: Any) -> None:
    words.use_language("en")
    found, gone = finder
    assert hits(found, "set")[0].label == "Settings"
    next(hit for hit in hits(found, "venue") if hit.detail == "List").run()
    assert gone[-1] == ("lists", "venue")
    assert not hits(found, "ettings")


def test_nothing_typed_offers_pages_and_commands_only(finder: Any) -> None:
    words.use_language("en")
    found, _ = finder
    labels = [hit.label for hit in hits(found, "")]
    assert "Today" in labels and "Show the keys" in labels and "Xəlilova Nərgiz" not in labels


def test_titles_are_read_anew_each_time_it_opens(finder: Any, store: Any) -> None:
    words.use_language("az")
    found, _ = finder
    hits(found, "")
    assert not [h for h in hits(found, "seminar xacmaz") if h.icon == "calendar-days"]

    def more(w: Any) -> None:
        site = w.list("site", code="ganja")[0]["id"]
        values = {
            "title_az": "Seminar Xaçmaz",
            "site": site,
            "start": "2026-11-20",
            "kind": "seminar_domestic_violence",
        }
        w.put("activity", values)

    store.write(more)
    hits(found, "")
    assert hits(found, "seminar xacmaz")[0].label == "Seminar Xaçmaz"


TITLED = {
    "site": {"type": "city", "code": "testabad", "former_names": "Köhnəşəhər"},
    "organisation": {"type": "ngo"},
    "indicator": {"count_type": "things", "code": "own"},
    "project": {"code": "p9"},
    "template": {"purpose": "certificate", "code": "t9"},
    "membership": {"seat": "School 5"},
    "reading": {"witness_1": "A", "witness_2": "B"},
}


@pytest.mark.parametrize("record", FOUND)
def test_a_row_of_every_type_is_found_by_its_title_and_opened(finder: Any, store: Any, record: str) -> None:
    words.use_language("en")
    found, gone = finder
    spec = RECORDS[record]
    if record == "activity_kind":
        made = {"code": "zzz_day", "shape": "public_event", "approach": "operational", "privacy": "count_only"}
        definition = json.dumps({**made, "label": {"en": "Zzyzx day"}})
        values = {"code": "zzz_day", "label_en": "Zzyzx day", "definition": definition}
        row = store.write(lambda w: w.put(record, values)).value
    else:
        row = store.write(partial(a_titled_row, record=record, title="Zzyzx")).value
    hits(found, "")
    answers = [hit for hit in hits(found, "zzyzx") if hit.label.startswith("Zzyzx")]
    assert answers, spec.title
    answers[0].run()
    page, target = gone[-1]
    assert row in target and page in ("activities", "groups", "lists"), (page, target)


def a_titled_row(w: Any, *, record: str, title: str) -> str:
    """A row of a type with this title and whatever else it must have."""
    spec = RECORDS[record]
    values: dict[str, Any] = dict(TITLED.get(record, {}))
    for field in spec.fields:
        stem, _, language = field.name.rpartition("_")
        if field.name in spec.title or (stem in spec.title and language == "en"):
            values[field.name] = title
        elif field.required and field.name not in values and field.default is None:
            kind = field.type
            if isinstance(kind, Reference):
                values[field.name] = a_titled_row(w, record=kind.record, title="Another")
            else:
                values[field.name] = sample(kind)
    return str(w.put(record, values))


def test_a_place_is_found_by_its_former_name_and_in_every_language(finder: Any) -> None:
    words.use_language("en")
    found, _ = finder
    for typed in ("Ali-Bayramli", "Ширван", "sirvan"):
        assert "Shirvan" in [hit.label for hit in hits(found, typed)], typed


def test_only_what_was_written_since_is_read_again(finder: Any, store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    words.use_language("en")
    found, _ = finder
    hits(found, "")
    hits(found, "ganja")
    read: list[str] = []
    monkeypatch.setattr("app.ui.finding._titled", lambda reader, record: read.append(record) or [])
    hits(found, "")
    hits(found, "ganja")
    assert read == []
    store.write(lambda w: w.put("venue", {"name": "Klub"}))
    hits(found, "")
    hits(found, "klub")
    assert read == ["venue"]


def test_ten_thousand_titles_answer_within_a_frame() -> None:
    titles = Titles()
    activities = [(f"basic training of officers no {n}", Option(str(n), f"Training {n}")) for n in range(5_000)]
    promises = [(f"repair the lamp in street {n}", Option(str(n), f"Lamp {n}")) for n in range(5_000)]
    titles._known = {"activity": Folded(activities), "action_item": Folded(promises)}
    times = []
    for typed in ("x", "tr", "street 4999", "qqq", "no 4999"):
        begun = time.perf_counter()
        titles.find(typed)
        times.append(time.perf_counter() - begun)
    assert sorted(times)[len(times) // 2] < 0.016, times


def test_looking_through_one_text_finds_what_looking_at_each_would() -> None:
    lines = ["ali", "bali ali", "", "al", "qali\tx", "zz ali b"]
    folded = Folded([(line, Option(str(n), line)) for n, line in enumerate(lines)])
    for typed in ("a", "al", "ali", "b", "ali b", "x", "zz", "li q", "qqq", "l a"):
        parts = typed.split()
        held = [str(n) for n, line in enumerate(lines) if all(part in line for part in parts)]
        assert [option.key for option in folded.holding(parts, 9)] == held, typed
        begun = [str(n) for n, line in enumerate(lines) if line.startswith(typed)]
        assert [option.key for option in folded.beginning(typed, 9)] == begun, typed
    assert Folded([]).holding(["a"], 5) == [] == Folded([]).beginning("a", 5)
