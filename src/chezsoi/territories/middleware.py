"""Give every request its actor, end sessions left alone, and turn "does not exist for you" into 404."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from chezsoi.territories.access import ANONYMOUS, Actor, actor_for, assignments_of, needs_second_factor
from chezsoi.territories.models import RoleAssignment, User
from chezsoi.territories.sessions import FACTOR, SHARED, opened_at

SESSION_KEY = "role_assignment"
SHARED_IDLE = timedelta(minutes=20)
LONGEST = timedelta(hours=8)
SEEN_AGAIN = timedelta(minutes=1)


class SessionLimitsMiddleware:
    """
    Close a session left alone, or open for eight hours, and let no browser keep a signed-in page.

    When a session was last used is written in a signed cookie bound to it: reading a page writes nothing.
    """

    signer = signing.Signer(salt="chezsoi.seen")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        request.was_closed = request.user.is_authenticated and self._is_over(request, now)  # type: ignore[attr-defined]
        if request.was_closed:  # type: ignore[attr-defined]
            request.user = AnonymousUser()
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.setdefault("Cache-Control", "no-store")
            if now - self._seen(request) > SEEN_AGAIN:
                self._say_seen(request, response)
        return response

    def _is_over(self, request: HttpRequest, now: datetime) -> bool:
        idle = SHARED_IDLE if request.session.get(SHARED) else timedelta(minutes=settings.IDLE_MINUTES)
        return now - self._seen(request) > idle or now - opened_at(request.session) > LONGEST

    def _seen(self, request: HttpRequest) -> datetime:
        """Tell when the session was last used: what the cookie says if it is this session's, else its opening."""
        opened = opened_at(request.session)
        try:
            value = self.signer.unsign(request.COOKIES.get(_cookie(), ""))
        except signing.BadSignature:
            return opened
        bound, _dot, at = value.partition(".")
        if bound != _bound_to(request) or not at.isdecimal():
            return opened
        return max(opened, datetime.fromtimestamp(int(at), tz=opened.tzinfo))

    def _say_seen(self, request: HttpRequest, response: HttpResponse) -> None:
        value = self.signer.sign(f"{_bound_to(request)}.{int(timezone.now().timestamp())}")
        is_secure = bool(settings.SESSION_COOKIE_SECURE)
        response.set_cookie(_cookie(), value, secure=is_secure, httponly=True, samesite="Lax")


class ActorMiddleware:
    """
    Build the actor once, from the role the account chose in this session (else its first).

    Until the answer is given, days and hours are those of the clock of that role's territory.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.lacks_second_factor = False  # type: ignore[attr-defined]
        with timezone.override(None):
            request.actor, request.assignments = self._actor(request)  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Lead who lacks the second factor of their role to where they give or choose one."""
        is_open = getattr(view, "public_reason", "") or getattr(view, "before_second_factor", False)
        if request.lacks_second_factor and not is_open:  # type: ignore[attr-defined]
            return redirect(settings.SECOND_FACTOR_URL)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Answer 404 for what the queries do not find within the actor's scope."""
        if isinstance(exception, ObjectDoesNotExist):
            raise Http404 from exception

    def _actor(self, request: HttpRequest) -> tuple[Actor, list[object]]:
        if not isinstance(request.user, User):
            return ANONYMOUS, []
        today = timezone.localdate()
        held, current = self._held(request, request.user)
        if current is not None and current.territory is not None:
            timezone.activate(current.territory.clock)
            if timezone.localdate() != today:
                held, current = self._held(request, request.user)
        if current is not None and needs_second_factor(current.role) and not request.session.get(FACTOR):
            request.lacks_second_factor = True  # type: ignore[attr-defined]
        if current is None or request.lacks_second_factor:  # type: ignore[attr-defined]
            nobody = Actor(user_id=request.user.pk, label=request.user.full_name, role="none", scope=None)
            return nobody, list(held)
        return actor_for(current, on=timezone.localdate()), list(held)

    def _held(self, request: HttpRequest, user: User) -> tuple[list[RoleAssignment], RoleAssignment | None]:
        """Give the roles held on the day the clock says, and the one chosen."""
        held = assignments_of(user, on=timezone.localdate())
        chosen = request.session.get(SESSION_KEY)
        return held, next((row for row in held if row.pk == chosen), held[0] if held else None)


def _cookie() -> str:
    return f"{settings.COOKIE_PREFIX}seen"


def _bound_to(request: HttpRequest) -> str:
    return hashlib.sha256(f"{request.session.session_key}".encode()).hexdigest()[:32]
