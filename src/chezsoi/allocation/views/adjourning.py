"""Who leaves a sitting before its end, and what is carried to a later one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chezsoi.allocation import actions, queries
from chezsoi.allocation.forms.adjourning import Adjourning, Departure
from chezsoi.allocation.views.refusals import REFUSED, sentence
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui import dates

BACK = "back"


@allow(Can.RECORD_DECISION)
@require_POST
def departure(request: Request, sitting_id: int) -> HttpResponse:
    """Write down that a member leaves the room, or is back."""
    found = queries.sitting(sitting_id, actor=request.actor)
    form = Departure(request.POST, members=queries.seated(found, actor=request.actor))
    if not form.is_valid():
        messages.error(request, _("Nothing was written: this person does not sit in this commission that day."))
        return redirect("allocation:sitting", found.pk)
    member = form.cleaned_data["member"]
    try:
        if request.POST.get("act") == BACK:
            actions.note_return(actor=request.actor, sitting=found, member=member)
        else:
            actions.note_departure(actor=request.actor, sitting=found, member=member, at=timezone.now())
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    return redirect("allocation:sitting", found.pk)


@allow(Can.RECORD_DECISION)
@require_POST
def adjourn(request: Request, item_id: int) -> HttpResponse:
    """Carry a home to a later sitting."""
    item = queries.item(item_id, actor=request.actor)
    left = item.sitting_id
    form = Adjourning(request.POST, later=queries.later_sittings(item.sitting, actor=request.actor), item=item)
    if not form.is_valid():
        messages.error(request, _("Nothing was carried over: choose a sitting or give a day, and say why."))
        return redirect("allocation:sitting", left)
    try:
        actions.adjourn(actor=request.actor, item=item, on=timezone.localdate(), **form.cleaned_data)
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    else:
        said = _("This home goes to the sitting of %(day)s. Nobody loses a rank, a point or a day.")
        messages.success(request, said % {"day": dates.full(item.sitting.held_on)})
    return redirect("allocation:sitting", left)
