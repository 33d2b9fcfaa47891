"""Keep a way of looking at the list under a name."""

from __future__ import annotations

from django.db import transaction

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import SavedView
from chezsoi.territories.access import Can, authorize

MOST_VIEWS = 30


class TooManyViews(Exception):
    """The account keeps as many views as it may."""


@transaction.atomic
def save_view(*, actor: Actor, name: str, wanted: str, is_shared: bool) -> SavedView:
    """
    Keep filters and an order under a name; a name already used takes the new ones.

    :raises TooManyViews: if the account keeps thirty views already.
    """
    authorize(actor, Can.LIST_PEOPLE)
    owner = actor.user_id or 0
    own = SavedView.objects.filter(user_id=owner)
    if not own.filter(name=name).exists() and own.count() >= MOST_VIEWS:
        raise TooManyViews(MOST_VIEWS)
    view, _created = SavedView.objects.update_or_create(
        user_id=owner,
        name=name,
        defaults={"wanted": wanted, "is_shared": is_shared, "organisation_id": actor.organisation_id},
    )
    trail.record(actor, "people.view.saved", view)
    return view


@transaction.atomic
def forget_view(*, actor: Actor, view: SavedView) -> None:
    """Forget one's own view."""
    authorize(actor, Can.LIST_PEOPLE, view)
    trail.record(actor, "people.view.forgotten", view)
    view.delete()
