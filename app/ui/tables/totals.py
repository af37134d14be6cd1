"""What the rows of a list add up to, said under it; adds only what is of one kind and may be added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.basics import clock
from app.basics.words import text
from app.specs import choices
from app.ui.widgets.charts import number

Rows = Sequence[Mapping[str, Any]]


def totals_of(record: str) -> Callable[[Rows], str] | None:
    """The function that says what rows of this type add up to; None where nothing does."""
    return _TOTALS.get(record)


def _by(field: str, list_name: str) -> Callable[[Rows], str]:
    """How many rows have each value of a choice."""

    def said(rows: Rows) -> str:
        found = Counter(row.get(field) for row in rows)
        known = [code for code in choices.choices(list_name) if found[code]]
        told = [text("sums.list_by", name=choices.label(list_name, code), n=found[code]) for code in known]
        return " · ".join(told)

    return said


def _costs(rows: Rows) -> str:
    """In manats at the rates fixed with each, and what was paid in each other currency."""
    manats = sum(row["amount"] * (1 if row.get("rate") is None else row["rate"]) for row in rows)
    paid: dict[str, float] = {}
    for row in rows:
        paid[row["currency"]] = paid.get(row["currency"], 0) + row["amount"]
    told = [text("sums.list_money", amount=number(round(manats, 2)))]
    if set(paid) - {"AZN"}:
        told += [text("sums.list_paid", currency=c, amount=number(round(n, 2))) for c, n in sorted(paid.items())]
    return " · ".join(told)


def _sum(field: str, key: str) -> Callable[[Rows], str]:
    def said(rows: Rows) -> str:
        return text(key, n=number(round(sum(row.get(field) or 0 for row in rows), 1)))

    return said


def _evaluations(rows: Rows) -> str:
    votes = {score: sum(row.get(f"score_{score}") or 0 for row in rows) for score in range(1, 6)}
    whole = sum(votes.values())
    mean = sum(score * n for score, n in votes.items()) / whole if whole else 0
    return text("sums.list_mean", mean=number(round(mean, 1)), n=number(whole)) if whole else ""


def _actions(rows: Rows) -> str:
    today = clock.today().isoformat()
    late = sum(r.get("state") in ("open", "in_progress") and bool(r.get("due")) and r["due"] < today for r in rows)
    said = _by("state", "action_state")(rows)
    return " · ".join(filter(None, (said, text("sums.list_overdue", n=late) if late else "")))


def _both(*parts: Callable[[Rows], str]) -> Callable[[Rows], str]:
    return lambda rows: " · ".join(filter(None, (part(rows) for part in parts)))


_TOTALS: dict[str, Callable[[Rows], str]] = {
    "cost": _costs,
    "distribution": _sum("quantity", "sums.list_copies"),
    "output": _both(_sum("print_run", "sums.list_printed"), _by("stage", "stage")),
    "evaluation": _evaluations,
    "action_item": _actions,
    "recommendation": _by("state", "recommendation_state"),
    "request": _by("state", "request_state"),
    "policy_document": _by("stage", "stage"),
    "mechanism": _by("type", "mechanism_type"),
    "press_item": _by("type", "press_type"),
    "session": _sum("hours", "sums.list_hours"),
    "expert_mission": _sum("days", "sums.list_days"),
    "person": _by("sex", "sex"),
    "membership": _by("side", "member_side"),
    "headcount": lambda rows: text("sums.list_people_not_added"),
    "legacy_figure": lambda rows: text("sums.list_people_not_added"),
}
