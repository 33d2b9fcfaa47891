"""The support of one household: measures and how their intensity changed, meetings, handovers, and their acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chezsoi import trail
from chezsoi.files.submissions import once
from chezsoi.people import queries as people
from chezsoi.people.models import Household
from chezsoi.support import actions, forms, queries
from chezsoi.support.views.acting import About, asked, done
from chezsoi.territories.access import Can, Request, allow
from chezsoi.territories.queries import own_organisation
from chezsoi.ui.responses import page


@allow(Can.SEE_SUPPORT)
@require_safe
def file(request: Request, pk: int) -> HttpResponse:
    household = people.household(pk, actor=request.actor)
    trail.record(request.actor, "support.file.read", household)
    changes = list(queries.changes_of(household, actor=request.actor))
    measures = list(queries.measures_of(household, actor=request.actor))
    context = {
        "household": household,
        "measures": [(each, [row for row in changes if row.measure_id == each.pk]) for each in measures],
        "meetings": list(queries.meetings_of(household, actor=request.actor)),
        "contacts": list(queries.contacts_of(household, actor=request.actor)),
        "handovers": list(queries.handovers_of(household, actor=request.actor)),
        "organisation_id": request.actor.organisation_id,
        "may_record": request.actor.may(Can.RECORD_SUPPORT),
    }
    return page(request, "support/file.html", context)


@allow(Can.RECORD_SUPPORT)
@require_http_methods(["GET", "POST"])
@once
def note_contact(request: Request, pk: int) -> HttpResponse:
    household, today = people.household(pk, actor=request.actor), timezone.localdate()
    form = forms.Met(request.POST or None, today=today)

    def act() -> str:
        actions.note_contact(actor=request.actor, household=household, told=form.told(), on=today)
        return _("The meeting is noted.")

    return asked(request, About(household=household), form, act, title=_("Note a meeting"), label=_("Note it"))


@allow(Can.RECORD_SUPPORT)
@require_http_methods(["GET", "POST"])
@once
def hand_over(request: Request, pk: int) -> HttpResponse:
    household, today = people.household(pk, actor=request.actor), timezone.localdate()
    form = forms.HandOver(request.POST or None)

    def act() -> str:
        actions.hand_over(actor=request.actor, household=household, on=today, **form.cleaned_data)
        return _("Handed over: it waits in their day. Nobody enters anything again.")

    title = _("Hand over to another team of ours")
    return asked(request, About(household=household), form, act, title=title, label=_("Hand over"))


@allow(Can.RECORD_SUPPORT)
@require_http_methods(["GET", "POST"])
@once
def open_measure(request: Request, pk: int) -> HttpResponse:
    household = people.household(pk, actor=request.actor)
    form = forms.Opened(request.POST or None, today=timezone.localdate())

    def act() -> str:
        organisation = own_organisation(actor=request.actor)
        actions.open_measure(actor=request.actor, household=household, organisation=organisation, **form.cleaned_data)
        return _("Support is open. No home depends on it.")

    return asked(request, About(household=household), form, act, title=_("Open support"), label=_("Open it"))


@allow(Can.RECORD_SUPPORT)
@require_http_methods(["GET", "POST"])
@once
def change_intensity(request: Request, pk: int, measure_pk: int) -> HttpResponse:
    household, today = people.household(pk, actor=request.actor), timezone.localdate()
    measure = queries.measures_of(household, actor=request.actor).get(pk=measure_pk)
    form = forms.Changed(request.POST or None, today=today)

    def act() -> str:
        actions.change_intensity(actor=request.actor, measure=measure, on=today, **form.cleaned_data)
        return _("Written down. The home, the request and the rank do not depend on it.")

    return asked(
        request, About(household=household), form, act, title=_("Change the intensity"), label=_("Write it down")
    )


@allow(Can.RECORD_SUPPORT)
@require_http_methods(["GET", "POST"])
@once
def end_measure(request: Request, pk: int, measure_pk: int) -> HttpResponse:
    household = people.household(pk, actor=request.actor)
    measure = queries.measures_of(household, actor=request.actor).get(pk=measure_pk)
    form = forms.Ended(request.POST or None, today=timezone.localdate())

    def act() -> str:
        actions.end_measure(actor=request.actor, measure=measure, **form.cleaned_data)
        return _("Support has ended. The lease goes on.")

    return asked(request, About(household=household), form, act, title=_("End this support"), label=_("End it"))


@allow(Can.RECORD_SUPPORT)
@require_POST
def take_up(request: Request, pk: int, handover_pk: int) -> HttpResponse:
    household = people.household(pk, actor=request.actor)
    handover = queries.handover(handover_pk, household=household, actor=request.actor)

    def act() -> str:
        actions.take_up(actor=request.actor, handover=handover, on=timezone.localdate())
        return _("Taken up. Go and meet them.")

    return done(request, About(household=household), act)


@allow(Can.RECORD_SUPPORT)
@require_POST
def take_back(request: Request, pk: int, kind: str, row_pk: int) -> HttpResponse:
    household, today = people.household(pk, actor=request.actor), timezone.localdate()
    undo = _undoing(kind, row_pk, household, request)

    def act() -> str:
        undo(today)
        return _("Taken back: it stands as before.")

    return done(request, About(household=household), act)


def _undoing(kind: str, row_pk: int, household: Household, request: Request) -> Callable[[Any], object]:
    """Find the row that is taken back, and what takes it back; one of another household does not exist."""
    actor = request.actor
    if kind == "contact":
        contact = queries.contact(row_pk, household=household, actor=actor)
        return lambda on: actions.take_contact_back(actor=actor, contact=contact, on=on)
    if kind == "handover":
        handover = queries.handover(row_pk, household=household, actor=actor)
        return lambda on: actions.take_handover_back(actor=actor, handover=handover, on=on)
    if kind == "change":
        change = queries.change(row_pk, household=household, actor=actor)
        return lambda on: actions.take_change_back(actor=actor, change=change, on=on)
    measure = queries.measures_of(household, actor=actor).get(pk=row_pk)
    return lambda on: actions.resume_measure(actor=actor, measure=measure)
