"""What a purge erases of the rounds and the sittings."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Q

from chezsoi import trail
from chezsoi.allocation.models import (
    Adjournment,
    Attendance,
    Decision,
    Examination,
    HouseholdAnswer,
    JointRound,
    OfferLetter,
    Recusal,
    Round,
    Sitting,
)
from chezsoi.kernel.actor import Actor
from chezsoi.law.retention import COMMISSION
from chezsoi.territories.access import Can, authorize


@transaction.atomic
def forget_facts(*, actor: Actor, rounds: Collection[int], on: date) -> int:
    """
    Erase what rounds froze of those who waited, because a file among them is erased; their digest stays.

    A joint round froze them once for all its homes: it is erased with them.

    From then on nobody can draw such a round again: the proof page says so, and keeps what was published.
    """
    authorize(actor, Can.PURGE_FILES)
    theirs = Round.objects.filter(offer__dwelling__territory_id__in=actor.territory_ids)
    joint = JointRound.objects.filter(pk__in=theirs.filter(pk__in=rounds).values("joint_id"))
    held = theirs.filter(Q(pk__in=rounds) | Q(joint__in=joint))
    kept = list(held.filter(facts_erased_on=None).order_by("pk").values_list("pk", flat=True))
    joint.filter(facts_erased_on=None).update(snapshot="", facts_erased_on=on)
    Round.objects.filter(pk__in=kept).update(snapshot="", facts_erased_on=on)
    if kept:
        trail.record(actor, "allocation.rounds.facts_erased", detail={"rounds": kept})
    return len(kept)


@transaction.atomic
def forget_sittings(*, actor: Actor, on: date) -> int:
    """
    Erase the minutes past their time: decisions, letters, answers, who sat, who withdrew, what the rounds examined.

    The sittings, their homes and the state of each candidacy stay; count the records erased.
    """
    authorize(actor, Can.PURGE_FILES)
    last_day = COMMISSION.last_day_kept(on=on)
    old = Sitting.objects.filter(held_on__lte=last_day, commission__territory_id__in=actor.territory_ids)
    rounds = Round.objects.filter(item__sitting__in=old)
    erased = forget_facts(actor=actor, rounds=list(rounds.order_by().values_list("pk", flat=True)), on=on)
    for rows in (
        HouseholdAnswer.objects.filter(letter__decision__item__sitting__in=old),
        OfferLetter.objects.filter(decision__item__sitting__in=old),
        Decision.objects.filter(item__sitting__in=old),
        Recusal.objects.filter(item__sitting__in=old),
        Adjournment.objects.filter(item__sitting__in=old),
        Attendance.objects.filter(sitting__in=old),
        Examination.objects.filter(round__in=rounds),
    ):
        count, _models = rows.delete()
        erased += count
    if erased:
        trail.record(actor, "allocation.minutes.erased", detail={"records": erased, "until": last_day.isoformat()})
    return erased
