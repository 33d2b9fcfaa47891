"""The households chosen in the by-name list, as a request brings them."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone

from chezsoi.people import queries
from chezsoi.territories.access import Request
from chezsoi.ui.responses import page


def chosen(request: Request) -> queries.Chosen | None:
    """Find the households that a request chose; None when it chose more than one act takes."""
    try:
        return queries.chosen(keys(request), actor=request.actor, on=timezone.localdate())
    except queries.TooManyChosen:
        return None


def keys(request: Request) -> list[int]:
    """Read what was chosen; what is no number names no household."""
    given = request.POST if request.method == "POST" else request.GET
    return [number(each) or 0 for each in given.getlist("chosen")]


def nothing(request: Request, given: queries.Chosen | None) -> HttpResponse:
    """Say why nothing can be done with what was chosen."""
    context = {
        "is_too_many": given is None,
        "most": queries.MOST_TOGETHER,
        "lost": given.lost if given else 0,
    }
    return page(request, "people/together/nothing.html", context, status=422 if given is None else 200)


def number(text: str) -> int | None:
    """Read a whole number that a database can look for."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None
