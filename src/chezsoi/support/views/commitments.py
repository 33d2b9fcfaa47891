"""Commitments of a case meeting: written, settled, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chezsoi.files.submissions import once
from chezsoi.support import actions, queries
from chezsoi.support.forms import meetings as forms
from chezsoi.support.views.acting import About, asked, done
from chezsoi.territories.access import Can, Request, allow


@allow(Can.RECORD_SUPPORT)
@require_http_methods(["GET", "POST"])
@once
def commit(request: Request, pk: int, meeting_pk: int) -> HttpResponse:
    about, today = About.of(request, pk, meeting_pk), timezone.localdate()
    taking_part = {each.pk: each for each in queries.participants_in(about.meeting, actor=request.actor)}
    form = forms.Committed(request.POST or None, today=today, taking_part=taking_part.values())

    def act() -> str:
        given = form.cleaned_data
        actions.commit(
            actor=request.actor,
            participant=taking_part[given["participant"]],
            subject=given["subject"],
            words=given["words"],
            due_on=given["due_on"],
            on=today,
        )
        return _("Written down: it stands in the day of who does it.")

    return asked(request, about, form, act, title=_("Who does what"), label=_("Write it down"))


@allow(Can.RECORD_SUPPORT)
@require_http_methods(["GET", "POST"])
@once
def settle(request: Request, pk: int, meeting_pk: int, row_pk: int) -> HttpResponse:
    about = About.of(request, pk, meeting_pk)
    commitment = queries.commitment(row_pk, meeting=about.meeting, actor=request.actor)
    form = forms.Settled(request.POST or None)

    def act() -> str:
        actions.settle(actor=request.actor, commitment=commitment, on=timezone.localdate(), **form.cleaned_data)
        return _("Written down.")

    title = _("What became of it: %(what)s") % {"what": commitment.get_subject_display()}
    return asked(request, about, form, act, title=title, label=_("Write it down"))


@allow(Can.RECORD_SUPPORT)
@require_POST
def take_back(request: Request, pk: int, meeting_pk: int, kind: str, row_pk: int) -> HttpResponse:
    about = About.of(request, pk, meeting_pk)
    undo = _undoing(request, about, kind, row_pk)

    def act() -> str:
        undo(timezone.localdate())
        return _("Taken back: it stands as before.")

    return done(request, about, act)


def _undoing(request: Request, about: About, kind: str, row_pk: int) -> Callable[[date], object]:
    """Find the row that is taken back, and what takes it back; one of another meeting does not exist."""
    actor = request.actor
    if kind == "participant":
        invited = queries.participant(row_pk, meeting=about.meeting, actor=actor)
        return lambda on: actions.take_participant_back(actor=actor, participant=invited, on=on)
    commitment = queries.commitment(row_pk, meeting=about.meeting, actor=actor)
    undo = actions.reopen_commitment if kind == "settlement" else actions.take_commitment_back
    return lambda on: undo(actor=actor, commitment=commitment, on=on)
