"""What every request of one visit would work out again and find the same: who asks, and how much waits for them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

from chezsoi.portal import waiting
from chezsoi.territories import middleware


@contextmanager
def worked_out_once() -> Iterator[None]:
    """
    Remember the roles of an account, the actor of a role and the counts of the rail, while the context lasts.

    Each request is taken back before the next one, so what the first of them found holds for the others.
    """
    with ExitStack() as stack:
        for place, name, by in (
            (middleware, "assignments_of", lambda user, *, on: (user.pk, on)),
            (middleware, "actor_for", lambda assignment, *, on: (assignment.pk, on)),
            (waiting, "of_each_kind", lambda *, actor, on: (actor, on)),
        ):
            stack.enter_context(mock.patch.object(place, name, _once(getattr(place, name), by)))
        yield


def _once(find: Callable[..., Any], key: Callable[..., Any]) -> Callable[..., Any]:
    found: dict[Any, Any] = {}

    def known(*args: Any, **kwargs: Any) -> Any:
        asked = key(*args, **kwargs)
        if asked not in found:
            found[asked] = find(*args, **kwargs)
        return found[asked]

    return known
