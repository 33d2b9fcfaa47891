"""The case meetings that exist for the actor, who takes part, and what was committed to."""

from __future__ import annotations

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household, households_seen_by
from chezsoi.support.models import CaseMeeting, MeetingCommitment, MeetingParticipant


def meetings_of(household: Household, *, actor: Actor) -> QuerySet[CaseMeeting]:
    """List the case meetings of one household, the newest first; those called off too."""
    return _meetings(actor).filter(household=household).order_by("-planned_on", "-pk")


def meeting(pk: int, *, household: Household, actor: Actor) -> CaseMeeting:
    """Give one case meeting of a household."""
    return meetings_of(household, actor=actor).get(pk=pk)


def meetings_to_come(*, actor: Actor) -> QuerySet[CaseMeeting]:
    """
    List the meetings the actor's organisation takes part in that are to hold, and the next ones fixed, by team and day.

    Each carries `comes_on`. One whose day is over stays until somebody writes how it went; a next date stays until
    another meeting about that household is called.
    """
    taking_part = MeetingParticipant.objects.filter(organisation=actor.organisation_id, cancelled_on=None)
    rows = _meetings(actor).filter(pk__in=taking_part.values("meeting"), cancelled_on=None)
    since = CaseMeeting.objects.filter(household=OuterRef("household"), pk__gt=OuterRef("pk"), cancelled_on=None)
    rows = rows.filter(Q(held_on=None) | Q(next_on__isnull=False) & ~Exists(since))
    rows = rows.annotate(comes_on=Case(When(held_on=None, then=F("planned_on")), default=F("next_on")))
    return rows.order_by("team", "comes_on", "pk")


def participants_in(meeting: CaseMeeting, *, actor: Actor) -> QuerySet[MeetingParticipant]:
    """List who takes part in a meeting, in the order they were invited; not those taken back."""
    rows = MeetingParticipant.objects.filter(meeting__in=_meetings(actor).filter(pk=meeting.pk), cancelled_on=None)
    return rows.select_related("organisation", "meeting__household").order_by("pk")


def participant(pk: int, *, meeting: CaseMeeting, actor: Actor) -> MeetingParticipant:
    """Give one participant of a meeting."""
    return participants_in(meeting, actor=actor).get(pk=pk)


def commitments_in(meeting: CaseMeeting, *, actor: Actor) -> QuerySet[MeetingCommitment]:
    """List what was committed to in a meeting, the nearest day first; what was taken back too."""
    return _commitments(actor).filter(participant__meeting=meeting).order_by("due_on", "pk")


def commitment(pk: int, *, meeting: CaseMeeting, actor: Actor) -> MeetingCommitment:
    """Give one commitment of a meeting."""
    return commitments_in(meeting, actor=actor).get(pk=pk)


def commitments_to_keep(*, actor: Actor) -> QuerySet[MeetingCommitment]:
    """List what the actor's organisation committed to and has not settled, the most urgent first."""
    rows = _commitments(actor).filter(settled_on=None, cancelled_on=None, participant__meeting__cancelled_on=None)
    return rows.filter(participant__organisation=actor.organisation_id).order_by("due_on", "pk")


def _meetings(actor: Actor) -> QuerySet[CaseMeeting]:
    if not actor.may("see_support"):
        return CaseMeeting.objects.none()
    rows = CaseMeeting.objects.filter(household__in=households_seen_by(actor))
    return rows.select_related("organisation", "household")


def _commitments(actor: Actor) -> QuerySet[MeetingCommitment]:
    rows = MeetingCommitment.objects.filter(participant__meeting__in=_meetings(actor).order_by().values("pk"))
    return rows.select_related("participant__organisation", "participant__meeting__household")
