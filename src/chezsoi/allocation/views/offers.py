"""The offer made to a household, its letter, its answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chezsoi.allocation import actions, forms, letters, queries
from chezsoi.allocation.views.refusals import REFUSED, sentence
from chezsoi.homes import wording as homes
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page


@allow(Can.RECORD_DECISION)
@require_POST
def send(request: Request, candidacy_id: int) -> HttpResponse:
    candidacy = queries.candidacy(candidacy_id, actor=request.actor)
    try:
        letter = actions.send_offer(actor=request.actor, candidacy=candidacy, sent_on=timezone.localdate())
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
        return redirect("allocation:round", candidacy.round_id)
    return redirect("allocation:answer", letter.pk)


@allow(Can.RECORD_ANSWER)
@require_safe
def letter(request: Request, letter_id: int) -> HttpResponse:
    found = queries.letter(letter_id, actor=request.actor)
    pdf = letters.offer_letter(found, lang=get_language() or "fr", actor=request.actor)
    actions.note_reading(actor=request.actor, round_=found.decision.candidacy.round)
    return _printed(pdf, f"offer-{found.pk}")


@allow(Can.RECORD_ANSWER)
@require_safe
def refusal_letter(request: Request, candidacy_id: int) -> HttpResponse:
    found = queries.refused_decision(candidacy_id, actor=request.actor)
    pdf = letters.refusal_letter(found, on=timezone.localdate(), lang=get_language() or "fr", actor=request.actor)
    actions.note_reading(actor=request.actor, round_=found.candidacy.round)
    actions.note_refusal_letter_made(actor=request.actor, decision=found)
    return _printed(pdf, f"decision-{found.pk}")


@allow(Can.RECORD_ANSWER)
@require_http_methods(["GET", "POST"])
def answer(request: Request, letter_id: int) -> HttpResponse:
    found = queries.letter(letter_id, actor=request.actor)
    actions.note_reading(actor=request.actor, round_=found.decision.candidacy.round)
    form = forms.Answer(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.record_answer(
                actor=request.actor,
                letter=found,
                is_accepted=given["answer"] == forms.YES,
                answered_on=given["answered_on"],
                words=given["words"],
            )
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.info(request, _("The answer is written. A no costs the household nothing."))
            return redirect("allocation:rounds")
    candidacy = found.decision.candidacy
    context = {
        "form": form,
        "letter": found,
        "candidacy": candidacy,
        "title": homes.title(candidacy.offer.dwelling),
        "given": queries.answer_to(found, actor=request.actor),
    }
    return page(request, "allocation/answer.html", context)


@allow(Can.RECORD_ANSWER)
@require_POST
def lapse(request: Request) -> HttpResponse:
    lapsed = actions.lapse_silent(actor=request.actor, on=timezone.localdate())
    messages.info(request, _("Offers whose delay has passed: %(count)s.") % {"count": len(lapsed)})
    return redirect("allocation:rounds")


def _printed(pdf: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
