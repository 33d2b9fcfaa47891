"""Assessments and orientations, as a SIAO officer writes them."""

from datetime import date

from django.utils import timezone

from chezsoi.kernel.actor import Actor
from chezsoi.people.choices import MemberRole, Situation
from chezsoi.people.models import Household, HouseholdMember, Person, ResidentialSituation
from chezsoi.people.models.households import draw_reference
from chezsoi.siao import actions
from chezsoi.siao.choices import HOUSING, Asked, Destination, StepKind, TeamKind, WhyElsewhere, WorkerBefore
from chezsoi.siao.models import Assessment, Orientation, SiaoTeam
from chezsoi.territories.models import Territory
from tests.factories import people, territories


def decision(**traits: object) -> actions.Decision:
    """Describe an orientation to ordinary housing of a household that asks for a home, today unless told."""
    usual = {"decided_on": timezone.localdate(), "asked": Asked.HOME, "destination": Destination.ORDINARY}
    return actions.Decision(**{**usual, **traits})


def elsewhere(**traits: object) -> actions.Decision:
    """Describe an orientation to a CHRS of a household that asks for a home, none being free."""
    return decision(**{"destination": Destination.CHRS, "why_elsewhere": WhyElsewhere.NO_HOME_YET, **traits})


def oriented(
    household: Household,
    *,
    actor: Actor | None = None,
    on: date | None = None,
    step: str | None = None,
    stepped_on: date | None = None,
    **traits: object,
) -> Orientation:
    """Orient a household on a day, perhaps with one step."""
    day = on or timezone.localdate()
    writer = actor or territories.program(household.territory)
    made = actions.orient(actor=writer, household=household, decision=decision(decided_on=day, **traits), on=day)
    if step is not None:
        then = stepped_on or day
        actions.note_step(actor=writer, orientation=made, kind=StepKind(step), happened_on=then, on=then)
    return made


def assessed(
    household: Household, worker_before: str = WorkerBefore.NO, *, actor: Actor | None = None, on: date | None = None
) -> Assessment:
    """Assess the lead of a household."""
    day = on or timezone.localdate()
    return actions.assess(
        actor=actor or territories.program(household.territory),
        household=household,
        person=people.lead(household),
        worker_before=worker_before,
        assessed_on=day,
        on=day,
    )


def team(actor: Actor, name: str = "Relogement", kind: str = TeamKind.REHOUSING) -> SiaoTeam:
    """Open a team in the SIAO of an officer."""
    return actions.open_team(actor=actor, name=name, kind=kind, on=timezone.localdate())


def met(
    *,
    on: date,
    territory: Territory,
    asked: str = Asked.HOME,
    destination: str = Destination.ORDINARY,
    situation: str | None = Situation.STREET,
    step: str | None = None,
) -> Household:
    """Make a household that a SIAO met and oriented on a day, by its rows alone: for hundreds of them."""
    household = Household.objects.create(territory=territory, reference=draw_reference(), created_on=on)
    person = Person.objects.create(territory=territory, given_names="Amina", birth_name="Bouzid")
    HouseholdMember.objects.create(household=household, person=person, role=MemberRole.LEAD, starts_on=on)
    if situation is not None:
        ResidentialSituation.objects.create(person=person, situation=situation, observed_on=on, origin="stated")
    why = "" if destination in HOUSING else WhyElsewhere.NO_HOME_YET
    made = Orientation.objects.create(
        household=household, decided_on=on, asked=asked, destination=destination, why_elsewhere=why
    )
    if step is not None:
        made.steps.create(kind=step, happened_on=on)
    return household
