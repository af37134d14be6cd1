"""Persons that may stand twice in the register: proposed with reasons, decided by a person; it merges nobody by itself.

Comparing takes seconds for a large register and needs no store, so it is three steps: `gather` and `judge` read,
`compare` only thinks (off the store's thread). `queue` is all three.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.errors import UserError
from app.models.queries.persons import compared, sessions_signed
from app.models.writer import Reader, Writer
from app.names import pairs as matching
from app.names.against import Against
from app.services import people
from app.services.comparing import CONTRADICTIONS, as_compared, register
from app.services.people import Found

SAME, DIFFERENT, LATER = "same", "different", "later"
_LEAST_SIMILAR = 0.5
_STRONG_NO = {"signed_both": 50.0, "sex_other": 2000.0, "birth_other": 60.0}
"""By how much these make it less likely that two cards are one person: both facts were written down by somebody."""


@dataclass(frozen=True)
class Pair:
    """Two cards that may be one person. `reasons` are codes, the weightiest first; `against` what speaks against it."""

    one: dict[str, Any]
    other: dict[str, Any]
    score: float
    reasons: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    proposed: bool = False


@dataclass
class Gathered:
    """What comparing needs of the register."""

    persons: dict[str, dict[str, Any]]
    different: set[tuple[str, str]] = field(default_factory=set)
    proposed: set[tuple[str, str]] = field(default_factory=set)


def queue(reader: Reader, min_score: float = matching.CUT_OFF) -> list[Pair]:
    """All pairs that wait for a decision, those that a site proposed first, then the surest."""
    gathered = gather(reader)
    return judge(reader, gathered, compare(gathered, min_score, reader.step))


def gather(reader: Reader) -> Gathered:
    """Everybody who stands for themselves, and what was decided about pairs before."""
    gathered = Gathered({person["id"]: person for person in compared(reader)})
    for decision in reader.list("pair_decision"):
        pair = _ordered(decision["person_1"], decision["person_2"])
        (gathered.different if decision["verdict"] == DIFFERENT else gathered.proposed).add(pair)
    return gathered


def compare(
    gathered: Gathered,
    min_score: float = matching.CUT_OFF,
    step: Callable[[int, int], object] | None = None,
) -> list[matching.Pair]:
    """Pairs of cards that agree enough. Needs no store; `step(done, of)` may raise to stop it."""
    return register(gathered.persons.values()).pairs(min_score, step)


def judge(reader: Reader, gathered: Gathered, found: list[matching.Pair]) -> list[Pair]:
    """The pairs to show: without those decided before, with what else speaks against them."""
    signed = sessions_signed(reader, {person for pair in found for person in (pair.id1, pair.id2)})
    made = []
    seen = set()
    for pair in found:
        ids = _ordered(pair.id1, pair.id2)
        if ids in gathered.different:
            continue
        seen.add(ids)
        codes = [code for code, _ in pair.reasons]
        score = pair.score
        if signed.get(pair.id1, set()) & signed.get(pair.id2, set()):
            codes.insert(0, "signed_both")
        proposed = ids in gathered.proposed
        score = _after_strong_no(gathered.persons[ids[0]], gathered.persons[ids[1]], score, codes)
        if score < min(matching.CUT_OFF, pair.score) and not proposed:
            continue
        made.append(_pair(gathered, ids, score, codes, proposed))
    for ids in sorted(gathered.proposed - seen - gathered.different):
        if all(person in gathered.persons for person in ids):
            codes = [code for code, _ in weigh(gathered.persons[ids[0]], gathered.persons[ids[1]]).reasons]
            made.append(_pair(gathered, ids, 0.0, codes, True))
    made.sort(key=lambda pair: (not pair.proposed, -pair.score, pair.one["id"], pair.other["id"]))
    return made


def _after_strong_no(one: Mapping[str, Any], other: Mapping[str, Any], score: float, codes: Collection[str]) -> float:
    odds = score / max(1e-6, 1.0 - score)
    for code, factor in _STRONG_NO.items():
        recorded = code != "sex_other" or all(person.get("sex") in ("f", "m") for person in (one, other))
        if code in codes and recorded:
            odds /= factor
    return odds / (1.0 + odds)


def _pair(gathered: Gathered, ids: tuple[str, str], score: float, codes: list[str], proposed: bool) -> Pair:
    one, other = (gathered.persons[person] for person in ids)
    if _fullness(other) > _fullness(one):  # the fuller card stands left, where the key for "same" keeps it
        one, other = other, one
    against = tuple(code for code in codes if code in CONTRADICTIONS or code.endswith(("_other", "_clashes")))
    reasons = tuple(code for code in codes if code not in against)
    return Pair(one, other, round(score, 4), reasons, against, proposed)


def _fullness(person: Mapping[str, Any]) -> int:
    return sum(1 for value in person.values() if value not in (None, "", []))


def _ordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def weigh(one: Mapping[str, Any], other: Mapping[str, Any]) -> matching.Pair:
    """One pair by itself, for showing why two cards are alike."""
    return matching.weigh_pair(_flat(one), _flat(other))


def _flat(person: Mapping[str, Any]) -> dict[str, object]:
    row = as_compared(person)
    return {**row, "patronymic": f"{row['patronymic']} {row['suffix']}".strip()}


def decide(w: Writer, one: str, other: str, verdict: str, *, keep: str | None = None, reason: str = "") -> None:
    """Write what a person decided: "same" (`keep` stays, by default `one`), "different" for ever, or "later".

    A laptop may not merge: there "same" is a proposal that travels to the office. Undone like every write; a merge is
    taken apart by `people.split`. Raises UserError(merge_itself, no_such_row, verdict_unknown).
    """
    if verdict == LATER:
        return
    if verdict not in (SAME, DIFFERENT):
        raise UserError("verdict_unknown", verdict=verdict[:20])
    if one == other:
        raise UserError("merge_itself")
    if verdict == SAME and w.identity.role != "laptop":
        kept = keep or one
        people.merge(w, kept, other if kept == one else one)
        return
    for person in (one, other):
        if w.get("person", person) is None:
            raise UserError("no_such_row", record="person")
    first, second = _ordered(one, other)
    values = {"person_1": first, "person_2": second, "verdict": verdict, "reason": reason or None}
    w.put("pair_decision", values)


def similar(reader: Reader, values: Mapping[str, Any], limit: int = 5) -> list[Found]:
    """Who of the register may be the one being typed as new, surest first; nobody before a whole word is typed."""
    surname, given = str(values.get("surname") or ""), str(values.get("given") or "")
    if len(surname.strip()) < 2 or not given.strip():
        return []
    alike = [found.person["id"] for found in people.find(reader, f"{surname} {given}", 30)]
    candidates = {person["id"]: person for person in reader.list("person", id=alike)}
    candidates.pop(str(values.get("id") or ""), None)
    likely = Against([as_compared(person) for person in candidates.values()]).likely(
        as_compared(values), least=_LEAST_SIMILAR, most=limit
    )
    found = []
    for pair in likely:
        person = candidates[pair.id2]
        score = _after_strong_no(person, values, pair.score, {code for code, _ in pair.reasons})
        if score >= _LEAST_SIMILAR:
            found.append(Found(person, round(score, 4)))
    return sorted(found, key=lambda one: -one.score)
