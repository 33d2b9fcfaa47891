"""How an account is told what waits: its mails, its keyboard, its calendar."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chezsoi.portal import calendar as calendars
from chezsoi.portal.views.accounts.forms import HabitsForm
from chezsoi.territories import actions, queries
from chezsoi.territories.access import ANONYMOUS, Request, public, signed_in
from chezsoi.territories.choices import Digest
from chezsoi.ui.responses import page

OWN = "each account chooses its own habits"


@signed_in(OWN)
@require_http_methods(["GET", "POST"])
def habits(request: Request) -> HttpResponse:
    held = queries.habits_of(request.actor.user_id, actor=request.actor)
    now = {name: getattr(held, name) for name in HabitsForm.base_fields}
    form = HabitsForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.choose_habits(
            actor=request.actor,
            digest=Digest(given["digest"]),
            tells_deadlines=given["tells_deadlines"],
            has_shortcuts=given["has_shortcuts"],
        )
        messages.success(request, _("Kept. You may change it whenever you like."))
        return redirect("portal:habits")
    return page(request, "portal/accounts/habits.html", {"form": form}, status=422 if form.errors else 200)


@signed_in(OWN)
@require_http_methods(["GET", "POST"])
@never_cache
def calendar(request: Request) -> HttpResponse:
    """Show whether a link is open; the answer to a POST makes one, and shows it this once."""
    secret = actions.make_calendar(actor=request.actor) if request.method == "POST" else ""
    link = f"{settings.SITE_URL}{reverse('portal:calendar-file', args=[secret])}" if secret else ""
    context = {"link": link, "held": queries.own_calendar(actor=request.actor)}
    return page(request, "portal/accounts/calendar.html", context)


@signed_in(OWN)
@require_POST
def revoke_calendar(request: Request) -> HttpResponse:
    if actions.revoke_calendar(actor=request.actor):
        messages.success(request, _("The link is revoked: nobody reads your calendar by it any more."))
    return redirect("portal:calendar")


@public("whoever holds the secret link reads days and no name")
@require_safe
@never_cache
def calendar_file(request: HttpRequest, secret: str) -> HttpResponse:
    owner = queries.owner_of_calendar(secret, actor=ANONYMOUS)
    if owner is None:
        raise Http404
    text = calendars.calendar_of(owner, site=settings.SITE_URL, now=timezone.now())
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="chezsoi.ics"'
    answer["X-Robots-Tag"] = "noindex"
    return answer
