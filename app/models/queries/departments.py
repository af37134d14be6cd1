"""Which of the departments that should send somebody to an activity have nobody on its list; writes nothing.

An activity has such a scope where its kind asks for one (`site_scope`) and one is chosen; where its kind is one event
for all departments, also where it names sites or its line of the plan does. A delegate stands for the department of the
participation, else for that of the posting at the time, else for the site whose person it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.models import permits
from app.models.tables import RECORD_TABLES
from app.models.writer import Reader
from app.specs import choices
from app.specs.seeds import site_id

Row = dict[str, Any]
_DEPARTMENT = "pd_"
_EXPECTED = ("invited", "confirmed", "attended")
_NO_LIST = ("cancelled", "postponed")


@dataclass(frozen=True)
class Scope:
    """The sites wanted, and how many delegates each of them has; `elsewhere`: delegates of none of them."""

    wanted: tuple[str, ...]
    delegates: Mapping[str, int]
    elsewhere: int = 0

    @property
    def missing(self) -> tuple[str, ...]:
        """Those that have nobody."""
        return tuple(site for site in self.wanted if not self.delegates.get(site))

    @property
    def several(self) -> tuple[str, ...]:
        """Those that have more than one."""
        return tuple(site for site in self.wanted if self.delegates.get(site, 0) > 1)


def scope_of(reader: Reader, activity: Row) -> Scope | None:
    """The departments of an activity; None where its kind asks for none, keeps no list, or no scope is chosen.

    Of a held activity only those who came count, before that everybody who is invited.
    """
    if not permits.may_read(reader.identity.level, "participation"):
        return None
    wanted = _wanted(reader, activity)
    if not wanted or activity["status"] in _NO_LIST:
        return None
    states = ("attended",) if activity["status"] == "held" else _EXPECTED
    roles = {code for code, role in choices.choices("participation_role").items() if role.more.get("trained") == "yes"}
    people = [
        p for p in reader.list("participation", activity=activity["id"], state=list(states)) if p["role"] in roles
    ]
    found = Counter(_sites_of(reader, people, activity["start"]))
    inside = {site: n for site, n in found.items() if site in wanted}
    return Scope(tuple(wanted), inside, sum(n for site, n in found.items() if site not in wanted))


def uncovered(reader: Reader, since: str, until: str, sites: Collection[str] | None = None) -> list[tuple[Row, Scope]]:
    """The activities of a period that want every department, with their departments, by beginning."""
    table = RECORD_TABLES["activity"]
    query = select(table).where(table.c.deleted.is_(False), table.c.start.between(since, until)).order_by(table.c.start)
    asking = [code for code in _codes() if (kind := reader.kind(code)) is not None and "site_scope" in kind.by_name]
    query = query.where(table.c.kind.in_(asking))
    if sites is not None:
        query = query.where(table.c.site.in_(sites))
    found = []
    for activity in reader.rows(query):
        scope = scope_of(reader, activity)
        if scope is not None:
            found.append((activity, scope))
    return found


def _codes() -> Iterable[str]:
    return choices.choices(choices.KINDS)


def _wanted(reader: Reader, activity: Row) -> list[str]:
    kind = reader.kind(activity["kind"])
    if kind is None or "site_scope" not in kind.by_name or "attendance" not in kind.facets:
        return []
    code = (activity["details"] or {}).get("site_scope")
    entry = choices.choices("site_scope").get(code or "")
    if entry is not None and entry.more.get("sites"):
        return [site_id(site) for site in entry.more["sites"].split()]
    if kind.by_name["site_scope"].default is None:  # usually held site by site: asked for only where somebody says so
        return []
    if activity["sites"]:
        return list(activity["sites"])
    line = reader.get("plan_line", activity["plan_line"]) if activity["plan_line"] else None
    return list(line["sites"] or []) if line else []


def _sites_of(reader: Reader, people: Sequence[Row], day: str) -> list[str]:
    """The site each of these participations stands for; '' where nothing tells."""
    departments = _departments(reader)
    ids = [p["person"] for p in people if p["person"]]
    persons = {row["id"]: row for row in reader.list("person", id=ids)} if ids else {}
    postings: dict[str, Row] = {}
    for posting in reader.list("posting", person=ids) if ids else []:
        if (posting["start"] or "") <= day and (posting["end"] or "9999") >= day and posting["site"]:
            before = postings.get(posting["person"])
            if before is None or (before["start"] or "") <= (posting["start"] or ""):
                postings[posting["person"]] = posting
    told = []
    for participation in people:
        person = persons.get(participation["person"] or "", {})
        posting = postings.get(participation["person"] or "", {})
        told.append(
            departments.get(participation["organisation"] or "")
            or departments.get(posting.get("organisation") or "")
            or posting.get("site")
            or departments.get(person.get("organisation") or "")
            or person.get("owner_site")
            or ""
        )
    return told


def _departments(reader: Reader) -> dict[str, str]:
    """Organisation → site, for the police departments and everything below them."""
    organisations = {row["id"]: row for row in reader.list("organisation")}
    codes = {row["code"]: row["id"] for row in reader.list("site")}
    found: dict[str, str] = {}
    for row in organisations.values():
        above: Row | None = row
        for _ in range(20):  # a circle of parents must not hang anything
            if above is None:
                break
            code = above["code"] or ""
            if code.startswith(_DEPARTMENT) and code.removeprefix(_DEPARTMENT) in codes:
                found[row["id"]] = codes[code.removeprefix(_DEPARTMENT)]
                break
            above = organisations.get(above["parent"] or "")
    return found
