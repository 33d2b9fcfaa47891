"""The copy a person asked for: read what speaks of others, print, hand on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chezsoi.journeys.access_copy import document, gathering
from chezsoi.journeys.access_copy.passages import speaks_of_others
from chezsoi.people import actions, queries
from chezsoi.people.forms.rights import CopyHanded
from chezsoi.people.models import AccessRequest
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page

TEMPLATE = "journeys/access_copy.html"


@allow(Can.GIVE_COPY)
@require_http_methods(["GET", "POST"])
def access_copy(request: Request, pk: int) -> HttpResponse:
    asked = queries.access_request(pk, actor=request.actor)
    copy = _gathered(request, asked)
    if request.method == "POST" and copy is not None and asked.handed_on is None:
        shown = {each.key for each in document.every_passage(copy)}
        masked = shown & set(request.POST.getlist("mask"))
        read = shown & set(request.POST.getlist("read"))
        actions.read_passages(actor=request.actor, request=asked, kept=read - masked, masked=masked)
        messages.success(request, _("What you masked is kept. The copy can be printed and handed on."))
        return redirect("journeys:access-copy", pk)
    return _show(request, asked, copy)


@allow(Can.GIVE_COPY)
@require_safe
def printed(request: Request, pk: int) -> HttpResponse:
    asked = queries.access_request(pk, actor=request.actor)
    copy = _gathered(request, asked)
    if copy is None or not _is_ready(copy, asked):
        return _not_ready(request, pk)
    actions.note_copy_made(actor=request.actor, request=asked, form="pdf")
    lang = (get_language() or "fr").split("-")[0]
    answer = HttpResponse(document.as_pdf(copy, asked, lang=lang), content_type="application/pdf")
    return _for_nobody_else(answer, f"copy-{asked.pk}.pdf")


@allow(Can.GIVE_COPY)
@require_safe
def data(request: Request, pk: int) -> HttpResponse:
    asked = queries.access_request(pk, actor=request.actor)
    copy = _gathered(request, asked)
    if copy is None or not _is_ready(copy, asked):
        return _not_ready(request, pk)
    actions.note_copy_made(actor=request.actor, request=asked, form="json")
    answer = JsonResponse(document.as_json(copy, asked), json_dumps_params={"ensure_ascii": False, "indent": 1})
    return _for_nobody_else(answer, f"copy-{asked.pk}.json")


@allow(Can.GIVE_COPY)
@require_POST
def hand(request: Request, pk: int) -> HttpResponse:
    asked = queries.access_request(pk, actor=request.actor)
    copy = _gathered(request, asked)
    today = timezone.localdate()
    form = CopyHanded(request.POST, today=today)
    if copy is None or not _is_ready(copy, asked):
        return _not_ready(request, pk)
    if form.is_valid():
        try:
            actions.hand_copy(
                actor=request.actor, request=asked, how=form.cleaned_data["how"], handed_on=form.day(), on=today
            )
        except actions.AlreadyHanded:
            messages.warning(request, _("This copy was handed on already: nothing had to change."))
        except actions.InTheFuture:
            form.add_error("day", _("It cannot be handed on before it was asked for. Correct the date."))
            return _show(request, asked, copy, form)
        return redirect("people:household", asked.household_id)
    return _show(request, asked, copy, form)


def _gathered(request: Request, asked: AccessRequest) -> gathering.Copy | None:
    """Gather the copy; None when the role does not read the whole of it."""
    try:
        return gathering.gather(asked, on=timezone.localdate(), actor=request.actor)
    except gathering.PartNotReadByRole:
        return None


def _is_ready(copy: gathering.Copy, asked: AccessRequest) -> bool:
    return asked.read_at is not None and not document.unread(copy, asked)


def _not_ready(request: Request, pk: int) -> HttpResponse:
    messages.warning(request, _("Some passages have not been read yet: nothing was printed. Read them first."))
    return redirect("journeys:access-copy", pk)


def _show(
    request: Request, asked: AccessRequest, copy: gathering.Copy | None, form: CopyHanded | None = None
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "asked": asked,
        "name": queries.name_of(asked.person, reference=asked.household.reference, actor=request.actor),
        "is_whole": copy is not None,
        "is_late": asked.is_late_on(today),
        "is_ready": copy is not None and _is_ready(copy, asked),
        "passages": _passages(request, asked, copy) if copy else [],
        "parts": document.contents(copy) if copy else [],
        "form": form or CopyHanded(today=today),
    }
    return page(request, TEMPLATE, context, status=422 if form is not None and form.errors else 200)


def _passages(request: Request, asked: AccessRequest, copy: gathering.Copy) -> list[dict[str, object]]:
    """List each passage with where it stands, ticked when it was masked or, unread, when it may speak of others."""
    names = gathering.names_of_others(asked, on=timezone.localdate(), actor=request.actor)
    unread = {each.key for each in document.unread(copy, asked)}
    masked = set(asked.masked or ())
    return [
        {
            "key": passage.key,
            "text": passage.text,
            "where": where,
            "is_masked": passage.key in masked or (passage.key in unread and speaks_of_others(passage.text, names)),
            "is_pointed_at": speaks_of_others(passage.text, names),
        }
        for where, passage in document.placed_passages(copy)
    ]


def _for_nobody_else(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
