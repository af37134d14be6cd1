"""Workbooks made to harm their reader, each as bytes; nothing here is ever opened by the tests' own process."""

from __future__ import annotations

import io
import random
import struct
import warnings
import zipfile
from collections.abc import Callable

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
ROOT_LINKS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
BOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{}</sheets></workbook>'
)
BOOK_LINKS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
SHEET = (
    '<?xml version="1.0"?>{}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{}</sheetData>{}</worksheet>"
)
NAMES = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Ad, soyad</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Quliyev Tural</t></is></c></row>'
)


def book(
    rows: str = NAMES,
    after: str = "",
    before: str = "",
    extra: dict[str, bytes | str] | None = None,
    sheets: int = 1,
    target: str = "worksheets/sheet{}.xml",
    level: int = 6,
) -> bytes:
    """A small xlsx whose first sheet has this content; `extra` adds or replaces parts."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": ROOT_LINKS,
        "xl/workbook.xml": BOOK.format(
            "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="s{n}"/>' for n in range(1, sheets + 1))
        ),
        "xl/_rels/workbook.xml.rels": BOOK_LINKS.format(
            "".join(
                f'<Relationship Id="s{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
                f'worksheet" Target="{target.format(n)}"/>'
                for n in range(1, sheets + 1)
            )
        ),
        "xl/worksheets/sheet1.xml": SHEET.format(before, rows, after),
    }
    parts.update(extra or {})
    return zipped(list(parts.items()), level)


def zipped(parts: list[tuple[str, bytes | str]], level: int = 6) -> bytes:
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        warnings.simplefilter("ignore")  # zipfile warns of a name that is there twice; one sample wants that
        for name, content in parts:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content, compresslevel=level)
    return target.getvalue()


def _strings(content: str, head: str = "") -> dict[str, bytes | str]:
    return {"xl/sharedStrings.xml": f'<?xml version="1.0"?>{head}<sst><si><t>{content}</t></si></sst>'}


def _shared(index: str = "0") -> str:
    return f'<row r="1"><c r="A1" t="s"><v>{index}</v></c></row>'


def _lies_about_size() -> bytes:
    data = bytearray(book(extra={"xl/worksheets/sheet1.xml": SHEET.format("", " " * 60_000_000, "")}))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", 500)  # the size the directory promises
        at += 4
    return bytes(data)


def _few_declared() -> bytes:
    data = bytearray(zipped([(f"xl/p{n}.xml", "x") for n in range(3000)]))
    end = data.rfind(b"PK\x05\x06")
    data[end + 8 : end + 12] = struct.pack("<HH", 5, 5)
    return bytes(data)


def _flagged_encrypted() -> bytes:
    data = bytearray(book())
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    return bytes(data)


def _odd_method() -> bytes:
    data = bytearray(book())
    at = data.find(b"PK\x01\x02")
    data[at + 10 : at + 12] = struct.pack("<H", 99)
    return bytes(data)


def _ods(body: str, head: str = "") -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?>{head}<office:document-content xmlns:office="{office}:office:1.0" '
        f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0" office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="S1">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return zipped([("mimetype", kind), ("META-INF/manifest.xml", manifest), ("content.xml", content)])


_ODS_CELL = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'
_WIDE = ' table:number-columns-repeated="99999999"'
_ENTITIES = '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY a{n} "{("&a" + (str(n - 1) if n else "") + ";") * 10}">' for n in range(9)
) + "]>"  # fmt: skip
_FILE_ENTITY = '<!DOCTYPE b [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
_CELL = '<c r="{}" t="inlineStr"><is><t>x</t></is></c>'
_FORMULA = '<row r="1"><c r="A1" t="str"><f>{}</f><v>{}</v></c></row>'

# name → (maker, whether it must be refused; None: either way is right)
CORPUS: dict[str, tuple[Callable[[], bytes], bool | None]] = {
    "bomb_of_zeros": (lambda: book(extra={"xl/worksheets/sheet1.xml": b"\0" * 80_000_000}, level=1), True),
    "bomb_of_spaces": (lambda: book(rows=" " * 45_000_000), True),
    "bomb_in_strings": (lambda: book(_shared(), extra=_strings("A" * 49_000_000)), True),
    "bomb_hidden_in_pictures": (lambda: book(extra={"xl/media/a.png": b"\0" * 60_000_000}), True),
    "size_lie": (_lies_about_size, True),
    "many_entries": (lambda: book(extra={f"xl/x{n}.xml": "x" for n in range(300)}), True),
    "few_entries_declared": (_few_declared, True),
    "parent_name": (lambda: book(extra={"../../evil.xml": "x"}), True),
    "absolute_name": (lambda: book(extra={"/etc/cron.d/evil": "x"}), True),
    "drive_name": (lambda: book(extra={"C:\\evil.dll": "x"}), True),
    "backslash_parent": (lambda: book(extra={"xl\\..\\..\\evil": "x"}), True),
    "same_name_twice": (
        lambda: zipped([("xl/workbook.xml", BOOK.format("")), ("xl/workbook.xml", BOOK.format(""))]),
        True,
    ),
    "encrypted_entries": (_flagged_encrypted, True),
    "odd_compression": (_odd_method, True),
    "file_entity": (lambda: book(_shared(), extra=_strings("&x;", _FILE_ENTITY)), True),
    "file_entity_in_sheet": (lambda: book(before=_FILE_ENTITY), True),
    "entity_bomb": (lambda: book(_shared(), extra=_strings("&a8;", _ENTITIES)), True),
    "entity_bomb_utf16": (
        lambda: book(
            _shared(), extra={"xl/sharedStrings.xml": f"{_ENTITIES}<sst><si><t>&a8;</t></si></sst>".encode("utf-16")}
        ),
        True,
    ),
    "external_dtd": (lambda: book(before='<!DOCTYPE b SYSTEM "http://example.invalid/x.dtd">'), True),
    "last_cell": (lambda: book(f'<row r="1048576">{_CELL.format("XFD1048576")}</row>'), True),
    "first_and_last_cell": (lambda: book(f'{NAMES}<row r="1048576">{_CELL.format("XFD1048576")}</row>'), True),
    "cell_beyond_the_sheet": (lambda: book(f'<row r="9999999">{_CELL.format("ZZZ9999999")}</row>'), True),
    "cell_with_absurd_name": (lambda: book(f'<row r="1">{_CELL.format("ABCDEFGHIJKLMNOP99999999999")}</row>'), None),
    "wide_and_deep": (
        lambda: book(f'<row r="1">{_CELL.format("XFD1")}</row><row r="19999">{_CELL.format("A19999")}</row>'),
        True,
    ),
    "far_right_only": (lambda: book(f'{NAMES}<row r="3">{_CELL.format("XFD3")}</row>'), False),
    "million_empty_rows": (lambda: book(NAMES + "<row/>" * 1_000_000), None),
    "rows_beyond_limit": (
        lambda: book("".join(f'<row r="{n}">{_CELL.format(f"A{n}")}</row>' for n in range(1, 20_002))),
        True,
    ),
    "negative_row": (lambda: book('<row r="-5"><c r="A-5"><v>1</v></c></row>'), None),
    "string_out_of_range": (lambda: book(_shared("4000000000")), None),
    "string_index_no_number": (lambda: book(_shared("x")), None),
    "numbers_out_of_range": (
        lambda: book('<row r="1"><c r="A1"><v>1e308</v></c><c r="B1"><v>nan</v></c><c r="C1"><v>-inf</v></c></row>'),
        None,
    ),
    "formula_link": (lambda: book(_FORMULA.format('HYPERLINK("http://example.invalid","x")', "Quliyev Tural")), False),
    "formula_command": (lambda: book(_FORMULA.format("cmd|' /C calc'!A0", "0")), False),
    "formula_external": (lambda: book(_FORMULA.format("'file://host/share/[x.xlsx]S'!A1", "x")), False),
    "hyperlinks": (
        lambda: book(after='<hyperlinks><hyperlink ref="A1" location="file://host/share/x"/></hyperlinks>'),
        False,
    ),
    "sheet_outside": (lambda: book(target="../../../../etc/passwd"), None),
    "sheet_missing": (lambda: book(target="worksheets/none.xml"), None),
    "no_workbook_part": (lambda: zipped([("xl/worksheets/sheet1.xml", SHEET.format("", NAMES, ""))]), True),
    "no_part_at_all": (lambda: zipped([("a.txt", "x")]), True),
    "empty_zip": (lambda: zipped([]), True),
    "many_sheets": (lambda: book(sheets=500), True),
    "joined_everything": (lambda: book(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), None),
    "joined_million_times": (
        lambda: book(after="<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 300_000 + "</mergeCells>"),
        None,
    ),
    "deep_nesting": (lambda: book("<a>" * 200_000 + "</a>" * 200_000), None),
    "endless_attribute": (lambda: book(f'<row r="1" x="{"y" * 3_000_000}"/>'), None),
    "broken_xml": (lambda: book('<row r="1"><c'), True),
    "bytes_that_are_no_text": (
        lambda: book(extra={"xl/worksheets/sheet1.xml": b"<?xml version='1.0'?><worksheet>\xff\xfe\xfa"}),
        True,
    ),
    "text_of_direction_marks": (
        lambda: book(_shared(), extra=_strings("\u202eQuliyev\u202c \u2066Tural\u2069" * 500)),
        False,
    ),
    "ods_repeated_rows": (
        lambda: _ods(f'<table:table-row table:number-rows-repeated="1048576">{_ODS_CELL.format("")}</table:table-row>'),
        True,
    ),
    "ods_repeated_columns": (
        lambda: _ods(f"<table:table-row>{_ODS_CELL.format(_WIDE)}</table:table-row>"),
        True,
    ),
    "ods_entity": (lambda: _ods("<table:table-row/>", _FILE_ENTITY), True),
    "ole_junk": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(5).randbytes(20_000), True),
    "ole_zeros": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20_000), True),
    "random_bytes": (lambda: random.Random(6).randbytes(50_000), True),
    "program": (lambda: b"MZ\x90\0" + random.Random(7).randbytes(5_000), True),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + random.Random(8).randbytes(5_000), True),
    "pdf": (lambda: b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", True),
    "html": (lambda: b"<html><table><tr><td>Quliyev Tural</td></tr></table></html>", True),
    "nothing": (lambda: b"", True),
    "one_line_of_text": (lambda: b"x" * 24_000_000, True),
    "quotes_without_end": (lambda: b'"' + b'a,""' * 2_000_000, None),
    "separators_only": (lambda: b";" * 5_000_000, None),
    "zeros": (lambda: bytes(1_000_000), True),
    "too_many_bytes": (lambda: b"a;b\n" * 6_500_000, True),
}


def truncations(data: bytes, count: int) -> list[bytes]:
    """The same file cut off at `count` places."""
    return [data[: len(data) * part // (count + 1)] for part in range(1, count + 1)]


def flipped(data: bytes, count: int, seed: int) -> list[bytes]:
    """The same file with a few bytes changed, `count` times."""
    dice = random.Random(seed)
    changed = []
    for _ in range(count):
        copy = bytearray(data)
        for _ in range(dice.randint(1, 8)):
            copy[dice.randrange(len(copy))] = dice.randrange(256)
        changed.append(bytes(copy))
    return changed
