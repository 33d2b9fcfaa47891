"""Give every request its actor, and turn "does not exist for you" into 404."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from chezsoi.territories.access import ANONYMOUS, Actor, actor_for, assignments_of
from chezsoi.territories.models import User

SESSION_KEY = "role_assignment"


class ActorMiddleware:
    """Build the actor once, from the role the account chose in this session (else its first)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor, request.assignments = self._actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Answer 404 for what the queries do not find within the actor's scope."""
        if isinstance(exception, ObjectDoesNotExist):
            raise Http404 from exception

    def _actor(self, request: HttpRequest) -> tuple[Actor, list[object]]:
        if not isinstance(request.user, User):
            return ANONYMOUS, []
        today = timezone.localdate()
        held = assignments_of(request.user, on=today)
        chosen = request.session.get(SESSION_KEY)
        current = next((row for row in held if row.pk == chosen), held[0] if held else None)
        if current is None:
            return Actor(user_id=request.user.pk, label=request.user.full_name, role="none", scope=None), []
        return actor_for(current, on=today), list(held)
