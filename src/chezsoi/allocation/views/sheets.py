"""The sheet a household takes away: read on the page, then printed."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from chezsoi.allocation import actions, plain_sheet, queries
from chezsoi.allocation.models import HousingRequest
from chezsoi.people import queries as people
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page


@allow(Can.GIVE_COPY)
@require_safe
def sheet(request: Request, pk: int) -> HttpResponse:
    asked = _asked(request, pk)
    context = {
        "household": asked.household,
        "parts": plain_sheet.parts(asked, on=timezone.localdate(), actor=request.actor),
        "may_tell_private": request.actor.may(Can.SEE_VIOLENCE),
    }
    return page(request, "allocation/plain_sheet.html", context)


@allow(Can.GIVE_COPY)
@require_POST
def printed(request: Request, pk: int) -> HttpResponse:
    asked = _asked(request, pk)
    with_private = "with_private" in request.POST
    actions.note_sheet_made(actor=request.actor, request=asked, with_private=with_private)
    lang = (get_language() or "fr").split("-")[0]
    pdf = plain_sheet.as_pdf(asked, on=timezone.localdate(), lang=lang, actor=request.actor, with_private=with_private)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="sheet-{asked.household.reference}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def _asked(request: Request, pk: int) -> HousingRequest:
    household = people.household(pk, actor=request.actor)
    asked = queries.request_of(household, actor=request.actor)
    if asked is None:
        raise Http404
    return asked
