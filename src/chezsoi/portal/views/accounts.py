"""Signing in and out, choosing a role, choosing a language."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from chezsoi import trail
from chezsoi.portal.navigation import role_label
from chezsoi.territories import queries
from chezsoi.territories.access import Request, public, signed_in
from chezsoi.territories.middleware import SESSION_KEY
from chezsoi.ui.responses import page

BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignIn(AuthenticationForm):
    """A mail address and a password; one sentence whatever is wrong, so that no address is revealed."""

    error_messages = {
        "invalid_login": _("This address and this password do not go together. Nothing was lost; try again."),
        "inactive": _("This address and this password do not go together. Nothing was lost; try again."),
    }


@public("one signs in before having any right")
@sensitive_post_parameters("password")
@never_cache
def sign_in(request: Request) -> HttpResponse:
    form = SignIn(request, data=request.POST or None)
    form.fields["username"].label = _("Mail address")
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return redirect(_next(request))
    status = 422 if form.errors else 200
    return page(request, "portal/sign_in.html", {"form": form, "next": _next(request)}, status=status)


@public("the demonstration lets anybody try each role; CHEZSOI_DEMO=0 removes it")
@require_POST
def demo_sign_in(request: Request, pk: int) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    user = queries.demonstration_accounts(actor=request.actor).get(pk=pk)
    login(request, user, backend=BACKEND)
    return redirect("portal:day")


@signed_in("everybody may leave")
@require_POST
def sign_out(request: Request) -> HttpResponse:
    logout(request)
    answer = redirect("portal:home")
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@signed_in("each account sees its own roles")
@require_safe
def account(request: Request) -> HttpResponse:
    held = [
        {"assignment": row, "label": role_label(row.role), "is_current": row.role == request.actor.role}
        for row in request.assignments
    ]
    return page(request, "portal/account.html", {"held": held})


@signed_in("each account takes up one of its own roles")
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
    answer = redirect(_next(request))
    chosen = request.POST.get("language", "")
    if check_for_language(chosen) and chosen in dict(settings.LANGUAGES):
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=31_536_000, samesite="Lax", httponly=True)
    return answer


def _next(request: Request) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"
