"""Why a file, or one of its lines, could not be read: the sentence a person is shown."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeAlias

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

Sentence: TypeAlias = "str | Promise"


class Refusal(StrEnum):
    """Why a whole file was turned away."""

    MISSING = "missing"
    EMPTY = "empty"
    NO_ROWS = "no_rows"
    UNREADABLE_HEADER = "unreadable_header"
    TOO_BIG = "too_big"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_DEMANDING = "too_demanding"
    DAMAGED = "damaged"
    BINARY = "binary"
    PASSWORD = "password"  # noqa: S105  a word, not a secret
    MACROS = "macros"
    ENTITIES = "entities"
    OLD_EXCEL = "old_excel"
    OTHER_SPREADSHEET = "other_spreadsheet"
    DOCUMENT = "document"
    IMAGE = "image"
    ARCHIVE = "archive"
    MARKUP = "markup"


class Trouble(StrEnum):
    """Why one line was turned away."""

    TOO_MANY_CELLS = "too_many_cells"
    TOO_FEW_CELLS = "too_few_cells"
    QUOTES = "quotes"
    LONG_LINE = "long_line"
    LONG_CELL = "long_cell"
    DAMAGED_TEXT = "damaged_text"
    FORMULA = "formula"
    FORMULA_ERROR = "formula_error"
    ROUNDED_NUMBER = "rounded_number"
    BEYOND_HEADERS = "beyond_headers"


class UnreadableFile(Exception):
    """The file gives no table; `sentence` says what happened, that nothing was loaded, and what to do."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        self.sentence = SENTENCES[refusal]
        super().__init__(refusal)

    def __str__(self) -> str:
        return str(self.sentence)


def say(trouble: Trouble, **values: Any) -> Sentence:
    """Word the trouble of a line, lazily translated."""
    return format_lazy(TROUBLES[trouble], **values)


SENTENCES = {
    Refusal.MISSING: _("There is no file to read, so nothing was loaded: choose the file again."),
    Refusal.EMPTY: _("The file is empty, so nothing was loaded: check that it is the right file and send it again."),
    Refusal.NO_ROWS: _(
        "The file has column headers and no row under them, so nothing was loaded: check that it is the right file."
    ),
    Refusal.UNREADABLE_HEADER: _(
        "The first lines of the file cannot be read, so nothing was loaded: correct its line of headers."
    ),
    Refusal.TOO_BIG: _("The file holds more than 30 MB, so nothing was loaded: split it into smaller files."),
    Refusal.TOO_MANY_ROWS: _(
        "The file has more than 100,000 rows, so nothing was loaded: split it into smaller files."
    ),
    Refusal.TOO_MANY_COLUMNS: _(
        "The file has more than 500 columns, so nothing was loaded: keep the columns to load and save it again."
    ),
    Refusal.TOO_DEMANDING: _(
        "The file takes too much time or memory to open, so nothing was loaded: copy its rows into a new workbook."
    ),
    Refusal.DAMAGED: _(
        "The file is damaged or incomplete, so nothing was loaded: open it and save it again as .xlsx or .csv."
    ),
    Refusal.BINARY: _(
        "The file is not a table, so nothing was loaded: save the table as .xlsx or .csv and send that file."
    ),
    Refusal.PASSWORD: _(
        "The file is protected by a password, so nothing was loaded: save a copy without a password and send that one."
    ),
    Refusal.MACROS: _(
        "The workbook contains macros, so nothing was loaded: save it as .xlsx, without macros, and send that file."
    ),
    Refusal.ENTITIES: _(
        "The workbook holds code that no spreadsheet writes, so nothing was loaded: copy its rows into a new one."
    ),
    Refusal.OLD_EXCEL: _(
        "The file is in an old Excel format, so nothing was loaded: open it and save it as .xlsx or .csv."
    ),
    Refusal.OTHER_SPREADSHEET: _(
        "The file is a spreadsheet in another format, so nothing was loaded: open it and save it as .xlsx or .csv."
    ),
    Refusal.DOCUMENT: _(
        "The file is a document and no table, so nothing was loaded: put its table in a .xlsx or .csv file."
    ),
    Refusal.IMAGE: _(
        "The file is an image or a recording, so nothing was loaded: put its table in a .xlsx or .csv file."
    ),
    Refusal.ARCHIVE: _(
        "The file is a compressed folder, so nothing was loaded: unpack it and send the .xlsx or .csv file it holds."
    ),
    Refusal.MARKUP: _(
        "The file is a web page or XML, so nothing was loaded: open it in a spreadsheet and save it as .xlsx or .csv."
    ),
}

TROUBLES = {
    Trouble.TOO_MANY_CELLS: _(
        "This line has {found} cells for {width} columns; it was left out: quote a text that holds the separator."
    ),
    Trouble.TOO_FEW_CELLS: _(
        "This line has {found} cells for {width} columns; it was left out: complete it and send it again."
    ),
    Trouble.QUOTES: _(
        "This line opens quotes that it does not close properly; it was left out: remove the stray quotes."
    ),
    Trouble.LONG_LINE: _("This line is too long to be read; it was left out: shorten it and send it again."),
    Trouble.LONG_CELL: _("This line holds a text too long to be read; it was left out: shorten it and send it again."),
    Trouble.DAMAGED_TEXT: _("This cell holds damaged characters; the line was left out: type the text again."),
    Trouble.FORMULA: _(
        "Cell {cell} holds a formula without its result; the line was left out: replace the formula by its value."
    ),
    Trouble.FORMULA_ERROR: _("Cell {cell} shows the error {error}; the line was left out: correct the cell."),
    Trouble.ROUNDED_NUMBER: _(
        "The number in cell {cell} has lost its last digits; the line was left out: type it again as text."
    ),
    Trouble.BEYOND_HEADERS: _(
        "Cell {cell} is in a column without a header; the line was left out: name the column or empty the cell."
    ),
}
