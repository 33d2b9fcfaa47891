"""A home let room by room, a few households who would share, what one said of another, places of support, the draw."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from chezsoi.allocation import actions as allocation
from chezsoi.allocation import queries
from chezsoi.allocation.choices import Company, Sharing
from chezsoi.engines.matching import PublicRandomness
from chezsoi.homes import actions as homes
from chezsoi.homes.choices import Stock
from chezsoi.homes.models import Offer
from chezsoi.journeys import rounds
from chezsoi.people.models import Household
from chezsoi.portal.demonstration.accounts import Staff
from chezsoi.support import actions as support
from chezsoi.support.choices import Intensity
from chezsoi.territories.models import Commune, Territory

REFERENCE = "L57-20"
ROOMS_M2 = (11, 12, 14)
SHARERS = ("D57-0006", "D57-0010", "D57-0012", "D57-0014")
PLACES = {Intensity.LIGHT: 20, Intensity.MEDIUM: 12, Intensity.STRONG: 1}
SOURCE = "tirage public du soir (démonstration)"


def run(territory: Territory, staff: Staff, *, today: date) -> None:
    """Let a home by rooms, write who would share and what the teams can follow, and draw the rooms together."""
    _count_places(territory, staff, on=today - timedelta(days=40))
    offers = _let_by_rooms(territory, staff, on=today - timedelta(days=6))
    _say(territory, staff, on=today - timedelta(days=5))
    officer, at = staff.actor("siao_officer"), _at(today - timedelta(days=2), 9)
    opened = rounds.open_joint_round(
        actor=officer,
        territory=territory,
        offers=offers,
        grid=queries.grids(territory.pk, on=at.date(), actor=officer)[0],
        on=at.date(),
        at=at,
    )
    public = PublicRandomness(value="05 11 24 38 41 + 7", source=SOURCE, drawn_at=at + timedelta(hours=11))
    allocation.draw_joint_round(actor=officer, joint=opened, public=public, at=at + timedelta(hours=25))


def _let_by_rooms(territory: Territory, staff: Staff, *, on: date) -> list[Offer]:
    agency = staff.program("agence")
    whole = homes.register_dwelling(
        actor=agency,
        territory=territory,
        reference=REFERENCE,
        stock=Stock.PRIVATE,
        features=homes.Features(
            address="7 rue de la Chèvre",
            commune=Commune.objects.get(code="57463"),
            rooms=len(ROOMS_M2) + 1,
            surface_m2=Decimal(78),
            floor=1,
            has_lift=False,
            energy_class="C",
        ),
    )
    rooms = [
        homes.Room(
            surface_m2=Decimal(surface), rent_per_month=Decimal(210 + 5 * surface), charges_per_month=Decimal(45)
        )
        for surface in ROOMS_M2
    ]
    terms = homes.Terms(tenure="sublease", available_on=on)
    return list(homes.let_by_rooms(actor=agency, dwelling=whole, rooms=rooms, terms=terms, on=on))


def _count_places(territory: Territory, staff: Staff, *, on: date) -> None:
    for intensity, places in PLACES.items():
        support.state_places(
            actor=staff.actor("lead_worker"),
            organisation=staff.organisations["equipe"],
            territory=territory,
            intensity=intensity,
            places=places,
            on=on,
        )


def _say(territory: Territory, staff: Staff, *, on: date) -> None:
    """Write that a few would share, and that the first would not live with the last."""
    officer = staff.actor("siao_officer")
    found = {each.reference: each for each in Household.objects.filter(territory=territory, reference__in=SHARERS)}
    for reference in SHARERS:
        allocation.state_sharing(
            actor=officer, household=found[reference], wish=Sharing.ALSO, on=on, is_their_wish=True
        )
    first, *_others, last = SHARERS
    allocation.state_company(actor=officer, household=found[first], file_number=last, kind=Company.WITHOUT, on=on)


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
