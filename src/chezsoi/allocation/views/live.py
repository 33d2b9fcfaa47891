"""The room as it goes: its screens show the home the secretary has put before it, without anybody pressing there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chezsoi import trail
from chezsoi.allocation import actions, queries
from chezsoi.allocation.choices import SittingState
from chezsoi.allocation.models import Sitting
from chezsoi.allocation.views import room
from chezsoi.allocation.views.refusals import REFUSED, sentence
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page

SEEN = "seen"
FROM, PROJECTOR = "from", "projector"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A home beside the one shown: who writes decisions puts it before the room, who does not looks at it alone."""

    key: str
    item_id: int
    url: str


@allow(Can.SEE_COMMISSION)
@require_safe
def projector(request: Request, sitting_id: int) -> HttpResponse:
    """Show the home before the room, large; to who gives back the mark of what is shown, say nothing."""
    found = queries.sitting(sitting_id, actor=request.actor)
    mark = queries.mark(found, actor=request.actor)
    if request.GET.get(SEEN) == mark:
        return HttpResponse(status=204)
    now = queries.before_the_room(found, actor=request.actor)
    trail.record(request.actor, "allocation.sitting.projected", found, detail={"place": now.place})
    context = shown(request, found, now) | {"mark": mark, "steps": _steps(request, found, now)}
    return page(request, "allocation/live.html", context, part="room")


@allow(Can.RECORD_DECISION)
@require_POST
def take_up(request: Request, item_id: int) -> HttpResponse:
    """Put a home before the room, from its table or from the projector."""
    item = queries.item(item_id, actor=request.actor)
    try:
        actions.take_up(actor=request.actor, item=item)
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    if request.POST.get(FROM) == PROJECTOR:
        return redirect("allocation:live", item.sitting_id)
    return redirect(f"{reverse('allocation:sitting', args=[item.sitting_id])}#item{item.pk}")


def shown(request: Request, found: Sitting, now: queries.Before) -> dict[str, Any]:
    """Give what every screen of the room shows."""
    return {
        "sitting": found,
        "home": room.home_card(request, now.item) if now.item else None,
        "place": now.place,
        "homes": len(now.agenda),
        "is_prepared": found.state == SittingState.PREPARED,
        "is_closed": found.state == SittingState.CLOSED,
    }


def _steps(request: Request, found: Sitting, now: queries.Before) -> list[Step]:
    moves = request.actor.may(Can.RECORD_DECISION)
    return [
        Step(
            key=key,
            item_id=now.agenda[place - 1].pk,
            url="" if moves else reverse("allocation:projector", args=[found.pk, place]),
        )
        for key, place in (("prev", now.place - 1), ("next", now.place + 1))
        if now.item and 1 <= place <= len(now.agenda)
    ]
