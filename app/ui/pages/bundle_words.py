"""What a bundle did or would do, and how big a file is, in words a person can read; looks nothing up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from app.basics.words import known, text
from app.specs import wording
from app.ui.messages import sentence

if TYPE_CHECKING:
    from app.sync.receive import Received, Refusal

MOST = 4
"""How many record types are named for each of new, changed and deleted."""
_FIRST = ("person", "activity", "group", "output", "session", "participation", "attendance", "attachment")


def told(plan: Received) -> str:
    """What a bundle would do, in a line: from whom, and "12 new people, 3 activities, 1 conflict"."""
    about: dict[str, Any] = {"sender": plan.sender, "no": plan.no}
    if plan.again:
        return text("exchange.plan_again", **about)
    what = ", ".join(effects(plan)) or text("exchange.plan_nothing")
    return text("exchange.plan", made=wording.day_word(plan.made), what=what, **about)


def effects(plan: Received) -> list[str]:
    """What changes, counted in words; the records people know first."""
    parts = [*counted("new", plan.created), *counted("changed", plan.changed), *counted("deleted", plan.deleted)]
    if plan.conflicts:
        parts.append(text("exchange.plan_conflicts", n=len(plan.conflicts)))
    if plan.settled:
        parts.append(text("exchange.plan_settled", n=plan.settled))
    if plan.attachments:
        parts.append(text("exchange.plan_files", n=plan.attachments))
    if plan.evicted:
        parts.append(text("exchange.plan_leaving", n=plan.evicted))
    return parts


def warnings(plan: Received) -> list[str]:
    """What about a bundle needs to be known besides: gaps, restored senders, doubtful clocks, what is kept apart."""
    said = []
    if plan.missing:
        numbers = ", ".join(map(str, plan.missing[:12]))
        said.append(text("exchange.plan_missing", numbers=numbers, sender=plan.sender))
    if plan.healed:
        numbers = ", ".join(map(str, plan.healed[:12]))
        said.append(text("exchange.plan_healed", numbers=numbers, sender=plan.sender))
    if plan.set_back_at is not None:
        said.append(text("exchange.restored_at", name=plan.sender, no=plan.set_back_at))
    if plan.copied:
        said.append(text("exchange.two_speak", name=plan.sender))
    if plan.we_were_set_back:
        said.append(text("exchange.we_were_set_back"))
    if plan.moment_doubtful:
        said.append(text("exchange.clock_differs", made=wording.moment_word(plan.made)))
    if plan.doubtful:
        said.append(text("exchange.plan_doubtful", n=plan.doubtful))
    if plan.refused:
        said.append(text("exchange.plan_apart", n=plan.refused))
    if plan.parked:
        said.append(text("exchange.plan_parked", n=plan.parked))
    if plan.state_differs:
        said.append(text("exchange.plan_differs"))
    return said


def counted(verb: str, counts: Mapping[str, int]) -> list[str]:
    """`12 new people` for each record type; `verb` is new, changed or deleted. What is beyond MOST is summed up."""
    order = {name: place for place, name in enumerate(_FIRST)}
    found = []
    there = [(record, n) for record, n in counts.items() if n]
    there.sort(key=lambda pair: (order.get(pair[0], len(order)), pair[0]))
    named = there if len(there) <= MOST + 1 else there[:MOST]
    for record, n in named:
        own = f"counted.{verb}_{record}"
        key = own if known(own) else f"counted.{verb}_other"  # words: counted.*
        found.append(text(key, n=n, what=wording.record_word(record, many=True)))
    if rest := sum(n for _, n in there[len(named) :]):
        found.append(text(f"counted.{verb}_rest", n=rest))  # words: counted.*
    return found


def refused_words(refused: Sequence[Refusal]) -> tuple[list[str], int]:
    """(a line for each file that is at fault, how many were meant for somebody else)."""
    others = [one for one in refused if one.error.code == "bundle_not_for_us"]
    return [f"{one.path.name}: {sentence(one.error)}" for one in refused if one not in others], len(others)


def size_word(size: int) -> str:
    """A number of bytes as kB, MB or GB."""
    for unit, factor in (("GB", 1_000_000_000), ("MB", 1_000_000)):
        if size >= factor:
            shown = f"{size / factor:.1f}"
            return text(f"exchange.size_{unit.lower()}", size=shown)  # words: exchange.size_*
    return text("exchange.size_kb", size=max(1, round(size / 1000)))
