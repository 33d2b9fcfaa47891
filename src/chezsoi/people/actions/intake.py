"""A first meeting: the file is opened and, where somebody is in danger, protected in the same breath."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from chezsoi.kernel.actor import Actor
from chezsoi.people.actions.drafts import NewHousehold
from chezsoi.people.actions.protection import protect_household
from chezsoi.people.actions.registering import register_household
from chezsoi.people.models import Household
from chezsoi.territories.models import Territory


@transaction.atomic
def take_in(
    *, actor: Actor, territory: Territory, household: NewHousehold, on: date, protects: bool = False
) -> Household:
    """Open a household's file; a protected one never existed outside its circle, not for a moment."""
    opened = register_household(actor=actor, territory=territory, household=household, on=on)
    if protects:
        protect_household(actor=actor, household=opened, on=on)
    return opened
