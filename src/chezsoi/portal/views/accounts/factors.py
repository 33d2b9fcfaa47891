"""One's own second factors: an application that shows codes, passkeys, recovery codes."""

from __future__ import annotations

import json

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chezsoi.portal import entrance
from chezsoi.portal.views.accounts.forms import AppCode, Name
from chezsoi.territories import actions, queries
from chezsoi.territories.access import Request, signed_in
from chezsoi.territories.models import User
from chezsoi.territories.sessions import FACTOR
from chezsoi.ui.responses import page

SALT = "chezsoi.application"
SECRET_SECONDS = 3600
OWN = "each account keeps its own second factors"


@signed_in(OWN, before_second_factor=True)
@require_safe
def second_factor(request: Request) -> HttpResponse:
    user = queries.own_account(actor=request.actor)
    held = list(queries.factors_of(user, actor=request.actor))
    context = {
        "held": held,
        "has_app": any(each.type == "totp" for each in held),
        "codes_left": queries.recovery_codes_left(user, actor=request.actor),
        "is_due": request.lacks_second_factor,
    }
    return page(request, "portal/accounts/second_factor.html", context)


@signed_in(OWN, before_second_factor=True)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("secret", "code")
def application(request: Request) -> HttpResponse:
    """Show the secret of a new application, and bind it once it shows the right code; a GET keeps nothing."""
    if not entrance.is_fresh(request):
        return entrance.ask_again(request)
    user = queries.own_account(actor=request.actor)
    secret = _secret_given(request, user) or generate_totp_secret()
    form = AppCode(request.POST or None, initial={"secret": _sealed(secret, user)})
    if request.method == "POST" and form.is_valid() and _secret_given(request, user):
        try:
            codes = actions.turn_on_totp(actor=request.actor, user=user, secret=secret, code=form.cleaned_data["code"])
        except actions.WrongCode:
            form.add_error(
                "code", _("This is not the code it should show now. Nothing was changed; type the next one.")
            )
        else:
            return _added(request, codes, factor="totp")
    if request.method == "POST" and not _secret_given(request, user):
        messages.info(request, _("This page was open too long. Nothing was changed; scan the new picture."))
        form = AppCode(initial={"secret": _sealed(secret, user)})
    context = {
        "form": form,
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        "picture": _picture(get_adapter().build_totp_url(user, secret)),
    }
    return page(request, "portal/accounts/application.html", context, status=422 if form.errors else 200)


@signed_in(OWN, before_second_factor=True)
@require_http_methods(["GET", "POST"])
def passkey(request: Request) -> HttpResponse:
    if not entrance.is_fresh(request):
        return entrance.ask_again(request)
    user = queries.own_account(actor=request.actor)
    form = Name(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer = json.loads(request.POST.get("answer", ""))
            codes = actions.add_passkey(actor=request.actor, user=user, name=form.cleaned_data["name"], answer=answer)
        except (ValueError, actions.WrongCode):
            form.add_error(None, _("No passkey was made. Nothing was changed; try again, or use an application."))
        else:
            return _added(request, codes, factor="webauthn")
    return page(request, "portal/accounts/passkey.html", {"form": form}, status=422 if form.errors else 200)


@signed_in(OWN, before_second_factor=True)
@require_POST
def new_passkey_question(request: Request) -> HttpResponse:
    user = queries.own_account(actor=request.actor)
    return JsonResponse(queries.question_for_passkey(user, is_new=True, actor=request.actor))


@signed_in(OWN)
@require_POST
def recovery_codes(request: Request) -> HttpResponse:
    if not entrance.is_fresh(request):
        return entrance.ask_again(request)
    try:
        codes = actions.make_recovery_codes(actor=request.actor, user=queries.own_account(actor=request.actor))
    except actions.NoSuchFactor:
        messages.info(request, _("Choose a second factor first. Nothing was changed."))
        return redirect("portal:second-factor")
    return page(request, "portal/accounts/recovery_codes.html", {"codes": codes})


@signed_in(OWN)
@require_POST
def remove_factor(request: Request, pk: int) -> HttpResponse:
    if not entrance.is_fresh(request):
        return entrance.ask_again(request)
    user = queries.own_account(actor=request.actor)
    try:
        actions.remove_factor(actor=request.actor, user=user, pk=pk)
    except actions.NoSuchFactor as absent:
        raise Http404 from absent
    if not queries.has_second_factor(user, actor=request.actor):
        request.session[FACTOR] = ""
    messages.success(request, _("This second factor no longer serves."))
    return redirect("portal:second-factor")


def _added(request: Request, codes: list[str], *, factor: str) -> HttpResponse:
    request.session[FACTOR] = factor
    if codes:
        return page(request, "portal/accounts/recovery_codes.html", {"codes": codes, "is_first": True})
    messages.success(request, _("Your second factor is ready. It will be asked for at your next sign-in."))
    return redirect("portal:second-factor")


def _sealed(secret: str, user: User) -> str:
    return signing.dumps([user.pk, secret], salt=SALT)


def _secret_given(request: Request, user: User) -> str:
    """Read back the secret this very account was shown less than an hour ago."""
    try:
        pk, secret = signing.loads(request.POST.get("secret", ""), salt=SALT, max_age=SECRET_SECONDS)
    except signing.BadSignature:
        return ""
    return str(secret) if pk == user.pk else ""


def _picture(url: str) -> SafeString:
    """Draw a QR code as SVG: a path of our own making, without the XML prologue."""
    drawn: str = get_adapter().build_totp_svg(url)
    return SafeString(drawn[drawn.index("<svg") :])
