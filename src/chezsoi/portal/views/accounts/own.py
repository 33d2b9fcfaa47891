"""One's own account: its roles, its language, its password, its sessions."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chezsoi import trail
from chezsoi.portal import entrance
from chezsoi.portal.navigation import role_label
from chezsoi.portal.views.accounts.forms import ChangePassword
from chezsoi.territories import actions, queries
from chezsoi.territories.access import Request, public, signed_in
from chezsoi.territories.middleware import SESSION_KEY
from chezsoi.ui.responses import page


@signed_in("each account sees its own roles", before_second_factor=True)
@require_safe
def account(request: Request) -> HttpResponse:
    held = [
        {"assignment": row, "label": role_label(row.role), "is_current": row.role == request.actor.role}
        for row in request.assignments
    ]
    context = {"held": held, "account": queries.own_account(actor=request.actor)}
    return page(request, "portal/account.html", context)


@signed_in("each account takes up one of its own roles", before_second_factor=True)
@require_POST
def choose_role(request: Request, pk: int) -> HttpResponse:
    chosen = next((row for row in request.assignments if row.pk == pk), None)
    if chosen is None:
        raise Http404
    request.session[SESSION_KEY] = chosen.pk
    trail.record(request.actor, "territories.role.taken_up", chosen)
    return redirect("portal:day")


@public("everybody reads in their language")
@require_POST
def language(request: Request) -> HttpResponse:
    answer = redirect(entrance.safe_next(request))
    chosen = request.POST.get("language", "")
    if check_for_language(chosen) and chosen in dict(settings.LANGUAGES):
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=31_536_000, samesite="Lax", httponly=True)
    return answer


@signed_in("each account changes its own password", before_second_factor=True)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("old", "password", "again")
def password(request: Request) -> HttpResponse:
    user = queries.own_account(actor=request.actor)
    form = ChangePassword(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_password(
                actor=request.actor,
                user=user,
                old=form.cleaned_data["old"],
                new=form.cleaned_data["password"],
                address=entrance.address_of(request),
                keep=str(request.session.session_key),
            )
        except actions.NotRecognised:
            form.add_error("old", _("This is not your password now. Nothing was changed; type it again."))
        else:
            entrance.keep_session(request, user)
            messages.success(request, _("Your password is changed. Your other sessions are closed."))
            return redirect("portal:account")
    return page(request, "portal/accounts/password.html", {"form": form}, status=422 if form.errors else 200)


@signed_in("each account sees where it is open", before_second_factor=True)
@require_safe
def sessions(request: Request) -> HttpResponse:
    mine = queries.own_sessions(actor=request.actor, now=timezone.now())
    listed = [
        {"session": each, "handle": entrance.handle_of(each), "is_this": each.pk == request.session.session_key}
        for each in mine
    ]
    listed.sort(key=lambda each: not each["is_this"])
    return page(request, "portal/accounts/sessions.html", {"sessions": listed, "idle": settings.IDLE_MINUTES})


@signed_in("each account ends its own sessions", before_second_factor=True)
@require_POST
def end_session(request: Request, handle: str) -> HttpResponse:
    mine = queries.own_sessions(actor=request.actor, now=timezone.now())
    found = next((each for each in mine if entrance.handle_of(each) == handle), None)
    if found is None:
        raise Http404
    if found.pk == request.session.session_key:
        actions.record_exit(actor=request.actor)
        return entrance.leave(request)
    actions.end_own_sessions(actor=request.actor, only=found)
    messages.success(request, _("This session is closed."))
    return redirect("portal:sessions")


@signed_in("each account ends its other sessions", before_second_factor=True)
@require_POST
def end_other_sessions(request: Request) -> HttpResponse:
    actions.end_own_sessions(actor=request.actor, but=str(request.session.session_key))
    messages.success(request, _("Your other sessions are closed."))
    return redirect("portal:sessions")
