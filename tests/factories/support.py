"""Support as services bring it: measures, meetings, handovers, written by a service in the circle."""

from datetime import date

from django.utils import timezone

from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household
from chezsoi.support import actions
from chezsoi.support.choices import ContactPlace, Intensity, Scheme, TeamKind
from chezsoi.support.models import Contact, Handover, SupportMeasure
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
