"""Coming in through the identity provider of the house."""

from __future__ import annotations

import logging

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from chezsoi.portal import entrance, provider
from chezsoi.portal.entrance import ENTRANCE
from chezsoi.territories import actions
from chezsoi.territories.access import Request, public
from chezsoi.ui.responses import page

logger = logging.getLogger(__name__)


@public("one signs in before having any right")
@require_safe
@never_cache
def go(request: Request) -> HttpResponse:
    if not settings.OIDC_ISSUER:
        raise Http404
    trip = provider.new_trip(wanted=entrance.safe_next(request))
    try:
        answer = redirect(provider.way_out(trip))
    except provider.ProviderRefused as refused:
        return _refused(request, refused)
    answer.set_cookie(
        _cookie(),
        provider.sealed(trip),
        max_age=provider.TRIP_SECONDS,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )
    return answer


@public("the provider sends the visitor back before there is a session")
@require_http_methods(["GET", "POST"])
@never_cache
def back(request: Request) -> HttpResponse:
    """Read what the provider sent back; coming in writes, so the page posts it to itself at once."""
    if not settings.OIDC_ISSUER:
        raise Http404
    given = request.POST if request.method == "POST" else request.GET
    trip = provider.unsealed(request.COOKIES.get(_cookie(), ""))
    code, state = given.get("code", ""), given.get("state", "")
    if trip is None or not provider.is_answer_to(trip, state) or not code:
        return _refused(request, provider.ProviderRefused(f"not an answer to this browser: {given.get('error', '')}"))
    if request.method != "POST":
        return page(request, "portal/accounts/provider_back.html", {"code": code, "state": state})
    try:
        found = provider.identity(code=code, trip=trip)
        user = actions.recognise(
            actor=ENTRANCE,
            issuer=found.issuer,
            subject=found.subject,
            email=found.email,
            is_verified=found.is_verified,
        )
    except (provider.ProviderRefused, actions.NotRecognised) as refused:
        return _refused(request, refused)
    answer = entrance.come_in(request, user, by="provider", wanted=trip.wanted, id_token=found.id_token)
    answer.delete_cookie(_cookie())
    return answer


def _refused(request: Request, refused: Exception) -> HttpResponse:
    logger.warning("identity provider: %s", refused)
    answer = page(request, "portal/accounts/provider_refused.html", {"provider": settings.OIDC_NAME}, status=403)
    answer.delete_cookie(_cookie())
    return answer


def _cookie() -> str:
    return f"{settings.COOKIE_PREFIX}trip"
