"""Published scoring grids: their list, one version to read or print, two compared; a draft begun from one."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from chezsoi.allocation import actions, queries
from chezsoi.allocation.forms import grids as forms
from chezsoi.allocation.models import GridDraft, ScoringGrid
from chezsoi.allocation.tables import grids as tables
from chezsoi.allocation.views.refusals import REFUSED, sentence
from chezsoi.territories import queries as territories
from chezsoi.territories.access import Can, Request, allow, signed_in
from chezsoi.ui.responses import page

CRITERIA_ARE_PUBLIC = "the law wants the criteria published: every account reads the grids of its territories"


@signed_in(CRITERIA_ARE_PUBLIC)
@require_safe
def grids(request: Request) -> HttpResponse:
    published = list(queries.published_grids(actor=request.actor))
    drafts = list(queries.grid_drafts(actor=request.actor))
    bodies = bodies_of([*published, *drafts], request)
    context = {
        "table": tables.grids(published, bodies=bodies, today=timezone.localdate()),
        "drafts": tables.drafts(drafts, bodies=bodies),
        "may_write": request.actor.may(Can.RUN_ROUND),
        "newest": published[-1] if published else None,
    }
    return page(request, "allocation/grids.html", context)


@signed_in(CRITERIA_ARE_PUBLIC)
@require_safe
def grid(request: Request, grid_id: int) -> HttpResponse:
    found = queries.grid(grid_id, actor=request.actor)
    published_by = queries.publisher(found, actor=request.actor)
    context = {
        "grid": found,
        "facts": tables.facts(found, bodies=bodies_of([found], request), published_by=published_by),
        "rubrics": tables.criteria(found.content),
        "others": queries.published_grids(actor=request.actor).exclude(pk=found.pk),
        "may_write": request.actor.may(Can.RUN_ROUND),
    }
    return page(request, "allocation/grid.html", context)


@signed_in(CRITERIA_ARE_PUBLIC)
@require_safe
def compare(request: Request, grid_id: int, other_id: int) -> HttpResponse:
    before, after = (queries.grid(pk, actor=request.actor) for pk in (grid_id, other_id))
    found = queries.differences(before.content, after.content, actor=request.actor)
    context = {
        "before": before,
        "after": after,
        "table": tables.differences(found, before=str(before), after=str(after)),
        "waiting": [(each, tables.seniority(each.content)) for each in (before, after)],
    }
    return page(request, "allocation/compare_grids.html", context)


@allow(Can.RUN_ROUND)
@require_http_methods(["GET", "POST"])
def begin(request: Request, grid_id: int) -> HttpResponse:
    origin = queries.grid(grid_id, actor=request.actor)
    form = forms.GridPlace(request.POST or None, actor=request.actor)
    if form.is_valid():
        territory, epci_siren = form.where()
        try:
            begun = actions.start_draft(
                actor=request.actor,
                origin=origin,
                territory=territory,
                epci_siren=epci_siren,
                on=timezone.localdate(),
                at=timezone.now(),
            )
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            return redirect("allocation:grid-draft", begun.pk)
    return page(request, "allocation/begin_grid.html", {"form": form, "grid": origin})


def bodies_of(rows: Iterable[ScoringGrid | GridDraft], request: Request) -> dict[str, str]:
    """Name the intercommunal bodies that grids hold in."""
    places = {row.territory for row in rows if row.epci_siren and row.territory is not None}
    found: dict[str, str] = {}
    for place in places:
        found |= territories.intercommunal_bodies(place, actor=request.actor)
    return found
