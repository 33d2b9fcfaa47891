"""What a tenant household would exchange its home for: the way to write it, and its lines in the history."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household
from chezsoi.tenancies import queries, tables
from chezsoi.ui.shapes import Entry


def url(household: Household, *, actor: Actor) -> str:
    """Lead to the page of exchanges of a tenant household; nowhere for the others."""
    is_tenant = queries.is_tenant(household, actor=actor)
    return reverse("tenancies:exchange", args=[household.pk]) if is_tenant else ""


def told(household: Household, *, actor: Actor) -> Iterator[Entry]:
    """Tell each wish to exchange, newest first: its end, then what was wished."""
    for wish in queries.exchange_wishes(household, actor=actor):
        if wish.ended_on is not None:
            yield Entry(when=wish.ended_on, title=_("No longer wished to exchange homes"))
        asked = tables.exchange_wished(wish)
        yield Entry(when=asked.when, title=_("Wished to exchange homes"), detail=asked.title)
