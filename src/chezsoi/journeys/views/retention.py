"""When files end: the counts and the order of the data protection officer; why one is kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chezsoi.journeys.retention import actions, forms, queries, tables, tasks
from chezsoi.journeys.retention.choices import Ground
from chezsoi.people import queries as people
from chezsoi.territories.access import Can, Request, allow
from chezsoi.territories.queries import accounts_past_their_time
from chezsoi.ui.responses import page

LAST = 12


@allow(Can.PURGE_FILES)
@require_http_methods(["GET", "POST"])
def desk(request: Request) -> HttpResponse:
    form = forms.Purge(request.POST or None)
    if form.is_valid():
        actor = request.actor
        tasks.purge_files.enqueue(actor.user_id, actor.role, actor.organisation_id)
        messages.success(request, _("The purge has begun. It will appear among the last purges when it ends."))
        return redirect("journeys:retention")
    today = timezone.localdate()
    found = [
        queries.forecast(territory, on=today, actor=request.actor)
        for territory in queries.territories_of(actor=request.actor)
    ]
    accounts = accounts_past_their_time(on=today, actor=request.actor).count()
    context = {
        "forecasts": tables.forecasts(found),
        "accounts": accounts,
        "due": accounts + sum(each.due + each.homes for each in found),
        "runs": tables.runs(queries.runs(actor=request.actor)[:LAST]),
        "form": form,
    }
    return page(request, "journeys/retention.html", context, status=422 if form.errors else 200)


@allow(Can.KEEP_FILE)
@require_http_methods(["GET", "POST"])
def keep(request: Request, pk: int) -> HttpResponse:
    household = people.household(pk, actor=request.actor)
    today = timezone.localdate()
    form = forms.Keep(request.POST or None)
    if form.is_valid():
        try:
            actions.justify_archive(
                actor=request.actor,
                household=household,
                ground=Ground(form.cleaned_data["ground"]),
                reason=form.cleaned_data["reason"],
                until_on=form.cleaned_data["until_on"],
                on=today,
            )
        except actions.TooShort:
            form.add_error("reason", _("This is too short to be understood. Nothing was recorded; write a sentence."))
        except actions.TooLong:
            form.add_error(
                "until_on", _("This day is past, or more than five years away. Nothing was recorded; correct it.")
            )
        else:
            messages.success(request, _("The justification is recorded: the file is kept until that day."))
            return redirect("journeys:keep", pk)
    context = {
        "household": household,
        "form": form,
        "term": tables.term(queries.term_of(household, on=today, actor=request.actor)),
        "justifications": tables.justifications(queries.justifications(household, actor=request.actor)),
    }
    return page(request, "journeys/keep.html", context, status=422 if form.errors else 200)
