"""The matcher and the duplicate finder over CSV streams, without a store; prints nothing but the answers."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from app.errors import UserError
from app.names.match import Register
from app.names.pairs import CUT_OFF, find_pairs

_COLUMNS = (
    "id", "full_name", "surname", "given_name", "patronymic", "sex", "birth_date", "birth_year", "phone", "email",
    "unit", "place", "address", "document",
)  # fmt: skip


def match_stream(candidates_csv: str | Path, queries: Iterable[str], out: IO[str], limit: int = 5) -> None:
    """Answer each query line with the tab-separated ids of the candidates whose names fit best, best first.

    ``candidates_csv`` is UTF-8 with the columns ``id`` and ``full_name`` (or ``surname``, ``given_name``,
    ``patronymic``); the same id may stand for several spellings. One line out for every line in, empty where nobody
    fits, flushed at once. Raises UserError when the file cannot be read as such a table.
    """
    spellings: dict[str, list[str]] = {}
    for line, row in _rows(candidates_csv):
        name = row.get("full_name") or " ".join(
            row[part] for part in ("surname", "given_name", "patronymic") if row.get(part)
        )
        if any(sign in row["id"] for sign in "\t\r\n"):
            raise UserError("names_csv_bad_id", file=Path(candidates_csv).name, line=line)
        spellings.setdefault(row["id"], []).append(name)
    register = Register()
    for id, names in spellings.items():
        register.add(id, *names)
    for query in queries:
        hits = register.find(query.strip("\ufeff\r\n"), limit) if limit > 0 else []
        out.write("\t".join(str(hit.id) for hit in hits) + "\n")
        out.flush()


def pairs_stream(records_csv: str | Path, out: IO[str], min_score: float | None = None) -> int:
    """Write the pairs of records that may be one person as CSV ``id1,id2,score``, surer first; return how many.

    ``min_score`` is the lowest score written, the product's own cut-off when None. Raises UserError when the file
    cannot be read, or two records have one id.
    """
    records = []
    seen: set[str] = set()
    for line, row in _rows(records_csv):
        if row["id"] in seen:
            raise UserError("names_csv_same_id", file=Path(records_csv).name, line=line)
        seen.add(row["id"])
        records.append(row)
    pairs = find_pairs(records, CUT_OFF if min_score is None else min_score)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("id1", "id2", "score"))
    for pair in pairs:
        writer.writerow((pair.id1, pair.id2, f"{pair.score:.4f}"))
    out.flush()
    return len(pairs)


def _rows(path: str | Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The filled-in rows of a CSV of persons with their line numbers; columns that mean nothing here are left out."""
    file = Path(path)
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            header = stream.readline()
            if not header.strip():
                raise UserError("names_csv_empty", file=file.name)
            divider = max((",", ";", "\t"), key=header.count)
            stream.seek(0)
            reader = csv.reader(stream, delimiter=divider, strict=False)
            names = [name.strip().lower() for name in next(reader)]
            if "id" not in names or not {"full_name", "surname", "given_name"} & set(names):
                raise UserError("names_csv_columns", file=file.name)
            wanted = [(at, name) for at, name in enumerate(names) if name in _COLUMNS]
            for cells in reader:
                if not any(cell.strip() for cell in cells):
                    continue
                row = {name: cells[at].strip() for at, name in wanted if at < len(cells)}
                if not row.get("id"):
                    raise UserError("names_csv_no_id", file=file.name, line=reader.line_num)
                yield reader.line_num, row
    except UnicodeDecodeError:
        raise UserError("names_csv_not_utf8", file=file.name) from None
    except csv.Error:
        raise UserError("names_csv_broken", file=file.name) from None
    except OSError as trouble:
        raise UserError("names_csv_unreadable", file=file.name, reason=trouble.strerror or "") from None
