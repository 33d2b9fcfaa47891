"""Hand a household over from one team of an association to another: its file goes on, nothing is asked again."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.people import actions as people
from chezsoi.people.models import Household
from chezsoi.support.choices import TeamKind
from chezsoi.support.models import Handover
from chezsoi.territories.access import Can, NotAllowed, authorize


class NotTheirWish(Exception):
    """The household does not wish it: nobody is passed on without a word."""


class SameTeam(Exception):
    """A team does not hand over to itself."""


class HandedOverAlready(Exception):
    """The household waits for that team already."""


class HandoverOver(Exception):
    """The handover was taken up, or taken back, before."""


@transaction.atomic
def hand_over(
    *,
    actor: Actor,
    household: Household,
    from_team: TeamKind | str,
    to_team: TeamKind | str,
    on: date,
    is_their_wish: bool,
    words: str = "",
) -> Handover:
    """
    Tell another team of the actor's own organisation that a household wishes to go on with it.

    The circle of the file is the organisation's: that team reads it already, and enters nothing again.

    :raises NotTheirWish: if the household does not wish it.
    :raises SameTeam: if both teams are the same.
    :raises HandedOverAlready: if it waits for that team.
    :raises NotAllowed: if the actor works for no organisation.
    """
    authorize(actor, Can.RECORD_SUPPORT, household)
    if actor.organisation_id is None:
        raise NotAllowed("a handover is an organisation's")
    if not is_their_wish:
        raise NotTheirWish
    if from_team == to_team:
        raise SameTeam(to_team)
    Household.objects.select_for_update().get(pk=household.pk)
    waiting = Handover.objects.filter(household=household, taken_up_on=None, cancelled_on=None, to_team=to_team)
    if waiting.filter(organisation_id=actor.organisation_id).exists():
        raise HandedOverAlready
    handover = Handover.objects.create(
        household=household,
        organisation_id=actor.organisation_id,
        from_team=from_team,
        to_team=to_team,
        handed_on=on,
        words=words,
    )
    people.touch_circle(actor=actor, household=household, on=on)
    trail.record(actor, "support.handover.made", handover, detail={"to": str(to_team)})
    return handover


@transaction.atomic
def take_up(*, actor: Actor, handover: Handover, on: date) -> Handover:
    """
    Take up a household handed over to one's team.

    :raises HandoverOver: if it was taken up or taken back before.
    """
    authorize(actor, Can.RECORD_SUPPORT, handover.household)
    waiting = Handover.objects.filter(pk=handover.pk, taken_up_on=None, cancelled_on=None)
    if not waiting.update(taken_up_on=on, taken_up_by=actor.user_id):
        raise HandoverOver
    people.touch_circle(actor=actor, household=handover.household, on=on)
    trail.record(actor, "support.handover.taken_up", handover)
    handover.refresh_from_db()
    return handover


@transaction.atomic
def take_handover_back(*, actor: Actor, handover: Handover, on: date) -> Handover:
    """
    Undo the last thing written of a handover: that it was taken up, else the handover itself.

    :raises HandoverOver: if it was taken back before.
    :raises HandedOverAlready: if the household waits for that team again since.
    """
    authorize(actor, Can.RECORD_SUPPORT, handover.household)
    Household.objects.select_for_update().get(pk=handover.household_id)
    known = Handover.objects.get(pk=handover.pk)
    if known.cancelled_on is not None:
        raise HandoverOver
    if known.taken_up_on is None:
        known.cancelled_on = on
    elif _waits_again(known):
        raise HandedOverAlready
    else:
        known.taken_up_on, known.taken_up_by = None, None
    known.save(update_fields=["cancelled_on", "taken_up_on", "taken_up_by"])
    trail.record(actor, "support.handover.taken_back", known)
    return known


def _waits_again(handover: Handover) -> bool:
    waiting = Handover.objects.filter(taken_up_on=None, cancelled_on=None, to_team=handover.to_team)
    return waiting.filter(household=handover.household_id, organisation=handover.organisation_id).exists()
