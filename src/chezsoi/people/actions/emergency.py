"""Open one file outside its circle, to read, for an hour, because somebody is in danger; read again within two days."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.people.actions.pen import Pen
from chezsoi.people.choices import EmergencyReason, ReviewFinding
from chezsoi.people.models import EmergencyAccess, Household
from chezsoi.territories.access import Can, NotAllowed, authorize
from chezsoi.territories.models import Territory

LASTS = timedelta(minutes=60)
REVIEWED_WITHIN = timedelta(hours=48)
SHORTEST_WORDS = 20


class SaysTooLittle(Exception):
    """The reason takes at least twenty characters."""


class OpenAlready(Exception):
    """The file is open to the reader without any emergency."""


class AlreadyEnded(Exception):
    """The emergency access was over."""


class AlreadyReviewed(Exception):
    """Somebody concluded before."""


class OwnAccess(Exception):
    """Nobody reviews what they opened themselves."""


@transaction.atomic
def break_glass(
    *, actor: Actor, household: Household, reason: EmergencyReason | str, words: str, at: datetime
) -> EmergencyAccess:
    """
    Open one household's file to somebody outside its circle: sixty minutes, to read only.

    It lifts the circle and nothing else: the reader's role reads of this file what it reads of the files it follows.
    A protected file does not open this way: nobody is told that it exists.

    :raises SaysTooLittle: if the words are too few.
    :raises OpenAlready: if the file exists for the reader.
    :raises Household.DoesNotExist: for a protected file, and for one of another territory.
    """
    authorize(actor, Can.BREAK_GLASS)
    if actor.user_id is None or actor.organisation_id is None:
        raise NotAllowed("a program is never in danger")
    if household.is_open_to(actor):
        raise OpenAlready(household.pk)
    if household.is_protected or household.territory_id not in actor.territory_ids:
        raise Household.DoesNotExist
    if len(" ".join(words.split())) < SHORTEST_WORDS:
        raise SaysTooLittle(household.pk)
    row = Pen(actor=actor).create(
        EmergencyAccess(
            territory_id=household.territory_id,
            household=household,
            user_id=actor.user_id,
            organisation_id=actor.organisation_id,
            role=actor.role,
            reason=reason,
            words=words.strip(),
            started_at=at,
            ends_at=at + LASTS,
            review_due_at=at + REVIEWED_WITHIN,
        )
    )
    detail = {"household": household.pk, "reason": str(reason), "until": row.ends_at.isoformat()}
    trail.record(actor, "people.emergency.started", row, detail=detail)
    return row


@transaction.atomic
def end_emergency(*, actor: Actor, access: EmergencyAccess, at: datetime) -> EmergencyAccess:
    """
    Close the file before the hour is over.

    :raises AlreadyEnded: if it was closed, or the hour was over.
    """
    authorize(actor, Can.BREAK_GLASS, access)
    if not access.is_open_at(at):
        raise AlreadyEnded(access.pk)
    Pen(actor=actor).change(access, ended_at=at)
    trail.record(actor, "people.emergency.stopped", access, detail={"household": access.household_id})
    return access


@transaction.atomic
def review_emergency(
    *, actor: Actor, access: EmergencyAccess, finding: ReviewFinding | str, note: str, at: datetime
) -> EmergencyAccess:
    """
    Conclude on an emergency access: was it justified?

    :raises AlreadyReviewed: if somebody concluded before.
    :raises OwnAccess: if the reviewer opened the file.
    """
    authorize(actor, Can.REVIEW_EMERGENCY, access)
    if access.reviewed_at is not None:
        raise AlreadyReviewed(access.pk)
    if access.user_id == actor.user_id:
        raise OwnAccess(access.pk)
    Pen(actor=actor).change(access, finding=str(finding), note=note, reviewed_at=at, reviewed_by=actor.user_id)
    detail = {"household": access.household_id, "finding": str(finding)}
    trail.record(actor, "people.emergency.reviewed", access, detail=detail)
    return access


@transaction.atomic
def ask_for_an_emergency(*, actor: Actor, territory: Territory, found: bool) -> None:
    """Write down that somebody asked for a file in an emergency, whether one answered to it or not."""
    authorize(actor, Can.BREAK_GLASS)
    trail.record(actor, "people.emergency.asked", territory, detail={"found": found}, territory_id=territory.pk)


def note_emergency_told(*, actor: Actor, access: EmergencyAccess, told: int) -> None:
    """Write down how many people were told that a file was opened in an emergency."""
    authorize(actor, Can.BREAK_GLASS, access)
    trail.record(actor, "people.emergency.told", access, detail={"household": access.household_id, "told": told})
