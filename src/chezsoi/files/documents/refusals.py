"""Why a document was turned away: the sentence a person is shown."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Unfit(StrEnum):
    """Why a document is not kept."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    FORMAT = "format"
    NOT_WHAT_IT_SAYS = "not_what_it_says"
    DAMAGED = "damaged"
    TWO_FILES_IN_ONE = "two_files_in_one"
    PROGRAM = "program"
    PASSWORD = "password"  # noqa: S105  a word, not a secret
    TOO_DEMANDING = "too_demanding"
    INFECTED = "infected"
    NO_ANSWER = "no_answer"


class UnfitDocument(Exception):
    """The document is not kept; `sentence` says what happened, that nothing was kept, and what to do."""

    def __init__(self, unfit: Unfit) -> None:
        self.unfit = unfit
        self.sentence = SENTENCES[unfit]
        super().__init__(unfit)


SENTENCES = {
    Unfit.EMPTY: _("The file is empty, so nothing was kept: check that it is the right one and send it again."),
    Unfit.TOO_BIG: _("The file holds more than 25 MB, so nothing was kept: scan it in a lower quality, or split it."),
    Unfit.FORMAT: _(
        "This kind of file is not accepted, so nothing was kept: send a PDF, a photograph (JPEG, PNG, WebP) or a "
        ".docx, .odt or .xlsx document."
    ),
    Unfit.NOT_WHAT_IT_SAYS: _(
        "The file is not what its name says, so nothing was kept: open it, save it again, and send that one."
    ),
    Unfit.DAMAGED: _("The file is damaged or incomplete, so nothing was kept: scan or save it again and send it."),
    Unfit.TWO_FILES_IN_ONE: _(
        "The file hides another file, so nothing was kept: print it to a new PDF and send that one."
    ),
    Unfit.PROGRAM: _(
        "The file holds a program (macro or script), so nothing was kept: save it without, or print it to a PDF."
    ),
    Unfit.PASSWORD: _("The file is protected by a password, so nothing was kept: save a copy without and send it."),
    Unfit.TOO_DEMANDING: _(
        "The file takes too much memory to open, so nothing was kept: print it to a PDF and send that one."
    ),
    Unfit.INFECTED: _(
        "The scanner found a virus in the file, so nothing was kept: warn whoever gave it, and do not open it."
    ),
    Unfit.NO_ANSWER: _("The virus scanner does not answer, so nothing was kept: try again in a few minutes."),
}
