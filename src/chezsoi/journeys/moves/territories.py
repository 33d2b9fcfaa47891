"""What goes with a household that another territory receives, remembered there as one change that can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db import transaction

from chezsoi.allocation import actions as allocation
from chezsoi.journeys.moves import acts
from chezsoi.kernel.actor import Actor
from chezsoi.people import actions as people
from chezsoi.people.choices import LifeEvent
from chezsoi.people.models import Household, HouseholdMove, Person
from chezsoi.support import actions as support
from chezsoi.territories.access import Can, consequences_of

JOURNEY = "territory_change"


@transaction.atomic
def receive(*, actor: Actor, move: HouseholdMove, on: date) -> Household:
    """
    Receive a household from another territory: its people, its request as old as it was, its needs and its wishes.

    Candidacies there are withdrawn now, without a word why. A measure of support goes along when its service works
    here, and ends otherwise. A lease stays with the former file until it is ended there: the home is there.

    Raises what `people.actions.accept_move` refuses.
    """
    steps = people.Steps()
    opened = people.accept_move(actor=actor, move=move, on=on, recorder=steps)
    former = Household.objects.get(pk=move.household_id)
    journey = _journey(actor, former, opened)
    allocation.withdraw_candidacies(actor=journey, household=former, notes=steps)
    allocation.carry_request(actor=journey, household=former, opened=opened, notes=steps)
    for row in support.carry_wishes(actor=journey, household=former, opened=opened):
        steps.updated(row, {"household": former})
    _carry_support(journey, former, opened, steps)
    acts.end_support(journey, former, on, steps)
    event = people.Event(kind=LifeEvent.MOVED, on=on, persons=_people_of(opened), other=former)
    people.remember_change(actor=actor, household=opened, event=event, steps=steps)
    return opened


def _journey(actor: Actor, former: Household, opened: Household) -> Actor:
    rights = (Can.RECORD_REQUEST, Can.RECORD_ANSWER, Can.RECORD_SUPPORT)
    both = frozenset({former.territory_id, opened.territory_id})
    return replace(consequences_of(actor, JOURNEY, *rights), territory_ids=both)


def _people_of(household: Household) -> tuple[Person, ...]:
    return tuple(row.person for row in household.members.select_related("person").order_by("pk"))


def _carry_support(journey: Actor, former: Household, opened: Household, steps: people.Steps) -> None:
    here = set(opened.territory.organisations.values_list("pk", flat=True))
    for measure in acts.support_running(former):
        if measure.organisation_id in here:
            tasks = support.hand_over_measure(actor=journey, measure=measure, household=opened)
            for row in (measure, *tasks):
                steps.updated(row, {"household": former})
