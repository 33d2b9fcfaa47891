"""One file, opened outside its circle for an hour because somebody is in danger; read, never written."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chezsoi.people import actions, queries
from chezsoi.people.forms.rights import Emergency
from chezsoi.people.models import EmergencyAccess, Household
from chezsoi.portal import emergency_mail
from chezsoi.portal.household.links import without_links
from chezsoi.portal.views import household as household_page
from chezsoi.territories import queries as territories
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page


@allow(Can.BREAK_GLASS)
@require_http_methods(["GET", "POST"])
def ask(request: Request) -> HttpResponse:
    form = Emergency(request.POST or None)
    if form.is_valid():
        household = queries.meant_in_an_emergency(form.cleaned_data["file"], actor=request.actor)
        for territory in territories.territories_of(actor=request.actor):
            actions.ask_for_an_emergency(actor=request.actor, territory=territory, found=household is not None)
        if household is not None:
            return _opened(request, household, form.cleaned_data)
        form.add_error(
            "file",
            _("No file opens under this number: nothing was opened, your try is in the trail. Check it, or call 115."),
        )
    opened = queries.emergencies_open(actor=request.actor, at=timezone.now())
    context = {"form": form, "opened": opened}
    return page(request, "portal/ask_emergency.html", context, status=422 if form.errors else 200)


@allow(Can.BREAK_GLASS)
@require_safe
def read(request: Request, pk: int) -> HttpResponse:
    access = queries.emergency(pk, actor=request.actor)
    now = timezone.now()
    if not access.is_open_at(now):
        return page(request, "portal/emergency_over.html", {"access": access})
    context = _read_only(request, access)
    answer = page(request, "portal/emergency.html", {**context, "access": access})
    answer["Cache-Control"] = "no-store"
    answer["Refresh"] = str(max(1, int((access.ends_at - now).total_seconds()) + 1))
    return answer


@allow(Can.BREAK_GLASS)
@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    access = queries.emergency(pk, actor=request.actor)
    try:
        actions.end_emergency(actor=request.actor, access=access, at=timezone.now())
    except actions.AlreadyEnded:
        messages.info(request, _("This file was closed already."))
    return redirect("portal:emergency", pk)


def _opened(request: Request, household: Household, given: dict[str, Any]) -> HttpResponse:
    try:
        access = actions.break_glass(
            actor=request.actor,
            household=household,
            reason=given["reason"],
            words=given["words"],
            at=timezone.now(),
        )
    except actions.OpenAlready:
        return redirect("people:household", household.pk)
    told = queries.to_be_told(access, on=timezone.localdate(), actor=request.actor)
    emergency_mail.tell(access, told)
    actions.note_emergency_told(actor=request.actor, access=access, told=len(told))
    return redirect("portal:emergency", access.pk)


def _read_only(request: Request, access: EmergencyAccess) -> dict[str, Any]:
    """Compose the page of the household as its reader sees it for this hour: with no right but to look."""
    own = request.actor
    request.actor = queries.reader_of(access, actor=own)
    try:
        context = household_page.context(request, access.household_id)
    finally:
        request.actor = own
    return {**context, **{name: without_links(context[name]) for name in ("sections", "story")}}
