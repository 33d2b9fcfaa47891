"""The people an actor may know of, by name."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from chezsoi.people import actions, forms, queries, tables
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page

PER_PAGE = 50


@allow(Can.LIST_PEOPLE)
@require_safe
def households(request: Request) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    sees = queries.sight(actor=actor)
    form = forms.Wanted(request.GET, sees_situations=sees.situation)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = queries.households(actor=actor, on=today, **wanted)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    cards = queries.cards(list(shown.object_list), on=today, actor=actor)
    actions.note_listing(actor=actor, households=[card.pk for card in cards], text=wanted.get("text", ""))
    context = {
        "form": form,
        "table": tables.households(cards, on=today, may_open=actor.may(Can.SEE_HOUSEHOLD)),
        "page_obj": shown,
        "count": shown.paginator.count,
        "is_filtered": any(wanted.values()),
        "may_register": actor.may(Can.REGISTER_PEOPLE),
        "waiting": queries.duplicates_waiting(actor=actor, on=today).count(),
    }
    return page(request, "people/list.html", context, part="rows")
