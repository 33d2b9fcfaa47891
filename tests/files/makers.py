"""Write good and bad files."""

import io
import zipfile
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl

COLUMNS = ("n° ménage", "nom", "prénom", "ville")
ROW = ("M1", "LEROY", "Zoé", "Metz")
CONTENT_TYPES = "<?xml version='1.0'?><Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"
SHEET = "xl/worksheets/sheet1.xml"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def text(*lines: str, end: str = "\r\n") -> str:
    return end.join(lines) + end


def table(*rows: tuple[str, ...]) -> str:
    return text(*(";".join(row) for row in (COLUMNS, *rows)))


def workbook(*rows: tuple[object, ...]) -> bytes:
    """Write a workbook as the library does."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


@cache
def _one_line() -> bytes:
    return workbook(COLUMNS)


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def with_parts(content: bytes, **parts: bytes) -> bytes:
    """Write the archive again, some parts replaced or added; in names, `__` stands for `/` and `_dot_` for a dot."""
    named = {name.replace("__", "/").replace("_dot_", "."): part for name, part in parts.items()}
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in named:
                new.writestr(name, old.read(name))
        for name, part in named.items():
            new.writestr(name, part)
    return target.getvalue()


def with_sheet(rows: str, *, before: str = "", dimension: str = "", after: str = "") -> bytes:
    """Write a workbook whose sheet is this XML."""
    xml = f'{before}<worksheet xmlns="{SPREADSHEET}">{dimension}<sheetData>{rows}</sheetData>{after}</worksheet>'
    return with_parts(_one_line(), xl__worksheets__sheet1_dot_xml=xml.encode())


def xml_row(line: int, *cells: str) -> str:
    inner = "".join(
        f'<c r="{chr(65 + i)}{line}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for i, cell in enumerate(cells)
    )
    return f'<row r="{line}">{inner}</row>'


def zipped(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), part)
    return target.getvalue()


def written(folder: Path, content: bytes | str, name: str = "file") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
