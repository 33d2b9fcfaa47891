"""Support as services bring it: measures, meetings with or about a household, handovers, by a service in its circle."""

from datetime import date

from django.utils import timezone

from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household
from chezsoi.support import actions
from chezsoi.support.choices import ContactPlace, Intensity, Scheme, Subject, TeamKind
from chezsoi.support.models import CaseMeeting, Contact, Handover, MeetingCommitment, SupportMeasure
from tests.factories import territories


def writer(household: Household) -> Actor:
    """Give a program of the service that met the household, or of a new one."""
    met = household.circle.select_related("organisation").order_by("pk").first()
    service = met.organisation if met else territories.organisation(household.territory)
    return territories.program(household.territory, organisation=service)


def measure(
    household: Household, intensity: str = Intensity.LIGHT, *, actor: Actor | None = None, opened_on: date | None = None
) -> SupportMeasure:
    """Open support of a household."""
    by = actor or writer(household)
    return actions.open_measure(
        actor=by,
        household=household,
        scheme=Scheme.LOCAL,
        intensity=intensity,
        opened_on=opened_on or timezone.localdate(),
        organisation=territories.organisation_of(by),
    )


def told(**facts: object) -> actions.NewContact:
    """Describe a meeting: the street team, in the street, today."""
    given = {"team": TeamKind.STREET, "place": ContactPlace.STREET, "met_on": timezone.localdate(), **facts}
    return actions.NewContact(**given)


def contact(household: Household, *, actor: Actor | None = None, **facts: object) -> Contact:
    """Note a meeting."""
    by = actor or writer(household)
    return actions.note_contact(actor=by, household=household, told=told(**facts), on=timezone.localdate())


def handover(household: Household, *, actor: Actor | None = None) -> Handover:
    """Hand a household over from the street team to the housing service, as it wishes."""
    return actions.hand_over(
        actor=actor or writer(household),
        household=household,
        from_team=TeamKind.STREET,
        to_team=TeamKind.HOUSING,
        on=timezone.localdate(),
        is_their_wish=True,
    )


def called(**facts: object) -> actions.NewMeeting:
    """Describe a case meeting of the mobile team, today, to which the applicant agreed today."""
    today = timezone.localdate()
    given = {"kind": "situation", "team": TeamKind.MOBILE, "trade": "social", "planned_on": today}
    said = {"agreement": "agreed", "agreed_by": "applicant", "agreement_on": today}
    return actions.NewMeeting(**{**given, **said, **facts})


def meeting(household: Household, *, actor: Actor | None = None, **facts: object) -> CaseMeeting:
    """Call a case meeting."""
    by = actor or writer(household)
    return actions.call_meeting(actor=by, household=household, called=called(**facts), on=timezone.localdate())


def commitment(of: CaseMeeting, *, actor: Actor | None = None, **facts: object) -> MeetingCommitment:
    """Let the service that called a meeting commit to something, today."""
    said = {"participant": of.participants.get(trade="social"), "subject": Subject.PAPERS, **facts}
    today = timezone.localdate()
    return actions.commit(actor=actor or writer(of.household), on=today, **{"due_on": today, **said})
