"""Letters, notices and minutes: a typst template and plain data in, a tagged PDF out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import override

from chezsoi.ui import dates

PACKAGE = Path(__file__).resolve().parents[1]
FONTS = Path(__file__).resolve().parent / "fonts"


class LetterNotPrinted(Exception):
    """The template cannot be typeset as it is: a fault of the template, a missing glyph or a missing font."""


def letter(template: str, data: dict[str, Any], *, lang: str) -> bytes:
    """
    Typeset `<app>/letters/<name>.typ` with its data and return the PDF (PDF/UA-1, tagged).

    Data travel as JSON: markup in them stays text. `data["date"]` is the day of the letter; the same data give the
    same bytes. `ui/typst/letter.typ` says what else the shared sheet needs.

    :raises LetterNotPrinted: if typst fails or warns.
    """
    with override(lang):
        day = dates.full(data["date"])
    inputs = {"data": json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False), "lang": lang, "day": day}
    try:
        pdf, warnings = typst.compile_with_warnings(
            PACKAGE / template,
            root=PACKAGE,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            sys_inputs=inputs,
            format="pdf",
            pdf_standards="ua-1",
        )
    except typst.TypstError as fault:
        raise LetterNotPrinted(str(fault)) from fault
    if warnings:
        raise LetterNotPrinted("; ".join(warning.message for warning in warnings))
    return pdf
