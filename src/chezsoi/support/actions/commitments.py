"""What participants of a case meeting commit to, by a day; done, or not done and why. No home depends on it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.people import actions as people
from chezsoi.support.actions.meetings import MeetingOver
from chezsoi.support.choices import Outcome, Subject, Trade
from chezsoi.support.models import MeetingCommitment, MeetingParticipant
from chezsoi.support.wording import speaks_of_health
from chezsoi.territories.access import Can, authorize


class HealthIsASignal(Exception):
    """The words speak of health, or are those of a health professional: a meeting keeps a signal, no content."""


class WhyIsMissing(Exception):
    """Something that was not done says why."""


class CommitmentSettled(Exception):
    """The commitment was settled, or taken back, before."""


class CommitmentNotSettled(Exception):
    """The commitment waits, or was taken back: there is nothing to reopen."""


@transaction.atomic
def commit(
    *, actor: Actor, participant: MeetingParticipant, subject: Subject | str, due_on: date, on: date, words: str = ""
) -> MeetingCommitment:
    """
    Write what a participant does for the household, by when; of a health professional, the subject alone.

    :raises MeetingOver: if the meeting was called off, or the participant taken back.
    :raises HealthIsASignal: if the words speak of health, or the trade is health and there are words.
    """
    authorize(actor, Can.RECORD_SUPPORT, participant.meeting.household)
    still = MeetingParticipant.objects.filter(pk=participant.pk, cancelled_on=None, meeting__cancelled_on=None)
    if not still.exists():
        raise MeetingOver
    _say_nothing_of_health(participant, words)
    commitment = participant.commitments.create(subject=subject, words=words, due_on=due_on)
    _note(actor, "support.commitment.made", commitment, on)
    return commitment


@transaction.atomic
def settle(
    *, actor: Actor, commitment: MeetingCommitment, outcome: Outcome | str, on: date, why: str = ""
) -> MeetingCommitment:
    """
    Write that a commitment was kept, or not and why.

    :raises WhyIsMissing: if it was not done and nothing says why.
    :raises HealthIsASignal: if the words speak of health, or the trade is health and there are words.
    :raises CommitmentSettled: if it was settled or taken back before.
    """
    authorize(actor, Can.RECORD_SUPPORT, commitment.participant.meeting.household)
    is_of_health = commitment.participant.trade == Trade.HEALTH
    if outcome == Outcome.NOT_DONE and not why and not is_of_health:
        raise WhyIsMissing
    _say_nothing_of_health(commitment.participant, why)
    waiting = MeetingCommitment.objects.filter(pk=commitment.pk, settled_on=None, cancelled_on=None)
    if not waiting.update(outcome=outcome, settled_on=on, why=why):
        raise CommitmentSettled
    _note(actor, "support.commitment.settled", commitment, on, outcome=str(outcome))
    commitment.refresh_from_db()
    return commitment


@transaction.atomic
def reopen_commitment(*, actor: Actor, commitment: MeetingCommitment, on: date) -> MeetingCommitment:
    """
    Put back a commitment settled by mistake.

    :raises CommitmentNotSettled: if it waits, or was taken back.
    """
    authorize(actor, Can.RECORD_SUPPORT, commitment.participant.meeting.household)
    settled = MeetingCommitment.objects.filter(pk=commitment.pk, settled_on__isnull=False, cancelled_on=None)
    if not settled.update(outcome="", settled_on=None, why=""):
        raise CommitmentNotSettled
    _note(actor, "support.commitment.reopened", commitment, on)
    commitment.refresh_from_db()
    return commitment


@transaction.atomic
def take_commitment_back(*, actor: Actor, commitment: MeetingCommitment, on: date) -> MeetingCommitment:
    """
    Take back a commitment written by mistake; it stays readable as such.

    :raises CommitmentSettled: if it was settled or taken back before.
    """
    authorize(actor, Can.RECORD_SUPPORT, commitment.participant.meeting.household)
    waiting = MeetingCommitment.objects.filter(pk=commitment.pk, settled_on=None, cancelled_on=None)
    if not waiting.update(cancelled_on=on):
        raise CommitmentSettled
    _note(actor, "support.commitment.taken_back", commitment, on)
    commitment.refresh_from_db()
    return commitment


def _say_nothing_of_health(participant: MeetingParticipant, words: str) -> None:
    if words and (participant.trade == Trade.HEALTH or speaks_of_health(words)):
        raise HealthIsASignal


def _note(actor: Actor, verb: str, commitment: MeetingCommitment, on: date, **detail: str) -> None:
    household = commitment.participant.meeting.household
    people.touch_circle(actor=actor, household=household, on=on)
    trail.record(actor, verb, commitment, detail=detail, territory_id=household.territory_id)
