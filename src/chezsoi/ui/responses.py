"""One answer for both visitors: the page, or the part of it that htmx asked to replace."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    part: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """
    Answer with the whole page or, to an htmx request, with the partial `template#part`.

    A page restored from history, or reached by a boosted link, is whole.
    """
    name = f"{template}#{part}" if part and _wants_part(request) else template
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _wants_part(request: HttpRequest) -> bool:
    asked = request.headers.get("HX-Request") == "true"
    whole = "true" in (request.headers.get("HX-Boosted"), request.headers.get("HX-History-Restore-Request"))
    return asked and not whole
