"""Coming in and leaving: address and password, second step, demonstration, way out."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from chezsoi.portal import entrance, provider
from chezsoi.portal.entrance import ENTRANCE
from chezsoi.portal.views.accounts.forms import Code, SignIn
from chezsoi.territories import actions, queries
from chezsoi.territories.access import Request, public, signed_in
from chezsoi.territories.sessions import PROVIDER
from chezsoi.ui.responses import page

NOT_RECOGNISED = _("This address and this password do not go together. Nothing was lost; try again.")
TOO_MANY = _(
    "Too many tries for this address within a quarter of an hour. Nothing was lost; wait fifteen minutes, "
    "or choose a new password by mail."
)
WRONG_CODE = _("This code is not the right one, or was used already. Nothing was lost; wait for the next one.")
TOO_MANY_CODES = _(
    "Too many tries within a quarter of an hour. Nothing was lost; wait fifteen minutes and sign in again."
)


@public("one signs in before having any right")
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password")
@never_cache
def sign_in(request: Request) -> HttpResponse:
    form = SignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            user = actions.check_password(
                actor=ENTRANCE,
                email=said["username"],
                password=said["password"],
                address=entrance.address_of(request),
            )
        except actions.TooManyTries:
            form.add_error(None, TOO_MANY)
        except actions.NotRecognised:
            form.add_error(None, NOT_RECOGNISED)
        else:
            wanted = entrance.safe_next(request)
            return entrance.come_in(request, user, by="password", is_shared=said["is_shared"], wanted=wanted)
    context = {
        "form": form,
        "next": entrance.safe_next(request),
        "provider": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
        "was_closed": request.was_closed,
    }
    return page(request, "portal/accounts/sign_in.html", context, status=422 if form.errors else 200)


@public("the second half of signing in, after a right password")
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("code")
@never_cache
def second_step(request: Request) -> HttpResponse:
    user = entrance.who_waits(request)
    if user is None:
        return redirect("portal:sign-in")
    form = Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = entrance.address_of(request)
        try:
            factor = actions.check_code(actor=ENTRANCE, user=user, code=form.cleaned_data["code"], address=address)
        except actions.TooManyTries:
            form.add_error(None, TOO_MANY_CODES)
        except actions.WrongCode:
            form.add_error(None, WRONG_CODE)
        else:
            return entrance.come_in_after_second_step(request, user, factor=factor)
    kinds = {str(held.type) for held in queries.factors_of(user, actor=ENTRANCE)}
    context = {"form": form, "has_passkey": "webauthn" in kinds}
    return page(request, "portal/accounts/second_step.html", context, status=422 if form.errors else 200)


@public("the question a passkey answers, after a right password")
@require_POST
@never_cache
def passkey_question(request: Request) -> HttpResponse:
    user = entrance.who_waits(request)
    if user is None:
        raise Http404
    return JsonResponse(queries.question_for_passkey(user, is_new=False, actor=ENTRANCE))


@public("a passkey answers, after a right password")
@require_POST
@never_cache
def passkey_answer(request: Request) -> HttpResponse:
    user = entrance.who_waits(request)
    if user is None:
        return redirect("portal:sign-in")
    try:
        answer = json.loads(request.POST.get("answer", ""))
        factor = actions.check_passkey(actor=ENTRANCE, user=user, answer=answer)
    except (ValueError, actions.WrongCode):
        form = Code({"code": ""})
        form.errors.clear()
        form.add_error(None, _("This passkey was not recognised. Nothing was lost; try again, or use a code."))
        context = {"form": form, "has_passkey": True}
        return page(request, "portal/accounts/second_step.html", context, status=422)
    return entrance.come_in_after_second_step(request, user, factor=factor)


@public("the demonstration lets anybody try each role; CHEZSOI_DEMO=0 removes it")
@require_POST
def demo_sign_in(request: Request, pk: int) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    user = queries.demonstration_accounts(actor=request.actor).get(pk=pk)
    return entrance.come_in(request, user, by="demonstration")


@signed_in("everybody may leave", before_second_factor=True)
@require_POST
def sign_out(request: Request) -> HttpResponse:
    actions.record_exit(actor=request.actor)
    farewell = provider.farewell(request.session.get(PROVIDER, ""))
    answer = entrance.leave(request)
    if farewell:
        answer["Location"] = farewell
    return answer
