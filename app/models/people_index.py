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


def find_candidates(connection: Connection, typed: str, limit: int = 200) -> list[str]:
    """Ids of persons whose name has, for every typed word, a word that begins like it; narrow matches first."""
    groups = query_words(typed)
    if not groups:
        return []
    found: dict[str, None] = {}
    narrow = [[group[0]] for group in groups]
    for attempt in (narrow, groups):
        match = " AND ".join(
            "(" + " OR ".join(f'"{word.translate(_QUOTE).strip()}"*' for word in group if word.strip()) + ")"
            for group in attempt
        )
        query = text(
            "SELECT k.person FROM person_search s JOIN person_key k ON k.no = s.rowid "
            "WHERE person_search MATCH :match LIMIT :limit"
        )
        found.update(dict.fromkeys(connection.execute(query, {"match": match, "limit": limit}).scalars()))
        if len(found) >= limit // 2 or attempt == groups:
            break
    if len(found) < 10 and len(groups) > 1:
        # One word mistyped beyond its key: let each word in turn be wrong.
        for left_out in range(len(groups)):
            rest = [group for n, group in enumerate(groups) if n != left_out]
            match = " AND ".join(
                "(" + " OR ".join(f'"{word.translate(_QUOTE).strip()}"*' for word in group) + ")" for group in rest
            )
            rows = connection.execute(query, {"match": match, "limit": limit // 2}).scalars()
            found.update(dict.fromkeys(rows))
    return list(found)
