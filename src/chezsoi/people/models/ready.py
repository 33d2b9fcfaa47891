"""What an actor may see, made once a day: a page asks ten times, and making the condition costs more than asking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils import timezone

from chezsoi.kernel.actor import Actor

EMERGENCY = "emergency:"
"""The purpose of an actor who opened one file in an emergency begins so."""

READY_MADE = 512
"""So many conditions of a kind are kept: those of the people at work at once."""

Rows = TypeVar("Rows", bound=QuerySet[Any])


def is_in_emergency(actor: Actor) -> bool:
    """Tell whether an actor sees one file, for an hour: what it may see ends at a minute, not with the day."""
    return actor.purpose.startswith(EMERGENCY)


def once_a_day(make: Callable[[Actor, date], Rows]) -> Callable[..., Rows]:
    """
    Keep the rows that `make` narrows to, as a question and never as an answer, for each actor and day.

    What is made is called with the actor and, unless it is today, the day: `seen_by(actor, on=day)`.
    """
    kept = lru_cache(maxsize=READY_MADE)(make)

    def seen_by(actor: Actor, *, on: date | None = None) -> Rows:
        day = on or timezone.localdate()
        return make(actor, day) if is_in_emergency(actor) else kept(actor, day).all()

    seen_by.__doc__ = make.__doc__
    return seen_by
