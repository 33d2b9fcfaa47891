"""
What changes the work of the SIAO.

An orientation gives nothing and takes nothing away: a household keeps its request, its seniority and its candidacies
whatever is written here, whatever it answers, wherever it is oriented meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone

from chezsoi import trail
from chezsoi.engines import matching
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household, Person
from chezsoi.siao.choices import HOME_ASKED, HOUSING, OUTCOMES, StepKind, WhyElsewhere
from chezsoi.siao.models import Assessment, Orientation, OrientationStep, SiaoTeam, TeamHousehold
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.queries import own_organisation


class StillToCome(Exception):
    """A fact cannot be later than the day it is written."""


class BeforeTheDecision(Exception):
    """An orientation was neither answered nor followed before it was decided."""


class NeedsWhyElsewhere(Exception):
    """A household that asks for a home is oriented elsewhere only for want of a home, or by its own choice."""


class NeedsAReason(Exception):
    """A withdrawal says why."""


class WithdrawnBefore(Exception):
    """It was withdrawn before."""


class SetsACondition(Exception):
    """The words make something of the household a condition of a home; they are given."""


class TeamElsewhere(Exception):
    """The team is closed, or another SIAO's."""


class TeamNamedAlready(Exception):
    """A team of this SIAO bears that name."""


class NotOfTheHousehold(Exception):
    """The person does not live in the household."""


class TeamStillFollows(Exception):
    """Households are on the team's list, perhaps in another territory that its SIAO serves."""


class ListedAlready(Exception):
    """The household is on this team's list."""


class NotListed(Exception):
    """The household is not on this team's list any more."""


