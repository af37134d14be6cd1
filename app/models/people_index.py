"""The full-text index of names (SQLite's FTS5): finds candidates by folded words; ranking is `app.names.match`.

The only module that knows how names are looked up in this database; another engine answers the same functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, text

from app.names.fold import query_words, search_words

_NAME_FIELDS = ("surname", "given", "patronymic", "name_ru", "name_printed", "aliases")
_QUOTE = str.maketrans({'"': " ", "*": " "})


def words_of(person: Mapping[str, Any]) -> str:
    """The words under which a person is found, all spellings on record together."""
    words: dict[str, None] = {}
    for name in _NAME_FIELDS:
        if person.get(name):
            words.update(dict.fromkeys(search_words(person[name])))
    return " ".join(words)


def index_people(connection: Connection, people: Iterable[Mapping[str, Any]]) -> None:
    """Put persons into the index, or take them out when they are deleted or merged away; replaces earlier words."""
    rows = list(people)
    for start in range(0, len(rows), 500):
        batch = rows[start : start + 500]
        ids = [row["id"] for row in batch]
        holes = ",".join(f":p{n}" for n in range(len(ids)))
        query = text(f"SELECT person, no FROM person_key WHERE person IN ({holes})")  # noqa: S608
        known: dict[str, int] = dict(connection.execute(query, {f"p{n}": i for n, i in enumerate(ids)}).all())
        if known:
            connection.execute(text("DELETE FROM person_search WHERE rowid = :no"), [{"no": n} for n in known.values()])
        fresh = [{"person": i} for i in ids if i not in known]
        if fresh:
            connection.execute(text("INSERT INTO person_key (person) VALUES (:person)"), fresh)
            known = dict(connection.execute(query, {f"p{n}": i for n, i in enumerate(ids)}).all())
        entries = [
            {"no": known[row["id"]], "words": words_of(row)}
            for row in batch
            if not row.get("deleted") and not row.get("merged_into")
        ]
        if entries:
            connection.execute(text("INSERT INTO person_search (rowid, words) VALUES (:no, :words)"), entries)


def clear_index(connection: Connection) -> None:
    """Forget every word (before a rebuild)."""
    connection.execute(text("DELETE FROM person_search"))
    connection.execute(text("DELETE FROM person_key"))


_FIND = text(
    "SELECT k.person FROM person_search s JOIN person_key k ON k.no = s.rowid "
    "WHERE person_search MATCH :match LIMIT :most"
)
_ENOUGH = 12
"""With so many whose words begin like the typed ones, nobody further off is worth the time of a keystroke."""


def find_candidates(connection: Connection, typed: str, most: int = 60) -> list[str]:
    """Ids of persons whose name has, for every typed word, a word that begins like it; narrow matches first.

    Too few of those: words that sound alike; still too few: each typed word in turn may be wrong altogether.
    """
    groups = query_words(typed)
    if not groups:
        return []
    found: dict[str, None] = {}
    tries = [[[group[:1] for group in groups]], [groups]]
    if len(groups) > 1:
        tries.append([[group for n, group in enumerate(groups) if n != wrong] for wrong in range(len(groups))])
    for attempt in tries:
        for wanted in attempt:
            rows = connection.execute(_FIND, {"match": _match(wanted), "most": most}).scalars()
            found.update(dict.fromkeys(rows))
        if len(found) >= _ENOUGH:
            break
    return list(found)


def _match(groups: Iterable[list[str]]) -> str:
    """The index's own query: every group has a word that begins like one of its alternatives."""
    quoted = ([f'"{word.translate(_QUOTE).strip()}"*' for word in group if word.strip()] for group in groups)
    return " AND ".join("(" + " OR ".join(words) + ")" for words in quoted if words)
