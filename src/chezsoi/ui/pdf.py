"""Letters, notices and minutes: a typst template and plain data in, a tagged PDF out."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import override

from chezsoi.ui import dates, scripts

PACKAGE = Path(__file__).resolve().parents[1]
FONTS = Path(__file__).resolve().parent / "fonts"
SIGN = Path(__file__).resolve().parent / "typst/sign.typ"
FAMILIES = (
    "Atkinson Hyperlegible Next",
    "Noto Sans",
    *(f"Noto Sans {script}" for script in ("Arabic", "Ethiopic", "Georgian", "Armenian", "Hebrew", "Bengali", "Tamil")),
    "Libertinus Serif",
    "DejaVu Sans Mono",
)
"""The house's own first, then one for each script it meets; the last two come with typst and hold signs and arrows."""
NO_GLYPH = "could not be displayed with font"


class LetterNotPrinted(Exception):
    """The template cannot be typeset as it is: a fault of the template or a missing font, never of what it says."""


class SignNotDrawn(LetterNotPrinted):
    """A sign of the words has no glyph, alone or where it stands."""


def letter(template: str, data: dict[str, Any], *, lang: str) -> bytes:
    """
    Typeset `<app>/letters/<name>.typ` with its data and return the PDF (PDF/UA-1, tagged).

    Data travel as JSON: markup in them stays text. `data["date"]` is the day of the letter; the same data give the
    same bytes. A sign that no font has is printed as �, and the foot of the last page tells whoever sends the letter.
    `ui/typst/letter.typ` says what else the shared sheet needs.

    :raises LetterNotPrinted: if typst fails or warns.
    """
    with override(lang):
        day = dates.full(data["date"])
    said = json.loads(json.dumps(data, cls=DjangoJSONEncoder))
    inputs = {"lang": lang, "day": day, "fonts": json.dumps(FAMILIES)}
    for drawn in (_is_drawn, scripts.is_plain):
        words, lost = scripts.written(said, drawn)
        told = {"data": json.dumps(words, ensure_ascii=False), "note": scripts.note(lost, lang)}
        try:
            return _compiled(PACKAGE / template, inputs | told, root=PACKAGE)
        except SignNotDrawn:
            continue
    raise LetterNotPrinted("a plain letter has no glyph: a font of typst is missing")


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])


def _compiled(source: Path, inputs: dict[str, str], *, root: Path) -> bytes:
    try:
        pdf, warnings = typst.compile_with_warnings(
            source,
            root=root,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs=inputs,
            format="pdf",
            pdf_standards="ua-1",
        )
    except typst.TypstError as fault:
        raise (SignNotDrawn if NO_GLYPH in str(fault) else LetterNotPrinted)(str(fault)) from fault
    except BaseException as fault:
        # typst panics on some words from right to left that lack a glyph; its binding makes no Exception of that.
        if type(fault).__name__ != "PanicException":
            raise
        raise SignNotDrawn(str(fault)) from fault
    if warnings:
        raise LetterNotPrinted("; ".join(warning.message for warning in warnings))
    return pdf


@cache
def _is_drawn(sign: str) -> bool:
    """Tell whether a font has the sign; only typst knows what its own fonts have, so that it is asked (2 ms, once)."""
    if scripts.is_plain(sign):
        return True
    try:
        _compiled(SIGN, {"fonts": json.dumps(FAMILIES), "sign": sign}, root=SIGN.parent)
    except SignNotDrawn:
        return False
    return True
