"""The teams of the SIAO and their lists."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chezsoi import trail
from chezsoi.files.submissions import once
from chezsoi.siao import actions, queries, tables
from chezsoi.siao.forms import OpenTeam
from chezsoi.siao.views.lists import PER_PAGE, cards_of
from chezsoi.siao.views.refusals import REFUSED, sentence
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page


@allow(Can.SEE_ORIENTATIONS)
@require_safe
def teams(request: Request) -> HttpResponse:
    return page(request, "siao/teams.html", _context(request, None))


@allow(Can.RECORD_ORIENTATION)
@require_POST
@once
def open_team(request: Request) -> HttpResponse:
    form = OpenTeam(request.POST)
    if form.is_valid():
        try:
            actions.open_team(actor=request.actor, on=timezone.localdate(), **form.cleaned_data)
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The team is open: put households on its list from their pages."))
            return redirect("siao:teams")
    return page(request, "siao/teams.html", _context(request, form), status=422)


@allow(Can.SEE_ORIENTATIONS)
@require_safe
def team(request: Request, team_pk: int) -> HttpResponse:
    actor = request.actor
    found = queries.team(team_pk, actor=actor)
    shown = Paginator(queries.on_list(found, actor=actor), PER_PAGE).get_page(request.GET.get("page"))
    households = [row.household for row in shown.object_list]
    trail.record(actor, "siao.list.read", found, detail={"households": [row.pk for row in households]})
    table = tables.caseload(
        shown.object_list,
        cards_of(request, households),
        queries.latest_of(households, actor=actor),
    )
    may_close = actor.may(Can.RECORD_ORIENTATION) and found.is_open_to(actor)
    context = {"team": found, "page_obj": shown, "table": table, "may_close": may_close}
    return page(request, "siao/team.html", context)


@allow(Can.RECORD_ORIENTATION)
@require_POST
def close_team(request: Request, team_pk: int) -> HttpResponse:
    found = queries.teams_of(actor=request.actor).get(pk=team_pk)
    try:
        actions.close_team(actor=request.actor, team=found, on=timezone.localdate())
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
        return redirect("siao:team", team_pk)
    messages.success(request, _("The team is closed. What it did stays under its name."))
    return redirect("siao:teams")


def _context(request: Request, form: OpenTeam | None) -> dict[str, object]:
    may_record = request.actor.may(Can.RECORD_ORIENTATION)
    return {
        "table": tables.teams(queries.teams(actor=request.actor)),
        "form": form or (OpenTeam() if may_record else None),
    }
