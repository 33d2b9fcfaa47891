"""How support is brought: meetings, handovers, support that changes as they ask, a landlord that calls."""

from __future__ import annotations

from datetime import timedelta

from chezsoi.people import actions as people
from chezsoi.people.choices import CircleBasis
from chezsoi.people.models import Household
from chezsoi.portal.demonstration.accounts import Staff
from chezsoi.support import actions, queries
from chezsoi.support.choices import (
    AgreedBy,
    Agreement,
    ChangeOrigin,
    ContactPlace,
    HealthSignal,
    Intensity,
    MeetingKind,
    Presence,
    Subject,
    TeamKind,
    Trade,
)
from chezsoi.tenancies import actions as tenancies
from chezsoi.tenancies import queries as leases
from chezsoi.tenancies.choices import CallReason
from chezsoi.territories.models import Territory

MET = (
    (TeamKind.STREET, ContactPlace.STREET, 25, "Le froid, une couverture, ce qu’il cherche."),
    (TeamKind.DAY_CENTRE, ContactPlace.DAY_CENTRE, 40, "Une douche, un café ; elle parle d’un studio."),
    (TeamKind.STREET, ContactPlace.SQUAT, 30, "Ils voudraient rester ensemble."),
)


def run(territory: Territory, staff: Staff) -> None:
    """Note meetings, hand one household over, and change the intensity of what was opened with a lease."""
    worker, today = staff.actor("lead_worker"), staff.today
    followed = Household.objects.in_circle_of(worker, on=today).filter(territory=territory, is_protected=False)
    met = followed.order_by("reference")[: len(MET)]
    for place, (household, (team, where, minutes, aim)) in enumerate(zip(met, MET, strict=True)):
        met_on = today - timedelta(days=9 + 3 * place)
        told = actions.NewContact(team=team, met_on=met_on, place=where, minutes=minutes, aim=aim)
        actions.note_contact(actor=worker, household=household, told=told, on=today)
    actions.hand_over(
        actor=worker,
        household=met[0],
        from_team=TeamKind.STREET,
        to_team=TeamKind.HOUSING,
        on=today - timedelta(days=2),
        is_their_wish=True,
        words="Préfère être vu le matin, à la gare.",
    )
    _gather(met[1], staff)
    for measure in queries.measures(actor=worker).filter(ended_on=None):
        actions.change_intensity(
            actor=worker,
            measure=measure,
            intensity=Intensity.MEDIUM if measure.intensity != Intensity.MEDIUM else Intensity.LIGHT,
            origin=ChangeOrigin.ASKED,
            starts_on=max(measure.opened_on, today - timedelta(days=5)),
            on=today,
            words="Passez un peu moins souvent, ça va.",
        )
    _call(staff)


def _gather(household: Household, staff: Staff) -> None:
    """Hold a case meeting with the hospital, as the household agreed; one thing was promised for yesterday."""
    worker, today = staff.actor("lead_worker"), staff.today
    called = actions.NewMeeting(
        kind=MeetingKind.SITUATION,
        team=TeamKind.MOBILE,
        trade=Trade.SOCIAL,
        planned_on=today - timedelta(days=6),
        agreement=Agreement.AGREED,
        agreed_by=AgreedBy.APPLICANT,
        agreement_on=today - timedelta(days=9),
    )
    meeting = actions.call_meeting(actor=worker, household=household, called=called, on=today)
    hospital = staff.organisations["hopital"]
    invited = actions.invite(actor=worker, meeting=meeting, organisation=hospital, trade=Trade.HEALTH, on=today)
    mine = meeting.participants.get(trade=Trade.SOCIAL)
    held = actions.Held(
        held_on=today - timedelta(days=6),
        came=frozenset({mine.pk, invited.pk}),
        presence=Presence.WROTE,
        own_words="Je voudrais un studio près de la gare, et qu’on m’appelle avant de passer.",
        health=HealthSignal.TAKES_PART,
        next_on=today + timedelta(days=30),
    )
    actions.hold_meeting(actor=worker, meeting=meeting, held=held, on=today)
    promised = (
        (mine, Subject.PAPERS, -1, "Refaire la carte d’identité."),
        (mine, Subject.REQUEST, 12, ""),
        (invited, Subject.MEET, 5, ""),
    )
    for who, subject, days, words in promised:
        due_on = today + timedelta(days=days)
        actions.commit(actor=worker, participant=who, subject=subject, words=words, due_on=due_on, on=today)


def _call(staff: Staff) -> None:
    """Let the team in the circle of the tenant, as it wished with its lease, and have the landlord call."""
    landlord, today = staff.actor("social_landlord_agent"), staff.today
    lease = leases.leases(actor=landlord)[0]
    people.open_circle(
        actor=staff.actor("siao_officer"),
        household=lease.household,
        organisation=staff.organisations["equipe"],
        basis=CircleBasis.AGREEMENT,
        purpose="accompagnement dans le logement",
        on=today - timedelta(days=2),
    )
    tenancies.call_support(
        actor=landlord,
        lease=lease,
        reason=CallReason.PAPERS,
        on=today - timedelta(days=1),
        household_knows=True,
        words="L’attestation d’assurance est à renouveler.",
    )
