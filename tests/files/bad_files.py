"""Files nobody should send: those to be refused, each with its reason, and those that still hold a table."""

import io
import re
import struct
import zipfile
from itertools import pairwise

from chezsoi.files.readers import Refusal
from tests.files import makers
from tests.files.makers import COLUMNS, ROW

GOOD = makers.workbook(COLUMNS, ROW)
LINE = ";".join(ROW)
HEAD = ";".join(COLUMNS)
NAUGHTY = [
    "undefined",
    "NULL",
    "1;DROP TABLE users",
    "' OR 1=1 -- 1",
    "<script>alert(0)</script>",
    "../../../etc/passwd",
    "%s%n%x",
    "{{7*7}}",
    "${jndi:ldap://x}",
    "ÅÍÎÏ˝ÓÔ",
    "田中さん",
    "الكل في المجمو عة",
    "\u202etest\u202c",
    "Ṱ̺̺̕o͞ ̷i̲̬",
    "👾🙇💁",
    "\u200b\ufeff",
    "１２３",
    "0x0",
    "1e1000",
    "NaN",
    "-0",
    "\x01\x02\x7f",
    "CON",
    "File:///",
    "Robert'); DROP TABLE Students;--",
    "𝕿𝖍𝖊",
    "\u2028\u2029",
]


def sheet_of(*rows: tuple[str, ...], **options: str) -> bytes:
    return makers.with_sheet("".join(makers.xml_row(i, *row) for i, row in enumerate(rows, 1)), **options)


def quoted(text: str) -> str:
    return text.replace('"', '""')


def without_controls(text: str) -> str:
    return re.sub("[\x00-\x1f]", "", text) or "x"


def bomb(name: str, size: int) -> bytes:
    return makers.with_parts(GOOD, **{name: b"\0" * size})


def lying_size() -> bytes:
    """Write an archive whose directory says that a part is small when it is not."""
    content = bytearray(makers.with_parts(GOOD, xl__worksheets__sheet1_dot_xml=b"<a>" + b" " * 60_000_000))
    at = content.rindex(b"xl/worksheets/sheet1.xml") - 46
    content[at + 24 : at + 28] = struct.pack("<I", 1000)
    return bytes(content)


def encrypted_entry() -> bytes:
    content = bytearray(GOOD)
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def many_entries() -> bytes:
    return makers.with_parts(GOOD, **{f"part{n}": b"" for n in range(300)})


def billion_laughs() -> str:
    names = "abcdefghij"
    steps = "".join(f'<!ENTITY {b} "{("&" + a + ";") * 10}">' for a, b in pairwise(names))
    return f'<!DOCTYPE x [<!ENTITY a "ha">{steps}]>'


