"""Links that came by mail: an invitation to accept, a new password to choose."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from chezsoi.portal import entrance, tasks
from chezsoi.portal.entrance import ENTRANCE
from chezsoi.portal.views.accounts.forms import Forgotten, NewPassword
from chezsoi.territories import actions, queries
from chezsoi.territories.access import Request, public
from chezsoi.territories.choices import LinkPurpose
from chezsoi.ui.responses import page


@public("whoever forgot their password has no account open")
@require_http_methods(["GET", "POST"])
@never_cache
def forgotten(request: Request) -> HttpResponse:
    form = Forgotten(request.POST or None)
    if request.method == "POST" and form.is_valid():
        tasks.ask_reset(form.cleaned_data["email"], address=entrance.address_of(request))
        return page(request, "portal/accounts/forgotten_sent.html")
    return page(request, "portal/accounts/forgotten.html", {"form": form}, status=422 if form.errors else 200)


@public("an invitation is accepted before there is an account")
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password", "again")
@never_cache
def accept(request: Request, secret: str) -> HttpResponse:
    user = queries.invited_by(secret, purpose=LinkPurpose.INVITATION, actor=ENTRANCE)
    if user is None:
        return page(request, "portal/accounts/dead_link.html", {"is_invitation": True}, status=404)
    form = NewPassword(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.accept_invitation(actor=ENTRANCE, secret=secret, password=form.cleaned_data["password"])
        except actions.LinkIsDead:
            return page(request, "portal/accounts/dead_link.html", {"is_invitation": True}, status=404)
        return entrance.come_in(request, user, by="invitation")
    context = {"form": form, "invited": user}
    return page(request, "portal/accounts/accept.html", context, status=422 if form.errors else 200)


@public("a forgotten password is changed by the link that was asked for")
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password", "again")
@never_cache
def new_password(request: Request, secret: str) -> HttpResponse:
    user = queries.invited_by(secret, purpose=LinkPurpose.RESET, actor=ENTRANCE)
    if user is None:
        return page(request, "portal/accounts/dead_link.html", {"is_invitation": False}, status=404)
    form = NewPassword(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reset_password(actor=ENTRANCE, secret=secret, password=form.cleaned_data["password"])
        except actions.LinkIsDead:
            return page(request, "portal/accounts/dead_link.html", {"is_invitation": False}, status=404)
        messages.success(request, _("Your password is changed, and every session you had open is closed. Sign in."))
        return redirect("portal:sign-in")
    return page(request, "portal/accounts/new_password.html", {"form": form}, status=422 if form.errors else 200)
