"""The keyboard shortcuts, as a page: the same list as the one that "?" opens."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from chezsoi.territories.access import Request, public
from chezsoi.ui.responses import page


@public("how the keyboard works is no secret")
@require_safe
def shortcuts(request: Request) -> HttpResponse:
    return page(request, "portal/shortcuts.html", {})
