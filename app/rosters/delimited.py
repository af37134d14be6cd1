"""Plain text to cells: CSV and TSV of any usual encoding, rows copied from a sheet, names out of a mail; no files."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from app.rosters.grid import MOST_TEXT, Cell, Grid, TooLarge, Workbook, square, tidy, tidy_text
from app.rosters.likeness import WORDS, name_likeness

SEPARATORS = ("\t", ";", ",", "|")
_AZERI = frozenset("əƏıİğĞşŞçÇöÖüÜ")
_CYRILLIC = re.compile("[а-яёА-ЯЁ]")
_ODD = re.compile("[\x80-\x9f¢-©«-ÅÆÈ-ÏÐ-ÕØ-ÛÝÞà-åæèêëìíîïð-õøùûýþÿ]")
_NUMBER = re.compile(r"[+-]?(0|[1-9]\d{0,14})([.,]\d{1,12})?\Z")
_MARKER = re.compile(r"^\s*(?:\(?(\d{1,4})\s*[.)\]](?!\d)|[-–—•*·▪●])\s*")
_MAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w])\+?\(?\d[\d ()\-./]{5,20}\d(?!\w)")
_QUOTING = re.compile(r"^\s*(?:>\s?)+")


class NotAWorkbook(Exception):
    """The bytes are neither a workbook nor text."""


def decode(data: bytes) -> str:
    """The text in these bytes: utf-8 or utf-16 with or without a mark, cp1251, cp1254. Raises NotAWorkbook."""
    if data.startswith(b"\xef\xbb\xbf"):
        return data.decode("utf-8-sig", "replace")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    sample = data[:20_000]
    zeros = sample.count(0)
    if zeros > len(sample) * 0.15:
        for encoding, place in (("utf-16-le", 1), ("utf-16-be", 0)):
            if sample[place::2].count(0) > zeros * 0.9:
                try:
                    return data.decode(encoding)
                except UnicodeDecodeError:
                    raise NotAWorkbook from None
    if zeros or sum(1 for byte in sample if byte < 32 and byte not in (9, 10, 11, 12, 13)) > len(sample) * 0.01:
        raise NotAWorkbook
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    return max((data.decode(name, "replace") for name in ("cp1251", "cp1254")), key=_sense)


def _sense(text: str) -> float:
    """How much a decoding reads like one of our languages: words in one alphabet count, stray signs against."""
    good = bad = 0
    for word in re.findall(r"[^\W\d_]+", text[:50_000]):
        cyrillic = len(_CYRILLIC.findall(word))
        if not word.isascii():
            mixed = 0 < cyrillic < len(word)
            capitals_inside = sum(1 for letter in word[1:] if letter.isupper()) and not word.isupper()
            if mixed or capitals_inside:
                bad += len(word)
            elif cyrillic or _AZERI & set(word):
                good += len(word)
    return good - 2 * bad - 0.5 * len(_ODD.findall(text[:50_000])) - 5 * text.count("\ufffd")


def workbook_of(data: bytes) -> Workbook:
    """One sheet from the bytes of a text file. Raises NotAWorkbook or TooLarge."""
    text = decode(data)
    start = text[:2000].lstrip().lower()
    if start.startswith(("<!doctype", "<html", "<?xml", "%pdf", "{\\rtf")):
        raise NotAWorkbook
    grid = grid_of(text)
    grid.pasted = separator_of(text) is None  # a mail kept as a file: lines of prose stand around the persons
    return Workbook([grid], kind="text")


def grid_of(text: str, name: str = "") -> Grid:
    """One sheet from text: separated columns if there are any, otherwise one line a person as in a mail."""
    if len(text) > MOST_TEXT:
        raise TooLarge("text", name, len(text), MOST_TEXT)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").strip("\n")
    said = re.match(r"sep=(.)\n", text)
    if said:
        text = text[6:]
    separator = said[1] if said else separator_of(text)
    if separator is None:
        return square(name, _lines(text))
    return square(name, [[_cell(value) for value in row] for row in _split(text, separator)])


def _are_names(pieces: list[str]) -> bool:
    """Whether a line is a row of persons: "Quliyev Tural, Səfərova Günel, Babayev Orxan"."""
    named = [piece for piece in pieces if piece.strip()]
    return len(named) > 1 and all(name_likeness(piece) >= WORDS for piece in named)


def _split(text: str, separator: str) -> list[list[str]]:
    limit = csv.field_size_limit(MOST_TEXT)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=separator))
    except csv.Error:
        return [line.split(separator) for line in text.split("\n")]
    finally:
        csv.field_size_limit(limit)


def separator_of(text: str) -> str | None:
    """The sign that divides this text into columns, or None if lines are not divided alike."""
    head = text[:20_000]
    best, best_score = None, 0.0
    for separator in SEPARATORS:
        if separator not in head:
            continue
        rows = [row for row in _split(head, separator) if any(value.strip() for value in row)][:60]
        if not rows:
            continue
        widths = Counter(len(row) for row in rows)
        if len(rows) == 1:
            width, share = len(rows[0]), 1.0
            if separator == "," or width < 3 or _are_names(rows[0]):
                continue  # "surname, name" in a single line is one person
        else:
            width, times = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
            share = times / len(rows)
        if width < 2:
            continue
        needed = 0.3 if separator == "\t" else 0.6
        score = share * (3 if separator == "\t" else 1) * min(width, 10) ** 0.5
        if share >= needed and score > best_score and not (separator in ",;" and _is_prose(rows, separator)):
            best, best_score = separator, score
    return best


def _is_prose(rows: list[list[str]], separator: str) -> bool:
    """Whether the separator is punctuation of a written list ("1. Hüseynov E., müəllim") and not a column border."""
    if separator == ",":
        spaced = sum(1 for row in rows for value in row[1:] if value.startswith(" "))
        inner = sum(len(row) - 1 for row in rows)
        numbered = sum(1 for row in rows if _MARKER.match(row[0]) and not row[0].strip().isdigit())
        return numbered > len(rows) / 2 or (spaced == inner and len({len(row) for row in rows}) > 1)
    # addresses of a mail: "A. B. <a@b.az>; C. D. <c@d.az>"
    return all("<" in value and "@" in value for row in rows for value in row if value.strip())


def _cell(value: str) -> Cell:
    value = tidy_text(value)
    if _NUMBER.match(value) and not (value.startswith("+") or len(value) > 11):
        return tidy(float(value.replace(",", ".")))
    return tidy(value)


def _lines(text: str) -> list[list[Cell]]:
    """One row a person: number, name with what is not told apart, telephone, e-mail. Empty columns fall away later."""
    pieces: list[str] = []
    for line in text.split("\n"):
        line = _QUOTING.sub("", line)
        if line.count("@") > 1:
            pieces += re.split(r"[;,]\s*(?=[^;,]*@)", line)
        elif ";" in line and ("@" in line or _are_names(line.split(";"))):
            pieces += line.split(";")
        elif line.count(",") > 1 and _are_names(line.split(",")):
            pieces += line.split(",")
        else:
            pieces.append(line)
    rows: list[list[Cell]] = []
    for piece in pieces:
        rows.append(_line(tidy_text(piece)))
    used = [any(row[index] is not None for row in rows) for index in range(5)]
    return [[cell for index, cell in enumerate(row) if used[index]] for row in rows]


def _line(piece: str) -> list[Cell]:
    number: Cell = None
    found = _MARKER.match(piece)
    if found:
        number = int(found[1]) if found[1] else None
        piece = piece[found.end() :]
    mails = _MAIL.findall(piece)
    piece = _MAIL.sub(" ", piece)
    phones = [phone for phone in _PHONE.findall(piece) if 7 <= sum(sign.isdigit() for sign in phone) <= 15]
    for phone in phones:
        piece = piece.replace(phone, " ")
    piece = re.sub(r"(?i)\b(?:tel|mob|тел|моб|phone|e-?mail|e-?poçt)\b\s*[.:]*", " ", piece)
    piece = re.sub(r"[<>\[\]\"«»“”]|mailto:", " ", piece)
    piece = re.sub(r"\(\s*\)", " ", piece)
    parts = re.split(r"\s+[-–—]\s+|\s*[,;:–—|]\s*|\s*\(|\)", piece, maxsplit=1)
    name, rest = parts[0].strip(" .,-–—"), parts[1] if len(parts) > 1 else ""
    if " " not in name and re.match(r"\s*[^\W\d_]+(\s+[^\W\d_]+){0,2}\s*(,|$)", rest) and "," in piece:
        second, _, rest = rest.partition(",")  # "Hüseynov, Elxan Kərim oğlu, müəllim"
        name = f"{name}, {second.strip()}"
    return [
        number,
        tidy(name),
        tidy(re.sub(r"^[\s,;:.\-–—()]+|[\s,;:.\-–—()]+$", "", rest)),
        tidy("; ".join(phones)),
        tidy("; ".join(mails)),
    ]