Written = TypeVar("Written", Orientation, OrientationStep, Assessment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the SIAO decides for a household, and what the household asked."""

    decided_on: date
    asked: str
    destination: str
    asked_words: str = ""
    why_elsewhere: str = WhyElsewhere.HOUSING
    team: SiaoTeam | None = None

    @property
    def is_elsewhere(self) -> bool:
        return self.asked in HOME_ASKED and self.destination not in HOUSING


@transaction.atomic
def open_team(*, actor: Actor, name: str, kind: str, on: date) -> SiaoTeam:
    """
    Open a team in the actor's SIAO.

    :raises TeamNamedAlready: if one bears that name.
    """
    authorize(actor, Can.RECORD_ORIENTATION)
    team = SiaoTeam(organisation=own_organisation(actor=actor), name=name.strip(), kind=kind, opened_on=on)
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError as taken:
        raise TeamNamedAlready(name) from taken
    trail.record(actor, "siao.team.opened", team, detail={"kind": str(kind)})
    return team


@transaction.atomic
def close_team(*, actor: Actor, team: SiaoTeam, on: date) -> SiaoTeam:
    """
    Close a team that follows nobody any more; what it did stays under its name.

    :raises TeamStillFollows: if households are on its list: another team takes them first.
    """
    authorize(actor, Can.RECORD_ORIENTATION, team)
    if team.listed.filter(ends_on=None).exists():
        raise TeamStillFollows(team.pk)
    team.closed_on = max(on, team.opened_on)
    team.save(update_fields=["closed_on"])
    trail.record(actor, "siao.team.closed", team)
    return team


@transaction.atomic
def list_household(*, actor: Actor, team: SiaoTeam, household: Household, on: date) -> TeamHousehold:
    """
    Put a household on a team's list.

    :raises TeamElsewhere: if the team is closed, or another SIAO's.
    :raises ListedAlready: if it is there.
    """
    authorize(actor, Can.RECORD_ORIENTATION, household)
    _check_team(actor, team, on)
    row = TeamHousehold(team=team, household=household, starts_on=on, recorded_by=actor.user_id)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as there:
        raise ListedAlready(household.pk) from there
    trail.record(actor, "siao.household.listed", row, detail={"team": team.pk})
    return row


@transaction.atomic
def unlist_household(*, actor: Actor, row: TeamHousehold, on: date) -> TeamHousehold:
    """
    Take a household off a team's list; what the team did for it stays.

    :raises NotListed: if it was taken off before.
    """
    authorize(actor, Can.RECORD_ORIENTATION, row.household)
    authorize(actor, Can.RECORD_ORIENTATION, row.team)
    if not TeamHousehold.objects.filter(pk=row.pk, ends_on=None).update(ends_on=max(on, row.starts_on)):
        raise NotListed(row.pk)
    trail.record(actor, "siao.household.unlisted", row, detail={"team": row.team_id})
    row.refresh_from_db()
    return row


@transaction.atomic
def assess(
    *,
    actor: Actor,
    household: Household,
    person: Person,
    worker_before: str,
    assessed_on: date,
    on: date,
    team: SiaoTeam | None = None,
) -> Assessment:
    """
    Note that the SIAO assessed somebody's situation, and whether a social worker followed them before.

    :raises StillToCome: if it is later than today.
    :raises NotOfTheHousehold: if they did not live there that day, or today.
    :raises TeamElsewhere: if the team is closed, or another SIAO's.
    """
    authorize(actor, Can.RECORD_ORIENTATION, household)
    if assessed_on > on:
        raise StillToCome("assessed_on")
    if not any(household.members_on(day).filter(person=person).exists() for day in (assessed_on, on)):
        raise NotOfTheHousehold(person.pk)
    _check_team(actor, team, assessed_on)
    row = Assessment.objects.create(
        household=household,
        person=person,
        organisation_id=actor.organisation_id,
        team=team,
        assessed_on=assessed_on,
        worker_before=worker_before,
        recorded_by=actor.user_id,
    )
    trail.record(actor, "siao.person.assessed", row, detail={"person": person.pk})
    return row


@transaction.atomic
def orient(*, actor: Actor, household: Household, decision: Decision, on: date) -> Orientation:
    """
    Decide where a household is oriented; both what it asked and where it is oriented are kept.

    :raises StillToCome: if it is later than today.
    :raises NeedsWhyElsewhere: if a home is asked, another destination given, and nothing says what is missing.
    :raises TeamElsewhere: if the team is closed, or another SIAO's.
    """
    authorize(actor, Can.RECORD_ORIENTATION, household)
    return _orient(actor, household, decision, on, corrects=None)


@transaction.atomic
def correct(*, actor: Actor, orientation: Orientation, decision: Decision, reason: str, on: date) -> Orientation:
    """
    Write a mistaken orientation as it should have been; it stays readable, and its steps go on with the new one.

    :raises BeforeTheDecision: if a step would come before the day it is now said to have been decided.
    Also raises what `orient` and `withdraw_orientation` refuse.
    """
    authorize(actor, Can.RECORD_ORIENTATION, orientation.household)
    steps = list(orientation.steps.filter(withdrawn_at=None).order_by("pk"))
    if any(step.happened_on < decision.decided_on for step in steps):
        raise BeforeTheDecision(orientation.pk)
    withdraw_orientation(actor=actor, orientation=orientation, reason=reason)
    made = _orient(actor, orientation.household, decision, on, corrects=orientation)
    for step in steps:
        made.steps.create(kind=step.kind, happened_on=step.happened_on, words=step.words, recorded_by=step.recorded_by)
    return made


def _orient(
    actor: Actor, household: Household, decision: Decision, on: date, *, corrects: Orientation | None
) -> Orientation:
    if decision.decided_on > on:
        raise StillToCome("decided_on")
    if decision.is_elsewhere and not decision.why_elsewhere:
        raise NeedsWhyElsewhere(household.pk)
    _check_team(actor, decision.team, decision.decided_on)
    made = Orientation.objects.create(
        household=household,
        organisation_id=actor.organisation_id,
        team=decision.team,
        decided_on=decision.decided_on,
        asked=decision.asked,
        asked_words=decision.asked_words.strip(),
        destination=decision.destination,
        why_elsewhere=decision.why_elsewhere if decision.is_elsewhere else WhyElsewhere.HOUSING,
        corrects=corrects,
        recorded_by=actor.user_id,
    )
    trail.record(actor, "siao.orientation.decided", made, detail=_said(made))
    return made


@transaction.atomic
def note_step(
    *, actor: Actor, orientation: Orientation, kind: str, happened_on: date, on: date, words: str = ""
) -> OrientationStep:
    """
    Note the household's answer to an orientation, or what came of it.

    Declining costs nothing: the request, its seniority and every candidacy stay as they are.

    :raises WithdrawnBefore: if the orientation was withdrawn.
    :raises StillToCome: if it is later than today.
    :raises BeforeTheDecision: if it is earlier than the orientation.
    :raises SetsACondition: if what a service says makes something a condition of a home.
    """
    authorize(actor, Can.RECORD_ORIENTATION, orientation.household)
    if orientation.withdrawn_at is not None:
        raise WithdrawnBefore(orientation.pk)
    if happened_on > on:
        raise StillToCome("happened_on")
    if happened_on < orientation.decided_on:
        raise BeforeTheDecision(orientation.pk)
    if kind in OUTCOMES:
        _refuse_conditions(words)
    step = OrientationStep.objects.create(
        orientation=orientation,
        kind=StepKind(kind),
        happened_on=happened_on,
        words=words.strip(),
        recorded_by=actor.user_id,
    )
    trail.record(actor, "siao.step.noted", step, detail={"orientation": orientation.pk, "kind": str(kind)})
    return step


def withdraw_orientation(*, actor: Actor, orientation: Orientation, reason: str) -> Orientation:
    """
    Withdraw a mistaken orientation; it stays readable with its reason.

    :raises NeedsAReason: if no reason is given.
    :raises SetsACondition: if the reason makes something of the household a condition of a home.
    :raises WithdrawnBefore: if it was withdrawn before.
    """
    return _withdraw(actor, orientation, reason, verb="siao.orientation.withdrawn")


def withdraw_step(*, actor: Actor, step: OrientationStep, reason: str) -> OrientationStep:
    """
    Withdraw an answer, or an outcome, noted by mistake: what was noted before it holds again.

    Raises what `withdraw_orientation` refuses.
    """
    return _withdraw(actor, step, reason, verb="siao.step.withdrawn")


def withdraw_assessment(*, actor: Actor, assessment: Assessment, reason: str) -> Assessment:
    """
    Withdraw an assessment noted by mistake.

    Raises what `withdraw_orientation` refuses.
    """
    return _withdraw(actor, assessment, reason, verb="siao.assessment.withdrawn")


@transaction.atomic
def _withdraw(actor: Actor, row: Written, reason: str, *, verb: str) -> Written:
    household = row.orientation.household if isinstance(row, OrientationStep) else row.household
    authorize(actor, Can.RECORD_ORIENTATION, household)
    if not reason.strip():
        raise NeedsAReason(row.pk)
    _refuse_conditions(reason)
    gone = {"withdrawn_at": timezone.now(), "withdrawn_by": actor.user_id, "withdrawal_reason": reason.strip()}
    if not type(row)._default_manager.filter(pk=row.pk, withdrawn_at=None).update(**gone):
        raise WithdrawnBefore(row.pk)
    trail.record(actor, verb, row, reason=reason.strip())
    row.refresh_from_db()
    return row


def _check_team(actor: Actor, team: SiaoTeam | None, on: date) -> None:
    if team is None:
        return
    if not team.is_open_to(actor) or (team.closed_on is not None and team.closed_on <= on):
        raise TeamElsewhere(team.pk)


def _refuse_conditions(words: str) -> None:
    """Refuse words that say a household is not ready for a home, or must deserve it."""
    if found := matching.condition_in(words):
        raise SetsACondition(found)


def _said(made: Orientation) -> Mapping[str, Any]:
    return {"asked": made.asked, "destination": made.destination, "corrects": made.corrects_id}
