"""Conflicts: fields that two people changed without knowing of each other, told as a story and decided by a person.

`conflicts(reader)` lists them, `resolve(w, id, take, value, reason)` decides one by an ordinary write that travels like
any other; `make_rule` decides a field for good. No clock decides anything here: moments are only told.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from app.basics.words import text
from app.errors import Invalid, Problem, UserError
from app.models import exchange
from app.models.oplog import Op, fold
from app.models.queries.titles import names_of
from app.models.writer import Reader, Writer
from app.specs import wording
from app.specs.records import RECORDS
from app.specs.types import Reference, References
from app.sync import devices, identity

Take = Literal["ours", "theirs", "value"]
WINNERS = ("site", "office", "newest")


@dataclass(frozen=True)
class Side:
    """One of the values in dispute and how it came to be. `deleted`: this side put the row into the bin."""

    op: str
    value: Any
    user: str
    moment: str
    place: str
    ours: bool
    from_office: bool
    doubtful_clock: bool
    reason: str
    deleted: bool = False


@dataclass(frozen=True)
class ConflictStory:
    """A field in dispute: what it was before both, and both sides; `others` where there are more than two.

    `base_moment`: when the value before was written ("" if the field was empty); `origin`: that write, or the one that
    made the record; `names`: id → name of rows that the values refer to; `site`: the id of the site that owns the row.
    """

    id: str
    record: str
    row: str
    title: str
    field: str
    base: Any
    ours: Side
    theirs: Side
    others: Sequence[Side]
    opened: str
    shown: Any
    base_moment: str = ""
    site: str | None = None
    names: Mapping[str, str] = dataclasses.field(default_factory=dict)
    origin: Side | None = None


def conflicts(r: Reader, row: str | None = None) -> list[ConflictStory]:
    """Every open conflict (of one row, if named), oldest first."""
    places = devices.place_of(r)
    users = devices.users_known(r)
    office = {store for known in devices.roster(r) if known.role == "office" for store in known.stores}
    mine = {r.identity.store_id, *identity.former_ids(r)}
    if r.identity.role == "office":
        office |= mine
    found = [_story(r, entry, places, users, office, mine) for entry in exchange.conflict_rows(r, row)]
    return [story for story in found if story is not None]


def conflict(r: Reader, conflict_id: str) -> ConflictStory:
    """One conflict by its id or the beginning of it. UserError(no_such_conflict)."""
    found = [story for story in conflicts(r) if story.id.startswith(conflict_id)] if conflict_id else []
    if len(found) != 1:
        raise UserError("no_such_conflict", id=conflict_id)
    return found[0]


def _story(
    r: Reader, entry: dict[str, Any], places: dict[str, str], users: dict[str, str], office: set[str], mine: set[str]
) -> ConflictStory | None:
    spec = RECORDS[entry["record"]]
    ahead = exchange.ahead_of_their_bundle(r, entry["row"])
    ops = {op.id.hex(): op._replace(doubt=op.doubt or op.id in ahead) for op in r.ops_of(entry["row"])}
    live = [ops[known] for known in entry["ops"] if known in ops]
    if len(live) < 2:
        return None
    key = entry["field"]
    sides = [_side(op, key, places, users, office, mine) for op in live]
    sides.sort(key=lambda side: not side.ours)  # what was written here first, else what is shown now
    if key == "deleted":
        sides = [*[s for s in sides if s.ours][:1], *[s for s in sides if not s.ours]] if sides[0].ours else sides
        first = sides[0]
        other = next((side for side in sides if side.deleted != first.deleted), sides[1])
    else:
        first = sides[0]
        other = next((side for side in sides if side.value != first.value), sides[1])
    base = _base(ops, live, key)
    before = base.fields[key] if base else None
    origin = base or min(ops.values(), key=lambda op: op.rank)
    there = r.get(entry["record"], entry["row"], deleted=True)
    return ConflictStory(
        entry["id"],
        entry["record"],
        entry["row"],
        row_title(r, entry["record"], entry["row"]),
        key,
        before,
        first,
        other,
        [side for side in sides if side not in (first, other)],
        entry["opened"],
        fold(spec, ops.values()).values.get(key),
        base.wall if base else "",
        there["owner_site"] if there else None,
        _names(r, entry["record"], key, [before, *(side.value for side in sides)]),
        _side(origin, key, places, users, office, mine),
    )


def _names(r: Reader, record: str, key: str, values: Sequence[Any]) -> dict[str, str]:
    """Names of the rows that these values of a field refer to."""
    spec_field = RECORDS[record].by_name.get(key)
    if spec_field is None or not isinstance(spec_field.type, Reference | References):
        return {}
    target = spec_field.type.record
    ids = {one for value in values for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)}
    return {i: wording.title_word(target, row) or i for i, row in names_of(r, target, ids).items()}


def _side(op: Op, key: str, places: dict[str, str], users: dict[str, str], office: set[str], mine: set[str]) -> Side:
    deleted = key == "deleted" and bool(op.fields.get("deleted"))
    value: Any = op.fields.get(key)
    if key == "deleted" and not deleted:
        value = {name: entry for name, entry in op.fields.items() if name != "deleted"}
    return Side(
        op.id.hex(),
        value,
        users.get(op.user, ""),
        op.wall,
        places.get(op.store, ""),
        op.store in mine,
        op.store in office,
        op.doubt,
        op.note,
        deleted,
    )


def _base(ops: dict[str, Op], live: Sequence[Op], key: str) -> Op | None:
    """The write whose value all sides had before them: the last of those that every side replaces."""
    if key == "deleted":
        return None
    common = set.intersection(*(set(op.replaced.get(key, ())) for op in live))
    known = [ops[known] for known in common if known in ops]
    inner = [op for op in known if key in op.fields]
    gone = {i for op in inner for i in op.replaced.get(key, ())}
    last = [op for op in inner if op.id.hex() not in gone]
    return max(last, key=lambda op: op.rank) if last else None


def row_title(r: Reader, record: str, row: str) -> str:
    """What a person calls this row; its id where it has no name."""
    spec = RECORDS[record]
    values = r.get(record, row, deleted=True) or {}
    if name := wording.title_word(record, values):
        return name
    for part in spec.references:
        if part.required and values.get(part.name):
            return row_title(r, part.type.record, values[part.name])  # type: ignore[attr-defined]
    return row


def resolve(w: Writer, conflict_id: str, take: Take | str, value: Any = None, reason: str = "") -> ConflictStory:
    """Decide a conflict: `ours`, `theirs`, or another `value`; `reason` stays with the write and travels with it.

    Gives the story as it was. UserError: no_such_conflict, resolve_how (an unknown `take`); Invalid for a bad value.
    """
    story = conflict(w, conflict_id)
    if take not in ("ours", "theirs", "value"):
        raise UserError("resolve_how", take=str(take))
    side = story.ours if take == "ours" else story.theirs
    if story.field == "deleted":
        gone = bool(value) if take == "value" else side.deleted
        _settle_deletion(w, story, gone, reason)
        return story
    chosen = value if take == "value" else side.value
    if take == "value":
        chosen = _checked(story, value)
    w.change(story.record, story.row, {story.field: chosen}, note=_short(reason))
    return story


def _settle_deletion(w: Writer, story: ConflictStory, gone: bool, reason: str) -> None:
    live = fold(RECORDS[story.record], w.ops_of(story.row)).live
    seen = sorted({op.id.hex() for ops in live.values() for op in ops}) if gone else ()
    w.change(story.record, story.row, {"deleted": gone}, seen, note=_short(reason))


def _checked(story: ConflictStory, value: Any) -> Any:
    """The typed value in canonical form; raises Invalid."""
    spec = RECORDS[story.record]
    field = spec.by_name.get(story.field)
    if field is None:
        return value
    tidied = spec.tidy({story.field: value})[story.field]
    if tidied is not None and (problem := field.type.problem(tidied)) is not None:
        raise Invalid([Problem(problem.code, story.record, story.field, problem.params)])
    if tidied is None and field.required:
        raise Invalid([Problem("required", story.record, story.field)])
    return tidied


def _short(reason: str) -> str:
    return " ".join(reason.split())[:500]


@dataclass(frozen=True)
class FieldRule:
    """Who wins for a field, wherever it is in dispute; decided once at the office and known everywhere."""

    id: str
    record: str
    field: str
    winner: str
    reason: str


def rules(r: Reader) -> list[FieldRule]:
    """The rules in force, by record type and field."""
    found = [FieldRule(row["id"], *(row[name] or "" for name in _RULE)) for row in r.list("field_rule")]
    return sorted(found, key=lambda rule: (rule.record, rule.field))


_RULE = ("record", "field", "winner", "reason")


def make_rule(w: Writer, record: str, key: str, winner: str, reason: str = "") -> int:
    """From now on this side wins for a field; what is open of it is decided at once. Gives how many were.

    UserError: office_only (a laptop), rule_not_for_this (a deletion is always looked at).
    """
    if key == "deleted" or RECORDS[record].by_name.get(key) is None:
        raise UserError("rule_not_for_this")
    w.put("field_rule", {"record": record, "field": key, "winner": winner, "reason": _short(reason) or None})
    return apply_rules(w, [entry["id"] for entry in exchange.conflict_rows(w) if entry["field"] == key])


def end_rule(w: Writer, rule: str) -> None:
    """The rule no longer holds; what it has decided stays decided."""
    w.delete("field_rule", rule)


def apply_rules(w: Writer, opened: Sequence[str]) -> int:
    """Decide fresh conflicts for which the office has a rule (the site wins, the office wins, the newest); how many."""
    known = {(rule.record, rule.field): rule for rule in rules(w)}
    if not known or not opened:
        return 0
    wanted = set(opened)
    settled = 0
    for story in conflicts(w):
        rule = known.get((story.record, story.field))
        if rule is None or story.id not in wanted or story.field == "deleted":
            continue
        sides = [story.ours, story.theirs, *story.others]
        if rule.winner == "newest":
            chosen = max(sides, key=lambda side: (side.moment, side.op))
        else:
            fitting = [side for side in sides if side.from_office == (rule.winner == "office")]
            if len({repr(side.value) for side in fitting}) != 1:
                continue  # two sites disagree with each other: a person looks
            chosen = fitting[0]
        note = _short(f"{text('conflicts.by_rule')}: {rule.reason}" if rule.reason else text("conflicts.by_rule"))
        w.change(story.record, story.row, {story.field: chosen.value}, note=note)
        settled += 1
    return settled


def in_words(story: ConflictStory, value: Any, empty: str | None = None) -> str:
    """A value of the field in dispute as a person reads it; `empty` where there is none (default: the word for it)."""
    if isinstance(value, dict):
        return ", ".join(
            f"{wording.key_word(story.record, key)}: {wording.value_word(story.record, key, entry, story.names)}"
            for key, entry in value.items()
        )
    said = wording.value_word(story.record, story.field, value, story.names)
    return said or (text("sync.nothing") if empty is None else empty)


def tell(story: ConflictStory, lang: str | None = None) -> list[str]:
    """The conflict in three dated sentences: what it was, since when and by whom, then what each side made of it."""

    def said(side: Side) -> str:
        about = {"moment": wording.moment_word(side.moment), "who": _author(side, lang)}
        value = "" if side.deleted else _quoted(in_words(story, side.value, ""), lang)
        done = "deleted" if side.deleted else "wrote" if value else "emptied"
        told = text(f"sync.side_{done}", lang=lang, value=value, **about)
        # words: sync.side_deleted, sync.side_wrote, sync.side_emptied
        if side.doubtful_clock:
            told += " " + text("conflicts.doubtful", lang=lang)
        return f"{told} {text('conflicts.history_reason', lang=lang, reason=side.reason)}" if side.reason else told

    return [_beginning(story, lang), said(story.ours), said(story.theirs)]


def _beginning(story: ConflictStory, lang: str | None) -> str:
    """The first sentence: since when the value before stood there, and who wrote it or made the record."""
    origin = story.origin
    if origin is None or not origin.moment:
        return text("sync.base_unknown", lang=lang)
    about = {"moment": wording.moment_word(origin.moment), "who": _author(origin, lang)}
    if story.field == "deleted":
        return text("sync.deleted_and_edited", lang=lang, **about)
    value = _quoted(in_words(story, story.base, ""), lang) if story.base_moment else ""
    return text("sync.base_since" if value else "sync.base_empty", lang=lang, value=value, **about)


def _author(side: Side, lang: str | None) -> str:
    """Who wrote it and on which laptop; the laptop alone where nobody has told another name."""
    where = text("sync.at_office" if side.from_office else "sync.on_laptop", lang=lang, name=side.place)
    if not side.place:
        where = text("sync.another_laptop", lang=lang)
    if side.user and side.user.strip().casefold() != side.place.strip().casefold():
        return text("sync.author", lang=lang, user=side.user, place=where)
    return where


def _quoted(value: str, lang: str | None) -> str:
    return text("sync.quoted", lang=lang, value=value) if value else ""
