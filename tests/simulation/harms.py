"""Takes one rule, or one guard, out of the real engine, so that a test can show that its absence is seen.

Nothing here is ever used by the program; `RULES` are those of the model by the same names, `GUARDS` what else an
invariant rests on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import blake2b
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import delete

from app.models import arrivals, exchange, integrity, oplog, writer
from app.models.tables import HEARD, OP
from app.services import people
from app.sync import identity, receive, send
from tests.simulation import media

Patch = pytest.MonkeyPatch


def content_ids(patch: Patch) -> None:
    """A write is known by (store, number)."""

    def by_number(line: str | bytes) -> bytes:
        _, store, number, *_ = json.loads(line)
        return blake2b(f"{store} {number}".encode(), digest_size=16).digest()

    from tests.simulation import world

    for module in (arrivals, exchange, integrity, oplog, writer, world):
        for name in ("op_id", "line_id"):
            if hasattr(module, name):
                patch.setattr(module, name, by_number)


def rollback_checks(patch: Patch) -> None:
    """Nobody compares what others heard of us with our own log, nor wonders about own writes that come back."""
    patch.setattr(receive, "_was_set_back", lambda *_: False)
    patch.setattr(receive, "_watchful", lambda judge, *_: judge)


def no_echo_suppression(patch: Patch) -> None:
    """What came from a store is not sent to that store."""

    def without_echo(choose: Callable[..., Any]) -> Callable[..., Any]:
        def chosen(w: Any, *args: Any) -> Any:
            parcel = choose(w, *args)
            known = args[-1]
            if known is not None:
                theirs = {entry["id"] for entry in exchange.received(w, sender=known["store_id"])}
                query = OP.select().with_only_columns(OP.c.body).where(OP.c.origin.in_(theirs))
                echo = set(w.connection.execute(query).scalars())
                parcel.lines = [line for line in parcel.lines if line not in echo]
            return parcel

        return chosen

    for name in ("_for_laptop", "_for_office"):
        patch.setattr(send, name, without_echo(getattr(send, name)))


def transitive_replaces(patch: Patch) -> None:
    """A write names the visible value only, not what that one had replaced."""

    def visible(ops: Any, key: str) -> list[str]:
        of_key = [op for op in ops if key in op.fields]
        gone = {known for op in of_key for known in op.replaced.get(key, ())}
        return sorted({op.id.hex() for op in of_key} - gone)

    patch.setattr(writer, "values_known", visible)


def always_merge(patch: Patch) -> None:
    """What a cursor says was seen is skipped."""
    original = receive._take_rows

    def take(w: Any, package: Any, m: Any, from_office: bool) -> Any:
        known = exchange.peer(w, m.store)
        if known is not None and m.to_arr <= known["seen_arr"]:
            left = {name: package.sections[name] for name in package.sections if name != "writes"}
            package = replace(package, sections=_Sections({**left, "writes": b""}))
        return original(w, package, m, from_office)

    patch.setattr(receive, "_take_rows", take)


class _Sections(dict[str, bytes]):
    """Sections of a bundle as `receive` reads them."""

    def chunks(self, name: str) -> Iterator[bytes]:
        yield self[name]

    def lines(self, name: str) -> Iterator[bytes]:
        yield from (line for line in self[name].split(b"\n") if line)


def heard_survives(patch: Patch) -> None:
    """A new id forgets what was heard of others."""
    original = exchange.take_new_id

    def take(w: Any) -> str:
        w.connection.execute(delete(HEARD))
        return original(w)

    patch.setattr(exchange, "take_new_id", take)
    patch.setattr(identity, "take_new_id", take)


def whole_after_evict(patch: Patch) -> None:
    """A row that was withdrawn, which nobody has confirmed, counts as held when it comes back."""
    known = {name: getattr(exchange, name) for name in dir(exchange)}
    patch.setattr(send, "exchange", SimpleNamespace(**{**known, "evicted_by": lambda *_: set()}))


RULES: dict[str, Callable[[Patch], None]] = {
    "content_ids": content_ids,
    "rollback_checks": rollback_checks,
    "no_echo_suppression": no_echo_suppression,
    "transitive_replaces": transitive_replaces,
    "always_merge": always_merge,
    "heard_survives": heard_survives,
    "whole_after_evict": whole_after_evict,
}


# --- guards ------------------------------------------------------------------------------------------------------


def rows_leave(patch: Patch) -> None:
    """I9: rows that should leave stay."""
    patch.setattr(exchange, "evict", lambda *_: 0)


def writes_name_what_they_replace(patch: Patch) -> None:
    """I3: a write replaces nothing, so edits made one after the other are in dispute."""
    patch.setattr(writer, "values_known", lambda *_: [])


def a_bundle_is_remembered(patch: Patch) -> None:
    """I5: a bundle that was here is taken for a new one."""
    original = exchange.received

    def forgetful(r: Any, **equals: Any) -> Any:
        return [] if set(equals) == {"id"} else original(r, **equals)

    patch.setattr(exchange, "received", forgetful)


def no_clock_decides(patch: Patch) -> None:
    """I8: of two values the one with the later time stands and the other is gone."""
    from tests.simulation import world

    original = oplog.fold

    def by_clock(spec: Any, ops: Any) -> Any:
        state = original(spec, ops)
        for key, live in state.live.items():
            state.live[key] = [max(live, key=lambda op: op.wall)]
        return state

    for module in (arrivals, exchange, integrity, writer, world):
        patch.setattr(module, "fold", by_clock)


def erased_words_go(patch: Patch) -> None:
    """I12: an erasure hides a row and leaves its words in the log."""
    patch.setattr(arrivals, "blank_row", lambda *_: None)


def circles_have_a_head(patch: Patch) -> None:
    """I13: who stands for a person is looked up one step far."""

    def one_step(r: Any, person: str) -> str:
        row = r.get("person", person, deleted=True)
        return (row and row["merged_into"]) or person

    patch.setattr(people, "canonical", one_step)


def the_unknown_goes_on(patch: Patch) -> None:
    """I14: what a newer program wrote is not passed on."""
    original = send._open_lines

    def known_only(*args: Any, **more: Any) -> Iterator[str]:
        return (line for line in original(*args, **more) if "blood_group" not in line)

    patch.setattr(send, "_open_lines", known_only)


def disputes_are_listed(patch: Patch) -> None:
    """I17: nobody is told of two values."""
    original = writer.Writer._show

    def quiet(self: Any, spec: Any, row: str, state: Any, **more: Any) -> None:
        original(self, spec, row, replace(state, contested={}), **more)

    patch.setattr(writer.Writer, "_show", quiet)


GUARDS: dict[str, Callable[[Patch], None]] = {
    "I3": writes_name_what_they_replace,
    "I5": a_bundle_is_remembered,
    "I8": no_clock_decides,
    "I9": rows_leave,
    "I12": erased_words_go,
    "I13": circles_have_a_head,
    "I14": the_unknown_goes_on,
    "I17": disputes_are_listed,
}


@contextmanager
def without(name: str) -> Iterator[None]:
    """The engine without one of them. What every world is copied from is made anew where ids are others."""
    if name == "content_ids":
        media.forget_templates()
    else:
        media.make_templates()
    try:
        with pytest.MonkeyPatch.context() as patch:
            {**RULES, **GUARDS}[name](patch)
            yield
    finally:
        if name == "content_ids":
            media.forget_templates()
