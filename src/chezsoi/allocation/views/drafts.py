"""The draft of a scoring grid: what it says of itself, its criteria one by one, thrown away or published."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chezsoi.allocation import actions, queries, wording
from chezsoi.allocation.forms import grids as forms
from chezsoi.allocation.models import GridDraft
from chezsoi.allocation.tables import grids as tables
from chezsoi.allocation.views.grids import bodies_of
from chezsoi.allocation.views.refusals import REFUSED, sentence
from chezsoi.engines import matching
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page


@allow(Can.RUN_ROUND)
@require_http_methods(["GET", "POST"])
def draft(request: Request, draft_id: int) -> HttpResponse:
    found = queries.grid_draft(draft_id, actor=request.actor)
    form = forms.DraftDescription(request.POST or None, initial=_described(found))
    if form.is_valid():
        actions.describe_draft(actor=request.actor, draft=found, facts=form.facts(), at=timezone.now())
        messages.info(request, _("The draft is kept; nothing changes before it is published."))
        return redirect("allocation:grid-draft", found.pk)
    context = {
        "draft": found,
        "where": tables.where(found, bodies_of([found], request)),
        "form": form,
        "rubrics": tables.criteria(found.content, draft=found),
        "found": [finding.words for finding in queries.findings(found, actor=request.actor)],
    }
    return page(request, "allocation/grid_draft.html", context, status=422 if form.errors else 200)


@allow(Can.RUN_ROUND)
@require_safe
def compare(request: Request, draft_id: int) -> HttpResponse:
    found = queries.grid_draft(draft_id, actor=request.actor)
    changed = queries.differences(found.origin.content, found.content, actor=request.actor)
    context = {
        "draft": found,
        "before": found.origin,
        "after": _("this draft"),
        "table": tables.differences(changed, before=str(found.origin), after=_("this draft")),
        "waiting": [
            (found.origin, tables.seniority(found.origin.content)),
            (_("this draft"), tables.seniority(found.content)),
        ],
    }
    return page(request, "allocation/compare_grids.html", context)


@allow(Can.RUN_ROUND)
@require_http_methods(["GET", "POST"])
def criterion(request: Request, draft_id: int, code: str = "") -> HttpResponse:
    found = queries.grid_draft(draft_id, actor=request.actor)
    known = _criterion(found, code) if code else None
    form = forms.WriteCriterion(request.POST or None, draft=found, initial=known)
    if form.is_valid():
        try:
            actions.write_criterion(
                actor=request.actor, draft=found, written=form.criterion(), code=code, at=timezone.now()
            )
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            return redirect("allocation:grid-draft", found.pk)
    context = {"draft": found, "form": form, "code": code, "label": known["label"] if known else ""}
    return page(request, "allocation/grid_criterion.html", context, status=422 if form.errors else 200)


@allow(Can.RUN_ROUND)
@require_POST
def remove(request: Request, draft_id: int, code: str) -> HttpResponse:
    found = queries.grid_draft(draft_id, actor=request.actor)
    try:
        actions.remove_criterion(actor=request.actor, draft=found, code=code, at=timezone.now())
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    return redirect("allocation:grid-draft", found.pk)


@allow(Can.RUN_ROUND)
@require_POST
def discard(request: Request, draft_id: int) -> HttpResponse:
    found = queries.grid_draft(draft_id, actor=request.actor)
    actions.discard_draft(actor=request.actor, draft=found)
    messages.info(request, _("The draft is thrown away; published versions stay as they are."))
    return redirect("allocation:grids")


@allow(Can.RUN_ROUND)
@require_POST
def publish(request: Request, draft_id: int) -> HttpResponse:
    found = queries.grid_draft(draft_id, actor=request.actor)
    try:
        published = actions.publish_draft(actor=request.actor, draft=found, on=timezone.localdate(), at=timezone.now())
    except matching.GridBreaksHousingFirst as broken:
        words = ", ".join(finding.words for finding in broken.findings)
        messages.error(request, _("No grid may hold this: %(words)s. Nothing was published.") % {"words": words})
    except matching.GridNamesItsOwnFacts:
        messages.error(
            request,
            _(
                "The draft names facts of its own. A grid counts only those of the published list, so that nobody has "
                "to earn a home. Nothing was published: begin again from a version without them."
            ),
        )
    except matching.UnusableGrid:
        messages.error(request, _("The draft has no criterion, or one without a fact. Nothing was published."))
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.info(request, _("The version is published. Rounds opened from its day on take it."))
        return redirect("allocation:grid", published.pk)
    return redirect("allocation:grid-draft", found.pk)


def _described(found: GridDraft) -> dict[str, Any]:
    content = found.content
    told = {"title": wording.own(content["title"]), "source": wording.own(content["source"])}
    return told | {"valid_from": content["valid_from"]} | (content.get("seniority") or {})


def _criterion(found: GridDraft, code: str) -> dict[str, Any]:
    for rubric in found.content["rubrics"]:
        for each in rubric["criteria"]:
            if each["code"] == code:
                return forms.criterion_as_written(rubric["code"], each)
    raise Http404
