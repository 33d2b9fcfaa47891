"""Case meetings: those to come, one of them, and what is done with it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chezsoi import trail
from chezsoi.files.submissions import once
from chezsoi.people import queries as people
from chezsoi.support import actions, letters, queries
from chezsoi.support.forms import meetings as forms
from chezsoi.support.views.acting import About, asked, done
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page


@allow(Can.SEE_SUPPORT)
@require_safe
def meetings(request: Request) -> HttpResponse:
    """List the meetings to come of the actor's organisation, by team."""
    rows = list(queries.meetings_to_come(actor=request.actor))
    trail.record(request.actor, "support.meetings.read", detail={"meetings": [row.pk for row in rows]})
    return page(request, "support/meetings.html", {"meetings": rows, "today": timezone.localdate()})


@allow(Can.SEE_SUPPORT)
@require_safe
def meeting(request: Request, pk: int, meeting_pk: int) -> HttpResponse:
    about = About.of(request, pk, meeting_pk)
    trail.record(request.actor, "support.meeting.read", about.meeting)
    context = {
        "household": about.household,
        "meeting": about.meeting,
        "participants": list(queries.participants_in(about.meeting, actor=request.actor)),
        "commitments": list(queries.commitments_in(about.meeting, actor=request.actor)),
        "today": timezone.localdate(),
        "may_record": request.actor.may(Can.RECORD_SUPPORT),
    }
    return page(request, "support/meeting.html", context)


@allow(Can.RECORD_SUPPORT)
@require_http_methods(["GET", "POST"])
@once
def call(request: Request, pk: int) -> HttpResponse:
    household, today = people.household(pk, actor=request.actor), timezone.localdate()
    form = forms.Called(request.POST or None, today=today)
    about = About(household=household)

    def act() -> str:
        called = actions.call_meeting(actor=request.actor, household=household, called=form.told(), on=today)
        about.meeting = called
        return _("The meeting is called. Say who takes part.")

    return asked(request, about, form, act, title=_("Call a case meeting"), label=_("Call it"))


@allow(Can.RECORD_SUPPORT)
@require_http_methods(["GET", "POST"])
@once
def invite(request: Request, pk: int, meeting_pk: int) -> HttpResponse:
    about = About.of(request, pk, meeting_pk)
    form = forms.Invited(request.POST or None, near=about.household.territory, actor=request.actor)

    def act() -> str:
        actions.invite(
            actor=request.actor,
            meeting=about.meeting,
            organisation=form.chosen,
            trade=form.cleaned_data["trade"],
            on=timezone.localdate(),
        )
        return _("They take part.")

    return asked(request, about, form, act, title=_("Invite somebody"), label=_("Invite"))


@allow(Can.RECORD_SUPPORT)
@require_http_methods(["GET", "POST"])
@once
def hold(request: Request, pk: int, meeting_pk: int) -> HttpResponse:
    about, today = About.of(request, pk, meeting_pk), timezone.localdate()
    taking_part = list(queries.participants_in(about.meeting, actor=request.actor))
    form = forms.HeldForm(
        request.POST or None,
        today=today,
        taking_part=taking_part,
        initial={
            "came": [each.pk for each in taking_part if each.came],
            "held_on": about.meeting.held_on or today,
            "presence": about.meeting.presence,
            "own_words": about.meeting.own_words,
            "health": about.meeting.health,
            "next_on": about.meeting.next_on,
        },
    )

    def act() -> str:
        actions.hold_meeting(actor=request.actor, meeting=about.meeting, held=form.told(), on=today)
        return _("Written down. Say now who does what, by when.")

    return asked(request, about, form, act, title=_("How the meeting went"), label=_("Write it down"))


@allow(Can.RECORD_SUPPORT)
@require_POST
def end(request: Request, pk: int, meeting_pk: int, act: str) -> HttpResponse:
    """Call a meeting off, or write that the household withdraws its agreement."""
    about, today = About.of(request, pk, meeting_pk), timezone.localdate()

    def acted() -> str:
        if act == "withdraw":
            actions.withdraw_agreement(actor=request.actor, meeting=about.meeting, on=today)
            return _("Written: whoever the meeting let in is out of the file from now on. It costs them nothing.")
        actions.call_off(actor=request.actor, meeting=about.meeting, on=today)
        return _("The meeting is called off.")

    return done(request, about, acted)


@allow(Can.SEE_SUPPORT)
@require_safe
def minutes(request: Request, pk: int, meeting_pk: int) -> HttpResponse:
    """Print what was agreed, in plain language, for the household to keep."""
    about = About.of(request, pk, meeting_pk)
    held_on = about.meeting.held_on
    if held_on is None:
        messages.error(request, _("How the meeting went is not written yet: write it first. Nothing was printed."))
        return redirect("support:meeting", pk, meeting_pk)
    lang = (get_language() or "fr").split("-")[0]
    pdf = letters.minutes(about.meeting, held_on=held_on, lang=lang, actor=request.actor)
    trail.record(request.actor, "support.meeting.printed", about.meeting)
    name = f"reunion-{about.household.reference}-{held_on}.pdf"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"},
    )