def compound(*streams: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "".join(streams).encode("utf-16-le")


def shared_text_flood() -> bytes:
    text = f'<sst xmlns="{makers.SPREADSHEET}"><si><t>{"a" * 32_000}</t></si></sst>'
    rows = "".join(f'<row r="{n}">' + '<c t="s"><v>0</v></c>' * 20 + "</row>" for n in range(1, 2000))
    types = (
        '<Override PartName="/xl/sharedStrings.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    )
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        listed = archive.read("[Content_Types].xml").decode().replace("</Types>", types)
    return makers.with_parts(
        makers.with_sheet(rows),
        xl__sharedStrings_dot_xml=text.encode(),
        **{"[Content_Types].xml": listed.encode()},
    )


REFUSED = {
    "nothing": (b"", Refusal.EMPTY),
    "only a mark": (b"\xef\xbb\xbf", Refusal.EMPTY),
    "blank lines": (b"\r\n \r\n\t\r\n", Refusal.EMPTY),
    "separators alone": (b";;;;\r\n;;;;\r\n", Refusal.EMPTY),
    "zeros": (b"\0" * 5000, Refusal.EMPTY),
    "header alone": (HEAD, Refusal.NO_ROWS),
    "zeros in text": (f"{HEAD}\r\nM1;LE\0ROY;Zoé;Metz\r\n", Refusal.BINARY),
    "one giant line": (b"a" * 20_000_000, Refusal.UNREADABLE_HEADER),
    "one giant line of separators": (b";a" * 10_000_000, Refusal.UNREADABLE_HEADER),
    "more than 500 columns": (
        ";".join(f"c{n}" for n in range(800)) + "\n" + "1;" * 799 + "1\n",
        Refusal.TOO_MANY_COLUMNS,
    ),
    "more than 30 MB": (f"{HEAD}\r\n".encode() + f"{LINE}\r\n".encode() * 1_500_000, Refusal.TOO_BIG),
    "more than 100,000 rows": (f"{HEAD}\r\n".encode() + f"{LINE}\r\n".encode() * 100_100, Refusal.TOO_MANY_ROWS),
    "a PDF": (b"%PDF-1.7\n1 0 obj", Refusal.DOCUMENT),
    "rich text": (rb"{\rtf1 table}", Refusal.DOCUMENT),
    "a PNG": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, Refusal.IMAGE),
    "a JPEG": (b"\xff\xd8\xff\xe0" + b"\0" * 50, Refusal.IMAGE),
    "a GIF": (b"GIF89a" + b"\0" * 50, Refusal.IMAGE),
    "gzip": (b"\x1f\x8b\x08\0" + b"\0" * 50, Refusal.ARCHIVE),
    "7z": (b"7z\xbc\xaf\x27\x1c" + b"\0" * 50, Refusal.ARCHIVE),
    "an old Excel file": (compound("Workbook"), Refusal.OLD_EXCEL),
    "an older Excel file": (b"\x09\x08\x10\0" + b"\0" * 50, Refusal.OLD_EXCEL),
    "a workbook under a password": (compound("EncryptedPackage"), Refusal.PASSWORD),
    "a web page": ("<!DOCTYPE html><table><tr><td>nom</td></tr></table>", Refusal.MARKUP),
    "XML": ("\ufeff<?xml version='1.0'?><Workbook/>", Refusal.MARKUP),
    "a program": (b"\x7fELF\x02\x01\x01" + b"\0" * 900, Refusal.BINARY),
    "an empty archive": (b"PK\x05\x06" + b"\0" * 18, Refusal.DAMAGED),
    "two magic letters": (b"PK\x03\x04", Refusal.DAMAGED),
    "half a workbook": (GOOD[: len(GOOD) // 2], Refusal.DAMAGED),
    "a workbook without its end": (GOOD[:-30], Refusal.DAMAGED),
    "a workbook with a flipped byte": (GOOD[:60] + bytes([GOOD[60] ^ 255]) + GOOD[61:], Refusal.DAMAGED),
    "an archive of something else": (makers.zipped(a_dot_txt=b"a"), Refusal.ARCHIVE),
    "an OpenDocument sheet": (
        makers.zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
        Refusal.OTHER_SPREADSHEET,
    ),
    "a binary workbook": (makers.with_parts(GOOD, xl__workbook_dot_bin=b"x"), Refusal.OTHER_SPREADSHEET),
    "a text document": (makers.with_parts(GOOD, word__document_dot_xml=b"<a/>"), Refusal.DOCUMENT),
    "macros": (makers.with_parts(GOOD, xl__vbaProject_dot_bin=b"x"), Refusal.MACROS),
    "old macros": (makers.with_parts(GOOD, xl__macrosheets__sheet1_dot_xml=b"<a/>"), Refusal.MACROS),
    "an entry under a password": (encrypted_entry(), Refusal.PASSWORD),
    "300 entries": (many_entries(), Refusal.TOO_DEMANDING),
    "a zip bomb of 100 MB": (bomb("xl__media__x_dot_bin", 100_000_000), Refusal.TOO_DEMANDING),
    "a zip bomb of 45 MB": (bomb("xl__media__x_dot_bin", 45_000_000), Refusal.TOO_DEMANDING),
    "a part larger than it says": (lying_size(), Refusal.DAMAGED),
    "an entity": (sheet_of(COLUMNS, ROW, before='<!DOCTYPE x [<!ENTITY a "a">]>'), Refusal.ENTITIES),
    "a billion laughs": (sheet_of(COLUMNS, ROW, before=billion_laughs()), Refusal.ENTITIES),
    "an external entity": (
        sheet_of(COLUMNS, before='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        Refusal.ENTITIES,
    ),
    "an external document type": (
        sheet_of(COLUMNS, before='<!DOCTYPE x SYSTEM "http://127.0.0.1/x">'),
        Refusal.ENTITIES,
    ),
    "entities in shared texts": (
        makers.with_parts(GOOD, xl__sharedStrings_dot_xml=billion_laughs().encode()),
        Refusal.ENTITIES,
    ),
    "entities in UTF-16": (
        makers.with_parts(GOOD, xl__styles_dot_xml=billion_laughs().encode("utf-16")),
        Refusal.ENTITIES,
    ),
    "no sheet": (makers.with_parts(GOOD, xl__workbook_dot_xml=b"<workbook/>"), None),
    "a sheet that is not XML": (makers.with_parts(GOOD, xl__worksheets__sheet1_dot_xml=b"nom;ville"), Refusal.DAMAGED),
    "a sheet cut in two": (
        makers.with_parts(GOOD, xl__worksheets__sheet1_dot_xml=b"<worksheet><sheetData><row>"),
        Refusal.DAMAGED,
    ),
    "an empty sheet": (sheet_of(), Refusal.EMPTY),
    "a header alone in a sheet": (sheet_of(COLUMNS), Refusal.NO_ROWS),
    "a row beyond the last": (
        makers.with_sheet('<row r="99999999999"><c r="A1"><v>1</v></c></row>'),
        Refusal.TOO_MANY_ROWS,
    ),
    "a column that does not exist": (
        makers.with_sheet('<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>'),
        Refusal.DAMAGED,
    ),
    "a shared text that does not exist": (
        makers.with_sheet('<row r="1"><c r="A1" t="s"><v>9</v></c></row>'),
        Refusal.DAMAGED,
    ),
    "a number that is none": (makers.with_sheet('<row r="1"><c r="A1"><v>douze</v></c></row>'), Refusal.DAMAGED),
    "more than 100,000 rows in a sheet": (
        makers.with_sheet("<row><c><v>1</v></c><c><v>2</v></c></row>" * 100_200),
        None,
    ),
    "600 columns in a sheet": (
        makers.workbook(tuple(f"c{n}" for n in range(600)), (1,) * 600),
        Refusal.TOO_MANY_COLUMNS,
    ),
    "one text 40,000 times": (shared_text_flood(), Refusal.TOO_DEMANDING),
    "deep nesting": (makers.with_sheet("<row>" * 50_000), Refusal.DAMAGED),
}

READ = {
    "every naughty string": makers.text("n;texte", *(f'{n};"{quoted(text)}"' for n, text in enumerate(NAUGHTY))),
    "naughty strings in a sheet": sheet_of(
        ("n", "texte"), *((str(n), without_controls(text)) for n, text in enumerate(NAUGHTY))
    ),
    "declared as huge": sheet_of(COLUMNS, ROW, dimension='<dimension ref="A1:XFD1048576"/>'),
    "declared as nothing": sheet_of(COLUMNS, ROW, dimension='<dimension ref="A1"/>'),
    "declared as nonsense": sheet_of(COLUMNS, ROW, dimension='<dimension ref="??"/>'),
    "a merge of a whole column": sheet_of(
        COLUMNS, ROW, after='<mergeCells><mergeCell ref="A2:A1048576"/></mergeCells>'
    ),
    "a workbook called .txt": GOOD,
    "every line with a stray quote": makers.text(HEAD, *['M1;"LEROY;Zoé;Metz'] * 2000),
    "quotes never closed": makers.text(HEAD, LINE, *['"'] * 3000),
    "doubled carriage returns": f"{HEAD}\r\r\n{LINE}\r\r\n",
    "mixed line ends": f"{HEAD}\n{LINE}\r{LINE}\r\n{LINE}",
    "no last line end": f"{HEAD}\n{LINE}",
    "cut in a letter": f"{HEAD}\n{LINE}\nM2;NOËL;Zo\u00e9".encode()[:-1],
    "UTF-16 cut in a letter": f"{HEAD}\n{LINE}\n".encode("utf-16")[:-1],
    "half a pair in UTF-16": f"{HEAD}\n{LINE}\n".encode("utf-16") + b"\x00\xd8" + "a;b;c;d\n".encode("utf-16-le"),
    "all bytes": f"{HEAD}\n".encode() + bytes(range(1, 256)),
    "formulas as text": makers.text(HEAD, "=cmd|' /C calc'!A0;@SUM(A1);+1;-1"),
    "ragged from end to end": makers.text(HEAD, *(";".join("a" * (n % 9)) for n in range(500))),
    "a title longer than the table": makers.text("x" * 5000, HEAD, LINE),
}
