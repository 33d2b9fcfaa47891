"""Orientations, those of one household, and the households without the support they wish."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from chezsoi import trail
from chezsoi.people import queries as people
from chezsoi.people.models import Household
from chezsoi.people.queries import Card
from chezsoi.siao import queries, tables
from chezsoi.siao.choices import Gap
from chezsoi.siao.forms import ListOn, Narrowing
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page

PER_PAGE = 50


@allow(Can.SEE_ORIENTATIONS)
@require_safe
def orientations(request: Request) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    sees_asked = people.sight(actor=actor).situation
    form = Narrowing(request.GET or None, teams=queries.teams(actor=actor), sees_asked=sees_asked)
    wanted = form.wanted() if request.GET else queries.Wanted()
    order = queries.ORDERS.read(request.GET.get("sort", ""))
    rows = queries.orientations(actor=actor, on=today, wanted=wanted, order=order)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    trail.record(actor, "siao.orientations.read", detail={"orientations": [row.pk for row in shown.object_list]})
    cards = cards_of(request, [row.household for row in shown.object_list])
    table = tables.orientations(shown.object_list, cards, sees_asked=sees_asked, order=order)
    context = {"form": form, "page_obj": shown, "table": table, "is_narrowed": wanted != queries.Wanted()}
    return page(request, "siao/orientations.html", context)


@allow(Can.SEE_ORIENTATIONS)
@require_safe
def without_support(request: Request) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    gap = request.GET.get("gap", "")
    gap = gap if gap in Gap.values else ""
    rows = queries.without_support(actor=actor, on=today, gap=gap)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    trail.record(actor, "siao.gaps.read", detail={"households": [row.pk for row in shown.object_list]})
    table = tables.without_support(shown.object_list, cards_of(request, list(shown.object_list)))
    context = {"page_obj": shown, "table": table, "gap": gap, "gaps": Gap.choices}
    return page(request, "siao/without_support.html", context)


@allow(Can.SEE_ORIENTATIONS)
@require_safe
def household(request: Request, pk: int) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    found = people.household(pk, actor=actor)
    trail.record(actor, "siao.household.read", found)
    listed = queries.listed(found, actor=actor, on=today)
    teams = queries.teams_of(actor=actor).exclude(pk__in=[row.team_id for row in listed])
    may_record = actor.may(Can.RECORD_ORIENTATION)
    sees_asked = people.sight(actor=actor).situation
    context = {
        "household": found,
        "card": people.card(found, on=today, actor=actor),
        "rows": [(row, tables.state(row)) for row in queries.orientations_of(found, actor=actor)],
        "assessments": queries.assessments_of(found, actor=actor) if sees_asked else (),
        "sees_asked": sees_asked,
        "file_url": reverse("people:household", args=[pk]) if actor.may(Can.SEE_HOUSEHOLD) else "",
        "listed": listed,
        "may_record": may_record,
        "listing": ListOn(teams=teams) if may_record and teams else None,
    }
    return page(request, "siao/household.html", context)


def cards_of(request: Request, households: Sequence[Household]) -> dict[int, Card]:
    """Give the card of each household of a list, as the reader may see it."""
    once: dict[int, Any] = {household.pk: household for household in households}
    cards = people.cards(list(once.values()), on=timezone.localdate(), actor=request.actor)
    return {card.pk: card for card in cards}
